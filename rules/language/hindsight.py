"""Language that judges what happened from knowledge that came after it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from rules.language.analysis import blames
from rules.language.blame import Kind
from rules.language.subjects import heads
from rules.language.vocabulary import given_names
from rules.lower_case import without_capitals
from rules.once import words_by_passage, words_in
from rules.patterns import Pattern
from rules.policy import Policy
from rules.postmortem import Passage, Postmortem, Span
from rules.rule import Context, Problem, Severity, rule

_WORDS = Pattern(
    r"(?<![\w-])(?:(?:in|with(?:\s{1,4}the\s{1,4}(?:benefit|wisdom|clarity|luxury)\s{1,4}of)?)\s{1,4}(?:hindsight|retrospect)\b(?!\s{1,4}bias)"
    r"|looking\s{1,4}back,?\s{1,4}(?:it|this|that)\s{1,4}(?:was|is|seems)\s{1,4}(?:clear|obvious|plain|easy)\b"
    r"|knowing\s{1,4}what\s{1,4}we\s{1,4}know\s{1,4}now\b"
    r"|obviously\b|it\s{1,4}(?:was|is|seems)\s{1,4}obvious\s{1,4}that\b"
    r"|clearly\s{1,4}should\b|should\s{1,4}clearly\b|(?:just|simply)\s{1,4}should\s{1,4}have\b"
    r"|(?:clearly|plainly)\s{1,4}(?:a\s{1,4}(?:mistake|bad\s{1,4}idea)|wrong|too|insufficient|inadequate|not\s{1,4}enough)\b"
    r"|(?:was|were)\s{1,4}(?:clearly\s{1,4})?(?:never\s{1,4}going|doomed)\s{1,4}to\b"
    r"|(?:was|were)\s{1,4}(?:always\s{1,4})?bound\s{1,4}to\s{1,4}(?:happen|fail|break|go|end|occur|come|cause)\b"
    r"|hindsight\s{1,4}(?:shows|showed|tells|says|is)\b"
    r"|(?:it|this|that)\s{1,4}should\s{1,4}have\s{1,4}been\s{1,4}(?:clear|obvious|apparent|evident|plain)\b"
    r"|signs\s{1,4}were\s{1,4}(?:all\s{1,4})?there\b|writing\s{1,4}was\s{1,4}on\s{1,4}the\s{1,4}wall\b"
    r"|see\s{1,4}(?:this|that|it)\s{1,4}coming\b|there\s{1,4}for\s{1,4}(?:all|everyone|everybody|anyone)\s{1,4}to\s{1,4}see\b"
    r"|an\s{1,4}accident\s{1,4}waiting\s{1,4}to\s{1,4}happen\b|only\s{1,4}a\s{1,4}(?:matter|question)\s{1,4}of\s{1,4}time\b"
    r"|(?:this|outage|incident|failure|all\s{1,4}of\s{1,4}it)\s{1,4}was\s{1,4}(?:\w{1,12}ly\s{1,4})?"
    r"(?:foreseeable|predictable|avoidable|preventable)\b"
    r"|had\s{1,4}to\s{1,4}do\s{1,4}was\b"
    r"|(?:only|just|simply)\s{1,4}had\s{1,4}to\s{1,4}(?:look|check|read|ask|open|scroll|compare|call|run\s{1,4}the)\b)"
    r"(?!-)"
)
"""For text in lower case."""
_TELLING = tuple(
    frozenset(words.split())
    for words in (
        "looking back", "knowing what", "hindsight", "retrospect", "obvious", "obviously", "clearly", "plainly",
        "should have", "had to", "signs were", "the wall", "see coming", "for to see", "never going", "bound to",
        "doomed", "waiting to", "matter of time", "question of time", "foreseeable", "predictable", "avoidable",
        "preventable",
    )
)  # fmt: skip
"""Words that stand together in a passage if anything is found there."""
_ALL = Pattern(r"\ball\b[^.!?]{1,40}$", re.IGNORECASE)
_AT_THE_TIME = Pattern(
    r"(?:^|[.!?;]\s)[^.!?;]{0,60}(?:\d{1,2}[:.h]\d{2}|\b(?:by|at|from|until)\s{1,4}(?:then|that|this|the\s{1,4}time|now)\b"
    r"|\b(?:soon|quickly|when|once|after|by\s{1,4}now)\b)[^.!?;]{0,100}$",
    re.IGNORECASE,
)
_NEAR = 200  # characters: no sentence is looked at beyond
_SENTENCE_END = Pattern(r"[.!?]\s")
_MODEST = Pattern(
    r"(?:\b(?:not|less|more|as|only|obvious|clear|even|easy|easier|apparent|visible)|n['’]t)\s{1,4}$|[\"“'‘]$",
    re.IGNORECASE,
)
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
    occurring = words_in(postmortem)
    telling = [words for words in _TELLING if words <= occurring]
    if not telling or not postmortem.may_be_english:
        return
    headings = {section.heading.line: section.title.strip() for section in postmortem.sections}
    for passage, match in islice(_candidates(postmortem, telling), _MOST):
        span = passage.span(*match.span())
        if headings.get(span.line) != passage.text.strip() and not _is_reported(postmortem, policy, passage, match):
            yield _problem(passage, match, span)


def _candidates(postmortem: Postmortem, telling: Sequence[frozenset[str]]) -> Iterator[tuple[Passage, re.Match[str]]]:
    """Where one of the phrases stands, with words that are `telling`."""
    for passage, seen in zip(postmortem.passages, words_by_passage(postmortem), strict=True):
        if passage.quoted or passage.section in _NO_NARRATIVE or not any(words.issubset(seen) for words in telling):
            continue
        for match in _WORDS.finditer(without_capitals(passage.text)):
            before = passage.text[max(match.start() - _NEAR, 0) : match.start()]
            if not _MODEST.search(before[-12:]) and _is_judged(match[0], before):
                yield passage, match


def _is_judged(words: str, before: str) -> bool:
    """Whether such words, with those before them, judge: “by 10:40 it was obvious that …” tells what was seen then."""
    if words.startswith("it") and "should" not in words:
        return _AT_THE_TIME.search(before) is None
    if words.startswith("had"):
        return _ALL.search(before) is not None
    if " had " in words:
        subject = before.split()[-1:]
        return bool(subject) and (subject[0].lower() in heads() or subject[0].lower() in given_names())
    return True


def _problem(passage: Passage, match: re.Match[str], span: Span) -> Problem:
    words = " ".join(passage.text[match.start() : match.end()].split())
    return Problem(
        span,
        f"“{words}” judges by what is known today. Write what people saw and knew at that moment.",
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
