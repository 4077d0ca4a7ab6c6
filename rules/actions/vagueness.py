"""Whether an action item says what will be different, and whether anybody could tell when it is.

Word lists and a small grammar, not a model: a title is cut down to its main clause, its opener is looked up, and what
follows may rescue it: a figure, or a second verb that yields an outcome. English only. In doubt nothing is said.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from rules.words import alternatives, word_list

_LONGEST = 600  # characters of a title that are looked at
_OPENING_MARKS = " \t\n\"'“”‘’*_`([-–—•:,.;!…"
_LABEL = re.compile(r"[^:.!?\n]{3,60}:\s+(?=\S+\s+\S)")
_CLAUSE_END = re.compile(
    r""" [.;!?](?=\s|$) | \n | \s[-–—]\s | \s\( | :\s
      | ,?\s (?: so | because | since | which | in\ order\ to | e\.g\.? | i\.e\.? | aka ) \b """,
    re.IGNORECASE | re.VERBOSE,
)
_FIGURE = re.compile(
    r""" \d\s? (?: % | / | (?: [kmgt]i?b? | x | per | percent | m?s | secs? | seconds? | m | mins? | minutes? | h | hrs?
            | hours? | days? | weeks? | months? | rps | qps | cores? | nodes? | replicas? | retries | attempts
            | requests | connections ) \b )
      | (?: [<>≤≥=] | \b (?: under | below | above | over | exceeds? | least | most | within | than | to | from | at
            | of | every | only | after | before | exactly | for ) ) \s{0,2} \$? \d
      | \b (?: once | twice | daily | weekly | monthly | quarterly | hourly | nightly
            | every\ (?:day|week|month|quarter|hour|night|deploy|release|commit|build|merge) ) \b """,
    re.IGNORECASE | re.VERBOSE,
)


def is_vague(title: str) -> bool:
    """Whether an action item's title leaves open what will be different, and so when it is done."""
    text = title[:_LONGEST]
    start = _body_start(text)
    body = text[start : _clause_end(text, start)].rstrip(" .,;:!?*_\"'”")
    if not body:
        return False
    return (
        _opens_vaguely(body, text[start:])
        or _patterns().bare.fullmatch(body) is not None
        or _compares_without_measure(body)
        or (text.rstrip().endswith("?") and len(text) < _LONGEST)
    )


def _body_start(text: str) -> int:
    """Where the action begins, behind a label, quotes and words such as "we should"."""
    label = _LABEL.match(text)
    position = label.end() if label else 0
    for _ in range(6):
        position += len(text[position:]) - len(text[position:].lstrip(_OPENING_MARKS))
        lead = _patterns().lead_in.match(text, position)
        if lead is None or lead.end() >= len(text):
            return position
        position = lead.end()
    return position


def _clause_end(text: str, start: int) -> int:
    end = _CLAUSE_END.search(text, start + 1)
    return end.start() if end else len(text)


def _opens_vaguely(body: str, rest: str) -> bool:
    """Whether it begins with a verb of thinking or tuning, and nothing behind it says with what outcome."""
    patterns = _patterns()
    if thinking := patterns.thinking.match(body):
        return patterns.strict_outcome.search(body, thinking.end()) is None
    tuning = patterns.tuning.match(body)
    if tuning is None or _FIGURE.search(rest) or patterns.outcome.search(rest.partition(" (")[0], tuning.end()):
        return False
    return tuning[0].lower() not in patterns.needs_more or _has_soft_object(body, tuning.end())


def _has_soft_object(body: str, end: int) -> bool:
    """Whether what a verb is about is soft, too: a comparison, a field of work, or a quality of something."""
    patterns = _patterns()
    if patterns.comparative.search(body, end) or patterns.fuzzy.search(body, end):
        return True
    words = body.split(None, 1)
    return patterns.only_field.fullmatch(body, end) is not None or (
        len(words) > 1 and patterns.field_first.match(words[1]) is not None
    )


def _compares_without_measure(body: str) -> bool:
    """Whether something is to be "better" or "more" than before, without a figure."""
    patterns = _patterns()
    if _FIGURE.search(body):
        return False
    if patterns.leading_comparative.match(body):
        return True
    return any(each.search(body) for each in (patterns.near_comparative, patterns.state_comparative, patterns.careful))


class _Patterns(NamedTuple):
    lead_in: re.Pattern[str]
    thinking: re.Pattern[str]
    tuning: re.Pattern[str]
    needs_more: frozenset[str]
    comparative: re.Pattern[str]
    fuzzy: re.Pattern[str]
    only_field: re.Pattern[str]
    field_first: re.Pattern[str]
    outcome: re.Pattern[str]
    strict_outcome: re.Pattern[str]
    bare: re.Pattern[str]
    leading_comparative: re.Pattern[str]
    near_comparative: re.Pattern[str]
    state_comparative: re.Pattern[str]
    careful: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    clear_verbs = alternatives(word for word in word_list("vague", "outcomes") if not word.endswith("s"))
    return _Patterns(
        lead_in=_compiled(rf"{_words('lead_ins')} \b [\s,:]+"),
        thinking=_compiled(rf"{_words('thinking')} \b"),
        tuning=_compiled(rf"{_words('tuning')} \b (?!-)"),
        needs_more=frozenset(word_list("vague", "tuning_needs_more")),
        comparative=_compiled(rf"\b {_words('comparatives')} \b {_NOT_THAN}"),
        fuzzy=_compiled(rf"\b {_words('fuzzy')} \b"),
        only_field=_compiled(
            rf"\s+ {_DETERMINER} (?:[\w-]+\s+){{0,2}} {_words('fields')} (?: \s+ (?:and|&) \s+ {_words('fields')} )?"
        ),
        field_first=_compiled(rf"{_DETERMINER} (?:(?:overall|general)\s+)? {_words('fields')} \b (?!-)"),
        outcome=_compiled(
            rf"\b (?:by|to|and|that|then|must|will|when|if) \s+"
            rf" (?:(?:also|automatically|always|not|then)\s+)? {_words('outcomes')} \b (?!-)"
        ),
        strict_outcome=_compiled(
            rf"\b (?:and|then|by) \s+ (?:(?:also|automatically|then)\s+)? {clear_verbs} \b (?!-) | \b instead\s+of \b"
        ),
        bare=_compiled(_bare()),
        leading_comparative=_compiled(
            rf"( (?:(?:even|some)\s+)? {_words('leading_comparatives')} (?:\s+and\s+\w+)? ) {_NOT_THAN} \s+ [\w-]"
        ),
        near_comparative=_compiled(
            rf"^ [\w-]+ (?:\s+(?:up|out))? \s+ (?:(?:an?|the)\s+)? ({_words('plain_comparatives')}) {_NOT_THAN}"
            rf" \s+ (?! of\b | time\s+to )"
        ),
        state_comparative=_compiled(_state_comparative()),
        careful=_compiled(
            r"\b ( (?:be|being|more)\s+(?:more\s+)?(?:careful|mindful|vigilant|diligent|cautious|attentive)"
            r" | (?:pay|paying)\s+(?:(?:more|closer)\s+)?attention | take\s+(?:more\s+)?care | keep\s+an\s+eye ) \b"
        ),
    )


_DETERMINER = r"(?:(?:the|our|a|an|all|any|its|their|this|these|existing|current|relevant)\s+){0,2}"
_NOT_THAN = r"(?! \s+ (?:than|info\w*) \b )"


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE)


