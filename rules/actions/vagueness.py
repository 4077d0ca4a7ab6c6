"""Whether an action item says what will be different, and whether anybody could tell when it is.

Word lists and a small grammar, not a model: a title is cut down to its main clause, its opener is looked up, and what
follows may rescue it: a figure, a means, or a second verb that yields an outcome. English only. In doubt nothing is
said.

Where an action begins is told with its capitals; everything after that looks at lower case.
"""

from __future__ import annotations

import re
from functools import cache

from rules.actions.conduct import promises_nothing
from rules.actions.named_ends import before_purpose, names_its_end, puts_in_place
from rules.actions.phrases import Phrases, end_of, end_of_one, phrases_of, starts, verbs_of
from rules.actions.soft_things import (
    has_field_object,
    holds_an_occasion,
    is_only_a_field,
    makes_something_soft,
    mends_everything,
    names_an_activity,
)
from rules.actions.unspecific import is_unspecific
from rules.actions.vague_grammar import SHOULD_HAVE, grammar, tells_count, tells_day, tells_figure
from rules.lower_case import without_capitals
from rules.patterns import Pattern
from rules.phrases import phrase_list
from rules.words import word_list

_LONGEST = 600  # characters of a title that are looked at
_OPENING_MARKS = " \t\n\"'“”‘’*_`([-–—•:,.;!…"
_LABEL = Pattern(r"[^:.!?\n]{3,60}:\s+(?=\S+\s+\S)")
_LEADING_ON = r"(?: so | because | since | which | in\ order\ to | e\.g\.? | i\.e\.? | aka ) \b"
_CLAUSE_END = Pattern(  # each alternative begins with a character, so that most places are passed by at a glance
    rf""" [.;!?](?=\s|$) (?<!\bmrs.)(?<!\bmr.)(?<!\bms.)(?<!\bdr.)(?<!\bvs.)(?<!\bst.)(?<!\s\.\.\.) | \n | :\s
      | \s [-–—]\s | \s\( | \s {_LEADING_ON} | ,\s {_LEADING_ON} """,
    re.VERBOSE,
)
_MARKS = Pattern(r"(?:P[0-9]\b|\d{1,2}(?:\.\d{1,2}){1,2}[.)]?\s|\d{1,2}[.)]\s|\[[^\[\]\n]{1,30}\]|\W)*")
"""A priority, a paragraph's number, what sorts items in brackets, and signs in front of the action."""
_SHOULD = r"\s+(?:should|must|shall|will|(?:needs?|has|have|ought|is|are)\s+to)(?=\s)"
_TEAM_SHOULD = Pattern(rf"(?:the\s+)?(?:[\w&/-]+\s+){{1,3}}team{_SHOULD}", re.IGNORECASE)
_BODY_SHOULD = Pattern(
    r"(?:the|our)\s+(?:[\w&/-]+\s+){0,2}(?:departments?|company|board|ministry|council|agency|office|school|hospital|bank"
    r"|management|organi[sz]ation|committee|directorate|division|faculty|institute|registry|college|university|authority"
    rf"|foundation|crew|association|society|firm|plant|ward){_SHOULD}",
    re.IGNORECASE,
)
"""Whose action it is, before the action."""
_ONE_SHOULD_TUNE = Pattern(
    rf"(?:the|our|all)(?:\s+[\w&/-]+){{1,3}}?{_SHOULD}\s+(?=(?:improve|enhance|strengthen|streamline|optimi[sz]e)\b)",
    re.IGNORECASE,
)
_RE = Pattern(r"\b(re)-(?=[a-z])", re.IGNORECASE)
"""`re-think` is `rethink`."""
_BY = Pattern(r"\bby\s+(?=(\w+ing)\b)")
_WITH = Pattern(r"\b(?:with\s+(?:the|an?|one|two|three)|via|using)\s|\bwith\s+(?!care\b)[\w.-]+\Z")
_NO_MEANS = frozenset(("making", "being", "having", "providing", "using", "doing", "getting", "giving", "creating"))
_BEHIND_LEAD_IN = Pattern(r"[\s,:]+")
_HOW = frozenset(("correctly", "properly", "reliably", "gracefully"))
_OF_NOW = Pattern(r"\b(?:the|all|its|our|their|each|every)\s+\Z")
_STATE = Pattern(r"\s+([a-z-]{3,}(?:ed|own|ut))\b(?!\s+and\b)")
"""A participle behind "properly"; whether it leaves anything open is in the list `open_states`."""
_CODE_BEFORE_COLON = Pattern(r"\b(?:[a-z]+[A-Z]\w*|\w+[_.]\w[\w.]*):\s")
"""A setting with its value, which is no label: `deletionPolicy: Orphan`."""
_HOW_TO = Pattern(r"\b(?:how|ways?|steps)(?: (?:to|of))?\s+\Z", re.IGNORECASE)
_SO_ALWAYS = Pattern(
    r"\bso (?:that )?(?:it|they|(?:the|each|every|an?) [\w-]+(?: [\w-]+)?)"
    r" (?:always|never|only|no longer|cannot|can['’]t|can no longer) (?!be\b|stay|remain)[a-z]{3}",
    re.IGNORECASE,
)
"""What anybody can see once it is so."""
_SO_THAT = Pattern(r"\bso (?:that )?(?:it|they|the|each|every|an?) [^.;(]{1,80}")
_PURPOSE = Pattern(r"\sto (?:make|speed|ease|help|allow|let|enable)\b", re.IGNORECASE)
_NAME = Pattern(r"[\"“][\w -]{2,30}[\"”]\s\w")
_MANY_WORDS = 8
_SETTLES = Pattern(r"\b(?:and|then) (?:answer|reply|pick|choose|select|decide|write (?:up|down)|publish|report)\b")
"""What ends a time of thinking, if it says by when."""
_PLAIN_DEEDS = frozenset(("rejects", "fails", "shows", "returns", "adds", "exits"))
_THOROUGH_WORK = Pattern(
    r"\s(?:an?\s|more\s|some\s)?(?:thorough|proper|careful|adequate|comprehensive|better|stricter|more\sthorough)\s"
    r"(?:[\w-]+\s)?(?:reviews?|checks?|testing|tests|validation|monitoring|audits?|communication|planning|training)\b"
)
"""Work that has always been there, and is to be better."""
_SENTENCE_END = Pattern(r"[.;!?](?=\s|$)|\n")
_NEXT_SENTENCE = Pattern(r"\.[*_]{0,2}\s+(?=[A-Z])")
_BECOMES = Pattern(r"\bto [\w.-]+$")
_RAISES_SOMETHING = Pattern(r"raise\s+an?\b")
_THAN = Pattern(r"(?:\s+and\s+\w+)?\s+(?:than|info\w*)\b")
_MORE_OF = Pattern(r"\s+(?:of\b|time\s+to)")
_FIRST_WORD = Pattern(r"[\w-]+(?:\s+(?:up|out))?(?:\s+(?:an?|the)\b)?(?=\s)")
_LISTED = Pattern(r":\s+(\S.*)")
_BE_TOLD = Pattern(r"be (?:alerted|paged|notified|warned|told) (?:when|if|of|about|by|before|as soon as)\b")
"""What happens to somebody, behind "we should"."""
_THING = Pattern(
    r"(?:provide )?(?:training|review|research|analysis)"
    r" (?:accounts?|apps?|data|database|records|environment|cluster|videos?|bot|board)\b"
)
"""A thing that a time of thinking is spent on."""
_ONLY = Pattern(r"to \w+ (?:only|every|each|no|at most)\b")
_TICKET = Pattern(r"\s+(?:#\d+|[A-Z][A-Z0-9]{1,9}[-_]\d{1,6})(?=\s*(?::\s|[-–—]\s|\Z))")
"""A ticket that is all an action is about; it holds what will be different."""
_WHATEVER = Pattern(
    r"\s+(?:(?:any|all|the|some|its)\s+)?(?:(?:necessary|needed|required|relevant|appropriate|identified|resulting"
    r"|recommended|suggested)\s+(?:\w+\s+)?)?(?:improvements?|changes|updates|fixes|adjustments|measures|corrections"
    r"|enhancements|actions|findings|recommendations|lessons|learnings)\b(?!\s+(?:in|of|for)\b)"
)
"""What a review may bring to light, which nobody knows before it."""


