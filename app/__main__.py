"""How a run of `closeout` begins and ends. The commands are in `app.cli.commands`.

What this module imports is loaded by every run, also by one whose answer is known already (`app.cli.cache.replay`) and
which is over before the command line would have been loaded. So everything else is imported where it is needed.
"""

from __future__ import annotations

import gc
import os
import sys

from app.cli import terminal
from app.cli.cache import NO_CACHE

TYPE_CHECKING = False  # as type checkers know it; typing takes longer to import than a known answer to find
if TYPE_CHECKING:
    from typing import NoReturn

    from app.cli.cache.replay import Question

_QUICK = "lint"  # the command that editors and hooks run over and over


def main() -> NoReturn:
    """Run the command line and exit: 0 clean, 1 findings at error level, 2 wrong use or failure, 130 on Ctrl-C."""
    gc.set_threshold(50_000)  # a run is short and keeps most of what it makes: looking for waste took a tenth of it
    status = run(sys.argv[1:])
    if sys.argv[1:2] == [_QUICK]:
        _leave(status)
    sys.exit(status)


def run(arguments: list[str]) -> int:
    """Run the command line; the exit status.

    An exception that nobody foresaw ends in one line; with CLOSEOUT_DEBUG set it keeps its traceback.
    """
    _speak_utf8()
    try:
        return _answer(arguments)
    except SystemExit as ending:
        return ending.code if isinstance(ending.code, int) else int(ending.code is not None)
    except KeyboardInterrupt:
        return 130
    except Exception as problem:
        if os.environ.get("CLOSEOUT_DEBUG"):
            raise
        sys.stderr.write(
            f"closeout: this should not have happened: {type(problem).__name__}: {problem}\n"
            "Please report it with the traceback that CLOSEOUT_DEBUG=1 adds.\n"
        )
        return 2


def _answer(arguments: list[str]) -> int:
    if arguments[:1] == [_QUICK]:
        return _lint(arguments)
    from app.cli.pattern_file import kept_patterns

    with kept_patterns():
        return _command(arguments, None)


def _lint(arguments: list[str]) -> int:
    """Say again what was said to the same question, if nothing has changed since, else check."""
    question = None
    if NO_CACHE not in arguments:
        from app.cli.cache import replay

        question = replay.ask(arguments)
        if question is not None and (answer := replay.recall(question)) is not None:
            terminal.write(answer.output)
            return answer.status
    from app.cli.pattern_file import kept_patterns

    with kept_patterns():
        from app.cli.plain_lint import read_plain

        request = read_plain(arguments[1:])
        if request is None:
            return _command(arguments, question)
        from app.cli.linting import run_lint

        return run_lint(request, question)


def _command(arguments: list[str], question: Question | None) -> int:
    from app.cli.commands import app

    status: int | None = app(arguments, prog_name="closeout", obj=question)
    return status or 0


def _leave(status: int) -> NoReturn:
    """End the process at once: taking the interpreter apart takes as long as checking five documents."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:  # whoever read it is gone
        status = status or 1
    os._exit(status)


def _speak_utf8() -> None:
    # Windows and LANG=C would choose an encoding that cannot print a postmortem. What is left are file names that
    # are not UTF-8: they are printed with escapes, which JSON reads back.
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


if __name__ == "__main__":
    main()
