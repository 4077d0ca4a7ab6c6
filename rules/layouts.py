"""House styles: which headings mean which kind of section, and what metadata is called.

A layout's own headings are looked up first, then the synonyms that everybody uses. The words are data, in `lexicon`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from types import MappingProxyType

from rules.patterns import Pattern
from rules.words import lexicon

_REMARK = Pattern(r"\([^()]*\)|\[[^\[\]]*\]")
_NUMBERING = Pattern(r"(?:\d{1,3}(?:\.\d{1,3}){0,3}[.):]?|[ivx]{1,4}[.)])\s+")
_MARKS = Pattern(r"^[\W_]+")
_SPLIT = Pattern(r"\s+[-–—|]\s+|:\s+|,\s+")
_PLAIN_WORD = Pattern(r"[^\W_][\w'-]*")
_PROMISING = Pattern(
    r"\b(?:will|shall|must|should|going to|want to|need to|needs to|intend to|we're|we are|from (?:here|now)"
    r"|to (?:be )?[a-z]+|to-?do)(?: |$)"
)
_PREVENTING = Pattern(r"\b(?:prevent(?:ion|ing|ive|ative)?|avoid(?:ing|ance)?|stop(?:ping)?|mitigat(?:e|ing|ion))\b")
_ONCE_MORE = Pattern(
    r"\b(?:future|re-?occur\w*|recurr?\w*|repeat\w*|repetition|again|happen(?:ing)?|next time|similar)\b"
)
_HOW_TO = Pattern(r"how (?:to|(?:can|do|will|shall|should|could|might) (?:we|you|i|one)) (?:prevent|avoid|stop)\b")
_LOOKS_BACK = Pattern(
    r"\b(?:why|who|when|where|was|were|been|did|could|(?:would|should|might) have|failed|has done|(?<!be )taken"
    r"|prevented|avoided|stopped|mitigated|done|causes?|lessons?|learned|learnt|timeline|impact|summary|went|wrong|root"
    r"|detection|questions?|verification|recovery|resolution|history|related|previous|past|earlier|incidents? like)\b"
)
"""What a heading tells of that is about the incident itself, or about more than what is to be done."""
_PREVENTION = Pattern(r"\b(?:prevention|prevent(?:ing|ive|ative)|avoidance|precaution(?:s|ary))\b")
_MEASURES = Pattern(
    r"\b(?:strateg(?:y|ies)|measures?|plans?|steps?|actions?|tasks?|recommendations?|improvements?|ideas|work|roadmap"
    r"|suggestions?|proposals?|efforts?|initiatives?|changes|fixes|controls?|mechanisms?|precautions)\b"
)
_MOST_TITLE_WORDS = 10
_LONGEST_HEADING = 120  # a longer one is a sentence, not the name of a section


_PLAIN = str.maketrans({"’": "'", "‘": "'", "‐": "-", "‑": "-"})


def fold(title: str) -> str:
    """A heading or label as it is compared: lower case, plain quotes and hyphens, single spaces, bare at its ends."""
    folded = " ".join(title.lower().translate(_PLAIN).split())
    if not folded[:1].isalnum():
        folded = _MARKS.sub("", folded)
    if "do's" in folded:
        folded = folded.replace("do's", "dos")
    numbering = _NUMBERING.match(folded)
    return folded[numbering.end() if numbering else 0 :].rstrip(" :.?!…*_-–—")


_FIRST_PERSON = Pattern(r"\b(?:i'm|i'll|i've|we'll|i)\b")
_PLURAL = {"i'm": "we're", "i'll": "we will", "i've": "we've", "we'll": "we will", "i": "we"}
"""How one author's headings, and short ones, are looked up: `What I'm changing`, `What we'll do`."""
_TWICE = Pattern(r" [/|] ")
"""Between a heading in two languages: `Causa raíz / Root cause`."""
_HALVES = Pattern(r"\s+[/|&+]\s+|,?\s+and\s+|(?<=[a-z]{2})/(?=[a-z]{2})", re.IGNORECASE)
"""Between the halves of a heading for two sections: `Lessons learned & next steps`."""
_AND = Pattern(r"\sand\s", re.IGNORECASE)
_SHORTEST_HALF = 5  # characters; `When`, `Good` and the like are names of sections only where they stand alone
_TOLD_WITH_ACTIONS = frozenset({"actions", "helped_hurt", "questions", "verification", "messaging", None})
"""Kinds of section that stand under one heading with action items, and leave these readable."""


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
        return _kind_with_actions(title) or self.own_kind_of(title) or _common_kind_of(title)

    def names_exactly(self, title: str) -> bool:
        """Whether a heading is a known one as it stands, not only in how it begins or ends."""
        return any(form in self._kinds or form in _synonyms()[0] for form in _forms(title))

    def own_kind_of(self, title: str) -> str | None:
        """As `kind_of`, by the style's own headings alone."""
        if len(title) > _LONGEST_HEADING:
            return None
        return next((self._kinds[form] for form in _forms(title) if form in self._kinds), None)


