"""What only a process of its own shows: exit statuses, pipes, terminals, signals."""

from __future__ import annotations

import contextlib
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.cli.conftest import BAD

_ROOT = Path(__file__).parents[2]
_CLOSEOUT = (sys.executable, "-m", "app")


def environment(**changes: str) -> Mapping[str, str]:
    inherited = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "CLOSEOUT_DEBUG")}
    return {**inherited, "PYTHONPATH": str(_ROOT), "TERM": "xterm-256color", **changes}


def run(*arguments: str, **changes: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*_CLOSEOUT, *arguments], capture_output=True, env=environment(**changes), check=False)


def on_a_terminal(*arguments: str, **changes: str) -> str:
    """What is written when standard output is a terminal, 120 cells wide."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*_CLOSEOUT, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=subprocess.DEVNULL,
        env=environment(COLUMNS="120", **changes),
    )
    os.close(theirs)
    written = b""
    while chunk := _read(ours):
        written += chunk
    os.close(ours)
    process.wait()
    return written.decode("utf-8").replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # how Linux says that the other side is closed
        return b""


def test_statuses_reach_the_shell(repository: Path) -> None:
    assert run("lint", "postmortems").returncode == 1
    assert run("lint", "postmortems", "--ignore", "CO").returncode == 0
    assert run("lint", "gone.md").returncode == 2
    assert run("no-such-command").returncode == 2


def test_output_is_utf_8_whatever_the_locale(repository: Path) -> None:
    done = run("lint", "postmortems/bad.md", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert (done.returncode, done.stderr) == (1, b"")
    assert "🎉" in run("inspect", "postmortems/bad.md", LC_ALL="C", PYTHONUTF8="0").stdout.decode("utf-8")


def test_a_reader_that_goes_away_is_no_trouble(repository: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*_CLOSEOUT, "lint", "postmortems"], stdout=writing, stderr=subprocess.PIPE, env=environment(), check=False
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


def test_control_c_is_quiet(repository: Path) -> None:
    os.mkfifo(repository / "slow.yml")
    process = subprocess.Popen(
        [*_CLOSEOUT, "lint", "--policy", "slow.yml", "."],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    writer = opened_by(process, repository / "slow.yml")
    process.send_signal(signal.SIGINT)
    os.close(writer)  # or the signal may come just before the read, which then would wait for ever
    out, err = process.communicate()
    assert (process.returncode, out, err) == (130, b"", b"")


def opened_by(process: subprocess.Popen[bytes], pipe: Path) -> int:
    """Our end of a named pipe, as soon as the process reads the other."""
    while True:
        try:
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:  # nobody reads yet
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=0.01)
                pytest.fail(f"ended early: {process.communicate()}")


def test_a_terminal_gets_colours_unless_they_are_unwanted(repository: Path) -> None:
    assert "\x1b[31m" in on_a_terminal("lint", "postmortems")
    assert "\x1b" not in on_a_terminal("lint", "postmortems", NO_COLOR="1")
    assert "\x1b" not in on_a_terminal("lint", "postmortems", TERM="dumb")


def test_a_rule_is_rendered_on_a_terminal_and_markdown_in_a_pipe(repository: Path) -> None:
    assert "```" not in on_a_terminal("rule", "action-vague")
    assert run("rule", "action-vague").stdout.startswith(b"# CO4")


@pytest.mark.parametrize(("debug", "traceback"), [("", False), ("1", True)])
def test_a_mistake_of_ours_is_one_line_unless_it_is_being_looked_for(
    repository: Path, debug: str, traceback: bool
) -> None:
    program = "import app.__main__ as m, app.cli.commands as c; c.COMMANDS['boom'] = 'tests.cli.boom:boom'; m.main()"
    done = subprocess.run(
        [sys.executable, "-c", program, "boom"], capture_output=True, env=environment(CLOSEOUT_DEBUG=debug), check=False
    )
    assert b"ZeroDivisionError: a mistake" in done.stderr
    assert (b"Traceback" in done.stderr) is traceback
    assert traceback or done.returncode == 2


def test_one_document_is_linted_from_standard_input(repository: Path) -> None:
    done = subprocess.run(
        [*_CLOSEOUT, "lint", "-"], input=BAD.encode(), capture_output=True, env=environment(), check=False
    )
    assert done.returncode == 1
    assert done.stdout.startswith(b"standard input\n")
