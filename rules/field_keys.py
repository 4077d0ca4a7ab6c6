"""Which metadata a label means: `Date of incident`, `incident-date`. The words are data, in `lexicon/metadata.toml`."""

from __future__ import annotations

from functools import cache, lru_cache

from rules.folding import fold
from rules.words import lexicon

_LONGEST_LABEL = 60  # characters; a longer one is a sentence


@lru_cache(maxsize=2048)
def key_of(label: str) -> str | None:
    """The canonical metadata key of a label, or None if it is none."""
    if len(label) > _LONGEST_LABEL:
        return None
    key = _keys().get(_spaced(label))
    if key is None and " / " in label:
        keys = {_keys().get(_spaced(each)) for each in label.split(" / ")} - {None}
        key = keys.pop() if len(keys) == 1 else None
    return key


def key_from_front_matter(label: str) -> str:
    """The key a front matter entry goes by: the canonical one, else its own name in lower case with underscores."""
    return key_of(label) or _spaced(label).replace(" ", "_")


def _spaced(label: str) -> str:
    return fold(label.replace("_", " ").replace("-", " "))


@cache
def _keys() -> dict[str, str]:
    return {_spaced(label): key for key, labels in lexicon("metadata").items() for label in labels}
