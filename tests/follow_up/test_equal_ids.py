"""Two documents that name the same incident, or none: each is followed up, and neither takes the other's issues."""

from __future__ import annotations

import pytest

from app.core.ledger import Ledger
from app.core.promise import Promise
from tests.follow_up.model import Model
from tests.postmortems import good_postmortem

A, B = "postmortems/a.md", "postmortems/b.md"


def _text(title: str, incident: str | None = "INC-7") -> str:
    actions = (
        f"- [ ] {title}\n  - Owner: @ana\n  - Deadline: 2026-06-01\n  - Priority: P1\n  - Success criterion: it works"
    )
    return good_postmortem(headline=f"Because of this: {title}", metadata={"Incident": incident}, actions=actions)


def _both(incident: str = "INC-7", *, at_once: bool = False) -> Model:
    model = Model()
    model.push(B, _text("Write the runbook", incident))
    if not at_once:
        model.settle()
    model.push(A, _text("Cap retries", incident))
    model.settle()
    return model


def _ids(model: Model) -> dict[str, str]:
    ledgers = [each.record for each in model.facts.issues.values() if isinstance(each.record, Ledger)]
    assert len({each.path for each in ledgers}) == len(ledgers)
    return {each.path: each.document for each in ledgers}


def _promised(model: Model) -> list[str]:
    records = [each.record for each in model.facts.issues.values() if each.open]
    return sorted(each.said.title for each in records if isinstance(each, Promise))


def test_the_one_that_is_followed_keeps_the_id() -> None:
    model = _both()
    assert _ids(model) == {A: A, B: "INC-7"}
    assert _promised(model) == ["Cap retries", "Write the runbook"]
    assert model.settle() == []


def test_of_two_at_once_the_first_by_path_gets_it() -> None:
    model = _both(at_once=True)
    assert _ids(model) == {A: "INC-7", B: B}
    assert _promised(model) == ["Cap retries", "Write the runbook"]


@pytest.mark.parametrize("incident", ["n/a", "TBD", "none", "-"])
def test_a_placeholder_is_no_id(incident: str) -> None:
    model = _both(incident)
    assert _ids(model) == {A: A, B: B}
    assert _promised(model) == ["Cap retries", "Write the runbook"]


def test_a_lost_disk_changes_nothing() -> None:
    model = _both()
    model.lose_disk()
    assert model.settle() == []


@pytest.mark.parametrize("incident", ["INC-7", None])
def test_both_are_edited_and_stay_what_they_were(incident: str | None) -> None:
    model = _both()
    model.push(A, _text("Limit the retries of the client", incident))
    model.push(B, _text("Write the runbook for a full disk", incident))
    model.settle()
    assert _ids(model) == {A: A, B: "INC-7"}
    assert len([each for each in model.facts.issues.values() if isinstance(each.record, Ledger)]) == 2


def test_an_id_that_comes_later_takes_nothing() -> None:
    model = _both("n/a")
    model.push(A, _text("Cap retries", "INC-7"))
    model.push(B, _text("Write the runbook", "INC-7"))
    model.settle()
    assert _ids(model) == {A: A, B: B}


@pytest.mark.parametrize(("path", "title"), [(A, "Cap retries"), (B, "Write the runbook")])
def test_either_is_moved_and_edited_later(path: str, title: str) -> None:
    model = _both()
    before = len(model.facts.issues)
    model.move(path, "postmortems/c.md")
    model.settle()
    model.push("postmortems/c.md", _text(f"{title} for all"))
    model.settle()
    assert len([each for each in model.facts.issues.values() if isinstance(each.record, Ledger)]) == 2
    assert set(_ids(model).values()) == {A, "INC-7"}
    assert before <= len(model.facts.issues) <= before + 1


def test_a_path_that_is_used_again_is_another_document() -> None:
    model = Model()
    model.push(A, _text("Cap retries", None))
    model.settle()
    model.move(A, B)
    model.settle()
    model.push(A, _text("Write the runbook", None))
    model.settle()
    assert _ids(model) == {B: A, A: f"{A} (2)"}
    assert _promised(model) == ["Cap retries", "Write the runbook"]
