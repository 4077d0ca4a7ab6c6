"""Who is spoken of: whether a noun phrase names a person or a team.

English only. A word that is also a thing's name (“operator”, “agent”) is told apart from one that is surely a person.
"""

from __future__ import annotations

import enum
from functools import cache
from typing import NamedTuple

from rules.language.sentences import MASK, POSSESSIVE, Sentence
from rules.language.vocabulary import given_names, is_past, is_word, words
from rules.names import fold_name

_MOST_MODIFIERS = 4  # words between an article and its noun
_LONGEST_PERSON = 6  # words, behind "by"
_DENYING = frozenset({"no", "not", "neither", "nor", "none"})
_LEADING = frozenset(
    {"management", "leadership", "marketing", "sales", "legal", "procurement", "headquarters", "assurance"}
)
_LEADERS_OF = frozenset(
    {"product", "senior", "upper", "middle", "line", "top", "engineering", "project", "it", "our", "company", "quality"}
)
_SUPPORT_OF = frozenset(
    {"it", "vendor", "product", "customer", "technical", "tech", "client", "first-line", "second-line"}
)
_PRONOUNS = frozenset({"he", "she", "someone", "somebody", "everyone", "everybody", "whoever", "they", "we", "i"})


AGENT_ENDINGS = ("er", "or", "ers", "ors", "ist", "ists", "ian", "ians", "man", "men")
"""By which nouns for those who do something end."""
_SHORTEST_AGENT = 5  # letters
_LONGEST_REFERENCE = 30  # tokens from a noun to the pronoun that stands for it
_SINGULAR = frozenset({"he", "she", "his", "her", "him", "himself", "herself"})
_SOME = frozenset({"one", "two", "some", "another", "member", "members", "part", "somebody", "someone", "all", "both"})
_PUBLIC = frozenset({"people", "persons", "individuals", "humans", "user", "users"})
_BODIES = frozenset({"desk", "desks", "board", "boards"})
_LEARNED = ("ist", "ists", "ician", "icians", "woman", "women")
"""By which nouns end that are always people's, but for `list` and what is made with it."""
_FEW = frozenset({"two", "three", "four", "other", "our", "these", "those"})


class Who(enum.Enum):
    """Surely people, people or a thing called alike, an agent noun that no list knows, or the authors."""

    PEOPLE = 1
    MAYBE = 2
    STRANGER = 3
    OURSELVES = 4


class Person(NamedTuple):
    """A person or a team: who, and the tokens from `start` to `end` (exclusive)."""

    who: Who
    start: int
    end: int


@cache
def heads() -> frozenset[str]:
    """All words that can name people, but for names."""
    keys = ("people", "qualified", "perhaps", "departments", "teams", "ourselves")
    return frozenset().union(*(words(key) for key in keys))


def is_name(sentence: Sentence, index: int, names: frozenset[str]) -> bool:
    """Whether a token is a mention, a name that the document knows, a given name, or a surname behind one."""
    raw = sentence.raw[index]
    if raw[0] == "@":
        return len(raw) > 1
    if not raw[0].isupper():
        return False
    word = sentence.words[index]
    if _is_first_name(word, names):
        return True
    if not index or not sentence.raw[index - 1][0].isupper() or not word.isalpha():
        return False
    before = sentence.words[index - 1]
    return before in words("titles") or _is_first_name(before, names)


def _is_first_name(word: str, names: frozenset[str]) -> bool:
    return word in names or word in given_names() or (not word.isascii() and fold_name(word) in given_names())


def is_agent_noun(sentence: Sentence, index: int) -> bool:
    """Whether a word is formed like those for people (“a stocktaker”), behind an article, and names no system."""
    word = sentence.words[index]
    if not word.endswith(AGENT_ENDINGS) or len(word) < _SHORTEST_AGENT:
        return False
    known = words("systems")
    last = word.rpartition("-")[2]
    if (last in known or last.removesuffix("s") in known) and not _is_on_duty(sentence, index):
        return False
    return any(
        sentence.at(before) in words("articles") or sentence.at(before) in words("human_qualifiers")
        for before in range(index - 1, index - 4, -1)
    )


