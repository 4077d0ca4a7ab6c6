"""The patterns behind `vagueness`: what may stand anywhere in a title, in a few words or after certain others.

They are for titles in lower case.
"""

from __future__ import annotations

import re
from functools import cache, cached_property

from rules.once import words_of
from rules.patterns import Pattern
from rules.words import alternatives, word_list

_DIGIT = Pattern(r"\d")

_MEASURE = Pattern(
    r""" \d\s? (?: % | / | (?: [kmgt]i?b? | x | per | percent | m?s | secs? | seconds? | m | mins? | minutes? | h | hrs?
            | hours? | days? | weeks? | months? | rps | qps | cores? | nodes? | replicas? | retries | attempts
            | requests | connections ) \b )
      | (?: [<>≤≥=] | \b (?: under | below | above | over | exceeds? | least | most | within | than | to | from | at
            | of | every | only | after | before | exactly | for ) ) \s{0,2} \$? \d """,
    re.VERBOSE,
)

_OFTEN = frozenset(("once", "twice", "daily", "weekly", "monthly", "quarterly", "hourly", "nightly", "every"))
_HOW_OFTEN = Pattern(
    r""" \b (?: once | twice | (?:daily|weekly|monthly|quarterly|hourly|nightly)
            (?! \s+ (?:jobs?|batch(?:es)?|builds?|runs?|imports?|exports?|backups?|reports?|syncs?|etl|pipelines?) \b )
            | every\ (?:day|week|month|quarter|hour|night|deploy|release|commit|build|merge) ) \b """,
    re.VERBOSE,
)


def tells_figure(text: str) -> bool:
    """Whether a text has a measure, or says how often something happens."""
    if _DIGIT.search(text) is not None and _MEASURE.search(text) is not None:
        return True
    return not _OFTEN.isdisjoint(words_of(text)) and _HOW_OFTEN.search(text) is not None


_DAY = Pattern(
    r"\b\d{1,2}\s(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\s\d{1,2}\b|\b\d{4}-\d\d-\d\d\b"
)


def tells_day(text: str) -> bool:
    """Whether a text has a day of the calendar."""
    return _DIGIT.search(text) is not None and _DAY.search(text) is not None


_NUMBER_OF_THINGS = Pattern(r"(?<![\w.#-])\d[\d,.]*\s[a-z]")
_ONE_BY_ONE = frozenset(("single", "each", "every", "per", "any"))
_EACH_OF_THEM = Pattern(r"\b(?:single|each|every|per|(?:before|after|on)\sany)\b")


def tells_count(text: str) -> bool:
    """Whether a text has a number of things, or speaks of each of them."""
    if _DIGIT.search(text) is not None and _NUMBER_OF_THINGS.search(text) is not None:
        return True
    return not _ONE_BY_ONE.isdisjoint(words_of(text)) and _EACH_OF_THEM.search(text) is not None


SHOULD_HAVE = Pattern(
    r"(?<![\w-])(?:should|could|would)\s+have\s+(?:been|\w+ed|caught|known|seen|done|made|had)(?![\w-])"
)
"""What was not done."""

_NOT_THAN = r"(?! \s+ (?:than|info\w*) \b )"


