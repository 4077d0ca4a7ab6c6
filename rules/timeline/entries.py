"""Entries of the timeline: that there are some, with times, in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from rules.placeholders import is_template
from rules.places import first_line, place_for
from rules.policy import Policy
from rules.postmortem import Postmortem, Text, TimelineEntry
from rules.rule import Context, Problem, Severity, rule
from rules.sections.skeleton import heading_to_write, skeleton_edit

_BACKWARDS = 3
"""From so many entries on, most of them out of order, it is the timeline that is reported."""


@rule("CO301", "timeline-missing", Severity.ERROR)
def timeline_missing(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """There is no timeline.

    Why: the timeline is what people read again most, and the responders have done the work for it already. Where the
    section is missing, `closeout fix` inserts it, to be filled in.

    Bad:

    ```markdown
    ## Timeline

    It broke in the morning and was repaired before noon.
    ```

    Good:

    ```markdown
    ## Timeline

    - 10:32 The checkout error rate passes 5 %.
    - 10:36 `checkout-errors` pages the on-call engineer.
    - 11:14 The error rate is back at 0.1 %.
    ```
    """
    section = postmortem.section("timeline")
    if any(entry.time for entry in postmortem.timeline) or (section and is_template(section.text)):
        return
    heading = heading_to_write(postmortem, policy, "timeline")
    if postmortem.timeline:
        what = "The timeline gives no times."
    else:
        what = "The timeline has no entries." if section else f"There is no “{heading}” section."
    yield Problem(
        place_for(postmortem, "timeline"),
        f"{what} List under `## {heading}` what happened, each entry with its time: `- 10:32 The alert fires.`",
        subject="timeline",
        edit=None if section or postmortem.timeline else skeleton_edit(postmortem, policy, "timeline"),
    )


@rule("CO302", "timeline-entry-without-time", Severity.WARNING)
def timeline_entry_without_time(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """A timeline entry has no time.

    Why: how long it took to notice and to act is the most useful thing a timeline shows, and it cannot be told without.

    Bad:

    ```markdown
    ## Timeline

    - 10:32 The checkout error rate passes 5 %.
    - The on-call engineer is paged.
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
    if not any(entry.time for entry in postmortem.timeline):
        return
    for entry in postmortem.timeline:
        if entry.time is None or (is_template(entry.time.value) and not is_template(entry.text)):
            yield Problem(
                first_line(postmortem, entry.span),
                "This timeline entry has no time. Begin it with one, for example `10:36`, or `~10:36` if unsure.",
                subject=entry.text,
            )


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
    late = tuple(_earlier_than_before(postmortem.timeline))
    if len(late) >= _BACKWARDS and len(late) * 2 > len(postmortem.timeline):
        yield Problem(
            place_for(postmortem, "timeline"),
            "The timeline runs backwards. Put the earliest entry first.",
            subject="timeline",
        )
        return
    for time, before, entry in late:
        yield Problem(
            time.span,
            f"{time.value} comes after {before.value}. Put the entries in order, "
            "or give the date where a new day begins.",
            subject=entry.text,
        )


def _earlier_than_before(entries: Iterable[TimelineEntry]) -> Iterator[tuple[Text, Text, TimelineEntry]]:
    """The entries that are earlier than the latest above them: their time, that one's time, and the entry."""
    latest: datetime | None = None
    latest_time: Text | None = None
    for entry in entries:
        if entry.at is None or entry.time is None:
            continue
        if latest is None or latest_time is None or entry.at >= latest:
            latest, latest_time = entry.at, entry.time
        else:
            yield entry.time, latest_time, entry
