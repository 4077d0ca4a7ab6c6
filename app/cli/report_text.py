"""`closeout report` for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from app.cli import terminal
from app.cli.reported import Report
from app.core.metrics import Metrics, Tally
from app.core.promised_items import NO_TEAM
from app.render.figures import DEFINITION, days, percent, priority_name, removed_remark, share, team_name

_UNWRAPPED = 120  # cells, where nobody tells how wide the page is
_GOOD, _FAIR = 80, 50  # per cent, from which on a share is green, or yellow: a colour for the eye, no more


def report_text(report: Report) -> str:
    """The figures as tables, and what they mean."""
    colour = terminal.wants_colour()
    console = Console(
        width=terminal.width() or _UNWRAPPED, force_terminal=colour, no_color=not colour, highlight=False, emoji=False
    )
    with console.capture() as captured:
        console.print(Group(*_parts(report)))
    return "\n".join(line.rstrip() for line in captured.get().split("\n"))


def _parts(report: Report) -> Iterator[RenderableType]:
    metrics = report.metrics
    yield Text(f"Postmortem follow-through: {terminal.printable(report.repository)}", "bold")
    yield Text(f"as of {report.as_of.isoformat()} ({report.timezone})", "dim")
    yield ""
    yield Text.assemble("P0 action items closed within their deadline: ", _share(metrics.shares.promised, "bold"))
    yield Text.assemble("With the dates that were moved: ", _share(metrics.shares.extended))
    yield Text(f"Open now: {metrics.open:,}, of which {metrics.overdue:,} overdue")
    if metrics.removed:
        yield Text(removed_remark(metrics.removed))
    if metrics.quarters:
        yield _quarters(metrics)
    yield _priorities(metrics)
    if any(each.team != NO_TEAM for each in metrics.teams):
        yield _teams(metrics)
    yield ""
    yield Text("How this is counted", "bold")
    yield _definition()


def _share(tally: Tally, style: str = "") -> Text:
    number = percent(tally)
    if number is None:
        return Text(share(tally), style)
    colour = "green" if number >= _GOOD else "yellow" if number >= _FAIR else "red"
    return Text(share(tally), f"{style} {colour}".strip())


def _quarters(metrics: Metrics) -> RenderableType:
    table = _table("P0s promised for", "As promised", "As extended", "Missed", "Declined in time", "Still to come")
    for each in reversed(metrics.quarters):
        promised = each.shares.promised
        counts = (str(number) for number in (promised.missed, promised.declined, promised.ahead))
        table.add_row(str(each.quarter), _share(promised), _share(each.shares.extended), *counts)
    return _spaced(table)


def _priorities(metrics: Metrics) -> RenderableType:
    table = _table("Priority", "Done", "Median days to close", "Open", "Overdue")
    for each in metrics.priorities:
        table.add_row(
            priority_name(each), str(each.done), days(each.median_days), str(each.open), _overdue(each.overdue)
        )
    return _spaced(table)


def _teams(metrics: Metrics) -> RenderableType:
    table = _table("Team", "P0s as promised", "P0s as extended", "Open", "Overdue")
    for each in metrics.teams:
        name = Text(terminal.printable(team_name(each)))
        shares = _share(each.shares.promised), _share(each.shares.extended)
        table.add_row(name, *shares, str(each.open), _overdue(each.overdue))
    return _spaced(table)


def _overdue(number: int) -> Text:
    return Text(str(number), "red" if number else "")


def _definition() -> Table:
    table = Table(box=None, show_header=False, pad_edge=False)
    for term, meaning in DEFINITION.items():
        table.add_row(Text(term, "dim"), Text(meaning))
    return table


def _table(first: str, *others: str) -> Table:
    table = Table(first, box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name in others:
        table.add_column(name, justify="right")
    return table


def _spaced(table: Table) -> RenderableType:
    return Padding(table, (1, 0, 0, 0))
