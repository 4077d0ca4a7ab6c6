"""Blame for what people lack or have too much of: “engineer unaware of …”, “lack of developer awareness”, “hubris”.

No machine is reckless, so that a verdict on an act (“running it there was reckless”) is one on whoever did it, named or
not.
"""

from __future__ import annotations

from rules.language.predicates import Blame, Kind
from rules.language.sentences import POSSESSIVE, Sentence
from rules.language.subjects import Person, Who, ends_noun, heads, person_ending_with, person_from
from rules.language.vocabulary import is_past, is_word, words

UNKNOWING = frozenset({"unaware", "ignorant", "oblivious", "unfamiliar", "aware", "familiar", "inexperienced"})
LACKING = frozenset({"lack", "absence", "insufficient", "inadequate", "poor", "limited", "missing"})
_MINDS = frozenset({
    "awareness", "knowledge", "attention", "discipline", "understanding", "experience", "diligence", "care",
    "vigilance", "caution", "judgement", "judgment", "competence", "foresight", "skill", "skills", "expertise",
    "familiarity", "rigour", "rigor", "professionalism", "ownership", "accountability", "carefulness",
})  # fmt: skip
"""What only people have, and may have too little of."""
LACKED = frozenset({"lacked", "lacking", "lacks"})
LITTLE = frozenset({"no", "little"})
ENOUGH = frozenset({"sufficient", "enough", "adequate", "proper", "any"})
UNWISE = frozenset({
    "short-sighted", "shortsighted", "unwise", "amateurish", "inexcusable", "unforgivable", "irrational", "rash",
    "imprudent", "ill-advised", "overconfident", "over-confident", "cavalier",
})  # fmt: skip
_OF_CODE = frozenset({"lazy", "naive", "sloppy"})
"""What is also said of code that does something."""
_CHOICES = frozenset({"decision", "choice", "idea", "plan", "move", "call"})
_INTENSE = frozenset({"very", "just", "simply", "quite", "so", "extremely", "really", "outright", "plain", "also"})
EXCESSES = frozenset({"confidence", "haste", "eagerness", "ambition", "bravado"})
_EXCESSIVE = frozenset({"excessive", "misplaced", "undue", "blind", "unwarranted", "unjustified"})
_DENYING = frozenset({"no", "not", "never", "nor", "if", "without", "whether", "avoid", "prevent", "nobody", "against"})
_PUBLIC = frozenset({
    "user", "users", "customer", "customers", "client", "clients", "visitor", "visitors", "subscribers", "student",
    "students", "people", "they", "public",
})  # fmt: skip
_FAR = 14  # tokens from an act to the verdict on it
_NEAR = 4


PAIRS = (
    (UNKNOWING, frozenset({"of", "that", "with", "to", "how", "about"})),
    (LACKING | LACKED, _MINDS),
    (ENOUGH | LITTLE, _MINDS),
    (frozenset(word.rpartition("-")[2] for word in UNWISE), frozenset({"was", "were", "is"})),
    (EXCESSES, _EXCESSIVE | {"excess", "much", "over"}),
    (frozenset({"had"}), frozenset({"did", "didn"})),
    (frozenset({"because"}), frozenset({"annoyed", "him", "her", "them", "he", "she", "they"})),
)
"""Of each pair, words of both stand in a sentence that blames so; of a compound the last part."""


