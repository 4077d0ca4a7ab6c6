"""Language that judges what happened from knowledge that came after it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from rules.language.analysis import blames, is_read
from rules.language.blame import Kind
from rules.patterns import Pattern
from rules.policy import Policy
from rules.postmortem import Passage, Postmortem, Span
from rules.rule import Context, Problem, Severity, rule

_WORDS = (
    r"\b(?:(?:in|with(?:\s{1,4}the\s{1,4}benefit\s{1,4}of)?)\s{1,4}(?:hindsight|retrospect)\b(?!\s{1,4}bias)"
    r"|looking\s{1,4}back,?\s{1,4}(?:it|this|that)\s{1,4}(?:was|is|seems)\s{1,4}(?:clear|obvious|plain|easy)\b"
    r"|knowing\s{1,4}what\s{1,4}we\s{1,4}know\s{1,4}now\b"
    r"|obviously\b|it\s{1,4}(?:was|is|seems)\s{1,4}obvious\s{1,4}that\b"
    r"|clearly\s{1,4}should\b|should\s{1,4}clearly\b|(?:just|simply)\s{1,4}should\s{1,4}have\b"
    r"|(?:only|just|simply)\s{1,4}had\s{1,4}to\s{1,4}(?:look|check|read|ask|open|scroll|compare|call|run\s{1,4}the)\b)"
)
_TELLING = ("looking back", "knowing what", "hindsight", "retrospect", "obvious", "clearly", "should have", "had to")
_NEAR = 200  # characters: no sentence is looked at beyond
_SENTENCE_END = Pattern(r"[.!?]\s")
_MODEST = r"(?:\b(?:not|less|more|as|only|obvious|clear|even|easy|easier|apparent|visible)|n['’]t)\s{1,4}$|[\"“'‘]$"
_NO_NARRATIVE = frozenset({"timeline", "actions", "questions", "verification"})
_MOST = 100  # findings in one document


@rule("CO504", "hindsight", Severity.WARNING)
def hindsight(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """A word of hindsight: "in hindsight", "obviously".

    Why: it was not obvious then, or it would not have happened. What people saw and knew at the time explains what they
    did; what is known now only makes it look careless.

    Bad:

    ```markdown
    ## What was actually happening

    The pool was obviously too small for the new workers.
    ```

    Good:

    ```markdown
    ## What was actually happening

    The pool holds 50 connections. The new workers open 80, and nothing compares the two numbers.
    ```
    """
    telling = _telling(postmortem.source.text, _TELLING)
    if not telling or not is_read(postmortem):
        return
    headings = {section.heading.line: section.title.strip() for section in postmortem.sections}
    for passage, match in islice(_candidates(postmortem, telling), _MOST):
        span = passage.span(*match.span())
        if headings.get(span.line) != passage.text.strip() and not _is_reported(postmortem, policy, passage, match):
            yield _problem(passage, match, span)


def _candidates(postmortem: Postmortem, telling: Sequence[str]) -> Iterator[tuple[Passage, re.Match[str]]]:
    for passage in postmortem.passages:
        if passage.quoted or passage.section in _NO_NARRATIVE or not _telling(passage.text, telling):
            continue
        for match in re.finditer(_WORDS, passage.text, re.IGNORECASE):
            before = passage.text[max(match.start() - 12, 0) : match.start()]
            if not re.search(_MODEST, before, re.IGNORECASE):
                yield passage, match


def _telling(text: str, words: Sequence[str]) -> list[str]:
    """Those of some words, without one of which nothing is found, that are in a text."""
    lower = text.lower()
    return [word for word in words if word in lower]


def _problem(passage: Passage, match: re.Match[str], span: Span) -> Problem:
    return Problem(
        span,
        f"“{' '.join(match[0].split())}” judges by what is known today. Write what people saw and knew at that moment.",
        subject=passage.text[match.start() : match.start() + 120],
    )


def _is_reported(postmortem: Postmortem, policy: Policy, passage: Passage, match: re.Match[str]) -> bool:
    """Whether something else in the same sentence is reported already, with advice that covers it."""
    return any(
        other is passage
        and blame.kind is not Kind.OURSELVES
        and abs(blame.start - match.start()) < _NEAR
        and _SENTENCE_END.search(passage.text, *sorted((blame.start, match.start()))) is None
        for other, blame in blames(postmortem, policy)
    )
