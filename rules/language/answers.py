"""What a document answers where it is asked for a cause: the first sentence of a section that says little else."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from rules.language.acts import omission_end
from rules.language.analysis import blames, names_in
from rules.language.sentences import iter_sentences, tokenise
from rules.language.vocabulary import is_past
from rules.patterns import Pattern
from rules.policy import Policy
from rules.postmortem import Passage, Postmortem, Section

_LONGEST_ANSWER = 400  # characters; who writes more has said more than which event it was
_MOST = 200  # sections that ask for a cause
_FEWEST_WORDS = 4  # of a sentence; less is a heading
_PAST = frozenset({"was", "were", "had", "did"})
_WORD = Pattern(r"\w+")
_BECAUSE = Pattern(r"^\W{0,5}(?:because|since)\b", re.IGNORECASE)
_OMITTED = Pattern(r"\b(?:not?|never|nobody|none|neither)\b|n['’]t\b", re.IGNORECASE)
_PROPERTY = Pattern(
    r"\b(?:miss(?:ing|es)|lack\w{0,5}|no|not|never|neither|without|allow\w{0,4}|default\w{0,4}|limit\w{0,4}|cannot|unable"
    r"|because|since|mis-?config\w{0,8}|bugs?|incorrect\w{0,3}|wrong\w{0,3}|only|which|that|whose|where|so|when|if|insufficient\w{0,3}|too"
    r"|expire[sd]|leak\w{0,4}|unbounded|hard-?coded|single|shared|design\w{0,4}|race|deadlock\w{0,3}|depend\w{0,8}|invalid|faulty|broken"
    r"|containing|contained|introduc\w{0,5}|incompatib\w{0,4}|defect\w{0,4}|flaw\w{0,3}|than|exceed\w{0,4}|beyond|enough|despite|although"
    r"|requires?|expects?|assum\w{0,8}|exhaust\w{0,4}|capacity|unhandled|overload\w{0,3}|due)\b|n['’]t\b|[<>]",
    re.IGNORECASE,
)


class Told(NamedTuple):
    """A sentence that tells a cause: the characters from `start` to `end` of a passage."""

    passage: Passage
    start: int
    end: int

    @property
    def text(self) -> str:
        """The sentence."""
        return self.passage.text[self.start : self.end]


def answers(postmortem: Postmortem, policy: Policy) -> Iterator[Told]:
    """The first sentence of each section whose title asks for a cause, if the section names no property."""
    if not postmortem.may_be_english:
        return
    asking = (
        each
        for each in postmortem.sections
        if _asks_for_cause(each) and not _explains(_without_omission(each.text, postmortem, policy))
    )
    unanswered = {section.heading.line for section in islice(asking, _MOST)}
    for passage in postmortem.passages if unanswered else ():
        section = section_around(postmortem, passage) if passage.section == "actual" and not passage.quoted else None
        if section is None or section.heading.line not in unanswered or passage.text.strip() == section.title.strip():
            continue
        unanswered.remove(section.heading.line)
        told = Told(passage, *next(iter_sentences(passage.text), (0, 0)))
        if not is_reported(told, postmortem, policy):
            yield told


def _asks_for_cause(section: Section) -> bool:
    return section.kind == "actual" and not {"cause", "causes"}.isdisjoint(_WORD.findall(section.title.lower()))


def _without_omission(text: str, postmortem: Postmortem, policy: Policy) -> str:
    """A section's text but for what somebody did not set up, with which it begins, and which is no property."""
    if len(text) > _LONGEST_ANSWER or _OMITTED.search(text) is None:
        return text
    start, end = next(iter_sentences(text), (0, 0))
    behind = omission_end(text, start, end, names_in(postmortem, policy))
    return f"{text[start : start + 1]}{text[behind:]}" if behind else text


def _explains(text: str) -> bool:
    """Whether a section names a property, or goes on to describe in the present tense how the system works."""
    if names_property(text):
        return True
    sentences = [tokenise(text, start, end).words for start, end in iter_sentences(text)]
    return any(
        len(told) >= _FEWEST_WORDS and not any(is_past(word) or word in _PAST for word in told)
        for told in sentences[1:]
    )


def section_around(postmortem: Postmortem, passage: Passage) -> Section | None:
    """The innermost section in which a passage stands; None above the first heading."""
    line = passage.span(0, 1).line
    index = bisect_right(postmortem.sections, line, key=lambda each: each.heading.line) - 1
    return postmortem.sections[index] if index >= 0 else None


def is_reported(told: Told, postmortem: Postmortem, policy: Policy) -> bool:
    """Whether something in that sentence is reported already, as blame."""
    reported = (blame.start for passage, blame in blames(postmortem, policy) if passage is told.passage)
    return any(told.start <= start < told.end for start in reported)


def names_property(text: str) -> bool:
    """Whether a text goes on to say which property of the system it was, or at least says more than which event."""
    told = _BECAUSE.sub("", text[: _LONGEST_ANSWER + 1], count=1)
    return len(text) > _LONGEST_ANSWER or _PROPERTY.search(told) is not None
