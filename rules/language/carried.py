"""Who is meant by a sentence without a subject: whoever was named just before, else its authors.

“Forgot to remove the key” is told of the engineer with whom the list begins. Where nobody is named, it is read as if
“we” stood in front.
"""

from __future__ import annotations

from collections.abc import Sequence

from rules.language.sentences import Sentence, iter_sentences, tokenise
from rules.language.subjects import Who, person_from
from rules.language.vocabulary import is_past, is_word
from rules.postmortem import Passage

_MOST_BEFORE = 8  # sentences looked back through
_FAR = 1000  # characters of a passage before


def is_somebody_else(passages: Sequence[Passage], passage: Passage, start: int, names: frozenset[str]) -> bool:
    """Whether the sentence that begins at `start` goes on about a person who was named just before.

    Args:
        passages: all of the document, in order.
        passage: the one in which the sentence stands, one of them.
        start: in its text.
        names: in lower case, of the people whom the document names.
    """
    position = next(index for index, each in enumerate(passages) if each is passage)
    left = _MOST_BEFORE
    for index in range(position, -1, -1):
        before = passages[index]
        if before.section != passage.section or before.quoted:
            return False
        text = before.text[:start] if index == position else before.text
        text = text[-_FAR:]
        for first, end in reversed(list(iter_sentences(text))):
            opening = _opening_by(tokenise(text, first, end), names)
            left -= 1
            if opening is not None or not left:
                return opening is Who.PEOPLE
    return False


def _opening_by(sentence: Sentence, names: frozenset[str]) -> Who | None:
    """Who is the subject of a sentence; None if it has no subject either, the authors' `Who` for anything else."""
    first = next((index for index, word in enumerate(sentence.words) if is_word(word) and not word[0].isdigit()), -1)
    adverb = first >= 0 and sentence.words[first].endswith("ly") and sentence.at(first + 2) == ""
    if first < 0 or adverb or is_past(sentence.words[first]) or sentence.words[first] in _WITHOUT_SUBJECT:
        return None
    person = person_from(sentence, first, names)
    return person.who if person is not None else Who.OURSELVES


_WITHOUT_SUBJECT = frozenset({"did", "never", "not", "then", "should", "forgot", "also", "ran", "went", "left", "took"})
