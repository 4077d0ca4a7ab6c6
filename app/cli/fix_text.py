"""What `fix` tells people: each change with its line, and what is left to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.cli.counts import REPORTED, counted, postmortems
from app.cli.excerpt import cut
from app.cli.paint import Paint
from app.cli.report import display_name
from app.cli.terminal import printable
from rules.fixing import Change
from rules.placeholders import is_template
from rules.rule import Finding

_LONGEST_QUOTE = 50  # cells
_HARMFUL = "left as it is, since its fix would change how something else is read"


@dataclass(frozen=True, slots=True)
class FixReport:
    """What became of one document.

    Attributes:
        path: as given or found, with `/`; `-` is standard input.
        changes: by line.
        findings: of the chosen rules, what is left in the document that was fixed.
        unread: why the document could not be read, so that nothing could be fixed; empty if it was.
    """

    path: str
    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]
    unread: str = ""


def describe_changes(reports: Sequence[FixReport], colour: bool = False) -> str:
    """The changes by document, one a line, and a summary."""
    paint = Paint(colour)
    groups = [group for report in reports if (group := "\n".join(_group(report, paint)))]
    return "\n\n".join([*groups, summary(reports)]) + "\n"


def summary(reports: Sequence[FixReport], *, written: bool = True) -> str:
    """How much was changed (or would have been), and what is left, in one or two sentences."""
    if not reports:
        return "There was no postmortem to fix."
    changes = sum(len(report.changes) for report in reports)
    changed = sum(1 for report in reports if report.changes)
    if not changes:
        return f"Nothing to fix in {counted(len(reports), 'postmortem')}.{_left(reports)}"
    begun = sum(_is_skeleton(change) for report in reports for change in report.changes)
    noun = "section" if begun == changes else "place"
    places = f"{counted(changes, noun)} in {postmortems(changed, len(reports))}"
    if not written:
        return f"Would {_deed(changes, begun, 'fix', 'begin')} {places}. Nothing was written."
    return f"{_deed(changes, begun, 'fixed', 'began').capitalize()} {places}.{_left(reports)}"


def _deed(changes: int, begun: int, fixed: str, began: str) -> str:
    """What was done to the places; a section that only has its hint is begun, and not fixed."""
    if begun == changes:
        return began
    return f"{fixed} or {began}" if begun else fixed


def _is_skeleton(change: Change) -> bool:
    """Whether a change puts a heading in place, with nothing but a template's hints under it."""
    lines = [line.strip() for line in change.after.splitlines() if line.strip()]
    hints = "\n".join(line for line in lines[1:] if not line.startswith("#"))
    return not change.before.strip() and len(lines) > 1 and is_template(hints)


def _group(report: FixReport, paint: Paint) -> Iterator[str]:
    offered = [finding for finding in report.findings if finding.edit is not None]
    if not report.changes and not offered and not report.unread:
        return
    yield paint.title(printable(display_name(report.path)))
    if report.unread:
        yield f"  Left as it is. {printable(report.unread)}"
    for change in report.changes:
        yield _line(change.line, change.rule.code, change.rule.name, _what(change), paint)
    for finding in offered:
        yield _line(finding.span.line, finding.rule.code, finding.rule.name, _HARMFUL, paint)


def _line(number: int, code: str, name: str, what: str, paint: Paint) -> str:
    return f"  {number:<5}  {paint.bold(code)} {paint.faint(name)}  {what}"


def _what(change: Change) -> str:
    before, after = change.before.strip(), change.after.strip()
    if not before:
        return f"added {_quoted(after)}"
    if not after:
        return f"removed {_quoted(before)}"
    return f"{_quoted(before)} is now {_quoted(after)}"


def _quoted(text: str) -> str:
    """The first line, and how many others there are."""
    first, *others = [line for line in text.splitlines() if line.strip()] or [""]
    more = f" and {counted(len(others), 'more line')}" if others else ""
    return f"“{cut(printable(first.strip()), _LONGEST_QUOTE)}”{more}"


def _left(reports: Sequence[FixReport]) -> str:
    counts = Counter(finding.severity for report in reports for finding in report.findings)
    parts = [counted(counts[severity], severity.value) for severity in REPORTED if counts[severity]]
    if not parts:
        return ""
    listed = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
    verb = "is" if sum(counts.values()) == 1 else "are"
    return f" {listed[0].upper()}{listed[1:]} {verb} left for you: `closeout lint` shows where."
