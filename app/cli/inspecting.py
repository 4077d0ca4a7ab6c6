"""`closeout inspect`: what was understood of a postmortem, for authors who wonder and for other programs."""

from __future__ import annotations

import enum
from collections.abc import Callable
from functools import partial
from typing import Annotated

import typer

from app.cli import terminal
from app.cli.describe_json import describe_json
from app.cli.describe_text import describe_text
from app.cli.documents import Unreadable, complain_about, gather, without_documents
from app.cli.layouts import choose_layout
from app.cli.options import DocumentsOnly, LayoutName, Paths, PolicyFile
from app.cli.policies import read_ground
from rules.postmortem import Postmortem
from rules.reading import read_bytes


class Format(enum.StrEnum):
    """How documents are described."""

    TEXT = "text"
    JSON = "json"


def inspect(
    paths: Paths,
    policy: PolicyFile = None,
    layout: LayoutName = None,
    output: Annotated[
        Format, typer.Option("--format", help="For people, or one JSON object a line for each document.")
    ] = Format.TEXT,
    documents_only: DocumentsOnly = False,
) -> None:
    """Show what was understood of postmortems.

    Metadata, sections, timeline and action items, with their lines.

    Exit status: 0, or 2 if something could not be read.
    """
    ground = read_ground(policy)
    chosen = choose_layout(layout, ground.policy)
    describe = _describer(output)
    descriptions: list[str] = []
    unreadable: list[Unreadable] = []
    for each in gather(paths, ground, documents_only):
        if isinstance(each, Unreadable):
            unreadable.append(each)
        else:
            descriptions.append(describe(each.path, read_bytes(each.data, chosen, each.repository_path)))
    terminal.write(("\n" if output is Format.TEXT else "").join(descriptions))
    if not descriptions and not unreadable:
        terminal.complain(without_documents(paths, ground, documents_only))
    complain_about(unreadable)
    raise typer.Exit(terminal.WRONG_USE if unreadable else 0)


def _describer(output: Format) -> Callable[[str, Postmortem], str]:
    if output is Format.JSON:
        return describe_json
    return partial(describe_text, width=terminal.width(), colour=terminal.wants_colour())
