"""Whether a text blames somebody.

It does if a cause stops at a person, if a person is the subject of a failing, or if it says what somebody should have
done. Each sentence is read once, word by word: `predicates` looks at the verbs of people, `failings` at everything
else. English only.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

from rules.language.finders import finders
from rules.language.hearsay import is_hearsay
from rules.language.predicates import Blame, Kind, blames_of_subject
from rules.language.sentences import Sentence, iter_sentences, spans_of, tokenise
from rules.language.subjects import AGENT_ENDINGS, heads, is_agent_noun, is_name
from rules.language.unsaid import as_if_ours
from rules.language.vocabulary import words

__all__ = ["Blame", "Kind", "find_blame"]

_MOST_SUBJECTS = 40  # people looked at in one sentence
_MOST_CANDIDATES = 40  # words looked at in one sentence


def find_blame(text: str, names: frozenset[str]) -> Iterator[Blame]:
    """The words in a text that blame somebody, in order, no two of them overlapping.

    Args:
        text: running text; code and quotations masked.
        names: in lower case, names and logins of the people whom the document names.
    """
    for start, end in iter_sentences(text):
        yield from blames_between(text, start, end, names)


def blames_between(text: str, start: int, end: int, names: frozenset[str]) -> Iterator[Blame]:
    """As `find_blame`, for the one sentence from `start` to `end` of the text."""
    sentence = tokenise(text, start, end)
    found = blames_in(sentence, names)
    spans = spans_of(text, start, end) if found else []
    for kind, first, last in found:
        yield Blame(kind, spans[first][0], spans[last - 1][1])


def blames_in(sentence: Sentence, names: frozenset[str]) -> list[Blame]:
    """What blames in a sentence, by its tokens."""
    if sentence.question:
        return []
    candidates = chain(islice(_candidates(sentence, names), _MOST_CANDIDATES), as_if_ours(sentence, names))
    found = sorted(
        (each for each in candidates if _is_meant(sentence, each)),
        key=lambda each: each.start,
    )
    if any(each.kind not in (Kind.ACT, Kind.OURSELVES, Kind.UNSAID) for each in found):
        found = [each for each in found if each.kind is not Kind.ACT]
    return list(_apart(found))


def _candidates(sentence: Sentence, names: frozenset[str]) -> Iterator[Blame]:
    people = heads()
    others = finders()
    raw = sentence.raw
    tried = 0
    for index, word in enumerate(sentence.words):
        if (
            word in people
            or (not raw[index][0].islower() and is_name(sentence, index, names))
            or (word.endswith(AGENT_ENDINGS) and is_agent_noun(sentence, index))
        ):
            tried += 1
            if tried <= _MOST_SUBJECTS and not _forgot_password(sentence, index):
                yield from blames_of_subject(sentence, index, names)
        if word in others:
            following = sentence.at(index + 1)
            for finder, seconds in others[word]:
                if seconds is None or following in seconds:
                    found = finder(sentence, index, names)
                    if found is not None:
                        yield found


def _is_meant(sentence: Sentence, found: Blame) -> bool:
    """Whether the document itself blames somebody there."""
    start = found.start
    return not (_is_disclaimed(sentence, found) or is_hearsay(sentence, start) or _is_compared(sentence, start))


def _is_compared(sentence: Sentence, start: int) -> bool:
    """Whether a picture is drawn and nobody meant: “it was like everyone forgot”, “imagine a cook who …”."""
    for index in range(start - 1, max(start - _COMPARED, 0) - 1, -1):
        word = sentence.words[index]
        if word in ("imagine", "picture") or (word == "as" and sentence.words[index + 1] in ("if", "though")):
            return True
        if word == "like" and sentence.at(index - 1) not in _LIKING:
            return True
        if word in (",", ";", ":"):
            return False
    return False


_COMPARED = 4  # tokens from such a word to who is spoken of
_LIKING = frozenset({"would", "we", "i", "they", "not", "users", "customers"})


def _is_disclaimed(sentence: Sentence, found: Blame) -> bool:
    """Whether the text says that this is not to be said: “we do not write that somebody should have known”."""
    for index in range(max(found.start - _DISCLAIMED, 0), found.start):
        if found.kind is Kind.CAUSE and sentence.words[index] in _DENIED and sentence.words[index + 1] in _CAUSING:
            return not {",", "but", ";"} & set(sentence.words[index : found.start])
        if sentence.words[index] in words("saying") and (index + 1 == found.start or sentence.at(index + 1) == "that"):
            return not _NEITHER.isdisjoint(sentence.words[max(index - 3, 0) : index])
    return False


_DISCLAIMED = 8
_DENIED = frozenset({"not", "never"})
_CAUSING = frozenset({"caused", "due", "because", "attributable", "down", "triggered", "one", "about", "by"})
_NEITHER = frozenset({"not", "never", "without", "instead", "rather", "nobody", "avoid", "avoids"})


def _forgot_password(sentence: Sentence, index: int) -> bool:
    behind = sentence.words[index + 1 : index + 6]
    return ("forgot" in behind or "forgotten" in behind) and not words("secrets").isdisjoint(behind)


def _apart(found: list[Blame]) -> Iterator[Blame]:
    taken = -1
    for each in found:
        if each.start >= taken:
            yield each
            taken = each.end
