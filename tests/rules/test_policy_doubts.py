"""What a policy may say but probably does not mean."""

from __future__ import annotations

import pytest

from rules.managers import manager_of
from rules.policy import Policy
from rules.policy_file import parse_policy, review_policy


def doubts(text: str) -> list[tuple[int, int, str]]:
    review = review_policy(text)
    assert review.policy is not None, review.errors
    return [(each.span.line, each.span.column, each.message) for each in review.doubts]


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("people: {ana: {team: payments}, ben: {manager: emil}}", 1, 22, "The team `payments` has no manager"),
        ("people: {ana: {team: payments}, ben: {team: payments}, cy: {manager: emil}}", 1, 22, "`ana` (and 1 more)"),
        ("people: {ana: {team: payments}, ben: {}}", 1, 1, "Nobody here has a manager"),
        ("people: {ana: {}, ben: {manager: emil}}", 1, 10, "`ana` has no manager"),
        ("people: {ana: {team: payments}}\nmanagers: {payments: Ana}", 1, 10, "manages their own team"),
        ("people: {ana: {manager: Ana}}", 1, 25, "`ana` manages themselves"),
        ("people: {ana: {manager: ana}}\nmanagers: {default: ana}", 1, 25, "another `default`"),
        ("people: {whitfield: {}}\nmanagers: {default: whitfeild}", 2, 21, "is not among the people, but `whitfield`"),
        ("people: {whitfield: {manager: emil}}\nfacilitators: [finn, whitefield]", 2, 22, "Is that the same person?"),
        ("people: {whitfield: {manager: emil}}\nrevisits: {owner: whitfeld}", 2, 19, "Is that the same person?"),
        ("rules: {action-vague: off, CO410: warning}", 1, 9, "stands here by its code, too"),
        ("deadlines: {P0: 30}", 1, 17, "P0 comes before P1"),
        ("deadlines: {P1: 70}", 1, 17, "P1 comes before P2"),
        ("reminders: {manager_after: {P1: 9}}", 1, 33, "P1 comes before P2"),
    ],
)
def test_what_is_doubtful_is_said_at_its_place(text: str, line: int, column: int, words: str) -> None:
    ((found_line, found_column, message),) = doubts(text)
    assert words in message
    assert (found_line, found_column) == (line, column)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "timezone: Europe/Berlin",  # nobody is named yet
        "people: {ana: {team: payments}}\nmanagers: {default: dana}\nfacilitators: [finn, gita]",
        "people: {ana: {manager: emil}, emil: {}}",  # there is nobody above the one at the top
        "people: {ana: {team: payments, manager: emil}}\nmanagers: {payments: ana}",
        "people: {emil: {team: payments}}\nmanagers: {default: dana, payments: emil}",  # emil escalates to dana
        "people: {dana: {manager: dana}}\nmanagers: {default: finn}",
        "people: {ana: {}, dana: {}}\nmanagers: {default: ana}\nfacilitators: [danah]",  # short logins look alike
        "deadlines: {P0: 14, P1: 14, P2: 14}",
        "rules: {CO410: off, tldr-long: off}",
    ],
)
def test_what_may_well_be_meant_is_left_alone(text: str) -> None:
    assert doubts(text) == []


def test_doubts_are_told_beside_errors() -> None:
    review = review_policy("deadlines: {P0: 30}\nenforce: maybe\npeople: {ana: {}}\nmanagers: {default: dana}")
    assert review.policy is None
    assert [each.span.line for each in review.errors] == [2]
    assert [each.message[:20] for each in review.doubts] == ["P0 comes before P1, "]


@pytest.mark.parametrize(
    "text",
    [
        "people: {ana: {manger: dana}}",  # there is a manager, under a wrong name
        "people: {ana: {}}\nmangers: {default: dana}",
        "people: {ana: {}}\nmanagers: dana",
        "people: {ana: {}}\nmanagers: {default: the team}",
        "deadlines: {P0: 30, P1: later}",
        "people: {whitfield: {name: }, 修复: {}}\nfacilitators: [whitfeild]",
    ],
)
def test_what_goes_by_a_key_with_an_error_is_not_doubted(text: str) -> None:
    review = review_policy(text)
    assert review.errors
    assert review.doubts == ()


def test_somebody_s_own_manager_comes_first_then_the_team_s_then_the_default() -> None:
    policy = parse_policy(
        "people: {ana: {team: payments, manager: emil}, ben: {team: payments}, cy: {team: search}}\n"
        "managers: {payments: gita, default: dana}"
    )
    assert isinstance(policy, Policy)
    assert [manager_of(policy, login) for login in ("ANA", "ben", "cy", "stranger")] == ["emil", "gita", "dana", "dana"]
    assert manager_of(Policy(), "ana") is None


@pytest.mark.parametrize(
    ("people", "managers", "manager"),
    [
        pytest.param("{emil: {team: payments}}", "{default: dana, payments: Emil}", "dana", id="by their team"),
        pytest.param("{emil: {manager: Emil}}", "{default: dana}", "dana", id="by name"),
        pytest.param("{emil: {}}", "{default: Emil}", None, id="for everybody: there is nobody else"),
    ],
)
def test_whoever_manages_themselves_escalates_to_the_default(people: str, managers: str, manager: str | None) -> None:
    policy = parse_policy(f"people: {people}\nmanagers: {managers}")
    assert isinstance(policy, Policy)
    assert manager_of(policy, "emil") == manager
