"""What other repositories have mentioned a manager for counts here, too."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from app.core.effects import CreateComment, IssueEffect
from app.core.promise import Promise
from rules.policy import Policy, Revisits
from tests.follow_up.model import Model
from tests.postmortems import good_postmortem

LATE = datetime(2026, 5, 21, 12, tzinfo=UTC)
POLICY = Policy(public=True, managers={"default": "dana"}, revisits=Revisits(days=()))
ACTIONS = "\n".join(
    f"- [ ] Alert on symptom {number}\n  - Owner: @ben\n  - Deadline: 2026-05-18\n  - Priority: P1\n"
    "  - Success criterion: it fires in staging"
    for number in range(3)
)


def _model() -> Model:
    model = Model(POLICY)
    model.push("postmortems/checkout.md", good_postmortem(actions=ACTIONS))
    model.settle()
    return model


def _mentioned_elsewhere(model: Model, often: int) -> None:
    model.facts = replace(model.facts, mentioned={("dana", LATE.date()): often})


def _to_dana(written: list[IssueEffect]) -> list[CreateComment]:
    return [each for each in written if isinstance(each, CreateComment) and "dana" in each.managers]


def test_one_mention_is_left_where_others_took_two() -> None:
    model = _model()
    _mentioned_elsewhere(model, 2)
    assert len(_to_dana(model.settle(now=LATE))) == 1


def test_what_was_posted_before_others_were_faster_is_remembered_as_posted() -> None:
    model = _model()
    written: list[IssueEffect] = []
    while len(_to_dana(written)) < 2:
        written += model.run_pass(now=LATE, stop_after=1)
    _mentioned_elsewhere(model, 1)
    last = "Alert on symptom 2\n  - Owner: @ben\n  - Deadline: 2026-05-18\n  - Priority: "
    model.push("postmortems/checkout.md", good_postmortem(actions=ACTIONS.replace(f"{last}P1", f"{last}P0")))
    assert not _to_dana(model.settle(now=LATE))
    records = [each.record for each in model.facts.issues.values()]
    assert sum(bool(each.noticed) for each in records if isinstance(each, Promise)) == 2
    assert model.plan(LATE) == ()
