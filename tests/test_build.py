"""Which build runs can be seen: its version, and the commit that the installer recorded."""

from __future__ import annotations

import json
from importlib.metadata import Distribution
from pathlib import Path

import pytest

from app.build import Build, build_of

COMMIT = "26618cc3f0f1c5d6f1b9a0e6c7d8e9fa0b1c2d3e"
URL = "https://github.com/closeout-app/closeout"


def installed(folder: Path, direct_url: str | None) -> Distribution:
    info = folder / "closeout-0.1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.4\nName: closeout\nVersion: 0.1.0\n")
    if direct_url is not None:
        (info / "direct_url.json").write_text(direct_url)
    return Distribution.at(info)


def test_installed_from_a_repository_it_names_the_commit(tmp_path: Path) -> None:
    recorded = {"url": URL, "vcs_info": {"vcs": "git", "requested_revision": "main", "commit_id": COMMIT}}
    build = build_of(installed(tmp_path, json.dumps(recorded)))
    assert build == Build("0.1.0", COMMIT)
    assert str(build) == f"0.1.0 (commit {COMMIT})"


@pytest.mark.parametrize(
    "recorded",
    [None, "", '{"url": "file:///src", "dir_info": {"editable": true}}', '{"vcs_info": null}', "[]", "not JSON"],
)
def test_where_no_commit_was_recorded_it_names_the_version(tmp_path: Path, recorded: str | None) -> None:
    assert str(build_of(installed(tmp_path, recorded))) == "0.1.0"
