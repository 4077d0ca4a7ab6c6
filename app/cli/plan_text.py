"""`closeout plan` for people."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from app.cli.planned import Foreseen, PlannedEffect
from app.core.promise import shortened

_LONGEST_TITLE = 60

_VERBS = {
    "CreateIssue": "open",
    "UpdateIssue": "change",
    "CreateComment": "comment on",
    "EditComment": "change a comment on",
    "CreateMilestone": "make",
    "UpdateMilestone": "set",
    "AddSubIssue": "put",
}


def plan_text(foreseen: Foreseen) -> str:
    """What would be written, by step, each with its reason."""
    return "\n".join(_lines(foreseen)) + "\n"


def _lines(foreseen: Foreseen) -> Iterator[str]:
    at = f"{foreseen.as_of:%Y-%m-%d %H:%M %Z}".strip()
    count = len(foreseen.effects)
    writes = "nothing to write" if not count else "1 write" if count == 1 else f"{count} writes"
    yield f"{foreseen.repository}, as of {at}: {writes}"
    if foreseen.note:
        yield foreseen.note
    for (at, step), effects in groupby(foreseen.effects, key=lambda each: (each.at, each.step)):
        yield ""
        yield "Then:" if step > 1 else f"At {at:%H:%M}:"
        for effect in effects:
            yield from _effect(effect)
    if foreseen.wake_at:
        yield ""
        yield f"The next pass would come on {foreseen.wake_at:%Y-%m-%d at %H:%M %Z}."


def _effect(effect: PlannedEffect) -> Iterator[str]:
    yield f"  {_VERBS.get(effect.effect, effect.effect)} {_what(effect)}"
    yield f"      because {effect.reason}"
    for name in ("assignees", "labels", "milestone", "state", "state_reason"):
        value = effect.details.get(name)
        if value and effect.effect in {"CreateIssue", "UpdateIssue"}:
            yield f"      {name.replace('_', ' ')}: {_listed(value)}"
    if effect.mentions:
        yield f"      mentions {_listed([f'@{login}' for login in effect.mentions])}"
    if _is_there_to_be_read(effect):
        yield from (f"      | {line}".rstrip() for line in (effect.body or "").splitlines())


def _is_there_to_be_read(effect: PlannedEffect) -> bool:
    """Whether its text is shown: of comments, and of an issue that nobody gets, such as an agenda or the figures."""
    is_for_all = effect.effect == "CreateIssue" and not effect.details["assignees"]
    return is_for_all or effect.effect in {"CreateComment", "EditComment"}


def _what(effect: PlannedEffect) -> str:
    details = effect.details
    match effect.effect:
        case "CreateIssue":
            return f"{effect.target}: “{details['title']}”"  # whole: it is what would be opened
        case "UpdateIssue":
            parts = [*(["body"] if effect.body is not None else []), *sorted(details)]
            return f"{_named(effect.target, effect.title)}: {_listed([part.replace('_', ' ') for part in parts])}"
        case "CreateMilestone":
            return f"the milestone “{details['title']}”"
        case "UpdateMilestone":
            return f"the milestone “{details['title']}” to {details['state']}"
        case "AddSubIssue":
            return f"{_named(details['child'], details['child_title'])} under {_named(effect.target, effect.title)}"
    return _named(effect.target, effect.title)


def _named(target: str, title: str) -> str:
    """An issue by its number and the beginning of its title: nobody knows them by their numbers."""
    return f"{target} “{shortened(title, _LONGEST_TITLE)}”" if title else target


def _listed(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)
