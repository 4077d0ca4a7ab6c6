"""What is said, and shortened, once a document or an action item that was gone is back: it may go again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from app.core.followed import Followed, FollowedItem
from app.core.ledger import Ledger
from app.core.repository_facts import RepositoryFacts
from app.core.wanted import WantedComment, WantedFold
from app.render.answered_questions import folds_of_what_is_answered
from app.render.remarks import gone_about

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
        if item.issue and _is_back(followed, item):
            yield WantedFold(
                issue=item.issue.number,
                about=gone_about(item.entry.uid),
                text="The postmortem did not have this action item for a while; it is back.",
                reason=_REASON,
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


def without_what_is_back(followed: Followed) -> Ledger:
    """The ledger without what was said of something gone, or in doubt, that is not so now: it may be said again."""
    over = {gone_about(item.entry.uid) for item in followed.items if _is_back(followed, item)}
    over.update(_losses(followed), (each.about for each in folds_of_what_is_answered(followed)))
    ledger = followed.ledger
    return replace(ledger, told=tuple(each for each in ledger.told if each not in over)) if over else ledger


def _losses(followed: Followed) -> list[str]:
    return [] if followed.lost else [each for each in followed.ledger.told if each.startswith(_LOSS)]


def _is_back(followed: Followed, item: FollowedItem) -> bool:
    return not item.entry.gone and gone_about(item.entry.uid) in followed.ledger.told


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
