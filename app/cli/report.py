"""What the check of one document found: the formats' input."""

from __future__ import annotations

from dataclasses import dataclass

from rules.rule import Finding
from rules.source import Source

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """One document that was checked.

    Attributes:
        path: as given on the command line or found below a folder, with `/`; `-` is standard input.
        source: its text.
        findings: in the document's order.
    """

    path: str
    source: Source
    findings: tuple[Finding, ...]


def display_name(path: str) -> str:
    """The document's name for people."""
    return "standard input" if path == STANDARD_INPUT else path
