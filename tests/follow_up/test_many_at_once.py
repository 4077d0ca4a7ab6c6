"""An import is no incident: many postmortems at once wait for a word."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core.adoption import MOST_NAMES, adopt
from app.core.body import MOST_CHARACTERS, compose
from app.core.ledger import Ledger
from app.core.promise import Promise
from app.core.records import Adoption, Record, record_of
from app.core.remembered import remember
from app.core.repository_facts import Issue
from app.render.repository_issues import adoption_issue
from tests.follow_up.model import Model
from tests.postmortems import good_postmortem


def _imported(number: int) -> Model:
    model = Model()
    for each in range(number):
        model.push(f"postmortems/{each}.md", good_postmortem(metadata={"Incident": f"INC-{each}"}))
    model.settle()
    return model


def _asking(model: Model) -> Issue:
    return model.issue(lambda each: isinstance(each.record, Adoption))


def _record(model: Model, issue: Issue, record: Record) -> None:
    model.edit(issue.number, body=compose(issue.body, None, record))


def _trackings(model: Model) -> int:
    return sum(isinstance(each.record, Ledger) for each in model.facts.issues.values())


def test_six_new_postmortems_get_one_issue_that_asks() -> None:
    model = _imported(6)
    assert len(model.facts.issues) == 1
    assert "`/adopt`" in _asking(model).body
    assert model.plan() == ()


def test_an_import_of_thousands_asks_in_an_issue_that_fits_and_lets_none_slip_through() -> None:
    model, new = Model(), {f"postmortems/{'long/' * 20}{each}.md": f"INC-{each}" for each in range(MOST_NAMES // 2 + 3)}
    chosen, (asking,) = adopt(new, remember(model.facts), model.facts)
    wanted = adoption_issue(asking)
    body = compose("", wanted.block, wanted.record)
    assert (chosen, len(asking.record.waiting), record_of(body)) == (frozenset(), MOST_NAMES, asking.record)
    assert len(body) <= MOST_CHARACTERS
    model.edit(model.open_by_hand("Many"), body=body, ours=True)
    assert adopt(new, remember(model.facts), model.facts)[0] == frozenset()


def test_five_are_followed_up_at_once() -> None:
    assert _trackings(_imported(5)) == 5


def test_adopt_lets_them_through_and_closes_the_question() -> None:
    model = _imported(6)
    issue = _asking(model)
    assert isinstance(issue.record, Adoption)
    _record(model, issue, replace(issue.record, adopted=True))
    model.settle()
    assert _trackings(model) == 6
    assert not _asking(model).open
    assert model.plan() == ()


def test_closing_the_question_leaves_them_alone_for_ever() -> None:
    model = _imported(6)
    model.edit(_asking(model).number, open=False)
    model.settle()
    assert _trackings(model) == 0
    model.push("postmortems/new.md", good_postmortem(metadata={"Incident": "INC-99"}))
    model.settle()
    assert _trackings(model) == 1


def test_adopt_counts_on_a_question_that_is_closed_whenever_that_was() -> None:
    for is_settled_between in (False, True):
        model = _imported(6)
        number = _asking(model).number
        model.edit(number, open=False, state_reason="not_planned", title="Our old postmortems")
        if is_settled_between:
            assert model.settle() == []
        model.say(number, "gita", "/adopt")
        model.settle()
        issue = _asking(model)
        assert _trackings(model) == 6
        assert (issue.open, issue.state_reason, issue.title) == (False, "not_planned", "Our old postmortems")
        assert "They are being followed up." in issue.body
        assert model.plan() == ()


def test_a_second_import_after_a_refused_one_is_asked_about_once_and_each_can_be_adopted() -> None:
    model = _imported(6)
    first = _asking(model).number
    model.edit(first, open=False)
    for each in range(6, 12):
        model.push(f"postmortems/{each}.md", good_postmortem(metadata={"Incident": f"INC-{each}"}))
    model.settle()
    (second,) = [n for n, each in model.facts.issues.items() if isinstance(each.record, Adoption) and n != first]
    for number, trackings in ((first, 6), (second, 12)):
        model.say(number, "gita", "/adopt")
        model.settle()
        assert _trackings(model) == trackings
    assert model.plan() == ()


def _unnumbered(each: int) -> str:
    return good_postmortem(metadata={"Incident": None}, headline=f"Case {each}")


@pytest.mark.parametrize("is_closed", [True, False])
def test_a_document_stays_on_the_list_when_it_is_moved_or_gets_its_incident_s_number(is_closed: bool) -> None:
    model = Model()
    for each in range(6):
        model.push(f"postmortems/{each}.md", _unnumbered(each))
    model.settle()
    if is_closed:
        model.edit(_asking(model).number, open=False)
        model.settle()
    model.move("postmortems/0.md", "postmortems/2025/0.md")
    model.push("postmortems/1.md", good_postmortem(metadata={"Incident": "INC-1"}))
    model.settle()
    model.push("postmortems/2025/0.md", good_postmortem(metadata={"Incident": "INC-0"}))
    model.settle()
    assert (_trackings(model), len(model.facts.issues)) == (0, 1)
    model.say(_asking(model).number, "gita", "/adopt")
    model.settle()
    assert _trackings(model) == 6


@pytest.mark.parametrize("body", ["", "Mine now.", "<!-- closeout {broken -->"])
def test_a_question_that_was_written_over_is_asked_again_in_the_same_issue(body: str) -> None:
    model = _imported(6)
    number = _asking(model).number
    model.edit(number, body=body)
    model.push("postmortems/0.md", None)
    model.settle()
    assert (_trackings(model), _asking(model).number) == (0, number)
    assert "`/adopt`" in _asking(model).body
    assert model.plan() == ()
    model.edit(number, body=body)
    model.say(number, "gita", "/adopt")
    model.settle()
    assert _trackings(model) == 5
    model.edit(number, body=body)
    model.push("postmortems/new.md", good_postmortem(metadata={"Incident": "INC-99"}))
    model.settle()
    assert (_trackings(model), _asking(model).open) == (6, False)
    assert model.plan() == ()


def test_a_question_that_was_closed_and_written_over_leaves_them_alone() -> None:
    model = _imported(6)
    model.edit(_asking(model).number, open=False, body="")
    model.settle()
    assert (_trackings(model), len(model.facts.issues)) == (0, 1)
    model.push("postmortems/new.md", good_postmortem(metadata={"Incident": "INC-99"}))
    model.settle()
    assert _trackings(model) == 1


def test_a_question_that_a_person_retitles_keeps_its_title() -> None:
    model = _imported(7)
    model.edit(_asking(model).number, title="Our old postmortems")
    model.push("postmortems/3.md", None)
    model.settle()
    assert _asking(model).title == "Our old postmortems"


def test_a_new_incident_does_not_wait_for_the_imported_ones() -> None:
    model = _imported(300)
    model.push("postmortems/new.md", good_postmortem(metadata={"Incident": "INC-999"}))
    model.settle()
    assert _trackings(model) == 1
    assert len(_asking(model).body) < 20_000


def _items(numbers: range) -> str:
    words = ("alpha", "bravo", "cargo", "delta", "eagle", "fjord", "gamma", "hotel")
    return "\n".join(
        f"- [ ] Exercise {words[each]} {words[each]}ing\n  - Owner: @ana\n  - Deadline: 2026-06-01\n  - Priority: P2\n"
        "  - Success criterion: it passes"
        for each in numbers
    )


def test_many_items_that_vanish_at_once_are_asked_about_once_and_go_after_a_word() -> None:
    model = Model()
    model.push("postmortems/1.md", good_postmortem(actions=_items(range(8))))
    model.settle()
    model.push("postmortems/1.md", good_postmortem(actions=_items(range(1))))
    model.settle()
    (question,) = model.facts.comments
    assert "lacks 7 action items" in question.body
    issue = model.issue(lambda each: isinstance(each.record, Ledger))
    assert isinstance(issue.record, Ledger)
    blob = next(each.blob for each in model.observed().documents)
    _record(model, issue, replace(issue.record, adopted=blob))
    model.settle()
    gone = [each for each in model.facts.comments if "no longer has this action item" in each.body]
    assert len(gone) == 7
    assert all(isinstance(model.facts.issues[each.issue].record, Promise) for each in gone)
    assert model.plan() == ()


def test_a_word_for_one_document_is_none_for_another_that_waits() -> None:
    model = Model()
    for number in (1, 2):
        text = good_postmortem(actions=_items(range(4)), metadata={"Incident": f"INC-{number}"})
        model.push(f"postmortems/{number}.md", text)
    model.settle()
    for number in (1, 2):
        text = good_postmortem(actions=_items(range(1)), metadata={"Incident": f"INC-{number}"})
        model.push(f"postmortems/{number}.md", text)
    model.settle()
    first, second = (each.issue for each in model.facts.comments)
    model.say(first, "gita", "/adopt")
    model.settle()
    assert len([each for each in model.facts.comments if "no longer has this action item" in each.body]) == 3
    model.say(second, "gita", "/adopt")
    model.settle()
    assert len([each for each in model.facts.comments if "no longer has this action item" in each.body]) == 6
