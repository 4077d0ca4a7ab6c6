"""`closeout demo` ends well, tells the story, and leaves a page that needs nothing else."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app.demo.story import SCENES


def test_the_story_is_told_and_the_page_stands_alone(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "app", "demo", "--out", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert "✗ Postmortem document" in done.stdout
    assert "✓ Postmortem co-author" in done.stdout
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "CO410 action-vague" in page
    assert not re.search(r'(src|href)="(https?:)?//(?!github\.com/closeout-app)', page)
    for shown in (
        "Dana merges, and what was promised becomes issues",
        "Postmortem actions, week 49",
        "@dana, @ana: this P0 is 1 working day late",
        "due 2026-12-08",
        "due 2026-12-14",
        "due 2026-12-08, closed 2026-12-07",
        "due 2026-12-14, closed 2026-12-10",
        "30 days have passed",
        "60 days have passed",
        "90 days have passed",
        "Promised: 2 action items. Done: 2",
        "Postmortem follow-through",
    ):
        assert shown in " ".join(done.stdout.split())
    steps = page.split('<article class="step">')
    assert len(steps) == 1 + SCENES
    kept = next(each for each in steps if "Both keep the dates they moved to" in each)
    assert "Thursday 10 December 2026, 14:00" in kept
    assert kept.count('class="issue"') == 3
    assert "2 of 2 done" in kept
    assert "| 2026" not in page  # tables are tables
    assert "Done: blocking the card provider" in kept
    assert "PRIVATE KEY" not in (tmp_path / "serve.log").read_text(encoding="utf-8")


def test_it_can_be_stopped_after_a_scene_to_go_on_by_hand(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "app", "demo", "--until", "1", "--out", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "index.html").read_text(encoding="utf-8").count('<article class="step">') == 1


def test_a_part_of_the_story_leaves_the_page_of_the_whole_alone(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "app", "demo", "--until", "1"]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=60, check=False, cwd=tmp_path, env=environment
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert [each.name for each in (tmp_path / "build").iterdir()] == ["demo-until-1"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_told_to_end_it_leaves_no_service_behind(tmp_path: Path, number: signal.Signals) -> None:
    command = [sys.executable, "-m", "app", "demo", "--serve", "--out", str(tmp_path)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"}
    ) as running:
        assert running.stdout is not None
        assert "The story begins." in running.stdout.readline()
        running.send_signal(number)
        _, complaints = running.communicate(timeout=60)
    assert (running.returncode, complaints) == (143, "")
    entries = [json.loads(line) for line in (tmp_path / "serve.log").read_text(encoding="utf-8").splitlines()]
    assert entries[-1]["event"] == "stopped"
