"""When anything last moved in an action item. What Closeout writes is no movement, though GitHub takes it for one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.core.calendar.working_time import WorkingTime
from app.core.followed import FollowedItem
from app.core.promise import Promise, Touched
from app.core.repository_facts import Issue, RepositoryFacts


def quiet_since(item: FollowedItem, facts: RepositoryFacts, time: WorkingTime) -> date:
    """The day on which an item that has an issue moved last, as far as is known without asking more of GitHub.

    That is when its issue changed last, by GitHub. Where that was the day of a notice or an edit of ours it is
    what was known before that, unless the record or the comments at hand tell of something later that a person did.
    """
    if item.issue is None or item.merged is None:
        raise ValueError(f"{item.entry.title!r} has no issue")
    issue: Issue = item.issue
    promise: Promise = item.merged.promise
    changed = time.day_of(issue.updated_at)
    ours = [each.quiet for each in (promise.touched, *reversed(promise.noticed)) if each and each.on == changed]
    quiet = next(iter(ours), None)
    if quiet is None:
        return changed
    return max([quiet, *_seen(promise), *_said(issue.number, facts, time)])


def touch_of(item: FollowedItem, facts: RepositoryFacts, time: WorkingTime, day: date) -> Touched | None:
    """What is to be remembered if an item's issue is written to on a day on which nobody but Closeout changes it.

    None where somebody does, or what is remembered besides tells of it.
    """
    before = facts.promises().get(item.issue.number) if item.issue else None
    if item.merged is None or before is None:
        return None
    promise = item.merged.promise
    is_told = any(each.on == day for each in promise.noticed)
    if is_told or replace(promise.said, lines=before.said.lines) != before.said:
        return None
    quiet = quiet_since(item, facts, time)
    return Touched(on=day, quiet=quiet) if quiet < day else None


def _seen(promise: Promise) -> list[date]:
    """Days on which people did what the record keeps."""
    days = [
        *(each.on for each in promise.extensions),
        promise.reopened,
        promise.verdict.on if promise.verdict else None,
    ]
    return [each for each in days if each]


def _said(issue: int, facts: RepositoryFacts, time: WorkingTime) -> list[date]:
    """Days on which people spoke on an issue, as far as its comments were read."""
    return [time.day_of(each.at) for each in facts.comments if each.issue == issue and not (each.ours or each.bot)]