def unknowing(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“Engineer unaware of the flag”: a role without a verb; `index` is that of the adjective."""
    denied = sentence.at(index - 1) == "not"
    if denied != (sentence.words[index] in ("aware", "familiar")):
        return None
    if sentence.at(index + 1) not in ("of", "that", "with", "to", "how", "about"):
        return None
    person = _accused(person_ending_with(sentence, index - 1 - denied, names), sentence)
    if person is None or not _DENYING.isdisjoint(sentence.words[: person.start]):
        return None
    before = sentence.words[: person.end - 1]
    before = before[before.index(":") + 1 :] if ":" in before else before
    alone = all(not is_word(word) or word in words("articles") or word in _BEFORE_ROLE for word in before[-_NEAR:])
    return Blame(Kind.PERSON, person.start, index + 1) if alone else None


_BEFORE_ROLE = frozenset({
    "cause", "root", "causes", "factor", "contributing", "on-call", "junior", "senior", "new", "duty", "team", "shift",
    "release", "database", "network", "and",
})  # fmt: skip


def lack_in(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“Lack of developer awareness”, “insufficient care by the release engineer”; `index` is that of “lack”."""
    start = index + 1 + (sentence.at(index + 1) == "of")
    mind = next((at for at in range(start, start + _NEAR) if sentence.at(at) in _MINDS), 0)
    if not mind or not _DENYING.isdisjoint(sentence.words[max(index - _NEAR, 0) : index]):
        return None
    if mind > start:
        person = _accused(_role_before(sentence, mind - 1, names), sentence)
        return Blame(Kind.PERSON, index, mind + 1) if person is not None else None
    for at in range(mind + 1, min(mind + 1 + _FAR // 2, len(sentence.words))):
        if sentence.words[at] in ("by", "among", "amongst", "from") or sentence.words[at - 1 : at + 1] == [
            "part",
            "of",
        ]:
            person = _accused(person_from(sentence, at + 1, names), sentence)
            return Blame(Kind.PERSON, index, person.end) if person is not None else None
        if not is_word(sentence.words[at]):
            return None
    return None


def _role_before(sentence: Sentence, index: int, names: frozenset[str]) -> Person | None:
    """The role that a noun belongs to: “developer awareness”, “the developers' awareness”."""
    return person_ending_with(sentence, index - (sentence.at(index) == POSSESSIVE), names)


def lacked(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“Developers lacked awareness”, “the team did not have enough skill”, “showed little care”.

    `index` is that of the verb, or of what tells how much there was.
    """
    denied = sentence.words[max(index - 3, 0) : index] == ["did", "not", "have"]
    little = sentence.words[index] in LITTLE
    if denied != (sentence.words[index] in ENOUGH) or (little and sentence.at(index - 1) not in ("had", "showed")):
        return None
    mind = next((at for at in range(index + 1, index + _NEAR) if sentence.at(at) in _MINDS), 0)
    if not mind or not words("prepositions").isdisjoint(sentence.words[index:mind]):
        return None
    last = index - 4 if denied else index - 1 - little
    person = _accused(person_ending_with(sentence, last, names), sentence) if last >= 0 else None
    return Blame(Kind.PERSON, person.start, mind + 1) if person is not None else None


def act_was(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“Running it in production was reckless”, “the decision to skip it was careless”; `index` is the verdict's."""
    was = index - 1
    while sentence.at(was) in _INTENSE:
        was -= 1
    if sentence.at(was) not in ("was", "were", "is"):
        return None
    start = next((at + 1 for at in range(was - 1, -1, -1) if sentence.words[at] in (".", ";", ":", ",")), 0)
    before = sentence.words[start:was]
    if len(before) < 2 or len(before) > _FAR or not _DENYING.isdisjoint(before[:2]):
        return None
    if not {"we", "i", "our", "my", "that", "which"}.isdisjoint(before):
        return None
    return Blame(Kind.PERSON, start, index + 1) if _is_act(before, sentence.words[index]) else None


def _is_act(subject: list[str], verdict: str) -> bool:
    """Whether a subject tells what somebody did or chose: “pushing to main”, “the use of a shared password”."""
    chosen = subject[1:] if subject[0] in words("articles") else subject
    if chosen[:1] and chosen[0] in _CHOICES:
        return chosen[1:2] in (["to"], ["not"], ["of"])
    if verdict in _OF_CODE - {"sloppy"}:
        return False
    if chosen[:2] in (["use", "of"], ["usage", "of"]):
        return True
    return chosen is subject and subject[0].endswith("ing") and subject[0] not in ("being", "nothing", "everything")


def too_much(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“An excess of confidence”, “too much haste”, “blind confidence in the tool”."""
    before = sentence.words[max(index - 2, 0) : index]
    excess = before in (["excess", "of"], ["too", "much"], ["overdose", "of"]) or before[-1:] == ["over"]
    excess = excess or sentence.at(index - 1) in _EXCESSIVE
    if not excess or not _DENYING.isdisjoint(sentence.words[: index - 1]):
        return None
    if sentence.at(index + 1) in _MEASURED or not (ends_noun(sentence, index + 1) or sentence.at(index + 1) == "about"):
        return None
    return Blame(Kind.PERSON, max(index - 2, 0), index + 1)


_MEASURED = frozenset({"interval", "intervals", "score", "scores", "level", "levels", "threshold", "bound", "bounds"})


def had_time(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“The team had two days to fix it and did not”; `index` is that of “did”."""
    if sentence.at(index - 1) not in ("and", "but", "yet") and sentence.at(index - 2) not in ("and", "but", "yet"):
        return None
    end = index + 2
    if is_word(sentence.at(end)) or sentence.at(end) in ("“", "‘"):
        return None
    had = next((at for at in range(index - 2, 0, -1) if sentence.words[at] == "had"), 0)
    given = sentence.words[had + 1 : index]
    if not had or (_GIVEN.isdisjoint(given) and words("spells").isdisjoint(given)):
        return None
    person = _accused(person_ending_with(sentence, had - 1, names), sentence)
    return Blame(Kind.PERSON, person.start, end) if person is not None else None


_GIVEN = frozenset({"time", "chance", "chances", "opportunity", "opportunities", "occasion", "notice", "warning"})


def because_bothered(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“Disabled it because it annoyed him”, “because she was bored”: a motive, and no good one."""
    pronoun, verb, behind = (sentence.at(index + offset) for offset in (1, 2, 3))
    annoyed = pronoun in ("it", "that", "they") and verb in _ANNOYED and behind in ("him", "her", "them")
    if sentence.at(index + 3) in _INTENSE | {"too"}:
        behind = sentence.at(index + 4)
    moody = pronoun in ("he", "she", "they") and verb in ("was", "were", "got", "felt") and behind in _MOODS
    if not (annoyed or moody) or not _DENYING.isdisjoint(sentence.words[:index]):
        return None
    known = any(word in heads() for word in sentence.words[:index]) or moody or behind in ("him", "her")
    return Blame(Kind.PERSON, index, index + 4) if known and any(map(is_past, sentence.words[:index])) else None


_ANNOYED = frozenset(
    {"annoyed", "bored", "bothered", "irritated", "inconvenienced", "tired", "amused", "suited", "pleased"}
)
_MOODS = frozenset(
    {"bored", "impatient", "lazy", "annoyed", "hungover", "distracted", "irritated", "stubborn", "proud"}
)


def _accused(person: Person | None, sentence: Sentence) -> Person | None:
    """The person, if surely staff are meant; a bare role counts as one, though programs are called alike."""
    if person is None or person.who in (Who.OURSELVES, Who.STRANGER):
        return None
    return None if sentence.words[person.end - 1] in _PUBLIC else person
