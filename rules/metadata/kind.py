"""What the postmortem is about, which decides how much of it is asked for."""

from __future__ import annotations

from collections.abc import Iterator

from rules.folding import fold
from rules.placeholders import is_nothing, is_template
from rules.policy import Policy
from rules.postmortem import Postmortem
from rules.requirements import SEVERE_TO, Kind, kind_of, names_known_cause, required_sections, severity_level
from rules.rule import Context, Problem, Severity, rule


@rule("CO123", "kind-unknown", Severity.WARNING)
def kind_unknown(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """The kind is none of incident, near-miss and manual-intervention.

    Why: the kind decides what is asked for: a near-miss may have had no commander and no impact. To fix it, write one
    of the three, or remove the line: a postmortem without a kind is about an incident.

    Bad:

    ```markdown
    - Kind: almost an outage
    ```

    Good:

    ```markdown
    - Kind: near-miss
    ```
    """
    if kind_of(postmortem) is None:
        kinds = [kind.value for kind in Kind]
        yield Problem(
            postmortem.fields["kind"].value.span,
            f"The kind “{postmortem.value('kind')[:40]}” is unknown. "
            f"Write {', '.join(kinds[:-1])} or {kinds[-1]}; without one it is an incident.",
            subject="kind",
        )


@rule("CO127", "known-cause-unlinked", Severity.WARNING)
def known_cause_unlinked(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """A known cause does not lead to the short form: it has no link, or the incident was severe.

    Why: a SEV-3 whose cause is known may do with a TL;DR and a timeline, because the rest is told elsewhere. So there
    has to be a link to it. After a SEV-1 or SEV-2 the whole form is asked for, since a cause that was known and struck
    again that hard was not dealt with. To fix it, link to the earlier postmortem, or write the missing sections.

    Bad:

    ```markdown
    - Severity: SEV-3
    - Known cause: the pool, as in spring
    ```

    Good:

    ```markdown
    - Severity: SEV-3
    - Known cause: [INC-1987](2026-03-11-pool.md)
    ```
    """
    field = postmortem.fields.get("known_cause")
    if field is None or fold(field.label.replace("_", " ")) != "known cause":
        return
    if is_nothing(field.value.value) or is_template(field.value.value):
        return
    level = severity_level(postmortem)
    if not names_known_cause(postmortem):
        message = (
            "The known cause has no link, so nobody can look it up. "
            "Link to the earlier postmortem: `Known cause: [INC-1987](2026-03-11-pool.md)`."
        )
    elif level is not None and level <= SEVERE_TO and _lacks_sections(postmortem, policy):
        message = (
            f"The short form for a known cause is not for a SEV-{level}. "
            "Write the missing sections, and under “Open questions” why the known cause could strike again."
        )
    else:
        return
    yield Problem(field.value.span, message, subject="known_cause")


def _lacks_sections(postmortem: Postmortem, policy: Policy) -> bool:
    return any(postmortem.section(kind) is None for kind in required_sections(postmortem, policy))
