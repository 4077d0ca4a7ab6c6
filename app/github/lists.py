"""The lists of Closeout's issues and milestones: whole once a day, and in between only what has changed.

So it is with the issues of people that action items were given, once there are several: in between, one list without
its author's name tells of all that has changed.

What earlier passes saw, and wrote, is merged with what GitHub shows now. Nothing is taken for gone because a list lacks
it: lists lag behind writes, and skip an item when one before it is deleted between two pages. So what is missed is
asked for by its number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import structlog

from app.core.ledger import Ledger
from app.core.promise import Promise
from app.core.repository_facts import ACTION_LABEL, Issue, Milestone, RepositoryFacts
from app.github.app import Access
from app.github.errors import Refused
from app.github.shapes import is_child, issue_of, milestone_of
from app.github.single_issues import read_issue, with_linked
from rules.policy import Priority

_WHOLE_LIST_EVERY = timedelta(hours=23)  # a little less than a day, so that each daily sweep brings one
OVERLAP = timedelta(minutes=5)
"""A list may show a change that much later than one made after it."""

_SEVERAL = 2  # issues of people from which on one list costs less than each of them
_PAGE = 100

_log = structlog.get_logger(__name__)
_ISSUES = "issues"
_WHOLE = "whole list of issues"
_MILESTONES = "milestones"
_WHOLE_MILESTONES = "whole list of milestones"


@dataclass(frozen=True, slots=True)
class ListedIssues:
    """The issues that Closeout opened, and those of people that are followed beside them.

    Attributes:
        issues: by number.
        children: numbers of those that are sub-issues.
        until: the last change that a list has shown; None if none has shown any.
        adopted: numbers of the issues of people that were asked for: they are as they were at `until`, too, and gone
            where they are not among the issues.
    """

    issues: Mapping[int, Issue]
    children: frozenset[int]
    until: datetime | None = None
    adopted: frozenset[int] = frozenset()

    @property
    def size(self) -> int:
        """About how many characters they take."""
        return sum(2_000 + len(issue.body) for issue in self.issues.values())


async def list_issues(access: Access, bot: str) -> ListedIssues:
    """The issues that Closeout opened, open or not, and those of people that it follows, as far as they are known.

    `bot` is the login of its own account. Raises GitHubError.
    """
    known: ListedIssues = access.remembered.recall(_ISSUES) or ListedIssues({}, frozenset())
    if known.until and access.remembered.recall(_WHOLE, _WHOLE_LIST_EVERY):
        listed = _merged(known, await _list(access, bot, known.until - OVERLAP, known.adopted))
    else:
        whole = await _list(access, bot)
        listed = _merged(await _found_again(access, bot, known, whole), whole)
        access.remembered.keep(_WHOLE, value=True)
    access.remembered.keep(_ISSUES, listed, listed.size)
    return listed


async def with_adopted(access: Access, facts: RepositoryFacts, numbers: frozenset[int]) -> RepositoryFacts:
    """The facts, with the issues of people that action items were given; what is gone is not among them.

    Where there are several, they are remembered, and the next list tells which have changed. Those of which nothing is
    remembered are in a list of all that carry the label, or are read one by one where that costs less, or a person took
    the label off. Raises GitHubError.
    """
    known: ListedIssues | None = access.remembered.recall(_ISSUES)
    if known is None or (len(numbers) < _SEVERAL and not known.adopted):
        return await with_linked(access, facts, numbers)
    until = known.until if known.adopted else await _last_change(access)  # first: what changes meanwhile comes after it
    missing = numbers - known.adopted
    if len(missing) > 1 + (len(known.issues) + len(missing)) // _PAGE:
        labelled = await _labelled(access, missing)
        facts = replace(facts, issues={**facts.issues, **labelled.issues}, children=facts.children | labelled.children)
        missing -= labelled.issues.keys()
    facts = await with_linked(access, facts, missing)
    adopted = {each: facts.issues[each] for each in numbers & facts.issues.keys()}
    own = {number: each for number, each in known.issues.items() if number not in known.adopted}
    kept = ListedIssues({**own, **adopted}, facts.children, until, numbers)
    access.remembered.keep(_ISSUES, kept, kept.size)
    return replace(facts, looked_at=facts.looked_at | numbers)


async def list_assigned(access: Access, bot: str, login: str) -> tuple[Issue, ...]:
    """The open issues that somebody has and that a promise is kept in; none where GitHub refuses to tell.

    Those are Closeout's own, and the P0s among those that people or other Apps opened, where a ledger names them:
    anybody can write a record. They are asked for afresh each time: the answers are “not modified”, and free, while
    nothing changes. Raises GitHubError.
    """
    url = f"{access.path}/issues?assignee={quote(login)}&state=open&sort=created&direction=asc&per_page=100"
    try:
        items = [item async for item in access.client.pages(url) if "pull_request" not in item]
    except Refused as error:  # issues are switched off, or it is nobody to whom they can be assigned
        _log.info("could not list what somebody has", reason=str(error))
        return ()
    listed = [issue_of(item, ours=_is_ours(item, bot)) for item in items]
    return tuple([each for each in listed if each.ours or await _is_promised(access, each)])


async def _is_promised(access: Access, issue: Issue) -> bool:
    """Whether somebody else's issue is a P0 by its record, and an App's ledger says the same."""
    promise = issue.record
    if not isinstance(promise, Promise) or promise.said.priority is not Priority.P0:
        return False
    tracking = await read_issue(access, promise.tracking)
    if tracking is None or (tracking.get("user") or {}).get("type") != "Bot":
        return False
    ledger = issue_of(tracking).record
    return isinstance(ledger, Ledger) and any(
        (each.number, each.uid) == (issue.number, promise.uid) for each in ledger.entries
    )


def remember_answer(access: Access, issue: Issue) -> None:
    """Note an issue as GitHub has answered a write: the next list may still show it as it was before."""
    known: ListedIssues | None = access.remembered.recall(_ISSUES)
    if known is not None and (issue.ours or issue.number in known.adopted):
        listed = replace(known, issues={**known.issues, issue.number: issue})
        access.remembered.keep(_ISSUES, listed, listed.size)


def forget_issues(access: Access) -> None:
    """List all issues in the next pass: one of them turned out to be gone."""
    access.remembered.forget(_ISSUES)


def forget_milestones(access: Access) -> None:
    """List all milestones in the next pass: one of them turned out to be gone."""
    access.remembered.forget(_MILESTONES)


async def is_gone(access: Access, number: int) -> bool:
    """Whether an issue was deleted, or moved to another repository. Raises GitHubError."""
    return await read_issue(access, number) is None


async def has_issues(access: Access) -> bool:
    """Whether the repository has issues: people can switch them off. Raises GitHubError."""
    return bool((await access.client.get(access.path)).get("has_issues", True))


async def list_milestones(access: Access) -> Mapping[int, Milestone]:
    """Closeout's milestones, by number. Raises GitHubError.

    There is one for each day on which something is due, so those that are closed are read once a day, or when one of
    those that were open no longer is. In between, those that were seen open, or written, are known.
    """
    known: Mapping[int, Milestone] | None = access.remembered.recall(_MILESTONES)
    if known is None or not access.remembered.recall(_WHOLE_MILESTONES, _WHOLE_LIST_EVERY):
        return await list_all_milestones(access)
    is_open = await _milestones(access, "open")
    if any(each.open and number not in is_open for number, each in known.items()):
        return await list_all_milestones(access)
    return _kept_milestones(access, {**known, **is_open})


async def list_all_milestones(access: Access) -> Mapping[int, Milestone]:
    """Closeout's milestones, by number, every one of them read anew. Raises GitHubError."""
    milestones = await _milestones(access, "all")
    access.remembered.keep(_WHOLE_MILESTONES, value=True)
    return _kept_milestones(access, milestones)


