"""A quick look at which words occur, by which most sentences need no closer one."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from rules.language.subjects import heads
from rules.language.vocabulary import given_names, phrases, words

_WORDS = re.compile(r"[^\W_]+")
_NEGATIONS = frozenset({"never", "not", "didn", "hadn", "wasn", "weren", "nor"})
_DUTIES = frozenset({"should", "ought", "shouldn"})
_NOBODY = frozenset({"nobody", "noone", "one", "none", "neither", "no"})


class _Suspicious(NamedTuple):
    """Words that may blame.

    Attributes:
        signs: all of the others together.
        alone: by themselves.
        pairs: if there is one of the first and one of the second.
        people: whom to blame.
        personal: of people.
        duties: of people, if they are denied.
    """

    signs: frozenset[str]
    alone: frozenset[str]
    pairs: tuple[tuple[frozenset[str], frozenset[str]], ...]
    people: frozenset[str]
    personal: frozenset[str]
    duties: frozenset[str]


def is_suspicious(text: str, names: frozenset[str], *, ourselves: bool = True) -> bool:
    """Whether a text has words by which it could blame; without them a closer look finds nothing.

    `ourselves`: whether what the authors hold against themselves counts.
    """
    seen = _WORDS.findall(text.lower())
    known = _suspicious(ourselves)
    signs = known.signs.intersection(seen)
    if not signs:
        return False
    if not signs.isdisjoint(known.alone):
        return True
    if any(not signs.isdisjoint(first) and not signs.isdisjoint(second) for first, second in known.pairs):
        return True
    denied = not signs.isdisjoint(_NEGATIONS) and not signs.isdisjoint(known.duties)
    if not denied and signs.isdisjoint(known.personal):
        return False
    return not signs.isdisjoint(known.people) or "@" in text or not names.isdisjoint(seen)


@cache
def _suspicious(ourselves: bool) -> _Suspicious:
    alone = (
        words("plain_failings")
        | words("faults_of_character")
        | words("agentless")
        | {"followed", "ignored", "dismissed", "forgot", "neglected"}
    )
    personal = (
        words("adverse")
        | words("rash")
        | words("rash_people")
        | words("wrong")
        | words("failings")
        | words("by_person")
        | words("clause_signs")
    )
    people = heads() if ourselves else heads() - words("ourselves")
    found = _Suspicious(
        signs=_NEGATIONS,
        alone=_telling("causes", "oversights", "idioms") | _parts(alone),
        pairs=(
            (_parts(words("made")), _parts(words("makers") | words("silly"))),
            (_DUTIES, _parts(words("passive_duties") | words("regretted") | {"handled", "careful"})),
            (_NOBODY, _parts(words("vigilance") | {"actually"})),
            (_parts(words("poor_things")), _parts(words("poor"))),
            (frozenset({"had"}), frozenset({"if", "would", "could", "might", "preventable", "avoidable"})),
        ),
        people=_parts(people | words("nobody") | {"his", "her"}) | given_names(),
        personal=_telling("strong", "shared", "traits", "denied_traits", "manner", "lies", "pinned") | _parts(personal),
        duties=_parts(words("duties") | words("human_duties")),
    )
    pairs = (words for pair in found.pairs for words in pair)
    return found._replace(signs=_NEGATIONS.union(found.alone, found.people, found.personal, found.duties, *pairs))


def _telling(*keys: str) -> frozenset[str]:
    """Of each phrase the word that is rarest elsewhere: the longest that is not a common one."""
    found: set[str] = set()
    for key in keys:
        for phrase in phrases(key):
            parts = [part for word in phrase for part in _WORDS.findall(word)]
            rare = [part for part in parts if part not in words("common")]
            found.add(max(rare or parts, key=len))
    return frozenset(found)


def _parts(known: frozenset[str]) -> frozenset[str]:
    """The words as this look sees them: of a compound the last part."""
    return frozenset(word.rpartition("-")[2] for word in known)
