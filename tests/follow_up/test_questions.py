"""Items of which nobody has said yet whether they are new: they are not forgotten."""

from __future__ import annotations

from app.core.ledger import MOST_QUESTIONS, Doubt
from tests.follow_up.ended import FIRST, actions, at, finish, ledger, merged, tracking
from tests.follow_up.model import Model
from tests.postmortems import good_postmortem

BOTH = "Cap the retries of the payment client and alert on its error rate"
CAP = "Cap the retries of the payment client"
ALERT = "Alert on the error rate of the payment client"


def _of(*titles: str) -> str:
    return good_postmortem(
        actions="\n".join(
            f"- [ ] {title}\n  - Owner: @ana\n  - Deadline: 2026-05-18\n  - Priority: P1\n"
            "  - Success criterion: the drill passes in staging"
            for title in titles
        )
    )


def _split() -> Model:
    model = merged(_of(BOTH))
    model.push(FIRST, _of(CAP, ALERT))
    model.settle(now=at("2026-05-07"))
    return model


def test_a_postmortem_with_an_open_question_does_not_close_and_says_what_waits() -> None:
    model = _split()
    finish(model)
    issue = tracking(model)
    assert issue.open
    assert f"**Not followed up yet: “{CAP}” and “{ALERT}”.**" in issue.body
    assert [each.title for each in ledger(model).questions] == [CAP, ALERT]


def test_the_answer_to_the_questions_lets_it_close() -> None:
    model = _split()
    model.push(FIRST, _of(f"AI-1: {CAP}", f"AI-2: {ALERT}"))
    model.settle(now=at("2026-05-08"))
    assert "Not followed up yet" not in tracking(model).body
    finish(model)
    assert not tracking(model).open


def test_a_question_that_was_answered_is_folded_and_names_the_issue() -> None:
    model = _split()
    assert len(_asked(model)) == 2
    model.push(FIRST, _of(f"AI-1: {CAP}", f"AI-2: {ALERT}"))
    model.settle(now=at("2026-05-08"))
    assert _asked(model) == []
    numbers = {each.title: each.number for each in actions(model)}
    said = "\n".join(each.body for each in model.facts.comments if each.issue == tracking(model).number)
    for title in (CAP, ALERT):
        number = next(number for known, number in numbers.items() if known.endswith(title))
        assert f"“{title}” is #{number}." in said
    assert model.settle(now=at("2026-05-08")) == []


def test_a_question_that_still_stands_is_not_folded_with_the_one_that_was_answered() -> None:
    model = _split()
    model.push(FIRST, _of(f"AI-1: {CAP}", ALERT))
    model.settle(now=at("2026-05-08"))
    assert len(_asked(model)) == len(ledger(model).questions)


def _asked(model: Model) -> list[str]:
    return [each.body for each in model.facts.comments if "Nothing was opened for it." in each.body]


def test_a_question_about_a_document_that_was_deleted_holds_nothing_up() -> None:
    model = _split()
    model.push(FIRST, None)
    model.settle(now=at("2026-05-08"))
    assert "Not followed up yet" not in tracking(model).body
    finish(model)
    assert not tracking(model).open


def test_a_question_is_asked_again_where_the_document_comes_back() -> None:
    model = _split()
    model.push(FIRST, None)
    model.settle(now=at("2026-05-08"))
    model.push(FIRST, _of(CAP, ALERT))
    model.settle(now=at("2026-05-09"))
    finish(model)
    assert tracking(model).open
    assert f"**Not followed up yet: “{CAP}” and “{ALERT}”.**" in tracking(model).body


def test_of_very_many_questions_the_first_are_remembered_and_the_others_counted() -> None:
    doubts = [Doubt(title="t" * 300, numbers=tuple(range(50))) for _ in range(MOST_QUESTIONS + 7)]
    asked = ledger(merged()).with_questions(doubts)
    assert (len(asked.questions), asked.more_questions) == (MOST_QUESTIONS, 7)
    assert max(len(each.title) for each in asked.questions) <= 120
    assert asked.with_questions([]) == ledger(merged())
