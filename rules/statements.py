"""Whether a text says something: the shared question behind “does the verification name a test?”, “has it passed?”.

That a word of a list occurs is not enough. “No test”, “has not passed” and “the alert did not fire” deny it; “will be
verified” and “once it has passed” suppose it; `test-data` and `non-tested` are other words, but `load-test` is a test.
Which phrases say a thing is a list in `lexicon`; what may stand around them is in `lexicon/statements.toml`. English.

    says("It passed on 2026-06-01.", "sections", "passed")          True
    says("It has not passed yet.", "sections", "passed")            False: denied
    says("It will have passed by May.", "sections", "passed")       False: supposed
    mentions("A load-test will run at night.", "sections", "proof")  True: what is planned is named
    mentions("There is no test for this.", "sections", "proof")     False

Use `says` for what has to have happened, `mentions` for what has only to be named. In doubt a phrase is stated.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from rules.patterns import Pattern
from rules.phrases import PhraseList, Place, phrase_list
from rules.words import word_set

_BEFORE = 160  # characters in front of a phrase that are looked at
_BEHIND = 80
_MOST = 200  # phrases looked at in one text
_TOKEN = Pattern(r"[\w'’]+(?:[-/][\w'’]+)*|[^\w\s]|\n")
_STOPS = frozenset(".;:!?()–—,\n\ufffc")
_ENDS = frozenset(".;!?\n")
_ANSWERING = frozenset(":?=-–—(|")
_JOINING = frozenset({"and", "or", "nor", "/"})
_NEAR = 3  # words from “no” to the thing, and from “not” to what did not happen
_SHORT_VERB = 6  # characters of “does”, “has” and kin, behind which “not” belongs to the subject of its clause


class Standing(enum.Enum):
    """How a text stands to a phrase in it.

    Attributes:
        STATED: nothing speaks against it.
        SUPPOSED: it is wished for, planned or a condition.
        DENIED: it is said not to be so.
    """

    STATED = "stated"
    SUPPOSED = "supposed"
    DENIED = "denied"


class Statement(NamedTuple):
    """A phrase in a text: where it stands, and how the text stands to it."""

    place: Place
    standing: Standing


def says(text: str, lexicon: str, *keys: str) -> bool:
    """Whether a text states a phrase of the lists `keys` in `lexicon/LEXICON.toml` as something that is so.

    Raises KeyError if there is no such list.
    """
    return any(each.standing is Standing.STATED for each in statements(text, lexicon, *keys))


def mentions(text: str, lexicon: str, *keys: str) -> bool:
    """As `says`, but what is planned, wished for or a condition counts, too: only what is denied does not."""
    return any(each.standing is not Standing.DENIED for each in statements(text, lexicon, *keys))


def statements(text: str, lexicon: str, *keys: str) -> Iterator[Statement]:
    """The phrases of some lists in a text, in order, each with how the text stands to it.

    A phrase counts as a whole word, or as the last part of one with hyphens (`load-test`).
    """
    places = phrase_list(lexicon, *keys, parted=True).places(text)
    for place in islice((each for each in places if _is_word(text, each)), _MOST):
        yield Statement(place, standing(text, place))


def standing(text: str, place: Place) -> Standing:
    """How a text stands to what it says at one place."""
    sentence = _sentence_before(_tokens(text[max(place.start - _BEFORE, 0) : place.start]))
    opener, clause = _clause_before(sentence)
    behind = _tokens(text[place.end : place.end + _BEHIND])
    if opener in word_set("statements", "conditional"):
        return Standing.SUPPOSED
    if _is_denied(opener, clause) or _is_absent(behind):
        return Standing.DENIED
    conditional = bool(sentence) and sentence[0] in word_set("statements", "conditions")
    later = bool(behind) and behind[0] in _ANSWERING and _answers(behind, "answers_later")
    return Standing.SUPPOSED if conditional or later or _is_supposed(clause) else Standing.STATED


def _is_word(text: str, place: Place) -> bool:
    """Whether no hyphen makes another word of it: `alert-free`, `non-tested`."""
    if text[place.end : place.end + 1] == "-" and text[place.end + 1 : place.end + 2].isalnum():
        return False
    if text[place.start - 1 : place.start] != "-" or place.start < 2:
        return True
    first = _TOKEN.findall(text[max(place.start - 40, 0) : place.start - 1])[-1:]
    return not first or first[0].lower().rpartition("-")[2] not in word_set("statements", "prefixes")


def _tokens(text: str) -> list[str]:
    return [token.lower().replace("’", "'") for token in _TOKEN.findall(text)]


def _sentence_before(tokens: list[str]) -> list[str]:
    """The tokens of the sentence that goes on with a phrase."""
    index = next((index for index in range(len(tokens) - 1, -1, -1) if tokens[index] in _ENDS), -1)
    return tokens[index + 1 :]


def _clause_before(tokens: list[str]) -> tuple[str, list[str]]:
    """The word that opens the clause that goes on with a phrase, empty if none does, and the clause's tokens."""
    end = len(tokens)
    if end and tokens[-1] in _JOINING:
        end -= 1  # “has not been run or verified”: what is joined stands alike
    for index in range(end - 1, -1, -1):
        if tokens[index] in _STOPS:
            return "", tokens[index + 1 :]
        if tokens[index] in word_set("statements", "clause") and not _goes_on(tokens, index):
            soon = tokens[index] == "as" and tokens[index - 1 : index] == ["soon"]
            return "once" if soon else tokens[index], tokens[index + 1 :]
    return "", tokens


