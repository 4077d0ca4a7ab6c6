"""Is a webhook from GitHub? Source: docs.github.com, "Validating webhook deliveries"."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence

_PREFIX = "sha256="


def is_signed(body: bytes, signature: str, secrets: Sequence[str]) -> bool:
    """Whether `signature` (the header X-Hub-Signature-256) was made of the raw body with one of the secrets.

    Takes the same time whichever secret fits, and wherever a wrong signature differs.
    """
    given = signature.removeprefix(_PREFIX).encode(errors="surrogateescape")
    expected = [hmac.new(each.encode(), body, hashlib.sha256).hexdigest().encode() for each in secrets]
    fits = [hmac.compare_digest(given, each) for each in expected]
    return signature.startswith(_PREFIX) and any(fits)
