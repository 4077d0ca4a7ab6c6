"""The command line, installed as `closeout`: which commands there are, and how a run ends.

A command is one function in a module of its own. `_COMMANDS` names it, and it is imported when it is called (or listed
by `--help`), so that `closeout lint` never pays for what `closeout serve` needs.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Annotated, Any, cast

import typer
from typer.core import TyperGroup
from typer.main import get_command

# name on the command line -> module and function, in the order of `closeout --help`
_COMMANDS = {
    "lint": "app.cli.lint:lint",
    "inspect": "app.cli.inspecting:inspect",
    "new": "app.cli.new:new",
    "rules": "app.cli.catalogue:list_rules",
    "rule": "app.cli.catalogue:explain_rule",
    "serve": "app.cli.serving:serve_command",
    "demo": "app.demo.command:demo",
}


class _CommandsOnDemand(TyperGroup):
    """A group that imports a command when it is asked for."""

    def list_commands(self, ctx: object) -> list[str]:
        """The names of all commands."""
        return list(_COMMANDS)

    def get_command(self, ctx: object, cmd_name: str) -> Any:
        """The command of that name, or None."""
        # For a suggestion after a typo, only the names are looked at.
        self.commands = cast("dict[str, Any]", dict.fromkeys(_COMMANDS))
        return _load(cmd_name) if cmd_name in _COMMANDS else None


def _load(name: str) -> Any:
    module, _, function = _COMMANDS[name].partition(":")
    single = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    single.command(name)(getattr(import_module(module), function))
    return get_command(single)


app = typer.Typer(
    cls=_CommandsOnDemand,
    add_completion=False,
    rich_markup_mode=None,  # rich costs more to import than a document takes to lint
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"closeout {version('closeout')}")
        raise typer.Exit


@app.callback()
def _closeout(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and stop.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """Hold postmortems to their promises."""


def main() -> None:
    """Run the command line and exit: 0 clean, 1 findings at error level, 2 wrong use or failure, 130 on Ctrl-C.

    An exception that nobody foresaw ends in one line; with CLOSEOUT_DEBUG set it keeps its traceback.
    """
    _speak_utf8()
    try:
        app(prog_name="closeout")
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as problem:
        if os.environ.get("CLOSEOUT_DEBUG"):
            raise
        sys.stderr.write(
            f"closeout: this should not have happened: {type(problem).__name__}: {problem}\n"
            "Please report it with the traceback that CLOSEOUT_DEBUG=1 adds.\n"
        )
        sys.exit(2)


def _speak_utf8() -> None:
    # Windows and LANG=C would choose an encoding that cannot print a postmortem. What is left are file names that
    # are not UTF-8: they are printed with escapes, which JSON reads back.
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


if __name__ == "__main__":
    main()
