"""What is said where something happened again: on the first postmortem's tracking issue, and on the new incident."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.followed import Followed
from app.core.recurrence import link_about
from app.core.repository_facts import RepositoryFacts
from app.core.wanted import WantedComment
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


def _on_first(first: int, number: int) -> WantedComment:
    return WantedComment(
        issue=first,
        about=f"recurred:{number}",
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
