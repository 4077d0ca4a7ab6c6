"""What the rules about action items share."""

from __future__ import annotations

from functools import lru_cache

from rules.once import once_a_document
from rules.placeholders import is_nothing, is_template, stands_in, template_sections
from rules.places import first_line
from rules.postmortem import ActionItem, Postmortem, Section, Span, Text

_MOST_EXAMPLES = 12  # action items that a template may hold, and with the next: a longer document is nobody's template
_MOST_SECTIONS = 100


@once_a_document
def open_items(postmortem: Postmortem) -> tuple[ActionItem, ...]:
    """The items that still are promises; what is done or declined needs no owner or date any more.

    A template's example is none, as long as the section it stands in holds nothing else: that is reported as a whole.
    """
    examples = _example_sections(postmortem)
    return tuple(
        item
        for item in postmortem.actions
        if not item.done and not item.declined and not (examples and stands_in(item.span, examples))
    )


def _example_sections(postmortem: Postmortem) -> tuple[Section, ...]:
    """The sections that are a template's still, of a document that may have been begun from one."""
    if len(postmortem.actions) > _MOST_EXAMPLES or len(postmortem.sections) > _MOST_SECTIONS:
        return ()
    return template_sections(postmortem) if any(_is_example(item.title) for item in postmortem.actions) else ()


@lru_cache(maxsize=256)  # many rules ask for the items of one document
def _is_example(title: str) -> bool:
    return is_template(title)


def place_of(postmortem: Postmortem, item: ActionItem) -> Span:
    """Where to point at an item: the first line of its title."""
    return first_line(postmortem, item.title_span if item.title else item.span)


def brief(text: str) -> str:
    """A quotation of a few words."""
    words = " ".join(text.split()).rstrip(".;,")
    return f"“{words}”" if len(words) <= 60 else f"“{words[:57].rstrip()}…”"


def is_given(text: Text | None) -> bool:
    """Whether a field of an item says something, and not a placeholder."""
    return text is not None and not is_nothing(text.value) and not is_template(text.value)
