"""How fast `closeout lint` is, beside rumdl (Rust) and markdownlint-cli2 (Node), which check Markdown, not postmortems.

    python -m bench.lint [--documents 1000] [--runs 5]

Each figure is a whole process with its output thrown away, the median of several runs, on documents that
`bench.postmortems` makes. *Checked* is a run that remembers nothing (`--no-cache`), though Python's bytecode is there,
and the compiled patterns beside it.
*Nothing changed* is a later run with each program's own cache; markdownlint-cli2 has none.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bench.postmortems import write_postmortems

_MARKDOWNLINT = "markdownlint-cli2@0.22.1"
_INSTALLED = Path("build", "bench", "npm").absolute()
_FOLDER = "postmortems"


@dataclass(frozen=True, slots=True)
class Tool:
    """A linter as a command line, to which paths are added; `cached` where it remembers documents."""

    name: str
    checking: Sequence[str]
    cached: Sequence[str] | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """Seconds: all documents checked, all again with nothing changed, one checked. None where there is no such run."""

    checked: float
    unchanged: float | None
    single: float


def tools() -> list[Tool]:
    """Closeout first; then those that can be had, with a line about those that cannot."""
    closeout = (sys.executable, "-m", "app", "lint")
    found = [Tool("closeout", (*closeout, "--no-cache"), closeout)]
    if rumdl := shutil.which("rumdl", path=Path(sys.executable).parent):
        found.append(Tool("rumdl", (rumdl, "check", "--no-cache"), (rumdl, "check")))
    else:
        print("rumdl is not installed; `make bench` installs it")
    if markdownlint := _markdownlint():
        found.append(Tool("markdownlint-cli2", (markdownlint,)))
    return found


def _markdownlint() -> str | None:
    program = _INSTALLED / "node_modules" / ".bin" / "markdownlint-cli2"
    if program.exists():
        return str(program)
    npm = shutil.which("npm")
    if npm is None:
        print("markdownlint-cli2 is left out: there is no Node here")
        return None
    _INSTALLED.mkdir(parents=True, exist_ok=True)
    command = (npm, "install", "--silent", "--no-fund", "--no-audit", "--prefix", str(_INSTALLED), _MARKDOWNLINT)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"markdownlint-cli2 is left out, since npm could not install it: {done.stderr.strip()[:200]}")
        return None
    return str(program)


def measure(tool: Tool, folder: Path, runs: int) -> Figures:
    environment = {
        **os.environ,
        "PYTHONPATH": str(Path.cwd()),
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
        "XDG_CACHE_HOME": str(folder / "cache"),
    }
    one = f"{_FOLDER}/{min(path.name for path in (folder / _FOLDER).iterdir())}"

    def run(*command: str) -> Callable[[], None]:
        def once() -> None:
            done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
            if done.returncode not in (0, 1):
                raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}: {done.stderr.decode()[-500:]}")

        return once

    many = f"{_FOLDER}/*.md" if tool.name.startswith("markdownlint") else _FOLDER
    checked = median_of(runs, run(*tool.checking, many))
    unchanged = median_of(runs, run(*tool.cached, many)) if tool.cached else None
    return Figures(checked, unchanged, median_of(3 * runs, run(*tool.checking, one)))


def median_of(runs: int, once: Callable[[], None]) -> float:
    """Seconds that `once` takes, after a run that is not counted: it writes bytecode and caches."""
    once()
    seconds = []
    for _ in range(runs):
        begun = time.perf_counter()
        once()
        seconds.append(time.perf_counter() - begun)
    return statistics.median(seconds)


def in_process(folder: Path) -> float:
    """Milliseconds that reading and checking a document takes in a process that has done it before."""
    from rules.checking import check
    from rules.policy import Policy
    from rules.reading import read_bytes
    from rules.rule import Context

    paths = sorted((folder / _FOLDER).iterdir())
    documents = [(path.name, path.read_bytes()) for path in paths]
    policy, today = Policy(), date(2026, 1, 1)

    def examine(some: Sequence[tuple[str, bytes]]) -> float:
        begun = time.perf_counter()
        for name, data in some:
            check(read_bytes(data, None, name), policy, Context(name, today))
        return (time.perf_counter() - begun) / len(some) * 1000

    examine(documents[:20])
    return examine(documents)


def report(figures: Mapping[str, Figures]) -> None:
    """The figures, and Closeout's as multiples of the others'."""
    _print_row("", "checked", "nothing changed", "one document")
    for name, each in figures.items():
        _print_row(name, *(_shown(seconds) for seconds in (each.checked, each.unchanged, each.single)))
    ours = figures["closeout"]
    for name, theirs in figures.items():
        if theirs is not ours:
            pairs = (ours.checked, theirs.checked), (ours.unchanged, theirs.unchanged), (ours.single, theirs.single)
            _print_row(f"closeout / {name}", *(_ratio(*pair) for pair in pairs))
    _print_row("wanted, / rumdl", "≤ 4", "< 1", "≤ 100 ms")
    _print_row("wanted, / markdownlint", "≤ 0.1", "", "")


def _print_row(name: str, *cells: str) -> None:
    print(f"{name:30}" + "".join(f"{cell:>18}" for cell in cells))


def _shown(seconds: float | None) -> str:
    return "—" if seconds is None else f"{seconds * 1000:,.0f} ms"


def _ratio(ours: float | None, theirs: float | None) -> str:
    return "" if ours is None or theirs is None else f"{ours / theirs:.2f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=5)
    options, _ = parser.parse_known_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        size = write_postmortems(folder / _FOLDER, options.documents)
        print(f"lint, {options.documents:,} documents of {size / options.documents / 1000:.1f} KB on average")
        report({tool.name: measure(tool, folder, options.runs) for tool in tools()})
        print(f"in process: {in_process(folder):.1f} ms a document (wanted ≤ 2)")


if __name__ == "__main__":
    main()
