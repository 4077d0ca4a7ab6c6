"""What `closeout plan` foresees, in plain data for its formats."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from app.core.effects import (
    AddSubIssue,
    CreateComment,
    CreateIssue,
    CreateMilestone,
    EditComment,
    IssueEffect,
    UpdateIssue,
    UpdateMilestone,
)
from app.core.foresee import PROVISIONAL
from app.core.markers import without_marker
from app.core.repository_facts import RepositoryFacts
from app.looking_ahead import Step

_PROVISIONAL_NUMBER = re.compile(rf"#({str(PROVISIONAL)[:-4]}\d{{4}})\b")
_FRAME = re.compile(r"<!-- closeout:(?:begin|end) -->\n?")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedEffect:
    """One write that a pass would make.

    Attributes:
        at: when that pass would come, in the policy's zone.
        effect: its kind: `CreateIssue`, `CreateComment`, …
        target: the issue, as `acme/postmortems#12`, or `…#new-1` for one that does not exist yet; for a milestone the
            repository.
        title: of that issue; empty where it is none.
        reason: why.
        mentions: logins that it would mention.
        body: the Markdown that people would read; None where that does not change.
        step: 1 for what would be written at once, 2 for what builds on that, and so on.
        details: what else it sets, by name, each one text or a list of texts.
    """

    at: datetime
    effect: str
    target: str
    reason: str
    title: str = ""
    mentions: tuple[str, ...] = ()
    body: str | None = None
    step: int = 1
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """What would be done at a moment, or on a day.

    Attributes:
        repository: `owner/name`.
        as_of: the instant that was asked for, or the first one of the day.
        wake_at: when the next pass after it would come by itself; None if it would wait for something to happen.
        effects: the writes, in order.
        note: why there can be none, or what the plan cannot know; empty otherwise.
    """

    repository: str
    as_of: datetime
    wake_at: datetime | None
    effects: tuple[PlannedEffect, ...]
    note: str = ""


def describe(step: Step, number: int, at: datetime) -> list[PlannedEffect]:
    """The effects of a pass's step, the first being number 1."""
    issues = iter(sorted(step.after.issues.keys() - step.before.issues.keys()))
    return [replace(_describe(each, step.after, issues, at), step=number) for each in step.effects]


def _describe(effect: IssueEffect, after: RepositoryFacts, numbers: Iterator[int], at: datetime) -> PlannedEffect:
    repository, kind = after.repository.full_name, type(effect).__name__
    number: int | None
    details: dict[str, Any]
    body: str | None = None
    mentions: tuple[str, ...] = ()
    match effect:
        case CreateIssue():
            number, body = next(numbers), effect.body
            details = {"title": effect.title, "labels": list(effect.labels), "assignees": list(effect.assignees)}
            details |= {"milestone": _due(effect.milestone, after)}
        case UpdateIssue():
            number, body = effect.number, effect.changes.get("body")
            details = {name: value for name, value in effect.changes.items() if name != "body"}
            details |= {"milestone": _due(details["milestone"], after)} if "milestone" in details else {}
        case CreateComment():
            number, body, mentions, details = effect.issue, effect.body, effect.mentions, {}
        case EditComment():
            number, body, details = effect.issue, effect.body, {}
        case CreateMilestone():
            number, details = None, {"title": effect.title, "due": effect.due.isoformat()}
        case UpdateMilestone():
            milestone = after.milestones[effect.number]
            number, details = None, {"title": milestone.title, "state": "open" if effect.open else "closed"}
        case AddSubIssue():
            number, details = effect.parent, {"child": f"{repository}#{_name(effect.child)}"}
            details |= {"child_title": _title(effect.child, after)}
    return PlannedEffect(
        at=at,
        effect=kind,
        target=repository if number is None else f"{repository}#{_name(number)}",
        title=_title(number, after),
        reason=effect.reason,
        mentions=mentions,
        body=None if body is None else _readable(body),
        details=details,
    )


def _title(number: int | None, facts: RepositoryFacts) -> str:
    issue = facts.issues.get(number or 0)
    return issue.title if issue else ""


def _due(number: int | None, facts: RepositoryFacts) -> str | None:
    """A milestone by its day, since it may have no number yet; else by its title."""
    milestone = facts.milestones.get(number or 0)
    due: date | None = milestone.due if milestone else None
    return due.isoformat() if due else milestone.title if milestone else None


def _name(number: int) -> str:
    return f"new-{number - PROVISIONAL}" if number > PROVISIONAL else str(number)


def _readable(body: str) -> str:
    """A body without what only Closeout reads, and with names for the issues that have no number yet."""
    text = _FRAME.sub("", without_marker(body)).strip()
    return _PROVISIONAL_NUMBER.sub(lambda found: f"#{_name(int(found[1]))}", text)