def is_vague(title: str) -> bool:
    """Whether an action item's title leaves open what will be different, and so when it is done."""
    text = title[:_LONGEST]
    if "-" in text:
        text = _RE.sub(r"\1", text)
    if _closes_ticket(text):
        return False
    start = action_start(text)
    lower = without_capitals(text)
    end = _clause_end(lower, start)
    body = lower[start:end].rstrip(" .,;:!?*_\"'”")
    if not body or _is_mended_to(body):
        return False
    clause, rest = lower[:end], lower[start:]
    if _hedges(clause) or _watches(clause) or (text.rstrip().endswith("?") and len(text) < _LONGEST):
        return True
    if names_its_end(body):
        return False
    soft = (
        _opens_vaguely(body, rest)
        or _is_about_something_soft(body, rest)
        or is_only_a_field(body)
        or promises_nothing(body, rest)
        or (is_unspecific(body) and not tells_figure(rest))
        or (_compares_without_measure(body) and not puts_in_place(text, start) and not _keeps_a_figure(rest))
    )
    return soft and not _goes_on_clearly(text, end)


def _is_mended_to(body: str) -> bool:
    """Whether it is said what a thing will do once it has been mended: "will be improved to alert when …"."""
    mended = grammar().mended.search(body)
    if mended is None:
        return False
    does = grammar().outcome.match(body, mended.end()) or _ONLY.match(body, mended.end())
    return (
        does is not None and not _has_soft_words(body, does.end()) and not is_only_a_field(body[does.end() :].strip())
    )


