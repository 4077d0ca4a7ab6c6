"""Whether a person's clause only describes a noun: “tables they had not mentioned”."""

from __future__ import annotations

from rules.language.sentences import Sentence
from rules.language.subjects import Person
from rules.language.verbs import Group
from rules.language.vocabulary import is_word, words


def describes(sentence: Sentence, person: Person) -> bool:
    """Whether a noun stands right before, which the person's clause may describe: “tables they had not mentioned”."""
    noun = sentence.at(person.start - 1)
    if person.start < 2 or not is_word(noun) or noun in words("function_words") or noun in words("boundaries"):
        return False
    if sentence.words[0] in words("prepositions") or noun in words("prepositions") or noun.endswith("ly"):
        return False
    many = noun.endswith("s") and noun not in words("copulas")
    return many or not words("articles").isdisjoint(sentence.words[max(person.start - 4, 0) : person.start - 1])


def lacks_object(sentence: Sentence, group: Group) -> bool:
    """Whether a clause ends with the verb of what was not done, whose object stands before it then."""
    behind = sentence.at(group.verb + 1)
    undone = group.negation >= 0 and group.auxiliaries[:1] in (("had",), ("did",))
    return undone and (behind in ("", "yet", "before", ".", ",", ")", ";") or behind in words("prepositions"))
