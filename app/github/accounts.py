"""Whom issues can be assigned to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from urllib.parse import quote

import structlog

from app.core.repository_facts import RepositoryFacts, User
from app.github.app import Access
from app.github.errors import NotFound
from app.github.shapes import user_of

_ASSIGNABLE = "assignable"
_ASSIGNABLE_FOR = timedelta(hours=1)
_UNLISTED = "assignable accounts are not listed"

_log = structlog.get_logger(__name__)


async def read_assignable(access: Access) -> Mapping[str, User] | None:
    """Whom issues can be assigned to, by login in lower case; asked for once an hour. Raises GitHubError.

    None where this GitHub has no such list.
    """
    if access.remembered.recall(_UNLISTED, _ASSIGNABLE_FOR):
        return None
    kept: Mapping[str, User] | None = access.remembered.recall(_ASSIGNABLE, _ASSIGNABLE_FOR)
    if kept is None:
        listed = access.client.pages(f"{access.path}/assignees?per_page=100")
        try:
            kept = {item["login"].casefold(): user_of(item) async for item in listed}
        except NotFound as error:
            _log.warning("no list of assignees, so people are looked up one by one", reason=str(error))
            access.remembered.keep(_UNLISTED, value=True)
            return None
        access.remembered.keep(_ASSIGNABLE, kept, 400 * len(kept))
    return kept


def knowing_assignees(facts: RepositoryFacts, assignable: Mapping[str, User] | None) -> RepositoryFacts:
    """The facts, with what `read_assignable` found. Where there is no list, those are known who have an issue."""
    if assignable is not None:
        return replace(facts, assignable=assignable)
    having = {each.login.casefold(): each for issue in facts.issues.values() for each in issue.assignees}
    return replace(facts, assignable=having, looked_up=frozenset())


async def with_accounts(access: Access, facts: RepositoryFacts, logins: Iterable[str]) -> RepositoryFacts:
    """The facts, with those accounts looked up; whoever has one is held for assignable. Raises GitHubError.

    Should GitHub refuse to assign somebody after all, the write takes them out again.
    """
    wanted = sorted(logins)
    found = {login: user for login in wanted if (user := await _read_account(access, login)) is not None}
    looked_up = (facts.looked_up or frozenset()) | frozenset(wanted)
    return replace(facts, assignable={**(facts.assignable or {}), **found}, looked_up=looked_up)


async def _read_account(access: Access, login: str) -> User | None:
    """An account; None if there is none of that name."""
    kept: tuple[User | None] | None = access.remembered.recall(f"account {login}", _ASSIGNABLE_FOR)
    if kept is None:
        try:
            kept = (user_of(await access.client.get(f"/users/{quote(login, safe='')}")),)
        except NotFound:
            kept = (None,)
        access.remembered.keep(f"account {login}", kept)
    return kept[0]