def _closes_ticket(text: str) -> bool:
    """Whether it is a ticket that is to be dealt with: "Address OPS-12: …"; its words are the ticket's title."""
    start = end_of(text, 0, phrases_of("vague", "mending"))
    return start is not None and _TICKET.match(text, start) is not None


def _goes_on_clearly(text: str, end: int) -> bool:
    """Whether the sentence behind a vague one says what will be done: "Expand alerting. Page when … exceeds …"."""
    behind = _NEXT_SENTENCE.match(text, end)
    if behind is None:
        return False
    sentence = _SENTENCE_END.split(text[behind.end() :], maxsplit=1)[0]
    if len(sentence.split()) < _MANY_WORDS or end_of(sentence, 0, phrases_of("vague", "outcomes")) is None:
        return False
    return not is_vague(sentence)


def action_start(text: str) -> int:
    """The index at which an action begins in its title, behind a label, quotes and words such as "we should"."""
    marks = _MARKS.match(text)
    position = marks.end() if marks else 0
    label = _LABEL.match(text, position)
    if label is not None and _CODE_BEFORE_COLON.search(label[0]) is None:
        position = label.end()
    whose = (_TEAM_SHOULD.match(text, position) if "team" in text else None) or _BODY_SHOULD.match(text, position)
    if whose := whose or _ONE_SHOULD_TUNE.match(text, position):
        position = whose.end()
    for _ in range(6):
        position += len(text[position:]) - len(text[position:].lstrip(_OPENING_MARKS))
        lead = end_of(text, position, phrases_of("vague", "lead_ins"))
        blank = _BEHIND_LEAD_IN.match(text, lead) if lead is not None else None
        if blank is None or blank.end() >= len(text):
            return position
        position = blank.end()
    return position


def _clause_end(text: str, start: int) -> int:
    end = _CLAUSE_END.search(text, start + 1)
    return end.start() if end else len(text)


def _hedges(clause: str) -> bool:
    """Whether its words promise nothing: "possibly", "at some point", or people who should behave otherwise."""
    if phrase_list("vague", "hedges").is_in(before_purpose(clause)) or (
        "have" in clause and SHOULD_HAVE.search(clause)
    ):
        return True
    return _exhorts(clause) and not tells_figure(clause)


def _watches(clause: str) -> bool:
    """Whether something is to be watched with care, and nothing says when that is done."""
    bare = clause.lstrip(_OPENING_MARKS)
    return grammar().careful.match(bare) is not None and not tells_figure(bare)


