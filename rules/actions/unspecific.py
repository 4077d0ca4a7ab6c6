"""Titles that name a thing to do, but of any system: a plan for any event, checks of some servers, thorough testing."""

from __future__ import annotations

from rules.actions.title_forms import Forms, form

_ANY_PLACE = (
    r"(?:(?:the|our|all|all\ our|your|its|each|every|key|critical|important|relevant|affected|main)\s+){0,2}"
    r"(?:(?:web|production|application|backend|it|key|critical|existing)\s+)?"
    r"(?:servers?|systems?|infrastructure|networks?|applications?|apps?|services?|platforms?|website|site"
    r"|environments?|machines?|components?|stack|users?|processes|areas)"
)
_THOROUGH = (
    r"(?:thorough|extensive|comprehensive|regular|rigorous|proper|adequate|careful|periodic|routine|frequent|detailed"
    r"|continuous|ongoing|constant|systematic|sufficient|appropriate|intensive|deeper|in-depth|proactive)"
)
_THOROUGHLY = (
    r"(?:thoroughly|extensively|comprehensively|regularly|rigorously|properly|adequately|carefully|periodically"
    r"|routinely|frequently|continuously|closely|well|better|diligently|proactively|sufficiently|always)"
)
_TRIED = (
    r"(?:tested|reviewed|checked|verified|validated|monitored|inspected|examined|audited|documented|tasted|maintained"
    r"|analy[sz]ed|planned|evaluated|assessed|double-checked|vetted|configured|communicated|tried)"
)
_BY_WHOM = r"(?!.*\bby\s+(?:at\s+least|someone|somebody|another|two|three|an?\s|one\s|the\s+\w+\s+(?:team|lead|owner)))"


