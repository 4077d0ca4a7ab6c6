"""Bullets and numbers that Markdown does not know (`→ x`, ` o x`, `A. x`, `§ 1 x`), made those that it does."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from rules.patterns import Pattern

_BULLET = Pattern(r"^[ \t]{0,8}([→⇒➔➜➤►▸▶‣•●◦○▪■□◆◇∙·»–—]|o)(?=[ \t]{1,8}\S)", re.MULTILINE)
_NUMBER = Pattern(
    r"\n {0,3}(?P<mark>\((?P<inside>\d{1,2}|[a-z]|[A-Z]|[ivx]{2,5})\)|(?P<outside>[A-Za-z]|[ivx]{2,5}|[IVX]{2,5})[.)]"
    r"|§ ?(?P<section>\d{1,2}))(?=[ \t]{1,8}\S)"
)
"""For a text with a line break before it: what begins with one character is found fast."""
_FEWEST = 2  # of a kind: one alone may be a sign in a sentence, or an initial
_ROMAN = {"i": 1, "v": 5, "x": 10}


def with_known_marks(text: str) -> str:
    """The text with as many characters, every list in it marked as Markdown marks lists."""
    if not text.isascii() or "\n o " in text or "\no " in text or "\n  o " in text:
        text = _with_bullets(text)
    edits = [(start, end) for run in _runs(text) if len(run) >= _FEWEST for start, end in run]
    if not edits:
        return text
    pieces, position = list[str](), 0
    for start, end in sorted(edits):
        pieces.extend((text[position:start], _one(end - start)))
        position = end
    return "".join((*pieces, text[position:]))


def _with_bullets(text: str) -> str:
    counts = Counter(match[1] for match in _BULLET.finditer(text))
    known = {mark for mark, count in counts.items() if count >= _FEWEST}
    if not known:
        return text
    return _BULLET.sub(lambda match: match[0][:-1] + "-" if match[1] in known else match[0], text)


def _one(length: int) -> str:
    """A number's mark of that length; blanks on either side of it are few enough to make no code block."""
    left = (length - 2) // 2
    return " " * left + "1." + " " * (length - 2 - left)


def _runs(text: str) -> Iterator[list[tuple[int, int]]]:
    """The places of marks that count on from one, those of one kind together."""
    running: dict[str, list[tuple[int, int]]] = {}
    for match in _NUMBER.finditer("\n" + text):
        sign = match["inside"] or match["outside"] or match["section"]
        kind = match["mark"][0] * (match["outside"] is None) + match["mark"][-1] * (match["section"] is None)
        kind += "A" if sign.isupper() else ""
        run = running.get(kind, [])
        values = _values(sign.lower())
        place = match.start("mark") - 1, match.end("mark") - 1
        if run and len(run) + 1 in values:
            run.append(place)
        elif 1 in values:
            if run:
                yield run
            running[kind] = [place]
    yield from running.values()


def _values(sign: str) -> tuple[int, ...]:
    """The numbers that a sign may stand for: `i` is a letter and a Roman number."""
    if sign.isdigit():
        return (int(sign),)
    letter = (ord(sign) - ord("a") + 1,) if len(sign) == 1 else ()
    if any(character not in _ROMAN for character in sign):
        return letter
    digits = [_ROMAN[character] for character in sign]
    following = (*digits[1:], 0)
    return (*letter, sum(-one if one < other else one for one, other in zip(digits, following, strict=True)))
