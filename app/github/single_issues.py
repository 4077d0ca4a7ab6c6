"""Reading issues one by one, where the list of Closeout's own does not tell: those that people or other Apps opened."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from app.core.commands import tells_more
from app.core.ledger import Ledger
from app.core.promise import Promise
from app.core.records import record_of
from app.core.repository_facts import POSTMORTEM_LABEL, Issue, LookedUpPull, RepositoryFacts
from app.github.app import Access
from app.github.errors import NotFound
from app.github.shapes import comment_of, is_child, issue_of, turn_of
from rules.policy import Policy

_BOT = "[bot]"
_RIVALS = "rivals"
_TABLE_ROW = re.compile(r"^\| [^|]* \| #(\d{1,9}) ", re.MULTILINE)  # of a tracking issue: state, and action issue
_RIVALS_FOR = timedelta(hours=1)


async def read_issue(access: Access, number: int) -> Mapping[str, Any] | None:
    """An issue of this repository; None if it was deleted, or moved to another one. Raises GitHubError."""
    try:
        item: Mapping[str, Any] = await access.client.get(f"{access.path}/issues/{number}")
    except NotFound:
        return None
    return item if _is_here(access, item) else None


async def with_linked(access: Access, facts: RepositoryFacts, numbers: frozenset[int]) -> RepositoryFacts:
    """The facts, with those issues and pull requests looked up, which people opened. What is gone is not among them.

    Raises GitHubError.
    """
    for number in sorted(numbers):
        item = await read_issue(access, number)
        facts = replace(facts, looked_at=facts.looked_at | {number})
        if item is None:
            continue
        if "pull_request" in item:
            facts = replace(facts, pulls={**facts.pulls, number: await _pull(access, item)})
            continue
        facts = facts.with_issue(issue_of(item, ours=False))
        if is_child(item):
            facts = replace(facts, children=facts.children | {number})
    return facts


async def with_below(access: Access, facts: RepositoryFacts, numbers: frozenset[int], bot: str) -> RepositoryFacts:
    """The facts, with the issues that stand below those tracking issues, whose own record does not tell any more.

    Those are its sub-issues, and those in what is left of its table. Raises GitHubError.
    """
    for number in sorted(numbers):
        listed = [item for item in await _sub_issues(access, number) if _is_here(access, item)]
        known = facts.issues
        for item in listed:
            if item["number"] not in known:
                facts = facts.with_issue(issue_of(item, ours=_author(item) == bot.casefold()))
        in_table = frozenset(int(each) for each in _TABLE_ROW.findall(known[number].body))
        facts = await with_linked(access, facts, in_table - facts.issues.keys())
        below = frozenset(item["number"] for item in listed) | in_table
        facts = replace(facts, below={**facts.below, number: below & facts.issues.keys()})
    return facts


async def with_histories(access: Access, facts: RepositoryFacts, numbers: frozenset[int], bot: str) -> RepositoryFacts:
    """The facts, with how those issues were closed and opened again.

    Of those that are closed also with whether anything shows how they were done, and with their comments: an issue's
    history holds these, so whoever has read it need not read them again; where it lacks some, they are asked for.
    Raises GitHubError.
    """
    for number in sorted(numbers):
        history, known = await _history(access, number), facts.issues.get(number)
        turns = tuple(turn for event in history or () if (turn := turn_of(event, bot)))
        facts = replace(facts, turns={**facts.turns, number: turns})
        if history is None:  # deleted: there is nothing to ask
            facts = replace(facts, evidence={**facts.evidence, number: True})
            continue
        if known is not None and known.open:
            continue
        said = [{**event, "event": "commented"} for event in await _said(access, facts, number, history)]
        shown = any(_is_evidence(event) for event in (*history, *said))
        facts = replace(facts, evidence={**facts.evidence, number: shown})
        facts = facts.with_conversation(number, tuple(comment_of(event, number, bot) for event in said))
    return facts


async def list_trusted(access: Access, policy: Policy) -> Mapping[int, Issue]:
    """The issues of the Apps that the policy trusts, by number: they are carried on as our own. Raises GitHubError."""
    issues: dict[int, Issue] = {}
    for login in sorted(_logins(policy)):
        url = f"{access.path}/issues?creator={quote(login)}&state=all&per_page=100"
        listed = [item async for item in access.client.pages(url) if "pull_request" not in item]
        issues |= {item["number"]: issue_of(item) for item in listed if _author(item) == login.casefold()}
    return issues


async def find_rivals(access: Access, policy: Policy, bot: str) -> tuple[str, ...]:
    """Logins of other Apps that keep records like ours here, and that the policy does not trust.

    Looked for once an hour, among the newest hundred issues with the label of tracking issues: an App at work shows
    there. Raises GitHubError.
    """
    found: frozenset[str] | None = access.remembered.recall(_RIVALS, _RIVALS_FOR)
    if found is None:
        listed = f"labels={POSTMORTEM_LABEL}&state=all&sort=created&direction=desc&per_page=100"
        items = await access.client.get(f"{access.path}/issues?{listed}")
        found = frozenset(item["user"]["login"] for item in items if _author(item) and _has_record(item))
        access.remembered.keep(_RIVALS, found)
    known = {bot.casefold(), *(login.casefold() for login in _logins(policy))}
    return tuple(sorted(login for login in found if login.casefold() not in known))


async def _pull(access: Access, item: Mapping[str, Any]) -> LookedUpPull:
    """A pull request from its half in the issues' list, with the files that it brought if it was merged."""
    is_open = item["state"] == "open"
    if not (item["pull_request"] or {}).get("merged_at"):
        return LookedUpPull(open=is_open)
    files = access.client.pages(f"{access.path}/pulls/{item['number']}/files?per_page=100")
    return LookedUpPull(open=is_open, merged=frozenset([file["filename"] async for file in files]))


