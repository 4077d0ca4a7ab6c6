"""`closeout report`: the share of P0 action items closed within their deadline, and the figures beside it."""

from __future__ import annotations

import asyncio
import enum
from collections.abc import Callable
from importlib.util import find_spec
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from app.cli.extras import how_to_install
from app.cli.observing import NO_POLICY, Unobservable, check_name, clock_of, entered
from app.cli.reported import Report, Unreportable
from app.cli.terminal import give_up, write
from app.core.metrics import measure
from app.core.promised_items import promised_items
from app.core.remembered import remember
from app.github.errors import GitHubError
from app.github.repository import observe_repository
from app.logs import configure_logs
from app.queue import Clock
from app.settings import Settings, SettingsError, read_settings


class ReportFormat(enum.StrEnum):
    """How the report is written."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    HTML = "html"


def report_command(
    context: typer.Context,
    repository: Annotated[str, typer.Argument(metavar="OWNER/REPO", help="The repository.", show_default=False)],
    form: Annotated[
        ReportFormat, typer.Option("--format", help="How to write it; html is one page with charts, in one file.")
    ] = ReportFormat.TEXT,
) -> None:
    """Show how many P0 action items were closed in time.

    That is within their deadline; and how long the others took. By quarter, by priority and by team, never by person.
    The App's settings come from the environment, as for `closeout serve`. Nothing is written to GitHub.
    """
    try:
        check_name(repository)
        written = _writer(form)
        settings = read_settings()
        configure_logs(settings.log)
        report = asyncio.run(_observe(settings, repository, clock_of(context)))
    except SettingsError as error:
        raise give_up(*error.problems, command="report") from None
    except (Unobservable, Unreportable) as error:
        raise give_up(str(error), command="report") from None
    except GitHubError as error:
        raise give_up(f"GitHub could not be asked about {repository}: {error}", command="report") from None
    write(written(report))


def _writer(form: ReportFormat) -> Callable[[Report], str]:
    """What writes a format; each brings what it needs. Raises Unreportable if that is not installed."""
    match form:
        case ReportFormat.JSON:
            from app.cli.report_json import report_json

            return report_json
        case ReportFormat.CSV:
            from app.cli.report_csv import report_csv

            return report_csv
        case ReportFormat.HTML:
            if find_spec("matplotlib") is None:
                raise Unreportable(f"the charts of --format html need the extra `report`; {how_to_install('report')}")
            from app.cli.report_html import report_html

            return report_html
        case ReportFormat.TEXT:
            from app.cli.report_text import report_text

            return report_text


async def _observe(settings: Settings, repository: str, clock: Clock) -> Report:
    """Look at a repository, and measure. Raises Unobservable, Unreportable and GitHubError."""
    async with entered(settings, repository, clock) as looked:
        access, policy = looked.access, looked.policy
        if policy is None:
            raise Unreportable(f"{repository}: {NO_POLICY}")
        facts = await observe_repository(access, policy, await looked.github.bot_login(), frozenset())
        today = clock().astimezone(ZoneInfo(policy.timezone)).date()
        return Report(
            repository=access.repository.full_name,
            url=access.repository.url,
            as_of=today,
            timezone=policy.timezone,
            metrics=measure(promised_items(remember(facts), facts), today),
        )
