"""The charts of the HTML report, drawn by matplotlib as SVG that takes its colours and its font from the page.

matplotlib writes colours as numbers. So each role has a number of its own here, which is then put in terms of the
page's custom properties: that is how one drawing looks right on a light page and on a dark one.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from app.core.metrics import Metrics, QuarterFigures, Tally, TeamFigures
from app.core.promise import shortened
from app.core.promised_items import NO_TEAM
from app.render.figures import NONE, days, percent, priority_name, team_name

_INK, _SOFT, _RULE, _PROMISED, _EXTENDED = "#010101", "#020202", "#030303", "#040404", "#050505"
_ROLES = {_INK: "ink", _SOFT: "soft", _RULE: "rule", _PROMISED: "promised", _EXTENDED: "extended"}

MOST_QUARTERS = 12
MOST_TEAMS = 20
"""What a chart shows at most, of the quarters the newest: the table below it has them all."""

_F = TypeVar("_F", bound=QuarterFigures | TeamFigures)

_LONGEST_NAME = 28  # characters of a team's name beside its bar
_WIDTH = 9.0  # inches; the page scales it
_BAR = 0.38  # of the room that a group of two has
_FEW = 8  # quarters beside whose bars there is room for larger figures

_STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",  # text stays text: it can be read aloud, searched, and takes the page's font
    "font.size": 11,
    "text.color": _INK,
    "axes.edgecolor": _RULE,
    "axes.labelcolor": _SOFT,
    "xtick.color": _RULE,
    "ytick.color": _RULE,
    "xtick.labelcolor": _INK,
    "ytick.labelcolor": _INK,
    "grid.color": _RULE,
    "text.parse_math": False,  # a team may be called anything
}


def quarters_chart(metrics: Metrics) -> str:
    """For each quarter its two shares side by side; empty where no quarter has one."""
    shown = _with_a_share(metrics.quarters)[-MOST_QUARTERS:]
    if not shown:
        return ""
    names = [f"Q{each.quarter.number}\n{each.quarter.year}" for each in shown]
    tallies = [(each.shares.promised, each.shares.extended) for each in shown]
    return _drawn("quarters", 3.4, lambda axes: _draw_quarters(axes, names, tallies))


def teams_chart(metrics: Metrics) -> str:
    """For each team its two shares, one above the other; empty where no team has one."""
    shown = _with_a_share(metrics.teams)[:MOST_TEAMS]
    if all(each.team == NO_TEAM for each in shown):
        return ""
    names = [_shortened(team_name(each)) for each in shown]
    tallies = [(each.shares.promised, each.shares.extended) for each in shown]
    return _drawn("teams", 0.7 + 0.62 * len(shown), lambda axes: _draw_teams(axes, names, tallies))


def priorities_chart(metrics: Metrics) -> str:
    """For each priority the median of days to close; empty where nothing was closed."""
    shown = [each for each in metrics.priorities if each.median_days is not None]
    if not shown:
        return ""
    names = [priority_name(each) for each in shown]
    medians = [each.median_days or 0.0 for each in shown]
    return _drawn("priorities", 0.6 + 0.45 * len(shown), lambda axes: _draw_medians(axes, names, medians))


def left_out(figures: Sequence[QuarterFigures | TeamFigures], most: int) -> int:
    """How many of those that have a share a chart of so many at most leaves out."""
    return max(0, len(_with_a_share(figures)) - most)


def _with_a_share(figures: Sequence[_F]) -> list[_F]:
    return [each for each in figures if each.shares.promised.counted or each.shares.extended.counted]


def _draw_quarters(axes: Axes, names: Sequence[str], tallies: Sequence[tuple[Tally, Tally]]) -> None:
    size = 10 if len(names) <= _FEW else 8
    for n, (colour, offset) in enumerate(((_PROMISED, -_BAR / 2), (_EXTENDED, _BAR / 2))):
        shares = [percent(each[n]) for each in tallies]
        bars = axes.bar([at + offset for at in range(len(names))], [each or 0 for each in shares], _BAR - 0.03)
        _paint(bars, colour)
        axes.bar_label(bars, [_label(each) for each in shares], padding=2, fontsize=size, color=_INK)
    axes.set_xticks(range(len(names)), names)
    axes.set_xlim(-0.6, max(len(names), 4) - 0.4)  # one quarter alone is no wall
    axes.set_ylim(0, 108)
    axes.set_yticks(range(0, 101, 25), [f"{each} %" for each in range(0, 101, 25)])
    axes.grid(axis="y", linewidth=0.8)


def _draw_teams(axes: Axes, names: Sequence[str], tallies: Sequence[tuple[Tally, Tally]]) -> None:
    for n, (colour, offset) in enumerate(((_PROMISED, -_BAR / 2), (_EXTENDED, _BAR / 2))):
        shares = [percent(each[n]) for each in tallies]
        bars = axes.barh([at + offset for at in range(len(names))], [each or 0 for each in shares], _BAR - 0.03)
        _paint(bars, colour)
        axes.bar_label(bars, [_label(each) for each in shares], padding=4, fontsize=10, color=_INK)
    axes.set_xlim(0, 108)
    axes.set_xticks(range(0, 101, 25), [f"{each} %" for each in range(0, 101, 25)])
    _from_the_top(axes, names)


def _draw_medians(axes: Axes, names: Sequence[str], medians: Sequence[float]) -> None:
    bars = axes.barh(range(len(names)), medians, 0.55)
    _paint(bars, _PROMISED)
    axes.bar_label(
        bars, ["1 day" if each == 1 else f"{days(each)} days" for each in medians], padding=4, fontsize=10, color=_INK
    )
    axes.set_xlim(0, max(1.0, *medians) * 1.14)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, steps=[1, 2, 5, 10]))
    _from_the_top(axes, names)


def _from_the_top(axes: Axes, names: Sequence[str]) -> None:
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.45, -0.55)
    axes.grid(axis="x", linewidth=0.8)


def _paint(bars: Any, colour: str) -> None:
    for bar in bars:
        bar.set_facecolor(colour)


def _label(share: int | None) -> str:
    return NONE if share is None else str(share)


def _shortened(name: str) -> str:
    return shortened(" ".join(name.split()), _LONGEST_NAME)


def _drawn(name: str, height: float, draw: Callable[[Axes], None]) -> str:
    """The SVG element of a chart, so high in inches. The same figures make the same text."""
    with mpl.rc_context({**_STYLE, "svg.hashsalt": name}), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")  # the page's font has it
        figure = Figure(figsize=(_WIDTH, height), layout="constrained")
        axes = figure.add_subplot()
        axes.set_axisbelow(True)
        axes.tick_params(length=0)
        axes.spines[["top", "right", "left", "bottom"]].set_visible(False)
        draw(axes)
        written = io.StringIO()
        figure.savefig(written, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    return _for_the_page(written.getvalue(), name)


def _for_the_page(svg: str, name: str) -> str:
    """The element alone, with ids that no other chart has, scaled by the page, hidden from those who hear the table."""
    svg = svg[svg.index("<svg") :]
    for left_out in (r"<!--.*?-->", r"<metadata>.*?</metadata>", r"<style.*?</style>"):
        svg = re.sub(left_out, "", svg, flags=re.DOTALL)
    svg = re.sub(r"<[^<>]*>", lambda tag: _for_one_chart(tag[0], name), svg)  # not what stands between the tags
    svg = re.sub(r' (?:width|height)="[\d.]+pt"', "", svg, count=2)
    return svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1).strip()


def _for_one_chart(tag: str, name: str) -> str:
    tag = re.sub(r'((?:\bid|xlink:href)="#?|url\(#)', rf"\g<1>{name}-", tag)
    for colour, role in _ROLES.items():
        tag = tag.replace(colour, f"var(--{role})")
    return tag
