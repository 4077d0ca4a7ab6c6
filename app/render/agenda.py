"""The weekly agenda, in words: what is open, by whom, and two questions for each."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from app.core.calendar.agenda_issue import Agenda, AgendaItem, Part
from app.core.own_issues import agenda_title
from app.core.wanted import WantedIssue
from app.render.holders import holder_words
from app.render.text import count, fit, quoted
from rules.policy import Priority

_MINUTES = 5
"""For an item (the article: five minutes per item)."""

_HEADINGS = {Part.OVERDUE: "Overdue", Part.THIS_WEEK: "Due this week", Part.LATER: "Every other open item"}
_UNTIL_THE_NEXT = "Due before the next standup"
_LEFT_OUT = "… and more: the list of open issues has them all."
_LINES = 30  # of one person's items, which are put there, or left out, together


def agenda_issue(agenda: Agenda) -> WantedIssue:
    """An agenda's issue. One that exists keeps its items: people work on it."""
    return WantedIssue(
        uid=agenda.uid,
        number=agenda.number,
        title=agenda_title(agenda.week),
        block=_block(agenda) if agenda.number is None or (agenda.restored and agenda.items) else None,
        record=agenda.mark,
        open=agenda.open,
        state_reason=None if agenda.open else "completed",
        reason=_reason(agenda),
    )


def _reason(agenda: Agenda) -> str:
    if agenda.given_up:
        return "no weekly agenda is wanted any more"
    if agenda.restored:
        return "what Closeout remembers there was damaged, or taken away"
    return "the weekly agenda" if agenda.number is None else "its week is over"


def _block(agenda: Agenda) -> str:
    items = agenda.items
    opening = (
        f"{count(len(items), 'open action item')}, {_MINUTES} minutes each: **{_duration(len(items))}**. "
        "Two questions for each: **are you blocked? Is the deadline still real?**"
    )
    urgent = _urgent(items)
    earlier = (
        f"The agenda before this one: {', '.join(f'#{number}' for number in agenda.earlier)}." if agenda.earlier else ""
    )
    parts = [opening, *([urgent] if urgent else []), *_parts(agenda), *([earlier] if earlier else [])]
    return fit(parts, _LEFT_OUT, budget=60_000)


def _duration(items: int) -> str:
    hours, minutes = divmod(items * _MINUTES, 60)
    parts = [*([count(hours, "hour")] if hours else []), *([count(minutes, "minute")] if minutes else [])]
    return " and ".join(parts)


def _urgent(items: Iterable[AgendaItem]) -> str:
    """Whose other work waits (the article: P0s block other work for the owner until done)."""
    urgent = [each.holder for each in items if each.priority is Priority.P0]
    whose = [who for each in urgent for who in (each.logins or (() if each.left else (each.promised_by,))) if who]
    if not whose:
        return ""
    names = ", ".join(quoted(each) for each in dict.fromkeys(whose))
    return f"A P0 comes before all other work, until it is done. Who has one: {names}."


def _parts(agenda: Agenda) -> Iterator[str]:
    for part, found in itertools.groupby(agenda.items, key=lambda each: each.part):
        heading = _UNTIL_THE_NEXT if part is Part.THIS_WEEK and not agenda.is_week else _HEADINGS[part]
        yield f"### {heading}"
        by_owner: dict[str, list[AgendaItem]] = {}
        for item in found:
            by_owner.setdefault(holder_words(item.holder), []).append(item)
        for owner, theirs in by_owner.items():
            lines = [f"**{owner}**", "", *map(_line, theirs)]
            for start in range(0, len(lines), _LINES):
                yield "\n".join(lines[start : start + _LINES])


def _line(item: AgendaItem) -> str:
    priority = f"**{item.priority.value}** " if item.priority else ""
    return f"- [ ] {priority}#{item.number} {quoted(item.title.rstrip('.'))}: {_when(item)}"


def _when(item: AgendaItem) -> str:
    due = f"due on {item.deadline:%a} {item.deadline.isoformat()}" if item.deadline else "without a deadline"
    if item.reopened:
        return f"was {due}, open again since {item.reopened.isoformat()}"
    if item.part is Part.OVERDUE:
        return f"was {due}, {count(item.days_late, 'working day')} late" if item.days_late else f"was {due}"
    return due if item.part is Part.THIS_WEEK else f"{due}, quiet since {item.quiet_since.isoformat()}"
