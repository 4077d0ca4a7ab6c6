"""Causes that are no property of the system: a person's act, or the first event of the timeline."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import islice

from rules.language.acts import tells_act
from rules.language.analysis import names_in
from rules.language.answers import Told, answers, is_reported, names_property, section_around
from rules.language.blame import Kind
from rules.language.people import problems_of
from rules.language.sentences import iter_sentences
from rules.once import words_by_passage, words_in
from rules.patterns import Pattern
from rules.policy import Policy
from rules.postmortem import Postmortem
from rules.rule import Context, Problem, Severity, rule

_CAUSES = frozenset({"root", "main", "primary", "underlying", "ultimate"})  # cause
_LONGEST_LOOK = 4000  # characters of a passage
_MOST = 200  # passages that speak of causes
_EVENT = (
    r"(?:deploy(?:ment)?|release|roll-?out|change|restart|reboot|upgrade|update|migration|failover|switchover|spike|surge|burst"
    r"|peak|increase|outage|crash|maintenance|push|merge|cutover|launch|power\s{1,4}(?:cut|failure|outage)|traffic|incident)"
)
_EVENTS = Pattern(_EVENT, re.IGNORECASE)
_SAID = Pattern(
    r"\b(?:root|main|primary|underlying|ultimate) cause(?:\s{1,4}(?:of|for)\s{1,4}[\w' ’-]{1,60}?)?\s{0,4}"
    rf"(?:\bwas\b|\bis\b|:)\s{{1,4}}(?:(?:the|a|an|our)\s{{1,4}})?(?:[\w.'’/-]{{1,30}}\s{{1,4}}){{0,3}}?{_EVENT}\b",
    re.IGNORECASE,
)
_NAMED = Pattern(
    rf"\s{{0,4}}(?:(?:the|a|an|our)\s{{1,4}})?(?:[\w.'’/-]{{1,30}}\s{{1,4}}){{0,3}}?{_EVENT}\b"
    r"(?:\s{1,4}(?:of|in|at|on|to|from|by|for)\s[^;,]{1,80}?)?[.\s]{0,4}$",
    re.IGNORECASE,
)
_TIME = Pattern(r"\b\d{1,2}[:.h]\d{2}\b")
_FIRST_ENTRIES = 4
_STEM = 5  # letters by which "deployed" and "deployment" are the same
_RELEASES = ("deplo", "relea", "roll-", "rollo", "rolle", "launc")
_FIRST_COPIED = 2  # entries that are an answer when they are repeated
_FEWEST_STEMS = 2
_ALIKE = 0.8  # of the answer's stems
_CONTENT = Pattern(r"[a-z]+|\d[\w.]*")
_COMMON = frozenset({"the", "was", "were", "and", "for", "with", "has", "had", "been", "that", "from", "into"})


@rule("CO506", "cause-is-a-person", Severity.WARNING)
def cause_is_a_person(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """The root cause is told as what somebody did.

    Why: the same act was harmless on other days, or for other people. A root cause is a property of the system; it is
    what let this act have this effect, and it will do so again, whoever acts.

    Bad:

    ```markdown
    ## What was actually happening

    The root cause was that Ana ran the migration on the primary.
    ```

    Good:

    ```markdown
    ## What was actually happening

    The migration tool connects to the primary unless it is told otherwise, and the migration locks the whole table.
    ```
    """
    message = (
        "This tells the root cause as what somebody did. Write which property of the system let it have this effect."
    )
    yield from problems_of(postmortem, policy, Kind.ACT, message)
    for passage, start, end in _acts(postmortem, policy):
        yield Problem(passage.span(start, end), message, subject=passage.text[start : start + 120])


@rule("CO507", "cause-is-first-event", Severity.WARNING)
def cause_is_first_event(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """The root cause is told as the event with which it began.

    Why: a root cause is a property of the system, a first cause the first event in the timeline. Deploys, restarts and
    rushes of traffic will happen again; what they met with this time is what can be changed.

    Bad:

    ```markdown
    ## What was actually happening

    The root cause was the deploy of 10:20.
    ```

    Good:

    ```markdown
    ## What was actually happening

    The deploy tool replaces all instances at once, so that for a minute none of them has a warm cache.
    ```
    """
    message = (
        "This names the first event as the root cause. Write which property of the system let it have this effect."
    )
    acts = tuple(_acts(postmortem, policy))
    asked = (each for each in answers(postmortem, policy) if each not in acts)
    told = (*(each for each in asked if _is_event(postmortem, each)), *_said(postmortem, policy))
    for place in dict.fromkeys((each.passage.span(each.start, each.end), each.text) for each in told):
        yield Problem(place[0], message, subject=place[1][:120])


def _acts(postmortem: Postmortem, policy: Policy) -> Iterator[Told]:
    """The answers that tell what somebody did."""
    found = tuple(answers(postmortem, policy))
    names = names_in(postmortem, policy) if found else frozenset()
    return (each for each in found if tells_act(each.passage.text, each.start, each.end, names))


def _is_event(postmortem: Postmortem, told: Told) -> bool:
    """Whether an answer is nothing but the event with which the timeline begins, named or copied."""
    if _NAMED.match(told.text) and _is_first(postmortem, told.text):
        return True
    stems = _stems(told.text)
    return len(stems) >= _FEWEST_STEMS and any(
        len(stems & _stems(entry.text)) >= _ALIKE * len(stems) for entry in postmortem.timeline[:_FIRST_COPIED]
    )


def _stems(text: str) -> frozenset[str]:
    """By what an event is told: the beginnings of its words, without a time, and without the common ones."""
    found = _CONTENT.findall(_TIME.sub(" ", text[:_LONGEST_LOOK].lower()))
    return frozenset(word[:_STEM] for word in found if len(word) > 2 and word not in _COMMON)


def _said(postmortem: Postmortem, policy: Policy) -> Iterator[Told]:
    """The sentences that call an event the root cause, where nothing near them names a property."""
    if not postmortem.may_be_english or not _speaks_of_cause(words_in(postmortem)):
        return
    seen = words_by_passage(postmortem)
    passages = (each for each, words in zip(postmortem.passages, seen, strict=True) if _speaks_of_cause(words))
    for passage in islice(passages, _MOST):
        if passage.quoted or passage.section in ("timeline", "actions"):
            continue
        for start, end in iter_sentences(passage.text[:_LONGEST_LOOK]):
            told = Told(passage, start, end)
            if (
                _SAID.search(told.text)
                and _is_first(postmortem, told.text)
                and not is_reported(told, postmortem, policy)
            ):
                section = section_around(postmortem, passage)
                if not names_property(told.text) and not names_property(section.text if section else passage.text):
                    yield told


def _speaks_of_cause(words: Collection[str]) -> bool:
    return "cause" in words and not _CAUSES.isdisjoint(words)


def _is_first(postmortem: Postmortem, text: str) -> bool:
    """Whether the timeline begins with the event, by its time or its words; without one, whether a time is told."""
    if not postmortem.timeline:
        return _TIME.search(text) is not None
    entries = postmortem.timeline[:_FIRST_ENTRIES]
    times = set(_TIME.findall(text))
    if any(entry.time and not times.isdisjoint(_TIME.findall(entry.time.value)) for entry in entries):
        return True
    events = {_kind_of(match[0].lower()) for match in _EVENTS.finditer(text)}
    return any(_kind_of(word) in events for entry in entries for word in entry.text.lower().split())


def _kind_of(event: str) -> str:
    """What is the same for “deployed”, “deployment” and “rolled out”."""
    return "deplo" if event.startswith(_RELEASES) else event[:_STEM]
