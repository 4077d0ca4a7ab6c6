"""The issue that shows the figures: a table, a chart, and how all of it is counted."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.follow_through import TITLE
from app.core.followed import FollowThrough
from app.core.metrics import Metrics, QuarterFigures
from app.core.promised_items import NO_TEAM
from app.core.repository_facts import RepositoryFacts
from app.core.uids import figures_uid
from app.core.wanted import WantedIssue
from app.render.figures import DEFINITION, days, percent, priority_name, removed_remark, share, team_name
from app.render.text import quoted

_MOST_QUARTERS = 8
_MOST_TEAMS = 30

_CHART = """\
```mermaid
---
config:
    xyChart:
        width: 640
        height: 260
    themeVariables:
        xyChart:
            plotColorPalette: "#4184e4, #bf6a02"
---
xychart-beta"""
# The colours can be told apart on GitHub's light page and on its dark one; the chart's own are too pale on either.


def follow_through_issue(each: FollowThrough, facts: RepositoryFacts, after: tuple[str, ...]) -> WantedIssue:
    """The issue; `after` is what its figures are made of, and what is therefore written first."""
    issue = facts.issues.get(each.number or 0)
    return WantedIssue(
        uid=figures_uid() if each.stays is None else f"figures, beside {each.stays}: {each.number}",
        number=each.number,
        title=issue.title if issue else TITLE,
        block=_second_block(each.stays) if each.stays else follow_through_block(each.metrics),
        record=each.record,
        open=each.open,
        state_reason=None if each.open else "not_planned",
        after=after,
        last=True,
        reason=_reason(each),
    )


def _reason(each: FollowThrough) -> str:
    if each.stays is not None:
        return f"#{each.stays} shows the same figures"
    return "the first P0 has come due" if each.number is None else "a figure has changed"


def _second_block(stays: int) -> str:
    return f"#{stays} shows the same figures, and is kept up to date. This one is not needed."


def follow_through_block(metrics: Metrics) -> str:
    """Closeout's part of the body, as Markdown. It names no day, so that it changes only when a figure does."""
    parts = [_number(metrics), _quarters(metrics), *_chart(metrics), _priorities(metrics), *_teams(metrics)]
    parts += [_definition(), _END]
    return "\n\n".join(parts)


_END = "Pin this issue to keep it in sight. Close it, and it is left alone from then on."


def _number(metrics: Metrics) -> str:
    shares = metrics.shares
    promised, extended = share(shares.promised), share(shares.extended)
    lines = [
        f"**P0 action items closed within their deadline: {promised}.** With the dates that were moved: {extended}."
    ]
    if metrics.removed:
        lines.append(removed_remark(metrics.removed))
    return " ".join(lines)


def _quarters(metrics: Metrics) -> str:
    head = "| P0s promised for | As promised | As extended | Missed | Declined in time | Still to come |"
    rows = [_quarter(each) for each in reversed(metrics.quarters[-_MOST_QUARTERS:])]
    table = "\n".join([head, "|---|---|---|--:|--:|--:|", *rows])
    left = len(metrics.quarters) - _MOST_QUARTERS
    return f"{table}\n\nOlder quarters: `closeout report`." if left > 0 else table


def _quarter(each: QuarterFigures) -> str:
    promised = each.shares.promised
    cells = [str(each.quarter), share(promised), share(each.shares.extended)]
    return _row([*cells, str(promised.missed), str(promised.declined), str(promised.ahead)])


def _chart(metrics: Metrics) -> Iterator[str]:
    """A chart for GitHub to draw, of the quarters that have a figure; what it shows stands in the table as well."""
    drawn = [each for each in metrics.quarters if percent(each.shares.promised) is not None][-_MOST_QUARTERS:]
    if not drawn:
        return
    names = ", ".join(f'"{each.quarter}"' for each in drawn)
    promised = ", ".join(str(percent(each.shares.promised)) for each in drawn)
    extended = [percent(each.shares.extended) for each in drawn]
    with_line = len(drawn) > 1 and None not in extended
    title = "Bars: as promised. Line: as extended." if with_line else "As promised"
    lines = [
        _CHART,
        f'    title "{title}"',
        f"    x-axis [{names}]",
        '    y-axis "kept, %" 0 --> 100',
        f"    bar [{promised}]",
    ]
    lines += [f"    line [{', '.join(map(str, extended))}]"] if with_line else []
    yield "\n".join([*lines, "```"])


def _priorities(metrics: Metrics) -> str:
    head = ["### By priority", "", "| Priority | Done | Median days to close | Open | Overdue |"]
    rows = [
        _row([priority_name(each), str(each.done), days(each.median_days), str(each.open), str(each.overdue)])
        for each in metrics.priorities
    ]
    return "\n".join([*head, "|---|--:|--:|--:|--:|", *rows])


def _teams(metrics: Metrics) -> Iterator[str]:
    """The teams by name; nothing where the policy names none of two people or more."""
    if all(each.team == NO_TEAM for each in metrics.teams):
        return
    head = ["### By team", "", "| Team | P0s as promised | P0s as extended | Open | Overdue |", "|---|---|---|--:|--:|"]
    rows = [
        _row(
            [
                quoted(team_name(each)),
                share(each.shares.promised),
                share(each.shares.extended),
                str(each.open),
                str(each.overdue),
            ]
        )
        for each in metrics.teams[:_MOST_TEAMS]
    ]
    yield "\n".join([*head, *rows])
    if len(metrics.teams) > _MOST_TEAMS:
        yield f"And {len(metrics.teams) - _MOST_TEAMS:,} more: `closeout report`."


def _definition() -> str:
    return "\n".join(["### How this is counted", "", *(f"- **{term}**: {what}" for term, what in DEFINITION.items())])


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
