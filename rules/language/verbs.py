"""The verbs of a person: what a clause says that somebody did, did not do, was, or should have done."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from rules.language.sentences import MASK, Sentence
from rules.language.subjects import Person
from rules.language.vocabulary import is_past, is_word, phrases, words

_LONGEST_GROUP = 9  # tokens from a subject to its main verb
_LONGEST_MODIFIER = 7  # tokens in what stands between a person and their verb ("on call for the payments team")
_LONGEST_BESIDE = 2  # tokens of what stands beside a person ("Tom and the build bot did not check"), but for the first
_LONGEST_CLAUSE = 30  # tokens in which a second verb of the same subject is looked for
_MOST_VERBS = 4  # of one subject


class Group(NamedTuple):
    """A verb with what belongs to it.

    Attributes:
        start: the group's first token.
        verb: the main verb, or what stands in its place behind “was”.
        auxiliaries: did, had, was, … in order.
        modal: should, could, …; empty without one.
        negation: the token of “not” or “never”; -1 without one.
        adverse: whether an adverb blames (“carelessly”).
    """

    start: int
    verb: int
    auxiliaries: tuple[str, ...]
    modal: str
    negation: int
    adverse: bool

    @property
    def passive(self) -> bool:
        """Whether a form of “be” stands before the verb."""
        return not words("copulas").isdisjoint(self.auxiliaries) or not _BEING.isdisjoint(self.auxiliaries)


_QUOTING = frozenset({MASK, "'", '"', "“", "‘"})  # "did `terraform destroy`"
_BEING = frozenset({"is", "are", "am", "be", "got", "get"})


def groups_of(sentence: Sentence, person: Person) -> Iterator[Group]:
    """The verbs whose subject a person is, in order; nothing if the person is no subject."""
    group, relative = _first_group(sentence, person.end)
    for _ in range(_MOST_VERBS):
        if group is None:
            return
        yield group
        group = _next_group(sentence, group, relative=relative)
        relative = False


def group_at(sentence: Sentence, start: int) -> Group | None:
    """The verb group that begins there; None if none does."""
    auxiliaries: list[str] = []
    modal = ""
    negation = -1
    adverse = False
    for index in range(start, min(start + _LONGEST_GROUP, len(sentence.words))):
        word = sentence.words[index]
        if word in words("auxiliaries") and not _is_main(sentence, index):
            auxiliaries.append(word)
        elif word in words("modals") and not modal:
            modal = word
        elif word in ("and", "or") and modal and sentence.at(index + 1) in words("modals"):
            modal = ""  # “could and should have”: the last one counts
        elif word in ("not", "never", "neither"):
            negation = index
        elif word in words("between") or (word.endswith("ly") and is_word(word)):
            adverse = adverse or word in words("adverse")
        elif word == "to" and modal in ("ought", "need", "needs"):
            continue
        else:
            return _valid(sentence, Group(start, index, tuple(auxiliaries), modal, negation, adverse))
    return None


def _is_main(sentence: Sentence, index: int) -> bool:
    """Whether “had” and kin are the verb itself: “had no clue”, “did nothing”."""
    return sentence.words[index] in ("had", "did", "has", "have") and sentence.at(index + 1) in (
        "no", "nothing", "little", "too", "a", "an", "the", "to",
    )  # fmt: skip


def _valid(sentence: Sentence, group: Group) -> Group | None:
    word = sentence.words[group.verb]
    if not is_word(word):
        shown = word in _QUOTING and sentence.words[group.verb - 1] == "did"
        return group._replace(verb=group.verb - 1, auxiliaries=()) if shown else None
    if group.auxiliaries or group.modal:
        return group
    return group if begins_verb(word) or (group.adverse and word.endswith("s")) else None


def begins_verb(word: str) -> bool:
    """Whether a word may begin a verb group by itself."""
    return is_past(word) or word in _verb_words()


@cache
def _verb_words() -> frozenset[str]:
    sets = (words("auxiliaries"), words("modals"), frozenset({"never", "not"}))
    return frozenset().union(*sets, phrases("strong").firsts, phrases("shared").firsts)


def _first_group(sentence: Sentence, start: int) -> tuple[Group | None, bool]:
    """The first verb of a subject that ends there, and whether it stands in a relative clause."""
    group = group_at(sentence, start)
    if group is not None:
        return group, sentence.words[start - 1] == "whoever"
    position = start
    for _ in range(3):
        word = sentence.at(position)
        if word in ("who", "that"):
            return group_at(sentence, position + 1), True
        position = _behind_modifier(sentence, position)
        if not position:
            return None, False
        group = group_at(sentence, position)
        if group is not None:
            return group, False
    return None, False


def _behind_modifier(sentence: Sentence, start: int) -> int:
    """Where a modifier ends that begins there (“on call”, “, Tom,”, “and the bot”); 0 if none does."""
    word = sentence.at(start)
    if word == ")" and "and" in sentence.words[max(start - _LONGEST_BESIDE, 0) : start]:
        return start + 1  # “the bot (and Tom) did not check”
    if word == "and" and (sentence.at(start + 1) in words("articles") or _is_capital(sentence, start + 1)):
        beside = range(start + 2, start + 3 + _LONGEST_BESIDE)
        return next((index for index in beside if _is_auxiliary(sentence, index)), 0)
    closing = {",": ",", "(": ")", "–": "–", "—": "—"}.get(word)
    stretch = range(start + 1, min(start + 1 + _LONGEST_MODIFIER, len(sentence.words)))
    if closing:
        if sentence.at(start + 1) == "who":
            return start + 1
        return next((index + 1 for index in stretch if sentence.words[index] == closing), 0)
    if word not in words("prepositions") and word not in words("participles"):
        return 0
    for index in stretch:
        each = sentence.words[index]
        if each in words("boundaries") and each not in ("who", "that"):
            return 0
        if each in ("who", "that", ",") or each in words("auxiliaries") or (begins_verb(each) and index > start + 1):
            return index - 1 if sentence.words[index - 1] in words("adverse") else index
    return 0


def _is_capital(sentence: Sentence, index: int) -> bool:
    return index < len(sentence.raw) and sentence.raw[index][0].isupper()


def _is_auxiliary(sentence: Sentence, index: int) -> bool:
    return sentence.at(index) in words("auxiliaries") or sentence.at(index) in words("modals")


def _next_group(sentence: Sentence, group: Group, *, relative: bool) -> Group | None:
    """The next verb of the same subject: behind “and”, or behind a relative clause."""
    for index in range(group.verb + 1, min(group.verb + _LONGEST_CLAUSE, len(sentence.words))):
        word = sentence.words[index]
        if word in _TEMPORAL and not _clause_follows(sentence, index):
            continue
        if relative and word == "that":
            continue
        goes_on = word == ";" and sentence.at(index + 1) in ("and", "but", "then")
        if word in words("boundaries") or (word in (";", ":") and not goes_on):
            return None
        if goes_on or word in ("and", "but", "or") or (word == "," and not relative):
            following = index + 1 + (sentence.at(index + 1) in ("and", "but", "then", "so"))
            following = _behind_aside(sentence, following)
            found = group_at(sentence, following) if begins_group(sentence, following) else None
            if found is not None:
                return found
        elif relative and index > group.verb + 1 and begins_verb(word):
            return group_at(sentence, index)
    return None


def _behind_aside(sentence: Sentence, index: int) -> int:
    """Where an adverb between commas ends that begins there (“and, crucially, forgot”); else the same place."""
    start = index + (sentence.at(index) == ",")
    aside = sentence.at(start).endswith("ly") and sentence.at(start + 1) == ","
    return start + 2 if aside else index


_TEMPORAL = frozenset({"before", "after", "until", "since", "as"})


def _clause_follows(sentence: Sentence, start: int) -> bool:
    """Whether a verb of its own follows “before” and kin (“before the node failed”), not just a noun."""
    for index in range(start + 1, min(start + 6, len(sentence.words))):
        word = sentence.words[index]
        if word in ("and", "but", ","):
            return False
        if begins_verb(word):
            return True
    return True


def stems(gerund: str) -> tuple[str, str, str]:
    """What the first form of “checking”, “noticing” or “planning” may be."""
    stem = gerund.removesuffix("ing")
    return stem, f"{stem}e", stem[:-1]


def begins_group(sentence: Sentence, index: int) -> bool:
    """Whether a verb, or an adverb before one, stands there."""
    word = sentence.at(index)
    if word in words("between") or (word.endswith("ly") and is_word(word)):
        word = sentence.at(index + 1)
    return begins_verb(word)
