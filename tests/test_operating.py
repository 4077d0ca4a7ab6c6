"""The page for whoever runs Closeout names what is there: settings, metrics, log lines, and a query that works."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

from app.build import Build
from app.links import VARIABLE
from app.monitoring import Metrics
from app.queue import QueueDepth
from app.queue.store import Failed, Mark, Store
from app.settings import PREFIX, Settings

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "operating.md").read_text("utf-8")
SECOND = 1_000_000


def _section(title: str) -> str:
    return PAGE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def test_every_setting_is_listed_and_no_other() -> None:
    listed = {
        name for row in _section("Settings").splitlines() for name in re.findall(r"`(CLOSEOUT_[A-Z_]+)`", row[:80])
    }
    read = {PREFIX + name.upper() for name in Settings.model_fields}
    assert listed == read | {VARIABLE, "CLOSEOUT_DEBUG"}


@pytest.mark.parametrize("name", ["api_url", "github_url", "host", "port", "queue"])
def test_the_defaults_are_those_of_the_program(name: str) -> None:
    (row,) = [line for line in _section("Settings").splitlines() if f"`{PREFIX}{name.upper()}`" in line[:60]]
    assert f"`{Settings.model_fields[name].default}`" in row


def test_every_metric_is_explained_and_alerts_are_about_those() -> None:
    metrics = Metrics(Build("1.2.3", ""))
    metrics.webhooks.labels("push", 202).inc()
    metrics.passes.labels("pull", "done").inc()
    metrics.pass_seconds.labels("pull").observe(1)
    metrics.count_request("GET", 200)
    shown = metrics.scrape(QueueDepth(due=0, waiting=1, parked=0)).decode()
    samples = {name for name in re.findall(r"^(closeout_\w+)", shown, re.MULTILINE) if not name.endswith("_created")}
    named = set(re.findall(r"closeout_[a-z_]+", _section("Watch it")))
    assert {re.sub(r"_(bucket|count|sum)$", "", name) for name in samples} == named
    assert set(re.findall(r'state="(\w+)"', _section("Watch it"))) <= set(re.findall(r'state="(\w+)"', shown))


def test_every_log_line_that_it_names_is_written_somewhere() -> None:
    source = "".join(path.read_text("utf-8") for path in (ROOT / "app").rglob("*.py"))
    named = re.findall(
        r"`([a-z][\w ]+)`", _section("What is logged") + _section("The queue").partition("Parked keys")[2]
    )
    assert len(named) > 8
    assert not [event for event in named if not re.search(rf'_log\.\w+\(\s*"{event}"', source)]


def test_its_query_shows_what_is_parked_and_why(tmp_path: Path) -> None:
    query = re.search(r'^    sqlite3 -readonly closeout\.db "(SELECT .*)"$', PAGE, re.MULTILINE)
    assert query is not None
    store = Store(str(tmp_path / "closeout.db"))
    store.write([Mark("pull/1/2/3", 0, again=False)])
    store.claim(SECOND, 1)
    store.write([Failed("pull/1/2/3", 1_779_000_000 * SECOND, None, "GitHub answered 500")])
    other = sqlite3.connect(tmp_path / "closeout.db")
    assert other.execute(query[1]).fetchall() == [("pull/1/2/3", "GitHub answered 500", "2026-05-17 06:40:00")]
    other.close()
    store.close()
