"""Desired minus actual: the writes that are still to be made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.core.effects import PublishCheckRun
from app.core.facts import PublishedCheck


def plan(
    desired: Sequence[PublishCheckRun], published: Iterable[PublishedCheck], *, again: bool = False
) -> tuple[PublishCheckRun, ...]:
    """The check runs to publish: those that no published one equals; all of them if somebody asked `again`."""
    standing = {(each.name, each.external_id) for each in published}
    return tuple(each for each in desired if again or (each.name, each.external_id) not in standing)
