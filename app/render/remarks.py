"""The comments that are made once, in words."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.followed import Elsewhere, Followed, FollowedItem
from app.core.ledger import Doubt
from app.core.repository_facts import Issue
from app.core.uids import evidence_about, shared_about, vanished_about
from app.core.wanted import WantedComment
from app.render.answered_questions import doubt_about
from app.render.text import count, quoted

_MOST_LISTED = 20


def remarks(followed: Followed) -> Iterator[WantedComment]:
    """What is to be said of a postmortem, whether it has been or not; nothing while it has no tracking issue."""
    if followed.tracking is None:
        return
    number = followed.tracking.number
    if followed.lost:
        yield _lost(number, followed)
    for doubt in followed.doubts:
        yield _doubt(number, doubt)
    if followed.vanished:
        yield _vanished(number, followed)
    for item in followed.items:
        if item.issue and item.issue.open:
            yield from _without_its_document(followed, item, item.issue.number)
            yield from (_shared(item.issue.number, item, each) for each in item.shared)
        if item.asks_for_evidence:
            yield evidence_remark(item)


def gone_about(uid: str) -> str:
    """What the word is known by that the document no longer has an item."""
    return f"gone:{uid}"


def moved_about(uid: str, number: int) -> str:
    """What the word is known by that an item stands in another postmortem, where it has that issue."""
    return f"moved:{uid}:{number}"


def absences(followed: Followed, item: FollowedItem) -> list[str]:
    """What was told already of that the document no longer has an item: that it is gone, or where it is now."""
    uid = item.entry.uid
    return [each for each in followed.ledger.told if each == gone_about(uid) or each.startswith(f"moved:{uid}:")]


def evidence_remark(item: FollowedItem) -> WantedComment:
    """The question for what shows that an item was done. It has to have an issue."""
    if item.issue is None or item.said is None:
        raise ValueError(f"{item.entry.title!r} has no issue")
    done = f" Done was to mean: {quoted(item.said.criterion)}" if item.said.criterion else ""
    return WantedComment(
        issue=item.issue.number,
        about=evidence_about(item.entry.uid),
        text=(
            "What shows that this is done? Nothing here says so yet: no pull request, no commit, no comment that "
            f"tells how. Please leave a link or a sentence.{done}\n\n"
            "This issue stays closed, and this is asked only once."
        ),
        reason=f"a {item.said.priority} was closed, and nothing shows how it was done",
    )


def duplicate_remark(number: int, stays: int) -> WantedComment:
    """Why an issue is closed that says the same as another one."""
    return WantedComment(
        issue=number,
        about=f"duplicate:{number}",
        text=(
            f"This is the same as #{stays}, and was opened twice by mistake. Please go on there; "
            "this one is closed, and what was said here stays."
        ),
        reason=f"it says the same as #{stays}",
    )


def unclear_remark(tracking: Issue) -> WantedComment:
    """What is asked where a tracking issue has lost what it remembered."""
    return WantedComment(
        issue=tracking.number,
        about=f"unclear:{tracking.number}",
        text=(
            "The last line of this issue's description held what Closeout remembers, and it cannot be read any more, "
            "so it cannot be told which postmortem this belongs to. To mend it, bring the old text back from the "
            "description's edit history. If the issue is not needed, close it. Until then, nothing is opened for "
            "postmortems that may be this one."
        ),
        reason="its marker is damaged, and nothing else tells which document it belongs to",
    )


def _lost(number: int, followed: Followed) -> WantedComment:
    return WantedComment(
        issue=number,
        about=followed.ledger.about_loss,
        text=(
            "Closeout no longer finds this postmortem on the default branch: it was deleted, left out by `documents` "
            "in the policy, or is larger than 1 MiB. Its action items stay as they are: close those that are not "
            "needed any more, or bring the document back."
        ),
        reason="the document was deleted, left out by the policy, or has become too large",
    )


def _doubt(number: int, doubt: Doubt) -> WantedComment:
    candidates = " or ".join(f"#{each}" for each in doubt.numbers)
    example = f"#{doubt.numbers[0]}" if doubt.numbers else "#12"
    return WantedComment(
        issue=number,
        about=doubt_about(number, doubt.title),
        text=(
            f"The postmortem now has the action item “{quoted(doubt.title)}”. "
            f"Is it {candidates or 'an earlier one'} in other words, or a new one? Nothing was opened for it.\n\n"
            f"- If it is the same, add the issue's number to it in the document, as in `({example})`.\n"
            "- If it is new, give it an identifier of its own there, as in `AI-7: …`."
        ),
        reason="an edited action item may be one of several, or new",
    )


def _vanished(number: int, followed: Followed) -> WantedComment:
    titles = [f"- {quoted(title)}" for title in followed.vanished[:_MOST_LISTED]]
    if len(followed.vanished) > _MOST_LISTED:
        titles.append(f"- and {len(followed.vanished) - _MOST_LISTED} more")
    return WantedComment(
        issue=number,
        about=vanished_about(followed.awaits),
        text=(
            f"The newest version of the postmortem lacks {count(len(followed.vanished), 'action item')} that it had "
            "before:\n\n" + "\n".join(titles) + "\n\nThat is many at once, so nothing was changed. If it is meant, "
            "say `/adopt` here. If not, mend the document."
        ),
        reason="many action items vanished from the document at once",
    )


def _without_its_document(followed: Followed, item: FollowedItem, number: int) -> Iterator[WantedComment]:
    """What is said of an item that its document no longer has; where it went, as soon as it has its issue there."""
    if item.moved_to is None:
        told = absences(followed, item)
        if item.entry.gone and not any(each != gone_about(item.entry.uid) for each in told):
            yield _gone(number, item)
    elif item.moved_to.number is not None:
        yield _moved(number, item, item.moved_to)


def _moved(number: int, item: FollowedItem, to: Elsewhere) -> WantedComment:
    promised = f" Here, it was first promised for {item.entry.due.isoformat()}." if item.entry.due else ""
    return WantedComment(
        issue=number,
        about=moved_about(item.entry.uid, to.number or 0),
        text=(
            "The postmortem no longer has this action item. That of "
            f"“{quoted(to.headline)}” (#{to.tracking}) has one of the same title, which is followed up in #{to.number}."
            f"{promised}\n\n"
            f"- If it is the same promise, close this issue as a duplicate of #{to.number}.\n"
            "- If not, put the item back into the document, or close this issue with a word of why.\n\n"
            "Until then nobody is reminded of this one."
        ),
        reason="the document no longer has this item, and another one has one of its title",
    )


def _shared(number: int, item: FollowedItem, other: Elsewhere) -> WantedComment:
    return WantedComment(
        issue=number,
        about=shared_about(item.entry.uid, other.number or 0),
        text=(
            f"The postmortem links #{other.number} here, which is followed up already for “{quoted(other.headline)}” "
            f"(#{other.tracking}). An issue has one owner and one deadline, so this one was opened for this promise. "
            f"If both are one piece of work, close this one as a duplicate of #{other.number}."
        ),
        reason=f"it links #{other.number}, which is followed up for another postmortem",
    )


def _gone(number: int, item: FollowedItem) -> WantedComment:
    return WantedComment(
        issue=number,
        about=gone_about(item.entry.uid),
        text=(
            "The postmortem no longer has this action item. Close this issue if it is not needed any more, "
            "or put the item back into the document. Until then nobody is reminded of it."
        ),
        reason="the document no longer has this item",
    )
