"""Facts at the head that were not filled in."""

from __future__ import annotations

from collections.abc import Iterator

from rules.placeholders import fill_in, stands_in, template_sections, unfilled_value
from rules.policy import Policy
from rules.postmortem import Postmortem
from rules.rule import Context, Problem, Severity, rule

_HAVE_THEIR_OWN_RULES = frozenset({"title", "severity", "authors", "commander", "status"})


def unfilled(postmortem: Postmortem, key: str) -> Problem | None:
    """The problem that a fact's line holds a placeholder still; None if it does not, or if there is no such line."""
    field = postmortem.fields.get(key)
    place = unfilled_value(postmortem.source, field) if field else None
    return Problem(place, fill_in(field), subject=key) if field and place else None


@rule("CO102", "metadata-template", Severity.WARNING)
def metadata_template(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """A fact at the head still is the template's placeholder.

    Why: it looks filled in from afar, and whoever needs the fact later finds a form. What is not known can be left out,
    or be said. To fix it, write what is true of this incident, or remove the line.

    Bad:

    ```markdown
    - Duration: HH:MM (start) → HH:MM (end), UTC
    - Affected team: <team>
    ```

    Good:

    ```markdown
    - Duration: 10:32 (start) → 11:14 (end), UTC
    - Affected team: payments
    ```
    """
    unfilled = [
        (field, place)
        for field in postmortem.fields.values()
        if field.key not in _HAVE_THEIR_OWN_RULES and (place := unfilled_value(postmortem.source, field)) is not None
    ]
    reported_whole = template_sections(postmortem) if unfilled else ()
    for field, place in unfilled:
        if stands_in(place, reported_whole):
            continue
        yield Problem(place, fill_in(field), subject=field.key)
