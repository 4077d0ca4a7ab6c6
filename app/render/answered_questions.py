"""The questions whether an action item is new, once the document has answered them."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.followed import Followed
from app.core.uids import document_digest
from app.core.wanted import WantedFold
from app.render.text import quoted

_CUT = "…"


def doubt_about(number: int, title: str) -> str:
    """What the question is known by, on that tracking issue, which issue an item of that title belongs to."""
    return f"doubt:{number}:{document_digest(title)}"


def folds_of_what_is_answered(followed: Followed) -> Iterator[WantedFold]:
    """The questions that nobody has to answer any more; none of a document of which some may be left untold.

    An answer is told once its item has its issue.
    """
    ledger, tracking = followed.ledger, followed.tracking
    if tracking is None or followed.lost or followed.vanished or ledger.more_questions:
        return
    if any(each.title.endswith(_CUT) for each in ledger.questions):  # they are remembered without their end
        return
    if any(item.merged is not None and item.issue is None for item in followed.items):
        return
    number = tracking.number
    standing = {doubt_about(number, each.title) for each in (*ledger.questions, *followed.doubts)}
    for about in ledger.told:
        if about.startswith(f"doubt:{number}:") and about not in standing:
            yield WantedFold(
                issue=number,
                about=about,
                text=_answer(followed, about),
                reason="the document has answered it",
                is_over=True,
            )


def _answer(followed: Followed, about: str) -> str:
    number = followed.tracking.number if followed.tracking else 0
    for item in followed.items:
        if item.said and item.issue and doubt_about(number, item.said.title) == about:
            return f"Answered in the document: “{quoted(item.said.title)}” is #{item.issue.number}."
    return "The document no longer leaves open which issue this action item belongs to."
