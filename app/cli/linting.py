"""What `closeout lint` does once its command line has been read. Nothing here needs typer, which is slow to load."""

from __future__ import annotations

import enum
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from app.cli import terminal
from app.cli.documents import Document, Unreadable, complain_about, read_candidates, without_documents
from app.cli.examination import Examination, source_of, terms_for
from app.cli.examining import examinations
from app.cli.fixes_ahead import fixes_ahead
from app.cli.policies import read_ground
from app.cli.report import DocumentReport
from rules.rule import Severity

if TYPE_CHECKING:
    from app.cli.cache.replay import Question
    from app.cli.recording import Recording


class Format(enum.StrEnum):
    """How findings are written."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"
    SHORT = "short"


class Request(NamedTuple):
    """What is to be checked, and how it is to be shown.

    Attributes:
        paths: files and folders; `-` is standard input.
        policy: the policy file; None for the repository's, if it has one.
        layout: the house style; None for the policy's.
        codes: the rules to report; None for all.
        output: how to write the findings.
        as_of: the day of the check; None for today.
        documents_only: leave out named files that are no postmortems.
    """

    paths: Sequence[str]
    policy: Path | None = None
    layout: str | None = None
    codes: frozenset[str] | None = None
    output: Format = Format.TEXT
    as_of: date | None = None
    documents_only: bool = False


def run_lint(request: Request, question: Question | None) -> int:
    """Check what was asked for and write what was found; the exit status. With a `question`, remember the answer.

    Raises typer.BadParameter if there is no such layout.
    """
    if question is None:
        return _run(request, None)
    from app.cli.recording import Recording  # not at the top: SQLite and OpenSSL, which only what is remembered needs

    return _run(request, Recording(question, request.policy))


def _run(request: Request, recording: Recording | None) -> int:
    ground = read_ground(request.policy)
    terms = terms_for(ground.policy, request.layout, request.as_of or ground.today())
    found = read_candidates(request.paths, ground, recording.seen if recording else None, request.documents_only)
    unreadable = [each for each in found if isinstance(each, Unreadable)]
    documents = [each for each in found if isinstance(each, Document)]
    memory = recording.memory(terms) if recording else None
    examined = list(examinations(documents, terms, memory))
    reports = [_report(*each, request.codes) for each in examined]
    fixes = fixes_ahead(examined, terms, request.codes) if request.output is Format.TEXT else None
    output, status = _formatter(request, fixes)(reports), _status(reports, unreadable)
    if recording and reports and not unreadable:
        recording.record(output, status, None if request.as_of else ground)
    if reports or request.output is not Format.TEXT:
        terminal.write(output)
    if not reports and not unreadable:
        terminal.complain(without_documents(request.paths, ground, request.documents_only))
    complain_about(unreadable)
    return status


def _report(document: Document, examination: Examination, codes: frozenset[str] | None) -> DocumentReport:
    findings = examination.findings
    chosen = findings if codes is None else tuple(finding for finding in findings if finding.rule.code in codes)
    source = source_of(document.data)
    return DocumentReport(document.path, source, chosen, examination.language, document.repository_path)


def _formatter(request: Request, fixes: int | None) -> Callable[[Sequence[DocumentReport]], str]:
    """The format's function; its module is loaded when it is asked for."""
    match request.output:
        case Format.JSON:
            from app.cli.format_json import format_json

            return format_json
        case Format.GITHUB:
            from app.cli.format_github import format_github

            return format_github
        case Format.SHORT:
            from app.cli.format_short import format_short

            return format_short
        case Format.SARIF:
            from importlib.metadata import version

            from app.cli.format_sarif import format_sarif

            return partial(format_sarif, version=version("closeout"))
        case Format.TEXT:
            from app.cli.format_text import format_text

            width, colour = terminal.width(), terminal.wants_colour()
            return partial(format_text, width=width, colour=colour, all_rules=request.codes is None, fixes=fixes)


def _status(reports: Sequence[DocumentReport], unreadable: Sequence[Unreadable]) -> int:
    wrong = any(finding.severity is Severity.ERROR for report in reports for finding in report.findings)
    return terminal.WRONG_USE if unreadable else int(wrong)
