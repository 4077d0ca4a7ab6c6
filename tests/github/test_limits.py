"""When an installation has to be left alone, and until when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.github.errors import RateLimited
from app.github.limits import Limits

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
SECONDARY = "You have exceeded a secondary rate limit."


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def limits(clock: Clock) -> Limits:
    return Limits(clock)


def refused(limits: Limits, status: int, headers: dict[str, str], message: str = "") -> timedelta:
    with pytest.raises(RateLimited) as error:
        limits.note(status, headers, message)
    return error.value.until - NOON


@pytest.mark.parametrize("status", [403, 429])
def test_retry_after_is_honoured(limits: Limits, status: int) -> None:
    assert refused(limits, status, {"retry-after": "90"}, SECONDARY) == timedelta(seconds=90)


def test_it_holds_for_everything_until_then(limits: Limits, clock: Clock) -> None:
    refused(limits, 403, {"retry-after": "90"})
    with pytest.raises(RateLimited):
        limits.check()
    clock.now = NOON + timedelta(seconds=90)
    limits.check()


def test_a_used_up_hour_waits_for_its_reset(limits: Limits) -> None:
    headers = {"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(int(NOON.timestamp()) + 1800)}
    assert refused(limits, 403, headers) == timedelta(minutes=30)


def test_the_last_request_of_the_hour_is_answered_and_the_next_not_sent(limits: Limits) -> None:
    limits.note(200, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(int(NOON.timestamp()) + 60)}, "")
    with pytest.raises(RateLimited, match="hourly limit"):
        limits.check()


def test_a_limit_that_names_no_time_waits_a_minute_and_longer_each_time(limits: Limits, clock: Clock) -> None:
    assert refused(limits, 403, {}, SECONDARY) == timedelta(minutes=1)
    clock.now += timedelta(minutes=1)
    assert refused(limits, 403, {}, SECONDARY) == timedelta(minutes=1 + 2)
    clock.now += timedelta(minutes=2)
    assert refused(limits, 403, {}, SECONDARY) == timedelta(minutes=3 + 4)


def test_one_limit_that_several_requests_meet_at_once_is_one(limits: Limits) -> None:
    waits = [refused(limits, 403, {}, SECONDARY) for _ in range(8)]
    assert set(waits) == {timedelta(minutes=1)}


def test_after_an_answer_it_starts_over(limits: Limits, clock: Clock) -> None:
    refused(limits, 403, {}, SECONDARY)
    clock.now += timedelta(minutes=1)
    limits.note(200, {}, "")
    assert refused(limits, 403, {}, SECONDARY) == timedelta(minutes=1 + 1)


def test_a_shorter_wait_does_not_cut_a_longer_one(limits: Limits, clock: Clock) -> None:
    refused(limits, 403, {"retry-after": "90"})
    refused(limits, 403, {"retry-after": "5"})
    clock.now = NOON + timedelta(seconds=89)
    with pytest.raises(RateLimited):
        limits.check()


def test_a_missing_permission_is_no_limit(limits: Limits) -> None:
    limits.note(403, {"x-ratelimit-remaining": "4000"}, "Resource not accessible by integration")
    limits.check()
