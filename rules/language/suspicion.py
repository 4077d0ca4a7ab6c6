"""A quick look at which words occur, by which most sentences need no closer one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from rules.language.complaints import PAIRS as OF_COMPLAINTS
from rules.language.failings import WORSE
from rules.language.going_on import AVOIDING, DECIDING, GATES, HEEDING
from rules.language.named_acts import PAIRS as OF_NAMED
from rules.language.omissions import WITS
from rules.language.organisations import PAIRS as OF_ORGANISATIONS
from rules.language.predicates import GIVING, OWED
from rules.language.qualities import PAIRS
from rules.language.shortcomings import PAIRS as OF_SHORTCOMINGS
from rules.language.subjects import heads
from rules.language.unsaid import WAYS
from rules.language.verdicts import PAIRS as OF_VERDICTS
from rules.language.vocabulary import given_names, words
from rules.patterns import Pattern
from rules.words import word_map

_FOREIGN = Pattern("[^\\x00-\\x7f’‘“”–—…•·→«»„\u00a0\ufffc]")
"""What is neither in ASCII nor a common sign."""
_NEGATIONS = frozenset({"never", "not", "didn", "don", "hadn", "wasn", "weren", "nor"})
_UNSAID = frozenset({"did", "didn", "never", "failed"})
_HANDLED = frozenset({"handled", "careful"})
_DUTIES = frozenset({"should", "ought", "shouldn"})
_NOBODY = frozenset({"nobody", "noone", "one", "none", "neither", "no", "anyone", "anybody"})
_FAILING = frozenset({"followed", "ignored", "dismissed", "forgot", "neglected"})

_ALONE = ("plain_failings", "faults_of_character", "agentless", "shoddy", "character_adverse")
"""Word lists of which each word is enough by itself."""
_PERSONAL = (
    "adverse", "rash", "rash_people", "wrong", "damaging", "omitting", "failings", "by_person", "slurs", "clause_signs",
)  # fmt: skip
"""Word lists of what is blame if it is said of people."""
_IDIOMS = ("causes", "oversights", "idioms", "human")
"""Lists of phrases that are enough by themselves."""
_PREDICATES = (
    "strong", "shared", "traits", "denied_traits", "characters", "apart", "manner", "lies", "pinned", "going_on",
    "brought_about", "unapproved", "denied_characters",
)  # fmt: skip
"""Lists of phrases that are blame if they are said of people."""


class _Suspicious(NamedTuple):
    """Words that may blame.

    Attributes:
        signs: one of them is there if anything is: all of the others but for people and duties.
        alone: by themselves.
        alone_with: by themselves, if one of certain others is there too.
        pairs: if there is one of the first and one of the second.
        people: whom to blame.
        personal: of people.
        personal_with: of people, if one of certain others is there too.
        duties: of people, if they are denied.
    """

    signs: frozenset[str]
    alone: frozenset[str]
    alone_with: dict[str, frozenset[str]]
    pairs: tuple[tuple[frozenset[str], frozenset[str]], ...]
    people: frozenset[str]
    personal: frozenset[str]
    personal_with: dict[str, frozenset[str]]
    duties: frozenset[str]

    def among(self, words: frozenset[str]) -> _Suspicious:
        """Those of them that are among some words; what needs two words is left out unless both are."""
        signs = self.signs & words
        return _with_signs(
            _Suspicious(
                signs=signs,
                alone=self.alone & signs,
                alone_with=_with_others(signs, self.alone_with, words),
                pairs=tuple(
                    (first & signs, second & words)
                    for first, second in self.pairs
                    if not (first.isdisjoint(signs) or second.isdisjoint(words))
                ),
                people=self.people & words,
                personal=self.personal & signs,
                personal_with=_with_others(signs, self.personal_with, words),
                duties=self.duties & words,
            )
        )


def _with_signs(known: _Suspicious) -> _Suspicious:
    pairs = (first for first, _ in known.pairs)
    return known._replace(
        signs=_NEGATIONS.union(known.alone, known.alone_with, known.personal, known.personal_with, *pairs)
    )


class Suspicion:
    """Tells which texts of a document could blame somebody: those with certain words.

    Few of these words occur in a document, so that it is enough to look for these few in each text.
    """

    __slots__ = ("_known", "_names", "_ourselves")

    def __init__(self, occurring: frozenset[str], names: frozenset[str], *, ourselves: bool) -> None:
        """`occurring`: the document's words; `ourselves`: whether what its authors hold against themselves counts."""
        self._known = _suspicious(ourselves).among(occurring)
        self._ourselves = ourselves
        self._names = names & occurring

    def falls_on(self, text: str, seen: Sequence[str]) -> bool:
        """Whether a text of the document could blame; `seen`: its words, as `rules.once.words_of` tells them."""
        known = self._known
        if known.signs.isdisjoint(seen):
            return False
        signs = known.signs.intersection(seen)
        if not signs.isdisjoint(known.alone) or _go_together(signs, seen, known.alone_with):
            return True
        for first, second in known.pairs:
            if not signs.isdisjoint(first) and not second.isdisjoint(seen):
                return True
        if signs.isdisjoint(known.personal) and not _go_together(signs, seen, known.personal_with):
            denied = "never" in signs or (not signs.isdisjoint(_NEGATIONS) and not known.duties.isdisjoint(seen))
            if not denied:
                return False
        named = not known.people.isdisjoint(seen) or not self._names.isdisjoint(seen)
        return named or self._ourselves or "@" in text or _has_accents(text)


