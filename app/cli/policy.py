"""`closeout policy`: check, complete and begin the policy file `.github/closeout.yml`."""

from __future__ import annotations

import typer

from app.cli.policy_check import check
from app.cli.policy_init import init
from app.cli.policy_schema import schema
from app.cli.usage import PlainCommand

policy = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    help="Check the policy file, begin one, or print its JSON Schema.",
)
policy.command("check", cls=PlainCommand)(check)
policy.command("init", cls=PlainCommand)(init)
policy.command("schema", cls=PlainCommand)(schema)
