"""The severity."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules.metadata.as_written import as_written
from rules.metadata.placeholders import unfilled
from rules.patterns import Pattern
from rules.places import top_of
from rules.policy import Policy
from rules.postmortem import Postmortem
from rules.requirements import asks_for_facts
from rules.rule import Context, Problem, Severity, rule

_SEVERITY = Pattern(
    r"(?:(?:sev(?:erity)?|s|p|priority|level|tier)\s*[-_ ]?\s*)?[0-5]\b(?!\s*[./:]\s*\d)"
    r"|(?:sev(?:erity)?[-\s:]*)?(?:critical|high|major|medium|moderate|minor|low|near[- ]miss|none|informational)\b",
    re.IGNORECASE,
)


@rule("CO103", "severity-missing", Severity.WARNING, other=Severity.NOTICE)
def severity_missing(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """The severity is missing.

    Why: it decides how much of a postmortem is due, and later which incidents are counted together. To fix it, give the
    level of your own scale. In a house style that does not ask for one, this is a notice.

    Bad:

    ```markdown
    - Severity:
    ```

    Good:

    ```markdown
    - Severity: SEV-2
    ```
    """
    if not postmortem.value("severity") and not unfilled(postmortem, "severity"):
        yield Problem(
            postmortem.fields["severity"].span if "severity" in postmortem.fields else top_of(postmortem),
            f"The severity is missing. Add `{as_written(postmortem, 'severity', 'Severity', 'SEV-2')}`, "
            "with the number your scale gives this incident.",
            subject="severity",
            severity=None if asks_for_facts(postmortem) else Severity.NOTICE,
        )


@rule("CO104", "severity-unknown", Severity.WARNING)
def severity_unknown(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """The severity is not a level of any scale.

    Why: a severity that cannot be compared cannot be counted. To fix it, write the level alone: SEV-1 to SEV-4, or your
    own scale's number.

    Bad:

    ```markdown
    - Severity: SEV-N
    ```

    Good:

    ```markdown
    - Severity: SEV-2
    ```
    """
    if placeholder := unfilled(postmortem, "severity"):
        yield placeholder
        return
    value = postmortem.value("severity")
    if value and not _SEVERITY.search(value[:200]):
        yield Problem(
            postmortem.fields["severity"].value.span,
            f"The severity “{value[:40]}” is not a level. Write it as SEV-1, SEV-2, SEV-3 or SEV-4.",
            subject="severity",
        )
