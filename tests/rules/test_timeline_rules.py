"""Timelines: zones, entries that lie outside, and words that judge."""

from __future__ import annotations

import pytest

from rules.policy import Policy
from tests.postmortems import good_postmortem
from tests.rules.linting import found


def spans(code: str, *entries: str, policy: Policy | None = None, **metadata: str) -> list[int]:
    """The numbers of the entries, from 1, at which a rule finds something."""
    text = good_postmortem(timeline="\n".join(f"- {each}" for each in entries), metadata={**metadata})
    first = text.splitlines().index(f"- {entries[0]}")
    return [each.span.line - first for each in found(text, code, policy=policy)]


_BARE = ("10:32 Errors", "10:36 Alert", "11:14 Restored")


def test_bare_times_without_any_zone_are_told() -> None:
    assert len(spans("CO304", *_BARE, Duration="42 minutes")) == 1


def test_a_zone_anywhere_or_a_policy_that_names_one_will_do() -> None:
    assert not spans("CO304", *_BARE)
    assert not spans("CO304", "10:32 UTC Errors", *_BARE[1:], Duration="42 minutes")
    assert not spans("CO304", *_BARE, Duration="42 minutes", policy=Policy(timezone="Europe/Berlin"))


@pytest.mark.parametrize(
    ("one", "other", "mixed"),
    [("UTC", "CEST", True), ("CET", "CEST", False), ("UTC", "GMT", False), ("PST", "PT", False), ("EST", "PST", True)],
)
def test_winter_and_summer_of_one_place_are_no_two_zones(one: str, other: str, mixed: bool) -> None:
    assert bool(spans("CO305", f"10:32 {one} Errors", f"10:36 {other} Alert", f"11:14 {one} Restored")) is mixed


@pytest.mark.parametrize(
    "entry", ["08:20 The new release is deployed", "2026-04-30 09:00 The pool gets its limit", "09:50 The pool is full"]
)
def test_a_run_up_is_no_mistake(entry: str) -> None:
    assert not spans("CO306", entry, "2026-05-04 10:32 Errors", "10:36 Alert", "11:14 Restored")


@pytest.mark.parametrize("entry", ["15:00 The vendor confirms the fault", "12:10 The pool stands at 40 %"])
def test_an_aftermath_is_no_mistake(entry: str) -> None:
    assert not spans("CO306", *_BARE, entry)


def test_a_mistyped_hour_and_a_wrong_year_are_told() -> None:
    assert spans("CO306", *_BARE, "19:20 The pool stands at 40 %") == [4]
    assert spans("CO306", "2025-05-04 10:31 The pool is full", "2026-05-04 10:32 Errors", "11:14 Restored") == [1]


def test_of_several_in_a_row_the_first_is_told() -> None:
    assert spans("CO306", *_BARE, "19:20 The pool stands at 40 %", "19:40 The pool stands at 30 %") == [4]


@pytest.mark.parametrize(
    "entry",
    [
        "10:36 Ana: unfortunately it is down",
        "10:36 Support writes “Sadly we cannot say more.”",
        "10:36 The cause is not clearly visible",
        "10:36 `luckily-named-job` starts",
    ],
)
def test_quotations_and_denials_judge_nothing(entry: str) -> None:
    assert not spans("CO309", "10:32 Errors", entry, "11:14 Restored")


@pytest.mark.parametrize("entry", ["10:36 Obviously the wrong pool", "10:36 The page is, of course, down"])
def test_words_that_judge_are_told(entry: str) -> None:
    assert spans("CO309", "10:32 Errors", entry, "11:14 Restored") == [2]