def _is_on_duty(sentence: Sentence, index: int) -> bool:
    """“The night dispatcher”, “the dispatcher on duty”."""
    if sentence.at(index - 1) in words("human_qualifiers"):
        return True
    return sentence.at(index + 1) in ("on", "in") and sentence.at(index + 2) in ("duty", "call", "shift", "charge")


def person_ending_with(sentence: Sentence, index: int, names: frozenset[str]) -> Person | None:
    """The person whose noun is the token `index`; None if it names nobody, or is denied (“no engineer”)."""
    who = _who(sentence, index, names)
    if who is None:
        return None
    start = _start(sentence, index)
    if sentence.at(start) in _DENYING or sentence.at(start - 1) in _DENYING:
        return None
    return Person(who, start, index + 1 + _is_team_of_name(sentence, index))


def _is_team_of_name(sentence: Sentence, index: int) -> bool:
    """“Team Blue”, whose name follows."""
    named = sentence.raw[index] in ("Team", "Squad") and index + 1 < len(sentence.raw)
    return named and sentence.raw[index + 1][0].isupper() and not is_past(sentence.words[index + 1])


def person_from(sentence: Sentence, start: int, names: frozenset[str]) -> Person | None:
    """The person named right there, as behind “by”; None for anything else (“a developer tool”)."""
    for index in range(start, min(start + _LONGEST_PERSON, len(sentence.words))):
        if not is_word(sentence.words[index]) and sentence.words[index] != POSSESSIVE:
            return None
        who = _who(sentence, index, names)
        if who is not None and ends_noun(sentence, index + 1):
            return Person(who, start, index + 1)
        word = sentence.words[index]
        if word == "of" and sentence.at(index - 1) in _SOME:
            continue
        if word in words("boundaries") or word in words("auxiliaries") or word in words("prepositions"):
            return None
    return None


def ends_noun(sentence: Sentence, index: int) -> bool:
    """Whether what stands there ends the noun before, which does not belong to another one then."""
    word = sentence.at(index)
    if word == POSSESSIVE:
        return sentence.at(index + 1) in ("side", "part", "behalf")
    if not word or (not is_word(word) and word != MASK):
        return True
    return word in _after_nouns() or word.endswith(("ing", "ly")) or is_past(word)


@cache
def _after_nouns() -> frozenset[str]:
    keys = (
        "boundaries",
        "prepositions",
        "articles",
        "auxiliaries",
        "modals",
        "between",
        "participles",
        "ourselves",
    )
    return words("function_words").union(*(words(key) for key in keys))


def role_at(sentence: Sentence, index: int) -> Who | None:
    """Who is named by a role, a team or a pronoun at the token `index`; None if nobody is."""
    word = sentence.words[index]
    return _who_by_role(sentence, index, word) if word in heads() else None


def _who(sentence: Sentence, index: int, names: frozenset[str]) -> Who | None:
    if sentence.words[index] in heads():
        who = role_at(sentence, index) or (Who.MAYBE if sentence.at(index + 1) == "who" else None)
    elif is_name(sentence, index, names):
        return Who.PEOPLE
    else:
        who = _who_by_ending(sentence, index)
    if who in (Who.MAYBE, Who.STRANGER) and _is_program(sentence, index, who):
        return None
    return Who.PEOPLE if who in (Who.MAYBE, Who.STRANGER) and _is_human(sentence, index) else who


def _who_by_ending(sentence: Sentence, index: int) -> Who | None:
    """Who is named by a word formed like those for people: a scholar (“the chemist”), or perhaps a machine."""
    if not is_agent_noun(sentence, index):
        return None
    word = sentence.words[index]
    learned = word.endswith(_LEARNED) and not word.endswith(("list", "lists")) and word not in words("systems")
    return Who.PEOPLE if learned else Who.STRANGER


def _is_program(sentence: Sentence, index: int, who: Who) -> bool:
    """Whether a noun is called after a product: “the Prometheus operator”, “the etcd agent”."""
    before = sentence.at(index - 1)
    if who is Who.MAYBE and sentence.words[index] not in words("programs"):
        return False
    if before == MASK or before in words("products"):
        return True
    known = before in words("human_qualifiers") or before in words("qualifiers") or before in words("articles")
    return not known and index > 1 and sentence.raw[index - 1][0].isupper() and is_word(sentence.at(index - 2))


