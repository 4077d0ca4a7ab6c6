"""Why an issue that exists is changed, for whoever reads the plan or the log: what is new in its record says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.core.commands import find_command, name_of
from app.core.follow_through import FIGURES
from app.core.followed import Followed, FollowedItem
from app.core.ledger import AGENDA, Ledger
from app.core.promise import Noticed, Promise
from app.core.repository_facts import RepositoryFacts

_DAMAGED = "what Closeout remembers there was damaged, or taken away"
_NOTICED = "a notice was posted"
_UP_TO_DATE = "its description is brought up to date"


def tracking_reason(followed: Followed, ledger: Ledger, facts: RepositoryFacts) -> str:
    """Why a tracking issue is written to; `ledger` is what it is to remember."""
    issue = followed.tracking
    if issue is None:
        return "a postmortem was merged"
    before = facts.trackings().get(issue.number)
    if before is None:
        return _DAMAGED
    return _joined([*_on_tracking(followed, before, ledger), *_said(before.commands, ledger.commands, facts)])


def item_reason(item: FollowedItem, facts: RepositoryFacts) -> str:
    """Why an action issue is written to. `item` has to have one, or to need one."""
    if item.issue is None or item.merged is None:
        return "an action item was promised"
    before, after = facts.promises().get(item.issue.number), item.merged.promise
    if before is None:
        is_taken_over = item.entry.linked and item.fresh
        return "an action item of a postmortem links it" if is_taken_over else _DAMAGED
    return _joined([*_on_item(before, after), *_said(before.commands, after.commands, facts)])


def _on_tracking(followed: Followed, before: Ledger, after: Ledger) -> Iterator[str]:
    if followed.closes:
        yield "all of it is over"
    if followed.lost:
        yield "the document is no longer found"
    elif before.blob != after.blob or before.about != after.about:
        yield "the document has changed"
    elif before.path != after.path:
        yield "the document has moved"
    if before.entries != after.entries:
        yield "its action items have changed"
    if [each for each in after.recurrences if not each.comment and each not in before.recurrences]:
        yield "a later postmortem says that it happened again"
    if _is_noticed(before.noticed, after.noticed):
        yield _NOTICED
    yield from _told(before, after)


def _told(before: Ledger, after: Ledger) -> Iterator[str]:
    new = set(after.told) - set(before.told)
    if any(each.startswith(FIGURES) for each in new):
        yield "it remembers which issue shows the figures"
    elif any(each.startswith(AGENDA) for each in new):
        yield "it remembers the weekly agenda"
    elif new and not _is_noticed(before.noticed, after.noticed):
        yield "something was said that is said only once"


def _on_item(before: Promise, after: Promise) -> Iterator[str]:
    if before.said != after.said:
        yield "the document has changed"
    elif after.moves > before.moves and not after.extensions[-1].comment:
        yield "its deadline was moved by hand"
    if _is_noticed(before.noticed, after.noticed):
        yield _NOTICED
    if before.overdue != after.overdue:
        yield "it is overdue" if after.overdue else "it is not overdue any more"
    if before.reopened != after.reopened:
        yield "it was opened again"
    if before.tenure != after.tenure:
        yield "it remembers who has it"


def _is_noticed(before: Sequence[Noticed], after: Sequence[Noticed]) -> bool:
    return any(each not in before for each in after)


def _said(before: Sequence[int], after: Sequence[int], facts: RepositoryFacts) -> Iterator[str]:
    """Whose commands are recorded with it."""
    new = set(after) - set(before)
    for comment in sorted((each for each in facts.comments if each.id in new), key=lambda each: each.id):
        command = find_command(comment.body)
        if command is not None:
            yield f"{comment.author.login} said /{name_of(command)}"


def _joined(reasons: Sequence[str]) -> str:
    return "; ".join(dict.fromkeys(reasons)) or _UP_TO_DATE
