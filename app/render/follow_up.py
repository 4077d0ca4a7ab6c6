"""What is wanted of a repository's issues, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from app.core.body import compose, room_for_block
from app.core.calendar.due import Notice
from app.core.calendar.working_time import working_time
from app.core.epitaph import epitaph_of, is_told_anew
from app.core.followed import Followed, FollowedItem, FollowUp
from app.core.ledger import Ledger
from app.core.promise import Promise
from app.core.repository_facts import ACTION_LABEL, POSTMORTEM_LABEL, RepositoryFacts
from app.core.uids import document_uid, evidence_about
from app.core.wanted import Wanted, WantedComment, WantedFold, WantedIssue
from app.render.action_issue import action_block
from app.render.agenda import agenda_issue
from app.render.answers import with_answers
from app.render.back_again import (
    comments_on_what_is_back,
    folds_of_what_is_back,
    is_asked_about,
    without_what_is_back,
)
from app.render.epitaph import epitaph_comment
from app.render.follow_through import follow_through_issue
from app.render.manager_words import word_comment
from app.render.notices import folds, notice_comment
from app.render.reasons import item_reason, tracking_reason
from app.render.recurrence import folds_of_what_is_taken_back, recurrence_comments
from app.render.remarks import duplicate_remark, remarks, unclear_remark
from app.render.repository_issues import adoption_issue, rivalry_issue
from app.render.returns import draft_comment, revisit_comment
from app.render.tracking_issue import tracking_block


def render_follow_up(follow_up: FollowUp, facts: RepositoryFacts) -> Wanted:
    """The issues and comments that are wanted."""
    issues: list[WantedIssue] = [
        adoption_issue(each, facts.issues.get(each.number or 0)) for each in follow_up.adopting
    ]
    issues += [replace(agenda_issue(each), until=follow_up.closes) for each in follow_up.agendas]
    if follow_up.rivalry:
        issues.append(rivalry_issue(follow_up.rivalry))
    comments: list[WantedComment] = [unclear_remark(each) for each in follow_up.unclear]
    sub_issues: list[tuple[int, int]] = []
    for followed in follow_up.postmortems:
        issues.append(_tracking(followed, facts))
        issues.extend(_action(followed, item, facts) for item in followed.items if item.merged is not None)
        comments.extend(_comments(followed, facts))
        if followed.tracking is not None:
            ledger = facts.trackings().get(followed.tracking.number, followed.ledger)
            sub_issues.extend((followed.tracking.number, each) for each in _to_be_put_below(followed, ledger))
    for number, stays in sorted(follow_up.duplicates.items()):
        if _is_to_close(number, facts):
            issues.append(_duplicate(number, stays, facts))
            comments.append(duplicate_remark(number, stays))
    over = tuple(fold for each in follow_up.postmortems for fold in _folds(each))
    wanted = Wanted(issues=tuple(issues), comments=tuple(comments), folds=over, sub_issues=tuple(sub_issues))
    return _with_figures(_with_notices(with_answers(wanted, follow_up), follow_up, facts), follow_up, facts)


def _with_figures(wanted: Wanted, follow_up: FollowUp, facts: RepositoryFacts) -> Wanted:
    """What is wanted, with the issue that shows the figures: once all the others are as they are to be."""
    after = tuple(each.uid for each in wanted.issues)
    figures = (follow_through_issue(each, facts, after) for each in follow_up.follow_through)
    opened = (replace(each, until=follow_up.closes) if each.number is None else each for each in figures)
    return replace(wanted, issues=(*wanted.issues, *opened))


def _with_notices(wanted: Wanted, follow_up: FollowUp, facts: RepositoryFacts) -> Wanted:
    """What is wanted, with reminders, escalations and returns; a record says that one was posted once it is there."""
    by_tracking = {each.tracking.number: each for each in follow_up.postmortems if each.tracking}
    comments = [notice_comment(each, facts) for each in follow_up.notices]
    comments += [draft_comment(each) for each in follow_up.drafts]
    comments += [revisit_comment(each, by_tracking[each.issue], facts) for each in follow_up.revisits]
    comments += [word_comment(each) for each in follow_up.words]
    posts: list[Notice] = [*follow_up.notices, *follow_up.drafts, *follow_up.revisits, *follow_up.words]
    managers = {(each.issue, each.about): each.managers for each in posts}
    comments = [replace(each, until=follow_up.closes, managers=managers[each.issue, each.about]) for each in comments]
    folded = tuple(fold for each in follow_up.notices for fold in folds(each))
    waiting: dict[int, list[str]] = {}
    for comment in comments:
        waiting.setdefault(comment.issue, []).append(comment.about)
    for word in follow_up.words:
        waiting.setdefault(word.tracking, []).append(word.about)
    for fold in folded:
        waiting.setdefault(fold.issue, []).append(fold.key)
    issues = tuple(replace(each, after=(*each.after, *waiting.get(each.number or 0, ()))) for each in wanted.issues)
    return replace(wanted, issues=issues, comments=(*wanted.comments, *comments), folds=(*wanted.folds, *folded))


def _tracking(followed: Followed, facts: RepositoryFacts) -> WantedIssue:
    issue, assignee = followed.tracking, followed.assignee
    told = tuple(each.about for each in _comments(followed, facts))
    seen = (item for item in followed.items if item.is_proven or is_asked_about(followed, item, facts))
    ledger = without_what_is_back(followed).with_told((*told, *(evidence_about(item.entry.uid) for item in seen)))
    room = room_for_block(issue.body if issue else "", ledger)
    return WantedIssue(
        uid=document_uid(ledger.document),
        number=issue.number if issue else None,
        title=followed.title,
        block=tracking_block(followed, facts, room),
        record=ledger,
        labels=(POSTMORTEM_LABEL,),
        relabelled=followed.labels,
        assignees=((assignee.login,) if assignee else ()) if issue is None else None,
        open=followed.open,
        state_reason="completed" if issue and issue.open and not followed.open else None,
        after=(
            *(item.entry.uid for item in followed.items if not _is_taken_over(item)),
            *told,
            *(fold.key for fold in _folds(followed)),
        ),
        reason=tracking_reason(followed, ledger, facts),
    )


def _folds(followed: Followed) -> Iterator[WantedFold]:
    """What was said of a postmortem, and does not hold any more."""
    yield from folds_of_what_is_back(followed)
    yield from folds_of_what_is_taken_back(followed)


def _action(followed: Followed, item: FollowedItem, facts: RepositoryFacts) -> WantedIssue:
    merged = item.merged
    if merged is None:
        raise ValueError(f"{item.entry.title!r} needs no issue")
    block = action_block(followed.ledger, item, facts)
    labels = (ACTION_LABEL, *([item.said.priority.value] if item.said and item.said.priority else []))
    return WantedIssue(
        uid=item.entry.uid,
        number=item.issue.number if item.issue else None,
        title=merged.title,
        block=block,
        record=_touched(item, merged.promise, block),
        labels=labels,
        relabelled=merged.labels if item.issue else None,
        below=item.entry.linked,
        reopened=item.reopened or item.rescheduled,
        assignees=tuple(each.login for each in merged.assignees),
        milestone=merged.milestone,
        open=merged.open,
        state_reason=merged.state_reason,
        closes_again=merged.closes_again,
        after=(*((document_uid(followed.ledger.document),) if _is_taken_over(item) else ()),),
        reason=item_reason(item, facts),
    )


def _touched(item: FollowedItem, promise: Promise, block: str) -> Promise:
    """What is remembered of an item; where its issue is written to, and nothing has moved, that as well."""
    if item.touch is None or item.issue is None:
        return promise
    body = item.issue.body
    is_written = compose(body, block, promise, below=item.entry.linked) != body
    return replace(promise, touched=item.touch) if is_written else promise


def _to_be_put_below(followed: Followed, ledger: Ledger) -> Iterator[int]:
    """Numbers of the issues that have not stood below the tracking issue yet, by its ledger as it is.

    Where people take one away from there, it stays away.
    """
    new = {entry.uid for entry in ledger.entries if entry.linked and not entry.taken_over}
    for item in followed.items:
        if item.issue and (item.fresh or item.entry.uid in new):
            yield item.issue.number


def _is_taken_over(item: FollowedItem) -> bool:
    """Whether its issue is one of people that is about to be written to for the first time: the ledger comes first."""
    return item.entry.linked and item.fresh


def _comments(followed: Followed, facts: RepositoryFacts) -> Iterator[WantedComment]:
    """What is to be said once, and has not been."""
    wanted = [
        *remarks(_without_other_questions(followed, facts)),
        *recurrence_comments(followed, facts),
        *comments_on_what_is_back(followed, facts),
    ]
    if followed.closes or is_told_anew(followed, facts):
        wanted.append(epitaph_comment(followed, epitaph_of(followed, working_time(facts.policy))))
    return (each for each in wanted if each.about not in followed.ledger.told)


def _without_other_questions(followed: Followed, facts: RepositoryFacts) -> Followed:
    """The postmortem where nobody is asked how an item was done whose issue was closed since it was gone."""
    items = (
        replace(each, asks_for_evidence=False)
        if each.asks_for_evidence and is_asked_about(followed, each, facts)
        else each
        for each in followed.items
    )
    return replace(followed, items=tuple(items))


def _is_to_close(number: int, facts: RepositoryFacts) -> bool:
    """Whether a duplicate has not been closed yet; one that people have opened again is theirs."""
    issue = facts.issues[number]
    return issue.open and _record(number, facts).shown.open


def _record(number: int, facts: RepositoryFacts) -> Ledger | Promise:
    record = facts.issues[number].record
    if isinstance(record, Ledger | Promise):
        return record
    raise ValueError(f"#{number} has no record that can be read")


def _duplicate(number: int, stays: int, facts: RepositoryFacts) -> WantedIssue:
    issue, record = facts.issues[number], _record(number, facts)
    return WantedIssue(
        uid=f"duplicate of {stays}: {number}",
        number=number,
        title=issue.title,
        block=None,
        record=replace(record, shown=replace(record.shown, open=False)),
        open=False,
        state_reason="not_planned",
        after=(duplicate_remark(number, stays).about,),
        reason=f"it says the same as #{stays}, which stays",
    )
