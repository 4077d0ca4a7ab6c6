"""Postmortems on their way to the end, for tests of what is said there."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from app.core.effects import CreateComment
from app.core.ledger import Ledger
from app.core.promise import Promise
from app.core.repository_facts import Comment, Issue
from rules.policy import PersonPolicy, Policy, Standup
from tests.follow_up.model import Model
from tests.follow_up.model_github import PEOPLE
from tests.postmortems import good_postmortem

MERGED = datetime(2026, 5, 6, 12, tzinfo=UTC)  # a Wednesday
FIRST = "postmortems/2026-05-04-checkout.md"
SECOND = "postmortems/2026-06-20-checkout.md"
WHY = {"Why the first postmortem did not prevent this": "It raised the limit of one pool, and no other."}
POLICY = Policy(
    people={"ana": PersonPolicy(manager="dana"), "ben": PersonPolicy(manager="dana"), "dana": PersonPolicy()},
    managers={"default": "dana"},
    standup=Standup(enabled=False),
    public=True,
)


def merged(text: str | None = None, policy: Policy = POLICY) -> Model:
    model = Model(policy, merged=MERGED)
    model.push(FIRST, text or good_postmortem())
    model.settle(now=MERGED)
    return model


def merge_second(
    model: Model, *, now: datetime, why: bool = False, sections: dict[str, str] | None = None, **fields: str
) -> Issue:
    """Merge a second postmortem; its tracking issue."""
    model.push(
        SECOND,
        good_postmortem(
            headline="Checkout failed again",
            metadata={"Incident": "INC-2077", "Date": "2026-06-20"},
            actions="No action items, because the vendor has fixed its driver and tested it.",
            sections={**(WHY if why else {}), **(sections or {})},
            **fields,
        ),
    )
    model.settle(now=now)
    return tracking(model, SECOND)


def at(day: str, hour: int = 9) -> datetime:
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC) + timedelta(hours=hour)


def tracking(model: Model, path: str = FIRST) -> Issue:
    return model.issue(lambda each: isinstance(each.record, Ledger) and each.record.path == path)


def ledger(model: Model, path: str = FIRST) -> Ledger:
    record = tracking(model, path).record
    assert isinstance(record, Ledger)
    return record


def actions(model: Model) -> list[Issue]:
    return [each for each in model.facts.issues.values() if isinstance(each.record, Promise)]


def say(model: Model, number: int, text: str, day: str, login: str = "ana") -> list[CreateComment]:
    """Say something, and what Closeout then says."""
    known = max((each.id for each in model.facts.comments), default=0)
    model.facts = model.facts.with_comment(Comment(known + 1, number, PEOPLE[login], False, text, at(day)))
    return said_on(model, day)


def said_on(model: Model, day: str, hour: int = 9) -> list[CreateComment]:
    return [each for each in model.settle(now=at(day, hour)) if isinstance(each, CreateComment)]


def close(model: Model, issue: Issue, day: str, reason: str = "completed", hour: int = 9) -> None:
    model.proven.add(issue.number)
    model.edit(issue.number, open=False, state_reason=reason, closed_at=at(day, hour))


def finish(model: Model, *, recurrence: str = "/recurrence none") -> list[CreateComment]:
    """Keep every promise, and answer every question; what is said on the last day."""
    for issue in actions(model):
        if issue.open:
            close(model, issue, "2026-05-15")
    number = tracking(model).number
    say(model, number, "/verified pass https://ci.example/runs/7", "2026-07-06")
    return say(model, number, recurrence, "2026-08-04")


def comments_on(model: Model, number: int) -> list[str]:
    return [each.about or "" for each in model.facts.comments if each.issue == number and each.ours]
