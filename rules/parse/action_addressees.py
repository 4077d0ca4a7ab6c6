"""Who a list of items is addressed to, where each begins with a name: `Ana: …`, `Zubair to …`, `[Xola] …`."""

from __future__ import annotations

from collections.abc import Sequence

from rules.blocks import Block
from rules.parse.action_verbs import is_verb
from rules.parse.people import is_known_name
from rules.patterns import Pattern
from rules.words import word_set

_ADDRESSED = Pattern(
    r"[☐-➿\ufe0e\ufe0f\s]*(?P<bracket>\[)?"
    r"(?P<name>[^\W\d_a-z][^\W\d_A-Z]{1,20}(?:\s[^\W\d_a-z][^\W\d_A-Z]{1,20})?|[A-Z]{2,6})"
    r"(?(bracket)\]\s|(?::\s(?:to\s)?|\s(?:to|will)\s))(?P<verb>[\w-]+)"
)
_MOSTLY = 2 / 3


def addressees_of(items: Sequence[Block], names: frozenset[str]) -> frozenset[str]:
    """The names, in lower case, that most items of a list begin with; none unless one of them is known to be a name.

    A word that calls a field of work, such as `Security`, may stand in the same place and is never taken for one.
    """
    matches = [_ADDRESSED.match(_first_text(item)) for item in items]
    found = [match for match in matches if match is not None and (match["bracket"] or is_verb(match["verb"]))]
    if len(found) < 2 or len(found) < len(items) * _MOSTLY:
        return frozenset()
    heads = {match["name"] for match in found}
    if any(_calls_work(head) for head in heads) or not any(_is_name(head, names) for head in heads):
        return frozenset()
    return frozenset(head.lower() for head in heads)


def _first_text(item: Block) -> str:
    first = item.children[0] if item.children else item
    return first.inline.text[:80].lstrip(" *_") if first.kind == "paragraph" else ""


def _is_name(head: str, names: frozenset[str]) -> bool:
    return head.lower() in names or is_known_name(head)


def _calls_work(head: str) -> bool:
    lists = [word_set("owners", kind) for kind in ("words", "areas", "groups")]
    lists.append(word_set("given_names", "no_names"))
    return any(word in words for word in head.lower().split() for words in lists)
