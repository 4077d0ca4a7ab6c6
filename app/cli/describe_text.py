"""`inspect --format text`: one document as Closeout understands it, for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from app.cli.excerpt import cells, cut
from app.cli.paint import Paint
from app.cli.report import display_name
from app.cli.spans import line_range
from app.cli.terminal import printable
from app.cli.unresolved import why_unresolved
from rules.placeholders import is_template, stands_in, template_sections, unfilled_value
from rules.postmortem import ActionItem, Field, Person, Postmortem, TimelineEntry
from rules.timeline.response import describe_response, response_times

_UNFILLED = "(not filled in)"
"""What stands for a template's words: they are nobody's."""


def describe_text(path: str, postmortem: Postmortem, width: int | None = None, colour: bool = False) -> str:
    """What was understood, each piece with its lines; lines longer than `width` cells are cut, if there is one."""
    paint = Paint(colour)
    lines = [paint.title(printable(display_name(path))), *_head(postmortem, paint)]
    for title, body in _parts(postmortem):
        lines += ["", f"  {paint.bold(title)}"]
        lines += [f"    {line if width is None else cut(line, width - 4)}" for line in body]
    return "\n".join(lines) + "\n"


def _head(postmortem: Postmortem, paint: Paint) -> Iterator[str]:
    headline = printable(postmortem.headline.value) if postmortem.headline else "(no headline)"
    yield f"  {paint.bold(headline)}"
    recognised = f"layout {postmortem.layout}, language {postmortem.language or 'unknown'}"
    yield f"  {paint.faint(recognised)}"


def _parts(postmortem: Postmortem) -> Iterator[tuple[str, Sequence[str]]]:
    yield "Metadata", _table(_metadata(postmortem)) or ["none found"]
    yield "Sections", _table(_sections(postmortem)) or ["none found"]
    yield "Timeline", _timeline(postmortem)
    yield "Action items", _actions(postmortem)
    if postmortem.defects:
        yield "Not understood", _table((line_range(defect.span), defect.message) for defect in postmortem.defects)


def _metadata(postmortem: Postmortem) -> Iterator[tuple[str, ...]]:
    for key, field in postmortem.fields.items():
        yield line_range(field.span), key, _value(postmortem, field)
    if postmortem.start or postmortem.end:
        yield "", "from", _instant(postmortem.start)
        yield "", "until", _instant(postmortem.end)


def _value(postmortem: Postmortem, field: Field) -> str:
    if unfilled_value(postmortem.source, field) is not None or is_template(field.value.value):
        return _UNFILLED
    return field.value.value or "(empty)"


def _sections(postmortem: Postmortem) -> Iterator[tuple[str, ...]]:
    top = min((section.level for section in postmortem.sections), default=1)
    for section in postmortem.sections:
        title = "  " * (section.level - top) + section.title
        unfilled = f"  {_UNFILLED}" if is_template(section.text) else ""
        yield line_range(section.span), section.kind or "(other)", title + unfilled


def _timeline(postmortem: Postmortem) -> list[str]:
    unfilled = template_sections(postmortem)
    written = [entry for entry in postmortem.timeline if not stands_in(entry.span, unfilled)]
    if not written and any(section.kind == "timeline" for section in unfilled):
        return [_UNFILLED]
    return [*_table(_entry(entry, postmortem) for entry in written), *_response(postmortem)]


def _entry(entry: TimelineEntry, postmortem: Postmortem) -> tuple[str, ...]:
    if entry.time is None:
        return line_range(entry.span), "(no time)", "", entry.text
    reason = why_unresolved(entry, postmortem)
    return line_range(entry.span), entry.time.value, f"({reason})" if reason else _instant(entry.at), entry.text


def _response(postmortem: Postmortem) -> list[str]:
    """How long it took, below the entries; that there are none."""
    if not postmortem.timeline:
        return ["none found"]
    told = describe_response(response_times(postmortem))
    return [f"{told}."] if told else []


def _instant(at: datetime | None) -> str:
    return at.isoformat(" ", "minutes") if at else "(unresolved)"


def _actions(postmortem: Postmortem) -> list[str]:
    unfilled = template_sections(postmortem)
    written = [action for action in postmortem.actions if not stands_in(action.span, unfilled)]
    if not written and any(section.kind == "actions" for section in unfilled):
        return [_UNFILLED]
    if not written:
        reason = postmortem.no_actions_reason
        return ["none found" if reason is None else f"none, because {reason}" if reason else "none, without a reason"]
    return [line for action in written for line in _action(action)]


def _action(action: ActionItem) -> Iterator[str]:
    indent = " " * 9
    criterion = () if action.criterion else ("no success criterion",)
    facts = (_state(action), _priority(action), _owners(action.owners), _due(action), *criterion)
    yield f"{line_range(action.span):<9}{printable(action.title)}"
    yield indent + printable(" · ".join(facts))
    if action.criterion:
        yield f"{indent}done when: {printable(action.criterion.value)}"


def _owners(owners: Sequence[Person]) -> str:
    return ", ".join(owner.text for owner in owners) or "no owner"


def _due(action: ActionItem) -> str:
    if action.due:
        return f"due {action.due.isoformat()}"
    if action.due_text is None or is_template(action.due_text.value):
        return "no deadline"
    return f"due {action.due_text.value} (not a date)"


def _priority(action: ActionItem) -> str:
    if action.priority:
        return action.priority
    written = action.priority_text
    if written is None or is_template(written.value):
        return "no priority"
    return f"priority “{written.value}” (none of P0, P1 and P2)"


def _state(action: ActionItem) -> str:
    if action.declined:
        return "declined"
    return "done" if action.done else "open"


def _table(rows: Iterable[tuple[str, ...]]) -> list[str]:
    """The rows with their columns aligned, the last one ragged."""
    clean = [tuple(printable(cell) for cell in row) for row in rows]
    widths = [max(cells(cell) for cell in column) for column in zip(*clean, strict=True)]
    return [
        "  ".join([*(_padded(cell, width) for cell, width in zip(row, widths[:-1], strict=False)), row[-1]])
        for row in clean
    ]


def _padded(text: str, width: int) -> str:
    return text + " " * (width - cells(text))