def _exhorts(clause: str) -> bool:
    """Whether people are told how to behave, and not something to do once."""
    bare = clause.lstrip(_OPENING_MARKS)
    people = phrases_of("vague", "people")
    end = end_of(bare, 0, people) or end_of(bare, end_of_one(bare, 0, ("the",)) or 0, people)
    told = grammar().told.match(bare, end) if end is not None else None
    if told is None:
        return False
    deeds = phrases_of("vague", "deeds")
    before_be = told.end() - (3 if told[0].endswith("be") else 0)
    return end_of(bare, told.end(), deeds) is None and end_of(bare, before_be, deeds) is None


def _opens_vaguely(body: str, rest: str) -> bool:
    """Whether it begins with a verb of thinking or tuning, and nothing behind it says with what outcome."""
    if _is_told_of(body) or _is_bounded(body, rest) or _THING.match(body) or _BE_TOLD.match(body):
        return False
    about = grammar().about.match(body)
    thinking = about.end() if about else end_of(body, 0, verbs_of("vague", "thinking"))
    if thinking is not None:
        told = end_of(body, 0, verbs_of("vague", "telling")) is not None and (tells_figure(rest) or tells_day(rest))
        settled = _SETTLES.search(rest) is not None and (tells_day(rest) or tells_figure(rest))
        return not told and not settled and not _has_strict_outcome(body, thinking)
    tuning = end_of(body, 0, verbs_of("vague", "tuning"))
    if tuning is None or _RAISES_SOMETHING.match(body):
        return False
    if tells_figure(rest) or _is_always_so(rest) or _tells_outcome(rest.partition(" (")[0], tuning):
        return False
    if " ".join(body[:tuning].split()) in verbs_of("vague", "tuning_needs_more"):
        return _has_soft_words(body, tuning) or (has_field_object(body, tuning) and _WITH.search(body) is None)
    if tells_count(body) or _is_listed(rest) or _tells_how(body, tuning) or _is_told_at_length(rest):
        return _has_soft_words(body, tuning)
    return True


def _is_always_so(rest: str) -> bool:
    """Whether what follows is what anybody can see once it is so; "no longer causes problems" is not."""
    so = _SO_ALWAYS.search(rest)
    return so is not None and grammar().fuzzy.search(rest, so.start()) is None


def _tells_outcome(text: str, start: int) -> bool:
    """Whether a second verb says what will be different; in "how to remove fields" it says what something is about."""
    return any(
        _HOW_TO.search(text[max(found.start() - 12, 0) : found.start()]) is None
        and _THOROUGH_WORK.match(text, found.end()) is None
        for found in grammar().outcome.finditer(text, start)
    )


def _is_bounded(body: str, rest: str) -> bool:
    """Whether it goes through all of some things for one property, or takes place at a day and time."""
    patterns = grammar()
    if patterns.sweep.match(body):
        return True
    return tells_day(rest) and patterns.appointed.search(rest) is not None


def _is_told_of(body: str) -> bool:
    """Whether its first word is not what to do, but what does something: "promote refuses …"."""
    first = next(iter(list(starts(body, 0, 1))[1:]), 0)
    return end_of(body, first, _does()) is not None


@cache
def _does() -> Phrases:
    """The verbs with an outcome as they are told of a thing, without those that are nouns as well."""
    return Phrases(word for word in word_list("vague", "outcomes") if word.endswith("es") or word in _PLAIN_DEEDS)


def _has_strict_outcome(body: str, start: int) -> bool:
    """Whether a second verb says what will be different; "and update documentation", "and use better …" do not."""
    behind = (body[found.end() :].strip() for found in grammar().strict_outcome.finditer(body, start))
    return any(not is_only_a_field(thing) and not _is_better(thing) for thing in behind)


def _is_better(thing: str) -> bool:
    """Whether what is made is only said to be better than what there is, without a measure."""
    return end_of(thing, 0, phrases_of("vague", "plain_comparatives")) is not None and not tells_figure(thing)


def _tells_how(body: str, start: int) -> bool:
    """Whether it says by which means, or into what: "by raising the limit", "into one process per tenant"."""
    if grammar().means.search(body, start):
        return True
    for by in _BY.finditer(body, start):
        if end_of(body, by.end(), verbs_of("vague", "amounts")) is not None:
            return True
        if _is_deed(body, by):
            return True
    return False


