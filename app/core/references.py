"""How a document names another postmortem: by its file, its incident, or an issue.

What stands in a document is only compared with what is known of the others; nothing is guessed from likeness.
"""

from __future__ import annotations

import itertools
import posixpath
import re
from collections.abc import Sequence
from urllib.parse import unquote

MOST_REFERENCES = 60
"""Names that a ledger keeps of a document: a marker holds no more than an issue's body."""

_LONGEST = 200  # characters of one name
_LONGEST_TOGETHER = 4_000  # characters of all of them
_FILE = re.compile(r"[\w.%~+/:-]{1,300}\.(?:md|markdown)\b", re.IGNORECASE)
_INCIDENT = re.compile(r"(?<![\w/.-])[A-Z]{2,}[A-Z\d]*-\d+(?![\w/-])", re.IGNORECASE)
_ISSUE = re.compile(r"(?<![\w/])#\d{1,9}\b|/(?:issues|pull)/\d{1,9}\b")
_SHORTEST_NAME = 4  # characters of an incident's name that is looked for in running text


def references_in(text: str) -> tuple[str, ...]:
    """The files, incidents and issues that a text names, as written, in their order; at most `MOST_REFERENCES`."""
    found = [each for pattern in (_FILE, _INCIDENT, _ISSUE) for each in pattern.findall(text)]
    first = tuple(dict.fromkeys(each for each in found if len(each) <= _LONGEST))[:MOST_REFERENCES]
    lengths = itertools.accumulate(map(len, first))
    return tuple(each for each, length in zip(first, lengths, strict=True) if length <= _LONGEST_TOGETHER)


def names(references: Sequence[str], at: str, *, path: str, document: str, tracking: int) -> bool:
    """Whether one of the references means a postmortem: its path, its id, or the number of its tracking issue.

    They stand in the document at the path `at`, from which relative links are followed.
    """
    known = {document.casefold(), f"#{tracking}"}
    return any(
        each.casefold() in known or each.endswith(f"/issues/{tracking}") or _is_file(each, at, {path, document})
        for each in references
    )


def is_issue(name: str, number: int) -> bool:
    """Whether a name that was given to an incident is that of an issue: `#70`, `acme/postmortems#70`, or its page."""
    return re.search(rf"(?:#|/(?:issues|pull)/){number}(?!\d)", name) is not None


def speaks_of(text: str, document: str) -> bool:
    """Whether a short text holds a postmortem's id as a word of its own."""
    if len(document) < _SHORTEST_NAME:
        return False
    return re.search(rf"(?<!\w){re.escape(document)}(?!\w)", text, re.IGNORECASE) is not None


def _is_file(reference: str, at: str, paths: set[str]) -> bool:
    target = unquote(reference)
    if "/blob/" in target:
        return any(target.endswith(f"/{path}") for path in paths)
    return bool(paths & {posixpath.normpath(posixpath.join(posixpath.dirname(at), target)), target.lstrip("/")})
