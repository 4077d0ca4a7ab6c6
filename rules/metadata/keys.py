"""The labels of the facts at the head."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache

from rules.layouts import fold
from rules.patterns import Pattern
from rules.placeholders import template_labels
from rules.policy import Policy
from rules.postmortem import Postmortem
from rules.rule import Context, Edit, Problem, Severity, rule

_CLOSE = 0.84  # difflib's ratio: one letter in seven may be wrong
_SHORTEST = 5  # letters; a shorter word has too many neighbours
_LONGEST = 24
_OTHERS = {"kind": "Kind", "known_cause": "Known cause", "recurrence_of": "Recurrence of"}
_BETWEEN = Pattern(r"[_\s-]+")


@rule("CO124", "metadata-key-misspelled", Severity.WARNING)
def metadata_key_misspelled(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """A label at the head is nearly that of a fact which is missing.

    Why: a misspelled label is read by people and lost to everything that counts, so the fact seems to be missing. To
    fix it, write it as it is known; the fix does.

    Bad:

    ```markdown
    - Known cuase: [INC-1987](2026-03-11-pool.md)
    ```

    Good:

    ```markdown
    - Known cause: [INC-1987](2026-03-11-pool.md)
    ```
    """
    taken: set[str] = set()
    for label in postmortem.unknown_labels:
        folded = fold(_BETWEEN.sub(" ", label.value))
        near = _nearest(folded)
        if near is None or near in postmortem.fields or near in taken or folded == f"{fold(_labels()[near])}s":
            continue
        taken.add(near)
        wanted = _in_the_style_of(label.value, _labels()[near])
        is_plain = postmortem.source.slice(label.span) == label.value
        yield Problem(
            label.span,
            f"“{label.value}” is not a label that is known here. Write “{wanted}”, if that is what is meant.",
            subject=near,
            edit=Edit(label.span, wanted) if is_plain else None,
        )


def _nearest(folded: str) -> str | None:
    """The key whose label is nearly that text."""
    if not _SHORTEST <= len(folded) <= _LONGEST:
        return None
    keys = {fold(label): key for key, label in _labels().items()}
    found = get_close_matches(folded, keys, n=1, cutoff=_CLOSE)
    return keys[found[0]] if found else None


def _in_the_style_of(written: str, label: str) -> str:
    """A label with the capitals, and with what stands between words, of another."""
    if written.islower():
        label = label.lower()
    elif written.isupper():
        label = label.upper()
    elif all(word[:1].isupper() for word in _BETWEEN.split(written)):
        label = label.title()
    between = _BETWEEN.search(written)
    return label.replace(" ", between[0]) if between else label


@cache
def _labels() -> Mapping[str, str]:
    """The keys with the labels of Closeout's template."""
    return {**template_labels(), **_OTHERS}
