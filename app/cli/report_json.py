"""`closeout report --format json`."""

from __future__ import annotations

import json
from typing import Any

from app.cli.reported import Report
from app.core.metrics import PriorityFigures, Quarter, Shares, Tally, TeamFigures
from app.render.figures import DEFINITION


def report_json(report: Report) -> str:
    """One JSON object, and a line break. Its form is described in docs/follow-through.md."""
    metrics = report.metrics
    answer: dict[str, Any] = {
        "version": 1,
        "repository": report.repository,
        "as_of": report.as_of.isoformat(),
        "timezone": report.timezone,
        "p0": _shares(metrics.shares),
        "open": metrics.open,
        "overdue": metrics.overdue,
        "removed": metrics.removed,
        "quarters": [{"quarter": quarter_id(each.quarter), **_shares(each.shares)} for each in metrics.quarters],
        "priorities": [_priority(each) for each in metrics.priorities],
        "teams": [_team(each) for each in metrics.teams],
        "definition": dict(DEFINITION),
    }
    return json.dumps(answer, ensure_ascii=False, indent=2) + "\n"


def quarter_id(quarter: Quarter) -> str:
    """A quarter for machines: `2026-Q2`."""
    return f"{quarter.year}-Q{quarter.number}"


def _shares(shares: Shares) -> dict[str, Any]:
    return {"promised": _tally(shares.promised), "extended": _tally(shares.extended)}


def _tally(tally: Tally) -> dict[str, Any]:
    return {
        "kept": tally.kept,
        "missed": tally.missed,
        "declined": tally.declined,
        "ahead": tally.ahead,
        "share": None if tally.share is None else round(tally.share, 4),
    }


def _priority(each: PriorityFigures) -> dict[str, Any]:
    return {
        "priority": each.priority.value if each.priority else None,
        "done": each.done,
        "median_days": each.median_days,
        "open": each.open,
        "overdue": each.overdue,
    }


def _team(each: TeamFigures) -> dict[str, Any]:
    return {"team": each.team or None, **_shares(each.shares), "open": each.open, "overdue": each.overdue}
