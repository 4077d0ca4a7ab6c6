"""`closeout plan --as-of` shows what will be posted on a day to come, and that is what is then posted."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from app.cli.plan_json import plan_json
from app.cli.plan_text import plan_text
from app.cli.planned import Foreseen
from app.cli.planning import PlanError, foresee_repository, read_moment, window
from app.demo.story import service_environment
from app.sandbox.driver import Sandbox
from app.settings import read_settings
from rules.policy import Calendar, Policy
from tests.service import overdue_p0
from tests.service.conftest import REPOSITORY, Service

POLICY = f"{overdue_p0.POLICY}timezone: Europe/Berlin\n"

Look = Callable[[date | datetime | None], Awaitable[Foreseen]]


@pytest.fixture
async def look(github: Sandbox, service: Service, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Look:
    """Looks ahead from the moment after a merge."""
    await overdue_p0.merge(service, github, POLICY)
    for name, value in service_environment(github, tmp_path).items():
        monkeypatch.setenv(name, value)
    settings = read_settings()

    async def looking(moment: date | datetime | None) -> Foreseen:
        return await foresee_repository(settings, REPOSITORY, moment, service.clock)

    return looking


def _comments(foreseen: Foreseen) -> list[tuple[str, tuple[str, ...]]]:
    return [(f"{each.at:%m-%d %H:%M}", each.mentions) for each in foreseen.effects if each.effect == "CreateComment"]


async def test_the_day_after_the_deadline_of_a_p0_shows_the_escalation_at_the_opening(look: Look) -> None:
    assert _comments(await look(date(2027, 5, 18))) == [("05-18 09:00", ("ben", "dana"))]


async def test_only_that_day_is_shown(look: Look) -> None:
    assert _comments(await look(date(2027, 5, 19))) == []
    assert (await look(date(2027, 5, 19))).effects == ()


async def test_what_is_posted_on_the_way_is_played_through(look: Look) -> None:
    """By the fourth escalation three have been posted, and the newest of them is folded."""
    last = await look(date(2027, 6, 8))
    assert [each.reason for each in last.effects if each.effect == "CreateComment"] == ["overdue P0, 16 working days"]
    assert "This is the last word here" in str(next(each.body for each in last.effects if each.mentions))


async def test_a_day_is_the_working_day_of_the_policy_s_zone(look: Look) -> None:
    foreseen = await look(date(2027, 5, 18))
    assert foreseen.as_of.isoformat() == "2027-05-18T09:00:00+02:00"
    assert foreseen.wake_at is not None
    assert foreseen.wake_at.isoformat() == "2027-05-24T09:00:00+02:00"  # the agenda


async def test_on_a_day_off_nothing_is_posted_and_that_is_said(look: Look) -> None:
    foreseen = await look(date(2027, 5, 22))
    assert foreseen.effects == ()
    assert foreseen.note == "Nobody works on Saturday 2027-05-22: what falls due waits for the next opening."


async def test_an_instant_shows_what_is_posted_then(look: Look) -> None:
    opening = datetime(2027, 5, 18, 9)  # noqa: DTZ001 - in the policy's zone
    assert len(_comments(await look(opening))) == 1
    assert (await look(opening + timedelta(minutes=1))).effects == ()


async def test_without_a_moment_the_next_alarm_is_told(look: Look) -> None:
    foreseen = await look(None)
    assert foreseen.effects == ()
    assert "The next pass would come on 2027-05-10 at 09:00 CEST." in plan_text(foreseen)
    assert json.loads(plan_json(foreseen))["wake_at"] == "2027-05-10T09:00:00+02:00"


@pytest.mark.parametrize("day", [date(2027, 5, 13), date(2027, 5, 18), date(2027, 6, 4)])
async def test_what_is_foreseen_of_a_day_is_what_is_then_posted(
    look: Look, service: Service, github: Sandbox, day: date
) -> None:
    foreseen = [str(each.body) for each in (await look(day)).effects if each.effect == "CreateComment"]
    assert foreseen
    while (alarm := min(service.alarms.values())).date() <= day:
        await service.at(alarm)
    written = [
        comment.body.partition("\n<!-- closeout")[0].strip()
        for issue in github.issues(REPOSITORY)
        for comment in github.comments(issue)
        if comment.created_at.date() == day
    ]
    assert sorted(foreseen) == sorted(written)


async def test_how_a_day_to_come_reads(look: Look, snapshot: SnapshotAssertion) -> None:
    days = (date(2027, 5, 10), date(2027, 5, 18), date(2027, 5, 22), date(2027, 6, 4))
    assert "\n~~~\n".join([plan_text(await look(day)) for day in days]) == snapshot
    answer = plan_json(await look(date(2027, 5, 13)))
    assert re.sub(r"http://[^/]+|(?<=/blob/)[0-9a-f]{40}", "…", answer) == snapshot


NOW = datetime(2027, 5, 5, 14, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "first"),
    [
        (None, "2027-05-05T16:00:00+02:00"),
        (date(2027, 5, 5), "2027-05-05T16:00:00+02:00"),  # what is left of today
        (date(2027, 5, 6), "2027-05-06T10:00:00+02:00"),
        (date(2027, 5, 8), "2027-05-08T00:00:00+02:00"),
        (datetime(2027, 5, 6, 9, 30), "2027-05-06T09:30:00+02:00"),  # noqa: DTZ001 - in the policy's zone
        (datetime(2027, 5, 6, 9, 30, tzinfo=UTC), "2027-05-06T11:30:00+02:00"),
    ],
)
def test_a_moment_is_meant_in_the_policy_s_zone(moment: date | datetime | None, first: str) -> None:
    policy = Policy(timezone="Europe/Berlin", calendar=Calendar(hours="10:00-18:00"))
    assert window(moment, policy, NOW).first.isoformat() == first


@pytest.mark.parametrize("moment", [date(2027, 5, 4), datetime(2027, 5, 5, 13, 59, tzinfo=UTC)])
def test_the_past_is_no_day_to_come(moment: date | datetime) -> None:
    with pytest.raises(PlanError, match=r"is past; name a day from 2027-05-05 on"):
        window(moment, Policy(), NOW)


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Pago_Pago", "Pacific/Kiritimati"])
def test_the_last_day_that_is_named_is_within_reach_and_the_next_one_is_not(zone: str) -> None:
    policy = Policy(timezone=zone)
    with pytest.raises(PlanError, match="is too far ahead; name a day up to") as refused:
        window(date.max, policy, NOW)
    last = date.fromisoformat(str(refused.value).rpartition(" ")[2])
    assert window(last, policy, NOW).last.date() == last
    with pytest.raises(PlanError, match="is too far ahead"):
        window(last + timedelta(days=1), policy, NOW)


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Pago_Pago", "Pacific/Kiritimati"])
@pytest.mark.parametrize("moment", [date.min, datetime(1, 1, 1, tzinfo=UTC)])
def test_the_beginning_of_time_is_past_in_every_zone(zone: str, moment: date) -> None:
    with pytest.raises(PlanError, match="is past"):
        window(moment, Policy(timezone=zone), NOW)


@pytest.mark.parametrize("text", ["20270506", "2027-W18-4", "2027-126", "20270506T09", "2027-05-06T", "tomorrow", ""])
def test_what_is_not_written_as_a_date_is_refused(text: str) -> None:
    with pytest.raises(PlanError, match=r"is no date; write a day as 2026-12-01, or 2026-12-01T09:00"):
        read_moment(text)