async def _history(access: Access, number: int) -> list[Mapping[str, Any]] | None:
    """What happened to an issue, oldest first; None if it has been deleted."""
    events = access.client.pages(f"{access.path}/issues/{number}/timeline?per_page=100")
    try:
        return [event async for event in events]
    except NotFound:
        return None


async def _said(
    access: Access, facts: RepositoryFacts, number: int, history: list[Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    """An issue's comments, from its history; asked for where that lacks any, as it does on some GitHubs."""
    said = [event for event in history if event.get("event") == "commented"]
    known = facts.issues.get(number)
    if known is None or len(said) >= known.comments:
        return said
    return [item async for item in access.client.pages(f"{access.path}/issues/{number}/comments?per_page=100")]


async def _sub_issues(access: Access, number: int) -> list[Mapping[str, Any]]:
    """An issue's sub-issues; none where this GitHub has no such thing."""
    listed = access.client.pages(f"{access.path}/issues/{number}/sub_issues?per_page=100")
    try:
        return [item async for item in listed]
    except NotFound:
        return []


def _is_here(access: Access, item: Mapping[str, Any]) -> bool:
    home = "/".join(str(item.get("repository_url", "")).rsplit("/", 2)[-2:])
    return home.casefold() == access.repository.full_name.casefold()


def _is_evidence(event: Mapping[str, Any]) -> bool:
    """Whether an event of an issue's history is a pull request, a commit, or what a person says of it."""
    match event.get("event"):
        case "commented":
            is_bot = ((event.get("user") or event.get("actor") or {}).get("type")) == "Bot"
            return not is_bot and tells_more(event.get("body") or "")
        case "cross-referenced":
            return "pull_request" in ((event.get("source") or {}).get("issue") or {})
        case "connected":
            return True
        case "referenced" | "closed":
            return bool(event.get("commit_id"))
    return False


def _logins(policy: Policy) -> frozenset[str]:
    return frozenset(each if each.endswith(_BOT) else f"{each}{_BOT}" for each in policy.trusted_apps)


def _author(item: Mapping[str, Any]) -> str:
    """The login of the App that opened an issue, in lower case; empty if a person did."""
    user = item.get("user") or {}
    return str(user.get("login", "")).casefold() if user.get("type") == "Bot" else ""


def _has_record(item: Mapping[str, Any]) -> bool:
    return isinstance(record_of((item.get("body") or "").replace("\r\n", "\n")), Ledger | Promise)
