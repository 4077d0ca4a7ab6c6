"""`lint --format text`: for people. Grouped by document, each finding with its line and a mark under the place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from app.cli.counts import REPORTED, counted, postmortems
from app.cli.paint import Paint
from app.cli.problem_text import COLOURS, WIDEST, Problem, ProblemText, wrap
from app.cli.report import DocumentReport, display_name
from app.cli.terminal import printable
from rules.rule import Finding


def format_text(
    reports: Sequence[DocumentReport],
    width: int | None = None,
    colour: bool = False,
    all_rules: bool = True,
    fixes: int | None = None,
) -> str:
    """All findings and a summary. With a `width` (cells), messages are wrapped to it; without, each is one line.

    Unless findings of `all_rules` were asked for, finding none is not called all clear. `fixes` is how many changes
    `closeout fix` would make; None if that was not tried.
    """
    paint = Paint(colour)
    problems = ProblemText(width, paint)
    groups = ["\n".join(_group(report, problems, paint)) for report in reports if report.findings]
    return "\n\n".join([*groups, "\n".join(_summary(reports, width, paint, fixes, all_rules=all_rules))]) + "\n"


def _group(report: DocumentReport, problems: ProblemText, paint: Paint) -> Iterator[str]:
    yield paint.title(printable(display_name(report.path)))
    yield from problems.lines(report.source, [_problem(finding) for finding in report.findings])


def _problem(finding: Finding) -> Problem:
    return Problem(finding.span, finding.severity, finding.message, finding.rule.code, finding.rule.name)


def _summary(
    reports: Sequence[DocumentReport], width: int | None, paint: Paint, fixes: int | None, *, all_rules: bool
) -> Iterator[str]:
    """What it comes to, what was not checked, and where to read on."""
    if not reports:
        yield "There was no postmortem to check."
        return
    findings = [finding for report in reports for finding in report.findings]
    if findings:
        yield _counts(reports, findings, paint)
    elif all_rules:
        yield from map(paint.good, _lines(_all_clear(len(reports)), width))
    else:
        yield from _lines(_nothing_selected(len(reports)), width)
    yield from _lines(_left_out(reports), width)
    if findings:
        yield from (paint.faint(line) for hint in _hints(findings, fixes) for line in _lines(hint, width))


def _hints(findings: Sequence[Finding], fixes: int | None) -> Iterator[str]:
    """What to type next."""
    offered = sum(1 for finding in findings if finding.edit is not None)
    if fixes or (fixes is None and offered):
        yield f"`closeout fix` can begin or mend {f'up to {offered}' if fixes is None else fixes} of them."
    worst = min(findings, key=lambda each: REPORTED.index(each.severity))
    yield f"`closeout rule {worst.rule.code}` tells why that matters and shows a good example."


def _lines(text: str, width: int | None) -> list[str]:
    if width is None:
        return [text] if text else []
    return wrap(text, min(width, WIDEST))


def _left_out(reports: Sequence[DocumentReport]) -> str:
    languages = [report.language for report in reports]
    if all(language in (None, "en") for language in languages):
        return ""
    from app.render.languages import rules_left_out  # not at the top: few runs have something to say

    return rules_left_out(languages)


def _nothing_selected(count: int) -> str:
    return (
        f"The selected rules found nothing in {counted(count, 'postmortem')}. "
        "Without --select and --ignore, all rules are checked."
    )


def _counts(reports: Sequence[DocumentReport], findings: Iterable[Finding], paint: Paint) -> str:
    counts = Counter(finding.severity for finding in findings)
    affected = sum(1 for report in reports if report.findings)
    parts = ", ".join(
        paint.bold(counted(counts[severity], severity.value), COLOURS[severity])
        for severity in REPORTED
        if counts[severity]
    )
    return f"{parts} in {postmortems(affected, len(reports))}"


def _all_clear(count: int) -> str:
    if count == 1:
        return "All clear: the postmortem is ready for its readers."
    return f"All clear: {count} postmortems, each ready for its readers."
