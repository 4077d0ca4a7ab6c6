"""What is due soon, and was handed over after that was said: whoever has it now is told once, too."""

from __future__ import annotations

from datetime import date

from app.core.calendar.tenure import present
from app.core.calendar.working_time import WorkingTime
from app.core.followed import FollowedItem
from app.core.promise import Noticed, Promise
from app.core.repository_facts import RepositoryFacts


def key_for_others(item: FollowedItem, facts: RepositoryFacts, key: str) -> str:
    """What is remembered of a word to those who have an item now; `key` is what is remembered of the first one."""
    counted, _, level = key.rpartition(" ")
    ids = sorted(each.id for each in present(item, facts))
    return f"{counted} to {'+'.join(map(str, ids))} {level}"


def told_from(item: FollowedItem, facts: RepositoryFacts, time: WorkingTime, key: str) -> date | None:
    """The day from which those who have an item are to be told what others were told, since they had it before.

    That is no day on which they got it. None if nobody was told, or any of them was, alone or with others, or nobody
    knows since when they have it.
    """
    promise, having = item.merged.promise if item.merged else None, {each.id for each in present(item, facts)}
    if promise is None or promise.tenure is None or not having:
        return None
    said = [each for each in promise.noticed if _is_of(each, key)]
    since = [day for each in having if (day := promise.tenure.since_of(each))]
    if not said or len(since) < len(having) or any(_has_reached(each, having, promise) for each in said):
        return None
    return time.working_day_after(min(since), 1)


def _is_of(noticed: Noticed, key: str) -> bool:
    counted, _, level = key.rpartition(" ")
    return noticed.about == key or (noticed.about.startswith(f"{counted} to ") and noticed.about.endswith(f" {level}"))


def _has_reached(noticed: Noticed, having: set[int], promise: Promise) -> bool:
    """Whether a word went to any of those who have it; where that was not kept, whether they had it by that day."""
    if noticed.to:
        return not having.isdisjoint(noticed.to)
    since = [promise.tenure.since_of(each) if promise.tenure else None for each in having]
    return any(day is None or day <= noticed.on for day in since)
