"""How the incident was noticed, and by whom."""

from __future__ import annotations

from collections.abc import Iterator

from rules.patterns import Pattern
from rules.phrases import phrase_list
from rules.placeholders import is_nothing, is_template
from rules.places import place_for, top_of
from rules.policy import Policy
from rules.postmortem import Postmortem, Span
from rules.requirements import asks_for_facts, required_sections
from rules.rule import Context, Problem, Severity, rule

_NAME = Pattern(r"@[A-Za-z0-9]|\b[A-Z][a-z'’-]+ [A-Z][a-z'’-]+\b|\bby (?!the\b|a\b|an\b|our\b)[A-Z][a-z]+\b")
_LONGEST = 20_000


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
    if not asks_for_facts(postmortem) or postmortem.language not in (None, "en"):
        return
    text = _detection(postmortem)
    if is_template(text):
        return
    place = _place(postmortem)
    if is_nothing(text) and "detection" in required_sections(postmortem, policy):
        return  # the section is missed as such
    if is_nothing(text):
        yield Problem(
            place,
            "Nothing says how this was noticed, or by whom. "
            "Add `- Detection: the alert checkout-errors paged the on-call engineer after 4 minutes`.",
            subject="detection",
        )
    elif not _says_unknown(text):
        yield from _halves(text, place)


def _halves(text: str, place: Span) -> Iterator[Problem]:
    if not phrase_list("facts", "signals", parted=True).is_in(text) and "\ufffc" not in text:
        yield Problem(
            place,
            "This does not say how the incident was noticed. "
            "Name the signal: an alert, a customer's report, a dashboard.",
            subject="detection how",
            severity=Severity.NOTICE,
        )
    if not phrase_list("facts", "observers", parted=True).is_in(text) and not _NAME.search(text):
        yield Problem(
            place,
            "This does not say who noticed the incident. "
            "Name a person or a role: the on-call engineer whom the alert reached, a customer, support.",
            subject="detection whom",
            severity=Severity.NOTICE,
        )


def _detection(postmortem: Postmortem) -> str:
    """What the metadata and the sections say of it."""
    sections = (section.text for section in postmortem.sections_of("detection"))
    return "\n".join(filter(None, (postmortem.value("detection"), *sections)))[:_LONGEST]


def _place(postmortem: Postmortem) -> Span:
    field = postmortem.fields.get("detection")
    if field is None:
        return place_for(postmortem, "detection") if postmortem.section("detection") else top_of(postmortem)
    return field.value.span if field.value.value else field.span


def _says_unknown(text: str) -> bool:
    return text.casefold().startswith(("unknown", "not known", "not detected", "nobody noticed"))
