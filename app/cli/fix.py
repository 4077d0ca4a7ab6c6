"""`closeout fix`: makes the fixes that are safe."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

import typer

from app.cli import terminal
from app.cli.documents import Document, Unreadable, complain_about, gather, without_documents
from app.cli.fix_diff import diff_of, painted
from app.cli.fix_text import FixReport, describe_changes, summary
from app.cli.fix_writing import NotWritten, replace_file
from app.cli.layouts import choose_layout
from app.cli.options import DocumentsOnly, LayoutName, Paths, PolicyFile, parse_date
from app.cli.paint import Paint
from app.cli.policies import read_ground
from app.cli.report import STANDARD_INPUT, display_name
from app.cli.selection import selected_codes
from rules.fixing import Fixed
from rules.fixing import fix as fix_document
from rules.holidays import EXTRA
from rules.layouts import Layout
from rules.policy import Policy
from rules.rule import Context, Severity

_UNREAD = ("empty", "encoding", "size", "markdown")


@dataclass(frozen=True, slots=True)
class _Wish:
    """What is asked for."""

    policy: Policy
    layout: Layout | None
    day: date
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Outcome:
    """A document, and what became of it."""

    document: Document
    fixed: Fixed
    report: FixReport


def fix(
    paths: Paths,
    policy: PolicyFile = None,
    layout: LayoutName = None,
    select: Annotated[
        list[str] | None,
        typer.Option(metavar="RULE", help="Fix what these rules find: codes, beginnings of codes (CO4), names."),
    ] = None,
    ignore: Annotated[list[str] | None, typer.Option(metavar="RULE", help="Leave what these rules find.")] = None,
    diff: Annotated[bool, typer.Option("--diff", help="Print what would change, and write nothing.")] = False,
    as_of: Annotated[
        date | None,
        typer.Option(parser=parse_date, metavar="DATE", help="Count deadlines from that day. Default: today."),
    ] = None,
    documents_only: DocumentsOnly = False,
) -> None:
    """Mend what can be mended safely, in place.

    Missing sections are begun, misspelt keys, dates and deadlines written out. What you wrote keeps its meaning, and
    a second run changes nothing. The text on standard input (-) is written to standard output.

    Exit status: 0 if no error is left, 1 if one is, 2 if something could not be read or written.
    With --diff: 0 if nothing would change, 1 if something would, 2 as above.
    """
    if STANDARD_INPUT in paths and len(paths) > 1:
        raise typer.BadParameter("standard input (-) cannot be fixed together with files", param_hint="PATH...")
    ground = read_ground(policy)
    if ground.unknown_regions:
        terminal.complain(_without_holidays(ground.unknown_regions))
    wish = _Wish(
        ground.policy, choose_layout(layout, ground.policy), as_of or ground.today(), selected_codes(select, ignore)
    )
    outcomes: list[_Outcome] = []
    failures: list[Unreadable] = []
    for each in gather(paths, ground, documents_only):
        if isinstance(each, Unreadable):
            failures.append(each)
            continue
        outcome = _fix_one(each, wish)
        problem = None if diff else _written(outcome)
        if problem is None:
            outcomes.append(outcome)
        else:
            failures.append(problem)
    _tell(outcomes, diff=diff, is_filter=paths == [STANDARD_INPUT])
    if not outcomes and not failures:
        terminal.complain(without_documents(paths, ground, documents_only))
    complain_about(failures)
    raise typer.Exit(terminal.WRONG_USE if failures else _status(outcomes, diff=diff))


def _without_holidays(regions: Sequence[str]) -> str:
    from app.cli.extras import how_to_install  # not at the top: only who lacks the extra needs it

    names = ", ".join(regions)
    return (
        f"default deadlines are counted without the public holidays of {names}, which are not installed here; "
        f"{how_to_install(EXTRA)}"
    )


def _fix_one(document: Document, wish: _Wish) -> _Outcome:
    context = Context(document.repository_path, wish.day)
    fixed = fix_document(document.data, wish.layout, wish.policy, context, wish.codes)
    left = tuple(finding for finding in fixed.findings if finding.rule.code in wish.codes)
    unread = next((defect.message for defect in fixed.postmortem.defects if defect.kind in _UNREAD), "")
    return _Outcome(document, fixed, FixReport(document.path, fixed.changes, left, unread))


def _written(outcome: _Outcome) -> Unreadable | None:
    """Write the document where it was changed; returns what stood in the way."""
    document, data = outcome.document, outcome.fixed.data
    if document.path == STANDARD_INPUT or data == document.data:
        return None
    try:
        replace_file(document.path, document.data, data)
    except NotWritten as problem:
        return Unreadable(document.path, f"not written: {problem}")
    return None


def _tell(outcomes: Sequence[_Outcome], *, diff: bool, is_filter: bool) -> None:
    reports = [outcome.report for outcome in outcomes]
    if not reports:
        return
    if diff:
        _show("".join(_diff(outcome) for outcome in outcomes))
        sys.stderr.write(f"{summary(reports, written=False)}\n")
    elif is_filter:
        terminal.write(outcomes[0].fixed.data)
        sys.stderr.write(describe_changes(reports))
    else:
        terminal.write(describe_changes(reports, terminal.wants_colour()))


def _diff(outcome: _Outcome) -> str:
    before, after = outcome.document.data, outcome.fixed.data
    if before == after:
        return ""
    return diff_of(display_name(outcome.document.path), before.decode("utf-8"), after.decode("utf-8"))


def _show(diff: str) -> None:
    terminal.write(painted(diff, Paint(terminal.wants_colour())) if terminal.is_terminal() else diff)


def _status(outcomes: Sequence[_Outcome], *, diff: bool) -> int:
    if diff:
        return int(any(outcome.report.changes for outcome in outcomes))
    return int(any(finding.severity is Severity.ERROR for each in outcomes for finding in each.report.findings))
