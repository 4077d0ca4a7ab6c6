"""Fields of an action item that stand without a label: `@ana`, `by 2026-06-01`, `P0`, `done`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules.layouts import fold
from rules.markdown import Stretch
from rules.parse.action_facts import Facts
from rules.parse.action_words import DECLINED, DONE, DUE_WORD, PRIORITY, PRIORITY_WORD, field_named
from rules.parse.dates import find_day
from rules.parse.outline import label_at
from rules.parse.people import LOGIN, is_nobody

BREAK = re.compile(r"\s[-–—|•·→]{1,3}\s|[;|]\s|\s?—\s?|\n|\.\s")
"""What sets the parts of a line apart."""
COMMA = re.compile(r"[,;|·•/]\s+|;")
"""What sets the members of a list apart."""
EDGES = " \t\n-–—:;,|·•→"
"""What may stand at either end of a part without belonging to it."""

_OWNER_WORD = re.compile(r"(?:action )?(?:owners?|assignees?|assigned to|owned by|dri)\s+(?=\S)", re.IGNORECASE)
_VAGUE_DUE = re.compile(r"(?:due(?: by| on| in)?|deadline|eta|target)\s\S[^,;.]{0,24}", re.IGNORECASE)


def take_fields(facts: Facts, text: Stretch) -> bool:
    """Note the fields of a text made of nothing else; False, and nothing noted, if anything else is in it."""
    if not text.text or len(text.text) > 300 or closing(text.text) < len(text.text):
        return False
    pieces = [piece.trimmed(EDGES + ".").trimmed() for piece in pieces_of(text, COMMA)]
    kinds = [kind_of(piece.text, after_owner=index > 0) for index, piece in enumerate(pieces)]
    if None in kinds:
        merged = kind_of(text.text)
        if merged is None:
            return False
        pieces, kinds = [text], [merged]
    if kinds == ["name"]:
        return False
    for piece, kind in zip(pieces, kinds, strict=True):
        _note(facts, piece, "owner" if kind == "name" else str(kind))
    return True


def take_columns(facts: Facts, text: Stretch) -> bool:
    """As `take_fields`, for pieces set apart by dashes or bars; there a single word is a name only if it is known."""
    pieces = [piece.trimmed(EDGES + ".").trimmed() for piece in pieces_of(text, BREAK)]
    kinds = [kind_of(piece.text, after_owner=index > 0) for index, piece in enumerate(pieces)]
    if len(pieces) < 2 or None in kinds or set(kinds) == {"name"} or closing(text.text) < len(text.text):
        return False
    names = [piece.text for piece, kind in zip(pieces, kinds, strict=True) if kind == "name"]
    if any(" " not in name and name.lower() not in facts.names for name in names):
        return False
    for piece, kind in zip(pieces, kinds, strict=True):
        _note(facts, piece, "owner" if kind == "name" else str(kind))
    return True


def kind_of(text: str, *, after_owner: bool = False) -> str | None:
    """What field a few words are without a label; `name` for what may be one if the words beside it are fields."""
    text = text.strip(" \t\n*_.")
    if not text or len(text) > 80:
        return None
    if PRIORITY.fullmatch(text) or (after_owner and PRIORITY_WORD.fullmatch(text)):
        return "priority"
    if DONE.fullmatch(text):
        return "done"
    if DECLINED.match(text):
        return "declined"
    if _is_owner(text):
        return "owner"
    if _is_due(text):
        return "due"
    if ":" in text and field_named(fold(text.partition(":")[0])) is not None:
        return "label"
    return "name" if _is_name(text) else None


def _is_owner(text: str) -> bool:
    """Mentions, with names beside them at most; or `owner` and a name."""
    if named := _OWNER_WORD.match(text):
        rest = text[named.end() :]
        return is_nobody(rest) or _is_name(rest) or _is_owner(rest)
    beside = LOGIN.sub("", text).strip(" ,&()")
    return LOGIN.search(text) is not None and (not beside or beside.lower() == "and" or _is_name(beside))


def _is_due(text: str) -> bool:
    """A date and nothing else, with a word such as `by` at most; or words that promise one, such as `due next week`."""
    word = DUE_WORD.match(text)
    rest = text[word.end() :] if word else text
    day = find_day(rest)
    if day is not None and not rest[: day.start].strip() and not rest[day.end :].strip(" ."):
        return True
    return _VAGUE_DUE.fullmatch(text) is not None


def pieces_of(text: Stretch, between: re.Pattern[str]) -> Iterator[Stretch]:
    """The parts of a text between the matches of a pattern."""
    start = 0
    for match in between.finditer(text.text):
        yield text.part(start, match.start())
        start = match.end()
    yield text.part(start)


def closing(text: str) -> int:
    """Where a bracket closes that was opened before the text; its length if none does."""
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
        facts.add("due", piece.part(word.end() if word else 0))
    elif kind == "owner":
        word = _OWNER_WORD.match(piece.text)
        facts.add("owner", piece.part(word.end() if word else 0))
    elif kind == "label":
        label = label_at(piece)
        name = field_named(label.text.text) if label is not None else None
        if label is not None and name is not None:
            facts.add(name, label.value)
    else:
        facts.add(kind, piece)


def _is_name(text: str) -> bool:
    names = re.split(r"\s(?:and|&)\s", text, maxsplit=4)
    return all(re.fullmatch(r"[^\W\d_a-z][\w'’.-]{0,30}(?:\s[^\W\d_a-z][\w'’.-]{0,30}){0,3}", name) for name in names)
