"""Whether a sentence blames somebody.

It does if a cause stops at a person, if a person is the subject of a failing, or if it says what somebody should have
done. Word lists find candidates; a small grammar then asks for the subject. Systems fail to do things all the time, and
saying so is no blame, so that a predicate that machines share counts only with a subject that is clearly a person or a
team. English only. In doubt nothing is said.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from rules.language.blame_grammar import grammar
from rules.words import word_set

_MOST_CANDIDATES = 20  # looked at in one sentence
_LONGEST_SENTENCE = 2000  # characters
_REACH = 160  # characters before a predicate in which its subject is looked for
_LONGEST_OPENING = 80  # characters before a clause's verb
_LONGEST_VERB = 40  # characters
_LONGEST_AGENT = 4  # words


class Kind(enum.Enum):
    """In which way a sentence blames."""

    CAUSE = "cause"
    PERSON = "person"
    COUNTERFACTUAL = "counterfactual"
    OURSELVES = "ourselves"


class Blame(NamedTuple):
    """Words that blame, from index `start` to `end` of the text."""

    kind: Kind
    start: int
    end: int


class _Subject(enum.Enum):
    """Who is the subject of a predicate: surely people, people or a thing called alike, "we", or no person."""

    PEOPLE = 1
    MAYBE = 2
    OURSELVES = 3
    NONE = 4


def may_blame(text: str) -> bool:
    """Whether a text holds any word by which it could blame; without one, `find_blame` finds nothing."""
    return grammar().trigger.search(text) is not None


def find_blame(text: str, names: frozenset[str]) -> Iterator[Blame]:
    """The words in a text that blame somebody, in order, at most one stretch of a kind at each place.

    Args:
        text: running text; code and quotations masked.
        names: in lower case, names and logins of the people whom the document names.
    """
    start = 0
    for end, following in _sentences(text):
        yield from _in_sentence(text[start:end], start, names)
        start = following


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence ends, and where the next begins; one that does not end is cut."""
    position = 0
    for match in (*grammar().sentence_end.finditer(text), None):
        end = match.start() if match else len(text)
        for cut in range(position + _LONGEST_SENTENCE, end, _LONGEST_SENTENCE):
            yield cut, cut
        position = match.end() if match else end
        yield end, position


def _in_sentence(sentence: str, offset: int, names: frozenset[str]) -> Iterator[Blame]:
    if sentence.rstrip().endswith("?"):
        return
    patterns = grammar()
    taken = 0
    for match in islice(patterns.trigger.finditer(sentence), _MOST_CANDIDATES):
        if match.start() < taken or _forgot_password(sentence, match):
            continue
        blame = _judge(sentence, match, names)
        if blame is not None:
            taken = blame.end
            yield Blame(blame.kind, offset + blame.start, offset + blame.end)


def _forgot_password(sentence: str, match: re.Match[str]) -> bool:
    return "forgot" in match[0].lower() and grammar().password.match(sentence, match.end()) is not None


def _judge(sentence: str, match: re.Match[str], names: frozenset[str]) -> Blame | None:
    """What a candidate amounts to."""
    if match.lastgroup == "cause":
        return None if _is_excused(sentence, match) else Blame(Kind.CAUSE, *match.span())
    if match.lastgroup == "attributed":
        end = _person_after(sentence, match.end(), names)
        return None if end is None or _is_excused(sentence, match) else Blame(Kind.PERSON, match.start(), end)
    if match.lastgroup == "nobody":
        return Blame(Kind.OURSELVES if " us " in match[0].lower() else Kind.PERSON, *match.span())
    if match.lastgroup == "possessive":
        return _by_possessor(sentence, match, names)
    if match.lastgroup == "should":
        return _counterfactual(sentence, match, names)
    if match.lastgroup == "after":
        return _by_clause(sentence, match, names)
    if match.lastgroup == "adverb":
        return _by_adverb(sentence, match, names)
    return _by_subject(sentence, match, names, certain=match.lastgroup == "shared")