def make_layout(name: str, headings: Mapping[str, Iterable[str]], required: Iterable[str] | None = None) -> Layout:
    """A layout from its headings; without `required`, all of its kinds are."""
    listed = {kind: tuple(titles) for kind, titles in headings.items()}
    kinds: dict[str, str] = {}
    for kind, titles in listed.items():
        for title in titles:
            kinds.setdefault(fold(title), kind)
            kinds.setdefault(fold(_REMARK.sub(" ", title)), kind)
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
    folded = {form for title in titles if len(title) <= _LONGEST_HEADING for form in _forms(title)}
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
        for form in _forms(title) if len(title) <= _LONGEST_HEADING else ():
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


@lru_cache(maxsize=2048)
def key_of(label: str) -> str | None:
    """The canonical metadata key of a label, or None if it is none."""
    if len(label) > 60:
        return None
    key = _keys().get(_spaced(label))
    if key is None and " / " in label:
        keys = {_keys().get(_spaced(each)) for each in label.split(" / ")} - {None}
        key = keys.pop() if len(keys) == 1 else None
    return key


def key_from_front_matter(label: str) -> str:
    """The key a front matter entry goes by: the canonical one, else its own name in lower case with underscores."""
    return key_of(label) or _spaced(label).replace(" ", "_")


def _spaced(label: str) -> str:
    return fold(label.replace("_", " ").replace("-", " "))


@lru_cache(maxsize=2048)
def _forms(title: str) -> tuple[str, ...]:
    """The forms under which a heading is looked up, from the whole to its first words."""
    whole = fold(title)
    bare = fold(_REMARK.sub(" ", title)) if "(" in title or "[" in title else whole
    first = _SPLIT.split(bare, maxsplit=1)[0] if _SPLIT.search(bare) else bare
    forms = [whole, bare, fold(first)]
    if "'" in bare or bare.startswith("i ") or " i " in bare:
        forms.append(_FIRST_PERSON.sub(lambda match: _PLURAL[match[0]], bare))
    if " / " in whole or " | " in whole:
        forms.extend(map(fold, _TWICE.split(whole)))
    return tuple(dict.fromkeys(form for form in forms if form))


@lru_cache(maxsize=2048)
def _kinds_of_halves(title: str) -> tuple[str | None, ...]:
    """What the halves of a heading for two sections name, in order; nothing for a heading that has but one.

    Names with `and` between them must be known as they stand: `Lessons and how to prevent a repeat` is about lessons.
    """
    if len(title) > _LONGEST_HEADING:
        return ()
    halves = _HALVES.split(fold(_REMARK.sub(" ", title)))
    loose = _AND.search(title) is None
    return tuple(_kind_of_half(fold(half), loose=loose) for half in halves) if len(halves) > 1 else ()


def _kind_of_half(half: str, *, loose: bool) -> str | None:
    if len(half) < _SHORTEST_HALF:
        return None
    return _synonyms()[0].get(half) or ("actions" if loose and _looks_ahead(half) else None)


def names_actions_too(title: str) -> bool:
    """Whether one of a heading's halves names the action items: `Resolution and follow-up`."""
    return "actions" in _kinds_of_halves(title)


def _kind_with_actions(title: str) -> str | None:
    """`actions` for a heading of which one half names them, and no other what would hide them."""
    kinds = _kinds_of_halves(title)
    if "actions" not in kinds or fold(title) in _synonyms()[0]:
        return None
    return "actions" if _TOLD_WITH_ACTIONS.issuperset(kinds) else None