def _words(*keys: str) -> str:
    return alternatives(*(word_list("vague", key) for key in keys))


def _bare() -> str:
    return rf"""
        (?: {_words("bare_verbs")} \s+ )?
        {_DETERMINER} (?: {_words("qualifiers", "comparatives")} \s+ ){{0,2}} {_words("fields")}
        (?: \s* (?:and|&|/|,) \s* {_DETERMINER} {_words("fields")} ){{0,2}}
      | (?: [\w-]+ \s+ ){{0,4}} (?: improvements? | enhancements? | clean-?ups? | housekeeping )
    """


def _state_comparative() -> str:
    return r"""
        \b ( (?:something|somehow) \b
          | (?: needs? | be | becomes? | is | are | made? | make\s[^.,;]{1,60}? | have | has | get ) \s+
            (?: to\s+be\s+ )? (?: (?:an?|the)\s+ )? (?: (?:much|even|a\s+bit)\s+ )?
            (?: more | less | better | clearer | safer | faster | easier | simpler | stricter | stronger | earlier ) \b
            (?! \s+than\b )
          | \b more \s+ (?: \w+ly | robust | resilient | reliable | visible | aware ) \b
          | \b closer \s+ (?: look | inspection | attention )
          | even \s+ more $
          | (?: where | when | whenever | wherever | if ) \s+ (?: possible | needed | necessary | appropriate ) $ )
    """