_FORMS = Forms(
    form(
        "plan plans strategy fallback",
        r"""\b (?: backup|back-up|contingency|fallback|recovery|disaster\s+recovery|emergency|continuity|response
            |mitigation|alternative ) \s+ (?: plans? | strateg(?:y|ies) | options? )
            (?: \s+ (?: in\s+place | ready ) )?
            (?: $ | \s+ (?: for | in\s+case\s+of | in\s+the\s+event\s+of | against | when | if ) \s+ (?: \w+ \s+ ){0,2}?
              (?: unexpected | unforeseen | any | possible | potential | emergenc\w+ | future | such | similar
                | outages? | failures? | events? | eventualit\w+ | disasters? | incidents? | downtimes?
                | problems? | issues? )
              \b )
          | \b fallback \s+ (?: ready|in\s+place ) \b""",
    ),
    form(
        "monitoring alerting logging checks alerts monitors tools tool",
        rf"""^ \w+ \s+ (?: up \s+ )? (?: (?: new|additional|some|the|a|any|our|further|basic ) \s+ )*
            (?: monitoring | alerting | logging | alerts? | monitors? )
            (?: \s+ (?: tasks? | tools? | systems? | checks? | software | solutions? | measures | mechanisms? ) )?
            (?: \s+ (?: and|or|& ) \s+ (?: monitoring|alerting|logging|alerts ) )?
            (?: $ | \s+ (?: on | to | for | of | in | across | over ) \s+ (?: \w+ \s+ (?: on | of | in ) \s+ )?
              {_ANY_PLACE} $ )""",
    ),
    form(
        "alert alerts alerting alarm alarms notification notifications monitoring monitor thresholds watch observe"
        " track",
        r"""(?: \b (?: alerts? | alerting | alarms? | notifications? | monitoring | thresholds ) \s+
              (?: for | on | of | about | when | to\s+detect ) | ^ monitor \b .{0,40}? \b for ) \s+
            (?: (?: any | all | the | key | critical | important | abnormal | unusual | anomalous | suspicious | strange
              | unexpected | potential | possible | such | similar | essential | major | vital ) \s+ )+
            (?: system\s+ | performance\s+ | service\s+ | network\s+ )?
            (?: metrics? | services? | systems? | components? | behaviou?rs? | activit(?:y|ies) | events? | issues?
              | errors? | failures? | conditions? | anomal(?:y|ies) | patterns? | resources? | parameters? | processes
              | problems? | changes | thresholds? ) $
          | ^ (?: monitor | watch | observe | track ) \s+ (?: (?: the | our | all | overall ) \s+ )?
            (?: (?: system | server | application | resource | network | service | database | overall ) \s+ )?
            (?: performance | usage | health | load | traffic | resources | systems? | servers? | behaviou?r ) $
          | ^ monitor \b .{0,40} \b for \s+ (?: anomalies | issues | problems | irregularities | errors ) $""",
    ),
    form(
        "certain some specific particular various several few different",
        r"""^ (?! add\b | create\b | write\b ) \w+ \b .{3,60}? \b
            (?: for | of | on | to | in | from | by | with )
            \s+ (?: certain | some | particular | various | several | a\s+few | different ) \s+ (?: \w+ \s+ )? [a-z]+s
            (?: \s+ as\s+needed )? $
          | ^ (?: update | fix | change | review | improve | restrict | limit | revise | extend | test ) \s+
            (?: some | certain | various | several | a\s+few )
            (?: \s+ of \s+ (?: the | our ) )? \s+ [a-z]+ (?: \s+ [a-z]+ )? $""",
    ),
    form(
        "thoroughly extensively comprehensively regularly rigorously properly adequately carefully periodically"
        " routinely frequently continuously closely well better diligently proactively sufficiently always",
        rf"""\b (?: must | should | shall | will | can | needs?\s+to | has\s+to | have\s+to | is\s+to | are\s+to ) \s+
            (?: always \s+ )? be \s+ {_BY_WHOM}
            (?: {_THOROUGHLY} \s+ {_TRIED} | {_TRIED} (?: \s+ and \s+ \w+ed )? \s+ {_THOROUGHLY} ) \b""",
    ),
    form(
        "conduct perform do carry run undertake implement ensure plan schedule hold introduce establish organise"
        " organize conducting performing doing enforce require mandate demand encourage enforcing requiring",
        rf"""^ (?: conduct | perform | do | carry\s+out | run | undertake | implement | ensure | provide
            | plan | schedule | hold | introduce | establish | organi[sz]e | enforce | require | mandate | demand
            | encourage | enforcing | requiring ) (?: ing )?
            \s+ (?: (?: more | a | an ) \s+ )? {_THOROUGH} \s+ (?: (?: and | & ) \s+ {_THOROUGH} \s+ )?
            (?! (?: load|restore|failover|chaos|penetration|stress|smoke|recovery|fire ) \b ) (?: [\w-]+ \s+ )?
            (?: testing | tests? | maintenance | checks? | checkups? | reviews? | audits? | inspections? | monitoring
              | training | updates? | drills? | assessments? | analys[ie]s | clean-?ups? | validations? | validation
              | planning | communication | oversight | peer[ -]reviews? )
            (?! .* \b by \s+ (?: at\s+least | someone | another | two | three | an?\s | one\s | the\s ) )
            (?! \s+ (?: of \s+ (?: the \s+ )? \w+ \s+ (?: on|in|with|against ) | against | in \s+ ci ) \b ) \b""",
    ),
    form(
        "always never do don test everything",
        r"""^ always \s+ (?: (?:be|make) \s+ sure \s+ (?: to \s+ | that \s+ )?
              | (?: thoroughly|carefully|properly ) \s+ )?
            (?: test | double[- ]check | check | verify | review | monitor | think | communicate | follow | ask | read
              | document | keep | ensure | validate | use\s+caution | be ) \b (?! .* \b (?: every | each | by ) \b )
          | ^ (?: never | do\s+not | don['’]?t ) \s+ (?: deploy | push | merge | release | change | ship ) \s
            .{0,40}? \b without \s+ (?: proper \s+ | thorough \s+ | any \s+ )?
            (?: test\w* | review\w* | check\w* | verif\w+ | care )
            (?: \s+ (?: it | them | first ) )? $
          | ^ (?: never | do\s+not | don['’]?t ) \s+ (?: skip | forget | ignore | neglect | rush | assume | panic
              | underestimate | trust ) \b
          | ^ (?: be\s+sure\s+to\s+ | make\s+sure\s+to\s+ )? (?: test | check | verify | validate ) \s+ (?: everything
              | (?: all \s+ | any \s+ | your \s+ | our \s+ )? (?: code | changes? | updates? | configs?
              | configurations? | features? ) ) (?: $ | \s+ (?: before | prior\s+to | after ) \b )""",
    ),
    form(
        "bugs issues problems errors defects faults bug issue problem error defect fault",
        r"""^ (?: (?: make | be ) \s+ sure \s+ | ensure \s+ ) (?: (?: to | that | we ) \s+ ){0,2}
            (?: (?: handle | fix | resolve | address | solve | catch | eliminate | remove | deal\s+with ) \s+ )?
            (?: all | any | every | each ) \s+ (?: of \s+ )? (?: (?: the | our | known | possible | potential | open
              | remaining | such | future ) \s+ )*
            (?: bugs? | issues? | problems? | errors? | defects? | faults? )
            (?: \s+ (?: is | are | get | gets | have\s+been ) \s+ (?: handled | fixed | resolved | addressed | solved
              | caught | eliminated | removed | dealt\s+with ) )?
            (?: $ | \s+ (?: before | prior\s+to | early | quickly | promptly | in\s+time | properly ) \b )""",
    ),
    form(
        "thoroughly carefully properly regularly well rigorously extensively",
        r"""^ (?: always \s+ )? (?: test | check | verify | review | inspect | monitor | plan | communicate | document
              | prepare | clean | train | measure ) \s+ (?: more \s+ )?
            (?: thoroughly | carefully | properly | regularly | well | rigorously | extensively ) $""",
    ),
    form(
        "always",
        r"""\b (?: must | should | shall | will ) \s+ always \s+ (?: be | stay | remain | look ) \s+
            (?: (?: kept | very | as ) \s+ )? (?: simple | clear | clean | tidy | correct | accurate | careful | ready
              | prepared | available | up[- ]to[- ]date | good | healthy | safe | stable | consistent | easy ) \b""",
    ),
    form(
        "train educate brief coach upskill training",
        r"""^ (?: train | educate | brief | coach | upskill ) (?: ing )? \s+
            (?! (?: an? | one | two | three | four | five | another | \d+ ) \b ) (?: [\w-]+ \s+ ){0,3}?
            (?: staff | teams? | engineers | developers | juniors? | members | employees | operators | users | admins
              | crew | colleagues | people | personnel | agents | drivers | nurses ) \b
            (?! .* \b (?: by | before | until | on | in ) \s+ (?: \d | q[1-4] | january | february | march | april
              | may | june | july | august | september | october | november | december ) )""",
    ),
    form(
        "practices approach",
        r"""^ (?: follow | adopt | apply | enforce | adhere\s+to | stick\s+to | use | observe ) (?: ing )? \s+
            (?: (?: the | our | all | industry | coding | general | an? | more ) \s+ )*
            (?: [\w-]+ \s+ )? best [ ] practices \b
          | ^ (?: document | define | establish | share | promote | teach ) \s+ (?: [\w/-]+ \s+ ){0,3}
            best [ ] practices $
          | ^ (?: adopt | take | use | follow | promote ) \s+ an? \s+ (?: more \s+ )? (?: proactive | holistic
              | structured | systematic | better | careful | cautious | disciplined | defensive ) \s+
            (?: approach | stance | attitude | mindset ) \b""",
    ),
    form(
        "resources staff people personnel manpower funding budget time headcount hands engineers staffing support"
        " effort",
        r"""^ (?: provide | allocate | add | give | assign | dedicate | request | secure | find | get | grant | hire
              | devote | put ) (?: ing )? \s+ (?: [\w'’-]+ \s+ ){0,3}?
            (?: more | additional | extra | sufficient | adequate | enough | further ) \s+ (?: [\w-]+ \s+ )?
            (?: resources | staff | people | personnel | manpower | funding | budget | time | headcount | hands
              | engineers | staffing | support | effort ) \b""",
    ),
    form(
        "configuration configurations settings resources",
        r"""^ (?: update | updating | change | changing | revise | fix | correct | check | configure | provide | add
              | allocate | patch | modify ) \s+
            (?: (?: the | our | all | its | more | adequate | sufficient | enough | additional | necessary ) \s+ )*
            (?: (?: server | system | network | application | configuration | database | service | web\s+server ) \s+ )?
            (?: configurations? | settings | resources ) (?: \s+ (?: correctly | properly | accordingly ) )? $""",
    ),
    form(
        "easy easier simple simpler quality",
        r"""\b (?: is | are | should\s+be | must\s+be | be | stays? | remains? ) \s+ (?: (?: more|very|of ) \s+ )?
            (?: (?: easy | easier | simple | simpler ) \s+ to \s+ (?: understand | maintain | expand | extend | use
                | read | debug | operate | follow | change | test | review | work\s+with | reason\s+about ) \b
              | (?: high | good | better | higher ) [ -] quality (?: $ | \s* , | \s+ and \b ) )
            (?! .* \b (?: by | with | via | in\s+one | within ) \b )""",
    ),
    form(
        "development creation implementation improvement establishment introduction enhancement definition ways way",
        r"""^ (?: development | creation | implementation | improvement | establishment | introduction | enhancement
              | definition ) \s+ of \s+ (?: (?: an? | the | our | new | better ) \s+ ){0,2} (?: [\w-]+ \s+ ){0,2}
            (?: process(?:es)? | strateg(?:y|ies) | plans? | procedures? | practices | guidelines | polic(?:y|ies)
              | culture | framework ) $
          | ^ (?: develop | devise | find | think\s+of | come\s+up\s+with | identify ) \s+
            (?: (?: new | better | other | an? | some ) \s+ ){0,2} ways? \s+ (?: of | to | in\s+which ) \b""",
    ),
    form(
        "monitoring testing review reviews checks audits training maintenance",
        rf"""^ {_THOROUGH} \s+ (?: [\w-]+ \s+ )? (?: monitoring | testing | reviews? | checks | audits | training
              | maintenance ) \s+ (?: of | for | on | across ) \b
            (?! .* \b (?: by | with | via | using | against | every | each | in\s+ci | alerts? ) \b )""",
    ),
    form(
        "warning monitoring alerting mechanism mechanisms system",
        r"""^ \w+ \s+ (?: up \s+ )? (?: an? \s+ | some \s+ )? (?: new \s+ )?
            (?: early[ -]warning | warning | monitoring | alerting | alert | fail-?safe | failsafe | notification
              | logging | safety | protection ) \s+ (?: systems? | mechanisms? | solutions? | measures | frameworks? )
            (?: $ | \s+ (?: to | that | for ) \s+ (?: can \s+ )? (?: detect\w* | catch\w* | prevent\w* | identif\w+
              | avoid\w* ) \s+ (?: (?: any | such | similar | potential | future | possible | these | all ) \s+ )*
              (?: issues? | problems? | failures? | errors? | anomalies | outages? | incidents? ) \b )""",
    ),
)


def is_unspecific(body: str) -> bool:
    """Whether a title, cut down to its main clause, tells of what to do in words that fit any system."""
    return _FORMS.match(body)
