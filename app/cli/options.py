"""The options that several commands share, so that they read the same everywhere."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def parse_date(text: str) -> date:
    """A calendar date, `YYYY-MM-DD`. Raises typer.BadParameter for anything else."""
    try:
        if _ISO_DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise typer.BadParameter(f"{text!r} is not a date; write it as 2026-05-04")


Paths = Annotated[
    list[str],
    typer.Argument(metavar="PATH...", help="Files and folders; - is standard input.", show_default=False),
]
PolicyFile = Annotated[
    Path | None,
    typer.Option(
        "--policy", metavar="FILE", help="The policy. Default: the repository's .github/closeout.yml, if it has one."
    ),
]
LayoutName = Annotated[
    str | None,
    typer.Option(
        "--layout", metavar="NAME", help="The house style. Default: the policy's, else auto (by the headings)."
    ),
]
DocumentsOnly = Annotated[
    bool,
    typer.Option(
        "--documents-only", help="Leave out named files that are no postmortems by the policy or by their headings."
    ),
]
