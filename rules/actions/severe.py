"""What a grave incident asks of the action items as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from rules.actions.items import is_given
from rules.places import place_for
from rules.policy import Policy
from rules.postmortem import Postmortem
from rules.requirements import SEVERE_TO, severity_level
from rules.rule import Context, Problem, Severity, rule


@rule("CO418", "severe-without-urgent-action", Severity.WARNING)
def severe_without_urgent_action(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """A SEV-1 or SEV-2 has no action item of priority P0 or P1.

    Why: if nothing that came out of it is urgent, either the incident was not that grave, or its cause is still there.
    Give the item that keeps it from coming back its due priority. Done items count.

    Bad:

    ```markdown
    - Severity: SEV-1

    ## Action items

    - [ ] Alert on lag over 30 s. Owner: @ben. Deadline: 2026-06-18. Priority: P2. Criterion: it fires in staging.
    ```

    Good:

    ```markdown
    - Severity: SEV-1

    ## Action items

    - [ ] Alert on lag over 30 s. Owner: @ben. Deadline: 2026-05-18. Priority: P0. Criterion: it fires in staging.
    ```
    """
    level = severity_level(postmortem)
    items = [item for item in postmortem.actions if not item.declined]
    priorities = {item.priority for item in items}
    if level is None or level > SEVERE_TO or not priorities - {None} or priorities & {"P0", "P1"}:
        return
    if any(item.priority is None and is_given(item.priority_text) for item in items):
        return  # it may mean an urgent one; that it cannot be told is another rule's finding
    yield Problem(
        place_for(postmortem, "actions"),
        f"None of the action items of this SEV-{level} is a P0 or P1. "
        "Raise the priority of the one that keeps it from coming back, or add it.",
        subject="actions",
    )
