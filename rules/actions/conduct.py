"""Titles that promise nothing that could be finished: rules of conduct, plain statements, and what is only made known.

"When you are in doubt, ask", "retries are dangerous", "the findings will be shared with all staff".
"""

from __future__ import annotations

from rules.actions.phrases import end_of, end_of_one, phrases_of
from rules.actions.title_forms import Forms, form
from rules.actions.vague_grammar import tells_day, tells_figure
from rules.patterns import Pattern

_CONDITION = r"(?:when|whenever|if|once|while|until|before|after|in\ case)"
_PERSON = (
    r"(?:i|we|you|someone|somebody|anyone|anybody|people|everyone|staff|(?:an?\s+|the\s+|all\s+)?"
    r"(?:engineers?|developers?|operators?|responders?|colleagues?|team|teams|on-call))"
)
_IN_DOUBT = (
    r"(?:in\s+(?:any\s+)?doubt|unsure|uncertain|not\s+(?:sure|certain)|unclear|stuck|stressed|tired|overwhelmed"
    r"|(?:something|anything|things?|it|a\s+\w+)\s+(?:looks?|feels?|seems?|goes|sounds?)|under\s+(?:pressure|stress))"
)
_BEHAVE = (
    r"(?:stop|pause|ask|think|wait|slow\s+down|escalate|speak\s+up|check|double-check|verify|confirm|report|raise|tell"
    r"|inform|communicate|consult|listen|step\s+back|be|don['’]?t|do\s+not|never|admit|remember|stay|say|keep\s+calm"
    r"|call\s+(?:a\s+colleague|someone|somebody|for\s+help)|take\s+(?:an?\s+)?(?:deep\s+)?(?:breath|breather|moment"
    r"|minute|step\s+back|time|break|care|your\s+time))"
)
_PAUSE = (
    r"(?:(?:stop|pause|ask|consult|confirm|check)(?:\s+(?:first|twice|carefully|everything|someone|somebody|colleagues"
    r"|and|with|others|the\s+team|an?\s+(?:colleague|teammate|second)|for\s+(?:help|advice|permission|approval))\b|$)"
    r"|think|slow\s+down|double-check|speak|reflect|communicate|remember|consider|be|stay|step\s+back"
    r"|take\s+(?:an?\s+)?(?:deep\s+)?(?:breath|breather|moment|minute|step\s+back|time|break|care|your\s+time))"
)
_NEVER = r"(?:never|do\s+not|don['’]?t)"
_FIRST = (
    r"(?:(?:then|always|please|first|just|immediately|also|(?:i|we|you|they)\s+(?:should|must|will|need\s+to))\s+)*"
)
_MODAL = r"(?:will|should|must|shall|is\s+to|are\s+to|needs?\s+to|has\s+to|have\s+to|to)"
_PEOPLE = (
    r"(?:teams?|staff|everyone|everybody|engineers?|developers?|operators?|members|people|responders?|colleagues"
    r"|employees|users|crew)"
)
_DETERMINERS = frozenset(("the", "a", "an", "all", "our", "any", "every", "each", "if", "when", "that", "whether"))

_ONCE = Pattern(r"^once\b|\b(?:check|think|look|measure) twice\b")
"""No word of how often: "once you are in", "think twice"."""

