"""The lines that `closeout demo --serve` prints open its sandbox to another shell, at the story's time."""

from __future__ import annotations

import asyncio
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli.commands import app
from app.demo.clock import StoryClock
from app.demo.other_shell import FOR_ANOTHER_SHELL, KEY_FILE, lines_for_another_shell
from app.demo.story import service_environment, set_scene
from app.sandbox.driver import Sandbox

_YEARS_AHEAD = datetime(2031, 5, 5, 9, 0, tzinfo=UTC)


async def run(script: str) -> tuple[int | None, str, str]:
    process = await asyncio.create_subprocess_exec(
        "sh", "-c", script, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    out, complaints = await asyncio.wait_for(process.communicate(), 60)
    return process.returncode, out.decode(), complaints.decode()


@pytest.mark.parametrize("command", ["plan acme/postmortems", "report acme/postmortems"])
async def test_pasted_into_a_shell_they_let_a_command_look_at_the_sandbox(tmp_path: Path, command: str) -> None:
    clock = StoryClock(tmp_path / "clock")
    clock.set(_YEARS_AHEAD)
    async with Sandbox(clock=clock) as github:
        set_scene(github)
        lines = lines_for_another_shell(service_environment(github, tmp_path), tmp_path, clock.file)
        status, out, complaints = await run(f"CLOSEOUT_PRIVATE_KEY=another\n{lines}\ncloseout {command}")
    assert (status, complaints) == (0, "")
    assert "as of 2031-05-05" in out


async def test_the_key_is_in_a_file_for_its_owner_alone_and_not_among_the_lines(tmp_path: Path) -> None:
    (tmp_path / KEY_FILE).write_text("an older one, which all may read")
    async with Sandbox() as github:
        lines = lines_for_another_shell(service_environment(github, tmp_path), tmp_path, tmp_path / "clock")
        assert (tmp_path / KEY_FILE).read_text("ascii") == github.private_key
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600
    assert "PRIVATE KEY-" not in lines


def test_what_to_type_there_is_said_on_lines_that_no_terminal_breaks() -> None:
    lines = FOR_ANOTHER_SHELL.splitlines()
    assert "    closeout plan acme/postmortems" in lines
    assert "not `.venv/bin/closeout`" in FOR_ANOTHER_SHELL
    assert max(map(len, lines)) < 80


def test_a_file_where_the_folder_should_be_is_said_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    result = CliRunner().invoke(app, ["demo", "--out", str(tmp_path / "taken" / "demo")])
    assert result.exit_code == 2
    assert "choose another one with --out" in result.stderr
