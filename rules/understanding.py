"""Whether a changed document still says all that it said before.

It may say more: what could not be understood before may be understood now. Nothing may be lost, or mean another thing.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from typing import TypeVar

from rules.postmortem import ActionItem, Person, Postmortem, Section, Span, TimelineEntry

_Thing = TypeVar("_Thing")


def keeps_meaning(before: Postmortem, after: Postmortem, edited: Sequence[Span]) -> bool:
    """Whether all that was understood is understood alike, apart from metadata that an edit was about.

    Args:
        before: the document.
        after: the document with some stretches replaced.
        edited: those stretches of `before`, in order; they do not overlap.
    """
    return (
        len(after.defects) <= len(before.defects)
        and [each.codes for each in after.suppressions] == [each.codes for each in before.suppressions]
        and _keeps_metadata(before, after, edited)
        and _keeps_head(before, after)
        and _contains(after.sections, before.sections, _same_section(edited))
        and _contains(after.timeline, before.timeline, _same_entry)
        and _contains(after.actions, before.actions, _same_item)
    )


def _keeps_metadata(before: Postmortem, after: Postmortem, edited: Sequence[Span]) -> bool:
    """Each field stays, and each that no edit reaches into keeps its value."""
    if len(after.fields) < len(before.fields):
        return False
    ends = [span[2:] for span in edited]
    return all(
        key in after.fields and after.fields[key].value.value == field.value.value
        for key, field in before.fields.items()
        if not _is_edited(field.span, edited, ends)
    )


def _keeps_head(before: Postmortem, after: Postmortem) -> bool:
    """What is drawn from the metadata and the text as a whole."""
    return (
        _filled(_value(before.headline), _value(after.headline))
        and _filled(before.no_actions_reason, after.no_actions_reason)
        and _filled(before.start, after.start)
        and _filled(before.end, after.end)
        and _filled(before.language, after.language)
        and all(
            _filled(_names(ours), _names(theirs))
            for ours, theirs in (
                (before.authors, after.authors),
                (before.commanders, after.commanders),
                (before.facilitators, after.facilitators),
            )
        )
    )


def _same_section(edited: Sequence[Span]) -> Callable[[Section, Section], bool]:
    """What tells whether a section is another one: by its title, or where an edit mends that, by all that is below."""
    ends = [span[2:] for span in edited]

    def is_same(before: Section, after: Section) -> bool:
        if before.level != after.level or not _filled(before.kind, after.kind):
            return False
        return before.title == after.title or (
            before.kind is not None and before.text == after.text and _is_mended(before.heading, edited, ends)
        )

    return is_same


def _is_mended(heading: Span, edited: Sequence[Span], ends: Sequence[tuple[int, ...]]) -> bool:
    """Whether an edit rewrites words of a heading; what is put in before it does not."""
    index = bisect_right(ends, heading[:2])
    return index < len(edited) and edited[index][:2] < heading[2:]


def _same_entry(before: TimelineEntry, after: TimelineEntry) -> bool:
    return (
        before.text == after.text and _filled(_value(before.time), _value(after.time)) and _filled(before.at, after.at)
    )


def _same_item(before: ActionItem, after: ActionItem) -> bool:
    return (
        (before.title, before.done, before.declined, before.links)
        == (after.title, after.done, after.declined, after.links)
        and _filled(_names(before.owners), _names(after.owners))
        and _filled(before.due, after.due)
        and _filled(before.priority, after.priority)
        and _filled(_value(before.criterion), _value(after.criterion))
        and _filled(before.id, after.id)
    )


def _contains(after: Sequence[_Thing], before: Sequence[_Thing], same: Callable[[_Thing, _Thing], bool]) -> bool:
    """Whether each thing of before is still there, in the same order."""
    rest = iter(after)
    return all(any(same(thing, other) for other in rest) for thing in before)


def _filled(before: object, after: object) -> bool:
    """Whether something is unchanged, or was missing."""
    return before is None or before in ((), after)


def _value(text: object) -> str | None:
    return getattr(text, "value", None)


def _names(people: Sequence[Person]) -> tuple[str, ...]:
    return tuple(person.text for person in people)


def _is_edited(field: Span, edited: Sequence[Span], ends: Sequence[tuple[int, ...]]) -> bool:
    """Whether an edit reaches into a field, or is made at its edge; `ends` are those of the edits."""
    index = bisect_left(ends, field[:2])
    return index < len(edited) and edited[index][:2] <= field[2:]
