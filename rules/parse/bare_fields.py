"""Fields of an action item that stand without a label: `@ana`, `by 2026-06-01`, `P0`, `done`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from rules.blocks import Stretch
from rules.folding import fold
from rules.parse.action_facts import Facts
from rules.parse.action_words import (
    DECLINED,
    DONE,
    DUE_WORD,
    PRIORITY,
    PRIORITY_WORD,
    REFERENCE,
    TICKET,
    field_named,
    is_ticket,
)
from rules.parse.dates import find_day, is_relative
from rules.parse.imprecise_days import is_imprecise_day
from rules.parse.labels import label_at
from rules.parse.people import LOGIN, are_initials, is_group_name, is_known_name, is_nobody
from rules.patterns import Pattern
from rules.words import word_set

BREAK = Pattern(r"\s(?:[-–—|•·→⇒]{1,3}|[-=]>)\s|[;|]\s|\s?—\s?|\n|\.\s")
"""What sets the parts of a line apart."""
_AND = Pattern(r"\s(?:and|&)\s")
_FULL_NAME = Pattern(r"[^\W\d_a-z][\w'’.-]{0,30}(?:\s[^\W\d_a-z][\w'’.-]{0,30}){0,3}")
_BREAK_SIGNS = (" -", " –", "—", "|", " •", " ·", " →", " ⇒", " =>", "; ", "\n", ". ", "\t")  # cheaper to look for
COMMA = Pattern(r"[,;|·•/]\s+|;")
"""What sets the members of a list apart."""
_MEMBER = Pattern(COMMA.pattern + r"|\.\s+(?=[A-Z][A-Za-z ]{0,20}:\s)")
"""As `COMMA`, or a full stop before a label."""
EDGES = " \t\n-–—:;,|·•→"
"""What may stand at either end of a part without belonging to it."""

_OWNER_WORD = Pattern(r"(?:action )?(?:owners?|assignees?|assigned to|owned by|dri)\s+(?=\S)", re.IGNORECASE)
_MOST_WORDS = 10  # a longer text is a sentence
_HANDLE = Pattern(r"[a-z]{2,20}\.[a-z]{2,20}")
_CRITERION_WORD = Pattern(
    r"(?:(?:it(?:['’]?s| is) )?(?:done|complete|finished) (?:when|once|if)|success(?: criterion)? (?:is|means)"
    r"|(?:verified|measured|proven|proved) by|acceptance)[:,]?\s+(?=\S+\s+\S)",
    re.IGNORECASE,
)
"""What a success criterion begins with that has no label: `done when the canary rejects a bad file`."""


def take_fields(facts: Facts, text: Stretch) -> bool:
    """Note the fields of a text made of nothing else; False, and nothing noted, if anything else is in it."""
    if not text.text or len(text.text) > 300 or closing(text.text) < len(text.text):
        return False
    pieces = [piece.trimmed(EDGES + ".").trimmed() for piece in _members(text)]
    kinds = _kinds(pieces)
    if kinds is None:
        merged = kind_of(text.text)
        if merged is None:
            return False
        pieces, kinds = [text], [merged]
    if "name" in kinds and not _are_people(facts, pieces, kinds):
        _note_dates(facts, pieces, kinds)
        return False
    for piece, kind in zip(pieces, kinds, strict=True):
        _note(facts, piece, "owner" if kind == "name" else kind)
    return True


def take_columns(facts: Facts, text: Stretch) -> bool:
    """As `take_fields`, for pieces set apart by dashes or bars."""
    pieces = [piece.trimmed(EDGES + ".").trimmed() for piece in pieces_of(text, BREAK)]
    kinds = _kinds(pieces) if len(pieces) > 1 else None
    if kinds is None or set(kinds) == {"name"} or closing(text.text) < len(text.text):
        return False
    if not _are_people(facts, pieces, kinds):
        return False
    for piece, kind in zip(pieces, kinds, strict=True):
        _note(facts, piece, "owner" if kind == "name" else kind)
    return True


def _note_dates(facts: Facts, pieces: Sequence[Stretch], kinds: Sequence[str]) -> None:
    """The deadline and priority beside words that may or may not be a name; the words stay where they are."""
    for piece, kind in zip(pieces, kinds, strict=True):
        if kind in ("due", "priority"):
            _note(facts, piece, kind)


def _kinds(pieces: Sequence[Stretch]) -> list[str] | None:
    """What fields the pieces are; None as soon as one is none."""
    kinds: list[str] = []
    for index, piece in enumerate(pieces):
        kind = kind_of(piece.text, after_owner=index > 0)
        if kind is None:
            return None
        kinds.append(kind)
    return kinds


def _members(text: Stretch) -> Iterator[Stretch]:
    """The members of a list; the comma in `Jul 28, 2026` parts nothing, and none does in a criterion, which ends it."""
    day = find_day(text.text) if "," in text.text else None
    start = 0
    for match in _MEMBER.finditer(text.text):
        if day is not None and day.start < match.start() < day.end:
            continue
        if _CRITERION_WORD.match(text.text, start):
            break
        yield text.part(start, match.start())
        start = match.end()
    yield text.part(start)


def _are_people(facts: Facts, pieces: Sequence[Stretch], kinds: Sequence[str]) -> bool:
    """Whether the pieces that may be names are: beside a field several words will do, alone the name must be known."""
    names = [piece.text for piece, kind in zip(pieces, kinds, strict=True) if kind == "name"]
    alone = len(names) == len(pieces)
    return all(_is_person(name, facts.names, alone=alone) for name in names)


def _is_person(text: str, known: frozenset[str], *, alone: bool) -> bool:
    people = [name.strip() for name in _AND.split(text, maxsplit=4)]
    return all(
        name.lower() in known
        or is_known_name(name)
        or (not alone and (name.lower() in word_set("owners", "words") or _may_be_person(name) or are_initials(name)))
        for name in people
    )


def _may_be_person(name: str) -> bool:
    """Whether two or more words may be somebody's name, and none of them is a product's or a technical word."""
    words = name.lower().split()
    if any(map(str.isdigit, name)):
        return False  # `JIRA OPS-12`
    return len(words) > 1 and not any(word.strip(".") in word_set("given_names", "no_names") for word in words)


@lru_cache(maxsize=512)
def kind_of(text: str, *, after_owner: bool = False) -> str | None:
    """What field a few words are without a label; `name` for what may be one if the words beside it are fields."""
    text = text.strip(" \t\n*_.")
    if _CRITERION_WORD.match(text):
        return "criterion"
    if not text or len(text) > 80:
        return None
    return _sign_of(text, after_owner=after_owner) or _words_of(text, after_owner=after_owner)


def _sign_of(text: str, *, after_owner: bool) -> str | None:
    """The field that a fixed form shows, such as `P0` or `#12`."""
    if PRIORITY.fullmatch(text) or (after_owner and PRIORITY_WORD.fullmatch(text)):
        return "priority"
    if DONE.fullmatch(text):
        return "done"
    if REFERENCE.fullmatch(text) or (TICKET.fullmatch(text) and is_ticket(text)):
        return "link"
    return "declined" if DECLINED.match(text) else None


def _words_of(text: str, *, after_owner: bool) -> str | None:
    if ":" not in text and text.count(" ") >= _MOST_WORDS:
        return None
    if _is_owner(text):
        return "owner"
    if ":" in text and field_named(fold(text.partition(":")[0])) is not None:
        return "label"
    if is_due(text, beside=after_owner):
        return "due"
    return "name" if _is_name(text) else None


def _is_owner(text: str) -> bool:
    """Mentions, with names beside them at most; or `owner` and a name."""
    if named := _OWNER_WORD.match(text):
        rest = text[named.end() :]
        return is_nobody(rest) or _is_name(rest) or _is_owner(rest)
    if is_group_name(text) and " " in text:
        return True
    if _HANDLE.fullmatch(text) and is_known_name(text.split(".")[0].capitalize()):
        return True
    text = text.replace("/@", " @")
    beside = LOGIN.sub("", text).strip(" ,&()+/")
    return LOGIN.search(text) is not None and (not beside or beside.lower() == "and" or _is_name(beside))


def is_due(text: str, *, beside: bool = False) -> bool:
    """Whether a text is a date, with a word such as `by` at most, or words that mean one without being one.

    `beside` another field, what might be a name or a fraction elsewhere is a date, too: `June`, `3/14`.
    """
    word = DUE_WORD.match(text)
    rest = text[word.end() :] if word else text
    day = find_day(rest)
    if day is not None and not rest[: day.start].strip() and not rest[day.end :].strip(" ."):
        return True
    return is_relative(rest.strip(" .")) or is_imprecise_day(text, beside=beside)


def breaks_in(text: str) -> list[re.Match[str]]:
    """Where the parts of a line are set apart."""
    return list(BREAK.finditer(text)) if any(sign in text for sign in _BREAK_SIGNS) else []


def pieces_of(text: Stretch, between: Pattern) -> Iterator[Stretch]:
    """The parts of a text between the matches of a pattern."""
    start = 0
    for match in between.finditer(text.text):
        yield text.part(start, match.start())
        start = match.end()
    yield text.part(start)


def closing(text: str) -> int:
    """Where a bracket closes that was opened before the text; its length if none does."""
    if ")" not in text and "]" not in text and "}" not in text:
        return len(text)
    depth = 0
    for index, character in enumerate(text):
        if character in "([{":
            depth += 1
        elif character in ")]}":
            if depth == 0:
                return index
            depth -= 1
    return len(text)


def _note(facts: Facts, piece: Stretch, kind: str) -> None:
    if kind == "done":
        facts.done = True
    elif kind == "declined":
        facts.declined = True
    elif kind == "due":
        word = DUE_WORD.match(piece.text)
        facts.add("due", piece.part(word.end() if word and word["lead"] else 0))
    elif kind == "owner":
        word = _OWNER_WORD.match(piece.text)
        facts.add("owner", piece.part(word.end() if word else 0))
    elif kind == "criterion":
        word = _CRITERION_WORD.match(piece.text)
        facts.add("criterion", piece.part(word.end() if word else 0))
    elif kind == "label":
        label = label_at(piece)
        name = field_named(label.text.text) if label is not None else None
        if label is not None and name is not None:
            facts.note_label(label.text)
            facts.add(name, label.value)
    else:
        facts.add(kind, piece)


def _is_name(text: str) -> bool:
    names = _AND.split(text, maxsplit=4)
    return all(_FULL_NAME.fullmatch(name) for name in names)
