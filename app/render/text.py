"""Putting foreign text into Markdown without letting it act.

A postmortem is untrusted, from a fork too: nothing it says may mention anyone, close an issue, or break our tables.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote

MOST_CHARACTERS = 65_535
"""What GitHub takes in a check run's summary (docs.github.com, "Create a check run")."""

_ZERO_WIDTH_SPACE = "\u200b"
_MARKUP = re.compile(r"([\\`*_\[\]<>|~#])")
_BLANKS = re.compile(r"\s+")
_CODE = re.compile(r"(`[^`]+`)")
_CLOSING_WORD = re.compile(r"\b((?:close|fix|resolve)[sd]?|fixed|fixes|resolves)(?=:?\s+\S*#\d)", re.IGNORECASE)


def quoted(text: str) -> str:
    """Foreign text as inline Markdown that shows it as it is: no markup, no mention, no closing keyword, one line."""
    line = _BLANKS.sub(" ", text)
    line = _CLOSING_WORD.sub(lambda match: match[1] + _ZERO_WIDTH_SPACE, line)
    return _MARKUP.sub(r"\\\1", line).replace("@", "@" + _ZERO_WIDTH_SPACE)


def code(text: str) -> str:
    """Foreign text as inline code, in a fence longer than any run of backticks in it."""
    line = " ".join(text.split())
    if not line:
        return ""
    fence = "`" * (1 + max((len(run) for run in re.findall(r"`+", line)), default=0))
    space = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{space}{line}{space}{fence}".replace("@", "@" + _ZERO_WIDTH_SPACE)


def message(text: str) -> str:
    """A finding's message as inline Markdown: what stands between backticks as code, all the rest as it is.

    A message quotes the document, whose own backticks may pair up with ours: every piece is made harmless either way.
    """
    return "".join(code(piece[1:-1]) if _CODE.fullmatch(piece) else quoted(piece) for piece in _CODE.split(text))


def plain(text: str) -> str:
    """A message for an annotation, which GitHub shows as plain text: quoted by quotation marks, not by backticks."""
    return text.replace("`", '"')


def permalink(repository_url: str, sha: str, path: str, line: int, end_line: int | None = None) -> str:
    """The address of lines of a Markdown file at a commit; `plain=1` shows its source, where lines have numbers."""
    until = f"-L{end_line}" if end_line and end_line > line else ""
    return f"{repository_url}/blob/{sha}/{quote(path)}?plain=1#L{line}{until}"


def count(number: int, noun: str) -> str:
    """`1 error`, `2 errors`."""
    return f"{number} {noun}" if number == 1 else f"{number:,} {noun}s"


def enumerated(words: Sequence[str], conjunction: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`. Raises ValueError without any."""
    *first, last = words
    return f"{', '.join(first)} {conjunction} {last}" if first else last


def fold(title: str, body: str) -> str:
    """A stretch of Markdown behind a line to click on."""
    return f"<details><summary>{title}</summary>\n\n{body}\n\n</details>"


def fit(parts: Sequence[str], left_out: str, budget: int = MOST_CHARACTERS) -> str:
    """The parts that fit, in order, a blank line between; from the first that does not, `left_out` stands instead.

    `left_out` may hold `{n}`: how many parts are missing.
    """
    whole = "\n\n".join(parts)
    if len(whole) <= budget:
        return whole
    room = budget - len(left_out) - 10
    kept: list[str] = []
    for part in parts:
        room -= len(part) + 2
        if room < 0:
            break
        kept.append(part)
    return "\n\n".join([*kept, left_out.replace("{n}", str(len(parts) - len(kept)))])
