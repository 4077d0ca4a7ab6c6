"""Causes that are no property of the system: a person's act, or the first event of the timeline."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from rules.language.analysis import blames, is_read, names_in
from rules.language.blame import Kind
from rules.language.people import problems_of
from rules.language.sentences import iter_sentences, tokenise
from rules.language.subjects import Who, person_ending_with
from rules.language.verbs import groups_of
from rules.language.vocabulary import words
from rules.policy import Policy
from rules.postmortem import Passage, Postmortem, Section
from rules.rule import Context, Problem, Severity, rule

_CAUSES = ("root cause", "main cause", "primary cause", "underlying cause", "ultimate cause")
_LONGEST_ANSWER = 400  # characters; who writes more has said more than which event it was
_LONGEST_LOOK = 4000  # characters of a passage
_MOST = 200  # passages and sections that speak of causes
# Patterns are compiled when a document first asks for them: most speak of no such cause.
_EVENTS = (
    r"(?:deploy(?:ment)?|release|roll-?out|change|restart|reboot|upgrade|update|migration|failover|switchover|spike|surge|burst"
    r"|peak|increase|outage|crash|maintenance|push|merge|cutover|launch|power\s{1,4}(?:cut|failure|outage)|traffic|incident)"
)
_SAID = (
    r"\b(?:root|main|primary|underlying|ultimate) cause(?:\s{1,4}(?:of|for)\s{1,4}[\w' ’-]{1,60}?)?\s{0,4}"
    rf"(?:\bwas\b|\bis\b|:)\s{{1,4}}(?:(?:the|a|an|our)\s{{1,4}})?(?:[\w.'’/-]{{1,30}}\s{{1,4}}){{0,3}}?{_EVENTS}\b"
)
_NAMED = (
    rf"\s{{0,4}}(?:(?:the|a|an|our)\s{{1,4}})?(?:[\w.'’/-]{{1,30}}\s{{1,4}}){{0,3}}?{_EVENTS}\b"
    r"(?:\s{1,4}(?:of|in|at|on|to|from|by|for)\s[^;,]{1,80}?)?[.\s]{0,4}$"
)
_PROPERTY = (
    r"\b(?:miss(?:ing|es)|lack\w{0,5}|no|not|never|neither|without|allow\w{0,4}|default\w{0,4}|limit\w{0,4}|cannot|unable"
    r"|because|since|mis-?config\w{0,8}|bugs?|incorrect\w{0,3}|wrong\w{0,3}|only|which|that|whose|where|so|when|if|insufficient\w{0,3}|too"
    r"|expire[sd]|leak\w{0,4}|unbounded|hard-?coded|single|shared|design\w{0,4}|race|deadlock\w{0,3}|depend\w{0,8}|invalid|faulty|broken"
    r"|containing|contained|introduc\w{0,5}|incompatib\w{0,4}|defect\w{0,4}|flaw\w{0,3}|than|exceed\w{0,4}|beyond|enough|despite|although"
    r"|requires?|expects?|assum\w{0,8}|exhaust\w{0,4}|capacity|unhandled|overload\w{0,3}|due)\b|n['’]t\b|[<>]"
)
_TIME = r"\b\d{1,2}[:.h]\d{2}\b"
_FIRST_ENTRIES = 4
_STEM = 5  # letters by which "deployed" and "deployment" are the same


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
    answers = tuple(_answers(postmortem, policy))
    names = names_in(postmortem, policy) if answers else frozenset()
    for passage, start, end in answers:
        if _begins_with_act(passage.text, start, end, names):
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
    named = (each for each in _answers(postmortem, policy) if re.match(_NAMED, each.text, re.IGNORECASE))
    for told in (*named, *_said(postmortem, policy)):
        if _is_first(postmortem, told.text):
            yield Problem(told.passage.span(told.start, told.end), message, subject=told.text[:120])


class _Told(NamedTuple):
    """A sentence that tells a cause: the characters from `start` to `end` of a passage."""

    passage: Passage
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.passage.text[self.start : self.end]


def _said(postmortem: Postmortem, policy: Policy) -> Iterator[_Told]:
    """The sentences that call an event the root cause, where nothing near them names a property."""
    if not is_read(postmortem) or not _speaks_of_cause(postmortem.source.text):
        return
    passages = (each for each in postmortem.passages if _speaks_of_cause(each.text))
    for passage in islice(passages, _MOST):
        if passage.quoted or passage.section in ("timeline", "actions"):
            continue
        for start, end in iter_sentences(passage.text[:_LONGEST_LOOK]):
            told = _Told(passage, start, end)
            if re.search(_SAID, told.text, re.IGNORECASE) and not _is_reported(told, postmortem, policy):
                section = _section_around(postmortem, passage)
                if not _names_property(told.text) and not _names_property(section.text if section else passage.text):
                    yield told


def _speaks_of_cause(text: str) -> bool:
    lower = text.lower()
    return any(cause in lower for cause in _CAUSES)


def _answers(postmortem: Postmortem, policy: Policy) -> Iterator[_Told]:
    """The first sentence of each section that asks for a cause, where the section goes on to name no property."""
    if not is_read(postmortem):
        return
    asking = (each for each in postmortem.sections if _asks_for_cause(each) and not _names_property(each.text))
    unanswered = {section.heading.line for section in islice(asking, _MOST)}
    for passage in postmortem.passages if unanswered else ():
        section = _section_around(postmortem, passage) if passage.section == "actual" and not passage.quoted else None
        if section is None or section.heading.line not in unanswered or passage.text.strip() == section.title.strip():
            continue
        unanswered.remove(section.heading.line)
        told = _Told(passage, *next(iter_sentences(passage.text), (0, 0)))
        if not _is_reported(told, postmortem, policy):
            yield told


def _asks_for_cause(section: Section) -> bool:
    return section.kind == "actual" and not {"cause", "causes"}.isdisjoint(re.findall(r"\w+", section.title.lower()))


def _section_around(postmortem: Postmortem, passage: Passage) -> Section | None:
    """The innermost section in which a passage stands; None above the first heading."""
    line = passage.span(0, 1).line
    index = bisect_right(postmortem.sections, line, key=lambda each: each.heading.line) - 1
    return postmortem.sections[index] if index >= 0 else None


def _is_reported(told: _Told, postmortem: Postmortem, policy: Policy) -> bool:
    """Whether something in that sentence is reported already."""
    reported = (blame.start for passage, blame in blames(postmortem, policy) if passage is told.passage)
    return any(told.start <= start < told.end for start in reported)


def _begins_with_act(text: str, start: int, end: int, names: frozenset[str]) -> bool:
    """Whether a sentence begins with a person, and goes on with what they did."""
    sentence = tokenise(text, start, end)
    for index in range(min(5, len(sentence.words))):
        person = person_ending_with(sentence, index, names)
        if person is None or person.start > 0 or person.who is not Who.PEOPLE:
            continue
        group = next(groups_of(sentence, person), None)
        plain = group is not None and not group.passive and not group.modal and group.negation < 0
        if group is not None and plain and sentence.words[group.verb] in words("acts"):
            return True
    return False


def _names_property(text: str) -> bool:
    """Whether a text goes on to say which property of the system it was, or at least says more than which event."""
    return len(text) > _LONGEST_ANSWER or re.search(_PROPERTY, text, re.IGNORECASE) is not None


def _is_first(postmortem: Postmortem, text: str) -> bool:
    """Whether the timeline begins with the event, by its time or its words; without one, whether a time is told."""
    if not postmortem.timeline:
        return re.search(_TIME, text) is not None
    entries = postmortem.timeline[:_FIRST_ENTRIES]
    times = set(re.findall(_TIME, text))
    if any(entry.time and not times.isdisjoint(re.findall(_TIME, entry.time.value)) for entry in entries):
        return True
    events = {match[0].lower()[:_STEM] for match in re.finditer(_EVENTS, text, re.IGNORECASE)}
    return any(word[:_STEM] in events for entry in entries for word in entry.text.lower().split())
