"""What another company says of its own people: it is theirs to say, and the document only passes it on."""

from __future__ import annotations

from rules.language.sentences import Sentence

_REACH = 20  # words between the company and what it says
_COMPANIES = frozenset({
    "vendor", "vendors", "provider", "providers", "supplier", "suppliers", "manufacturer", "manufacturers", "carrier",
    "carriers", "isp", "registrar", "reseller", "subcontractor", "contractor", "company", "hoster", "upstream",
})  # fmt: skip
_SAYING = frozenset({
    "said", "says", "told", "tells", "wrote", "writes", "reported", "reports", "confirmed", "confirms", "admitted",
    "admits", "acknowledged", "explained", "explains", "stated", "states", "informed", "announced", "conceded",
})  # fmt: skip
_BEFORE_SAYING = 3  # words: “the vendor's support has later told us”
_LEADING_ON = frozenset({
    "us", "our", "me", "team", "customers", "support", "to", "that", "later", "one", "two", "some", "several", "both",
    "of", "how", "on", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", ",",
})  # fmt: skip
_PUBLIC = frozenset(
    {"tweet", "tweets", "article", "articles", "press", "comment", "comments", "post", "posts", "thread"}
)
_CLAIMING = frozenset({"said", "says", "claimed", "claims", "complained", "alleged", "wrote", "suggested"})
_OWN = frozenset({"their", "its"})
_NEXT_CLAUSE = frozenset({",", ";", ":", "and", "but", "while", "because"})
_ITS_PERSON = 5  # words: “a senior network engineer of theirs”


def is_hearsay(sentence: Sentence, start: int) -> bool:
    """Whether what begins at a token is what another company says of a person of its own.

    “The vendor said their engineer made a mistake”, “according to AWS, one of its operators mistyped a command”. Of
    anybody else's people it says nothing that is not the document's own blame.
    """
    if any(_is_outsider(sentence, index) for index in range(max(start - _REACH, 0), start)):
        return True
    return any(
        _is_company(sentence, index) and _tells_of_its_own(sentence, index, start)
        for index in range(max(start - _REACH, 0), start)
    )


def _is_outsider(sentence: Sentence, index: int) -> bool:
    """Whether the words of the public follow: “a tweet said that”."""
    said = sentence.words[index] in _PUBLIC and sentence.at(index + 1) in _CLAIMING
    return said and sentence.at(index + 2) == "that"


def _is_company(sentence: Sentence, index: int) -> bool:
    """Whether a token is a kind of company, or a name with several capitals, as people have none."""
    return sentence.words[index] in _COMPANIES or sum(map(str.isupper, sentence.raw[index])) > 1


def _tells_of_its_own(sentence: Sentence, company: int, start: int) -> bool:
    begin = _behind_saying(sentence, company)
    if begin is None or start < begin:
        return False
    told = begin
    while sentence.at(told) in _LEADING_ON:
        told += 1
    own = sentence.at(told) in _OWN or "theirs" in sentence.words[told : told + _ITS_PERSON]
    return own and _NEXT_CLAUSE.isdisjoint(sentence.words[told:start])


def _behind_saying(sentence: Sentence, company: int) -> int | None:
    """Where it begins what a company says; None if it says nothing here."""
    if "according" in sentence.words[max(company - 4, 0) : company]:
        return company + 1
    for index in range(company + 1, company + 2 + _BEFORE_SAYING):
        word = sentence.at(index)
        if word in _SAYING:
            return index + 1
        if word in _NEXT_CLAUSE:
            return None
    return None
