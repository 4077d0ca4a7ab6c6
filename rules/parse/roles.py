"""People whose role is told beside their name, in a list of who took part: `Ana Ruiz (IC)`, `Ben – facilitator`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from rules.blocks import Block, Stretch
from rules.field_keys import key_of
from rules.folding import fold
from rules.parse.fields import Entry
from rules.parse.part import Part
from rules.parse.people import parts_of, people_in
from rules.patterns import Pattern
from rules.postmortem import Person
from rules.source import Source

_IN_BRACKETS = Pattern(r".{1,100}?\(([^()]{1,80})\)\s*")
_ARTICLE = Pattern(r"^the\s+")
_BEHIND = Pattern(r"(.{1,100}?)(?:\s[-–—|]|:|\sas)\s+(?:the\s+)?([^-–—|:]{1,60})")
_BETWEEN_ROLES = Pattern(r"\s*(?:[,;/&+|]|\band\b)\s*")
_LISTS_OF_PEOPLE = ("participants", "authors")  # facts whose values are people, with roles beside some of them
_LOOSE = frozenset({"lead", "owner", "owners", "by", "names", "name(s)", "ims", "reported by"})
"""Labels of such facts that, beside a name, may mean something else: `Ana Ruiz (lead)`, `(owner)`."""

_Row = tuple[Stretch, ...]
"""A line that tells of people; the cells of a table's row."""


class Holder(NamedTuple):
    """Words that name people, and the facts whose roles stand beside them."""

    words: Stretch
    roles: frozenset[str]


def holders_of_roles(root: Part, entries: Mapping[str, Entry]) -> tuple[Holder, ...]:
    """Who took part with a role, as the document lists it: in a fact of its head, or under a heading that says so."""
    told = ((value,) for key in _LISTS_OF_PEOPLE if key in entries for value in entries[key].values)
    listed = (
        row for part in root.walk() if part.section_kind() == "people" for block in part.blocks for row in _rows(block)
    )
    return tuple(holder for row in (*told, *listed) for holder in _holders(row) if holder.roles)


def people_with_role(source: Source, holders: Iterable[Holder], key: str) -> tuple[Person, ...]:
    """Those beside whose names a role stands that is called as the fact `key` is; each name once."""
    found: dict[str, Person] = {}
    for holder in holders:
        for person in people_in(source, holder.words) if key in holder.roles else ():
            found.setdefault(person.name, person)
    return tuple(found.values())


def _rows(block: Block) -> Iterator[_Row]:
    if block.kind == "paragraph":
        yield from ((line,) for line in block.inline.whole().lines())
    elif block.kind == "list":
        yield from (row for item in block.children for child in item.children[:1] for row in _rows(child))
    elif block.kind == "table":
        yield from (tuple(cell.inline.whole().trimmed() for cell in row.children) for row in block.children)


def _holders(row: _Row) -> Iterator[Holder]:
    cells = [cell for cell in row if cell.text]
    return _in_cells(cells) if len(cells) > 1 else _in_line(cells)


def _in_cells(cells: Sequence[Stretch]) -> Iterator[Holder]:
    """The first cell for each role that stands in another one."""
    roles = [_roles_in(cell.text) for cell in cells]
    for role in frozenset[str]().union(*roles):
        holder = next((cell for cell, own in zip(cells, roles, strict=True) if role not in own), None)
        if holder is not None:
            yield Holder(holder, frozenset({role}))


def _in_line(cells: Sequence[Stretch]) -> Iterator[Holder]:
    before: Stretch | None = None
    for part in (part for cell in cells for part in parts_of(cell)):
        text = part.text.strip()
        apart = _roles_in(text) if before is not None else frozenset[str]()
        if before is not None:
            yield Holder(before, apart)  # `Ana Ruiz, incident commander`
        bracket = _IN_BRACKETS.fullmatch(text) if text.endswith(")") else None
        inside = _roles_in(bracket[1]) - apart if bracket else frozenset[str]()
        yield Holder(part, inside)
        if behind := _BEHIND.fullmatch(part.text):
            yield Holder(part.part(0, behind.end(1)), _roles_in(behind[2]) - apart - inside)
        before = part


def _roles_in(text: str) -> frozenset[str]:
    """The facts whose names a text has for a role."""
    names = (_ARTICLE.sub("", fold(role)) for role in _BETWEEN_ROLES.split(text[:80]))
    return frozenset(key for name in names if name not in _LOOSE and (key := key_of(name)) is not None)
