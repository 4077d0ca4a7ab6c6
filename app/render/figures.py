"""The figures in words, the same in the issue, in a terminal and on a page: shares, days, and what they mean."""

from __future__ import annotations

from collections.abc import Mapping

from app.core.metrics import PriorityFigures, Tally, TeamFigures
from app.core.promised_items import NO_TEAM

NONE = "–"

DEFINITION: Mapping[str, str] = {
    "Counted": "An action item counts from the day after its deadline, in the quarter of that deadline. "
    "Its priority and its deadline are those of the first merge.",
    "Kept": "Its issue was closed as done by that day, in the policy's time zone.",
    "Missed": "It was closed later, was declined later, or is still open. So is what was open when its "
    "postmortem was merged, and was due before that.",
    "Opened again": "The last closing counts, however long it was done before. What is opened again and closed alike "
    "on one day counts as if it had stayed closed.",
    "Declined in time": "Its issue was closed as not planned, or as a duplicate, by that day. "
    "It is listed apart, and is in no share.",
    "As extended": "An extension does not move what was promised. This second figure takes the same items by their "
    "date as it stands now; one whose new date is still to come counts nowhere in it yet.",
    "Days to close": "From the merge of the postmortem to the closing of the issue; the median of what was done.",
    "Overdue": "Open, and past its date as it stands now, by the calendar. Every priority counts.",
    "Teams": "The team of whoever has the issue. A team of one is a person, and persons are not counted.",
    "Left out": "What was done or declined before it had an issue, what was promised for no day, and what was "
    "added after the merge for a day that had passed.",
}
"""What the figures mean: a plain sentence or two for each term."""


def percent(tally: Tally) -> int | None:
    """The share that was kept, in per cent; 100 only if all were, and 0 only if none was. None for nothing to count."""
    if tally.share is None:
        return None
    if tally.kept in (0, tally.counted):
        return 100 if tally.kept else 0
    return min(99, max(1, round(100 * tally.share)))


def share(tally: Tally) -> str:
    """`5 of 8 (62 %)`, or a dash."""
    number = percent(tally)
    return NONE if number is None else f"{tally.kept} of {tally.counted} ({number} %)"


def days(number: float | None) -> str:
    """`12`, `12.5`, or a dash."""
    return NONE if number is None else f"{number:g}"


def team_name(figures: TeamFigures) -> str:
    """The team's name."""
    return "no team" if figures.team == NO_TEAM else figures.team


def priority_name(figures: PriorityFigures) -> str:
    """The priority's name."""
    return figures.priority.value if figures.priority else "none"


def removed_remark(removed: int) -> str:
    """What is to be said of P0s whose issue was deleted."""
    if removed == 1:
        return "The issue of one P0 was deleted, so nobody can tell what became of it. It is in no figure."
    return f"The issues of {removed:,} P0s were deleted, so nobody can tell what became of them. They are in no figure."
