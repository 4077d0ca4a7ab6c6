"""Priorities of action items."""

from __future__ import annotations

from collections.abc import Iterator

from rules.actions.items import brief, is_given, open_items, place_of
from rules.policy import Policy
from rules.postmortem import Postmortem
from rules.rule import Context, Problem, Severity, rule


@rule("CO411", "action-priority-missing", Severity.ERROR)
def action_priority_missing(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """An action item has no priority.

    Why: a P0 stops other work until it is done; a P2 does not. The owner has to know which it is.

    Bad:

    ```markdown
    ## Action items

    - [ ] Alert on lag over 30 s. Owner: @ben. Deadline: 2026-05-18. Criterion: it fires in staging.
    ```

    Good:

    ```markdown
    ## Action items

    - [ ] Alert on lag over 30 s. Owner: @ben. Deadline: 2026-05-18. Priority: P0. Criterion: it fires in staging.
    ```
    """
    for item in open_items(postmortem):
        if item.priority is None and not is_given(item.priority_text):
            yield Problem(
                place_of(postmortem, item),
                "This action item has no priority. Add `Priority: P0`, `P1` or `P2`.",
                subject=item.title,
            )


@rule("CO412", "action-priority-unknown", Severity.ERROR)
def action_priority_unknown(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """A priority is none of P0, P1 and P2.

    Why: deadlines and escalation go by these three, and "high" means something else to everybody.

    Bad:

    ```markdown
    ## Action items

    - [ ] Alert on lag over 30 s. Owner: @ben. Deadline: 2026-05-18. Priority: high. Criterion: it fires in staging.
    ```

    Good:

    ```markdown
    ## Action items

    - [ ] Alert on lag over 30 s. Owner: @ben. Deadline: 2026-05-18. Priority: P0. Criterion: it fires in staging.
    ```
    """
    for item in open_items(postmortem):
        text = item.priority_text
        if item.priority is None and text is not None and is_given(text):
            yield Problem(
                text.span,
                f"The priority {brief(text.value)} is unknown. Write P0 (stops other work), P1 or P2.",
                subject=item.title,
            )