def _goes_on(tokens: Sequence[str], index: int) -> bool:
    """Whether the clause in front rules the one that begins there: “we hope that”, “run once a week”, “as soon as”."""
    if tokens[index] == "that":
        return index > 0 and tokens[index - 1] in word_set("statements", "doubtful")
    if tokens[index] == "once":
        return tokens[index + 1 : index + 2] == [] or tokens[index + 1] in word_set("statements", "how_often")
    return False


def _is_denied(opener: str, clause: Sequence[str]) -> bool:
    text = " ".join(clause)
    of_subject = opener in word_set("statements", "relative")
    return any(
        _reaches(text, place, reach, of_subject=of_subject)
        for key, reach in (("denial", _BEFORE), ("denied_things", _NEAR))
        for place in phrase_list("statements", key).places(text)
    )


def _reaches(text: str, denial: Place, reach: int, *, of_subject: bool) -> bool:
    """Whether a denial holds for what follows a clause: over no more words than `reach`, and no place or time.

    `of_subject`: the clause tells of which thing it speaks; one that “does not pass the check” denies no check.
    """
    if phrase_list("statements", "emphasis").end_at(text, denial.start):
        return False
    between = text[denial.end :].split()
    if of_subject and denial.start < _SHORT_VERB and not word_set("statements", "between").issuperset(between):
        return False
    return len(between) <= reach and word_set("statements", "places").isdisjoint(between)


def _is_supposed(clause: Sequence[str]) -> bool:
    known: PhraseList = phrase_list("statements", "supposition")
    if known.is_in(" ".join(clause)):
        return True
    between = word_set("statements", "between")
    joined = len(clause) > 1 and clause[-1] in _JOINING  # “will be run and verified”
    for token in reversed(clause[:-2] if joined else clause):
        if token in word_set("statements", "modals") or token.endswith("'ll"):
            return True
        if token not in between and not token.endswith("ly"):
            return False
    return False


def _is_absent(behind: Sequence[str]) -> bool:
    """Whether what follows a phrase says that it did not happen: “… was not run”, “…: none”, “… is missing”."""
    if behind[:1] and behind[0] in _ANSWERING:
        return _answers(behind, "answers_no")
    for index, token in enumerate(behind):
        if token in word_set("statements", "absence"):
            return index > 0 or behind[1:2] == [] or behind[1] in _STOPS
        if token in ("not", "never", "cannot") or token.endswith("n't"):
            return not word_set("statements", "happening").isdisjoint(behind[index + 1 : index + 1 + _NEAR])
        if token not in word_set("statements", "links") and not token.endswith("ly"):
            return False
    return False


def _answers(behind: Sequence[str], key: str) -> bool:
    """Whether a colon or a question mark is followed by nothing but an answer of a list, or one with a reason."""
    following = [token for token in behind[:_NEAR] if token not in _ANSWERING]
    return bool(following) and following[0] in word_set("statements", key)