def _has_accents(text: str) -> bool:
    """Whether a word, perhaps a name, has letters beyond those of English."""
    return not text.isascii() and _FOREIGN.search(text) is not None


def _go_together(signs: frozenset[str], seen: Sequence[str], known: dict[str, frozenset[str]]) -> bool:
    """Whether one of the signs stands together with a word that belongs to it."""
    return bool(known) and any(word in known and not known[word].isdisjoint(seen) for word in signs)


def _with_others(
    signs: frozenset[str], known: dict[str, frozenset[str]], words: frozenset[str]
) -> dict[str, frozenset[str]]:
    """Of some signs those of which a word that belongs to them is there too, with all such words."""
    return {sign: beside & words for sign in signs if (beside := known.get(sign)) and not beside.isdisjoint(words)}


@cache
def _suspicious(ourselves: bool) -> _Suspicious:
    idioms, predicates = _telling(*_IDIOMS), _telling(*_PREDICATES)
    people = heads() if ourselves else heads() - words("ourselves")
    beside_without = predicates.get("without", frozenset()) | _gerunds(words("duties")) | {"first"}
    found = _Suspicious(
        signs=frozenset(),
        alone=_alone(idioms) | _parts(_any_of(*_ALONE) | _FAILING),
        alone_with=_together(idioms),
        pairs=(*_pairs(), *PAIRS, *OF_ORGANISATIONS, *OF_NAMED, *OF_COMPLAINTS, *OF_VERDICTS, *OF_SHORTCOMINGS),
        people=_parts(people | _any_of("nobody", "titles") | {"his", "her"}) | given_names(),
        personal=_alone(predicates) | _parts(_any_of(*_PERSONAL)) | {"anyway", "regardless"},
        personal_with=_united(_together(predicates), {"without": beside_without}, _beside()),
        duties=_parts(_any_of("duties", "human_duties")) | _gerunds(words("duties")) | {"how"},
    )
    return _with_signs(found)


