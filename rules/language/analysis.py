"""What the rules of this family share: a document is looked through once for all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from rules.language.blame import Blame, Kind, blames_between
from rules.language.carried import is_somebody_else
from rules.language.sentences import iter_sentences
from rules.language.software_operators import blames_software
from rules.language.suspicion import Suspicion
from rules.language.vocabulary import given_names, words
from rules.once import words_by_passage, words_in, words_of
from rules.owners import is_collective
from rules.patterns import Pattern
from rules.policy import Policy
from rules.postmortem import Passage, Person, Postmortem, Span
from rules.rule import Severity

_MENTION = Pattern(r"(?<![\w@/.])@([A-Za-z0-9][A-Za-z0-9-]{0,38})(?![\w/-])")
_WORD = Pattern(r"\w+")
_TELLING = frozenset({"to", "will", "should", "must"})
_SHORTEST_NAME = 3  # characters; initials are too often something else
_SELF_BLAME = ("CO505", "self-blame")  # off unless the policy asks for it
_SPEECH = Pattern(
    r"(?:\b(?P<said>wrote|writes|said|says|posted|posts|asked|asks|replied|replies|commented|announced|messaged)\b"
    r"(?:[^:]{0,40}\s?:\s|[^:.;]{0,40}?\s(?:that|whether|if)\s)"
    r"|(?<![\w@])(?P<speaker>@?[^\W\d][\w-]{1,38})(?:\s\([^):]{1,40}\))?\s?:\s)",
    re.IGNORECASE,
)
_NEXT_WORD = 12  # characters behind blame: "failed to notice"
_LONGEST_SPEAKER = 100  # characters of an entry in which its speaker is looked for
_MOST_SENTENCES = 3000  # looked at closely in one document
_MOST_FINDINGS = 300  # in one document; who has so many will check again


class BlameAt(NamedTuple):
    """Blame, and the passage in which it stands."""

    passage: Passage
    blame: Blame


class _Document:
    """A document and a policy, compared by identity: to compare their contents would cost more than to read them."""

    __slots__ = ("policy", "postmortem")

    def __init__(self, postmortem: Postmortem, policy: Policy) -> None:
        self.postmortem = postmortem
        self.policy = policy

    def __hash__(self) -> int:
        return hash((id(self.postmortem), id(self.policy)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Document) and self.postmortem is other.postmortem and self.policy is other.policy


def blames(postmortem: Postmortem, policy: Policy) -> tuple[BlameAt, ...]:
    """All that blames in a document, in order; nothing if it is in another language."""
    return _blames(_Document(postmortem, policy)) if postmortem.may_be_english else ()


@lru_cache(maxsize=2)
def _blames(document: _Document) -> tuple[BlameAt, ...]:
    names = names_in(document.postmortem, document.policy)
    found = (
        BlameAt(passage, _with_subject(document.postmortem, passage, blame, names))
        for passage, start, end in islice(_suspicious(document, names), _MOST_SENTENCES)
        for blame in blames_between(passage.text, start, end, names)
        if passage.section != "believed" or not _is_belief(passage.text[blame.start : blame.end + _NEXT_WORD])
        if not blames_software(document.postmortem, passage.text, blame.start, blame.end)
    )
    return tuple(islice(found, _MOST_FINDINGS))


def _with_subject(postmortem: Postmortem, passage: Passage, blame: Blame, names: frozenset[str]) -> Blame:
    """As it is, but for blame of whom the sentence leaves unsaid: somebody named just before, or the authors."""
    if blame.kind is not Kind.UNSAID:
        return blame
    other = is_somebody_else(postmortem.passages, passage, blame.start, names)
    return blame._replace(kind=Kind.PERSON if other else Kind.OURSELVES)


def _is_belief(blame: str) -> bool:
    """Whether it holds against somebody what they knew, thought or saw; there is a section to tell just that."""
    return not words("knowledge").isdisjoint(_WORD.findall(blame.lower()))


def _suspicious(document: _Document, names: frozenset[str]) -> Iterator[tuple[Passage, int, int]]:
    ourselves = document.policy.chosen_severity(*_SELF_BLAME) not in (None, Severity.OFF)
    postmortem = document.postmortem
    suspicion = Suspicion(words_in(postmortem), names, ourselves=ourselves)
    for passage, seen in zip(postmortem.passages, words_by_passage(postmortem), strict=True):
        text = passage.text
        if passage.quoted or not suspicion.falls_on(text, seen):
            continue
        heard = _heard_from(passage, names) if passage.section == "timeline" else len(text)
        sentences = [(start, end) for start, end in iter_sentences(text) if start < heard]
        for start, end in sentences:
            if len(sentences) == 1 or suspicion.falls_on(text[start:end], words_of(text[start:end])):
                yield passage, start, min(end, heard)


def _heard_from(passage: Passage, names: frozenset[str]) -> int:
    """Where, in an entry of the timeline, somebody's own words begin (“Ana: …”, “Ben wrote that …”); else its end."""
    speech = _SPEECH.search(passage.text[:_LONGEST_SPEAKER])
    if speech is None:
        return len(passage.text)
    said, speaker = speech["said"], (speech["speaker"] or "").lower()
    known = speaker.startswith("@") or speaker in names or speaker in given_names()
    return speech.end() if said or known else len(passage.text)


def names_in(postmortem: Postmortem, policy: Policy) -> frozenset[str]:
    """The names and logins of everybody whom the document or the policy names, in lower case."""
    people: list[Person] = [*postmortem.authors, *postmortem.commanders, *postmortem.facilitators]
    people.extend(owner for item in postmortem.actions for owner in item.owners)
    words = {part for person in people if _is_named(person, policy) for part in _parts(person.name)}
    words |= {name.lower() for name in _organisations(postmortem, policy)}
    words |= {part for person in policy.people.values() for part in _parts(person.name or "")}
    words |= {login.lower() for login in policy.people}
    words |= {
        match[1].lower() for each in postmortem.passages if "@" in each.text for match in _MENTION.finditer(each.text)
    }
    return frozenset(word for word in words if len(word) >= _SHORTEST_NAME)


def _organisations(postmortem: Postmortem, policy: Policy) -> Iterator[str]:
    """One-word names of those who act: that wrote the document, or are told what to do (`Acme to rotate the key`)."""
    told = (
        owner
        for item in postmortem.actions
        for owner in item.owners
        if owner.span[:2] < item.title_span[:2]
        and postmortem.source.slice(Span(*owner.span[2:], *item.title_span[:2])).strip(" *_").lower() in _TELLING
    )
    for person in (*postmortem.authors, *told):
        if person.name[:1].isupper() and " " not in person.name and not is_collective(person, policy):
            yield person.name


def _is_named(person: Person, policy: Policy) -> bool:
    """Whether somebody is certainly a person; one bare word may be a system."""
    return (person.login is not None or " " in person.name) and not is_collective(person, policy)


def _parts(name: str) -> Iterator[str]:
    return (part.strip(".,()") for part in name.lower().split())
