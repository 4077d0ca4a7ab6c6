"""When the incident was, and how long."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import pairwise

from rules.lengths import brief_length
from rules.metadata.as_written import as_written
from rules.parse.times import find_moment, impossible_clock
from rules.patterns import Pattern
from rules.placeholders import is_nothing, is_template, unfilled_value
from rules.places import top_of
from rules.policy import Policy
from rules.postmortem import Duration, Field, Postmortem, TimelineEntry
from rules.requirements import asks_for_facts, is_short, may_lack_impact
from rules.rule import Context, Problem, Severity, rule

_SLACK = timedelta(minutes=2)
_LENGTH_IN_WORDS = Pattern(
    r"\b(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty"
    r"|ninety|half|couple|dozen|\d[\d.,]{0,12})\b.{0,30}?\b(?:sec|min|hour|hr|day|week|month|year)",
    re.IGNORECASE,
)
_NO_LENGTH = Pattern(r"(?:none|no downtime|zero|0\b|unknown|not known|ongoing|still|n/a|never)", re.IGNORECASE)
_BETWEEN_TIMES = Pattern(
    r"\d:\d\d(?:[^\d:]{0,30}?)(?:→|->|=>|–|—|-|\bto\b|\buntil\b|\btill\b)[^\d:]{0,12}\d{1,2}:\d\d", re.IGNORECASE
)
_FEWEST = 3  # entries with an instant, below which a timeline is no measure
_MOST_OF_IT = 0.8  # of the entries have to be resolved
_FAR_LONGER = 1.5  # times the timeline
_MARGIN = timedelta(minutes=30)
_MOST_PASSAGES = 60  # in which a length is looked for
_LONGEST = 2000  # characters of each
_TIMED = 2  # entries of a timeline from which a reader can tell how long it took


@rule("CO107", "duration-missing", Severity.WARNING, other=Severity.NOTICE)
def duration_missing(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """Nothing says how long the incident was.

    Why: it is the first figure that anybody asks for, and every trend is made of it. To fix it, give the start, the end
    and the zone. In a house style that has no place for it, it is asked for only if the timeline does not tell it
    either, and is a notice.

    Bad:

    ```markdown
    - Duration:
    ```

    Good:

    ```markdown
    - Duration: 10:32 (start) → 11:14 (end), UTC
    ```
    """
    field = postmortem.fields.get("duration")
    if not _lacks_duration(postmortem, field):
        return
    asked = asks_for_facts(postmortem)
    if not asked and (is_short(postmortem) or _is_told(postmortem)):
        return
    line = as_written(postmortem, "duration", "Duration", "10:32 (start) → 11:14 (end), UTC")
    yield Problem(
        field.span if field else top_of(postmortem),
        f"Nothing says how long this was. Add `{line}`.",
        subject="duration",
        severity=None if asked else Severity.NOTICE,
    )


def _lacks_duration(postmortem: Postmortem, field: Field | None) -> bool:
    if field is not None and unfilled_value(postmortem.source, field) is not None:
        return False  # a placeholder has its own rule
    if not is_nothing(postmortem.value("duration")):
        return False
    if field is not None and may_lack_impact(postmortem) and _NO_LENGTH.match(field.value.value):
        return False
    has_ends = not is_nothing(postmortem.value("start")) and not is_nothing(postmortem.value("end"))
    return not has_ends and (postmortem.duration is None or postmortem.duration.elapsed is None)


def _is_told(postmortem: Postmortem) -> bool:
    """Whether a reader can tell the length from the timeline, or from what the text says."""
    if sum(1 for entry in postmortem.timeline if entry.time) >= _TIMED:
        return True
    return any(_LENGTH_IN_WORDS.search(passage.text[:_LONGEST]) for passage in postmortem.passages[:_MOST_PASSAGES])


@rule("CO109", "duration-malformed", Severity.WARNING)
def duration_malformed(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """The duration is neither a length nor a start and an end, or one of its times is on no clock.

    Why: nobody can add up mornings. To fix it, write when it started and ended, or how long it took (`42m`, `1h 35m`).

    Bad:

    ```markdown
    - Duration: most of the morning
    ```

    Good:

    ```markdown
    - Duration: 10:32 (start) → 11:14 (end), UTC
    ```
    """
    if (broken := _impossible(postmortem)) is not None:
        yield broken
        return
    field, duration = postmortem.fields.get("duration"), postmortem.duration
    if field is None or duration is None or is_nothing(field.value.value) or is_template(field.value.value):
        return
    if duration.stated or duration.elapsed or (duration.start and _NO_LENGTH.search(field.value.value)):
        return
    said = field.value.value[:500]
    if _LENGTH_IN_WORDS.search(said) or _NO_LENGTH.match(said) or unfilled_value(postmortem.source, field):
        return
    yield Problem(
        field.value.span,
        "This duration is neither a length nor a start and an end. "
        "Write `10:32 (start) → 11:14 (end), UTC`, or a length such as `42m`.",
        subject="duration",
    )


def _impossible(postmortem: Postmortem) -> Problem | None:
    """The first time of the duration, the start or the end that no clock shows. `36:15` alone may be a length."""
    for key in ("duration", "start", "end"):
        field = postmortem.fields.get(key)
        value = field.value.value[:500] if field is not None else ""
        if field is None or (key == "duration" and not _BETWEEN_TIMES.search(value)):
            continue
        if (clock := impossible_clock(value)) is not None:
            message = f"“{clock}” is no time of day. Write it with hours from 00 to 23 and minutes from 00 to 59."
            return Problem(field.value.span, message, subject=key)
    return None


@rule("CO110", "duration-without-zone", Severity.WARNING, other=Severity.NOTICE)
def duration_without_zone(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """The duration's times have no zone.

    Why: 10:32 is somewhere else's evening. Logs, chat and alerts of one incident often are in three zones. To fix it,
    add the zone behind the times: `UTC`, `+02:00` or `Europe/Berlin`. In a house style that does not ask for one, this
    is a notice.

    Bad:

    ```markdown
    - Duration: 10:32 (start) → 11:14 (end)
    ```

    Good:

    ```markdown
    - Duration: 10:32 (start) → 11:14 (end), UTC
    ```
    """
    field, duration = postmortem.fields.get("duration"), postmortem.duration
    if field is None or duration is None or duration.elapsed is None or duration.zone or postmortem.zone:
        return
    if unfilled_value(postmortem.source, field) is not None:
        return
    yield Problem(
        field.value.span,
        "The times of the duration have no zone. Write it behind them, for example `10:32 → 11:14, UTC`.",
        subject="duration zone",
        severity=None if asks_for_facts(postmortem) else Severity.NOTICE,
    )


@rule("CO108", "duration-contradiction", Severity.WARNING)
def duration_contradiction(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """The duration contradicts its own start and end.

    Why: one of the three is wrong, and every figure that is built on them is, too. To fix it, correct the one that is
    wrong; give the dates where it ran past midnight more than once.

    Bad:

    ```markdown
    - Duration: 1h 30m, 10:32 (start) → 11:14 (end), UTC
    ```

    Good:

    ```markdown
    - Duration: 42m, 10:32 (start) → 11:14 (end), UTC
    ```
    """
    duration = postmortem.duration
    if duration is None or duration.elapsed is None:
        return
    if duration.elapsed < timedelta():
        message = (
            "The incident ends before it starts. Correct the start or the end; add the dates if it ran past midnight."
        )
    elif duration.stated is not None and _differs(duration.stated, duration.elapsed):
        message = (
            f"The duration says {brief_length(duration.stated)}, but from its start to its end it is "
            f"{brief_length(duration.elapsed)}. Correct one of them."
        )
    else:
        return
    yield Problem(duration.span, message, subject="duration")


@rule("CO119", "duration-contradicts-timeline", Severity.WARNING)
def duration_contradicts_timeline(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """The duration contradicts the timeline: nothing in it happened then, or it is far longer than all of it.

    Why: one of the two is wrong, and readers will quote the other. To fix it, correct the date or the times; if the
    timeline leaves out most of the incident, add what happened.

    Bad:

    ```markdown
    - Duration: 5h 30m (UTC)
    ```

    Good:

    ```markdown
    - Duration: 42m (UTC)
    ```
    """
    duration, entries = postmortem.duration, postmortem.timeline
    if duration is None or len(entries) < _FEWEST:
        return
    length, spanned = duration.stated or duration.elapsed, _spanned(entries)
    if _is_elsewhere(postmortem, duration):
        message = (
            "Nothing in the timeline happened between the start and the end given here. "
            "Correct the date, the times or the zone of one of them."
        )
    elif length is not None and spanned is not None and length > spanned * _FAR_LONGER + _MARGIN:
        message = (
            f"The duration is {brief_length(length)}, but the timeline spans {brief_length(spanned)}. "
            "Correct it, or add what happened in the rest of the time."
        )
    else:
        return
    yield Problem(duration.span, message, subject="duration timeline")


def _is_elsewhere(postmortem: Postmortem, duration: Duration) -> bool:
    """Whether all that has an instant in the timeline, which is most of it, was before or after the incident."""
    times = [entry.at for entry in postmortem.timeline if entry.at is not None]
    start, end = duration.start or postmortem.start, duration.end or postmortem.end
    if start is None or end is None or len(times) < max(len(postmortem.timeline) * _MOST_OF_IT, 1):
        return False
    return min(times) - end > _MARGIN or start - max(times) > _MARGIN


def _spanned(entries: Sequence[TimelineEntry]) -> timedelta | None:
    """From the first to the last entry of a timeline; bare times of day count as long as they only rise."""
    times = [entry.at for entry in entries if entry.at is not None]
    if len(times) >= len(entries) * _MOST_OF_IT:
        return max(times) - min(times)
    moments = [find_moment(entry.time.value) for entry in entries if entry.time]
    clocks = [each.clock for each in moments if each is not None and each.clock is not None and each.day is None]
    if len(clocks) < len(entries) or any(earlier > later for earlier, later in pairwise(clocks)):
        return None
    first, last = (timedelta(hours=each.hour, minutes=each.minute) for each in (clocks[0], clocks[-1]))
    return last - first


def _differs(stated: timedelta, elapsed: timedelta) -> bool:
    """Whether two lengths differ by more than rounding explains; times of day alone leave whole days open."""
    slack = max(_SLACK, max(stated, elapsed) / 10)
    return all(abs(stated - elapsed - timedelta(days=days)) > slack for days in _whole_days(stated))


def _whole_days(stated: timedelta) -> tuple[int, ...]:
    return (0, stated.days) if stated.days else (0,)
