"""What is said, and shortened, once a document or an action item that was gone is back: it may go again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from app.core.closing import NOT_PLANNED
from app.core.followed import Followed, FollowedItem
from app.core.ledger import Ledger
from app.core.repository_facts import Issue, RepositoryFacts
from app.core.uids import shared_about
from app.core.wanted import WantedComment, WantedFold
from app.render.answered_questions import folds_of_what_is_answered
from app.render.remarks import absences, moved_about

_LOSS = "lost:"
_REASON = "what it speaks of is back"
_MOST_LISTED = 20


def folds_of_what_is_back(followed: Followed) -> Iterator[WantedFold]:
    """The comments that say that something is gone which is there again, and the questions that are answered."""
    if followed.tracking is None:
        return
    yield from folds_of_what_is_answered(followed)
    for about in _losses(followed):
        yield WantedFold(
            issue=followed.tracking.number,
            about=about,
            text="Closeout did not find this postmortem on the default branch for a while; it is back.",
            reason=_REASON,
            is_over=True,
        )
    for item in followed.items:
        if item.issue is None:
            continue
        for about in _absences_over(followed, item):
            yield WantedFold(
                issue=item.issue.number,
                about=about,
                text=_now(item),
                reason=_REASON if item.moved_to is None else "it is said anew where the item is now",
                is_over=True,
            )
        for number in item.unshared:
            yield WantedFold(
                issue=item.issue.number,
                about=shared_about(item.entry.uid, number),
                text=f"The other postmortem no longer has the action item of #{number}; this issue is followed up.",
                reason="what it speaks of is gone",
                is_over=True,
            )


def comments_on_what_is_back(followed: Followed, facts: RepositoryFacts) -> Iterator[WantedComment]:
    """What is asked where people have closed, while a document was gone, what it promises now that it is back."""
    if followed.tracking is None:
        return
    number, losses = followed.tracking.number, _losses(followed)
    for said in facts.comments:
        if said.issue != number or not said.ours or said.about not in losses:
            continue
        closed = [
            item.issue.number
            for item in followed.items
            if item.issue and item.issue.closed_at and item.issue.closed_at >= said.at and _is_promised_anew(item)
        ]
        if closed:
            yield _closed_meanwhile(number, said.id, closed)
    for item in followed.items:
        if item.issue and is_asked_about(followed, item, facts):
            yield _item_closed_meanwhile(item.issue, item)


def is_asked_about(followed: Followed, item: FollowedItem, facts: RepositoryFacts) -> bool:
    """Whether an action item is back in its document, and its issue was closed without any other reason.

    By the ledger as it is written: once that says that the item is back, this has been asked. Who closed it after they
    were told that the document no longer has it did what they were asked, whichever button they took; who did before
    has to have closed it as not planned. A word of its own, or what shows that it is done, is such a reason.
    """
    if followed.tracking is None or item.issue is None or item.merged is None:
        return False
    before = facts.trackings().get(followed.tracking.number)
    was_gone = before is not None and any(each.uid == item.entry.uid and each.gone for each in before.entries)
    if not was_gone or not _is_promised_anew(item):
        return False
    is_over = item.is_proven or item.merged.promise.declined or item.closed_as == "duplicate"
    return not is_over and (bool(_absences_over(followed, item)) or item.closed_as == NOT_PLANNED)


def without_what_is_back(followed: Followed) -> Ledger:
    """The ledger without what was said of something gone, or in doubt, that is not so now: it may be said again."""
    over = {about for item in followed.items for about in _absences_over(followed, item)}
    over |= {shared_about(item.entry.uid, number) for item in followed.items for number in item.unshared}
    over.update(_losses(followed), (each.about for each in folds_of_what_is_answered(followed)))
    ledger = followed.ledger
    return replace(ledger, told=tuple(each for each in ledger.told if each not in over)) if over else ledger


def _losses(followed: Followed) -> list[str]:
    return [] if followed.lost else [each for each in followed.ledger.told if each.startswith(_LOSS)]


def _absences_over(followed: Followed, item: FollowedItem) -> list[str]:
    """What was told of that the document does not have an item: all where it has it, else what is said anew by now."""
    told = absences(followed, item)
    if not (item.entry.gone or followed.lost):
        return told
    newest = moved_about(item.entry.uid, item.moved_to.number or 0) if item.moved_to else ""
    return [each for each in told if each != newest] if newest in told else []


def _now(item: FollowedItem) -> str:
    if item.moved_to is None:
        return "The postmortem did not have this action item for a while; it is back."
    return f"The postmortem no longer has this action item; that of #{item.moved_to.tracking} does, see below."


def _is_promised_anew(item: FollowedItem) -> bool:
    """Whether the document promises what is closed, and is to stay so."""
    is_closed = item.merged is not None and not item.merged.open
    is_settled = item.said is not None and (item.said.done or item.said.declined)
    return is_closed and not is_settled and not item.entry.gone


def _closed_meanwhile(number: int, loss: int, closed: list[int]) -> WantedComment:
    listed = ", ".join(f"#{each}" for each in closed[:_MOST_LISTED])
    more = f" and {len(closed) - _MOST_LISTED} more" if len(closed) > _MOST_LISTED else ""
    return WantedComment(
        issue=number,
        about=f"back:{loss}",
        text=(
            f"This postmortem is back, and promises what was closed while it was gone: {listed}{more}. "
            "Please open again what still holds; what stays closed is not followed up."
        ),
        reason="the document is back, and promises what was closed meanwhile",
    )


def _item_closed_meanwhile(issue: Issue, item: FollowedItem) -> WantedComment:
    closed = issue.closed_at.isoformat() if issue.closed_at else ""
    return WantedComment(
        issue=issue.number,
        about=f"back:{item.entry.uid}:{closed}",
        text=(
            "The postmortem has this action item again, and its issue is closed. If it still holds, please open this "
            "issue again; if not, mark the item there as `Won't do:` with the reason. What stays closed is not "
            "followed up."
        ),
        reason="the document has an item again whose issue was closed",
    )
