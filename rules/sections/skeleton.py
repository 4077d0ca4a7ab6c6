"""The beginning of a section that is missing: its heading, and the hint of what to write."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rules.capitals import in_capitals_of
from rules.layouts import LAYOUTS, Layout, recognise
from rules.patterns import Pattern
from rules.placeholders import template_hint
from rules.places import layout_of
from rules.policy import Policy
from rules.postmortem import Postmortem, Section, Span
from rules.rule import Edit
from rules.sections.heading_style import is_label, marked_like
from rules.source import Source

RECURRENCE = "Why the first postmortem did not prevent this"
"""The heading of the section that a declared recurrence asks for, in every style."""

_OTHER_HEADINGS: Mapping[str, tuple[str, ...]] = {"verification": ("Verification plan",)}
"""Headings for styles that a section's usual one would turn into another style."""

_FENCE = Pattern(r"^[ \t>]*(?:[-*+][ \t]+|\d{1,9}[.)][ \t]+)*(`{3,}|~{3,})", re.MULTILINE)
_HTML = (
    ("<!--", "-->"),
    *((f"<{tag}", f"</{tag}") for tag in ("pre", "script", "style", "textarea")),
    ("<?", "?>"),
    ("<![cdata[", "]]>"),
    ("<!", ">"),
)
"""What HTML that a blank line does not end begins and ends with."""

_MOST_SECTIONS = 300  # in a document of more, whose style is not looked at again, nothing is inserted
_BULLET = Pattern(r"\s*(?:[-*+]|\d{1,9}[.)])[ \t]")
_FIRST_LEVEL = 2  # of a heading, where no other tells which level sections have


def skeleton_edit(postmortem: Postmortem, policy: Policy, kind: str) -> Edit | None:
    """Insert a section of that kind, its heading in the document's own style, with the template's hint under it.

    It goes behind the nearest section that the layout has before it, else before the nearest that it has behind it,
    else to the end. None where a section of that kind stands already, or where the place is not safe: where the new
    heading would not be read as one, would change what another section is, or would come between a suppression and
    the line it speaks of.
    """
    layout = layout_of(postmortem, policy)
    heading = _heading(postmortem, policy, layout, kind)
    if heading is None or postmortem.section(kind) is not None or postmortem.defects:
        return None
    source = postmortem.source
    outer = tuple(_outer_sections(postmortem))
    before, behind = _neighbours(outer, layout, kind)
    lines = f"{_marked(source, outer, before or behind, heading)}\n\n{template_hint(kind)}"
    if before is not None:
        return None if _holds_headings(postmortem, before) else _insert_behind(postmortem, lines, before.span)
    if behind is not None:
        return _insert_before(postmortem, lines, behind.heading)
    return _insert_behind(postmortem, lines, source.span(0, len(source.text.rstrip())))


def heading_to_write(postmortem: Postmortem, policy: Policy, kind: str) -> str:
    """What to call a section of that kind in this document."""
    layout = layout_of(postmortem, policy)
    return _heading(postmortem, policy, layout, kind) or _in_its_capitals(
        postmortem, policy, _usual_heading(layout, kind)
    )


def line_to_write(postmortem: Postmortem, policy: Policy, kind: str) -> str:
    """The heading of a section of that kind with the signs that make it one in this document, on one line.

    Where the section is there already, it is its own.
    """
    if (section := postmortem.section(kind)) is not None:
        return f"{'#' * section.level} {section.title}" if not is_label(postmortem.source, section) else section.title
    outer = tuple(_outer_sections(postmortem))
    before, behind = _neighbours(outer, layout_of(postmortem, policy), kind)
    heading = heading_to_write(postmortem, policy, kind)
    marked = _marked(postmortem.source, outer, before or behind, heading)
    return f"## {heading}" if "\n" in marked else marked


def _usual_heading(layout: Layout, kind: str) -> str:
    """The layout's own heading for a kind, else the one of Closeout's own layout."""
    if kind == "recurrence":
        return RECURRENCE
    return (layout if layout.headings.get(kind) else LAYOUTS["closeout"]).heading_for(kind)


def _heading(postmortem: Postmortem, policy: Policy, layout: Layout, kind: str) -> str | None:
    """A heading that is read as that kind, and does not change which layout the document follows; None if none is."""
    if len(postmortem.sections) > _MOST_SECTIONS:
        return None
    for heading in (_usual_heading(layout, kind), *_OTHER_HEADINGS.get(kind, ())):
        if layout.kind_of(heading) == kind and (policy.layout != "auto" or _keeps_layout(postmortem, heading)):
            return _in_its_capitals(postmortem, policy, heading)
    return None


