"""Deadlines that cannot be meant, or cannot be kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rules.actions.default_deadline import default_deadline
from rules.actions.items import open_items
from rules.incident_day import incident_day
from rules.metadata.status import status_of
from rules.policy import Policy
from rules.postmortem import ActionItem, Postmortem, Span
from rules.rule import Context, Problem, Severity, rule


@rule("CO408", "action-deadline-before-incident", Severity.WARNING)
def action_deadline_before_incident(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """A deadline lies before the incident.

    Why: nobody promised anything before it happened, so a digit must be wrong, often that of the year. Correct it.

    Bad:

    ```markdown
    - Date: 2026-05-04

    ## Action items

    - [ ] Alert on lag over 30 s. Owner: @ben. Deadline: 2025-05-18. Priority: P0. Criterion: it fires in staging.
    ```

    Good:

    ```markdown
    - Date: 2026-05-04

    ## Action items

    - [ ] Alert on lag over 30 s. Owner: @ben. Deadline: 2026-05-18. Priority: P0. Criterion: it fires in staging.
    ```
    """
    day = incident_day(postmortem)
    if day is None:
        return
    for item, due, place in _dated(postmortem):
        if due < day:
            yield Problem(
                place,
                f"This deadline is before the incident of {day.isoformat()}. Correct it; perhaps the year is wrong.",
                subject=item.title,
            )


@rule("CO409", "action-deadline-far", Severity.WARNING)
def action_deadline_far(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """A deadline is further away than the policy allows for its priority.

    Why: what may take half a year is no P0. By default a P0 has two weeks, a P1 four and a P2 eight, counted from the
    day of the check. Bring the deadline forward, lower the priority, or promise a smaller step.

    Bad:

    ```markdown
    ## Action items

    - [ ] Alert on lag over 30 s. Owner: @ben. Deadline: 2026-11-18. Priority: P0. Criterion: it fires in staging.
    ```

    Good:

    ```markdown
    ## Action items

    - [ ] Alert on lag over 30 s. Owner: @ben. Deadline: 2026-05-18. Priority: P0. Criterion: it fires in staging.
    ```
    """
    for item, due, place in _dated(postmortem):
        latest = default_deadline(policy, item.priority or "", context.today)
        if latest is not None and due > latest:
            way_out = "lower the priority, or" if item.priority != max(policy.deadlines) else "or"
            yield Problem(
                place,
                f"A {item.priority} is to be done by {latest.isoformat()} at the latest. "
                f"Bring the deadline forward, {way_out} promise a smaller step.",
                subject=item.title,
            )


@rule("CO415", "action-deadline-past", Severity.WARNING)
def action_deadline_past(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """The deadline of an open item has passed.

    Why: either it is done, then tick it; or it is late, then somebody has to say until when. Items that are done or
    declined, and documents that are resolved, are left alone.

    Bad:

    ```markdown
    - Date: 2026-04-01
    - Duration: 10:32 (start) → 11:14 (end), UTC

    ## Action items

    - [ ] Alert on lag over 30 s. Owner: @ben. Deadline: 2026-04-15. Priority: P0. Criterion: it fires in staging.
    ```

    Good:

    ```markdown
    - Date: 2026-04-01
    - Duration: 10:32 (start) → 11:14 (end), UTC

    ## Action items

    - [x] Alert on lag over 30 s. Owner: @ben. Deadline: 2026-04-15. Priority: P0. Criterion: it fires in staging.
    ```
    """
    if status_of(postmortem) == "resolved":
        return
    day = incident_day(postmortem)
    for item, due, place in _dated(postmortem):
        if due < context.today and (day is None or due >= day):
            yield Problem(
                place,
                f"This deadline has passed on {due.isoformat()}. Tick the item if it is done, or agree on a new date.",
                subject=item.title,
            )


def _dated(postmortem: Postmortem) -> Iterator[tuple[ActionItem, date, Span]]:
    """The open items with a certain deadline, and where it stands."""
    for item in open_items(postmortem):
        if item.due is not None and item.due_text is not None:
            yield item, item.due, item.due_text.span
