"""`closeout plan`: what a pass over a repository would write, and why; nothing is written."""

from __future__ import annotations

import asyncio
import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from app.cli.observing import NO_POLICY, Entered, Unobservable, check_name, clock_of, entered
from app.cli.plan_json import plan_json
from app.cli.plan_text import plan_text
from app.cli.planned import Foreseen, PlannedEffect, describe
from app.cli.terminal import give_up, write
from app.core.calendar.working_time import working_time
from app.github.comments import hear
from app.github.errors import GitHubError
from app.github.repository import observe_repository
from app.logs import configure_logs
from app.looking_ahead import ComingPass, look_ahead
from app.queue import Clock
from app.settings import Settings, SettingsError, read_settings
from rules.policy import Policy

_FURTHEST = timedelta(days=366)
_A_ZONE = timedelta(days=2)  # more than what any two zones differ by
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9].*)?")
"""What is taken for a date: ISO 8601 has more, of which a day without dashes would be read as its midnight."""


class PlanFormat(enum.StrEnum):
    """How the plan is written."""

    TEXT = "text"
    JSON = "json"


class PlanError(Exception):
    """The plan cannot be made; the message is one line that says why."""


def plan_command(
    context: typer.Context,
    repository: Annotated[str, typer.Argument(metavar="OWNER/REPO", help="The repository.", show_default=False)],
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar="DATE",
            help="A day to come (2026-12-01), or an instant of it (2026-12-01T09:00). Default: now.",
        ),
    ] = None,
    form: Annotated[PlanFormat, typer.Option("--format", help="How to write it.")] = PlanFormat.TEXT,
) -> None:
    """Show what a pass over a repository would write, and why. Nothing is written.

    The App's settings come from the environment, as for `closeout serve`. With --as-of, it is what would be posted on
    a day to come: everything up to then is played through, as it will be if nobody does anything.
    """
    try:
        moment = read_moment(as_of)
        check_name(repository)
        settings = read_settings()
        configure_logs(settings.log)
        foreseen = asyncio.run(foresee_repository(settings, repository, moment, clock_of(context)))
    except SettingsError as error:
        raise give_up(*error.problems, command="plan") from None
    except (PlanError, Unobservable) as error:
        raise give_up(str(error), command="plan") from None
    except GitHubError as error:
        raise give_up(f"GitHub could not be asked about {repository}: {error}", command="plan") from None
    write(plan_json(foreseen) if form is PlanFormat.JSON else plan_text(foreseen))


def read_moment(text: str | None) -> date | datetime | None:
    """What `--as-of` says. Raises PlanError if it is neither a day nor an instant."""
    if text is None:
        return None
    try:
        if not _DATE.fullmatch(text):
            raise ValueError(text)
        return date.fromisoformat(text) if len(text) == len("2026-12-01") else datetime.fromisoformat(text)
    except ValueError:
        raise PlanError(f"--as-of {text!r} is no date; write a day as 2026-12-01, or 2026-12-01T09:00") from None


@dataclass(frozen=True, slots=True)
class Window:
    """What is asked for: the passes from `first` to `last`, both included; `note` says why there can be none."""

    first: datetime
    last: datetime
    note: str = ""


def window(moment: date | datetime | None, policy: Policy, now: datetime) -> Window:
    """The instants that are meant, in the policy's zone: of a day its working hours, of today what is left of it.

    Raises PlanError for what is past, or further ahead than is looked.
    """
    zone = ZoneInfo(policy.timezone)
    now = now.astimezone(zone)
    if moment is None:
        return Window(now, now)
    _check_reach(moment, now)
    if isinstance(moment, datetime):
        instant = moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)
        chosen = Window(instant, instant)
    else:
        chosen = _day(moment, policy)
        chosen = replace(chosen, first=max(chosen.first, now)) if chosen.last >= now else chosen
    if chosen.last < now:
        raise _past(moment, now)
    if chosen.last.date() > (now + _FURTHEST).date():
        raise _too_far(moment, now)
    return chosen


def _check_reach(moment: date, now: datetime) -> None:
    """Refuse what is far out of reach in any zone: some of it cannot be told in another zone at all."""
    day = moment.date() if isinstance(moment, datetime) else moment
    if day < now.date() - _A_ZONE:
        raise _past(moment, now)
    if day > (now + _FURTHEST).date() + _A_ZONE:
        raise _too_far(moment, now)


def _past(moment: date, now: datetime) -> PlanError:
    return PlanError(f"--as-of {moment} is past; name a day from {now:%Y-%m-%d} on: what was posted is on GitHub")


def _too_far(moment: date, now: datetime) -> PlanError:
    return PlanError(f"--as-of {moment} is too far ahead; name a day up to {now + _FURTHEST:%Y-%m-%d}")


def _day(day: date, policy: Policy) -> Window:
    """A day's working hours, or all of it if nobody works then: its last minute is part of it."""
    working = working_time(policy)
    midnight = datetime.combine(day, time(), ZoneInfo(policy.timezone))
    last = datetime.combine(day, time(23, 59, 59), ZoneInfo(policy.timezone))
    opening = working.opening(day)
    if not working.is_working_day(day) or opening is None:
        return Window(midnight, last, f"Nobody works on {day:%A} {day}: what falls due waits for the next opening.")
    return Window(opening.astimezone(midnight.tzinfo), last)


async def foresee_repository(
    settings: Settings, repository: str, moment: date | datetime | None, clock: Clock
) -> Foreseen:
    """What would be written to a repository at a moment, or on a day, if nobody does anything until then.

    Raises PlanError, Unobservable and GitHubError.
    """
    async with entered(settings, repository, clock) as looked:
        now = clock()
        chosen = window(moment, looked.policy or Policy(), now)
        if looked.policy is not None:
            return await _play(looked, looked.policy, chosen, now)
        return Foreseen(
            repository=looked.access.repository.full_name, as_of=chosen.first, wake_at=None, effects=(), note=NO_POLICY
        )


async def _play(looked: Entered, policy: Policy, chosen: Window, now: datetime) -> Foreseen:
    """Play the passes from now on, and keep those that were asked for."""
    access, bot = looked.access, await looked.github.bot_login()
    facts = await observe_repository(access, policy, bot, frozenset(), looked.since)
    facts, _ = await hear(access, facts, bot)
    zone = ZoneInfo(policy.timezone)
    planned: list[PlannedEffect] = []
    coming = None
    async for coming in look_ahead(access, facts, bot, now, chosen.last):
        if coming.at >= chosen.first:
            planned += _described(coming, zone)
    wake_at = coming.wake_at.astimezone(zone) if coming and coming.wake_at else None
    return Foreseen(
        repository=access.repository.full_name,
        as_of=chosen.first,
        wake_at=wake_at,
        effects=tuple(planned),
        note=chosen.note,
    )


def _described(coming: ComingPass, zone: ZoneInfo) -> Iterator[PlannedEffect]:
    for number, step in enumerate(coming.steps, start=1):
        yield from describe(step, number, coming.at.astimezone(zone))