@lru_cache(maxsize=2048)
def _common_kind_of(title: str) -> str | None:
    if len(title) > _LONGEST_HEADING:
        return None
    title = without_products(title)
    exact, starts, ends = _synonyms()
    forms = _forms(title)
    for form in forms:
        if form in exact:
            return exact[form]
    if any(form.rsplit(" ", 1)[-1] in ("todo", "todos", "to-do", "to-dos") for form in forms) or _looks_ahead(title):
        return "actions"
    for form in forms:
        words = form.split(" ")
        for count in range(len(words), 0, -1):
            if kind := starts.get(" ".join(words[:count])):
                return kind
        for count in range(len(words) - 1, 0, -1):
            if kind := ends.get(" ".join(words[-count:])):
                return kind
    return next(filter(None, _kinds_of_halves(title)), None)


def without_products(title: str) -> str:
    """A heading without the names of products that sound like action items: `GitHub Actions`."""
    return _products().sub(" ", title) if "action" in title.lower() else title


@cache
def _products() -> Pattern:
    """The name of such a product."""
    names = "|".join(re.escape(name) for name in lexicon("headings")["actions"]["products"])
    return Pattern(rf"\b(?:{names})[ -]actions?\b", re.IGNORECASE)


def _looks_ahead(title: str) -> bool:
    """Whether a heading says that something is not to happen once more: `Steps to avoid recurrence`."""
    title = fold(title)
    if not _PREVENTING.search(title) or _LOOKS_BACK.search(title) or title in _words_of("otherwise"):
        return False
    return _ONCE_MORE.search(title) is not None or _HOW_TO.match(title) is not None


@lru_cache(maxsize=2048)
def may_mean_actions(title: str) -> bool:
    """Whether a heading, in a document with no other for them, announces action items (`Mitigations`)."""
    return any(form in _words_of("otherwise") for form in _forms(title)) or announces_prevention(title)


@lru_cache(maxsize=2048)
def announces_prevention(title: str) -> bool:
    """Whether a heading speaks of measures that prevent: `Preventive steps`, `Strategies for prevention`."""
    folded = fold(title)
    if not _PREVENTION.search(folded) or _LOOKS_BACK.search(folded.removesuffix(" taken")):
        return False
    return _MEASURES.search(folded) is not None


@lru_cache(maxsize=2048)
def title_weight(title: str) -> int:
    """How much the words of a heading speak for action items under it (above 0), or for something else (below 0).

    What speaks for them are beginnings of words such as `prevent`, and the grammar of a promise: `What we will do`,
    `Things to fix`. A long heading says nothing.
    """
    words = _PLAIN_WORD.findall(fold(without_products(title)))
    if not words or len(words) > _MOST_TITLE_WORDS:
        return 0
    stems = lexicon("headings")["stems"]
    promised = sum(any(word.startswith(stem) for stem in stems["actions"]) for word in words)
    foreign = sum(any(word.startswith(stem) for stem in stems["other"]) for word in words)
    return promised + (_PROMISING.search(" ".join(words)) is not None) - foreign


@lru_cache(maxsize=2048)
def is_aside(title: str) -> bool:
    """Whether a heading announces what is asked or believed (`Design principles`, `Questions to ask`)."""
    return not _aside_words().isdisjoint(_PLAIN_WORD.findall(fold(title)))


@lru_cache(maxsize=2048)
def is_checklist(title: str) -> bool:
    """Whether a heading announces steps of writing the document (`Review checklist`), which are no action items."""
    return any(word in fold(title) for word in _words_of("checklists"))


@cache
def _aside_words() -> frozenset[str]:
    return frozenset(lexicon("headings")["stems"]["asides"])


@cache
def _words_of(way: str) -> frozenset[str]:
    return frozenset(fold(title) for title in lexicon("headings")["actions"][way])


@cache
def _synonyms() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Headings to kinds: exactly, by first words, by last words."""
    tables: tuple[dict[str, str], dict[str, str], dict[str, str]] = ({}, {}, {})
    for kind, entry in lexicon("headings").items():
        for table, way in zip(tables, ("is", "starts", "ends"), strict=True):
            for title in entry.get(way, ()):
                table.setdefault(fold(title), kind)
    return tables


@cache
def _keys() -> dict[str, str]:
    return {_spaced(label): key for key, labels in lexicon("metadata").items() for label in labels}


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
