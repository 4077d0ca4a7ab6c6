"""What the author of a comment wrote as text: nothing quoted, no code, nothing hidden, nothing that mail adds below."""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.core.answered_mail import QUOTED, answered_begins, told_begins
from app.core.fences import fenced_lines

LONGEST_BODY = 65_536
"""Characters of a comment; GitHub takes no more."""

_UNSEEN = dict.fromkeys((0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF)) | {0xA0: " ", 0x202F: " "}
"""Characters that nobody sees, as they come with what is pasted; a space that does not break is a space."""

_SIGNATURE = re.compile(r"--[ ]?|Sent from my .*")


def own_lines(body: str) -> list[str]:
    """The lines that its author wrote as text, above a mail that they answer; `>` alone is each that is quoted."""
    lines = body[:LONGEST_BODY].translate(_UNSEEN).splitlines()
    fenced = fenced_lines(lines)
    shown = (line for index, line in enumerate(lines) if index not in fenced)
    shown = (line.rstrip() for line in _without_hidden("\n".join(shown)).split("\n"))
    told = [QUOTED if line.startswith(QUOTED) else line for line in shown]
    return [line for line in told[: answered_begins(told)] if not line.startswith(("    ", "\t"))]


def said_in(lines: Iterable[str]) -> list[str]:
    """Own lines up to what mail adds below, without those that are quoted, and without space around them."""
    said = list(lines)
    signed = next((index for index, line in enumerate(said) if _SIGNATURE.fullmatch(line)), len(said))
    return [line.strip() for line in said[: min(signed, told_begins(said))] if line != QUOTED]


def _without_hidden(text: str) -> str:
    """A text without its HTML comments, but for one that is part of a line and ends on it.

    One that begins a line and is never closed hides all below, as on GitHub.
    """
    kept: list[str] = []
    at = 0
    while (begins := text.find("<!--", at)) >= 0:
        is_within = bool(text[text.rfind("\n", 0, begins) + 1 : begins].strip())
        ends = text.find("-->", begins + 4)
        if ends < 0:
            return "".join((*kept, text[at:] if is_within else text[at:begins]))
        is_kept = is_within and "\n" not in text[begins:ends]
        kept.append(text[at : ends + 3 if is_kept else begins])
        at = ends + 3
    return "".join((*kept, text[at:]))
