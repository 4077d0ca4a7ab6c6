"""People whose role is told beside their name, in a list of who took part: `Ana Ruiz (IC)`, `Ben – facilitator`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rules.layouts import fold, key_of
from rules.markdown import Block, Stretch
from rules.parse.fields import Entry
from rules.parse.outline import Part
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

Row = tuple[Stretch, ...]
"""A line that tells of people; the cells of a table's row."""


def rows_of_people(root: Part, entries: Mapping[str, Entry]) -> tuple[Row, ...]:
    """What the document lists of the people who took part: in a fact of its head, or under a heading that says so."""
    told = ((value,) for key in _LISTS_OF_PEOPLE if key in entries for value in entries[key].values)
    listed = (
        row for part in root.walk() if part.section_kind() == "people" for block in part.blocks for row in _rows(block)
    )
    return (*told, *listed)


def people_with_role(source: Source, rows: Sequence[Row], key: str) -> tuple[Person, ...]:
    """Those beside whose names a role stands that is called as the fact `key` is; each name once."""
    found: dict[str, Person] = {}
    for row in rows:
        for stretch in _named(row, key):
            for person in people_in(source, stretch):
                found.setdefault(person.name, person)
    return tuple(found.values())


def _rows(block: Block) -> Iterator[Row]:
    if block.kind == "paragraph":
        yield from ((line,) for line in block.inline.whole().lines())
    elif block.kind == "list":
        yield from (row for item in block.children for child in item.children[:1] for row in _rows(child))
    elif block.kind == "table":
        yield from (tuple(cell.inline.whole().trimmed() for cell in row.children) for row in block.children)


def _named(row: Row, key: str) -> Iterator[Stretch]:
    """The people of a row that have that role."""
    cells = [cell for cell in row if cell.text]
    if len(cells) > 1:
        if any(_is_role(cell.text, key) for cell in cells):
            yield from [cell for cell in cells if not _is_role(cell.text, key)][:1]
        return
    before: Stretch | None = None
    for part in (part for cell in cells for part in parts_of(cell)):
        text = part.text.strip()
        if _is_role(text, key) and before is not None:
            yield before  # `Ana Ruiz, incident commander`
        elif (bracket := _IN_BRACKETS.fullmatch(text)) and _is_role(bracket[1], key):
            yield part
        elif (behind := _BEHIND.fullmatch(part.text)) and _is_role(behind[2], key):
            yield part.part(0, behind.end(1))
        before = part


def _is_role(text: str, key: str) -> bool:
    roles = (_ARTICLE.sub("", fold(role)) for role in _BETWEEN_ROLES.split(text[:80]))
    return any(role not in _LOOSE and key_of(role) == key for role in roles)
