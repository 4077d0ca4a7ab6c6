"""Blame in nouns: “human error”, “the fault of the engineer”, “the team's poor planning”."""

from __future__ import annotations

from rules.language.predicates import Blame, Kind
from rules.language.sentences import POSSESSIVE, Sentence
from rules.language.subjects import Who, ends_noun, person_ending_with, person_from
from rules.language.vocabulary import is_past, is_word, phrases, words

_QUOTES = frozenset({"“", '"', "'", "‘", "«", "„"})
CROWDS = frozenset({"people", "individuals", "everyone", "everybody", "persons", "teams"})
"""Too many to be blamed for a cause."""


def bare_cause(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """A phrase that stops at people: “lack of care”."""
    end = phrases("causes").match(sentence, index)
    if sentence.words[index] == "lack" and not ends_noun(sentence, end):
        return None  # “lack of attention markers”
    return Blame(Kind.CAUSE, index, end) if end and not _is_excused(sentence, index, end) else None


def error_of_kind(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“Operator error”, “rookie mistake”."""
    noun = sentence.at(index + 1)
    end = index + 2
    if noun == POSSESSIVE or noun not in words("made") or _is_excused(sentence, index, end):
        return None
    maker = sentence.words[index]
    if maker in words("silly"):
        return (
            Blame(Kind.CAUSE, index, end) if noun not in ("failure", "failures", "fault", "error", "errors") else None
        )
    if maker == "manual" and noun not in ("error", "errors", "mistake", "mistakes"):
        return None
    many = noun.endswith("s") and noun != "carelessness"
    if maker != "human" and (many or noun in ("failure", "fault")) and not _is_given_as_cause(sentence, index):
        return None
    return Blame(Kind.CAUSE, index, end)


def plain_failing(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“Carelessness”, “negligence”, whoever is meant, but for what a machine is said to have by a picture."""
    if sentence.at(index - 1) == POSSESSIVE and is_machine(sentence, index - 2):
        return None
    if sentence.at(index + 1) == ":" and _is_product(sentence, index + 2, names):
        return None
    ours = "i" in sentence.words[:index]
    excused = _is_excused(sentence, index, index + 1)
    return None if excused else Blame(Kind.OURSELVES if ours else Kind.CAUSE, index, index + 1)


def _is_product(sentence: Sentence, index: int, names: frozenset[str]) -> bool:
    """Whether a name stands there that is nobody's: “Overconfidence: Copilot approved it”."""
    named = is_word(sentence.at(index)) and sentence.raw[index][0].isupper()
    verb = sentence.at(index + 1)
    return named and is_past(verb) and person_from(sentence, index, names) is None


def is_machine(sentence: Sentence, index: int) -> bool:
    """Whether a token names a program or a device."""
    return any(sentence.at(index) in words(key) for key in ("systems", "machines", "products"))


def _is_given_as_cause(sentence: Sentence, index: int) -> bool:
    start = index - 1 if sentence.at(index - 1) in ("an", "a", "the", ":", "-") else index
    if start <= 0:
        return sentence.at(index + 2) in ("", ".", ":", "led", "caused", "during", "while")
    return phrases("caused_by").match_before(sentence, start) > 0


def _is_excused(sentence: Sentence, start: int, end: int) -> bool:
    """Whether a cause is denied, guarded against, mentioned as a term, or part of a thing's name."""
    if sentence.at(start - 1) in _QUOTES and not phrases("caused_by").match_before(sentence, start - 1):
        return True
    if sentence.at(end) in words("compounds") or phrases("denied_behind").match(sentence, end):
        return True
    if sentence.at(end) == "-" and sentence.at(end + 1) in words("compounds"):
        return True
    position = start
    for _ in range(4):
        if phrases("excusing").match_before(sentence, position):
            return True
        before = sentence.at(position - 1)
        if before in ("or", "and", "/") and position > 2:
            position -= 2
        elif before in words("possible_qualifiers") or not is_word(before):
            position -= before in words("possible_qualifiers") or before in ("“", '"', "'", "‘")
        elif position == start:
            position -= 1  # any one word: "prevent configuration and human error"
        if position <= 0:
            return False
    return False


def failing_of(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“The fault of the engineer”, “an oversight on the part of the team”, “mistakes were made by the team”."""
    start = _behind_failing(sentence, index)
    person = person_from(sentence, start, names) if start else None
    if person is None or _is_excused(sentence, index, index + 1):
        return None
    if person.who is not Who.PEOPLE and sentence.words[person.end - 1] != "operator":
        return None
    if sentence.at(person.end) == POSSESSIVE and sentence.at(person.end + 1) not in ("side", "part"):
        return None
    if sentence.words[index].startswith("failure") and sentence.at(person.end) in words("compounds"):
        return None
    return Blame(Kind.PERSON, index, person.end)


def _behind_failing(sentence: Sentence, index: int) -> int:
    """Where the person begins whose failing it was; 0 if nobody is said to have failed."""
    if sentence.words[index] == "lack" and sentence.at(index + 1) in ("of", "in"):
        return 0  # people who were not there
    follows = sentence.words[index + 1 : index + 6]
    if follows[:1] in (["of"], ["by"], ["from"]):
        return index + 2
    if follows[:1] == ["in"] and len(follows) > 1 and follows[1].endswith("ing"):
        return index + 1 + follows.index("by") + 1 if "by" in follows else 0
    if follows[:4] == ["on", "the", "part", "of"] or follows[:4] == ["on", "the", "side", "of"]:
        return index + 5
    if follows[:1] == ["on"]:
        return index + 2
    made = follows[1:2] if follows[:1] in (["was"], ["were"]) else follows[:1]
    if made and made[0] in ("made", "introduced", "committed", "caused") and "by" in follows:
        return index + 2 + follows.index("by")
    return 0


def failing_was(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“The mistake was Ben's”."""
    if sentence.at(index + 1) not in ("was", "is") or sentence.at(index - 1) in ("no", "not"):
        return None
    for end in range(index + 3, min(index + 7, len(sentence.words))):
        person = person_ending_with(sentence, end - 1, names) if sentence.words[end] == POSSESSIVE else None
        if person is not None:
            lone = not is_word(sentence.at(end + 1)) and person.who is Who.PEOPLE
            return Blame(Kind.PERSON, index, end) if lone else None
    return None


def failing_possessed(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“The engineer's mistake”, “the team's poor planning”."""
    start = index
    if sentence.words[index] == POSSESSIVE:
        person = person_ending_with(sentence, index - 1, names) if index else None
        if person is None or person.who is Who.OURSELVES:
            return None
        if person.who in (Who.MAYBE, Who.STRANGER) and not phrases("caused_by").match_before(sentence, person.start):
            return None
        start = person.start
    end = (
        _failing_end(sentence, index + 1)
        or _whim_end(sentence, start, index + 1)
        or _bad_decision_end(sentence, index + 1)
    )
    if not end or _is_excused(sentence, start, end):
        return None
    return Blame(Kind.PERSON, start, end)


def _bad_decision_end(sentence: Sentence, start: int) -> int:
    """Where “decision to skip the review was a mistake” ends; 0 if it does not begin there."""
    if sentence.at(start) not in words("decisions"):
        return 0
    for index in range(start + 1, min(start + 12, len(sentence.words) - 1)):
        if sentence.words[index] in ("was", "were") and sentence.words[index + 1] in ("a", "an", "wrong", "the"):
            behind = sentence.words[index + 1 : index + 4]
            return index + 1 + len(behind) if not {"mistake", "wrong", "poor", "bad", "error"}.isdisjoint(behind) else 0
    return 0


def _whim_end(sentence: Sentence, start: int, thing: int) -> int:
    """Where “made worse by the lead's decision” ends, whose person begins at `start`; 0 for anything else."""
    if sentence.at(thing) not in words("whims") or not ends_noun(sentence, thing + 1):
        return 0
    if "not" in sentence.words[max(start - _DENIED_WITHIN, 0) : start]:
        return 0
    worse = sentence.at(start - 1) == "by" and sentence.at(start - 2) in WORSE
    return thing + 1 if worse or phrases("caused_by").match_before(sentence, start) else 0


_DENIED_WITHIN = 5  # tokens: “not made worse by”
WORSE = frozenset({"worse", "aggravated", "worsened", "exacerbated", "compounded", "prolonged"})
"""By which something came that was bad already."""


def _failing_end(sentence: Sentence, start: int) -> int:
    """Where a failing ends that begins there, an adjective before it or not; 0 if there is none."""
    for index in (start, start + 1, start + 2):
        word = sentence.at(index)
        if word in words("failings"):
            behind = sentence.words[index + 1 : index + 3]
            if word == "failure" and behind[:1] != ["to"]:
                return 0
            if word == "lack":
                return index + 3 if behind[:1] == ["of"] and behind[-1] in words("lacking") else 0
            return 0 if word == "disregard" and behind[:1] != ["for"] else index + 1
        thing = sentence.at(index + 1)
        if word in words("poor") and (thing in words("poor_things") or thing in words("works")):
            return index + 2
        if word in words("rash") and (thing in words("deeds") or thing in words("works") or thing == "approval"):
            return index + 2
        if not is_word(word):
            return 0
    return 0


def poor_thing(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“Poor communication by the support team”, “bad decisions of the team lead”."""
    if sentence.at(index + 1) not in words("poor_things"):
        return None
    start = index + 3
    if sentence.words[index + 2 : index + 6] == ["on", "the", "part", "of"]:
        start = index + 6
    elif sentence.at(index + 2) not in ("by", "of", "from", "in", "within", "among", "amongst"):
        return None
    person = person_from(sentence, start, names)
    if person is None or person.who is Who.OURSELVES or sentence.words[person.end - 1] in CROWDS:
        return None
    return Blame(Kind.PERSON, index, person.end)


def shoddy_work(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“Sloppy handling of attachments”, “the handover was sloppy”, “…, which was irresponsible”."""
    word = sentence.at(index + 1)
    if word in words("works") and not _is_excused(sentence, index, index + 2):
        return Blame(Kind.PERSON, index, index + 2)
    if sentence.at(index - 1) in _INTENSE:
        index -= 1
    was = index - 1
    if sentence.at(was) not in ("was", "were", "is"):
        return None
    subject = sentence.at(was - 1)
    if subject == "which" or (subject in words("works") and sentence.at(was - 2) not in words("prepositions")):
        return Blame(Kind.PERSON, was - 1, index + 1)
    return None


_INTENSE = frozenset({"very", "just", "simply", "quite", "so", "extremely", "really", "outright", "plain"})


def done_carelessly(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“The courier carelessly swapped the boxes”: whoever did it, no machine is careless."""
    around = (sentence.at(index - 1), sentence.at(index + 1))
    if not any(is_past(word) and word not in _NAMING for word in around) and sentence.at(index - 2) not in _DID:
        return None
    before = sentence.words[max(index - 4, 0) : index]
    if {"not", "never", "nobody", "no"} & set(before) or not words("systems").isdisjoint(before[-2:]):
        return None
    first = index - 1 if is_past(around[0]) else index
    return Blame(Kind.PERSON, first, index + 1 if first < index else index + 2)


_NAMING = frozenset({"named", "called", "labelled", "labeled", "titled"})
_DID = frozenset({"was", "were", "been"})


def trait_of(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“It was negligent of the operators to leave it muted”."""
    if sentence.at(index - 1) not in words("copulas"):
        return None
    if sentence.at(index + 1) == "to" and sentence.at(index - 2) == "it":
        return Blame(Kind.PERSON, index, index + 2)
    if sentence.at(index + 1) != "of":
        return None
    person = person_from(sentence, index + 2, names)
    if person is None or person.who is Who.OURSELVES:
        return None
    return Blame(Kind.PERSON, index, person.end)


def rash_work(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“A rushed deployment by the mobile team”."""
    start = next((at for at in (index + 2, index + 3) if sentence.at(at) == "by"), 0)
    person = person_from(sentence, start + 1, names) if start else None
    if person is None or person.who is not Who.PEOPLE or sentence.at(index - 1) in words("copulas"):
        return None
    return Blame(Kind.PERSON, index, person.end)


def rash_person(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“An inexperienced contractor”, and not what “a careless operator could do”."""
    person = person_from(sentence, index + 1, names)
    if person is None or person.end > index + 3 or sentence.at(person.end) in words("modals"):
        return None
    named = sentence.at(index - 1) in ("a", "an", "the", "our", "their")
    named = named or sentence.words[max(index - 2, 0) : index] in _BECAUSE_OF
    named = named or (sentence.at(index - 1) == ":" and not {"cause", "causes"}.isdisjoint(sentence.words[:index]))
    if not named or _is_excused(sentence, index, person.end):
        return None
    return Blame(Kind.PERSON, index, person.end)


_BECAUSE_OF = (["because", "of"], ["due", "to"], ["caused", "by"])


def fault_lies(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“The fault lies with the network team”."""
    end = phrases("lies").match(sentence, index)
    before = {"blame", "fault", "responsibility", "failure", "accountability", "mistake"}
    if not end or before.isdisjoint(sentence.words[max(index - 8, 0) : index]):
        return None
    person = person_from(sentence, end, names)
    return Blame(Kind.PERSON, index, person.end) if person and person.who is not Who.OURSELVES else None


def pinned_on(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“Down to the payments team”."""
    end = phrases("pinned").match(sentence, index)
    person = person_from(sentence, end, names) if end else None
    if person is None or person.who is not Who.PEOPLE or sentence.at(index - 1) == "not":
        return None
    return None if sentence.at(person.end) == POSSESSIVE else Blame(Kind.PERSON, index, person.end)