def remember_milestone(access: Access, milestone: Milestone) -> None:
    """Note a milestone as GitHub has answered a write: once it is closed, no list shows it for the rest of the day."""
    known: Mapping[int, Milestone] | None = access.remembered.recall(_MILESTONES)
    if known is not None and milestone.ours:
        _kept_milestones(access, {**known, milestone.number: milestone})


def _kept_milestones(access: Access, milestones: Mapping[int, Milestone]) -> Mapping[int, Milestone]:
    access.remembered.keep(_MILESTONES, milestones, 500 * len(milestones))
    return milestones


def _merged(before: ListedIssues, now: ListedIssues) -> ListedIssues:
    """Both, each issue as it was last changed: a list that lags behind may show an earlier state of it."""
    newer = {
        number: issue
        for number, issue in now.issues.items()
        if number not in before.issues or before.issues[number].updated_at <= issue.updated_at
    }
    children = before.children.difference(newer) | now.children.intersection(newer)
    until = max((each for each in (before.until, now.until) if each is not None), default=None)
    return ListedIssues({**before.issues, **newer}, children, until, before.adopted)


async def _list(
    access: Access, bot: str, since: datetime | None = None, adopted: frozenset[int] = frozenset()
) -> ListedIssues:
    """The issues that have changed since, or all; with the `adopted` ones of people, if there are any.

    It is asked from shortly before the last change that a list has shown, by GitHub's clock: while nothing happens that
    stays the same, and so does the answer, which then costs nothing.
    """
    whose = "" if adopted else f"creator={quote(bot)}&"
    url = f"{access.path}/issues?{whose}state=all&sort=created&direction=asc&per_page={_PAGE}"
    if since is not None:
        url += f"&since={since.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    items = [item async for item in access.client.pages(url)]
    listed = _listed([item for item in items if _is_issue(item) and _is_ours(item, bot)])
    theirs = _listed([item for item in items if _is_issue(item) and item["number"] in adopted], ours=False)
    until = max((_changed_at(item) for item in items), default=None)
    return ListedIssues({**theirs.issues, **listed.issues}, listed.children | theirs.children, until)


