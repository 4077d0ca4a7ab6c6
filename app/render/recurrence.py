"""What is said where something happened again: on the first postmortem's tracking issue, and on the new incident."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.followed import Followed
from app.core.recurrence import link_about, word_about
from app.core.repository_facts import RepositoryFacts
from app.core.wanted import WantedComment, WantedFold
from app.render.text import quoted
from rules.sections.skeleton import RECURRENCE

_SECTION = f"`## {RECURRENCE}`"


def recurrence_comments(followed: Followed, facts: RepositoryFacts) -> Iterator[WantedComment]:
    """The comments that link a postmortem with what came after it, each once."""
    if followed.tracking is None:
        return
    first = followed.tracking.number
    for said in followed.ledger.recurrences:
        if said.happened and said.issue in followed.links:
            yield _on_first(first, said.issue)
    for number in followed.links:
        yield _on_new(first, number, followed.ledger.about.headline, facts)


def folds_of_what_is_taken_back(followed: Followed) -> Iterator[WantedFold]:
    """The comments that link a postmortem with what does not count as a recurrence of it any more."""
    if followed.tracking is None:
        return
    first, reason = followed.tracking.number, "that it happened again was taken back"
    for number in followed.unlinks:
        yield WantedFold(
            issue=first,
            about=word_about(number),
            text=f"It was said that this happened again, in #{number}; that was taken back.",
            reason=reason,
            is_over=True,
        )
        yield WantedFold(
            issue=number,
            about=link_about(first, number),
            text=f"This was taken for a recurrence of #{first}; that was taken back.",
            reason=reason,
            is_over=True,
        )


def _on_first(first: int, number: int) -> WantedComment:
    return WantedComment(
        issue=first,
        about=word_about(number),
        text=(
            f"**It happened again: #{number}.** So what was promised here was not sufficient, and this issue says so "
            "with a label; whoever disagrees takes that off, and `/recurrence none "
            f"#{number}` takes back what was a slip. The new postmortem has to say why this one did not prevent it."
        ),
        reason="it happened again",
    )


def _on_new(first: int, number: int, headline: str, facts: RepositoryFacts) -> WantedComment:
    what = f"This happened before. #{first} tells what was promised then, after “{quoted(headline)}”."
    return WantedComment(
        issue=number,
        about=link_about(first, number),
        text=f"{what} {_asked(number, facts)}",
        reason=f"it is a recurrence of what #{first} follows up",
    )


def _asked(number: int, facts: RepositoryFacts) -> str:
    ledger = facts.trackings().get(number)
    if ledger is None and number in facts.pulls:
        return (
            f"So the check of this pull request asks for a section that says why that did not prevent it: {_SECTION}."
        )
    if ledger is None:
        return f"Its postmortem is to say why that did not prevent it, in a section of its own: {_SECTION}."
    if ledger.about.explains:
        return "The document says why that did not prevent it."
    return f"The document is to say why that did not prevent it: add {_SECTION}. Until then this issue stays open."