class Grammar:
    """The patterns, each compiled when it is first used."""

    @cached_property
    def told(self) -> Pattern:
        """Up to what somebody is told to do ("should")."""
        return _compiled(
            r"\s+ (?: should | must | needs?\s+to | ought\s+to | have\s+to | are\s+to ) (?= \s ) (?: \s+ be (?=\s) )?"
            r" | (?<= one | ody ) \s+ (?= (?: reads | keeps | knows | remembers | checks | looks | watches | stays"
            r" | learns | follows | pays | double-checks | thinks | gets\ better | understands ) \b )"
        )

    @cached_property
    def about(self) -> Pattern:
        """An opener that names an activity, or a question to somebody."""
        return _compiled(_about())

    @cached_property
    def means(self) -> Pattern:
        """Words that say by which means, or into what, something is tuned."""
        return _compiled(_means())

    @cached_property
    def outcome(self) -> Pattern:
        """A second verb that says what will be different."""
        return _compiled(_outcome())

    @cached_property
    def strict_outcome(self) -> Pattern:
        """As `outcome`, of those that only a promise has."""
        return _compiled(_strict_outcome())

    @cached_property
    def comparative(self) -> Pattern:
        """Soft words that compare."""
        return _compiled(rf"\b {_words('comparatives')} \b {_NOT_THAN}")

    @cached_property
    def fuzzy(self) -> Pattern:
        """Soft words that do not."""
        return _compiled(rf"\b {_words('fuzzy')} \b")

    @cached_property
    def subject_of(self) -> Pattern:
        """A preposition between an activity and what it is about."""
        return _compiled(r"\s+ (?: for|of|in|on|around|across|with|between|regarding|at|to ) \b")

    @cached_property
    def particular(self) -> Pattern:
        """Words that tell which faults are meant."""
        return _compiled(r"\b (?: preventing | causing | that | which | when | where ) \b")

    @cached_property
    def elsewhere(self) -> Pattern:
        """Looking at other things alike."""
        return _compiled(
            r"(?: check | audit | inspect | scan | search | survey | sweep | test ) \b .*"
            r" \b (?: other | similar | elsewhere ) \b"
        )

    @cached_property
    def state_comparative(self) -> Pattern:
        """More or better than before."""
        return _compiled(_state_comparative())

    @cached_property
    def how(self) -> Pattern:
        """The end of a clause that says how well something is done, and what "needs to be improved"."""
        return _compiled(_how())

    @cached_property
    def mended(self) -> Pattern:
        """Up to what a thing is mended to do."""
        return _compiled(rf"\b be \s+ {_words('done_softly')} \s+ (?: so \s+ (?= that ) | (?= to \s ) )")

    @cached_property
    def careful(self) -> Pattern:
        """More attention than before."""
        return _compiled(
            r"\b ( (?:be|being|more)\s+(?:more\s+)?(?:careful|mindful|vigilant|diligent|cautious|attentive)"
            r" | (?:pay|paying)\s+(?:(?:more|closer)\s+)?attention | take\s+(?:more\s+)?care | keep\s+an\s+eye"
            r" | with\s+(?:more|greater|extra|particular)\s+(?:care|caution|attention)"
            r" | ^(?:carefully|closely|continuously|actively|proactively|diligently|constantly|vigilantly)"
            r"   \s+(?:monitor|watch|observe|track|supervise|oversee) ) \b"
        )

    @cached_property
    def standing(self) -> Pattern:
        """What is to be done from now on, and nobody says how often."""
        return _compiled(
            r"^ (?: regular | frequent | continuous | continual | ongoing | periodic | routine | constant | consistent"
            r" | proper | adequate | thorough | careful | close ) \s+ (?: \w+ \s+ )?"
            r" (?: monitoring | maintenance | testing | training | reviews? | audit(?:s|ing)? | checks? | updates?"
            r" | drills? | inspections? | communication | supervision | oversight | assessments? | backups? ) \b .*"
            r" \b (?: should | must | shall | will | needs?\s+to | (?:is|are)\s+to | to ) \s+ be \s+"
            r" (?: implemented | performed | conducted | established | carried\s+out | done | introduced | held"
            r" | ensured | maintained ) \b"
        )

    @cached_property
    def sweep(self) -> Pattern:
        """Going through all of some things for one property: "review all configs for missing limits"."""
        return _compiled(
            r"(?: review | check | audit | inspect | scan | search | go\s+through ) \s+"
            r" (?: all | every | each | the\s+(?:other|remaining) ) \s .{1,80}? \s for \s+"
            r" (?! (?: any | other | possible | potential | further | similar | more )? \s*"
            r" (?: improvements? | issues? | problems? | gaps? | vulnerabilit\w+ | optimi[sz]ations? | weakness\w*"
            r" | errors? | risks? | consistency | accuracy | opportunities ) \b ) [\w-]+ \s+ \w"
        )

    @cached_property
    def appointed(self) -> Pattern:
        """A time of day."""
        return _compiled(r"\b \d{1,2} (?: [:.] \d\d )? \s? (?: am | pm | utc ) \b | \b \d{1,2} : \d\d \b")


