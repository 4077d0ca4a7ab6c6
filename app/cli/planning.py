"""`closeout plan`: what a pass over a repository would write, and why; nothing is written."""

from __future__ import annotations

import asyncio
import enum
from datetime import UTC, date, datetime, time
from typing import Annotated, NoReturn
from zoneinfo import ZoneInfo

import typer

from app.cli.observing import NO_POLICY, Unobservable, check_name, entered
from app.cli.plan_json import plan_json
from app.cli.plan_text import plan_text
from app.cli.planned import Foreseen, PlannedEffect, describe
from app.cli.terminal import WRONG_USE, write
from app.core.foresee import foresee
from app.github.app import Access, GitHub
from app.github.comments import hear
from app.github.errors import GitHubError
from app.github.repository import observe_repository
from app.logs import configure_logs
from app.rounds import MOST_ROUNDS, play_round
from app.settings import Settings, SettingsError, read_settings
from rules.policy import Policy


class PlanFormat(enum.StrEnum):
    """How the plan is written."""

    TEXT = "text"
    JSON = "json"


class PlanError(Exception):
    """The plan cannot be made; the message is one line that says why."""


def plan_command(
    repository: Annotated[str, typer.Argument(metavar="OWNER/REPO", help="The repository.", show_default=False)],
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of", metavar="DATE", help="A day (2026-12-01), or an instant (2026-12-01T09:00). Default: now."
        ),
    ] = None,
    form: Annotated[PlanFormat, typer.Option("--format", help="How to write it.")] = PlanFormat.TEXT,
) -> None:
    """Show what a pass over a repository would write, and why. Nothing is written.

    The App's settings come from the environment, as for `closeout serve`. Of the issues and documents, what is there
    now is looked at; --as-of asks what would be due on another day.
    """
    try:
        moment = _moment(as_of)
        check_name(repository)
        settings = read_settings()
        configure_logs(settings.log)
        foreseen = asyncio.run(_foresee(settings, repository, moment))
    except (PlanError, Unobservable, SettingsError) as error:
        _give_up(str(error))
    except GitHubError as error:
        _give_up(f"GitHub could not be asked about {repository}: {error}")
    write(plan_json(foreseen) if form is PlanFormat.JSON else plan_text(foreseen))


def _give_up(message: str) -> NoReturn:
    typer.echo(f"closeout plan: {' '.join(message.split())}", err=True)
    raise typer.Exit(WRONG_USE) from None


def _moment(text: str | None) -> date | datetime | None:
    """What `--as-of` says. Raises PlanError if it is neither a day nor an instant."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text) if len(text) == len("2026-12-01") else datetime.fromisoformat(text)
    except ValueError:
        raise PlanError(f"--as-of {text!r} is no date; write a day as 2026-12-01, or 2026-12-01T09:00") from None


def _instant(moment: date | datetime | None, policy: Policy) -> datetime:
    """The instant that is meant, in the policy's zone: of a day its noon, when people are at work."""
    zone = ZoneInfo(policy.timezone)
    if moment is None:
        return datetime.now(UTC).astimezone(zone)
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time(12), zone)
    return moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)


async def _foresee(settings: Settings, repository: str, moment: date | datetime | None) -> Foreseen:
    """Look at a repository and foresee a pass. Raises Unobservable and GitHubError."""
    async with entered(settings, repository) as looked:
        if looked.policy is not None:
            return await _play(looked.github, looked.access, looked.policy, _instant(moment, looked.policy))
        return Foreseen(
            repository=looked.access.repository.full_name,
            as_of=_instant(moment, Policy()),
            wake_at=None,
            effects=(),
            note=NO_POLICY,
        )


async def _play(github: GitHub, access: Access, policy: Policy, now: datetime) -> Foreseen:
    """Play a pass on the facts: each round's effects are taken as done, until nothing is left."""
    bot = await github.bot_login()
    facts = await observe_repository(access, policy, bot, frozenset())
    facts, _ = await hear(access, facts, bot)
    planned: list[PlannedEffect] = []
    step = 0
    for _ in range(MOST_ROUNDS):
        played = await play_round(access, facts, bot, now)
        before = facts = played.facts
        if not played.more:
            break
        for effect in played.effects:
            facts = foresee(effect, facts, now)
        step += bool(played.effects)
        planned += describe(played.effects, before, facts, step)
    return Foreseen(repository=access.repository.full_name, as_of=now, wake_at=None, effects=tuple(planned))
