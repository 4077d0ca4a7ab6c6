"""When anything last moved in an action item. A reminder of ours is no movement, though GitHub takes it for one."""

from __future__ import annotations

from datetime import date

from app.core.calendar.working_time import WorkingTime
from app.core.followed import FollowedItem
from app.core.promise import Promise
from app.core.repository_facts import Issue, RepositoryFacts


def quiet_since(item: FollowedItem, facts: RepositoryFacts, time: WorkingTime) -> date:
    """The day on which an item that has an issue moved last, as far as is known without asking more of GitHub.

    That is when its issue changed last, by GitHub. Where that was the day of a notice of ours it is what was known when
    that was posted, unless the record or the comments at hand tell of something later that a person did.
    """
    if item.issue is None or item.merged is None:
        raise ValueError(f"{item.entry.title!r} has no issue")
    issue: Issue = item.issue
    promise: Promise = item.merged.promise
    changed = time.day_of(issue.updated_at)
    ours = next((each for each in reversed(promise.noticed) if each.on == changed), None)
    if ours is None or ours.quiet is None:
        return changed
    return max([ours.quiet, *_seen(promise), *_said(issue.number, facts, time)])


def _seen(promise: Promise) -> list[date]:
    """Days on which people did what the record keeps."""
    return [*(each.on for each in promise.extensions), *([promise.verdict.on] if promise.verdict else [])]


def _said(issue: int, facts: RepositoryFacts, time: WorkingTime) -> list[date]:
    """Days on which people spoke on an issue, as far as its comments were read."""
    return [time.day_of(each.at) for each in facts.comments if each.issue == issue and not (each.ours or each.bot)]
