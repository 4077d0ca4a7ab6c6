"""The words in which action items name their fields, or say that they are done."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from rules.folding import fold
from rules.parse.misspelled import meant_among
from rules.patterns import Pattern
from rules.words import lexicon

DONE = Pattern(
    r"(?:done|completed?|closed|fixed|resolved|shipped|merged|finished|implemented|deployed)"
    r"(?:\s?[:!.]|$|\s(?:on\s)?\d.*)",
    re.IGNORECASE,
)
DECLINED = Pattern(
    r"(?:won['’]?t ?(?:do|fix)|will not (?:do|fix|be done)|declined|rejected|dropped|cancell?ed|abandoned)\b",
    re.IGNORECASE,
)
DONE_MARKS = "✅☑✔✓🗹"
PRIORITY = Pattern(r"(?<![\w-])p([0-9])(?![\w.])", re.IGNORECASE)
PRIORITY_CHOICE = Pattern(r"[\W_]{0,9}p[0-9](?:\s{0,3}(?:[|/,]|,?\s?or\b|to\b)\s{0,3}p[0-9])+(?!\w)", re.IGNORECASE)
"""Several levels to choose from, as a template has them: nobody has chosen yet."""
PRIORITY_WORD = Pattern(r"(?:highest|high|medium|low|lowest|critical|urgent|major|minor|normal)", re.IGNORECASE)
IDENTIFIER = Pattern(
    r"[\[(]?((?:AI|[Aa]ction|[A-Z][A-Z0-9]{0,9})[- ]?\d{1,6}|[A-Z][A-Z0-9]{0,9}(?:-[A-Z0-9]{1,10}){0,3}-\d{1,6}"
    r"|[A-Z]{2,8} \d{4}-\d{1,4}(?:/\d{1,3})?)[\])]?"
    r"\s{0,2}(?:[:.)–—-]\s|\s)"
)
DUE_WORD = Pattern(
    r"(?P<lead>due by|due on|due|by|until|till|no later than|deadline|eta|target)\s|(?:due in|before|end of)\s",
    re.IGNORECASE,
)
"""What a date begins with; the `lead` is none of it."""
REFERENCE = Pattern(r"(?<![\w&/])(?:[A-Za-z0-9_.-]{1,100}/[A-Za-z0-9_.-]{1,100})?#\d{1,9}\b")
TICKET = Pattern(r"(?<![\w/-])[A-Z][A-Z0-9]{1,9}-[1-9]\d{0,5}(?![\w-]|\.\d)")
"""A ticket's key such as `PAY-3`; also the name of a standard, which `is_ticket` sorts out."""
TICKET_SIGN = Pattern(
    r"(?:\b(?:[Tt]ickets?|JIRA|[Jj]ira|[Ii]ssues?|[Tt]racked (?:in|as|by)|[Bb]ug|[Tt]ask|[Ss]tory)\b[ \t:#]{1,3}|[(\[])"
    r"([A-Z][A-Z0-9]{1,9}-[1-9]\d{0,5})(?![\w-]|\.\d)"
)
_BRACKETED = Pattern(r"\([^()]*\)|\[[^\[\]]*\]")
_NO_TICKETS = frozenset({
    "UTF", "SHA", "ISO", "RFC", "HTTP", "TLS", "SSL", "CVE", "CWE", "AES", "RSA", "MD", "SEV", "AI", "ACT", "ACTION",
    "ITEM", "TASK", "TODO", "ID", "NO", "TCP", "IP", "PM", "COVID", "DST", "UTC", "GMT", "AU", "PEP", "ADR",
})  # fmt: skip
URL = Pattern(r"https?://[^\s<>()\[\]\"'`|]{1,2000}")

PLACEHOLDER = Pattern(
    r"(?:n/?a|tb[acd]|to ?do|none(?: yet)?|nothing|not applicable|[-–—?._…\s]*+|xxx+|\{\{.*+|\[?<.*+|lorem ipsum.*+"
    r"|(?:your |an? |the |new |first |second )?action ?items?(?: ?\d| [a-z]| here| goes here)?"
    r"|[.…\s]{0,5}(?:an)?other (?:action )?(?:items?|tasks?|actions?)(?: here)?"
    r"|(?:the )?actions?(?: ?\d| here)?|item ?\d?|task ?\d?|description|summary)\W*",
    re.IGNORECASE,
)
"""What stands where an item, or a field of one, is still to be written.

Its repeats give nothing back (`*+`): the end could match the same, so that each way to share it would be tried.
"""


def level_of(text: str) -> str | None:
    """The level that a priority names first, `P0`, `P1` or `P2`; None for any other, and for a choice of several."""
    known = None if PRIORITY_CHOICE.match(text) else PRIORITY.search(text)
    return f"P{known[1]}" if known and known[1] in "012" else None


def is_ticket(key: str) -> bool:
    """Whether a key is one of a tracker, rather than a standard's name or the document's own number (`AI-3`)."""
    return key.partition("-")[0] not in _NO_TICKETS


@cache
def words_of(kind: str) -> frozenset[str]:
    """The plain list `kind` of the lexicon of action items, folded."""
    return frozenset(fold(word) for word in lexicon("action_fields")["lists"][kind])


@cache
def field_names() -> dict[str, str]:
    """Every name of a field, folded, to the field."""
    return {
        fold(name) or name: field
        for field, names in lexicon("action_fields").items()
        if field != "lists"
        for kind in names.values()
        for name in kind
    }


@cache
def inline_label() -> Pattern:
    """A field's label in the middle of an item's text, up to and with its colon; group 1 is the name."""
    names = [
        name
        for entry in lexicon("action_fields").values()
        for name in entry.get("anywhere", ())
        if name not in ("action", "action item")
    ]
    words = "|".join(re.escape(name).replace(r"\ ", r"[ \t\n]") for name in sorted(names, key=len, reverse=True))
    near = r"(?=[^:=]{1,40}+[:=])"  # without it, each word of a text would be compared with each name
    return Pattern(
        rf"(?<![\w@/#&-]){near}({words})[*_]{{0,2}}[ \t]?[:=][*_]{{0,2}}(?=\s|[^\s/]|$)[ \t]*", re.IGNORECASE
    )


MAYBE_LABEL = Pattern(
    r"(?<![\w@/#&-])((?:[A-Za-z]{2,12}[ \t]){0,2}[A-Za-z]{4,14})[*_]{0,2}[ \t]?[:=][*_]{0,2}(?=\s|[^\s/]|$)[ \t]*"
)
"""Words that may be a misspelled label in an item's text, up to and with their colon; group 1 is the words."""


def field_named(label: str) -> str | None:
    """The field that a label or a column's name stands for, such as `owner`, `due`, `criterion`; None if none.

    A label with a slip of the keyboard in it stands for what it is meant to be.
    """
    named = _field_named(label)
    if named is not None:
        return named
    meant = field_label_meant(label)
    return _field_named(meant) if meant is not None else None


@lru_cache(maxsize=2048)
def field_label_meant(label: str) -> str | None:
    """The right spelling of a field's misspelled label; None if it names a field as it is, or means none."""
    return None if _field_named(label) is not None else meant_among(label, _spelled())


@cache
def _spelled() -> tuple[str, ...]:
    """The labels that are recognised with a slip in them."""
    return tuple(lexicon("action_fields")["lists"]["spelled"])


@lru_cache(maxsize=2048)
def _field_named(label: str) -> str | None:
    if len(label) > 60:
        return None
    folded = fold(label.replace("_", " ")) or label.strip()
    names = field_names()
    return names.get(folded) or names.get(fold(_BRACKETED.sub(" ", label)))
