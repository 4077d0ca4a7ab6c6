"""What was believed, and what was true."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rules.patterns import Pattern
from rules.placeholders import is_nothing, is_template
from rules.policy import Policy
from rules.postmortem import Postmortem
from rules.rule import Context, Problem, Severity, rule

_WORD = Pattern(r"[^\W_]+")
_LONGEST = 20_000  # characters of a section that are compared
_ALIKE = 0.8  # of all words of both
_FEWEST = 8  # words below which likeness may be chance


@rule("CO207", "believed-repeats-actual", Severity.WARNING)
def believed_repeats_actual(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """What was believed and what was actually happening are told in the same words.

    Why: the distance between the two is where the lesson is. Two sections that say the same thing hide it. To fix it,
    tell what the responders took for the cause while it lasted, and which signal misled them; if they were right from
    the start, say that, and what told them.

    Bad:

    ```markdown
    ## What was actually happening

    A slow query held connections for longer than the pool's timeout, so that the pool ran dry.

    ## What we believed was happening (during)

    A slow query held the connections for longer than the pool's timeout, so that the pool ran dry.
    ```

    Good:

    ```markdown
    ## What was actually happening

    A slow query held connections for longer than the pool's timeout, so that the pool ran dry.

    ## What we believed was happening (during)

    The deploy of 10:20 was taken for the cause, since it touched checkout and errors began soon after it.
    ```
    """
    believed, actual = postmortem.section("believed"), postmortem.section("actual")
    if believed is None or actual is None or _is_within(believed.span, actual.span):
        return
    if any(is_nothing(each.text) or is_template(each.text) for each in (believed, actual)):
        return
    if _likeness(believed.text[:_LONGEST], actual.text[:_LONGEST]) >= _ALIKE:
        yield Problem(
            believed.heading,
            f"This says the same as “{actual.title}”. "
            "Tell what the responders believed while it lasted, and which signal misled them.",
            subject="believed",
        )


def _is_within(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """Whether one of two spans holds the other."""
    (_, first), (_, second) = sorted(((one[:2], one[2:]), (other[:2], other[2:])))
    return second <= first


def _likeness(one: str, other: str) -> float:
    """The share of the words of both that both have, 0 to 1; 0 for texts of a few words."""
    ours, theirs = (Counter(_WORD.findall(text.casefold())) for text in (one, other))
    if min(ours.total(), theirs.total()) < _FEWEST:
        return 0.0
    return 2 * (ours & theirs).total() / (ours.total() + theirs.total())
