"""Where the pages about the rules are: with the project, or with the fork that somebody runs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.links import project_url, rule_page
from rules.rule import iter_rules

PAGES = Path(__file__).parents[2] / "docs" / "rules"


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ("", "https://github.com/closeout-app/closeout"),
        ("https://github.example.com/tools/closeout/", "https://github.example.com/tools/closeout"),
        ("github.com/acme/closeout", "https://github.com/acme/closeout"),
        ("http://localhost:3000/closeout", "http://localhost:3000/closeout"),
    ],
)
def test_a_fork_names_its_own_address(named: str, expected: str) -> None:
    assert project_url({"CLOSEOUT_PROJECT_URL": named}) == expected


def test_without_one_it_is_the_projects() -> None:
    assert project_url({}) == project_url({"CLOSEOUT_PROJECT_URL": ""})


def test_every_rule_links_to_a_page_that_is_there() -> None:
    assert all((PAGES / rule_page(rule).rpartition("/")[2]).is_file() for rule in iter_rules())


def test_a_known_answer_is_not_given_again_with_another_address(tmp_path: Path) -> None:
    document = tmp_path / "postmortem.md"
    document.write_text("# Postmortem: Checkout failed\n\n## Timeline\n\n- 10:32 It broke.\n", "utf-8")

    def first_url(address: str) -> str:
        environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache"), "CLOSEOUT_PROJECT_URL": address}
        command = [sys.executable, "-m", "app", "lint", str(document), "--format", "json"]
        root = PAGES.parents[1]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=root)
        url: str = json.loads(done.stdout)["findings"][0]["url"]
        return url

    assert first_url("").startswith("https://github.com/closeout-app/closeout/blob/main/docs/rules/CO")
    assert first_url("git.example.com/closeout").startswith("https://git.example.com/closeout/blob/main/docs/rules/CO")
