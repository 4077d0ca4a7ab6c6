from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.test_process import environment, run


@pytest.fixture
def bytecode(tmp_path: Path) -> Path:
    """The folder in which the runs of a test keep their bytecode."""
    return tmp_path / "bytecode"


def kept_in(folder: Path) -> list[Path]:
    return list(folder.rglob("*.patterns"))


def lint(bytecode: Path, **changes: str) -> subprocess.CompletedProcess[bytes]:
    settings = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(bytecode), **changes}
    return run("lint", "--no-cache", "postmortems/bad.md", **settings)


def test_the_second_run_says_what_the_first_said(repository: Path, bytecode: Path) -> None:
    first = lint(bytecode)
    [kept] = kept_in(bytecode)
    size = kept.stat().st_size
    second = lint(bytecode)
    assert (second.returncode, second.stdout) == (first.returncode, first.stdout)
    assert kept_in(bytecode) == [kept]
    assert kept.stat().st_size == size


def test_nothing_is_kept_where_python_may_write_no_bytecode(repository: Path, bytecode: Path) -> None:
    assert lint(bytecode, PYTHONDONTWRITEBYTECODE="1").returncode == 1
    assert kept_in(bytecode) == []


@pytest.mark.parametrize("damage", [b"", b"\x00" * 10, b"not this", b"(\x02\x00\x00\x00N"])
def test_a_damaged_file_is_written_anew(repository: Path, bytecode: Path, damage: bytes) -> None:
    first = lint(bytecode)
    [kept] = kept_in(bytecode)
    whole = kept.read_bytes()
    kept.write_bytes(damage)
    again = lint(bytecode)
    assert (again.returncode, again.stdout, again.stderr) == (first.returncode, first.stdout, first.stderr)
    assert len(kept.read_bytes()) == len(whole)


def test_all_can_be_compiled_ahead(bytecode: Path) -> None:
    command = (sys.executable, "-m", "app.cli.pattern_file")
    subprocess.run(command, env=environment(PYTHONPYCACHEPREFIX=str(bytecode)), check=True)
    [kept] = kept_in(bytecode)
    assert kept.stat().st_size > 100_000
