"""How GitHub writes things down: records in, JSON out, in the shapes of its API version 2022-11-28."""

import base64
from datetime import datetime
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]


def instant(when: datetime | None) -> str | None:
    """`2026-11-23T03:00:00Z`, or None."""
    return None if when is None else when.strftime("%Y-%m-%dT%H:%M:%SZ")


def node_id(kind: str, identity: int | str) -> str:
    """The opaque id that GraphQL uses: stable, and equal to no other id."""
    return base64.urlsafe_b64encode(f"{kind}:{identity}".encode()).decode()