_CONDUCT = Forms(
    form(
        "when whenever if once while until before after case",
        rf"""^ {_CONDITION} \s+ {_IN_DOUBT} \b [^,]{{0,100}} , \s* {_FIRST} {_BEHAVE} \b
          | ^ {_CONDITION} \s+ {_PERSON} \b [^,]{{0,100}} , \s* {_FIRST}
            (?: {_PAUSE} | {_NEVER} | listen | admit | say | keep\s+calm
              | call \s+ (?: an? \s+ colleague | someone | somebody | for\s+help )
              | (?: escalate | wait ) (?: $ | \s+ and \b )
              | (?: check | double-check | verify | raise | tell | inform ) (?: \s+ \S+ ){{0,4}} $ )
          | ^ (?: {_CONDITION} | prior\s+to | instead\s+of | rather\s+than ) \s+ \w+ing \b [^,]{{0,80}} , \s* {_FIRST}
            {_PAUSE} \b
          | ^ {_CONDITION} \b [^,]{{3,100}} , \s* {_FIRST} stop \s+ (?: immediately \s+ )? and \s+
            (?: ask | think | escalate | check | wait | tell | confirm | verify | reassess | report
              (?! \s+ (?: the | an? | each | every | which ) \b ) ) \b
          | ^ {_CONDITION} \b [^,]{{3,100}} , \s* {_FIRST} {_NEVER} \s+
            (?: assume | ignore | panic | guess | improvise | hesitate | rush ) \b""",
    ),
    form(
        "first twice before early often openly clearly calmly help when if colleague teammate peer second senior small",
        r"""^ (?: ask | think | pause | communicate | speak | look | escalate ) \s+
            (?: first | twice | early | often | openly | clearly | calmly | for\s+help ) \b
          | ^ (?: think | pause | look ) \s+ before \b
          | ^ ask \s+ (?: before | when | if ) \s+
            (?: in\s+(?:any\s+)?doubt | unsure | unclear | not\s+sure | you | we ) \b
          | ^ (?: read | understand | know | learn ) \s [^.;,]{2,60}? \s before \s+ (?: you \s+ )? \w+ing \b
          | ^ ask \s+ (?: an? | your ) \s+ (?: colleague | teammate | peer | second | senior ) \b
          | ^ \w+ \s+ (?: early | twice | often | first | small ) ,? \s+ (?: and \s+ )? \w+ \s+
            (?: often | once | late | early | later | second ) $
          | ^ (?: stop | verify | check | confirm | test ) \s+
            (?: first | twice | before \s+ (?: you \s+ )? \w+ing ) $""",
    ),
    form(
        "slow trust breath step calm err resist urge temptation speak caution judgement judgment restraint sense"
        " patience humility nothing worst mistakes ahead unexpected responsibility ownership initiative",
        r"""^ (?: slow \s+ down (?: $ | \s+ (?: and | before | during | when | while | under ) \b )
              | trust ,? \s+ (?: but \s+ )? verify $
              | take \s+ (?: an? \s+ )? (?: deep \s+ )? (?: breath | step\s+back ) | step \s+ back \b
              | (?: stay | remain | keep ) \s+ calm | err \s+ on | speak \s+ up
              | resist \s+ the \s+ (?: urge | temptation )
              | (?: use | exercise | practi[cs]e ) \s+ (?: \w+ \s+ )? (?: caution | care | judge?ment | restraint
                | common \s+ sense | patience | humility | diligence )
              | (?: plan | think | look ) \s+ ahead $ | expect \s+ the \s+ (?: unexpected | worst )
              | take \s+ (?: full \s+ | more \s+ )? (?: responsibility | initiative
                | ownership (?= $ | \s+ of \s+ (?: your | our | their | mistakes | problems | issues ) \b ) ) \b
              | assume \s+ (?: nothing | the \s+ worst )
              | own \s+ (?: up | your | our | the ) \b .{0,20} mistakes? )""",
    ),
    form(
        "always",
        r"""^ always \s+ (?: ask | confirm | consult | consider | assume | think | pause | treat | expect | question
              | listen | remember | respect | look \s+ (?: at | before | twice ) | stop \s+ and ) \b
            (?! .* \b (?: each | every | by | with | via | using ) \b )
          | ^ always \s+ have \s+ (?: an? \s+ | some \s+ )? (?: \w+ \s+ )? (?: plan | fallback | alternative
              | way ) \b""",
    ),
    form(
        "never not don dont",
        rf"""^ {_NEVER} \s+ (?: (?: ever | just | blindly | simply ) \s+ )?
            (?: (?: assume | ignore | panic | guess | improvise | hesitate | blame | hope | act | be\s+afraid
                | take\s+shortcuts | cut\s+corners | take \s .{{1,30}} \s for\s+granted
                | (?: do | let ) \s+ (?: this | that | it ) \b .{{0,20}} \b again | make\s+(?:assumptions|guesses)
                | (?: rely | count | depend ) \s+ on \s+ (?: your \s+ | our \s+ )? (?: memory | luck | hope | gut
                  | intuition | experience | assumptions | people | heroes | tribal ) ) \b
              | (?! (?: allow | permit | let | accept ) \b ) \w+ \s [^.;]{{0,60}}? \b without \s+ (?: \w+ \s+ )?
                (?: asking | permission | confirm\w* | approval | thinking | understanding | knowing | reading
                  | consulting | talking | telling | informing | caution ) \b
                (?! .* \b (?: from | by | of ) \s+ (?: two | three | at\s+least | an? ) \b ) )""",
    ),
    form(
        "team teams staff everyone everybody engineers engineer developers developer operators operator members people"
        " responders responder colleagues employees users crew",
        rf"""^ (?: ensure | make\s+sure | see\s+to\s+it | it \s+ {_MODAL} \s+ be \s+ ensured ) \s+ (?: that \s+ )?
            (?: (?: the | all | our | every | each ) \s+ ){{0,2}} (?: [\w-]+ \s+ )? {_PEOPLE} \s+
            (?: (?: always | all | fully | also | really ) \s+ )?
            (?: follows? | knows? | understands? | adheres? | compl(?:y|ies) | remembers? | communicates?
              | pays? | respects? | stays? | (?:is|are) \s+ (?: fully \s+ | well \s+ | more \s+ )? (?: aware | trained
                | informed | familiar | prepared | educated | on\s+the\s+same\s+page | up[ -]to[ -]date ) ) \b""",
    ),
)
_STATEMENTS = Forms(
    form(
        "dangerous risky important key essential crucial vital paramount harmful hard difficult expensive costly"
        " helpful useful valuable better safer easier worse best must fundamental imperative enough substitute"
        " excuse acceptable optional safe worth powerful invaluable beneficial idea practice habit tool thing skill"
        " risk necessity priority responsibility strategy plan solution option replacement goal too point weakness"
        " bottleneck problem spot error worthless useless fragile brittle confusing unreliable",
        r"""^ (?! there\b | it\b | make\b | if\b | when )
            (?: (?! that\b | which\b | what\b | when\b | where\b | who\b | if\b | until\b ) [^\s,;:]+ \s+ ){1,10}?
            (?: is | are | can\s+be | remains? ) \s+
            (?: (?: always | often | very | extremely | really | still | also | just\s+as | as ) \s+ ){0,2}
            (?: (?: dangerous | risky | important | key | essential | crucial | vital | paramount | harmful | hard
              | difficult | expensive | costly | better | safer | easier | worse | best | fundamental | imperative
              | worth | powerful | invaluable | beneficial | error-prone | worthless | useless | fragile | brittle
              | confusing | unreliable | only \s+ (?: useful | as\s+good ) ) | (?: much \s+ )? too \s+ [a-z]+
              | an? \s+ (?: [a-z-]+ \s+ )? (?: weak\s+point | weakness | bottleneck | problem | blind\s+spot | idea
              | practice | habit | tool | thing | skill | risk | necessity | priority | responsibility ) $
              | a \s+ must | (?: not | never ) \s+ (?: always \s+ | very \s+ )? (?: an? \s+ )? (?: enough | helpful
              | useful | valuable | substitute | excuse | acceptable | optional | safe )
              | not \s+ an? \s+ (?: strategy | plan | solution | option | replacement | goal )
              | no \s+ (?: substitute | excuse ) ) \b (?! .* \b (?: will | must | shall | should ) \b )""",
    ),
    form(
        "matters matter",
        r"""^ (?: (?! that\b | which\b | what\b | legal\b ) [^\s,;:]+ \s+ ){1,6}? matters? (?: $ | \s+ (?: most | more
            | a\s+lot | here | too | during | when | in ) \b )""",
    ),
    form(
        "easy simple quick fast painless seamless safe clear reliable robust resilient stable visible sustainable"
        " meaningful actionable useful helpful understandable consistent accurate maintainable realistic",
        r"""\b (?: should | must ) \s+ (?: (?: always | also ) \s+ )? be \s+ (?: as \s+ )? (?: easy | simple | quick
              | fast | painless | seamless | safe | clear | reliable | robust | resilient | stable | visible
              | sustainable | meaningful | actionable | useful | helpful | understandable | consistent | accurate
              | maintainable | realistic )
            (?: \s+ (?: and | as ) \s+ [a-z]+ )? $""",
    ),
    form(
        "preferred preferable encouraged discouraged recommended advisable desirable",
        r"""^ (?: (?! that\b | which\b | the\s+recommended ) [^\s,;:]+ \s+ ){1,10}?
            (?: is | are | should\s+be | must\s+be ) \s+
            (?: (?: strongly | highly | generally | to\s+be | always ) \s+ )?
            (?: preferred | preferable | encouraged | discouraged | recommended | advisable | desirable ) \b""",
    ),
)
_MADE_KNOWN = Forms(
    form(
        "reduction promotion minimisation minimization avoidance reduced increased minimised minimized maximised"
        " lowered shortened avoided prevented",
        r"""^ (?: reduction | promotion | minimi[sz]ation | avoidance ) \s+ (?: of | in ) (?: \s+ [\w-]+ ){1,4} $
          | \b (?: should | must | will | shall | has\s+to | have\s+to | needs?\s+to ) \s+ be \s+
            (?: reduced | increased | minimi[sz]ed | maximised | lowered | shortened | avoided | prevented ) $""",
    ),
    form(
        "meeting meetings exchange discussion workshop session sessions conversation training talk call",
        rf"""^ (?: (?! when\b | if\b ) [\w'’-]+ \s+ ){{0,4}}?
            (?: meetings? | exchange | discussion | workshop | sessions? | conversation | training | talk | call ) \s+
            (?: (?: with | of | on | between | about | for ) \s [^,;]{{1,50}}? \s )?
            {_MODAL} \s+ (?: take \s+ place | happen | be \s+ (?: held | organi[sz]ed | scheduled | arranged ) ) \b""",
    ),
    form(
        "exchange contact dialogue cooperation coordination communication",
        r"""^ (?: regular | closer | frequent | continuous | intensive ) \s+ (?: exchange | contact | dialogue
              | cooperation | coordination | communication ) \s+ (?: with | between | among ) \b""",
    ),
    form(
        "observed followed respected adhered complied obeyed",
        rf"""\b (?: procedures? | rules | process(?:es)? | guidelines | instructions | polic(?:y|ies) | standards ) \s+
            (?: for \s [^,;]{{1,40}}? \s )? {_MODAL} \s+ (?: always \s+ )? be \s+ (?: \w+ly \s+ )?
            (?: observed | followed (?! \s+ by ) | respected | adhered\s+to | complied\s+with | obeyed ) \b""",
    ),
    form(
        "consider reconsider think look explore discuss reflect give",
        r"""\b (?: should | must | shall | will | ought\s+to | needs?\s+to ) \s+ (?: also \s+ )?
            (?: consider \s+ \w+ing | reconsider | think \s+ (?: about | of | through ) | look \s+ into
              | (?: explore | discuss ) (?! \s+ (?: nothing | only | no ) \b ) | reflect \s+ on
              | give \s+ (?: \w+ \s+ )? (?: thought | consideration | attention ) ) \b
            (?! .* \b (?: and | by ) \s+ (?: publish | decide | report ) )""",
    ),
    form(
        "encouraged advised reminded urged",
        r"\b (?: is | are | be | been | was | were ) \s+ (?: \w+ly \s+ )? (?: encouraged | advised | reminded | urged )"
        r" \s+ to \b",
    ),
    form(
        "asked",
        r"""\b asked \s+ to \s+ (?: (?: please | also ) \s+ )?
            (?: take \s+ (?: the \s+ | all \s+ | any \s+ )? (?: \w+ \s+ )?
                (?: actions? | steps | measures | care | note ) | act | be | follow | pay | look
              | consider | think | help | cooperate | improve | clarify | investigate | reconsider ) \b""",
    ),
    form(
        "care caution attention diligence vigilance",
        rf"\b (?: care | caution | attention | diligence | vigilance ) \s+ {_MODAL} \s+ be \s+"
        r" (?: taken | exercised | paid | given | applied | used ) \b",
    ),
    form(
        "shared communicated disseminated circulated matter issue topic question problem subject concern point kept",
        rf"""^ (?: (?: the | all | our | this | these | any ) \s+ )?
            (?: post-?mortems? | findings? | results? | lessons? | learnings? | insights? | knowledge (?! \s+ base )
              | report | incident | experiences? | conclusions? ) \s+ (?: [\w-]+ \s+ ){{0,4}}?
            (?: {_MODAL} \s+ (?: also \s+ )? ){{1,2}} (?: be \s+ )? (?: widely \s+ | internally \s+ )?
            (?: shared | communicated | disseminated | circulated ) \b
          | ^ (?: the | this | these ) \s+ (?: \w+ \s+ )?
            (?: matter | issue | topic | question | problem | subject | concern | point ) s? \s+ {_MODAL} \s+ be \s+
            (?: raised | discussed | brought\s+up | taken\s+up | mentioned | escalated | followed\s+up ) \b
          | \b be \s+ kept \s+ (?: informed | in\s+the\s+loop | updated | aware | current | up[ -]to[ -]date ) \b
            (?! .* \b by \b )""",
    ),
    form(
        "necessary appropriate suitable adequate required relevant corrective needed proper sufficient preventive"
        " sensible reasonable meaningful",
        rf"""^ (?: (?: the | all | any ) \s+ )?
            (?: (?: necessary | appropriate | suitable | adequate | corrective | needed | proper | sufficient
                | preventive | sensible | reasonable | meaningful ) \s+ (?: [\w-]+ \s+ ){{1,3}}?
              | (?: required | relevant ) \s+
                (?: adjustments | changes | measures | actions | steps | improvements | updates | corrections ) \s+ )
            (?: (?: to | for | in | of ) \s [^,;]{{1,40}}? \s )? {_MODAL} \s+ be \s+
            (?: made | taken | done | put\s+in\s+place | implemented | introduced | carried\s+out | established
              | provided | initiated | applied | ensured | found | chosen | set | configured | defined ) \b""",
    ),
    form(
        "accordingly appropriately needed necessary required appropriate",
        r"""^ (?: (?! and\b ) \S+ \s+ ){1,12}? (?: be \s+ )?
            (?: updated | adjusted | changed | configured | revised | adapted | modified | amended | extended
              | informed ) \s+ (?: accordingly | appropriately | (?: as | where | when | if ) \s+ (?: needed
              | necessary | required | appropriate ) ) $
          | ^ (?: update | adjust | change | revise | adapt | modify | amend ) \s+ (?: (?! and\b ) \S+ \s+ ){1,8}?
            (?: accordingly | appropriately ) $""",
    ),
    form(
        "possible feasible practical appropriate necessary applicable",
        r"""^ (?: (?: where | when | if ) (?: ever )? | as \s+ (?: far | much | often ) \s+ as ) \s+ (?: it\s+is \s+ )?
            (?: possible | feasible | practical | appropriate | applicable | necessary ) \s* ,""",
    ),
    form(
        "more better safer simpler clearer stronger smarter",
        rf"""^ (?: (?: if | when | where | once ) \b [^,]{{3,80}} , \s* )? an? \s+ (?: much \s+ )?
            (?: more \s+ [a-z]+ | better | safer | simpler | clearer | stronger | smarter ) \s+ (?: [\w-]+ \s+ ){{1,4}}
            {_MODAL} \s+ be \s+ (?: used | adopted | applied | followed | chosen | preferred | taken | found ) \b""",
    ),
    form(
        "needed required necessary warranted recommended requested suggested proposed planned initiated started ordered"
        " called needs need ongoing way underway progress",
        r"""^ (?: (?! if\b | when\b ) [\w'’/-]+ \s+ ){0,6}? (?: analysis | analyses | investigation | evaluation | look
              | discussion | assessment | research | clarification | reconsideration | alignment | coordination
              | communication | attention | awareness | exploration | talk ) s? \s+
            (?: (?: of | into | on | about | between | with | for ) \s [^,;]{1,60}? \s )?
            (?: is | are | seems? | (?: has | have ) \s+ been | (?: will | should | must ) \s+ be ) \s+
            (?: (?: still | also | urgently | clearly ) \s+ )? (?: needed | required | necessary | warranted
              | called\s+for | recommended | requested | suggested | proposed | planned | initiated | started
              | ordered | ongoing | under\s*way | in\s+progress ) \b (?! \s+ (?: to | that | by ) \b )
          | \b needs? \s+ (?: (?: some | more | further | additional | better ) \s+ ){1,2} (?: analysis | investigation
              | attention | thought | testing | care | work | discussion | research ) \b""",
    ),
)


def promises_nothing(body: str, rest: str) -> bool:
    """Whether a title can never be finished: it tells how to behave, states what is so, or makes something known.

    `body` is its main clause, `rest` all from the clause's beginning; both in lower case.
    """
    if not (_CONDUCT.match(body) or _MADE_KNOWN.match(body) or _only_states(body, rest)):
        return False
    return not tells_figure(_ONCE.sub("", rest)) and not tells_day(rest)


def _only_states(body: str, rest: str) -> bool:
    """Whether it says how things are, with no word of what will be done about it."""
    if not _STATEMENTS.match(body) or _begins_with_deed(body):
        return False
    return not _begins_with_deed(rest[len(body) :].lstrip(" \t\n.,;:!?()-–—*_\"'”"))


def _begins_with_deed(text: str) -> bool:
    """Whether it begins with a verb that yields an outcome, and that isn't rather a noun: "log the id", "log noise"."""
    verb = end_of(text, 0, phrases_of("actions", "verbs"))
    if verb is None or end_of_one(text, verb, _DETERMINERS) is not None:
        return verb is not None
    return end_of(text, 0, phrases_of("actions", "nouns_too")) != verb