@cache
def grammar() -> Grammar:
    """All patterns."""
    return Grammar()


def _compiled(pattern: str) -> Pattern:
    return Pattern(pattern, re.VERBOSE)


def _words(key: str) -> str:
    return alternatives(word_list("vague", key))


def _about() -> str:
    return r"""
        (?: improvement | enhancement | optimi[sz]ation | investigation | evaluation | assessment | analysis | review
          | exploration | discussion | consideration | examination | refinement | strengthening | clarification
          | reassessment | reconsideration | revision | adjustment | sensiti[sz]ation | sensibili[sz]ation
          | familiari[sz]ation ) s?
        \s+ (?: of | into | on | about | in | regarding ) \b
      | ask \s+ (?: [\w-]+ \s+ ){1,4}?
        (?: what | whether | if | how | why | about | for \s+ (?:an?\s+)? (?:rca|help|advice) ) \b
      | (?: get | gain | have | take | keep | pay | cast ) \s+ (?: (?:an?|some|the) \s+ )?
        (?: (?: \w+er | serious | good | fresh | hard | deep | clear | new | second | critical | honest | long
          | firm ) \s+ )?
        (?: grip | handle | look | eye | think | thought | chat | word | talk | overview | insight | picture
          | understanding | feel | sense | glance ) s?
        \s+ (?: on | of | at | about | over | into | with ) \b
      | give \s+ (?: [\w'’-]+ \s+ ){1,4}? (?: an? | some | more | another ) \s+ (?: \w+ \s+ )?
        (?: look | thought | rethink | overhaul | once-over | polish | clean | scrub ) $
      | give \s+ (?: \w+ \s+ )? (?: consideration | thought | attention ) \s+ to \b
      | (?: drive | seek | achieve | reach | build | create | ensure ) \s+ (?: \w+ \s+ )?
        (?: alignment | consensus | agreement ) \s+ (?: between | with | on | across | among ) \b
      | align \s+ (?: the \s+ | our \s+ | all \s+ )? (?: teams? | crews? | staff | everyone | people )
        \s+ on \b
      | (?: work | look | think | cooperate | collaborate | coordinate | communicate | listen | liaise ) \s+
        (?: (?:even|much|a\s+bit|far ) \s+ )? (?: more \s+ )?
        (?: closely | closer | harder | together | again | carefully | better | critically | hard | seriously | openly
          | ahead | twice | earlier | sooner | differently ) \b
      | (?: stay | keep | remain | be ) \s+ (?: (?:more|better|well|fully) \s+ )?
        (?: ahead | alert | vigilant | informed | abreast | in\s+touch | on\s+guard | watchful | wary | pace
          | current ) \b
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
        \b (?: (?:by|(?<!approach\s)to|and|then|must|will|when|if)
              | that (?: \s+ (?: it|they|the\s+[\w-]+ ) \b (?!-) )? )
        \s+ {also} {verbs} \b (?!-)
      | \b to \s+ (?: name|list|mention|print|quote|display|exclude|depend|post|open|link|kill|evict|skip|ignore
        |throttle|redirect|forward|expose|emit|accept|ask|compare ) \b
    """


def _strict_outcome() -> str:
    clear = alternatives(word for word in word_list("vague", "outcomes") if not word.endswith("s"))
    return rf"""
        \b (?:and|then|by) \s+ (?:(?:also|automatically|then|only(?:\s+(?:attempt|try)\s+to)?)\s+)? {clear} \b (?!-)
        (?! \s+ (?:(?:the|them|it|those)\s+)? (?: other|similar|any|noisy|accordingly|as\s+needed|if\s+needed ) \b )
      | \b (?: instead \s+ of | rather \s+ than ) \b
    """


