"""What an entry of a list or a timeline tells of somebody without a verb in the past tense."""

from __future__ import annotations

from rules.language.manners import amiss
from rules.language.sentences import Sentence
from rules.language.subjects import Person, Who
from rules.language.verbs import stems
from rules.language.vocabulary import is_past, is_word, words

_AT = frozenset({"at", "on", "utc", "gmt", "cet", "cest", "am", "pm", "t"})
_HABITS = frozenset({"always", "often", "routinely", "regularly", "usually", "constantly", "still", "simply", "just"})
ANYBODY = frozenset({"a", "an", "any", "every", "each", "some", "one", "whoever", "someone", "somebody", "everyone"})
"""Of whom it is said in the present what may happen: “a person forgets to”."""


def does_amiss(sentence: Sentence, person: Person) -> int:
    """Where it ends that an entry of a timeline tells in the present: “10:14 Ben pushes it without approval”."""
    verb = person.end + (sentence.at(person.end) in _HABITS)
    if sentence.at(verb) not in words("acts_now") or person.who is not Who.PEOPLE:
        return 0
    before = sentence.words[: person.start]
    if sentence.words[person.start] in ANYBODY or any(word.isalpha() and word not in _AT for word in before):
        return 0
    return amiss(sentence, verb)


def not_doing(sentence: Sentence, person: Person) -> int:
    """Where “Developers not checking the logs” ends, an entry of a list; 0 if the sentence does not begin so."""
    if person.who is not Who.PEOPLE or any(map(is_word, sentence.words[: person.start])):
        return 0
    doing = sentence.at(person.end + 1)
    if sentence.at(person.end) != "not" or not doing.endswith("ing"):
        return 0
    behind = sentence.words[person.end + 2 :]
    if any(map(is_past, behind)) or not words("auxiliaries").isdisjoint(behind):
        return 0  # “developers not using the flag saw no change”
    return person.end + 2 if not words("duties").isdisjoint(stems(doing)) else 0
