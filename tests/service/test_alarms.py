"""Time passes: alarms wake the service, it says what is due, once, within working hours, and sleeps in between."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from app.core.keys import InstallationsKey, RepositoryKey, format_key
from app.core.repository_facts import ACTION_LABEL, POSTMORTEM_LABEL
from app.sandbox.driver import Sandbox
from app.sandbox.world.issue_records import Issue
from tests.service import overdue_p0
from tests.service.conftest import REPOSITORY, Service, running
from tests.service.overdue_p0 import MERGED, OPENING

POLICY = f"{overdue_p0.POLICY}standup: {{enabled: false}}\nrevisits: {{days: []}}\n"
MOST_A_QUIET_DAY = 12
"""Requests of the daily sweep with one repository, which lists all it finds."""


@pytest.fixture(autouse=True)
async def acme(github: Sandbox, service: Service) -> None:
    await overdue_p0.merge(service, github, POLICY)


def _action(github: Sandbox) -> Issue:
    (found,) = [each for each in github.issues(REPOSITORY) if ACTION_LABEL in github.labels(each)]
    return found


def _mentions(github: Sandbox, login: str = "dana") -> list[datetime]:
    """When Closeout mentioned a person, in comments."""
    return [
        comment.created_at
        for issue in github.issues(REPOSITORY)
        for comment in github.comments(issue)
        if github.author(comment) == "closeout[bot]" and f"@{login}" in comment.body
    ]


def _key(github: Sandbox) -> str:
    return format_key(RepositoryKey(next(iter(github.world.installations)), github.world.repository(REPOSITORY).id))


async def _ring(service: Service, until: datetime) -> None:
    """Let time go by until an instant: from alarm to alarm."""
    while service.alarms and (alarm := min(service.alarms.values())) <= until:
        await service.at(alarm)
    await service.at(until)


async def test_after_a_merge_the_next_alarm_is_when_it_is_due_soon(service: Service, github: Sandbox) -> None:
    assert service.alarms[_key(github)] == datetime(2027, 5, 13, 9, tzinfo=UTC)


async def test_an_overdue_p0_mentions_the_manager_once_at_the_opening(service: Service, github: Sandbox) -> None:
    await _ring(service, OPENING - timedelta(minutes=1))
    assert _mentions(github) == []
    assert service.alarms[_key(github)] == OPENING
    await service.at(OPENING)
    (at,) = _mentions(github)
    assert OPENING <= at < OPENING + timedelta(minutes=1)
    assert "overdue" in github.labels(_action(github))
    await service.at(OPENING + timedelta(hours=30))
    assert len(_mentions(github)) == 1


async def test_the_alarm_alone_wakes_it(service: Service, github: Sandbox) -> None:
    await _ring(service, OPENING + timedelta(minutes=1))
    assert len(_mentions(github)) == 1
    assert format_key(InstallationsKey()) not in service.passes


async def test_a_clock_that_was_ahead_and_is_set_right_says_nothing_twice_and_loses_no_alarm(
    service: Service, github: Sandbox
) -> None:
    await service.at(OPENING)  # thirteen days too early
    told = _mentions(github)
    assert len(told) == 1
    assert "overdue" in github.labels(_action(github))
    service.clock.set(MERGED + timedelta(hours=1))
    github.comment(_action(github), "Which day is it?", "ana")
    await service.settled()
    assert "overdue" not in github.labels(_action(github))
    await _ring(service, OPENING + timedelta(hours=1))
    assert "overdue" in github.labels(_action(github))
    assert _mentions(github) == told
    await _ring(service, OPENING + timedelta(days=7))
    (again,) = _mentions(github)  # the next level, which folds the first
    assert again >= OPENING + timedelta(days=7)


@pytest.mark.parametrize("queue_is_lost", [False, True])
@pytest.mark.parametrize("restarted", [OPENING - timedelta(minutes=5), OPENING, OPENING + timedelta(hours=2)])
async def test_restarts_neither_lose_it_nor_repeat_it(
    service: Service, github: Sandbox, tmp_path: Path, restarted: datetime, *, queue_is_lost: bool
) -> None:
    await _ring(service, min(restarted, OPENING - timedelta(minutes=5)))
    await service.stop()
    service.clock.set(restarted)
    path = tmp_path / ("another.db" if queue_is_lost else "queue.db")
    async with running(github, path, service.clock) as anew:
        await anew.sweep()
        await _ring(anew, OPENING + timedelta(hours=3))
        assert len(_mentions(github)) == 1
    async with running(github, path, service.clock) as anew:
        await anew.sweep()
        await _ring(anew, OPENING + timedelta(hours=7))
    assert len(_mentions(github)) == 1


async def test_webhooks_in_between_post_nothing_twice(service: Service, github: Sandbox) -> None:
    await _ring(service, OPENING)
    for number in range(3):
        service.clock.forward(minutes=20)
        github.comment(_action(github), f"Still waiting, attempt {number}.", "ben")
        github.add_label(_action(github), f"label-{number}", by="ana")
        await service.settled()
    assert len(_mentions(github)) == 1


async def test_nothing_is_posted_outside_working_hours_whatever_comes(service: Service, github: Sandbox) -> None:
    await _ring(service, OPENING - timedelta(minutes=1))
    for ahead in (timedelta(hours=-8), timedelta(hours=-2), timedelta(minutes=-2)):
        service.clock.set(OPENING + ahead)
        github.comment(_action(github), "Is anybody there?", "ana")
        await service.settled()
    assert _mentions(github) == []


async def test_every_word_of_a_quarter_falls_within_working_hours_and_none_is_said_twice(
    service: Service, github: Sandbox
) -> None:
    await _ring(service, MERGED + timedelta(days=90))
    said = [
        comment
        for issue in github.issues(REPOSITORY)
        for comment in github.comments(issue)
        if github.author(comment) == "closeout[bot]"
    ]
    assert len(said) == 5  # due soon, and four times to the manager
    assert all(time(9) <= each.created_at.timetz().replace(tzinfo=None) < time(17) for each in said)
    assert all(each.created_at.weekday() < 5 for each in said)
    assert max(Counter(each.body for each in said).values()) == 1


async def test_a_quiet_month_costs_the_daily_sweep_alone(service: Service, github: Sandbox) -> None:
    await _ring(service, MERGED + timedelta(days=60))  # whatever was to be said of the item has been
    await service.sweep()
    before, service.passes[:] = len(github.requests), []
    for _ in range(30):
        await _ring(service, service.clock() + timedelta(days=1))
    counted = Counter(key.partition("/")[0] for key in service.passes)
    assert set(counted) == {"installations", "installation", "repository", "pulls"}
    assert all(29 <= number <= 31 for number in counted.values())
    asked = [each for each in github.requests[before:] if not each.path.endswith("/access_tokens")]
    assert [each for each in asked if each.method != "GET"] == []
    assert len(asked) / 30 <= MOST_A_QUIET_DAY


async def test_once_everything_is_closed_and_counted_no_alarm_is_set(service: Service, github: Sandbox) -> None:
    (tracking,) = [each for each in github.issues(REPOSITORY) if POSTMORTEM_LABEL in github.labels(each)]
    action = _action(github)
    github.close_issue(action, "ben")
    await service.settled()
    github.close_issue(tracking, "ana")
    await service.settled()
    await _ring(service, OPENING)  # the day after its deadline the item counts as kept
    assert _key(github) not in service.alarms
