"""The order of the timeline's entries."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from rules.patterns import Pattern
from rules.places import place_for
from rules.policy import Policy
from rules.postmortem import Postmortem, Text, TimelineEntry
from rules.rule import Context, Problem, Severity, rule
from rules.timeline.zones import entries_of_one_zone

_BACKWARDS = 3
"""From so many steps on, most of them back in time, it is the timeline that is reported."""

_MAYBE_AFTERNOON = Pattern(r"\W{0,3}(?:1[0-2]|[1-9]):\d\d(?!\s?[ap]\.?m|:)", re.IGNORECASE)
"""A time of day that may be one of twelve hours, after noon: `1:05`."""


_SECONDS = Pattern(r"\d:\d\d:\d\d")
_WITHOUT_UNIT = Pattern(r"T?\s?(?:[+−-]\s?\d{1,4}|=?\s?0)", re.IGNORECASE)
_LENGTH = Pattern(r"(?:T\s?)?[+−-]\s?[~≈]?\s?\d|T\s?=?\s?0\b", re.IGNORECASE)


class _Timed(NamedTuple):
    """An entry, its time as written, and what it is compared by."""

    when: datetime
    time: Text
    entry: TimelineEntry


@rule("CO303", "timeline-out-of-order", Severity.WARNING)
def timeline_out_of_order(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """A timeline entry is earlier than the one before it.

    Why: a reader takes the order for the order of events. Either the entry or its time is in the wrong place.

    Bad:

    ```markdown
    ## Timeline

    - 10:36 The on-call engineer is paged.
    - 10:32 The checkout error rate passes 5 %.
    - 11:14 The error rate is back at 0.1 %.
    ```

    Good:

    ```markdown
    ## Timeline

    - 10:32 The checkout error rate passes 5 %.
    - 10:36 The on-call engineer is paged.
    - 11:14 The error rate is back at 0.1 %.
    ```
    """
    entries = _comparable(postmortem)
    back = [(before, entry) for before, entry in pairwise(_as_coarse(entries)) if entry.when < before.when]
    if not back or _counts_to_twelve(back):
        return
    if len(back) >= _BACKWARDS and len(back) * 2 > len(entries) - 1:
        yield Problem(
            place_for(postmortem, "timeline"),
            "The timeline runs backwards. Put the earliest entry first.",
            subject="timeline",
        )
        return
    for entry, other in _misplaced(_as_coarse(entries)):
        late = entry.when < other.when
        relation = f"comes after {other.time.value}" if late else f"is followed by the earlier {other.time.value}"
        yield Problem(
            entry.time.span,
            f"{entry.time.value} {relation.removesuffix('.')}. "
            "Put the entries in order, or give the date where a new day begins.",
            subject=entry.entry.text,
        )


def _comparable(postmortem: Postmortem) -> list[_Timed]:
    """The entries that can be put in order: by their instants, else by what the clock showed.

    Those in another zone than the others are left out: that is what is wrong with them. So are sentences that tell a
    time on their way, which may look back: “The deploy of 10:02 was to blame.” Among times of day, a length of time
    (`+10 minutes`) may count from the first of them or from the one before it.
    """
    whole = (entry for entry in entries_of_one_zone(postmortem) if not _is_without_unit(entry))
    told = [entry for entry in whole if entry.time is None or entry.time.value not in entry.text]
    by_clock = [entry for entry in told if not _is_length(entry)]
    entries = by_clock if any(entry.local is not None for entry in by_clock) else told
    by_instant = sum(entry.at is not None for entry in entries) * 2 > len(entries)
    keys = ((entry.at if by_instant else entry.local, entry) for entry in entries)
    return [_Timed(key, entry.time, entry) for key, entry in keys if key is not None and entry.time is not None]


def _as_coarse(entries: Sequence[_Timed]) -> Sequence[_Timed]:
    """The entries by their minutes where some tell no seconds: 21:01 may come after 21:01:45."""
    told = any(entry.when.second or entry.when.microsecond for entry in entries)
    if not told or all(_SECONDS.search(entry.time.value) is not None for entry in entries):
        return entries
    return [entry._replace(when=entry.when.replace(second=0, microsecond=0)) for entry in entries]


def _is_without_unit(entry: TimelineEntry) -> bool:
    """Whether an entry counts from the start in minutes or in hours, one cannot tell: `T+2`."""
    return entry.time is not None and _WITHOUT_UNIT.fullmatch(entry.time.value) is not None


def _is_length(entry: TimelineEntry) -> bool:
    """Whether an entry's time is a length of time from some other: `+10 minutes`, `T-5m`."""
    return entry.time is not None and _LENGTH.match(entry.time.value) is not None


def _counts_to_twelve(back: Sequence[tuple[_Timed, _Timed]]) -> bool:
    """Whether times may be of twelve hours without a.m. and p.m., so that 1:05 comes after 12:40."""
    return any(
        before.when.hour >= 10 > entry.when.hour > 0
        and before.when.hour <= 12
        and _MAYBE_AFTERNOON.fullmatch(entry.time.value) is not None
        for before, entry in back
    )


def _misplaced(entries: Sequence[_Timed]) -> Iterator[tuple[_Timed, _Timed]]:
    """The fewest entries without which the others are in order, each with a neighbour that shows it."""
    kept = _longest_in_order([each.when for each in entries])
    following = 0  # the place in `kept` of the first one below
    for index, entry in enumerate(entries):
        if following < len(kept) and kept[following] == index:
            following += 1
        elif following > 0 and entries[kept[following - 1]].when > entry.when:
            yield entry, entries[kept[following - 1]]
        elif following < len(kept):
            yield entry, entries[kept[following]]


def _longest_in_order(times: Sequence[datetime]) -> list[int]:
    """The indexes of a longest run, not necessarily of neighbours, in which no time is earlier than one before it.

    It is looked for from the end, so that of two in the wrong order the first is kept.
    """
    starts: list[timedelta] = []  # for each length the latest start of a run, as the time from it to the last of all
    at: list[int] = []
    after: dict[int, int] = {}
    last = max(times)
    for index in range(len(times) - 1, -1, -1):
        to_last = last - times[index]
        length = bisect_right(starts, to_last)
        if length:
            after[index] = at[length - 1]
        starts[length : length + 1], at[length : length + 1] = [to_last], [index]
    run = [at[-1]]
    while run[-1] in after:
        run.append(after[run[-1]])
    return run
