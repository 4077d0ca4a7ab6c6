"""What is wanted of a repository's issues, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from app.core.follow_up import Doubt, Followed, FollowedItem, FollowUp
from app.core.ledger import Shown, document_uid
from app.core.markers import Unreadable
from app.core.merge import issue_title
from app.core.repository_facts import ACTION_LABEL, POSTMORTEM_LABEL, Issue, RepositoryFacts
from app.core.wanted import Wanted, WantedComment, WantedIssue
from app.render.action_issue import action_block
from app.render.text import quoted
from app.render.tracking_issue import tracking_block


def render_follow_up(follow_up: FollowUp, facts: RepositoryFacts) -> Wanted:
    """The issues and comments that are wanted."""
    issues: list[WantedIssue] = []
    comments: list[WantedComment] = []
    sub_issues: list[tuple[int, int]] = []
    for followed in follow_up.postmortems:
        if followed.lost and followed.tracking:
            issues.append(_lost(followed, followed.tracking))
        else:
            issues.append(_tracking(followed, facts))
            issues.extend(_action(followed, item, facts) for item in followed.items if item.merged is not None)
        if followed.tracking is None:
            continue
        comments.extend(_comments(followed))
        numbers = [item.issue.number for item in followed.items if item.issue and item.fresh]
        sub_issues.extend((followed.tracking.number, number) for number in numbers)
    issues.extend(_duplicate(number, stays, facts) for number, stays in sorted(follow_up.duplicates.items()))
    return Wanted(issues=tuple(issues), comments=tuple(comments), sub_issues=tuple(sub_issues))


def _tracking(followed: Followed, facts: RepositoryFacts) -> WantedIssue:
    ledger, issue = followed.ledger, followed.tracking
    about = ledger.about
    wanted_title = issue_title(f"{about.headline} ({about.severity})" if about.severity else about.headline)
    shown = ledger.shown
    title = issue.title if issue and (wanted_title == shown.title or issue.title != shown.title) else wanted_title
    assignee = followed.assignee
    if issue is None:
        shown = Shown(title=wanted_title, assignees=(assignee.id,) if assignee else ())
    else:
        shown = replace(shown, title=wanted_title)
    told = tuple(each.about for each in _comments(followed))
    ledger = replace(
        ledger, shown=shown, entries=tuple(item.entry for item in followed.items), told=(*ledger.told, *told)
    )
    return WantedIssue(
        uid=document_uid(ledger.document),
        number=issue.number if issue else None,
        title=title,
        block=tracking_block(replace(followed, ledger=ledger), facts),
        record=ledger,
        labels=(POSTMORTEM_LABEL,),
        assignees=((assignee.login,) if assignee else ()) if issue is None else None,
        open=issue.open if issue else True,
        after=(*(item.entry.uid for item in followed.items), *told),
        reason="a postmortem was merged" if issue is None else "its action items, or the document, have changed",
    )


def _lost(followed: Followed, issue: Issue) -> WantedIssue:
    """The tracking issue of a document that is no longer there: it remembers that this was said, and stays."""
    told = tuple(each.about for each in _comments(followed))
    return WantedIssue(
        uid=document_uid(followed.ledger.document),
        number=issue.number,
        title=issue.title,
        block=None,
        record=replace(followed.ledger, told=(*followed.ledger.told, *told)),
        open=issue.open,
        after=told,
        reason="its document is no longer there",
    )


def _action(followed: Followed, item: FollowedItem, facts: RepositoryFacts) -> WantedIssue:
    merged = item.merged
    if merged is None:
        raise ValueError(f"{item.entry.title!r} needs no issue")
    labels = (ACTION_LABEL, *([item.said.priority.value] if item.said and item.said.priority else []))
    return WantedIssue(
        uid=item.entry.uid,
        number=item.issue.number if item.issue else None,
        title=merged.title,
        block=action_block(followed.ledger, item, facts),
        record=merged.promise,
        labels=labels,
        assignees=tuple(each.login for each in merged.assignees),
        milestone=merged.milestone,
        open=merged.open,
        state_reason=merged.state_reason,
        reason="an action item was promised" if item.issue is None else "the document, or its deadline, has changed",
    )


def _comments(followed: Followed) -> Iterator[WantedComment]:
    """What is to be said once, and has not been."""
    return (each for each in _remarks(followed) if each.about not in followed.ledger.told)


def _remarks(followed: Followed) -> Iterator[WantedComment]:
    if followed.tracking is None:
        return
    number = followed.tracking.number
    if followed.lost:
        yield WantedComment(
            issue=number,
            about=f"lost:{followed.ledger.commit[:12]}",
            text=(
                "The postmortem is no longer on the default branch. Its action items stay as they are; close them, "
                "or bring the document back."
            ),
            reason="the document was deleted, or moved out of reach",
        )
    for doubt in followed.doubts:
        yield WantedComment(
            issue=number,
            about=f"doubt:{followed.ledger.blob[:12]}:{number}:{doubt.title[:80]}",
            text=_question(doubt),
            reason="an edited action item may be one of several, or new",
        )
    for item in followed.items:
        if item.entry.gone and item.issue and item.issue.open:
            yield WantedComment(
                issue=item.issue.number,
                about=f"gone:{item.entry.uid}",
                text=(
                    "The postmortem no longer has this action item. Close this issue if it is not needed any more, "
                    "or put the item back into the document. Until then nobody is reminded of it."
                ),
                reason="the document no longer has this item",
            )


def _question(doubt: Doubt) -> str:
    candidates = " or ".join(f"#{number}" for number in doubt.numbers)
    return (
        f"The postmortem now has the action item “{quoted(doubt.title)}”. Is it {candidates or 'an earlier one'} in "
        "other words, or a new one? Nothing was opened for it. If it is the same, add the issue's number to it in the "
        "document; if it is new, give it an identifier of its own (`AI-7: …`)."
    )


def _duplicate(number: int, stays: int, facts: RepositoryFacts) -> WantedIssue:
    issue = facts.issues[number]
    record = issue.record
    if record is None or isinstance(record, Unreadable):
        raise ValueError(f"#{number} has no record that can be read")
    return WantedIssue(
        uid=f"duplicate:{number}",
        number=number,
        title=issue.title,
        block=None,
        record=record,
        open=False,
        state_reason="not_planned" if issue.open else None,
        reason=f"it says the same as #{stays}, which stays",
    )