def _state_comparative() -> str:
    return r"""
        \b ( (?:something|somehow) \b
          | (?: needs? | be | becomes? | is | are | made? | make\s[^.,;]{1,60}? | have | has | get ) \s+
            (?: to\s+be\s+ )? (?: (?:an?|the)\s+ )? (?: (?:much|even|a\s+bit)\s+ )?
            (?: more | less | better | clearer | safer | faster | easier | simpler | stricter | stronger | earlier
              | quicker | cleaner | smoother | sooner | smarter | leaner | tighter | quieter | shorter | closer
              | harder (?= \s+to\b ) ) \b
            (?! \s+than\b )
          | make \s [^.,;]{1,60}? \b (?: robust | resilient | reliable | scalable | stable | maintainable
              | observable | clear | easy | simple | safe | flexible | sustainable | foolproof | secure ) \b
          | make \s [^.,;]{1,60}? \b (?: more\s+ )? (?: aware | mindful | conscious ) \s+ (?: of | that )
          | make \s [^.,;]{1,60}? \b (?: actionable | useful | meaningful | understandable | consistent | predictable
              | discoverable | friendly | user-friendly | bulletproof | future-proof ) $
          | (?<! no\s ) \b more \s+
            (?: \w+ly | robust | resilient | reliable | visible | aware | often | consistent | granular ) \b
          | \b (?: give | provide | allow | allocate | assign | dedicate | grant | offer ) \s [^.,;]{1,40}? \b
            (?: more | better | additional | extra | enough | sufficient ) \s+ \w
          | \b closer \s+ (?: look | inspection | attention )
          | even \s+ more $
          | \b (?: on | for | in | with | to | across | from ) \s+ (?: many \s+ )? (?: more | fewer ) \s+
            (?! than\b | info ) [a-z]
          | (?: where | when | whenever | wherever | if ) \s+ (?: possible | needed | necessary | appropriate ) $ )
    """


def _how() -> str:
    return rf"""
        (?<! no\s ) \b (?: earlier | sooner | faster | better | quicker | more | less | properly | regularly
          | frequently | consistently | periodically | routinely | promptly | quickly | proactively | systematically
          | widely | broadly
          | thoroughly | appropriately | gracefully | reliably | efficiently | correctly ) $
      | ^ get \s [^.;]{{1,40}} \b (?: right | straight | in\s+order | sorted | under\s+control | going ) $
      | ^ (?: prevent | avoid | fix | address | solve | stop | handle | catch | detect ) \s+ (?: this|it|that|these ) $
      | \b to \s+ (?: prevent | avoid ) \s+ (?: this|it|that|these ) $
      | \b that \s+ (?: (?:actually|really|just|simply)\s+ )?
        (?: works? | scales? | makes?\s+sense | matters? | helps? | lasts? | behaves? ) $
      | \b (?: nobody | no\s+one | people | everyone | everybody | anyone | anybody | one | humans | we ) \s+
        (?: has\s+to | have\s+to | can | could | will | would ) \s+ (?: (?:actually|really|just|easily)\s+ )?
        (?: squint\s+at | trust | read | understand | use | follow | find | love | like | rely\s+on | live\s+with ) $
      | ^ (?: ensure | make\s+sure | guarantee ) \s [^.;]{{1,80}} \b
        (?: works? | working | good | fine | okay | healthy | in\s+place | covered | sufficient | adequate ) $
      | \b (?: is | are ) \s+ being \s+ {_words("done_softly")} $
      | \b (?: should | must | shall | will | needs? \s+ to | has \s+ to | have \s+ to | to ) \s+
        be \s+ {_words("done_softly")} \b
        (?! \s+ by \s+ (?: at\s+least | someone | somebody | another | two | three | one | an?\s ) )
    """
