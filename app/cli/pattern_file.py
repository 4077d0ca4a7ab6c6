"""The rules' regular expressions, compiled, on disk: to compile them takes a third of a run over one document.

They are kept as Python keeps bytecode: beside it, for this very Python, written by a run that needs them unless Python
was told to write none, and lost without harm. Who could change them could change the program itself.
`python -m app.cli.pattern_file` writes those of all modules at once, as `python -m compileall` writes bytecode.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from rules import patterns
from rules.pattern_codes import Codes, PatternCodes, form
from rules.patterns import Pattern

_MOST = 2000  # patterns; in a file of more, most are of former versions


@contextlib.contextmanager
def kept_patterns() -> Iterator[None]:
    """Have patterns compiled with what earlier runs have kept, and keep what this one adds if it may write bytecode.

    To be entered before the rules are loaded: some patterns are used by that.
    """
    path = _path()
    if path is None:
        yield
        return
    codes = PatternCodes(_read(path))
    patterns.compile_with(codes.compile)
    try:
        yield
    finally:
        if codes.has_grown and not sys.dont_write_bytecode:
            _write(path, codes.known)


def _path() -> Path | None:
    """Where they are; None where Python keeps no bytecode."""
    bytecode = patterns.__spec__.cached if patterns.__spec__ else None
    return Path(bytecode).with_suffix(".patterns") if bytecode else None


def _read(path: Path) -> Codes:
    try:
        written_for, known = marshal.loads(path.read_bytes())  # noqa: S302 — as Python reads the bytecode beside it
        return dict(known) if written_for == form() and len(known) <= _MOST else {}
    except (OSError, ValueError, EOFError, TypeError):
        return {}


def _write(path: Path, known: Codes) -> None:
    unfinished = path.with_suffix(f".{os.getpid()}")  # so that no other run reads half of it
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            unfinished.write_bytes(marshal.dumps((form(), known)))
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)


def main() -> None:
    """Compile and keep the patterns of all modules that check documents."""
    import rules.checking  # noqa: F401 — it loads them

    path = _path()
    if path is None:
        return
    codes = PatternCodes(_read(path))
    for module in [module for name, module in sys.modules.items() if name.startswith("rules.")]:
        for each in vars(module).values():
            if isinstance(each, Pattern):
                codes.compile(each.pattern, each.flags)
    if codes.has_grown:
        _write(path, codes.known)


if __name__ == "__main__":
    main()
