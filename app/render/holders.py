"""Whose an action item is, in the words of a list."""

from __future__ import annotations

from app.core.calendar.notice import Holder
from app.render.text import quoted


def holder_words(holder: Holder) -> str:
    """Who has it, as Markdown; where nobody has it, whoever promised it, and that it is not assigned to them."""
    if holder.logins:
        return ", ".join(quoted(each) for each in holder.logins)
    if not holder.promised_by:
        return "nobody"
    name = quoted(holder.promised_by)
    return f"nobody now ({name} promised it)" if holder.left else f"{name} (not assigned on GitHub)"
