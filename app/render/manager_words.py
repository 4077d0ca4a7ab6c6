"""What a manager is told of besides lateness, in words."""

from __future__ import annotations

from app.core.calendar.notice import ManagerWord
from app.core.promise import Promise, Verdict
from app.core.wanted import WantedComment
from app.render.text import quoted


def word_comment(word: ManagerWord) -> WantedComment:
    """A word to a manager."""
    if word.promise is not None:
        text, reason = _extended(word.promise), "its deadline was extended three times"
    elif word.verdict is not None:
        text, reason = _failed(word.verdict, closed_since=word.closed_since), "a verification failed"
    else:
        raise ValueError(f"{word.about!r} says nothing")
    return WantedComment(
        issue=word.issue, about=word.about, text=f"@{word.manager}, {text}", mentions=word.managers, reason=reason
    )


def _extended(promise: Promise) -> str:
    promised = promise.due.isoformat() if promise.due else "no day"
    now = promise.deadline.isoformat() if promise.deadline else "no day"
    return (
        f"the deadline of this action item has been extended {promise.postponements} times: {promised} was promised, "
        f"now it is {now}. Is it still the right thing to do, and what is in its way?"
    )


def _failed(verdict: Verdict, *, closed_since: bool) -> str:
    failed = f"the verification failed, says {quoted(verdict.by)}: {quoted(verdict.evidence)}\n\n"
    if closed_since:
        return f"{failed}This was closed since; nobody has said here that it passes now."
    return f"{failed}What was done does not do what it was meant to, so this stays open until it passes."
