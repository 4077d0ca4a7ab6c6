"""What the check of one document found: the formats' input."""

from __future__ import annotations

from typing import NamedTuple

from rules.rule import Finding
from rules.source import Source

STANDARD_INPUT = "-"


class DocumentReport(NamedTuple):
    """One document that was checked.

    Attributes:
        path: as given on the command line or found below a folder, with `/`; `-` is standard input.
        source: its text.
        findings: in the document's order.
        language: its language, as an ISO 639-1 code, or None if that cannot be told.
        repository_path: from the root of its repository where it is in one, else as `path`; with `/`.
    """

    path: str
    source: Source
    findings: tuple[Finding, ...]
    language: str | None = None
    repository_path: str = ""


def display_name(path: str) -> str:
    """The document's name for people."""
    return "standard input" if path == STANDARD_INPUT else path
