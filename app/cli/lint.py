"""`closeout lint`: every problem of every document, at its exact place."""

from __future__ import annotations

import enum
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Annotated

import typer

from app.cli import terminal
from app.cli.cache.replay import NO_CACHE, Answer, Question
from app.cli.documents import Document, Unreadable, complain_about, read_candidates, without_documents
from app.cli.examination import Examination, source_of, terms_for
from app.cli.examining import Memory, examinations
from app.cli.options import DocumentsOnly, LayoutName, Paths, PolicyFile, parse_date
from app.cli.policies import read_ground
from app.cli.recording import observe_policy, record_run
from app.cli.report import DocumentReport
from app.cli.selection import selected_codes
from rules.rule import Severity, registry


class Format(enum.StrEnum):
    """How findings are written."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"


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
    question: Question | None = None if no_cache else context.obj
    seen = observe_policy(policy) if question else None
    ground = read_ground(policy)
    codes = selected_codes(select, ignore)
    terms = terms_for(ground.policy, layout, as_of or ground.today())
    found = read_candidates(paths, ground, seen, documents_only)
    unreadable = [each for each in found if isinstance(each, Unreadable)]
    documents = [each for each in found if isinstance(each, Document)]
    memory = Memory(question.file, question.program, terms) if question else None
    reports = [_report(*each, codes) for each in examinations(documents, terms, memory)]
    answer = _answer(reports, unreadable, _formatter(output, all_rules=len(codes) == len(registry())))
    if question and seen and reports and not unreadable:
        record_run(question, answer, seen, None if as_of else ground)
    if reports or not unreadable or output is not Format.TEXT:  # who named a wrong file needs no second message
        terminal.write(answer.output)
    if not reports and not unreadable:
        terminal.complain(without_documents(paths))
    complain_about(unreadable)
    raise typer.Exit(answer.status)


def _report(document: Document, examination: Examination, codes: frozenset[str]) -> DocumentReport:
    chosen = tuple(finding for finding in examination.findings if finding.rule.code in codes)
    source = source_of(document.data)
    return DocumentReport(document.path, source, chosen, examination.language, document.repository_path)


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


def _answer(
    reports: Sequence[DocumentReport],
    unreadable: Sequence[Unreadable],
    written: Callable[[Sequence[DocumentReport]], str],
) -> Answer:
    wrong = any(finding.severity is Severity.ERROR for report in reports for finding in report.findings)
    return Answer(written(reports), terminal.WRONG_USE if unreadable else int(wrong))
