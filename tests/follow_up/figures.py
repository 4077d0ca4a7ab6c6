"""A repository whose figures are watched: its items, and what its issue of figures shows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime

from app.core.effects import IssueEffect
from app.core.metrics import Metrics, measure
from app.core.promise import Promise
from app.core.promised_items import promised_items
from app.core.records import FiguresMark
from app.core.remembered import remember
from app.core.repository_facts import Issue
from rules.policy import Policy, Revisits, Standup
from tests.follow_up.model import Model
from tests.postmortems import good_postmortem

PATH = "postmortems/checkout.md"
QUIET = Policy(revisits=Revisits(days=()), standup=Standup(enabled=False))
MARKER = re.compile(r"\n*<!-- closeout \{.*\} -->$")


def at(day: str, hour: int = 12) -> datetime:
    return datetime.fromisoformat(day).replace(hour=hour, tzinfo=UTC)


def item(title: str, *, due: str = "2026-05-18", priority: str = "P0", owner: str = "@ben", mark: str = "[ ]") -> str:
    return (
        f"- {mark} {title}\n  - Owner: {owner}\n  - Deadline: {due}\n  - Priority: {priority}\n"
        "  - Success criterion: the load test passes"
    )


def merged(*items: str, policy: Policy = QUIET) -> Model:
    model = Model(policy)
    model.push(PATH, good_postmortem(actions="\n".join(items)))
    model.settle()
    return model


def action(model: Model, title: str) -> int:
    return model.issue(lambda each: each.title == title and isinstance(each.record, Promise)).number


def close(model: Model, title: str, day: str, reason: str = "completed", hour: int = 12) -> None:
    model.edit(action(model, title), open=False, state_reason=reason, closed_at=at(day, hour))


def shown(model: Model) -> list[Issue]:
    return [each for each in model.facts.issues.values() if isinstance(each.record, FiguresMark)]


def measured(model: Model, day: str) -> Metrics:
    facts = model.observed(at(day))
    return measure(promised_items(remember(facts), facts), date.fromisoformat(day))


def on_figures(effects: Iterable[IssueEffect]) -> list[str]:
    return [each.reason for each in effects if "figure" in each.reason or "P0 has come due" in each.reason]
