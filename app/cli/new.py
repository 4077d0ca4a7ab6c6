"""`closeout new`: a postmortem to fill in, from a template."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

from app.cli import terminal
from app.cli.layouts import named_layout
from app.cli.options import parse_date
from app.cli.placing import NoPlace, is_looked_at, place_for
from app.cli.policies import Ground, read_ground
from rules.layouts import LAYOUTS, Layout, layout_from
from rules.policy import Policy

_LONGEST_SLUG = 60  # characters
_HEADLINE = "<what happened, in one line>"
_DATE = "YYYY-MM-DD"
_NOT_IN_A_SLUG = re.compile(r"[\W_]+")
_COMBINING = "Mn"
_USUAL = "closeout"
_NAMES = ", ".join(sorted({layout.name for layout in LAYOUTS.values()}))


def new(
    headline: Annotated[
        str, typer.Argument(metavar="HEADLINE", help="What happened, in one line.", show_default=False)
    ],
    day: Annotated[
        date | None,
        typer.Option("--date", parser=parse_date, metavar="DATE", help="The day of the incident. Default: today."),
    ] = None,
    out: Annotated[
        str | None,
        typer.Option(
            metavar="PATH",
            help="Where to write: a file, or a folder. Default: where the policy looks, else postmortems/.",
        ),
    ] = None,
    layout: Annotated[
        str | None,
        typer.Option(metavar="NAME", help=f"The house style: {_NAMES}. Default: the policy's, else {_USUAL}."),
    ] = None,
) -> None:
    """Write a postmortem to fill in.

    It comes from a template, with its headline and date filled in.
    """
    title = " ".join(headline.split())
    if not title:
        raise typer.BadParameter("say in a few words what happened", param_hint="HEADLINE")
    ground = read_ground(None)
    when = day or ground.today()
    file = _place(f"{when.isoformat()}-{slug(title)}.md", out, ground)
    made = _create(file, fill_in(_template(layout, ground.policy), title, when))
    if made is not None:
        terminal.write(f"Made the folder {terminal.printable(made.as_posix())}/\n")
    terminal.write(
        f"{terminal.printable(file.as_posix())}\n"
        f"Fill it in, then run: closeout lint {_quoted(terminal.printable(file.as_posix()))}\n"
    )
    _warn_unless_looked_at(file, ground)


def _place(name: str, out: str | None, ground: Ground) -> Path:
    try:
        return place_for(name, out, ground)
    except NoPlace as problem:
        raise typer.BadParameter(str(problem), param_hint="--out") from None


def _warn_unless_looked_at(file: Path, ground: Ground) -> None:
    """Say that nothing will check a file, where the policy's globs leave it out."""
    if is_looked_at(file, ground):
        return
    globs = ", ".join(ground.policy.documents)
    terminal.complain(
        f"{file.as_posix()} is no postmortem by the policy, whose `documents` are {globs}: "
        "nothing will check it. Move it there, or add it to them"
    )


def fill_in(template: str, headline: str, day: date) -> str:
    """The template with its headline, and its first date, which is the incident's."""
    return template.replace(_DATE, day.isoformat(), 1).replace(_HEADLINE, headline, 1)


def slug(headline: str) -> str:
    """The headline as a part of a file name: lower case, words joined by hyphens, letters without accents."""
    letters = "".join(
        character
        for character in unicodedata.normalize("NFKD", headline.lower())
        if unicodedata.category(character) != _COMBINING
    )
    words = _NOT_IN_A_SLUG.sub("-", unicodedata.normalize("NFC", letters)).strip("-")
    if len(words) > _LONGEST_SLUG:
        words = words[: _LONGEST_SLUG + 1].rpartition("-")[0] or words[:_LONGEST_SLUG]
    return words or "incident"


def _style(name: str | None, policy: Policy) -> Layout:
    """The house style that was named, else the policy's, if that is one of ours, else Closeout's own."""
    if name is not None:
        return named_layout(name)
    return LAYOUTS[policy.layout if isinstance(policy.layout, str) and policy.layout in LAYOUTS else _USUAL]


def _template(name: str | None, policy: Policy) -> str:
    """The house style's template; with the policy's own headings, where it has any and no style was named."""
    style = _style(name, policy)
    text = (files("rules") / "templates" / f"{style.name}.md").read_text("utf-8")
    own = layout_from(policy.layout) if name is None and not isinstance(policy.layout, str) else None
    return text if own is None else "".join(_headed(line, style, own) for line in text.splitlines(keepends=True))


def _headed(line: str, style: Layout, own: Layout) -> str:
    """The line; one that is the heading of a section, with what the policy calls that section."""
    marks, _, title = line.rstrip("\n").partition(" ")
    kind = style.own_kind_of(title) if marks == "##" else None
    return f"## {own.headings[kind][0]}\n" if kind is not None and own.headings.get(kind) else line


def _create(file: Path, text: str) -> Path | None:
    """Write the file. Returns the folder that had to be made for it, the uppermost one; None if it was there."""
    missing = [folder for folder in file.parents if not folder.exists()]
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8", newline="\n") as opened:
            opened.write(text)
    except FileExistsError:
        raise terminal.give_up(f"{file.as_posix()} is there already; choose another place with --out") from None
    except OSError as problem:
        raise terminal.give_up(f"{file.as_posix()}: cannot write it: {problem.strerror or problem}") from None
    return missing[-1] if missing else None


def _quoted(path: str) -> str:
    return f'"{path}"' if " " in path else path
