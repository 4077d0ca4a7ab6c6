"""`closeout rules` lists the catalogue, `closeout rule` explains one of them."""

from __future__ import annotations

import enum
import json
from collections.abc import Sequence
from typing import Annotated

import typer
from rich import box
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

import rules.checking  # noqa: F401 — registers the rules
from app.cli import terminal
from app.cli.paint import Paint
from app.cli.problem_text import COLOURS, wrap
from app.cli.selection import find_rule, no_such_rule, rules_below
from app.links import rule_page
from rules.rule import Rule, iter_rules

_UNWRAPPED = 10_000  # cells; wide enough for any summary
_TABLE_FROM = 100  # cells; in fewer, a table leaves too little room for what a rule finds
_INDENT = 7


class Format(enum.StrEnum):
    """How the catalogue is written."""

    TEXT = "text"
    JSON = "json"


def list_rules(
    output: Annotated[Format, typer.Option("--format", help="A table, or one JSON object.")] = Format.TEXT,
) -> None:
    """List all rules with their default severities."""
    listed = tuple(iter_rules())
    terminal.write(catalogue_json(listed) if output is Format.JSON else catalogue_text(listed, terminal.width()))


def explain_rule(
    code: Annotated[str, typer.Argument(metavar="CODE", help="A rule's code or name.", show_default=False)],
) -> None:
    """Explain one rule.

    What it finds, why that matters, and what to write instead. The beginning of a code (CO4) lists its family.
    """
    known = tuple(iter_rules())
    found = find_rule(code, known)
    if found is None and (family := rules_below(code, known)):
        terminal.write(catalogue_text(family, terminal.width()))
        return
    if found is None:
        raise terminal.give_up(no_such_rule(code, known))
    page = rule_markdown(found)
    if not terminal.is_terminal():
        terminal.write(page)
        return
    from rich.markdown import Markdown  # not at the top: it brings a Markdown parser and a syntax highlighter

    terminal.write(_render(Markdown(page), terminal.width()))


def catalogue_json(listed: Sequence[Rule]) -> str:
    """The catalogue as one JSON object, one rule a line."""
    entries = ",\n  ".join(json.dumps(_entry(rule), ensure_ascii=False) for rule in listed)
    return f'{{"version": 1, "rules": [\n  {entries}\n]}}\n'


def rule_markdown(rule: Rule) -> str:
    """What there is to know of a rule, as Markdown."""
    from rules.documentation import another_severity  # not at the top: the list of rules does without

    return (
        f"# {rule.code} {rule.name}\n\n"
        f"Severity: {rule.weights}, unless the policy says otherwise.\n\n"
        f"{rule.documentation}\n\n{another_severity(rule)}\n{rule_page(rule)}\n"
    )


def _entry(rule: Rule) -> dict[str, str]:
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity.value,
        "summary": rule.summary,
        "url": rule_page(rule),
    }


def catalogue_text(listed: Sequence[Rule], width: int | None) -> str:
    """The catalogue for people: a table, or a few lines a rule where `width` cells are too few for one."""
    return _render(_table(listed), width) if width is None or width >= _TABLE_FROM else _lines(listed, width)


def _lines(listed: Sequence[Rule], width: int) -> str:
    paint = Paint(terminal.wants_colour())
    indent = " " * _INDENT
    lines: list[str] = []
    for rule in listed:
        severity = paint.bold(rule.weights, COLOURS[rule.severity])
        lines.append(f"{paint.bold(f'{rule.code:<{_INDENT}}')}{rule.name}  {severity}")
        lines += [indent + line for line in wrap(rule.summary, max(width - _INDENT, _INDENT))]
    return "\n".join(lines) + "\n"


def _table(listed: Sequence[Rule]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for title in ("Code", "Severity", "Name"):
        table.add_column(title, no_wrap=True)
    table.add_column("What it finds")
    for rule in listed:
        severity = Text(rule.weights, COLOURS[rule.severity])
        table.add_row(Text(rule.code, "bold"), severity, Text(rule.name), Text(rule.summary))
    return table


def _render(content: RenderableType, width: int | None) -> str:
    console = Console(
        width=width or _UNWRAPPED,
        force_terminal=terminal.wants_colour(),
        no_color=not terminal.wants_colour(),
    )
    with console.capture() as captured:
        console.print(content)
    return "\n".join(line.rstrip() for line in captured.get().split("\n"))
