"""What a heading announces whatever the house style: by the words that everybody uses, and by its grammar.

The words are data, in `lexicon/headings.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from rules.folding import fold
from rules.patterns import Pattern
from rules.words import lexicon

LONGEST_HEADING = 120
"""Characters; a longer one is a sentence, not the name of a section."""

_REMARK = Pattern(r"\([^()]*\)|\[[^\[\]]*\]")
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
"""The words of a heading about the incident itself, or about more than what is to be done."""
_PREVENTION = Pattern(r"\b(?:prevention|prevent(?:ing|ive|ative)|avoidance|precaution(?:s|ary))\b")
_MEASURES = Pattern(
    r"\b(?:strateg(?:y|ies)|measures?|plans?|steps?|actions?|tasks?|recommendations?|improvements?|ideas|work|roadmap"
    r"|suggestions?|proposals?|efforts?|initiatives?|changes|fixes|controls?|mechanisms?|precautions)\b"
)
_PROPOSAL = Pattern(
    r"(?:the |our )?(?:proposed|possible|potential|suggested|recommended|planned) "
    r"(?:(?:permanent|long[- ]term|lasting|real) )?"
    r"(?:fix(?:es)?|solutions?|remed(?:y|ies)|repairs?|countermeasures?)"
)
_FIRST_PERSON = Pattern(r"\b(?:i'm|i'll|i've|we'll|i)\b")
_PLURAL = {"i'm": "we're", "i'll": "we will", "i've": "we've", "we'll": "we will", "i": "we"}
"""How one author's headings, and short ones, are looked up: `What I'm changing`, `What we'll do`."""
_TWICE = Pattern(r" [/|] ")
"""Between a heading in two languages: `Causa raíz / Root cause`."""
_HALVES = Pattern(r"\s+[/|&+]\s+|,?\s+and\s+|(?<=[a-z]{2})/(?=[a-z]{2})", re.IGNORECASE)
"""Between the halves of a heading for two sections: `Lessons learned & next steps`."""
_AND = Pattern(r"\sand\s", re.IGNORECASE)
_MOST_TITLE_WORDS = 10
_SHORTEST_HALF = 5  # characters; `When`, `Good` and the like are names of sections only where they stand alone
_TOLD_WITH_ACTIONS = frozenset({"actions", "helped_hurt", "questions", "verification", "messaging", None})
"""Kinds of section that stand under one heading with action items, and leave these readable."""


def without_remarks(title: str) -> str:
    """A heading without what stands in brackets."""
    return _REMARK.sub(" ", title)


@lru_cache(maxsize=2048)
def forms_of(title: str) -> tuple[str, ...]:
    """The forms under which a heading is looked up, from the whole to its first words."""
    whole = fold(title)
    bare = fold(without_remarks(title)) if "(" in title or "[" in title else whole
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
    if len(title) > LONGEST_HEADING:
        return ()
    halves = _HALVES.split(fold(without_remarks(title)))
    loose = _AND.search(title) is None
    return tuple(_kind_of_half(fold(half), loose=loose) for half in halves) if len(halves) > 1 else ()


def _kind_of_half(half: str, *, loose: bool) -> str | None:
    if len(half) < _SHORTEST_HALF:
        return None
    return known_headings().get(half) or ("actions" if loose and _looks_ahead(half) else None)


def names_actions_too(title: str) -> bool:
    """Whether one of a heading's halves names the action items: `Resolution and follow-up`."""
    return "actions" in _kinds_of_halves(title)


def kind_with_actions(title: str) -> str | None:
    """`actions` for a heading of which one half names them, and no other what would hide them."""
    kinds = _kinds_of_halves(title)
    if "actions" not in kinds or fold(title) in known_headings():
        return None
    return "actions" if _TOLD_WITH_ACTIONS.issuperset(kinds) else None


@lru_cache(maxsize=2048)
def common_kind_of(title: str) -> str | None:
    """The kind of section that a heading announces by the words that everybody uses; None if that cannot be told."""
    if len(title) > LONGEST_HEADING:
        return None
    title = _without_products(title)
    exact, starts, ends = _synonyms()
    forms = forms_of(title)
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


def _without_products(title: str) -> str:
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
    known = any(form in _words_of("otherwise") for form in forms_of(title))
    return known or announces_prevention(title) or announces_proposal(title)


@lru_cache(maxsize=2048)
def announces_prevention(title: str) -> bool:
    """Whether a heading speaks of measures that prevent: `Preventive steps`, `Strategies for prevention`."""
    folded = fold(title)
    if not _PREVENTION.search(folded) or _LOOKS_BACK.search(folded.removesuffix(" taken")):
        return False
    return _MEASURES.search(folded) is not None


@lru_cache(maxsize=2048)
def announces_proposal(title: str) -> bool:
    """Whether a heading speaks of a repair that is not made yet: `Proposed fix`, `Possible solutions`."""
    return len(title) <= LONGEST_HEADING and _PROPOSAL.fullmatch(fold(title)) is not None


@lru_cache(maxsize=2048)
def title_weight(title: str) -> int:
    """How much the words of a heading speak for action items under it (above 0), or for something else (below 0).

    What speaks for them are beginnings of words such as `prevent`, and the grammar of a promise: `What we will do`,
    `Things to fix`. A long heading says nothing.
    """
    words = _PLAIN_WORD.findall(fold(_without_products(title)))
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


def known_headings() -> Mapping[str, str]:
    """The headings that everybody uses, folded, with the kinds of section that they announce."""
    return _synonyms()[0]


@cache
def _synonyms() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Headings to kinds: exactly, by first words, by last words."""
    tables: tuple[dict[str, str], dict[str, str], dict[str, str]] = ({}, {}, {})
    for kind, entry in lexicon("headings").items():
        for table, way in zip(tables, ("is", "starts", "ends"), strict=True):
            for title in entry.get(way, ()):
                table.setdefault(fold(title), kind)
    return tables
