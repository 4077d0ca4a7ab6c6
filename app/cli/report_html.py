"""`closeout report --format html`: one page in one file, with charts, for light and dark, and without JavaScript."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from app.cli.report_charts import (
    MOST_QUARTERS,
    MOST_TEAMS,
    left_out,
    priorities_chart,
    quarters_chart,
    teams_chart,
)
from app.cli.reported import Report
from app.core.promised_items import NO_TEAM
from app.render.figures import DEFINITION, NONE, days, percent, priority_name, removed_remark, share, team_name


def report_html(report: Report) -> str:
    """The page. Whatever a chart shows stands in a table as well, which is what a screen reader reads."""
    environment = Environment(
        loader=PackageLoader("app.cli", "templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(
        share=share, percent=percent, days=days, priority_name=priority_name, team_name=team_name
    )
    metrics = report.metrics
    return environment.get_template("report.html").render(
        report=report,
        metrics=metrics,
        nothing=NONE,
        definition=DEFINITION,
        has_teams=any(each.team != NO_TEAM for each in metrics.teams),
        removed=removed_remark(metrics.removed) if metrics.removed else "",
        older=left_out(metrics.quarters, MOST_QUARTERS),
        more_teams=left_out(metrics.teams, MOST_TEAMS),
        quarters=Markup(quarters_chart(metrics)),  # noqa: S704 - drawn by us: matplotlib has escaped what it writes
        teams=Markup(teams_chart(metrics)),  # noqa: S704
        priorities=Markup(priorities_chart(metrics)),  # noqa: S704
    )
