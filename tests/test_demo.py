"""`closeout demo` ends well, tells the story, and leaves a page that needs nothing else."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path


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
    for shown in ("Dana merges, and what was promised becomes issues", "due 2026-11-30", "ana", "due 2026-12-14"):
        assert shown in done.stdout
    last = page.rpartition('<article class="step">')[2]
    assert last.count('class="issue"') == 3
    assert "1 of 2 done" in last
    assert "| 2026" not in last  # tables are tables
    assert "Done: blocking the card provider" in last
    assert "PRIVATE KEY" not in (tmp_path / "serve.log").read_text(encoding="utf-8")
