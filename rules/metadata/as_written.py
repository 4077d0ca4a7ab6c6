"""A fact at the head as this document would write it: what to add where one is missing."""

from __future__ import annotations

from typing import NamedTuple

from rules.capitals import in_capitals_of
from rules.patterns import Pattern
from rules.postmortem import Field, Postmortem

_BEFORE = Pattern(r"(?:[-*+•][ \t]+|>[ \t]?|\|[ \t]*)?(?:\*\*|__)?")
"""What stands before a label on its line: a bullet, the edge of a table, the signs of bold."""
_BETWEEN = Pattern(r"(?:[ \t]?:(?:\*\*|__)?|(?:\*\*|__)[ \t]?:?)?(?:[ \t]*\|)?[ \t]*")
"""What stands between a label and its value."""
_MOST_FIELDS = 20  # looked at
_FENCE = "---"


class _Form(NamedTuple):
    """What stands around a label and its value."""

    before: str
    between: str
    behind: str


def as_written(postmortem: Postmortem, key: str, label: str, value: str) -> str:
    """A line for a fact, in the form of the document's other ones: a bullet, bold, a row, an entry of front matter.

    `key` is the fact's: where the document has its label already, with nothing behind it, that is the one.
    """
    fields = sorted(postmortem.fields.values(), key=lambda each: (each.key != key, each.span))[:_MOST_FIELDS]
    for field in fields:
        form = _form_of(postmortem, field)
        if form is not None:
            name = field.label if field.key == key else _named(postmortem, field, label)
            return f"{form.before}{name}{form.between}{value}{form.behind}"
    return f"- {label}: {value}"


def _form_of(postmortem: Postmortem, field: Field) -> _Form | None:
    """How a field is written; None where it does not stand on one line, label first."""
    line = postmortem.source.line(field.span.line)
    before, found, rest = line.partition(field.label)
    if not found or _BEFORE.fullmatch(before.lstrip()) is None:
        return None
    match = _BETWEEN.match(rest)
    between = match[0] if match is not None else ""
    is_row = before.lstrip().startswith("|")
    if not between.strip() or ("|" in between) != is_row:
        return None
    if is_row:
        return _Form(before.lstrip(), f"{between.replace('|', ' ').rstrip()} | ", " |")
    return _Form(before.lstrip(), f"{between.rstrip()} ", "")


def _named(postmortem: Postmortem, field: Field, label: str) -> str:
    """The label with the capitals of the document's others; in front matter, as a key."""
    if _is_in_front_matter(postmortem, field):
        return label.lower().replace(" ", "-" if any("-" in each for each in _labels(postmortem)) else "_")
    if field.label.islower():
        return label.lower()
    return in_capitals_of(_labels(postmortem), label)


def _labels(postmortem: Postmortem) -> list[str]:
    return [field.label for field in postmortem.fields.values()]


def _is_in_front_matter(postmortem: Postmortem, field: Field) -> bool:
    source = postmortem.source
    if source.line(1).strip() != _FENCE:
        return False
    return all(source.line(number).strip() != _FENCE for number in range(2, field.span.line + 1))
