"""The four fields of an action item: what is said of one that is missing, unclear, or asked for by no column."""

from __future__ import annotations

import pytest

from rules.policy import PersonPolicy, Policy
from tests.postmortems import good_postmortem
from tests.rules.linting import found


def item(**fields: str) -> str:
    given = {"Owner": "@ben", "Deadline": "2026-05-18", "Priority": "P0", "Criterion": "it fires in staging"} | fields
    return "\n".join(["- [ ] Cap retries at three", *(f"  - {label}: {value}" for label, value in given.items())])


def messages(code: str, actions: str, policy: Policy | None = None) -> list[str]:
    text = good_postmortem(actions=actions, metadata={"Date": "2026-05-04"})
    return [finding.message for finding in found(text, code, policy=policy)]


@pytest.mark.parametrize(
    ("owner", "why"),
    [
        ("me", "only to who wrote it"),
        ("I", "only to who wrote it"),
        ("same as above", "only to who wrote it"),
        ("whoever is on call", "nobody yet"),
        ("one of the DBAs", "nobody yet"),
        ("someone", "nobody yet"),
        ("everyone", "not a person"),
        ("the team", "not a person"),
        ("shift managers", "not a person"),
        ("istio-sre@", "not a person"),
        ("Deltek GmbH", "not a person"),
        ("Tech Lead", "a role"),
        ("the engineering manager", "a role"),
        ("CTO", "a role"),
    ],
)
def test_an_owner_who_is_no_named_person_is_told_what_it_is(owner: str, why: str) -> None:
    (message,) = messages("CO403", item(Owner=owner))
    assert why in message


@pytest.mark.parametrize("owner", ["TBD", "-", "unassigned"])
def test_a_placeholder_is_no_owner(owner: str) -> None:
    assert len(messages("CO402", item(Owner=owner))) == 1


@pytest.mark.parametrize(
    "owner",
    ["Ana Ruiz", "B. Aas", "Joris van Dam", "Sam Head", "Ana", "Legal (Sam Ortiz)", "@lead-dev", "ana.ruiz", "Po"],
)
def test_a_name_is_a_name(owner: str) -> None:
    assert messages("CO403", item(Owner=owner)) == []


def test_whom_the_policy_knows_is_a_person_whatever_the_name_means() -> None:
    assert messages("CO403", item(Owner="Chief"), Policy(people={"chief": PersonPolicy(name="Chief")})) == []


def test_the_person_in_brackets_is_the_one_whose_login_is_asked_for() -> None:
    (message,) = messages("CO404", item(Owner="Legal (Sam Ortiz)"))
    assert "“Sam Ortiz”" in message


def test_a_mention_that_cannot_be_a_login_is_told_why() -> None:
    (message,) = messages("CO404", item(Owner="@malte_j"))
    assert "cannot be a GitHub login" in message


@pytest.mark.parametrize("owner", ["@ana/@ben", "Ana Ruiz/Ben Okafor", "@ana or @ben", "@ana and/or @ben"])
def test_two_owners_need_a_lead_however_they_are_joined(owner: str) -> None:
    assert len(messages("CO416", item(Owner=owner))) == 1


@pytest.mark.parametrize(
    ("priority", "advice"),
    [
        ("critical", "Write P0"),
        ("Urgent", "Write P0"),
        ("High", "Write P1"),
        ("🔴 high", "Write P1"),
        ("Medium", "Write P2."),
        ("low", "Write P2."),
        ("P3", "Write P2, the lowest"),
        ("P0/P1", "Decide on one"),
        ("somewhat", "is unknown"),
    ],
)
def test_a_priority_in_other_words_is_told_what_to_write(priority: str, advice: str) -> None:
    (message,) = messages("CO412", item(Priority=priority))
    assert advice in message


@pytest.mark.parametrize(
    ("deadline", "why"),
    [
        ("01/06/2026", "2026-06-01 or 2026-01-06"),
        ("Jun 1", "has no year. Write it out, such as 2026-06-01"),
        ("Feb 1", "has no year. Write it out, such as 2027-02-01"),
        ("2026-06-31", "no day of any calendar"),
        ("next sprint", "not one certain day"),
        ("end of Q3", "not one certain day"),
        ("asap", "not one certain day"),
    ],
)
def test_a_deadline_that_is_unclear_is_told_why_and_never_called_missing(deadline: str, why: str) -> None:
    (message,) = messages("CO406", item(Deadline=deadline))
    assert why in message
    assert messages("CO405", item(Deadline=deadline)) == []


def test_an_iso_date_with_typographic_hyphens_is_one_certain_day() -> None:
    assert messages("CO406", item(Deadline="2026‑05‑18")) == []
    assert len(messages("CO407", item(Deadline="2026‑05‑18"))) == 1


BARE = "| Action | Status |\n|---|---|\n| Alert on lag | Open |\n| Cap retries | Done |\n| Rotate keys | Open |"


@pytest.mark.parametrize(
    ("code", "column"),
    [("CO402", "`Owner`"), ("CO405", "`Deadline`"), ("CO411", "`Priority`"), ("CO413", "`Success criterion`")],
)
def test_a_table_without_a_column_is_told_once_which_to_add(code: str, column: str) -> None:
    (message,) = messages(code, BARE)
    assert message.startswith("The 2 open action items in this table have no ")
    assert column in message


def test_an_empty_cell_of_a_column_is_told_at_its_row() -> None:
    table = "| Action | Who |\n|---|---|\n| Alert on lag | @ana |\n| Cap retries | |\n| Rotate keys | TBD |"
    assert len(messages("CO402", table)) == 2


def test_what_stands_in_place_of_a_field_is_pointed_at_in_its_cell() -> None:
    text = good_postmortem(actions="| Action | Who |\n|---|---|\n| Alert on lag | @ana |\n| Cap retries | TBD |")
    (finding,) = found(text, "CO402")
    line = text.splitlines()[finding.span.line - 1]
    assert line[finding.span.column - 1 : finding.span.end_column - 1] == "TBD"


def test_a_field_that_other_rows_have_somewhere_is_told_at_the_row_that_has_none() -> None:
    table = "| Action | Status |\n|---|---|\n| Alert on lag (@ana) | Open |\n| Cap retries | Open |"
    (message,) = messages("CO402", table)
    assert message.startswith("This action item has no owner")


def test_each_table_is_told_of_its_own_columns() -> None:
    other = "| Action | Owner |\n|---|---|\n| Drop the flag | |"
    assert len(messages("CO402", f"{BARE}\n\n{other}")) == 2