async def _labelled(access: Access, numbers: frozenset[int]) -> ListedIssues:
    """Those of the issues of people that carry the label."""
    url = f"{access.path}/issues?labels={ACTION_LABEL}&state=all&sort=created&direction=asc&per_page={_PAGE}"
    return _listed([item async for item in access.client.pages(url) if item["number"] in numbers], ours=False)


async def _last_change(access: Access) -> datetime | None:
    """When any issue or pull request of the repository has changed last; None where there are none."""
    items = await access.client.get(f"{access.path}/issues?state=all&sort=updated&direction=desc&per_page=1")
    return max((_changed_at(item) for item in items), default=None)


def _listed(items: list[Mapping[str, Any]], *, ours: bool = True) -> ListedIssues:
    issues = {item["number"]: issue_of(item, ours=ours) for item in items}
    children = frozenset(item["number"] for item in items if is_child(item))
    return ListedIssues(issues, children, max((each.updated_at for each in issues.values()), default=None))


def _changed_at(item: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(item["updated_at"])


def _is_issue(item: Mapping[str, Any]) -> bool:
    return "pull_request" not in item


def _is_ours(item: Mapping[str, Any], bot: str) -> bool:
    user = item.get("user") or {}
    return user.get("login") == bot and user.get("type") == "Bot"


async def _found_again(access: Access, bot: str, known: ListedIssues, whole: ListedIssues) -> ListedIssues:
    """Those of Closeout's known issues that the whole list lacks, and that are there all the same."""
    lacking = known.issues.keys() - known.adopted - whole.issues.keys()
    missed = [await read_issue(access, number) for number in sorted(lacking)]
    return _listed([item for item in missed if item is not None and _is_ours(item, bot)])


async def _milestones(access: Access, state: str) -> Mapping[int, Milestone]:
    listed = access.client.pages(f"{access.path}/milestones?state={state}&per_page=100")
    found = [milestone_of(item) async for item in listed]
    return {milestone.number: milestone for milestone in found if milestone.ours}
