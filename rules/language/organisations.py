"""Blame of organisations, by what only those who decide do: “the bank refused to pay”, “ABC's refusal to engage”.

A name in capitals may be a system's as well as a company's, so that nothing counts that a system does, too.
"""

from __future__ import annotations

from rules.language.failings import is_machine
from rules.language.predicates import Blame, Kind
from rules.language.sentences import POSSESSIVE, Sentence
from rules.language.subjects import Who, role_at
from rules.language.vocabulary import words

_DEALINGS = frozenset({
    "fund", "pay", "cooperate", "co-operate", "help", "discuss", "admit", "apologise", "apologize", "investigate",
    "disclose", "comment", "invest", "compensate", "reimburse", "refund", "honour", "honor", "escalate", "consult",
})  # fmt: skip
"""What no machine refuses."""
_DEALINGS_WITH = {
    "take": frozenset({"responsibility", "blame", "action", "part", "calls", "steps", "us"}),
    "accept": frozenset({"responsibility", "blame", "liability", "criticism", "advice"}),
    "acknowledge": frozenset({"problem", "fault", "mistake", "responsibility", "error", "mistakes", "failings"}),
    "talk": frozenset({"us", "anyone", "anybody", "them", "community", "customers", "members"}),
    "listen": frozenset({"us", "anyone", "anybody", "them", "community", "customers", "members", "advice", "staff"}),
    "engage": frozenset({"with"}),
    "share": frozenset({"information", "findings", "evidence", "blame"}),
    "live": frozenset({"up"}),
    "keep": frozenset({"promise", "promises", "word", "informed"}),
    "communicate": frozenset({"openly", "us", "anything", "early", "honestly", "clearly", "customers", "members"}),
    "warn": frozenset({"us", "anyone", "anybody", "residents", "members", "customers"}),
    "tell": frozenset({"us", "anyone", "anybody", "residents", "members", "customers"}),
    "inform": frozenset({"us", "anyone", "anybody", "residents", "members", "customers"}),
    "act": frozenset({"on"}),
    "do": frozenset({"job", "homework", "part", "anything"}),
}
"""What a machine may refuse, but not with these words near behind."""
_OWED = frozenset({"upgrade", "pay", "deliver", "repair", "honour", "honor", "staff"})
"""With “its” or “their” behind: what companies have to see to."""
_LETTERS = frozenset({
    "letter", "letters", "email", "emails", "e-mails", "mails", "complaint", "complaints", "call", "calls", "objection",
    "objections", "appeal", "appeals", "plea", "pleas", "inquiry", "inquiries", "enquiries", "reminder", "reminders",
    "question", "questions", "advice", "tickets", "warnings", "concerns", "petition", "inspectors", "regulator",
})  # fmt: skip
"""What is written to people."""
_ANSWERING = frozenset({
    "respond", "answer", "reply", "react", "responded", "answered", "replied", "reacted",
    "return", "returned",
})  # fmt: skip
_COMPANIES = frozenset({
    "corp", "inc", "gmbh", "ltd", "llc", "plc", "foundation", "labs", "holdings", "bank", "council", "city", "hospital",
    "university", "school", "exchange", "government", "regulator", "carrier", "insurer", "airline", "municipality",
    "landlord", "corporation", "institute", "administration", "parliament", "police", "union", "embassy", "startup",
    "consortium", "clinic", "utility", "authority", "authorities", "association", "federation", "court", "studio",
    "tenants", "publisher", "retailer", "wholesaler", "broker", "brokerage", "integrator", "hosting", "telco",
    "investors", "shareholders", "politicians", "vcs", "sponsor", "sponsors", "builder", "builders", "society",
    "vendor", "provider", "supplier", "company", "agency", "board", "ministry", "hoster", "registrar", "partner",
    "manufacturer", "reseller", "subcontractor", "isp", "operator", "firm",
})  # fmt: skip
_BEFORE_VERB = frozenset({
    "has", "have", "had", "then", "simply", "still", "also", "again", "flatly", "repeatedly", "seemingly", "clearly",
    "just", "even", "so", "far", "apparently", "both", "kept", "is", "are", "was", "were", "be", "been", "largely",
})  # fmt: skip
_NEAR = 5  # tokens behind a verb in which its object is looked for
_DENYING = frozenset({"no", "not", "never", "nobody", "without", "if", "should", "could", "may", "might", "would"})
VICES = frozenset({
    "arrogance", "greed", "indifference", "apathy", "hubris", "complacency", "unwillingness", "stubbornness",
    "impatience", "nonchalance", "overconfidence", "cowardice", "selfishness", "dishonesty", "recklessness",
    "ineptitude", "incompetence", "negligence", "carelessness", "laziness", "stupidity", "vanity", "cynicism",
})  # fmt: skip
_UNWISE = frozenset({
    "foolish", "stupid", "reckless", "irresponsible", "short-sighted", "shortsighted", "ill-advised", "misguided",
    "unwise", "negligent", "inexcusable", "idiotic", "selfish", "cowardly", "unforgivable",
})  # fmt: skip
_LONGEST_DECISION = 14  # tokens from "decision" to "was"
_MAKERS = frozenset({"they", "he", "she"})
HEARING = frozenset({"ignored", "ignores"}) | _ANSWERING
"""Verbs by which somebody heeds what is written to them, or does not."""
PAIRS = (
    (
        frozenset({"refused", "refuses", "refusing", "refusal", "failed", "unwilling"}),
        _DEALINGS | frozenset(_DEALINGS_WITH) | _LETTERS | _OWED,
    ),
    (frozenset({"ignored", "ignores", "ignoring"}), _LETTERS),
    (_ANSWERING, _LETTERS | {"never"}),
    (VICES, frozenset({"s"})),
    (words("decisions"), _UNWISE | frozenset({"sighted", "advised"})),
)
"""Of each pair, words of both stand in a sentence that blames so."""


