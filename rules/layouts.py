"""House styles: which headings mean which kind of section.

A layout's own headings are looked up first, then the synonyms that everybody uses. The words are data, in `lexicon`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

from rules.folding import fold
from rules.headings import (
    LONGEST_HEADING,
    common_kind_of,
    forms_of,
    kind_with_actions,
    known_headings,
    without_remarks,
)
from rules.words import lexicon


@dataclass(frozen=True, slots=True)
class Layout:
    """A house style.

    Attributes:
        name: as the policy and the command line call it.
        headings: section kinds in document order, each with the headings this style uses, the suggested one first.
        required: the kinds a document of this style must have.
    """

    name: str
    headings: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...]
    _kinds: Mapping[str, str] = field(repr=False, compare=False)

    def heading_for(self, kind: str) -> str:
        """The heading to write for a kind of section; the kind itself, in words, if the style has none."""
        return self.headings[kind][0] if self.headings.get(kind) else kind.replace("_", " ").capitalize()

    def kind_of(self, title: str) -> str | None:
        """The kind of section that a heading announces, or None if it says nothing we know."""
        if fold(title) in self._kinds:
            return self._kinds[fold(title)]
        return kind_with_actions(title) or self.own_kind_of(title) or common_kind_of(title)

    def names_exactly(self, title: str) -> bool:
        """Whether a heading is a known one as it stands, not only in how it begins or ends."""
        return any(form in self._kinds or form in known_headings() for form in forms_of(title))

    def own_kind_of(self, title: str) -> str | None:
        """As `kind_of`, by the style's own headings alone."""
        if len(title) > LONGEST_HEADING:
            return None
        return next((self._kinds[form] for form in forms_of(title) if form in self._kinds), None)


def make_layout(name: str, headings: Mapping[str, Iterable[str]], required: Iterable[str] | None = None) -> Layout:
    """A layout from its headings; without `required`, all of its kinds are."""
    listed = {kind: tuple(titles) for kind, titles in headings.items()}
    kinds: dict[str, str] = {}
    for kind, titles in listed.items():
        for title in titles:
            kinds.setdefault(fold(title), kind)
            kinds.setdefault(fold(without_remarks(title)), kind)
    chosen = tuple(listed) if required is None else tuple(required)
    return Layout(name, MappingProxyType(listed), chosen, MappingProxyType(kinds))


def layout_from(setting: str | Mapping[str, str | tuple[str, ...]]) -> Layout | None:
    """The layout a policy or the command line asks for; None for `auto`. Raises ValueError for an unknown name."""
    if isinstance(setting, str):
        if setting == "auto":
            return None
        if setting not in LAYOUTS:
            known = ", ".join(sorted({layout.name for layout in LAYOUTS.values()}))
            raise ValueError(f"there is no layout {setting!r}; write auto or one of {known}")
        return LAYOUTS[setting]
    return make_layout("custom", {kind: (word,) if isinstance(word, str) else word for kind, word in setting.items()})


def recognise(titles: Iterable[str]) -> Layout:
    """The layout a document's titles follow; `generic` if none is clear.

    A layout is followed where at least three kinds of section stand under its own headings, and of its required kinds
    three quarters with one heading that no other layout has, or fewer with two of those.
    """
    folded = {form for title in titles if len(title) <= LONGEST_HEADING for form in forms_of(title)}
    best, best_score = LAYOUTS["generic"], (0, 0.0)
    for layout in _named():
        found = {layout._kinds[form] for form in folded & layout._kinds.keys()}
        if layout.name == "generic" or len(found) < 3:
            continue
        own = len(folded & _distinctive()[layout.name])
        share = len(found & set(layout.required)) / max(len(layout.required), 1)
        if own < 1 or (share < 0.75 and own < 2):
            continue
        if (own, share) > best_score:
            best, best_score = layout, (own, share)
    return best


@cache
def _distinctive() -> dict[str, frozenset[str]]:
    """For each layout the headings that no other has."""
    named = [layout for layout in _named() if layout.name != "generic"]
    owners: dict[str, int] = {}
    for layout in named:
        for heading in layout._kinds:
            owners[heading] = owners.get(heading, 0) + 1
    listed = {layout.name: frozenset(each for each in layout._kinds if owners[each] == 1) for layout in named}
    return {**listed, "generic": frozenset()}


def heading_count(titles: Iterable[str]) -> int:
    """How many different kinds of section the titles name in one layout, for the layout with the most.

    Headings that everybody uses count as one more layout if a timeline and a cause are among them, since plans and
    proposals have summaries, timelines and next steps, too.
    """
    known = list(titles)
    found: dict[str, set[str]] = {layout.name: set() for layout in _named()}
    for title in known:
        kinds: dict[str, str] = {}  # of this title in each layout
        for form in forms_of(title) if len(title) <= LONGEST_HEADING else ():
            kinds = {**_kinds_of_form().get(form, {}), **kinds}
        for name, kind in kinds.items():
            found[name].add(kind)
    common = {LAYOUTS["generic"].kind_of(title) for title in known} - {None}
    return max(*map(len, found.values()), len(common) if {"timeline", "actual"} <= common else 0)


@cache
def _kinds_of_form() -> dict[str, dict[str, str]]:
    """For each heading that is some layout's own, the kind in each of these layouts, by their names."""
    known: dict[str, dict[str, str]] = {}
    for layout in _named():
        for form, kind in layout._kinds.items():
            known.setdefault(form, {})[layout.name] = kind
    return known


def _read_layouts() -> Mapping[str, Layout]:
    layouts: dict[str, Layout] = {}
    for name, entry in lexicon("layouts").items():
        layout = make_layout(name, entry["headings"], entry["required"])
        for each in (name, *entry.get("aliases", ())):
            layouts[each] = layout
    return MappingProxyType(layouts)


LAYOUTS: Mapping[str, Layout] = _read_layouts()


@cache
def _named() -> tuple[Layout, ...]:
    """Each layout once."""
    return tuple({layout.name: layout for layout in LAYOUTS.values()}.values())