def _is_human(sentence: Sentence, index: int) -> bool:
    """Whether what stands around a noun makes people of it: “the night dispatcher”, “who”, “on duty”, “he”."""
    if sentence.words[index] in _PRONOUNS or (sentence.words[index] in _PUBLIC and index < 2):
        return False  # “users who ignored the banner”
    if _is_on_duty(sentence, index) or sentence.at(index + 1) == "who":
        return True
    for position in range(index + 1, min(index + _LONGEST_REFERENCE, len(sentence.words))):
        if sentence.words[position] in _SINGULAR:
            return True
        if sentence.raw[position][0].isupper():
            return False
    return False


def _who_by_role(sentence: Sentence, index: int, word: str) -> Who | None:
    if word in words("ourselves"):
        return Who.OURSELVES
    if word in words("people") or word in words("teams"):
        return Who.PEOPLE
    if word == "people":
        return Who.PEOPLE if sentence.at(index - 1) in _FEW else Who.MAYBE
    if word in words("qualified") and _is_qualified(sentence, index):
        return Who.PEOPLE
    if word in words("departments"):
        return _who_in_department(sentence, index, word)
    if word in words("mostly_programs"):
        return Who.STRANGER
    return Who.MAYBE if word in words("perhaps") else None


def _is_qualified(sentence: Sentence, index: int) -> bool:
    before = sentence.at(index - 1)
    if any(before in words(key) for key in ("qualifiers", "departments", "human_qualifiers", "teams")):
        return True
    if sentence.words[index] in ("lead", "leads") and (before in words("works") or before == "deploy"):
        return True
    if sentence.words[index] in _BODIES:
        return before in words("bodies_of") or (before.endswith("ing") and before != "standing")
    behind = sentence.words[index + 1 : index + 7]
    if sentence.words[index] in ("head", "heads"):
        return behind[:1] == ["of"] and not words("departments").isdisjoint(behind)
    return behind[:1] == ["of"] and not words("teams").isdisjoint(behind)


def _who_in_department(sentence: Sentence, index: int, word: str) -> Who | None:
    """A department, where nothing but “the” stands before it in its clause."""
    if sentence.at(index + 1) in ("for", "of"):
        return None
    before = sentence.at(index - 1)
    if word == "support" and before in _SUPPORT_OF:
        return Who.PEOPLE
    if before in _LEADERS_OF and word in _LEADING:
        before = sentence.at(index - 2)
    if before in ("the", "our", "their"):
        before = sentence.at(index - 2)
    elif _is_said(before) and before not in words("boundaries") and not _is_said(sentence.at(index - 2)):
        return Who.MAYBE
    if _is_said(before) and before not in (
        "and",
        "but",
        "however",
        "because",
        "that",
        "by",
        "of",
        "with",
        "from",
        "had",
        "if",
    ):
        return None
    bare = sentence.at(index - 1) == before
    return Who.PEOPLE if word in _LEADING or (bare and word in words("human_departments")) else Who.MAYBE


def _is_said(token: str) -> bool:
    """Whether a token is a word that may belong to a noun, unlike the time before an entry of a timeline."""
    return is_word(token) and not token.isdigit()


def _start(sentence: Sentence, index: int) -> int:
    """Where a noun phrase begins whose noun is the token `index`."""
    start = _before_modifiers(sentence, index)
    while start >= 2 and sentence.words[start - 1] == "of":
        if sentence.words[start - 2] not in words("articles") and sentence.words[start - 2] not in _DENYING:
            break
        start -= 2
    return start


def _before_modifiers(sentence: Sentence, index: int) -> int:
    if sentence.words[index] in _PRONOUNS:
        return index
    if sentence.raw[index][0].isupper() and (
        sentence.at(index - 1) in words("titles") or sentence.at(index - 1) in given_names()
    ):
        return index - 1
    for start in range(index - 1, max(index - _MOST_MODIFIERS, 0) - 2, -1):
        word = sentence.at(start)
        if word in words("articles") or word in _DENYING:
            return start
        if not is_word(word) or word in words("boundaries") or word in words("prepositions") or word in ("and", "by"):
            break
    return index
