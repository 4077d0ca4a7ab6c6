"""`inspect --format json`: one document as one JSON object on one line. Its shape is a contract.

What the document does not say, or says in a way that cannot be resolved, is null.
"""

from __future__ import annotations

import json
from datetime import timedelta

from app.cli.spans import last_line
from rules.postmortem import ActionItem, Person, Postmortem, Section, Span, TimelineEntry
from rules.timeline.response import ResponseTimes, response_times


def describe_json(path: str, postmortem: Postmortem) -> str:
    """The document as a JSON object and a line end; lines count from 1, the end line is the last one."""
    description = {
        "version": 1,
        "path": path,
        "layout": postmortem.layout,
        "headline": postmortem.headline.value if postmortem.headline else None,
        "metadata": {key: field.value.value or None for key, field in postmortem.fields.items()},
        "sections": [_section(section) for section in postmortem.sections],
        "timeline": [_entry(entry) for entry in postmortem.timeline],
        "actions": [_action(action) for action in postmortem.actions],
        "response": _response(response_times(postmortem)),
    }
    return json.dumps(description, ensure_ascii=False) + "\n"


def _owner(owner: Person) -> str:
    """`@login` where the document names one, else the name."""
    return f"@{owner.login}" if owner.login else owner.name


def _lines(span: Span) -> dict[str, object]:
    return {"line": span.line, "end_line": last_line(span)}


def _section(section: Section) -> dict[str, object]:
    return {"kind": section.kind, "title": section.title, **_lines(section.span)}


def _entry(entry: TimelineEntry) -> dict[str, object]:
    return {**_lines(entry.span), "at": entry.at.isoformat() if entry.at else None, "text": entry.text}


def _response(times: ResponseTimes) -> dict[str, object]:
    """The lines of the entries of detection and mitigation, and the seconds from the start to them."""
    return {
        "detected_line": times.detected.span.line if times.detected else None,
        "mitigated_line": times.mitigated.span.line if times.mitigated else None,
        "seconds_to_detect": _seconds(times.time_to_detect),
        "seconds_to_mitigate": _seconds(times.time_to_mitigate),
    }


def _seconds(length: timedelta | None) -> int | None:
    return None if length is None else int(length.total_seconds())


def _action(action: ActionItem) -> dict[str, object]:
    return {
        **_lines(action.span),
        "title": action.title,
        "owners": [_owner(owner) for owner in action.owners],
        "due": action.due.isoformat() if action.due else None,
        "priority": action.priority,
        "criterion": action.criterion.value if action.criterion else None,
        "done": action.done,
        "links": list(action.links),
    }
