"""People's names, for comparison."""

from __future__ import annotations

import unicodedata


def fold_name(name: str) -> str:
    """A name without accents, capitals and runs of blanks: `Bo  Chén` and `bo chen` are the same person's."""
    if not name.isascii():
        letters = unicodedata.normalize("NFKD", name)
        name = "".join(each for each in letters if not unicodedata.combining(each))
    return " ".join(name.casefold().split())
