"""Priorities of action items."""

from __future__ import annotations

from collections.abc import Iterator

from rules.actions.as_written import field_as_written
from rules.actions.items import brief, is_given, open_items
from rules.actions.tables import gaps, told_of_table
from rules.parse.action_words import PRIORITY, PRIORITY_CHOICE
from rules.phrases import phrase_list
from rules.policy import Policy
from rules.postmortem import Postmortem, Span
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
    for gap in gaps(postmortem, "priority", lambda item: item.priority is None and not is_given(item.priority_text)):
        yield Problem(
            gap.place,
            told_of_table(gap, "priority", "Priority", "with P0 (stops other work), P1 or P2 in each row")
            if gap.rows
            else "This action item has no priority. "
            f"Add `{field_as_written(postmortem, 'priority', 'Priority', 'P0')}`, `P1` or `P2`.",
            subject=gap.subject,
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

    - [ ] Alert on lag over 30 s. Owner: @ben. Deadline: 2026-05-18. Priority: P1. Criterion: it fires in staging.
    ```
    """
    told: set[Span] = set()  # several items share the priority of a group's head
    for item in open_items(postmortem):
        text = item.priority_text
        if item.priority is None and text is not None and is_given(text) and text.span not in told:
            told.add(text.span)
            yield Problem(text.span, _unknown_message(text.value), subject=item.title)


def _unknown_message(value: str) -> str:
    """What a priority in other words comes to here, where that can be told."""
    if PRIORITY_CHOICE.match(value):
        return f"The priority {brief(value)} is a choice. Decide on one: P0 (stops other work), P1 or P2."
    if PRIORITY.search(value):
        return f"The priority {brief(value)} is lower than any there is. Write P2, the lowest, or drop the item."
    level = next((level for level in ("P0", "P1", "P2") if phrase_list("actions", level.lower()).is_in(value)), None)
    if level is None:
        return f"The priority {brief(value)} is unknown. Write P0 (stops other work), P1 or P2."
    return f"The priority {brief(value)} is none of P0, P1 and P2. Write {_ADVICE[level]}."


_ADVICE = {
    "P0": "P0, which stops other work, or P1 if it need not",
    "P1": "P1, or P0 if other work has to stop for it",
    "P2": "P2",
}
"""What to write instead of a word, by the level that it comes to."""
