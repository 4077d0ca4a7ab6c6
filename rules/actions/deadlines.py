"""Deadlines of action items."""

from __future__ import annotations

from collections.abc import Iterator

from rules.actions.items import brief, is_given, open_items, place_of
from rules.policy import Policy
from rules.postmortem import Postmortem
from rules.rule import Context, Problem, Severity, rule


@rule("CO405", "action-deadline-missing", Severity.ERROR)
def action_deadline_missing(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """An action item has no deadline.

    Why: without a date it never becomes late, and so it never gets done. Two weeks for a P0, four for a P1 and eight
    for a P2 are a good start.

    Bad:

    ```markdown
    ## Action items

    - [ ] Alert on lag over 30 s. Owner: @ben. Priority: P0. Criterion: it fires in staging.
    ```

    Good:

    ```markdown
    ## Action items

    - [ ] Alert on lag over 30 s. Owner: @ben. Deadline: 2026-05-18. Priority: P0. Criterion: it fires in staging.
    ```
    """
    for item in open_items(postmortem):
        if item.due is None and not is_given(item.due_text):
            yield Problem(
                place_of(postmortem, item),
                "This action item has no deadline. Add one as a date, for example `Deadline: 2026-06-01`.",
                subject=item.title,
            )


@rule("CO406", "action-deadline-ambiguous", Severity.ERROR)
def action_deadline_ambiguous(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """A deadline is not one certain day.

    Why: `01/08/2026` is the first of August to one reader and the eighth of January to another; `next sprint` is
    no day at all.

    Bad:

    ```markdown
    ## Action items

    - [ ] Alert on lag over 30 s. Owner: @ben. Deadline: 01/08/2026. Priority: P0. Criterion: it fires in staging.
    ```

    Good:

    ```markdown
    ## Action items

    - [ ] Alert on lag over 30 s. Owner: @ben. Deadline: 2026-08-01. Priority: P0. Criterion: it fires in staging.
    ```
    """
    for item in open_items(postmortem):
        text = item.due_text
        if item.due is None and text is not None and is_given(text):
            yield Problem(
                text.span,
                f"The deadline {brief(text.value)} is not one certain day. Write it as YYYY-MM-DD.",
                subject=item.title,
            )
