"""Applying the fixes that rules offer, without doing any harm.

A document is read and checked, the edits that do not get in each other's way are made, and the result is read and
checked anew, until no edit is left. What an edit is meant to do is not taken on trust: if findings grew in number, or
something that was understood no longer is, the edit at fault is looked for and left out.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from rules.checking import check
from rules.layouts import Layout
from rules.patterns import Pattern
from rules.policy import Policy
from rules.postmortem import Postmortem
from rules.reading import read_bytes
from rules.rule import Context, Edit, Finding, Rule, Severity
from rules.source import Source
from rules.understanding import keeps_meaning

MOST_ROUNDS = 60
"""How often edits are made; a round brings one of those that are meant for the same place, such as missing sections."""

_MOST_TRIALS = 30  # versions of one text that are tried when some edit does harm, before the rest is left as it is
_LINE_END = Pattern(r"\r\n|\n|\r")
_LAST_LINE_END = Pattern(r"(?:\r\n|\n|\r)\Z")
_BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class Change:
    """One edit that was made.

    Attributes:
        rule: the rule that offered it.
        line: where it begins in the fixed document, from 1.
        before: the text that it replaced; empty for an insertion.
        after: the text that stands there instead, with the document's line ends.
    """

    rule: Rule
    line: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Fixed:
    """A document after its fixes.

    Attributes:
        data: its bytes; the very ones that came in if nothing was changed.
        changes: what was changed, by line.
        postmortem: the fixed document as read.
        findings: what is left to find in it, of all rules; one that still offers an edit would do harm by it.
    """

    data: bytes
    changes: tuple[Change, ...]
    postmortem: Postmortem
    findings: tuple[Finding, ...]


class _Version(NamedTuple):
    """A text, without its byte order mark, and what is known of it."""

    text: str
    postmortem: Postmortem
    findings: tuple[Finding, ...]


class _Step(NamedTuple):
    """An edit at its place: characters `start` to `end` (exclusive) of one version's text."""

    start: int
    end: int
    finding: Finding
    edit: Edit
    replacement: str

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells it from others, wherever it has moved to."""
        return self.finding.rule.code, self.finding.subject, self.replacement


class _Made(NamedTuple):
    """A change, with the offset of its first word in the present version."""

    start: int
    rule: Rule
    before: str
    after: str


Examine = Callable[[bytes], tuple[Postmortem, tuple[Finding, ...]]]
"""Reads and checks a document."""


def fix(
    data: bytes, layout: Layout | None, policy: Policy, context: Context, codes: Collection[str] | None = None
) -> Fixed:
    """The document with the safe fixes made; fixing the result again changes nothing.

    Line ends, a byte order mark, and whether the last line is ended stay as they are. What can't be read stays, too.

    Args:
        data: the file.
        layout: the house style; None to recognise it.
        policy: a rule that it turns off offers nothing.
        context: default deadlines are counted from its day.
        codes: the rules whose fixes are wanted; None for all.
    """

    def examine(version: bytes) -> tuple[Postmortem, tuple[Finding, ...]]:
        postmortem = read_bytes(version, layout, context.path)
        return postmortem, check(postmortem, policy, context)

    return fix_by(examine, data, codes)


def fix_by(examine: Examine, data: bytes, codes: Collection[str] | None = None) -> Fixed:
    """As `fix`, with the edits of the findings that `examine` returns."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return Fixed(data, (), *examine(data))
    return _Fixing(examine, text, codes).fix(data)