def refused(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“ABC refused to pay”, “the bank has failed to respond to our letters”; `index` is that of the verb."""
    start = _organisation_before(sentence, index)
    if start < 0 or sentence.at(index + 1) != "to":
        return None
    verb = index + 2
    owed = sentence.at(verb) in _OWED and sentence.at(verb + 1) in ("its", "their")
    if owed or _is_dealing(sentence, verb) or (sentence.at(verb) in _ANSWERING and _is_written(sentence, verb)):
        return Blame(Kind.PERSON, start, verb + 1)
    return None


def refusal(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“The vendor's refusal to cooperate”, whoever it was; `index` is that of “refusal”."""
    if sentence.at(index + 1) != "to" or not _DENYING.isdisjoint(sentence.words[max(index - 5, 0) : index]):
        return None
    verb = index + 2
    meant = _is_dealing(sentence, verb) or (sentence.at(verb) in _ANSWERING and _is_written(sentence, verb))
    return Blame(Kind.PERSON, index, verb + 1) if meant else None


def left_unanswered(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“The council ignored every letter”, “ABC never answered our complaints”; `index` is that of the verb."""
    denied = sentence.at(index - 1) == "never"
    if (sentence.words[index] in _ANSWERING) != denied or not _is_written(sentence, index):
        return None
    start = _organisation_before(sentence, index - denied)
    return Blame(Kind.PERSON, start, index + 1) if start >= 0 else None


def vice_of(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“The council's indifference”: no machine's; `index` is that of the noun."""
    owner = index - 1 if sentence.at(index - 1) == POSSESSIVE else index - 2
    if sentence.at(owner) != POSSESSIVE or not _DENYING.isdisjoint(sentence.words[max(owner - 4, 0) : owner]):
        return None
    if is_machine(sentence, owner - 1):
        return None
    return Blame(Kind.PERSON, owner - 1, index + 1)


def unwise_decision(sentence: Sentence, index: int, names: frozenset[str]) -> Blame | None:
    """“The board's decision to cut the budget was foolish”; `index` is that of “decision”."""
    if sentence.at(index - 1) != POSSESSIVE:
        return None
    for was in range(index + 1, min(index + _LONGEST_DECISION, len(sentence.words))):
        if sentence.words[was] in ("was", "were", "is"):
            end = was + 1 + (sentence.at(was + 1).endswith("ly") or sentence.at(was + 1) in ("simply", "very", "just"))
            return Blame(Kind.PERSON, index - 2, end + 1) if sentence.at(end) in _UNWISE else None
    return None


def _clause_start(sentence: Sentence, end: int) -> int:
    """Behind the last full stop or semicolon before a token: a name in small letters begins no sentence of its own."""
    return next((index + 1 for index in range(end - 1, -1, -1) if sentence.words[index] in (".", ";")), 0)


def _is_somebody(sentence: Sentence, index: int) -> bool:
    return sentence.words[index] in _MAKERS or role_at(sentence, index) in (Who.PEOPLE, Who.MAYBE)


_FIRST_VERBS = frozenset({"did", "has", "had", "was", "have", "does", "left", "took", "made", "gave"})


def _is_dealing(sentence: Sentence, verb: int) -> bool:
    word = sentence.at(verb)
    if word in _DEALINGS:
        return True
    return word in _DEALINGS_WITH and not _DEALINGS_WITH[word].isdisjoint(sentence.words[verb + 1 : verb + 1 + _NEAR])


def _is_written(sentence: Sentence, verb: int) -> bool:
    return not _LETTERS.isdisjoint(sentence.words[verb + 1 : verb + 2 + _NEAR])


def _organisation_before(sentence: Sentence, verb: int) -> int:
    """Where an organisation's name begins that is the subject of a verb; -1 if none is."""
    last = verb - 1
    while sentence.at(last) in _BEFORE_VERB:
        last -= 1
    if last < 0 or not _DENYING.isdisjoint(sentence.words[last + 1 : verb]):
        return -1
    if sentence.words[last] in ("and", "but"):
        first = _clause_start(sentence, last)
        last = first if sentence.at(first + 1) in _FIRST_VERBS else last
    if sentence.words[last] == "." and sentence.at(last - 1) in _COMPANIES:  # “Corp.”
        last -= 1
    word = sentence.words[last]
    if word in _COMPANIES or any(map(str.isupper, sentence.raw[last][1:])) or _is_somebody(sentence, last):
        return last if _DENYING.isdisjoint(sentence.words[max(last - 3, 0) : last]) else -1
    return -1
