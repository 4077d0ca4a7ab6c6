"""`closeout report --format csv`: one table, for spreadsheets. What does not apply to a row is empty."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from app.cli.report_json import quarter_id
from app.cli.reported import Report
from app.core.metrics import Metrics, Shares

COLUMNS = (
    *("group", "name"),
    *("kept", "missed", "declined", "ahead", "share"),
    *("kept_as_extended", "missed_as_extended", "declined_as_extended", "ahead_as_extended", "share_as_extended"),
    *("done", "median_days", "open", "overdue"),
)
"""A group is `all`, `quarter`, `priority` or `team`; the shares are of its P0s."""

_FORMULAE = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a cell begins with that spreadsheets compute."""


def report_csv(report: Report) -> str:
    """A heading, and a row for each figure's group; lines end as RFC 4180 wants."""
    written = io.StringIO()
    table = csv.DictWriter(written, COLUMNS)
    table.writeheader()
    table.writerows(_rows(report.metrics))
    return written.getvalue()


def _rows(metrics: Metrics) -> Iterator[dict[str, Any]]:
    yield {"group": "all", "name": "", **_shares(metrics.shares), "open": metrics.open, "overdue": metrics.overdue}
    for quarter in metrics.quarters:
        yield {"group": "quarter", "name": quarter_id(quarter.quarter), **_shares(quarter.shares)}
    for each in metrics.priorities:
        name = each.priority.value if each.priority else ""
        yield {
            "group": "priority",
            "name": name,
            "done": each.done,
            "median_days": each.median_days,
            "open": each.open,
            "overdue": each.overdue,
        }
    for team in metrics.teams:
        row = {"group": "team", "name": _as_text(team.team), **_shares(team.shares)}
        yield {**row, "open": team.open, "overdue": team.overdue}


def _as_text(name: str) -> str:
    """A name that no spreadsheet takes for a formula: an apostrophe before it makes it text."""
    return f"'{name}" if name.startswith(_FORMULAE) else name


def _shares(shares: Shares) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    for tally, ending in ((shares.promised, ""), (shares.extended, "_as_extended")):
        columns |= {f"kept{ending}": tally.kept, f"missed{ending}": tally.missed}
        columns |= {f"declined{ending}": tally.declined, f"ahead{ending}": tally.ahead}
        columns[f"share{ending}"] = None if tally.share is None else round(tally.share, 4)
    return columns
