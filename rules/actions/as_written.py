"""How a document writes the fields of its action items, so that one more looks like them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from rules.once import once_a_document
from rules.parse.action_words import field_label_meant, field_named
from rules.patterns import Pattern
from rules.postmortem import ActionItem, Postmortem, Span

_BEFORE = Pattern(
    r"(?P<bullet>^[ \t]*[-*+][ \t]+)?(?<![\w*])(?P<open>\*\*|__|\*|_)?(?P<label>[A-Za-z][A-Za-z /-]{0,30}?)[ \t]?"
    r"(?P<close>:(?:\*\*|__|\*|_)?|(?:\*\*|__|\*|_):)[ \t]*$"
)
"""A label, with what sets it off, right before its value."""
_CLOSING = (":", "*", "_")
"""What ends a label, and is looked for first."""
_LONGEST = 80  # characters before a value in which its label is looked for
_MOST_ITEMS = 30  # looked at


class _Style(NamedTuple):
    """How fields are written: what stands before and behind a label, and what the labels are called, by field."""

    before: str = ""
    close: str = ":"
    labels: Mapping[str, str] = {}


def field_as_written(postmortem: Postmortem, field: str, label: str, value: str) -> str:
    """A field of an action item in the form of the document's others, `label` being what it is called by default."""
    style = _style_of(postmortem)
    return f"{style.before}{own_label(postmortem, field, label)}{style.close} {value}"


def own_label(postmortem: Postmortem, field: str, label: str) -> str:
    """What the document's action items call a field (`Due`, `DRI`); `label` where none has it."""
    labels = _style_of(postmortem).labels
    if field in labels:
        return labels[field]
    written = list(labels.values())
    return label.lower() if written and all(each.islower() for each in written) else label


@once_a_document
def _style_of(postmortem: Postmortem) -> _Style:
    """The style of the first labelled field, and of each field the first label."""
    first: _Style | None = None
    labels: dict[str, str] = {}
    for item in postmortem.actions[:_MOST_ITEMS]:
        for place in _values(item):
            before = postmortem.source.line(place.line)[: place.column - 1]
            match = _BEFORE.search(before[-_LONGEST:]) if before.rstrip(" \t").endswith(_CLOSING) else None
            field = field_named(match["label"]) if match is not None else None
            if match is None or field is None or field_label_meant(match["label"]) is not None:
                continue
            labels.setdefault(field, match["label"])
            is_nested = match["bullet"] is not None and place.line > item.title_span.line
            bullet = match["bullet"].lstrip() if is_nested else ""
            first = first or _Style(f"{bullet}{match['open'] or ''}", match["close"])
    return (first or _Style())._replace(labels=labels)


def _values(item: ActionItem) -> Iterator[Span]:
    """Where the values of an item's fields stand."""
    if item.owners:
        yield item.owners[0].span
    yield from (text.span for text in (item.due_text, item.priority_text, item.criterion) if text is not None)
