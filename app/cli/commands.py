"""Which commands there are.

A command is one function in a module of its own. `COMMANDS` names it, and it is imported when it is called (or listed
by `--help`), so that `closeout lint` never pays for what `closeout serve` needs.
"""

from __future__ import annotations

from importlib import import_module
from typing import Annotated, Any, cast

import typer
from typer.core import TyperGroup
from typer.main import get_command

from app.cli.usage import PlainCommand

# name on the command line -> module and function, in the order of `closeout --help`
COMMANDS = {
    "lint": "app.cli.lint:lint",
    "fix": "app.cli.fix:fix",
    "inspect": "app.cli.inspecting:inspect",
    "new": "app.cli.new:new",
    "rules": "app.cli.catalogue:list_rules",
    "rule": "app.cli.catalogue:explain_rule",
    "policy": "app.cli.policy:policy",
    "serve": "app.cli.serving:serve_command",
    "plan": "app.cli.planning:plan_command",
    "report": "app.cli.reporting:report_command",
    "demo": "app.demo.command:demo",
}
# what people type who know other linters -> what it is called here; in no list, and with no need to remember it
_ALSO_CALLED = {"explain": "rule", "describe": "rule", "why": "rule"}


class _CommandsOnDemand(TyperGroup):
    """A group that imports a command when it is asked for."""

    def list_commands(self, ctx: object) -> list[str]:
        """The names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: object, cmd_name: str) -> Any:
        """The command of that name, or None."""
        # For a suggestion after a typo, only the names are looked at.
        self.commands = cast("dict[str, Any]", dict.fromkeys(COMMANDS))
        name = _ALSO_CALLED.get(cmd_name, cmd_name)
        return _load(name) if name in COMMANDS else None


def _load(name: str) -> Any:
    module, _, function = COMMANDS[name].partition(":")
    command = getattr(import_module(module), function)
    if isinstance(command, typer.Typer):  # a group, such as `policy`
        return get_command(command)
    single = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    single.command(name, cls=PlainCommand)(command)
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
        from app.build import installed_build

        typer.echo(f"closeout {installed_build()}")
        raise typer.Exit


@app.callback()
def _closeout(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and stop.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """Hold postmortems to their promises."""