def _is_deed(body: str, by: re.Match[str]) -> bool:
    """Whether what is said behind "by" is more than thinking or tuning."""
    soft = (verbs_of("vague", "thinking"), verbs_of("vague", "tuning"))
    return by[1] not in _NO_MEANS and all(end_of(body, by.end(), each) is None for each in soft)


def _is_told_at_length(rest: str) -> bool:
    """Whether it is clear what is to be more or less, or what it becomes: "lower the log level to warn"."""
    sentence = _SENTENCE_END.split(rest, maxsplit=1)[0]
    if end_of(sentence, 0, verbs_of("vague", "amounts")) is None:
        return False
    return len(sentence.split()) > _MANY_WORDS or _BECOMES.search(sentence) is not None


def _is_listed(rest: str) -> bool:
    """Whether a colon leads on to what exactly: "Harden SSH: keys only"."""
    listed = _LISTED.search(rest)
    return listed is not None and not grammar().comparative.search(listed[1])


def _has_soft_words(body: str, end: int) -> bool:
    patterns = grammar()
    soft = any(not _says_how_a_deed(body, found) for found in patterns.comparative.finditer(body, end))
    return soft or patterns.fuzzy.search(body, end) is not None


def _says_how_a_deed(body: str, soft: re.Match[str]) -> bool:
    """Whether a soft word only stands before what anybody can see: "can correctly send …", "is properly earthed"."""
    if soft[0] == "current":  # "the current ids" are some, "get it current" is a wish
        return _OF_NOW.search(body, 0, soft.start()) is not None
    if soft[0] not in _HOW:
        return False
    if end_of(body, soft.end(), phrases_of("vague", "outcomes")) is not None:
        return True
    state = _STATE.match(body, soft.end())
    return state is not None and state[1] not in phrases_of("vague", "open_states")


def _is_about_something_soft(body: str, rest: str) -> bool:
    """Whether it makes what cannot be pointed at, holds a meeting, or names an activity, and tells no outcome."""
    if makes_something_soft(body) or holds_an_occasion(body) or mends_everything(body):
        told = rest.partition(" (")[0]
        soft = all(_WHATEVER.match(told, found.end()) for found in grammar().outcome.finditer(told))
    else:
        soft = names_an_activity(body)
    return soft and not tells_figure(rest) and not tells_count(body)


def _keeps_a_figure(rest: str) -> bool:
    """Whether it is said how much there will be: "more disks so that the host keeps 30 days"."""
    so = _SO_THAT.search(rest)
    return so is not None and tells_figure(so[0])


def _compares_without_measure(body: str) -> bool:
    """Whether something is to be "better" or "more" than before, without a figure."""
    if tells_figure(body):
        return False
    if _comes_by_a_deed(body):
        return False
    body = _without_purpose(body)
    if _begins_with_comparative(body) or _compares_object(body):
        return True
    patterns = grammar()
    return any(
        each.search(body) for each in (patterns.state_comparative, patterns.how, patterns.careful, patterns.standing)
    )


def _comes_by_a_deed(body: str) -> bool:
    """Whether it is said by which deed a thing gets better: "make the stop easier to see by painting it red"."""
    return any(_is_deed(body, by) and not _has_soft_words(body, by.end()) for by in _BY.finditer(body))


def _without_purpose(body: str) -> str:
    """The body up to what a thing is for that it calls by its name: "An “incident” channel to make reports easier"."""
    purpose = _PURPOSE.search(body)
    return body[: purpose.start()] if purpose is not None and _NAME.search(body, 0, purpose.start()) else body


def _begins_with_comparative(body: str) -> bool:
    start = end_of_one(body, 0, ("even", "some")) or 0
    end = end_of(body, start, phrases_of("vague", "leading_comparatives"))
    return end is not None and end < len(body) and _THAN.match(body, end) is None


def _compares_object(body: str) -> bool:
    """Whether the first thing behind the verb is "more" or "better": "write better runbooks"."""
    verb = _FIRST_WORD.match(body)
    if verb is None or verb[0] == "no":
        return False
    end = end_of(body, verb.end(), phrases_of("vague", "plain_comparatives"))
    return end is not None and end < len(body) and _THAN.match(body, end) is None and _MORE_OF.match(body, end) is None
