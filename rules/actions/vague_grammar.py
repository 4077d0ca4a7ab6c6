"""The patterns behind `vagueness`: what may stand anywhere in a title, in a few words or after certain others."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from rules.words import alternatives, word_list

FIGURE = re.compile(
    r""" \d\s? (?: % | / | (?: [kmgt]i?b? | x | per | percent | m?s | secs? | seconds? | m | mins? | minutes? | h | hrs?
            | hours? | days? | weeks? | months? | rps | qps | cores? | nodes? | replicas? | retries | attempts
            | requests | connections ) \b )
      | (?: [<>≤≥=] | \b (?: under | below | above | over | exceeds? | least | most | within | than | to | from | at
            | of | every | only | after | before | exactly | for ) ) \s{0,2} \$? \d
      | \b (?: once | twice | daily | weekly | monthly | quarterly | hourly | nightly
            | every\ (?:day|week|month|quarter|hour|night|deploy|release|commit|build|merge) ) \b """,
    re.IGNORECASE | re.VERBOSE,
)
"""A measure, or how often something happens."""

DATE = re.compile(
    r"\b\d{1,2}\s(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\s\d{1,2}\b|\b\d{4}-\d\d-\d\d\b",
    re.IGNORECASE,
)
"""A day of the calendar."""

COUNT = re.compile(r"(?<![\w.#-])\d[\d,.]*\s[A-Za-z]|\b(?:single|each|every|per)\b", re.IGNORECASE)
"""A number of things, or each of them."""

_NOT_THAN = r"(?! \s+ (?:than|info\w*) \b )"


class Grammar(NamedTuple):
    """The patterns, each compiled without regard to capitals.

    Attributes:
        hedge: words by which nothing is promised.
        told: up to what somebody is told to do ("should").
        about: an opener that names an activity, or a question to somebody.
        means: words that say by which means, or into what, something is tuned.
        outcome, strict_outcome: a second verb that says what will be different.
        comparative, fuzzy: soft words.
        subject_of: a preposition between an activity and what it is about.
        particular: words that tell which faults are meant.
        elsewhere: looking at other things alike.
        state_comparative, how, careful: more or better than before.
    """

    hedge: re.Pattern[str]
    told: re.Pattern[str]
    about: re.Pattern[str]
    means: re.Pattern[str]
    outcome: re.Pattern[str]
    strict_outcome: re.Pattern[str]
    comparative: re.Pattern[str]
    fuzzy: re.Pattern[str]
    subject_of: re.Pattern[str]
    particular: re.Pattern[str]
    elsewhere: re.Pattern[str]
    state_comparative: re.Pattern[str]
    how: re.Pattern[str]
    careful: re.Pattern[str]


@cache
def grammar() -> Grammar:
    """All patterns; compiled once."""
    return Grammar(
        hedge=_compiled(_hedge()),
        told=_compiled(
            r"\s+ (?: should | must | needs?\s+to | ought\s+to | have\s+to | are\s+to ) (?= \s ) (?: \s+ be (?=\s) )?"
        ),
        about=_compiled(_about()),
        means=_compiled(_means()),
        outcome=_compiled(_outcome()),
        strict_outcome=_compiled(_strict_outcome()),
        comparative=_compiled(rf"\b {_words('comparatives')} \b {_NOT_THAN}"),
        fuzzy=_compiled(rf"\b {_words('fuzzy')} \b"),
        subject_of=_compiled(r"\s+ (?: for|of|in|on|around|across|with|between|regarding|at|to ) \b"),
        particular=_compiled(r"\b (?: preventing | causing | that | which | when | where ) \b"),
        elsewhere=_compiled(
            r"(?: check | audit | inspect | scan | search | survey | sweep | test ) \b .*"
            r" \b (?: other | similar | elsewhere ) \b"
        ),
        state_comparative=_compiled(_state_comparative()),
        how=_compiled(_how()),
        careful=_compiled(
            r"\b ( (?:be|being|more)\s+(?:more\s+)?(?:careful|mindful|vigilant|diligent|cautious|attentive)"
            r" | (?:pay|paying)\s+(?:(?:more|closer)\s+)?attention | take\s+(?:more\s+)?care | keep\s+an\s+eye"
            r" | with\s+(?:more|greater|extra|particular)\s+(?:care|caution|attention) ) \b"
        ),
    )


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE)


def _words(key: str) -> str:
    return alternatives(word_list("vague", key))


def _hedge() -> str:
    return rf"""
        (?<![\w-]) (?: {_words("hedges")}
          | (?: should | could | would ) \s+ have \s+ (?: been | \w+ed | caught | known | seen | done | made | had )
        ) (?![\w-])
    """


def _about() -> str:
    return r"""
        (?: improvement | enhancement | optimi[sz]ation | investigation | evaluation | assessment | analysis | review
          | exploration | discussion | consideration | examination | refinement | strengthening | clarification
          | reassessment | reconsideration | revision | adjustment ) s?
        \s+ (?: of | into | on | about | in | regarding ) \b
      | ask \s+ (?: [\w-]+ \s+ ){1,4}?
        (?: what | whether | if | how | why | about | for \s+ (?:an?\s+)? (?:rca|help|advice) ) \b
    """


def _means() -> str:
    return r"""
        \b (?: (?:via|using|through) \s+ (?! \w*er\b | more\b | better\b | improved\b )
             | with \s+ (?:an?|one|two|three) \s+ (?! better\b | more\b | good\b | proper\b | clear )
             | (?:into|onto) \s+ (?: an?|one|two|three|separate|its|their|the ) \b
             | as \s+ an? \b
             | (?:to|on|from) \s+ (?: an?|one|two|three|only ) \b
             | to \s+ (?: the \s+ (?: one|two|three|four|five ) | zero | none | match | \S{0,80}[_.\d] ) \b
             | (?: rather \s+ than | instead \s+ of | older \s+ than ) \b
             | (?: unused|orphaned|expired|obsolete|duplicate|duplicated|unreferenced|deprecated ) \b )
    """


def _outcome() -> str:
    verbs, also = _words("outcomes"), r"(?:(?:also|automatically|always|never|not|then)\s+)?"
    return rf"""
        \b (?: (?:by|to|and|then|must|will|when|if) | that (?: \s+ (?: it|they|the\s+[\w-]+ ) \b (?!-) )? )
        \s+ {also} {verbs} \b (?!-)
      | \b to \s+ (?: name|list|mention|print|quote|display|exclude|depend ) \b
    """


def _strict_outcome() -> str:
    clear = alternatives(word for word in word_list("vague", "outcomes") if not word.endswith("s"))
    return rf"""
        \b (?:and|then|by) \s+ (?:(?:also|automatically|then)\s+)? {clear} \b (?!-)
        (?! \s+ (?:(?:the|them|it|those)\s+)? (?: other|similar|any|noisy|accordingly|as\s+needed|if\s+needed ) \b )
      | \b (?: instead \s+ of | rather \s+ than ) \b
    """


def _state_comparative() -> str:
    return r"""
        \b ( (?:something|somehow) \b
          | (?: needs? | be | becomes? | is | are | made? | make\s[^.,;]{1,60}? | have | has | get ) \s+
            (?: to\s+be\s+ )? (?: (?:an?|the)\s+ )? (?: (?:much|even|a\s+bit)\s+ )?
            (?: more | less | better | clearer | safer | faster | easier | simpler | stricter | stronger | earlier
              | quicker | cleaner | smoother | sooner | smarter | leaner | tighter | quieter | closer ) \b
            (?! \s+than\b )
          | make \s [^.,;]{1,60}? \b (?: robust | resilient | reliable | scalable | stable | maintainable
              | observable | clear | easy | simple | safe | flexible | sustainable | foolproof | secure ) \b
          | (?<! no\s ) \b more \s+
            (?: \w+ly | robust | resilient | reliable | visible | aware | often | consistent | granular ) \b
          | \b (?: give | provide | allow | allocate | assign | dedicate | grant | offer ) \s [^.,;]{1,40}? \b
            (?: more | better | additional | extra | enough | sufficient ) \s+ \w
          | \b closer \s+ (?: look | inspection | attention )
          | even \s+ more $
          | (?: where | when | whenever | wherever | if ) \s+ (?: possible | needed | necessary | appropriate ) $ )
    """


def _how() -> str:
    """The end of a clause that says how well something is done, and what "needs to be improved"."""
    return rf"""
        (?<! no\s ) \b (?: earlier | sooner | faster | better | quicker | more | less | properly | regularly
          | frequently | consistently | periodically | routinely | promptly | quickly | proactively | systematically
          | thoroughly | appropriately | gracefully | reliably | efficiently | correctly ) $
      | ^ (?: prevent | avoid | fix | address | solve | stop | handle | catch | detect ) \s+ (?: this|it|that|these ) $
      | \b to \s+ (?: prevent | avoid ) \s+ (?: this|it|that|these ) $
      | \b (?: should | must | shall | will | needs? \s+ to | has \s+ to | have \s+ to | to ) \s+
        be \s+ {_words("done_softly")} \b
    """
