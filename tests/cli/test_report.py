"""`closeout report`: its formats, word for word, and the page as a browser would take it."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from dataclasses import replace
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from app.cli.report_charts import priorities_chart, quarters_chart, teams_chart
from app.cli.report_csv import COLUMNS, report_csv
from app.cli.report_html import report_html
from app.cli.report_json import report_json
from app.cli.report_text import report_text
from app.cli.reported import Report
from app.core.metrics import Metrics
from app.core.promised_items import PromisedItem
from app.render.figures import DEFINITION, percent
from rules.policy import Priority
from tests.cli.conftest import Closeout
from tests.core.promised import DUE, MERGED, a_promise, figures

TODAY = date(2026, 11, 23)
HOSTILE = '</style><script>alert("1")</script> & Söhne \x1b[31m'


def of(*items: PromisedItem, removed: tuple[Priority | None, ...] = ()) -> Report:
    return Report(
        repository="acme/postmortems",
        url="https://github.example/acme/postmortems",
        as_of=TODAY,
        timezone="Europe/Berlin",
        metrics=figures(*items, today=TODAY, removed=removed),
    )


def _promises(team: str) -> list[PromisedItem]:
    items = []
    for n, priority in enumerate([*Priority, Priority.P0] * 6):
        merged = MERGED + timedelta(days=9 * n)
        due = merged + timedelta(days=14)
        closed = merged + timedelta(days=6 + 7 * n % 23)
        items.append(
            a_promise(
                priority=priority,
                merged=merged,
                due=due,
                deadline=due + timedelta(days=14 if n % 5 == 0 else 0),
                team=("payments", team, "")[n % 3],
                closed=closed if closed < TODAY and n % 8 else None,
                declined=n in (4, 10),
            )
        )
    return items


FULL = of(*_promises("search & ranking"), removed=(Priority.P0,))


@pytest.mark.parametrize("report", [FULL, of()], ids=["full", "empty"])
def test_the_text(report: Report, snapshot: SnapshotAssertion) -> None:
    assert report_text(report) == snapshot


@pytest.mark.parametrize("report", [FULL, of()], ids=["full", "empty"])
def test_the_json(report: Report, snapshot: SnapshotAssertion) -> None:
    assert report_json(report) == snapshot


def test_the_csv(snapshot: SnapshotAssertion) -> None:
    assert report_csv(FULL) == snapshot


@pytest.mark.parametrize("report", [FULL, of()], ids=["full", "empty"])
def test_the_page(report: Report, snapshot: SnapshotAssertion) -> None:
    assert re.sub(r"<svg.*?</svg>", "<svg/>", report_html(report), flags=re.DOTALL) == snapshot


@pytest.mark.parametrize("name", ['=HYPERLINK("http://x","y")', "+1", "-1", "@SUM(A1)", "\t=1"])
def test_no_spreadsheet_takes_a_team_for_a_formula(name: str) -> None:
    rows = list(csv.DictReader(io.StringIO(report_csv(of(a_promise(team=name))))))
    assert [each["name"] for each in rows if each["group"] == "team"] == [f"'{name}"]


def test_every_format_tells_the_same() -> None:
    told = json.loads(report_json(FULL))
    rows = list(csv.DictReader(io.StringIO(report_csv(FULL))))
    assert float(rows[0]["share"]) == told["p0"]["promised"]["share"]
    assert [each["name"] for each in rows if each["group"] == "quarter"] == [
        each["quarter"] for each in told["quarters"]
    ]
    number = f"{percent(FULL.metrics.shares.promised)} %"
    assert number in report_text(FULL)
    assert f"<b>{number}</b>" in report_html(FULL)


def test_the_definition_stands_in_every_format_for_people_and_in_the_json() -> None:
    page, text = (" ".join(written.split()) for written in (report_html(FULL), report_text(FULL)))
    for term, meaning in DEFINITION.items():
        assert f"<dt>{term}</dt> <dd>{meaning.replace(chr(39), '&#39;')}</dd>" in page
        assert term in text
    assert json.loads(report_json(FULL))["definition"] == dict(DEFINITION)


def test_the_documentation_says_the_same_and_names_every_column() -> None:
    page = (Path(__file__).parents[2] / "docs" / "follow-through.md").read_text("utf-8")
    for term, meaning in DEFINITION.items():
        assert f"| **{term}** | {meaning} |" in page
    told = json.loads(report_json(FULL))
    for name in (*told, *told["p0"]["promised"], *told["priorities"][0], *told["teams"][0], *COLUMNS):
        assert f"`{name}`" in page


# The page.


class _Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.in_cell = False
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.references: list[str] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.in_cell = tag in {"td", "th"}
        if tag == "tr":
            self.rows.append([])
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name in {"src", "href", "xlink:href"}:
                self.references.append(value or "")

    def handle_endtag(self, tag: str) -> None:
        self.in_cell = False

    def handle_data(self, data: str) -> None:
        self.words.append(data.strip())
        if self.in_cell:
            self.rows[-1].append(data.strip())


def test_the_page_is_one_file_without_javascript_and_with_every_id_once() -> None:
    page = _Page(report_html(FULL))
    assert not {"script", "link", "img", "iframe"} & set(page.tags)
    assert page.tags.count("svg") == 3
    assert len(page.ids) == len(set(page.ids))
    inner = [each.removeprefix("#") for each in page.references if each.startswith("#")]
    assert set(inner) <= set(page.ids)
    assert [each for each in page.references if not each.startswith("#")] == [FULL.url]
    assert "@import" not in report_html(FULL)
    assert set(re.findall(r"url\((.)", report_html(FULL))) <= {"#"}


def _teams(number: int) -> list[PromisedItem]:
    return [replace(each, team=f"team {team:02}") for team in range(number) for each in _promises("x")[:8]]


ONE_QUARTER = of(*(a_promise(due=DUE, deadline=DUE, closed=DUE if n else None) for n in range(3)))
NO_P0 = of(*(replace(each, team="search") for each in _promises("x") if each.priority is not Priority.P0))
FORTY_TEAMS = of(*_teams(40))


@pytest.mark.parametrize(
    "report",
    [FULL, of(), ONE_QUARTER, NO_P0, FORTY_TEAMS],
    ids=["full", "empty", "one quarter", "no P0", "forty teams"],
)
def test_every_figure_on_the_page_is_the_one_in_the_text(report: Report) -> None:
    page, text = _Page(report_html(report)), report_text(report)
    lines = [re.split(r"\s{2,}", line.strip()) for line in text.splitlines()]
    rows = [row for row in page.rows if row[0] not in {"Quarter", "Priority", "Team"}]
    assert rows
    assert [row for row in rows if row not in lines] == []
    assert f"Open now: {report.metrics.open}" in text
    assert f"of {report.metrics.open} open" in page.words


@pytest.mark.parametrize(("number", "said"), [(20, ""), (21, "also has the other one."), (40, "the other 20.")])
def test_a_chart_of_many_teams_says_how_many_are_in_the_table_only(number: int, said: str) -> None:
    words = [each for each in _Page(report_html(of(*_teams(number)))).words if each.startswith("The chart shows")]
    assert [each.endswith(said) for each in words] == ([True] if said else [])


def test_the_page_takes_no_markup_from_a_team_s_name() -> None:
    page = _Page(report_html(of(*_promises(HOSTILE))))
    assert "script" not in page.tags
    assert any("alert(" in each for each in page.words)


@pytest.mark.parametrize("name", ["支払い", "$x^2$", "a" * 200, "%", "#010101", 'id="figure_1"'])
def test_a_team_may_be_called_anything(name: str) -> None:
    chart = teams_chart(of(*_promises(name)).metrics)
    assert chart.startswith("<svg ")
    assert (name if len(name) < 20 else "aaa…") in _shown(chart)


@pytest.mark.parametrize("draw", [quarters_chart, teams_chart, priorities_chart])
def test_a_chart_has_the_page_s_colours_and_is_the_same_every_time(draw: object) -> None:
    assert callable(draw)
    chart = draw(FULL.metrics)
    assert "var(--promised)" in chart
    assert not re.search(r"#0[1-5]0[1-5]0[1-5]", chart)
    assert draw(FULL.metrics) == chart


@pytest.mark.parametrize("draw", [quarters_chart, teams_chart, priorities_chart])
def test_without_figures_there_is_no_chart(draw: object) -> None:
    assert callable(draw)
    empty: Metrics = figures(a_promise(due=DUE), today=DUE)
    assert draw(empty) == ""


def test_a_chart_shows_every_share_of_the_table() -> None:
    words = _shown(quarters_chart(FULL.metrics))
    for each in FULL.metrics.quarters:
        assert f"Q{each.quarter.number} {each.quarter.year}" in words
        assert str(percent(each.shares.promised)) in words


def test_quarters_stand_in_two_lines_with_small_figures_where_they_are_many() -> None:
    many = of(*(a_promise(due=day, merged=day, closed=day) for day in _QUARTERS)).metrics
    chart = quarters_chart(many)
    assert not [each for each in _Page(chart).words if each and re.search(r"20\d\d Q|Q\d 20\d\d", each)]
    assert re.findall(r"font-size: ([\d.]+)px[^>]*>100<", chart) == 24 * ["8"]
    few = quarters_chart(of(*(a_promise(due=day, merged=day, closed=day) for day in _QUARTERS[:4])).metrics)
    assert re.findall(r"font-size: ([\d.]+)px[^>]*>100<", few) == 8 * ["10"]


_QUARTERS = [date(2023 + n // 4, 1 + 3 * (n % 4), 20) for n in range(12)]


def _shown(chart: str) -> str:
    return " ".join(filter(None, _Page(chart).words))


# The command.


def test_without_matplotlib_the_page_is_refused_in_one_line_before_anything_is_asked(
    closeout: Closeout, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    result = closeout("report", "acme/postmortems", "--format", "html")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("closeout report: the charts of --format html need the extra `report`; install")
    assert 'pip install "closeout[report] @ git+https://' in result.stderr
    assert "uv sync --extra report" in result.stderr


def test_what_is_no_repository_is_said(closeout: Closeout) -> None:
    result = closeout("report", "postmortems")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "closeout report: 'postmortems' is not the name of a repository; write it as acme/postmortems\n"
    )