def _is_excused(sentence: str, match: re.Match[str]) -> bool:
    """Whether a cause is denied, guarded against, or part of a thing's name."""
    patterns = grammar()
    before = sentence[max(match.start() - 80, 0) : match.start()]
    return patterns.excusing.search(before) is not None or patterns.compound.match(sentence, match.end()) is not None


def _by_subject(sentence: str, match: re.Match[str], names: frozenset[str], *, certain: bool) -> Blame | None:
    subject, start = _subject(sentence, match.start(), names)
    return _verdict(subject, Kind.PERSON, start, match.end(), certain=certain)


def _verdict(subject: _Subject, kind: Kind, start: int, end: int, *, certain: bool) -> Blame | None:
    """Blame, if the subject is one who can be blamed; `certain`: it must surely be people."""
    if subject is _Subject.OURSELVES:
        return Blame(Kind.OURSELVES, start, end)
    if subject is _Subject.PEOPLE or (subject is _Subject.MAYBE and not certain):
        return Blame(kind, start, end)
    return None


def _counterfactual(sentence: str, match: re.Match[str], names: frozenset[str]) -> Blame | None:
    patterns = grammar()
    subject, start = _subject(sentence, match.start(), names)
    duty = match[0].lower().startswith("should")
    human = duty and patterns.human_active.match(sentence, match.end()) is not None
    verdict = _verdict(subject, Kind.COUNTERFACTUAL, start, match.end(), certain=not human)
    if verdict is None and (condition := patterns.avoidable.match(sentence, match.end())):
        person = _person_after(sentence, condition.end(), names)
        verdict = None if person is None else Blame(Kind.COUNTERFACTUAL, match.start(), person)
    if verdict is not None or not duty:
        return verdict
    passive = patterns.human_passive.match(sentence, match.end())
    if passive is None or patterns.by_machine.match(sentence, passive.end()):
        return None
    return Blame(Kind.COUNTERFACTUAL, match.start(), passive.end())


def _by_adverb(sentence: str, match: re.Match[str], names: frozenset[str]) -> Blame | None:
    """`An engineer mistakenly deleted`, `was mistakenly deleted by an engineer`; not `easy to mistakenly delete`."""
    patterns = grammar()
    verb = patterns.past.match(sentence, match.end())
    if verb is None:
        return _by_clause(sentence, match, names) if sentence[match.end() :].strip()[:1] in (".", "") else None
    subject, start = _subject(sentence, match.start(), names)
    found = _verdict(subject, Kind.PERSON, start, verb.end(), certain=True)
    if found is None and sentence[: match.start()].rstrip().endswith(" and"):
        begin = _sentence_with_person(sentence, match.start(), names)
        found = None if begin is None else Blame(Kind.PERSON, begin, verb.end())
    agent = None if found else _agent(sentence, verb.end(), names)
    return found if agent is None else Blame(Kind.PERSON, match.start(), agent)


def _agent(sentence: str, start: int, names: frozenset[str]) -> int | None:
    """Where a person ends by whom, behind a passive, something was done; None if nobody is named."""
    by = grammar().by.match(sentence, start)
    if by is None:
        return None
    return _person_after(sentence, by.end(), names)


def _person_after(sentence: str, start: int, names: frozenset[str]) -> int | None:
    """Where a person ends who is named right there; None for anything else ("by a developer tool")."""
    patterns = grammar()
    for word in islice(patterns.word.finditer(sentence, start), _LONGEST_AGENT):
        if patterns.noun_end.match(sentence, word.end()) and _is_people(sentence[start : word.end()], names):
            return word.end()
    return None


def _by_clause(sentence: str, match: re.Match[str], names: frozenset[str]) -> Blame | None:
    """`Alice deployed without running tests`: a clause that begins with a person, then a verb in the past tense."""
    reach = max(match.start() - _REACH, 0)
    start = max((each.end() for each in grammar().boundary.finditer(sentence, reach, match.start())), default=reach)
    found = _clause_with_person(sentence, start, match.start(), names)
    if found is None:
        found = _named_by(sentence, match.start(), names)
    if found is None and match[0].lower().startswith(("by ", "in error")):
        found = _sentence_with_person(sentence, match.start(), names)
    return None if found is None else Blame(Kind.PERSON, found, match.end())


