"""What GitHub refuses to have written about one issue: nothing is noted as done that was not, and nothing waits for it.

A conversation may be locked, a text may be refused. Whatever else is known of that issue, and of its postmortem, is
written all the same; the next pass tries again what was refused.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from app.core.effects import (
    AddSubIssue,
    CreateComment,
    CreateIssue,
    CreateMilestone,
    EditComment,
    IssueEffect,
    UpdateIssue,
    UpdateMilestone,
)
from app.core.ledger import Ledger
from app.core.repository_facts import RepositoryFacts, comments_of, text_of
from app.core.wanted import Wanted, WantedIssue


def subject_of(effect: IssueEffect) -> str:
    """What an effect is about: what was refused of it is set aside by that name."""
    match effect:
        case UpdateIssue():
            return text_of(effect.number)
        case CreateComment() | EditComment():
            return comments_of(effect.issue)
        case AddSubIssue():
            return _place_of(effect.child)
        case CreateIssue():
            return _new_issue(effect.uid)
        case CreateMilestone():
            return _new_milestone(effect.due.isoformat())
        case UpdateMilestone():
            return f"milestone {effect.number}"


def is_refused(effect: IssueEffect, refused: Collection[str]) -> bool:
    """Whether that was refused, or anything else of the same issue that it must not go without."""
    subjects = {subject_of(effect)}
    match effect:
        case CreateComment() | EditComment():
            subjects.add(text_of(effect.issue))
        case AddSubIssue():
            subjects.add(text_of(effect.child))
    return not subjects.isdisjoint(refused)


def without_refused(wanted: Wanted, facts: RepositoryFacts) -> Wanted:
    """What is wanted, where no record waits for what was refused in this pass, or says that it is there.

    The document is read again in the next pass where its issues do not follow it yet: the ledger names no version of
    it as read. Where an issue cannot be put below its tracking issue, the table there has to do.
    """
    if not facts.refused:
        return wanted
    muted = [each for each in wanted.comments if facts.is_muted(each.issue)]
    comments = {each.about for each in muted if not facts.has_said(each.about, each.issue)}
    folds = {each.key for each in wanted.folds if facts.is_muted(each.issue)}
    refused = {each.uid for each in wanted.issues if _is_refused_issue(each, facts)} | comments | folds
    return replace(
        wanted,
        issues=tuple(_without(each, refused, facts) for each in wanted.issues),
        comments=tuple(each for each in wanted.comments if each.about not in comments),
        folds=tuple(each for each in wanted.folds if each.key not in folds),
        sub_issues=tuple(each for each in wanted.sub_issues if not _is_left_out(each[1], facts)),
    )


def _is_refused_issue(wanted: WantedIssue, facts: RepositoryFacts) -> bool:
    subject = _new_issue(wanted.uid) if wanted.number is None else text_of(wanted.number)
    waits_for = _new_milestone(wanted.milestone.isoformat()) if wanted.milestone else ""
    return not facts.refused.isdisjoint({subject, waits_for})


def _without(wanted: WantedIssue, refused: Collection[str], facts: RepositoryFacts) -> WantedIssue:
    after = tuple(each for each in wanted.after if each not in refused)
    if after == wanted.after:
        return wanted
    record = wanted.record
    if isinstance(record, Ledger):
        known = facts.trackings().get(wanted.number or 0)
        told = tuple(each for each in record.told if each not in refused)
        record = replace(record, told=told, blob=record.blob if known and known.blob == record.blob else "")
    return replace(wanted, record=record, after=after)


def _is_left_out(child: int, facts: RepositoryFacts) -> bool:
    return not facts.refused.isdisjoint({_place_of(child), text_of(child)})


def _place_of(number: int) -> str:
    return f"place of issue {number}"


def _new_issue(uid: str) -> str:
    return f"new issue {uid}"


def _new_milestone(day: str) -> str:
    return f"new milestone of {day}"
