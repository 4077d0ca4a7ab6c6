"""Entries of the timeline that cannot belong to the incident."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from rules.patterns import Pattern
from rules.phrases import phrase_list
from rules.policy import Policy
from rules.postmortem import Postmortem, TimelineEntry
from rules.rule import Context, Problem, Severity, rule
from rules.timeline.response import response_times

_DAY_SIGNS = Pattern(r"\d{4}|[A-Za-z]{3}\w* ?\d|\d ?[A-Za-z]{3}|\d[./-]\d")  # of a time that names its day
_LEAST_SLACK = timedelta(minutes=5)  # times are rounded
_HOUR = timedelta(hours=1)
_DAY = timedelta(hours=24)
_WRONG_YEAR = (timedelta(days=330), timedelta(days=400))


@rule("CO306", "timeline-entry-outside-incident", Severity.WARNING, other=Severity.NOTICE)
def timeline_entry_outside_incident(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """A timeline entry lies outside the incident, on what is probably the wrong day or a mistyped hour.

    Why: one wrong digit shifts the times to detect and to mitigate by hours. What led up to an incident and what came
    after it belong into a timeline, too: an entry is reported only if it is further from the incident's start or end
    than it took to detect it, gives no date of its own that explains it, and does not speak of a change before or of a
    follow-up after; less than an hour outside, it is a notice. One with a date is reported only where the year must be
    wrong.

    Bad:

    ```markdown
    ## Timeline

    - 10:32 The checkout error rate passes 5 %.
    - 10:36 `checkout-errors` pages the on-call engineer.
    - 10:58 The pool of checkout is seen to stand at its limit.
    - 14:11 The limit is raised from 50 to 200 connections.
    ```

    Good:

    ```markdown
    ## Timeline

    - 10:32 The checkout error rate passes 5 %.
    - 10:36 `checkout-errors` pages the on-call engineer.
    - 10:58 The pool of checkout is seen to stand at its limit.
    - 11:11 The limit is raised from 50 to 200 connections.
    ```
    """
    start, end = postmortem.start, postmortem.end
    if start is None or end is None or end < start or not postmortem.may_be_english:
        return
    slack = _slack(response_times(postmortem).time_to_detect, end - start)
    timed = [entry for entry in postmortem.timeline if entry.at is not None]
    if not any(_within(entry, start - slack, end + slack) for entry in timed):
        return  # then it is the duration that is wrong
    for entry in _strays(timed, start, end, slack):
        side = "before the start" if entry.at is not None and entry.at < start else "after the end"
        yield Problem(
            entry.time.span if entry.time else entry.span,
            f"This is {_length(entry, start, end)} {side} of the incident. "
            "Correct the time, or give its date if it is meant.",
            subject=entry.text,
            severity=None if _away(entry, start, end) >= _HOUR else Severity.NOTICE,
        )


def _slack(detection: timedelta | None, length: timedelta) -> timedelta:
    """How far outside an entry may be: as long as it took to detect; an hour where that is unknown."""
    if detection is None or detection > length:
        return _HOUR
    return max(detection, _LEAST_SLACK)


def _within(entry: TimelineEntry, start: datetime, end: datetime) -> bool:
    return entry.at is not None and start <= entry.at <= end


def _strays(
    entries: Sequence[TimelineEntry], start: datetime, end: datetime, slack: timedelta
) -> Iterator[TimelineEntry]:
    """The entries that must be wrong; of several in a row, which one wrong day explains, the first."""
    in_stray = False
    latest: datetime | None = None
    for entry in entries:
        if entry.at is None:
            continue
        out_of_order = latest is not None and entry.at < latest
        latest = entry.at if latest is None else max(latest, entry.at)
        stray = not out_of_order and not _within(entry, start - slack, end + slack) and _is_wrong(entry, start, end)
        if stray and not in_stray:
            yield entry
        in_stray = stray


def _is_wrong(entry: TimelineEntry, start: datetime, end: datetime) -> bool:
    if entry.at is None or entry.time is None:
        return False
    away = _away(entry, start, end)
    if _DAY_SIGNS.search(entry.time.value):
        return _WRONG_YEAR[0] <= away <= _WRONG_YEAR[1] and not _is_aside(entry)
    return away < _DAY * 2 and not _is_aside(entry)


def _length(entry: TimelineEntry, start: datetime, end: datetime) -> str:
    away = _away(entry, start, end)
    hours = round(away / _HOUR)
    if away < _HOUR:
        return f"{round(away / timedelta(minutes=1))} minutes"
    if hours >= 48:
        return f"{round(hours / 24)} days"
    return "an hour" if hours <= 1 else f"{hours} hours"


def _away(entry: TimelineEntry, start: datetime, end: datetime) -> timedelta:
    """How long before the start or after the end an entry is."""
    if entry.at is None:
        return timedelta(0)
    return start - entry.at if entry.at < start else entry.at - end


def _is_aside(entry: TimelineEntry) -> bool:
    """Whether it tells of what leads up to an incident, or follows it."""
    return phrase_list("timeline", "aside").is_in(entry.text)
