"""How the incident was noticed, and by whom."""

from __future__ import annotations

from collections.abc import Iterator

from rules.metadata.as_written import as_written
from rules.metadata.told import place_told, told_of
from rules.patterns import Pattern
from rules.phrases import phrase_list
from rules.placeholders import is_nothing, is_template
from rules.policy import Policy
from rules.postmortem import Postmortem, Span
from rules.requirements import asks_for_facts, required_sections
from rules.rule import Context, Problem, Severity, rule
from rules.statements import mentions
from rules.words import word_set

_NAME = Pattern(r"@[A-Za-z0-9]|\b[A-Z][a-z'’-]+ [A-Z][a-z'’-]+\b|\bby (?!the\b|a\b|an\b|our\b)[A-Z][a-z]+\b")
_NOTICING = Pattern(
    r"\b([A-Z][\w'’-]{0,40}) (?:[a-z]+ly |also |first |then |had |had first )?"
    r"(?:notic|saw\b|sees\b|seen\b|spot|observ|discover|found\b|finds\b|realis|realiz|detect|report|heard\b|read\b"
    r"|looked\b|received\b|got\b|was (?:told|called|paged|woken|alerted|informed|looking|watching|checking))"
)
"""A word with a capital in front of a verb of noticing."""
_WORD_WITH_CAPITAL = Pattern(r"\b[A-Z][a-z'’]{1,40}\b")
_NO_SUBJECTS = frozenset({
    "it", "this", "that", "these", "those", "which", "there", "nobody", "nothing", "none", "no", "when", "what",
    "incident", "outage", "problem", "errors", "error", "failure", "first", "initially", "automatically", "not",
    "internal", "external", "automated", "later", "immediately", "quickly", "only",
})  # fmt: skip


@rule("CO111", "detection-incomplete", Severity.WARNING, other=Severity.NOTICE)
def detection_incomplete(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """The detection is missing, or does not say how the incident was noticed, or by whom.

    Why: the time it takes to notice is what can be shortened most. An alert that pages somebody, a customer's call and
    a colleague who happens to look are three different lessons. To fix it, name the signal, and the person or role it
    reached. A detection that is there but says only half is a notice.

    Bad:

    ```markdown
    - Detection: after four minutes
    ```

    Good:

    ```markdown
    - Detection: the alert `checkout-errors` paged the on-call engineer after four minutes
    ```
    """
    if not asks_for_facts(postmortem) or not postmortem.may_be_english:
        return
    text = told_of(postmortem, "detection")
    if is_template(text):
        return
    place = place_told(postmortem, "detection")
    if is_nothing(text) and "detection" in required_sections(postmortem, policy):
        return  # the section is missed as such
    if is_nothing(text):
        told = "the alert checkout-errors paged the on-call engineer after 4 minutes"
        yield Problem(
            place,
            "Nothing says how this was noticed, or by whom. "
            f"Add `{as_written(postmortem, 'detection', 'Detection', told)}`.",
            subject="detection",
        )
    elif not _says_unknown(text):
        yield from _halves(text, place, postmortem)


def _halves(text: str, place: Span, postmortem: Postmortem) -> Iterator[Problem]:
    if not mentions(text, "facts", "signals") and "\ufffc" not in text:
        yield Problem(
            place,
            "This does not say how the incident was noticed. "
            "Name the signal: an alert, a customer's report, a dashboard.",
            subject="detection how",
            severity=Severity.NOTICE,
        )
    if not names_observer(text, postmortem):
        yield Problem(
            place,
            "This does not say who noticed the incident. "
            "Name a person or a role: the on-call engineer whom the alert reached, a customer, support.",
            subject="detection whom",
            severity=Severity.NOTICE,
        )


def names_observer(text: str, postmortem: Postmortem) -> bool:
    """Whether a text names somebody who may have noticed: a role, a name, or the subject of a verb of noticing."""
    if phrase_list("facts", "observers", parted=True).is_in(text) or _NAME.search(text):
        return True
    if any(not _is_thing(match[1]) for match in _NOTICING.finditer(text)):
        return True
    people = (*postmortem.authors, *postmortem.commanders, *postmortem.facilitators)
    names = {name.casefold() for person in people for name in person.name.split() if len(name) > 1}
    return any(
        word in names or word in word_set("given_names", "names")
        for word in (
            match[0].casefold().removesuffix("'s").removesuffix("’s") for match in _WORD_WITH_CAPITAL.finditer(text)
        )
    )


def _is_thing(subject: str) -> bool:
    """Whether the subject of a verb of noticing is what gives the signal, or nobody at all."""
    folded = subject.casefold()
    return folded in _NO_SUBJECTS or phrase_list("facts", "signals", parted=True).is_in(folded)


def _says_unknown(text: str) -> bool:
    return text.casefold().startswith(("unknown", "not known", "not detected", "nobody noticed"))
