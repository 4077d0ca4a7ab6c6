"""The last word on a postmortem, in two lines: what was promised, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.epitaph import EPITAPH, Epitaph
from app.core.followed import Followed
from app.core.uids import document_digest
from app.core.wanted import WantedComment
from app.render.text import count


def epitaph_comment(followed: Followed, epitaph: Epitaph) -> WantedComment:
    """The epitaph. It is known by what it says: only where it differs from the last one is there another.

    What was said before the last one is said once more: else the last one would stand below it, and not hold. It has to
    have a tracking issue.
    """
    if followed.tracking is None:
        raise ValueError("a postmortem without a tracking issue has nowhere to be spoken of")
    text = f"{_promises(epitaph)}\n{_outcome(epitaph)}"
    return WantedComment(
        issue=followed.tracking.number,
        about=_about(document_digest(text), followed.ledger.told),
        text=text,
        reason="all that was promised is over",
    )


def _about(digest: str, told: Sequence[str]) -> str:
    before = [each for each in told if each.startswith(EPITAPH)]
    digests = [each.removeprefix(EPITAPH).partition(":")[0] for each in before]
    if not digests or digest not in digests:
        return f"{EPITAPH}{digest}"
    return before[-1] if digests[-1] == digest else f"{EPITAPH}{digest}:{len(before)}"


def _promises(epitaph: Epitaph) -> str:
    if not epitaph.promised:
        return "**Promised:** no action items."
    rest = [
        *([_declined(epitaph)] if epitaph.declined else []),
        *([f"{epitaph.removed} removed"] if epitaph.removed else []),
    ]
    done = f"{epitaph.done or 'none'}{_late(epitaph)}"
    return f"**Promised:** {count(epitaph.promised, 'action item')}. **Done:** {'; '.join([done, *rest])}."


def _declined(epitaph: Epitaph) -> str:
    """How many were declined, and how many of these too late to be anything but missed in the figures."""
    all_of_them, late = epitaph.declined, epitaph.declined_late
    if not late:
        return f"{all_of_them} declined"
    which = _which(late, all_of_them) if all_of_them > 1 else ""
    return f"{all_of_them} declined, {which}after {'its' if late == 1 else 'their'} deadline"


def _which(some: int, everything: int) -> str:
    """`both `, `all ` or `2 of them `."""
    return f"{some} of them " if some < everything else "both " if everything == 2 else "all "


def _late(epitaph: Epitaph) -> str:
    late = epitaph.late
    if not late:
        return ", on time" if epitaph.done else ""
    days = count(late[-1], "day")
    if len(late) == 1:
        again = " (opened again)" if epitaph.again else ""
        return f", {'' if epitaph.done == 1 else 'one of them '}{days} late{again}"
    again = f" ({epitaph.again} opened again)" if epitaph.again else ""
    return f", {_which(len(late), epitaph.done)}late, by up to {days}{again}"


def _outcome(epitaph: Epitaph) -> str:
    verified = f"Verified on {epitaph.verified.isoformat()}" if epitaph.verified else "Not verified"
    if epitaph.recurred:
        numbers = ", ".join(f"#{each}" for each in epitaph.recurrences)
        return f"{verified}; it happened again{f': {numbers}' if numbers else ''}."
    if epitaph.quiet_for is None:
        return f"{verified}; nobody was asked whether it happened again."
    return f"{verified}; it has not happened again in {count(epitaph.quiet_for, 'day')}."