def _named_by(sentence: str, end: int, names: frozenset[str]) -> int | None:
    """Where a person begins who is named behind "by", at the end; None if nobody is."""
    left = sentence[max(end - _REACH, 0) : end].rstrip()
    subject, start = _who(left, names)
    if subject is not _Subject.PEOPLE or not left[:start].rstrip().lower().endswith(" by"):
        return None
    return end - len(sentence[max(end - _REACH, 0) : end]) + start


def _sentence_with_person(sentence: str, end: int, names: frozenset[str]) -> int | None:
    """Where a person begins who is the subject of the sentence, or of what follows its label."""
    found = _clause_with_person(sentence, 0, end, names)
    return _after_label(sentence, end, names) if found is None else found


def _after_label(sentence: str, end: int, names: frozenset[str]) -> int | None:
    colon = sentence.find(": ", 0, min(end, 60))
    return None if colon < 0 else _clause_with_person(sentence, colon + 1, end, names)


def _clause_with_person(sentence: str, start: int, end: int, names: frozenset[str]) -> int | None:
    """Where a clause begins that has a person as its subject and a verb in the past tense; None for any other."""
    for verb in grammar().past.finditer(sentence, start, min(end, start + _LONGEST_OPENING + _LONGEST_VERB)):
        if verb.start() - start > _LONGEST_OPENING:
            return None
        subject, begin = _subject(sentence, verb.start(), names)
        if begin >= start:
            return begin if subject is _Subject.PEOPLE else None
    return None


def _by_possessor(sentence: str, match: re.Match[str], names: frozenset[str]) -> Blame | None:
    before = sentence[max(match.start() - _REACH, 0) : match.start()]
    if not _is_people(before, names) or grammar().excusing.search(before[-80:]):
        return None
    return Blame(Kind.PERSON, match.start(), match.end())


def _subject(sentence: str, end: int, names: frozenset[str]) -> tuple[_Subject, int]:
    """Who the subject of a predicate that begins at `end` is, and where it begins."""
    patterns = grammar()
    left = sentence[max(end - _REACH, 0) : end].rstrip()
    shift = max(end - _REACH, 0)
    for _ in range(4):
        shorter = patterns.between.sub("", left).rstrip(" ,")
        if shorter == left:
            break
        left = shorter
    found = _who(left, names)
    if found[0] is _Subject.NONE and (modifier := patterns.postmodifier.search(left)):
        found = _who(left[: modifier.start()], names)
    subject, start = found
    if subject is not _Subject.NONE and (
        patterns.hypothetical.search(left[:start]) or patterns.denial.search(left[:start])
    ):
        return _Subject.NONE, end
    return subject, shift + start


def _who(left: str, names: frozenset[str]) -> tuple[_Subject, int]:
    """Who stands at the end of a text, and where they begin."""
    patterns = grammar()
    if patterns.not_people.search(left):
        return _Subject.NONE, len(left)
    for pattern, subject in (
        (patterns.people, _Subject.PEOPLE),
        (patterns.ourselves, _Subject.OURSELVES),
        (patterns.maybe, _Subject.MAYBE),
    ):
        if match := pattern.search(left):
            return subject, match.start()
    name = grammar().last_word.search(left)
    if name is not None and _is_name(name[1], left[: name.start()], names):
        return _Subject.PEOPLE, name.start()
    return _Subject.NONE, len(left)


def _is_people(left: str, names: frozenset[str]) -> bool:
    return _who(left.rstrip(), names)[0] is _Subject.PEOPLE


def _is_name(word: str, before: str, names: frozenset[str]) -> bool:
    """Whether a word is a mention, a name that the document knows, a given name, or a surname behind one."""
    if word.startswith("@"):
        return len(word) > 1
    if not word[:1].isupper():
        return False
    known = names | word_set("given_names", "names")
    if word.lower() in known:
        return True
    previous = grammar().last_word.search(before.rstrip())
    return previous is not None and previous[1][:1].isupper() and previous[1].lower() in known and before[-1:] == " "
