"""Desired minus actual, for checks: the check runs that are still to be published."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.core.effects import PublishCheckRun
from app.core.facts import PublishedCheck

_RECHECK = re.compile(r"/recheck-(?P<comment>\d+)$")


def plan_checks(
    desired: Sequence[PublishCheckRun], published: Iterable[PublishedCheck], *, again: bool = False, recheck: int = 0
) -> tuple[PublishCheckRun, ...]:
    """The check runs to publish: those that no published one equals; all of them if somebody asked `again`.

    `recheck` is the id of the last comment that asked for a fresh result, or 0. What is published for it says so, and
    therefore is published once.
    """
    asked = f"/recheck-{recheck}" if recheck else ""
    wanted = [replace(each, external_id=each.external_id + asked) for each in desired]
    standing = {(each.name, each.external_id) for each in published}
    return tuple(each for each in wanted if again or (each.name, each.external_id) not in standing)


def last_recheck(published: Iterable[PublishedCheck]) -> int:
    """The id of the last comment that asked for a fresh result and got it; 0 if none has."""
    found = (_RECHECK.search(each.external_id) for each in published)
    return max((int(each["comment"]) for each in found if each), default=0)
