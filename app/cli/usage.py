"""How a command says what it takes."""

from __future__ import annotations

from typing import Any

from typer.core import TyperCommand


class PlainCommand(TyperCommand):
    """A command whose usage line names what is required as it is: `PATH...`, where typer writes `{PATH...}`."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """The parts of the usage line behind the command's name."""
        return [piece.removeprefix("{").removesuffix("}") for piece in super().collect_usage_pieces(ctx)]
