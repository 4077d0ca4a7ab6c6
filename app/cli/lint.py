"""`closeout lint`: every problem of every document, at its exact place."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from app.cli.cache import NO_CACHE
from app.cli.linting import Format, Request, run_lint
from app.cli.options import DocumentsOnly, LayoutName, Paths, PolicyFile, parse_date
from app.cli.selection import selected_codes
from rules.rule import registry


def lint(
    context: typer.Context,
    paths: Paths,
    policy: PolicyFile = None,
    layout: LayoutName = None,
    select: Annotated[
        list[str] | None,
        typer.Option(metavar="RULE", help="Report these rules only: codes, beginnings of codes (CO4), names."),
    ] = None,
    ignore: Annotated[list[str] | None, typer.Option(metavar="RULE", help="Leave these rules out.")] = None,
    output: Annotated[Format, typer.Option("--format", help="How to write the findings.")] = Format.TEXT,
    as_of: Annotated[
        date | None,
        typer.Option(parser=parse_date, metavar="DATE", help="Check as if it were that day. Default: today."),
    ] = None,
    documents_only: DocumentsOnly = False,
    no_cache: Annotated[
        bool, typer.Option(NO_CACHE, help="Check every document again, and remember nothing of it.")
    ] = False,
) -> None:
    """Check postmortems and show every problem at its place.

    Exit status: 0 if there is no error, 1 if there is one, 2 if something could not be read.
    """
    codes = selected_codes(select, ignore)
    chosen = codes if len(codes) < len(registry()) else None
    request = Request(paths, policy, layout, chosen, output, as_of, documents_only)
    raise typer.Exit(run_lint(request, None if no_cache else context.obj))