def _pairs() -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    """Words that blame only together: one of the first, and one of the second."""
    unsaid = _any_of("unsaid", "unsaid_with")
    yield _parts(words("made")), _parts(_any_of("makers", "silly"))
    yield _DUTIES, _parts(_any_of("passive_duties", "regretted", "unsaid_late", "unsaid_acts") | unsaid | _HANDLED)
    yield frozenset({"must"}), frozenset({"known", "seen", "noticed", "realised", "realized", "understood"})
    yield _NOBODY, _parts(_any_of("vigilance", "unsupervised") | {"actually"} | WITS)
    yield _parts(words("poor_things")), _parts(words("poor"))
    yield frozenset({"missed", "disregarded", "misread"}), _any_of("signals", "procedures", "papers")
    yield _UNSAID, _parts(unsaid)
    yield _gerunds(unsaid), frozenset({"not"})
    yield WAYS, _parts(words("unsaid_acts"))
    yield words("wrong"), _parts(words("unsaid_hands"))
    yield frozenset({"skipped", "bypassed", "skipping", "bypassing"}), _parts(GATES)
    yield GIVING, OWED
    yield words("deplorable"), frozenset({"that"})
    yield frozenset({"blame"}), frozenset({"we", "i"})
    yield (
        frozenset({"took"}),
        frozenset({"even", "finally", "bother", "admit", "concede", "own", "too", "forever", "ages"}),
    )
    yield words("paragons"), frozenset({"would", "could", "might", "should"})
    yield frozenset({"had"}), frozenset({"if", "would", "could", "might", "preventable", "avoidable"})


def _united(*dicts: dict[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """All keys of some dictionaries, each with the words that it has in any of them."""
    keys = frozenset[str]().union(*dicts)
    return {key: frozenset[str]().union(*(each.get(key, ()) for each in dicts)) for key in keys}


def _beside() -> dict[str, frozenset[str]]:
    """Of people: of what they did, the words of which one makes blame of it."""
    destroyed = dict.fromkeys(words("destroying"), _any_of("novices", "precious"))
    released = dict.fromkeys(words("released") | {"gave"}, words("concessions"))
    worse = dict.fromkeys(WORSE, words("whims"))
    return _united(destroyed, released, worse, dict.fromkeys(DECIDING, _parts(HEEDING) | AVOIDING))


def _any_of(*keys: str) -> frozenset[str]:
    """The words of several lists."""
    return frozenset[str]().union(*map(words, keys))


def _gerunds(verbs: frozenset[str]) -> frozenset[str]:
    """“checking”, “noticing”, “planning”, and for verbs that are formed in another way words that nobody uses."""
    return frozenset(f"{stem}ing" for verb in verbs for stem in (verb, verb[:-1], verb + verb[-1]))


def _alone(told: dict[str, frozenset[str]]) -> frozenset[str]:
    return frozenset(word for word, beside in told.items() if not beside)


def _together(told: dict[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    return {word: beside for word, beside in told.items() if beside}


def _telling(*keys: str) -> dict[str, frozenset[str]]:
    """Of each phrase the word that is rarest elsewhere: the longest that is not a common one.

    With each such word come those of which one stands beside it in every phrase; none if it may stand by itself.
    """
    found: dict[str, set[str]] = {}
    by_themselves: set[str] = set()
    common = words("common")
    for phrase in _spoken(keys):
        if len(phrase) == 1:
            by_themselves.add(phrase[0])
            continue
        word = max([part for part in phrase if part not in common] or phrase, key=len)
        beside = [part for part in phrase if part != word and part not in _CONTRACTED and len(part) > 1]
        if beside:
            found.setdefault(word, set()).add(max(beside, key=len))
        else:
            by_themselves.add(word)
    return {word: frozenset(beside) for word, beside in found.items() if word not in by_themselves} | dict.fromkeys(
        by_themselves, frozenset[str]()
    )


def _spoken(keys: tuple[str, ...]) -> Iterator[list[str]]:
    """The phrases of some lists, as this look sees their words."""
    text = ",".join(word_map("blame", "phrases")[key] for key in keys)
    for phrase in text.replace("\n", ",").replace("'", " ").replace("-", " ").split(","):
        if parts := phrase.split():
            yield parts


_CONTRACTED = frozenset(
    {"not", "did", "do", "does", "can", "could", "have", "has", "had", "is", "was", "are", "were", "would", "should"}
)
"""Words that a contraction may hide: “didn't” is seen as “didn” and “t”."""


def _parts(known: frozenset[str]) -> frozenset[str]:
    """The words as this look sees them: of a compound the last part."""
    return frozenset(word.rpartition("-")[2] for word in known)