def _in_its_capitals(postmortem: Postmortem, policy: Policy, heading: str) -> str:
    """The heading with the document's capitals; as it is where the policy says how it is written."""
    if not isinstance(policy.layout, str):
        return heading
    return in_capitals_of((section.title for section in postmortem.sections if section.kind is not None), heading)


def _keeps_layout(postmortem: Postmortem, heading: str) -> bool:
    """Whether the document is taken for the same layout with a heading more."""
    titles = [section.title for section in postmortem.sections]
    name = recognise([*titles, heading]).name
    return name == postmortem.layout or name == recognise(titles).name


def _kinds_around(layout: Layout, kind: str) -> tuple[Sequence[str], Sequence[str]]:
    """The kinds that stand before and behind a kind, in the layout's order; Closeout's own if it does not know it."""
    kinds = tuple(layout.headings) if kind in layout.headings else tuple(LAYOUTS["closeout"].headings)
    at = kinds.index(kind) if kind in kinds else len(kinds)
    return kinds[:at], kinds[at + 1 :]


def _outer_sections(postmortem: Postmortem) -> Iterator[Section]:
    """The sections that stand in no other one that has a kind, and are no entry of a list."""
    end = (0, 0)
    for section in postmortem.sections:
        if section.span[:2] < end:
            continue
        if section.kind is not None:
            end = section.span[2:]
        if not _BULLET.match(postmortem.source.line(section.heading.line)):
            yield section


def _nearest(sections: Iterable[Section], kinds: Iterable[str]) -> Section | None:
    """The first section of the first of the kinds that has one."""
    first: dict[str | None, Section] = {}
    for section in sections:
        first.setdefault(section.kind, section)
    return next((first[kind] for kind in kinds if kind in first), None)


def _holds_headings(postmortem: Postmortem, label: Section) -> bool:
    """Whether there are headings below a label: a label behind them would belong to the last of them."""
    if not is_label(postmortem.source, label):
        return False
    below = (each for each in postmortem.sections if label.span[:2] < each.span[:2] < label.span[2:])
    return any(not is_label(postmortem.source, each) for each in below)


def _neighbours(outer: Sequence[Section], layout: Layout, kind: str) -> tuple[Section | None, Section | None]:
    """The nearest section that the layout has before a kind, and the nearest that it has behind it."""
    before, behind = _kinds_around(layout, kind)
    return _nearest(reversed(outer), reversed(before)), _nearest(outer, behind)


def _marked(source: Source, outer: Sequence[Section], anchor: Section | None, heading: str) -> str:
    """The heading in the style of another; without one, on the document's first level."""
    if anchor is not None:
        return marked_like(source, anchor, heading)
    level = min((section.level for section in outer if not is_label(source, section)), default=_FIRST_LEVEL)
    return f"{'#' * level} {heading}"


def _insert_behind(postmortem: Postmortem, lines: str, place: Span) -> Edit | None:
    source = postmortem.source
    column = _behind_blanks(source.line(place.end_line), place.end_column)
    at = source.offset(place.end_line, column)
    behind = source.text[at : at + 4].replace("\r\n", "\n").replace("\r", "\n")
    is_last = not source.text[at:].strip()
    if _splits_suppression(postmortem, place.end_line) or (is_last and _may_be_open(source.text)):
        return None
    before = "\n\n" if at else ""
    after = "" if is_last or behind.startswith("\n\n") else "\n"
    return Edit(Span(place.end_line, column, place.end_line, column), f"{before}{lines}{after}")


def _behind_blanks(line: str, column: int) -> int:
    """The column at the line's end, if nothing but blanks stands between: they are not to begin what is inserted."""
    return column if line[column - 1 :].strip() else len(line) + 1


def _insert_before(postmortem: Postmortem, lines: str, place: Span) -> Edit | None:
    source = postmortem.source
    if _splits_suppression(postmortem, place.line - 1):
        return None
    before = "\n" if source.line(place.line - 1).strip() else ""
    return Edit(Span(*place[:2], *place[:2]), f"{before}{lines}\n\n")


def _splits_suppression(postmortem: Postmortem, line: int) -> bool:
    """Whether a suppression up to that line speaks of a line behind it."""
    return any(each.span.line <= line < each.line for each in postmortem.suppressions)


def _may_be_open(text: str) -> bool:
    """Whether code or HTML may run to the end of a text, so that a heading behind it would be part of it."""
    if ("```" in text or "~~~" in text) and len(_FENCE.findall(text)) % 2 == 1:
        return True
    low = text.lower() if "<" in text else ""
    return any(low.rfind(opening) > low.rfind(closing) for opening, closing in _HTML)
