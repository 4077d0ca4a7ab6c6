"""What to write in a section."""

from __future__ import annotations

from rules.words import word_map


def advice(kind: str) -> str:
    """What belongs into a section of that kind, as the end of a sentence: "write …"."""
    return word_map("sections", "advice").get(kind, "write what a reader has to know")
