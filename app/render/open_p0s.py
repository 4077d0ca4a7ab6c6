"""What the document check says of the P0s that whoever opened the pull request still has."""

from __future__ import annotations

from app.core.open_p0s import OpenP0
from app.core.verdict import PullVerdict
from app.render.text import count, quoted

_SHOWN = 10


def open_p0s_note(verdict: PullVerdict) -> str:
    """The note, as Markdown; empty where they have none."""
    found = verdict.open_p0s
    if not found:
        return ""
    lines = [_line(each, verdict.repository.url) for each in found[:_SHOWN]]
    if len(found) > _SHOWN:
        lines.append(f"- and {len(found) - _SHOWN} more")
    head = (
        f"🔵 **A P0 comes before all other work, until it is done.** {quoted(verdict.author)}, who opened this pull "
        f"request, still has {count(len(found), 'open P0')}. That holds nothing up here; it says what comes first."
    )
    return "\n".join([head, "", *lines])


def _line(item: OpenP0, url: str) -> str:
    due = f"due on {item.deadline.isoformat()}" if item.deadline else "without a deadline"
    late = f", {count(item.days_late, 'working day')} late" if item.days_late else ""
    if item.reopened:  # while it was closed, it was not late
        due, late = f"was {due}", f", open again since {item.reopened.isoformat()}"
    return f"- [#{item.number}]({url}/issues/{item.number}) {quoted(item.title.rstrip('.'))}: {due}{late}"
