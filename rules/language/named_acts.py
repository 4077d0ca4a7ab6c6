"""Blame in nouns for what somebody did (“a deployment by Mr. Abe caused it”), and for what people are."""

from __future__ import annotations

from rules.language.failings import CROWDS
from rules.language.predicates import Blame, Kind
from rules.language.sentences import POSSESSIVE, Sentence
from rules.language.subjects import Person, Who, person_from
from rules.language.vocabulary import is_past, is_word, phrases, words

_LONGEST_ACT = 8  # tokens from the noun of an act to "by"
_LONGEST_CLAUSE = 8  # tokens from a person to the verb of what followed
_DENYING = frozenset({"not", "never", "no", "nor", "neither", "without", "if", "whether"})


def act_by_person(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“A deployment by Mr. Abe one minute before the outage caused the problem”, “because of a change by an engineer”.

    `index` is that of “by”; the act is the cause of something, by the words before it or by the verb behind.
    """
    start = _act_before(sentence, index)
    person = person_from(sentence, index + 1, names) if start >= 0 else None
    if person is None or sentence.at(person.end) == POSSESSIVE or not _is_somebody(sentence, person, start, index):
        return None
    if phrases("caused_by").match_before(sentence, _behind_articles(sentence, start)) or _is_reason(sentence, start):
        return Blame(Kind.ACT, start, person.end)
    end = _consequence_end(sentence, person.end)
    if not end and _is_amiss(sentence, start, index) and is_past(sentence.at(person.end)):
        end = 0 if sentence.at(person.end) in words("innocent") else person.end + 1
    return Blame(Kind.ACT, start, end) if end else None


def _is_somebody(sentence: Sentence, person: Person, start: int, by: int) -> bool:
    """Whether one or few people did it, who are surely people; what was done wrongly was perhaps done by some, too."""
    if person.who is Who.OURSELVES or sentence.words[person.end - 1] in CROWDS:
        return False
    if sentence.words[person.end - 1] in words("teams"):
        return False
    return person.who is Who.PEOPLE or _is_amiss(sentence, start, by)


def _is_amiss(sentence: Sentence, start: int, by: int) -> bool:
    """Whether the words of an act say that it was wrong, or done in a wrong way."""
    return any(word in words("wrong") or word in words("adverse") for word in sentence.words[max(start - 1, 0) : by])


def _act_before(sentence: Sentence, by: int) -> int:
    """Where an act begins that ends before “by”: the noun of one, or of what is wrong; -1 without one."""
    for index in range(by - 1, max(by - 1 - _LONGEST_ACT, -1), -1):
        word = sentence.words[index]
        if word in words("boundaries") or word in (".", ";", ":", ",") or word in words("auxiliaries"):
            return -1
        if word in words("deeds") or word in words("wrong"):
            return index
        if word in words("adverse") and is_past(sentence.words[index + 1]):
            return index
    return -1


def _behind_articles(sentence: Sentence, start: int) -> int:
    """Where the words before an act end that may be “caused by”, behind its article and what describes it."""
    for index in range(start, max(start - 4, 0), -1):
        if phrases("caused_by").match_before(sentence, index):
            return index
    return start


def _is_reason(sentence: Sentence, start: int) -> bool:
    """Whether the act is given as the reason: “the reason for the incident was a commit performed by …”."""
    was = next((at for at in range(start - 1, max(start - 5, 0), -1) if sentence.words[at] == "was"), 0)
    before = sentence.words[max(was - _LONGEST_ACT, 0) : was]
    return not {"reason", "cause"}.isdisjoint(before) and _DENYING.isdisjoint(sentence.words[:start])


def _consequence_end(sentence: Sentence, start: int) -> int:
    """Where “caused” or “brought down” ends, whose subject ends there with some circumstances; 0 without it."""
    for index in range(start, min(start + _LONGEST_CLAUSE, len(sentence.words))):
        word = sentence.words[index]
        if word in _DENYING or word in (";", ":", ".", "and", "but", "was", "were"):
            return _was_cause(sentence, index)
        if end := phrases("brought_about").match(sentence, index):
            return end
    return 0


def _was_cause(sentence: Sentence, index: int) -> int:
    """Where “was the cause” ends."""
    if sentence.words[index] not in ("was", "were"):
        return 0
    behind = sentence.words[index + 1 : index + 5]
    return index + 1 + behind.index("cause") + 1 if "cause" in behind and _DENYING.isdisjoint(behind) else 0


_MASTERS = frozenset({
    "management", "leadership", "managers", "investors", "vcs", "shareholders", "owners", "politicians", "bankers",
    "sponsors", "landlords", "suppliers", "vendors", "companies", "landlord", "vendor", "supplier", "ministers",
})  # fmt: skip
"""Who decides, and is called names for it."""
PAIRS = ((words("slurs") | words("rash_people"), _MASTERS),)
"""Of each pair, words of both stand in a sentence that blames so."""
_COSTLY = frozenset({"led", "lead", "leads", "caused", "cost", "made", "broke", "ruined", "resulted", "brought", "let"})


def slur(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“Lazy reviewers are the real problem”, “sleepy engineers are bad engineers”: what people are called."""
    noun = sentence.at(index + 1)
    many = noun in words("people") and noun.endswith(("s", "people"))
    if not (many or noun in _MASTERS) or sentence.at(index + 2) == POSSESSIVE:
        return None
    before = sentence.words[max(index - 4, 0) : index]
    if not _DENYING.isdisjoint(before) or not words("saying").isdisjoint(before):
        return None
    verb = sentence.at(index + 2)
    if is_word(verb) and verb in words("modals"):
        return None
    return Blame(Kind.PERSON, index, index + 2)


def unfit(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“Inexperienced management led to bad decisions”; `index` is that of what they are called."""
    noun = sentence.at(index + 1)
    many = noun in words("people") and noun.endswith(("s", "people", "staff"))
    if not (many or noun in _MASTERS) or not _DENYING.isdisjoint(sentence.words[max(index - 4, 0) : index]):
        return None
    behind = sentence.words[index + 2 : index + 2 + _LONGEST_CLAUSE]
    cost = next((at for at, word in enumerate(behind) if word in _COSTLY), -1)
    clear = cost >= 0 and words("modals").isdisjoint(behind[:cost]) and _DENYING.isdisjoint(behind[:cost])
    return Blame(Kind.PERSON, index, index + 2) if clear else None
