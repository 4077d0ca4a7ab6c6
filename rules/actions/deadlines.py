"""Deadlines of action items."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rules.actions.as_written import field_as_written
from rules.actions.deadline_edit import DeadlineWriter
from rules.actions.default_deadline import default_deadline
from rules.actions.items import brief, is_given, open_items
from rules.actions.tables import gaps, told_of_table
from rules.incident_day import incident_day
from rules.parse.dates import Day, find_day, is_relative, readings_of
from rules.placeholders import is_template
from rules.policy import Policy
from rules.postmortem import ActionItem, Postmortem, Span, Text
from rules.rule import Context, Edit, Problem, Severity, rule

_UNFILLED = "The deadline still holds the template's placeholder. Write a date in its place: year, month and day."


@rule("CO405", "action-deadline-missing", Severity.ERROR)
def action_deadline_missing(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """An action item has no deadline.

    Why: without a date it never becomes late, and so it never gets done. Two weeks for a P0, four for a P1 and eight
    for a P2 are a good start. `closeout fix` writes what the policy gives the item's priority, counted from today; a
    date that is no working day moves forward.

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
    writer: DeadlineWriter | None = None
    for gap in gaps(postmortem, "due", lambda item: item.due is None and not is_given(item.due_text)):
        if gap.item is None:
            message = told_of_table(gap, "deadline", "Deadline", "with a date, `YYYY-MM-DD`, in each row")
            yield Problem(gap.place, message, subject=gap.subject)
            continue
        deadline = default_deadline(policy, gap.item.priority or "", context.today)
        writer = writer or DeadlineWriter(postmortem)
        yield Problem(
            gap.place,
            _UNFILLED if gap.item.due_text and is_template(gap.item.due_text.value) else _missing(postmortem),
            subject=gap.subject,
            edit=writer.edit(gap.item, deadline) if deadline else None,
        )


def _missing(postmortem: Postmortem) -> str:
    line = field_as_written(postmortem, "due", "Deadline", "YYYY-MM-DD")
    return f"This action item has no deadline. Add one as a date: `{line}`."


@rule("CO406", "action-deadline-ambiguous", Severity.ERROR)
def action_deadline_ambiguous(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """A deadline is not one certain day.

    Why: `01/06/2026` is the first of June to one reader and the sixth of January to another; `next sprint` is
    no day at all.

    Bad:

    ```markdown
    ## Action items

    - [ ] Alert on lag over 30 s. Owner: @ben. Deadline: 01/06/2026. Priority: P1. Criterion: it fires in staging.
    ```

    Good:

    ```markdown
    ## Action items

    - [ ] Alert on lag over 30 s. Owner: @ben. Deadline: 2026-06-01. Priority: P1. Criterion: it fires in staging.
    ```
    """
    for item in open_items(postmortem):
        text = item.due_text
        if item.due is None and text is not None and is_given(text):
            yield Problem(text.span, _ambiguous_message(postmortem, text.value), subject=item.title)


def _ambiguous_message(postmortem: Postmortem, value: str) -> str:
    """Why words for a deadline are no certain day: two readings, no year, no such day; else that they are none."""
    told = f"The deadline {brief(value)}"
    if readings := readings_of(value):
        either = " or ".join(day.isoformat() for day in readings)
        return f"{told} can be read as {either}. Write the one you mean in that form."
    day = find_day(value)
    if day is None or find_day(value, day.end) is not None:
        return f"{told} is not one certain day. Write it as YYYY-MM-DD."
    if day.month_and_day is None:
        return f"{told} is no day of any calendar. Correct it, as YYYY-MM-DD."
    likely = _next_after(incident_day(postmortem), day)
    return f"{told} has no year. Write it out, {f'such as {likely.isoformat()}' if likely else 'as YYYY-MM-DD'}."


def _next_after(incident: date | None, day: Day) -> date | None:
    """The first such day on or after the incident, if its date is known."""
    this_year = day.in_year_of(incident)
    if incident is None or this_year is None or this_year >= incident:
        return this_year
    return day.in_year_of(incident.replace(year=incident.year + 1, day=1))


@rule("CO407", "action-deadline-not-iso", Severity.NOTICE)
def action_deadline_not_iso(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """A deadline is not written as YYYY-MM-DD.

    Why: it is clear, but only to whom reads English, and it neither sorts nor lines up; "in 2 weeks" has to be counted
    from the incident's date. `closeout fix` rewrites it.

    Bad:

    ```markdown
    ## Action items

    - [ ] Alert on lag over 30 s. Owner: @ben. Deadline: 18 May 2026. Priority: P0. Criterion: it fires in staging.
    ```

    Good:

    ```markdown
    ## Action items

    - [ ] Alert on lag over 30 s. Owner: @ben. Deadline: 2026-05-18. Priority: P0. Criterion: it fires in staging.
    ```
    """
    seen: set[Span] = set()  # a date may hold for a whole group of items
    for item in open_items(postmortem):
        text = item.due_text
        if item.due is None or text is None or item.due.isoformat() in text.value or text.span in seen:
            continue
        seen.add(text.span)
        yield Problem(
            text.span,
            f"The deadline {brief(text.value)} is clear, but not an ISO date. Write it as {item.due.isoformat()}.",
            subject=item.title,
            edit=_iso_edit(postmortem, item, text),
        )


def _iso_edit(postmortem: Postmortem, item: ActionItem, text: Text) -> Edit | None:
    """The ISO date in place of the one that stands there; what else the deadline says stays."""
    source = postmortem.source
    if item.due is None:
        return None
    written = source.slice(text.span)
    if is_relative(written.strip()):
        return Edit(text.span, item.due.isoformat())
    day = find_day(written)
    if day is None or day.day != item.due or find_day(written, day.end) is not None:
        return None
    at = source.offset(text.span.line, text.span.column)
    return Edit(source.span(at + day.start, at + day.end), item.due.isoformat())
