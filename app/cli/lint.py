"""`closeout lint`: every problem of every document, at its exact place."""

from __future__ import annotations

import enum
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Annotated

import typer

from app.cli import terminal
from app.cli.documents import Document, Unreadable, complain_about, gather, without_documents
from app.cli.layouts import choose_layout
from app.cli.options import DocumentsOnly, LayoutName, Paths, PolicyFile, parse_date
from app.cli.policies import read_ground
from app.cli.report import DocumentReport
from app.cli.selection import select_codes
from rules.checking import check
from rules.layouts import Layout
from rules.policy import Policy
from rules.reading import read_bytes
from rules.rule import Context, Severity, iter_rules, registry


class Format(enum.StrEnum):
    """How findings are written."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"


def lint(
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
) -> None:
    """Check postmortems and show every problem at its place.

    Exit status: 0 if there is no error, 1 if there is one, 2 if something could not be read.
    """
    ground = read_ground(policy)
    codes = _selected(select, ignore)
    chosen = choose_layout(layout, ground.policy)
    day = as_of or ground.today()
    reports: list[DocumentReport] = []
    unreadable: list[Unreadable] = []
    for each in gather(paths, ground, documents_only):
        if isinstance(each, Unreadable):
            unreadable.append(each)
        else:
            reports.append(_report(each, ground.policy, chosen, day, codes))
    if (
        reports or not unreadable or output is not Format.TEXT
    ):  # a person who named a wrong file needs no second message
        terminal.write(_formatter(output, all_rules=len(codes) == len(registry()))(reports))
    if not reports and not unreadable:
        terminal.complain(without_documents(paths))
    complain_about(unreadable)
    raise typer.Exit(_status(reports, unreadable))


def _selected(select: Sequence[str] | None, ignore: Sequence[str] | None) -> frozenset[str]:
    try:
        return select_codes(select or (), ignore or (), tuple(iter_rules()))
    except ValueError as problem:
        raise typer.BadParameter(str(problem), param_hint="--select/--ignore") from None


def _report(
    document: Document, policy: Policy, layout: Layout | None, day: date, codes: frozenset[str]
) -> DocumentReport:
    postmortem = read_bytes(document.data, layout, document.repository_path)
    findings = check(postmortem, policy, Context(document.repository_path, day))
    chosen = tuple(finding for finding in findings if finding.rule.code in codes)
    return DocumentReport(document.path, postmortem.source, chosen)


def _formatter(output: Format, *, all_rules: bool) -> Callable[[Sequence[DocumentReport]], str]:
    """The format's function; its module is loaded when it is asked for."""
    match output:
        case Format.JSON:
            from app.cli.format_json import format_json

            return format_json
        case Format.GITHUB:
            from app.cli.format_github import format_github

            return format_github
        case Format.SARIF:
            from importlib.metadata import version

            from app.cli.format_sarif import format_sarif

            return partial(format_sarif, version=version("closeout"))
        case Format.TEXT:
            from app.cli.format_text import format_text

            return partial(format_text, width=terminal.width(), colour=terminal.wants_colour(), all_rules=all_rules)


def _status(reports: Sequence[DocumentReport], unreadable: Sequence[Unreadable]) -> int:
    if unreadable:
        return terminal.WRONG_USE
    return int(any(finding.severity is Severity.ERROR for report in reports for finding in report.findings))
