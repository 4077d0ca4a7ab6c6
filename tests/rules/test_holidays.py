"""Days on which nobody works: listed ones, and those of a region."""

from __future__ import annotations

import sys
from datetime import date

import pytest

from rules.holidays import UnknownRegion, check_region, holidays_between, is_holiday
from rules.policy import Policy, PolicyError
from rules.policy_file import parse_policy, review_policy

WOMENS_DAY = date(2026, 3, 8)
UNITY_DAY = date(2026, 10, 3)


def test_a_country_brings_its_public_holidays_and_a_part_of_it_brings_its_own() -> None:
    assert is_holiday(["DE"], UNITY_DAY)
    assert not is_holiday(["DE"], WOMENS_DAY)
    assert is_holiday(["DE-BE"], WOMENS_DAY)


def test_days_and_regions_go_together() -> None:
    found = holidays_between([date(2026, 12, 24), "DE"], date(2026, 12, 1), date(2027, 1, 1))
    assert found == {date(2026, 12, 24), date(2026, 12, 25), date(2026, 12, 26), date(2027, 1, 1)}


@pytest.mark.parametrize("region", ["XX", "DE-QQ"])
def test_a_region_that_nobody_knows_is_said_to_be_one(region: str) -> None:
    with pytest.raises(UnknownRegion, match=f"`{region}` are not known"):
        check_region(region)


def test_the_policy_takes_both() -> None:
    policy = parse_policy("calendar: {holidays: [NO, 2026-12-24]}")
    assert isinstance(policy, Policy)
    assert policy.calendar.holidays == ("NO", date(2026, 12, 24))


def test_every_wrong_holiday_is_told_at_its_place() -> None:
    review = review_policy("calendar: {holidays: [XX, DE, 2026-02-30, soon]}")
    assert [(each.span.column, each.message.split(".")[0]) for each in review.errors] == [
        (23, "The public holidays of `XX` are not known"),
        (31, "`2026-02-30` is not a day of the calendar"),
        (43, "`soon` is not a date"),
    ]


def test_the_service_refuses_a_policy_whose_holidays_it_cannot_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "holidays", None)
    refused = parse_policy("calendar: {holidays: QQ}")
    assert isinstance(refused, PolicyError)
    assert refused.message.startswith("`QQ` needs the public holidays, which are not installed")


def test_elsewhere_they_are_a_doubt_and_stay_in_the_policy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "holidays", None)
    review = review_policy("calendar: {holidays: [QQ, 2026-12-24]}", elsewhere=True)
    assert review.policy is not None
    assert review.policy.calendar.holidays == ("QQ", date(2026, 12, 24))
    assert [each.extra for each in review.doubts] == ["holidays"]
