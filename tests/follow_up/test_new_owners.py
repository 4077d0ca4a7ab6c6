"""Who has an item once an edit, or a change among the people, gives it to somebody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rules.policy import PersonPolicy
from tests.follow_up.ended import FIRST, MERGED, POLICY, actions, at, close, merged, said_on, say
from tests.follow_up.model import Model
from tests.follow_up.model_github import OUTSIDERS, PEOPLE
from tests.postmortems import good_postmortem


def _with_owner(owner: str) -> str:
    return good_postmortem(
        actions=f"- [ ] Write the runbook\n  - Owner: {owner}\n  - Deadline: 2026-05-18\n  - Priority: P1\n"
        "  - Success criterion: the drill passes in staging"
    )


def test_an_owner_to_whom_issues_cannot_be_assigned_takes_it_from_whom_closeout_had_assigned() -> None:
    model = merged(_with_owner("@gita"), replace(POLICY, people={**POLICY.people, "zoe": PersonPolicy()}))
    model.push(FIRST, _with_owner("Zoe (@zoe)"))
    model.settle(now=at("2026-05-07"))
    (issue,) = actions(model)
    assert issue.assignees == ()
    assert "| Owner | @zoe, to whom issues cannot be assigned here |" in issue.body
    (reminder,) = said_on(model, "2026-05-15")
    assert reminder.mentions == ("zoe",)


def test_an_owner_to_whom_issues_cannot_be_assigned_takes_it_from_nobody_whom_a_person_chose() -> None:
    model = merged(_with_owner("@gita"))
    model.edit(actions(model)[0].number, assignees=(PEOPLE["ben"],))
    model.push(FIRST, _with_owner("Zoe (@zoe)"))
    model.settle(now=at("2026-05-07"))
    assert [each.login for each in actions(model)[0].assignees] == ["ben"]


def test_whoever_left_and_was_taken_off_by_github_was_taken_off_by_nobody() -> None:
    model = merged(_with_owner("@ben"))
    everybody = model.facts.assignable or {}
    model.facts = replace(model.facts, assignable={key: each for key, each in everybody.items() if key != "ben"})
    model.edit(actions(model)[0].number, assignees=())
    model.settle(now=at("2026-05-07"))
    model.push(FIRST, _with_owner("@gita"))
    model.settle(now=at("2026-05-08"))
    assert [each.login for each in actions(model)[0].assignees] == ["gita"]


def test_whoever_a_person_put_in_the_place_of_somebody_who_left_keeps_it() -> None:
    model = merged(_with_owner("@ben"))
    everybody = model.facts.assignable or {}
    model.facts = replace(model.facts, assignable={key: each for key, each in everybody.items() if key != "ben"})
    model.edit(actions(model)[0].number, assignees=(PEOPLE["finn"],))
    model.settle(now=at("2026-05-07"))
    model.push(FIRST, _with_owner("@gita"))
    model.settle(now=at("2026-05-08"))
    assert [each.login for each in actions(model)[0].assignees] == ["finn"]


def test_an_author_has_an_item_only_until_its_deadline_is_there() -> None:
    undated = _with_owner("@ben").replace("  - Deadline: 2026-05-18\n", "").replace("  - Priority: P1\n", "")
    model = merged(undated)
    assert [each.login for each in actions(model)[0].assignees] == ["ben", "ana"]
    model.push(FIRST, undated + "\n")
    model.settle(now=at("2026-05-07"))
    model.push(FIRST, _with_owner("@ben").replace("  - Priority: P1\n", ""))
    model.settle(now=at("2026-05-08"))
    assert [each.login for each in actions(model)[0].assignees] == ["ben"]


def test_a_priority_that_is_added_later_brings_the_policy_s_deadline_counted_from_that_day() -> None:
    undated = _with_owner("@ben").replace("  - Deadline: 2026-05-18\n", "")
    model = merged(undated.replace("  - Priority: P1\n", ""))
    assert actions(model)[0].assignees == (PEOPLE["ben"], PEOPLE["ana"])
    model.push(FIRST, undated)
    model.settle(now=at("2026-05-07"))
    (issue,) = actions(model)
    assert "| Deadline | 2026-06-04, by the policy, since the document gives none |" in issue.body
    assert issue.assignees == (PEOPLE["ben"],)
    assert issue.milestone == model.milestone(date(2026, 6, 4))
    assert not model.plan(now=at("2026-05-09"))


def _without_ben() -> Model:
    """A repository in which issues cannot be assigned to the owner of an item."""
    model = Model(POLICY, merged=MERGED)
    model.facts = replace(model.facts, assignable={key: each for key, each in PEOPLE.items() if key != "ben"})
    model.push(FIRST, _with_owner("@ben"))
    model.settle(now=MERGED)
    assert actions(model)[0].assignees == ()
    return model


def test_an_owner_who_can_be_assigned_later_gets_it_then() -> None:
    model = _without_ben()
    model.facts = replace(model.facts, assignable=dict(PEOPLE))
    model.settle(now=at("2026-05-07"))
    assert actions(model)[0].assignees == (PEOPLE["ben"],)


def test_an_owner_who_can_be_assigned_later_takes_it_from_nobody() -> None:
    model = _without_ben()
    number = actions(model)[0].number
    model.edit(number, assignees=(PEOPLE["finn"],))
    model.settle(now=at("2026-05-07"))
    model.edit(number, assignees=())
    model.facts = replace(model.facts, assignable=dict(PEOPLE))
    model.settle(now=at("2026-05-08"))
    assert actions(model)[0].assignees == ()


def test_what_somebody_was_given_by_a_command_is_no_longer_the_owner_s() -> None:
    model = _without_ben()
    model.say(actions(model)[0].number, "gita", "/reassign @finn")
    model.facts = replace(model.facts, assignable=dict(PEOPLE))
    model.settle(now=at("2026-05-07"))
    assert actions(model)[0].assignees == (PEOPLE["finn"],)


def test_an_issue_that_a_person_took_from_its_owner_stays_free() -> None:
    model = merged(_with_owner("@ben"))
    model.edit(actions(model)[0].number, assignees=())
    model.settle(now=at("2026-05-07"))
    model.push(FIRST, _with_owner("Zoe (@zoe)"))
    model.settle(now=at("2026-05-08"))
    model.facts = replace(model.facts, assignable={**PEOPLE, "zoe": OUTSIDERS["zoe"]})
    model.settle(now=at("2026-05-09"))
    assert actions(model)[0].assignees == ()


def test_an_owner_whom_the_policy_names_later_gets_it_then() -> None:
    model = merged(_with_owner("Ben Okafor-Smith"))
    assert "no GitHub account is known" in actions(model)[0].body
    people = {**POLICY.people, "ben": PersonPolicy(name="Ben Okafor-Smith")}
    model.facts = replace(model.facts, policy=replace(POLICY, people=people))
    model.settle(now=at("2026-05-07"))
    (issue,) = actions(model)
    assert issue.assignees == (PEOPLE["ben"],)
    assert "| Owner | @ben |" in issue.body


def test_a_new_owner_gets_what_nobody_has_since_the_one_whom_a_person_chose_has_left() -> None:
    model = merged(_with_owner("@ana"))
    number = actions(model)[0].number
    model.edit(number, assignees=(PEOPLE["ben"],))
    model.settle(now=at("2026-05-07"))
    without = {login: each for login, each in PEOPLE.items() if login != "ben"}
    model.facts = replace(model.facts, assignable=without)
    model.edit(number, assignees=())
    model.settle(now=at("2026-05-08"))
    model.push(FIRST, _with_owner("@gita"))
    model.settle(now=at("2026-05-09"))
    assert actions(model)[0].assignees == (PEOPLE["gita"],)


def _asked_who_takes_it() -> Model:
    model = merged(_with_owner("@ana"))
    model.edit(actions(model)[0].number, assignees=())
    (question,) = said_on(model, "2026-05-07")
    assert "Who takes it?" in question.body
    return model


def test_a_new_owner_in_the_document_answers_the_question_who_takes_it() -> None:
    model = _asked_who_takes_it()
    assert "| Owner | @ana promised it; nobody has it now |" in actions(model)[0].body
    model.push(FIRST, _with_owner("@gita"))
    model.settle(now=at("2026-05-08"))
    (issue,) = actions(model)
    assert issue.assignees == (PEOPLE["gita"],)
    (reminder,) = said_on(model, "2026-05-15")
    assert reminder.mentions == ("gita",)
    assert model.plan(now=at("2026-05-15")) == ()


def test_an_edit_that_names_no_new_owner_answers_nothing() -> None:
    model = _asked_who_takes_it()
    model.push(FIRST, _with_owner("@ana").replace("2026-05-18", "2026-05-20"))
    model.settle(now=at("2026-05-08"))
    assert actions(model)[0].assignees == ()


def test_whoever_has_taken_it_meanwhile_keeps_it_and_the_issue_says_so() -> None:
    model = _asked_who_takes_it()
    model.edit(actions(model)[0].number, assignees=(PEOPLE["finn"],))
    model.push(FIRST, _with_owner("@gita"))
    model.settle(now=at("2026-05-08"))
    (issue,) = actions(model)
    assert issue.assignees == (PEOPLE["finn"],)
    assert "gita promised it; finn has it now |" in issue.body


@pytest.mark.parametrize("by_document", [True, False])
def test_once_an_item_is_closed_whoever_has_it_in_the_owner_s_place_is_still_named(by_document: bool) -> None:
    model = merged(_with_owner("@ana"))
    say(model, actions(model)[0].number, "/reassign @ben", "2026-05-07")
    assert "| Owner | @ana promised it; ben has it now |" in _body(model)
    if by_document:
        model.push(FIRST, _with_owner("@ana").replace("- [ ]", "- [x]"))
        model.settle(now=at("2026-05-08"))
    else:
        before = _body(model)
        close(model, actions(model)[0], "2026-05-08")
        model.settle(now=at("2026-05-08"))
        assert _body(model) == before  # nothing is written there for that alone
        model.push(FIRST, _with_owner("@ana").replace("the drill passes", "the first drill passes"))
        model.settle(now=at("2026-05-11"))
    assert not actions(model)[0].open
    assert f"| Owner | @ana promised it; {'ben had it last' if by_document else 'ben has it now'} |" in _body(model)


def test_a_closed_item_that_nobody_has_names_its_owner_alone() -> None:
    model = merged(_with_owner("@ana"))
    number = actions(model)[0].number
    model.edit(number, assignees=())
    close(model, model.facts.issues[number], "2026-05-08")
    model.settle(now=at("2026-05-08"))
    model.push(FIRST, _with_owner("@ana").replace("the drill passes", "the first drill passes"))
    model.settle(now=at("2026-05-11"))
    assert "| Owner | @ana |" in model.facts.issues[number].body


def test_a_date_that_was_moved_there_and_back_is_as_promised() -> None:
    model = merged(_with_owner("@ben"))
    number = actions(model)[0].number
    say(model, number, "/extend 2026-06-01 the vendor is late", "2026-05-07", "ben")
    assert "| Deadline | 2026-06-01; 2026-05-18 was promised, and it was extended once |" in _body(model)
    say(model, number, "/extend 2026-05-18 the vendor is on time", "2026-05-08", "ben")
    assert "| Deadline | 2026-05-18, as promised; it was moved in between |" in _body(model)


def test_a_date_of_the_policy_that_was_moved_there_and_back_is_as_first_set() -> None:
    model = merged(_undated("P1"))
    number = actions(model)[0].number
    first = _body(model).split("| Deadline | ")[1][:10]
    say(model, number, "/extend 2026-06-20 the vendor is late", "2026-05-07", "ben")
    moved = f"2026-06-20; {first} was first set, and it was extended once"
    assert f"| Deadline | {moved} |" in _body(model)
    say(model, number, f"/extend {first} the vendor is on time", "2026-05-08", "ben")
    assert f"| Deadline | {first}, as first set; it was moved in between |" in _body(model)


def test_a_date_of_the_policy_names_the_priority_that_it_is_for_where_that_was_changed() -> None:
    model = merged(_undated("P2"))
    model.push(FIRST, _undated("P0"))
    model.settle(now=at("2026-05-08"))
    assert ", by the policy for P2, its first priority, since the document gives none |" in _body(model)


def _undated(priority: str) -> str:
    return _with_owner("@ben").replace("  - Deadline: 2026-05-18\n", "").replace("P1", priority)


def _body(model: Model) -> str:
    (issue,) = actions(model)
    return issue.body
