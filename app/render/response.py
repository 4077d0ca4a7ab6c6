"""How long it took to detect and to mitigate, as the timelines of a pull request's postmortems tell."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.verdict import DocumentVerdict
from app.render.text import code
from rules.timeline.response import describe_response

_MOST = 50  # documents


def response_note(documents: Sequence[DocumentVerdict]) -> str:
    """A line for each document whose timeline tells, with its path where there are several; empty if none does."""
    told = [(each.path, describe_response(each.response)) for each in documents[:_MOST]]
    lines = [f"{code(path)}: {text}" if len(documents) > 1 else f"{text}." for path, text in told if text]
    return "  \n".join(lines)