class _Fixing:
    """One document on its way to fewer findings."""

    def __init__(self, examine: Examine, text: str, codes: Collection[str] | None) -> None:
        self._examine_bytes = examine
        self._body = text.removeprefix(_BYTE_ORDER_MARK)
        self._mark = text[: len(text) - len(self._body)]
        self._codes = codes
        self._made: tuple[_Made, ...] = ()

    def fix(self, data: bytes) -> Fixed:
        """The fixed document; `data` are the bytes of what it was."""
        version = self._examine(self._body)
        for _ in range(MOST_ROUNDS):
            better = self._better(version)
            if better is None:
                break
            version = better
        written = self._encoded(version.text) if self._made else data
        changes = _changes(version.postmortem.source, self._made)
        return Fixed(written, changes, version.postmortem, version.findings)

    def _examine(self, text: str) -> _Version:
        return _Version(text, *self._examine_bytes(self._encoded(text)))

    def _encoded(self, text: str) -> bytes:
        return (self._mark + text).encode("utf-8")

    def _better(self, version: _Version) -> _Version | None:
        """The version after one round of edits; None if there are none, or none that does no harm.

        If together they do harm, half of them are tried, until one is left, which then is passed over.
        """
        refused: set[tuple[str, str, str]] = set()
        most = len(version.findings)
        for _ in range(_MOST_TRIALS):
            steps = self._steps(version, refused)[:most]
            if not steps:
                return None
            text = _applied(version.text, steps)
            after = self._examine(text)
            if _is_harmless(version, after, steps):
                self._note(version, steps)
                return after
            if len(steps) == 1:
                refused.add(steps[0].key)
            most = len(steps) // 2 or len(version.findings)
        return None

    def _steps(self, version: _Version, refused: Collection[tuple[str, str, str]]) -> list[_Step]:
        """The edits of one round, in order; of those that touch each other, the first."""
        source = version.postmortem.source
        offered = (
            _step(source, finding, finding.edit)
            for finding in version.findings
            if finding.edit is not None and (self._codes is None or finding.rule.code in self._codes)
        )
        chosen: list[_Step] = []
        for step in sorted((each for each in offered if each.key not in refused), key=_order):
            if not chosen or chosen[-1].end < step.start:
                chosen.append(step)
        return chosen

    def _note(self, version: _Version, steps: Sequence[_Step]) -> None:
        """Remember what was changed, and where it and what was changed before now stand."""
        ends = [step.end for step in steps]
        shifts = [0, *accumulate(len(step.replacement) - (step.end - step.start) for step in steps)]
        moved = (made._replace(start=made.start + shifts[bisect_right(ends, made.start)]) for made in self._made)
        new = (
            _Made(
                step.start + shift + _leading_blanks(step.replacement),
                step.finding.rule,
                version.text[step.start : step.end],
                step.replacement,
            )
            for step, shift in zip(steps, shifts, strict=False)
        )
        self._made = (*moved, *new)


def _step(source: Source, finding: Finding, edit: Edit) -> _Step:
    span = edit.span
    start, end = source.offset(span.line, span.column), source.offset(span.end_line, span.end_column)
    return _Step(start, end, finding, edit, _LINE_END.sub(_line_end(source, span.line), edit.replacement))


def _order(step: _Step) -> tuple[int, int, str, str]:
    return step.start, step.end, step.finding.rule.code, step.replacement


def _line_end(source: Source, line: int) -> str:
    """How a line ends; the last one as the one before it."""
    for number in (line, line - 1):
        if 1 <= number < source.lines:
            end = source.offset(number + 1)
            return "\r\n" if source.text.startswith("\r\n", end - 2) else source.text[end - 1]
    return "\n"


def _applied(text: str, steps: Iterable[_Step]) -> str:
    """The text with the edits made; whether its last line is ended does not change."""
    parts: list[str] = []
    done = 0
    for step in steps:
        parts += (text[done : step.start], step.replacement)
        done = step.end
    if done < len(text):
        return "".join((*parts, text[done:]))
    return _ended_like(text, "".join(parts))


def _ended_like(text: str, changed: str) -> str:
    """The changed text with its last line ended if that of `text` is."""
    ending = _LAST_LINE_END.search(text)
    if ending is None:
        return changed.rstrip("\r\n") if text else changed
    return changed if changed.endswith(("\n", "\r")) else changed + ending[0]


def _is_harmless(before: _Version, after: _Version, steps: Sequence[_Step]) -> bool:
    """Whether the edits did what they are for, added no finding and cost no understanding."""
    return (
        len(after.findings) <= len(before.findings)
        and _errors(after) <= _errors(before)
        and _settled(before, after, steps)
        and keeps_meaning(before.postmortem, after.postmortem, [step.edit.span for step in steps])
    )


def _settled(before: _Version, after: _Version, steps: Iterable[_Step]) -> bool:
    """Whether for each edit one finding of its rule and subject has gone."""
    wanted = Counter((step.finding.rule.code, step.finding.subject) for step in steps)
    ours, theirs = _by_subject(before), _by_subject(after)
    return all(ours[key] - theirs[key] >= count for key, count in wanted.items())


def _by_subject(version: _Version) -> Counter[tuple[str, str]]:
    return Counter((finding.rule.code, finding.subject) for finding in version.findings)


def _errors(version: _Version) -> int:
    return sum(finding.severity is Severity.ERROR for finding in version.findings)


def _changes(source: Source, made: Iterable[_Made]) -> tuple[Change, ...]:
    """In the order of their places."""
    ordered = sorted(made, key=lambda each: (each.start, each.rule.code))
    return tuple(Change(each.rule, _line_of(source, each.start), each.before, each.after) for each in ordered)


def _line_of(source: Source, start: int) -> int:
    start = min(start, len(source.text))
    return source.span(start, start).line


def _leading_blanks(replacement: str) -> int:
    """How far its first word is from its beginning; an insertion may begin with the end of the line before."""
    return len(replacement) - len(replacement.lstrip()) if replacement.strip() else 0
