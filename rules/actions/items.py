"""What the rules about action items share."""

from __future__ import annotations

from collections.abc import Iterator

from rules.placeholders import is_nothing, is_template
from rules.places import first_line
from rules.postmortem import ActionItem, Postmortem, Span, Text


def open_items(postmortem: Postmortem) -> Iterator[ActionItem]:
    """The items that still are promises; what is done or declined needs no owner or date any more."""
    return (item for item in postmortem.actions if not item.done and not item.declined)


def speaks_english(postmortem: Postmortem) -> bool:
    """Whether rules about words may speak; a document of a few words, whose language cannot be told, counts."""
    return postmortem.language in (None, "en")


def place_of(postmortem: Postmortem, item: ActionItem) -> Span:
    """Where to point at an item: the first line of its title."""
    return first_line(postmortem, item.title_span if item.title else item.span)


def brief(text: str) -> str:
    """A quotation of a few words."""
    words = " ".join(text.split())
    return f"“{words}”" if len(words) <= 60 else f"“{words[:57].rstrip()}…”"


def is_given(text: Text | None) -> bool:
    """Whether a field of an item says something, and not a placeholder."""
    return text is not None and not is_nothing(text.value) and not is_template(text.value)
