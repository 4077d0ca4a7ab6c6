from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine

from app.cli.policies import Ground, find_policy_file, read_ground
from app.links import PROJECT_URL
from rules.policy import Policy
from tests.cli.conftest import Closeout


@pytest.fixture
def nested(tmp_path: Path) -> Path:
    folder = tmp_path / "shop" / "services" / "checkout"
    folder.mkdir(parents=True)
    return folder


def put_policy(folder: Path) -> Path:
    file = folder / ".github" / "closeout.yml"
    file.parent.mkdir()
    file.write_text("version: 1\n")
    return file


def test_the_policy_is_found_from_a_folder_below(tmp_path: Path, nested: Path) -> None:
    file = put_policy(tmp_path / "shop")
    assert find_policy_file(nested, tmp_path / "shop") == file


def test_a_policy_above_the_repository_is_somebody_elses(tmp_path: Path, nested: Path) -> None:
    put_policy(tmp_path)
    assert find_policy_file(nested, tmp_path / "shop") is None


def test_outside_a_repository_only_the_current_folder_counts(tmp_path: Path, nested: Path) -> None:
    put_policy(tmp_path / "shop")
    assert find_policy_file(nested, None) is None
    assert find_policy_file(tmp_path / "shop", None) is not None


def test_without_a_policy_file_the_defaults_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    assert read_ground(None) == Ground(Policy(), tmp_path)


def test_today_is_the_day_in_the_policy_s_zone() -> None:
    with time_machine.travel(datetime(2026, 5, 4, 23, 30, tzinfo=UTC)):
        assert Ground(Policy(timezone="Asia/Tokyo"), Path()).today() == date(2026, 5, 5)
        assert Ground(Policy(), Path()).today() == date(2026, 5, 4)


def test_a_run_under_a_broken_policy_says_where_it_is_broken_and_how_to_see_all(
    repository: Path, closeout: Closeout
) -> None:
    put_policy(repository).write_text("enforc: true")
    result = closeout("lint", "postmortems")
    assert result.exit_code == 2
    first, second = result.stderr.splitlines()
    assert first == "closeout: .github/closeout.yml:1:1: There is no key `enforc`. Did you mean `enforce`?"
    assert second.startswith(
        "closeout: no document was looked at; `closeout policy check .github/closeout.yml` shows all"
    )


@pytest.fixture
def without_holidays(repository: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A policy that names a country, where the package that knows its holidays is not installed."""
    monkeypatch.setitem(sys.modules, "holidays", None)
    put_policy(repository).write_text("calendar: {holidays: [DE, 2026-05-05]}")
    return repository


def test_a_country_for_which_the_extra_is_missing_is_not_checked_and_tells_the_command_that_installs_it(
    without_holidays: Path, closeout: Closeout
) -> None:
    run = closeout("policy", "check")
    told = " ".join(run.stdout.split())
    assert run.exit_code == 0
    assert "This cannot be checked here. `DE` needs the public holidays, which are not installed." in told
    assert f'To have the extra, install it by: pip install "closeout[holidays] @ git+{PROJECT_URL}", or' in told
    assert ".venv/bin/uv sync --extra holidays" in told
    assert "The policy is valid, with 1 warning." in told
    assert json.loads(closeout("policy", "check", "--format", "json").stdout)["valid"]


def test_where_the_extra_is_missing_the_policy_holds_without_the_country(
    without_holidays: Path, closeout: Closeout
) -> None:
    ground = read_ground(None)
    assert ground.policy.calendar.holidays == (date(2026, 5, 5),)
    assert ground.unknown_regions == ("DE",)
    assert closeout("lint", "postmortems").exit_code == 1
    fixed = closeout("fix", "--diff", "postmortems")
    assert fixed.exit_code == 1
    assert "default deadlines are counted without the public holidays of DE" in fixed.stderr


def test_a_country_that_is_not_known_tells_of_no_extra(repository: Path, closeout: Closeout) -> None:
    put_policy(repository).write_text("calendar: {holidays: XX}")
    assert "pip install" not in closeout("policy", "check").stdout
