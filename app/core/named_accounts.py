"""Accounts that issues may have to be assigned to, where GitHub does not list to whom they can be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.core.commands import Reassign, find_command
from app.core.repository_facts import RepositoryFacts
from rules.policy import Policy

_LOGIN = re.compile(r"(?<![\w/.@-])@([A-Za-z0-9][A-Za-z0-9-]{0,38})(?![\w/-])")
_MOST = 200
"""Looked up in one pass, so that a long document costs little; the next pass goes on."""


def accounts_to_look_up(facts: RepositoryFacts) -> frozenset[str]:
    """Logins, in lower case, that are named and not looked up yet; none where GitHub lists whom issues go to."""
    if facts.looked_up is None:
        return frozenset()
    known = facts.looked_up | (facts.assignable or {}).keys()
    named = dict.fromkeys(login.casefold() for login in _named(facts) if login)
    return frozenset([login for login in named if login not in known][:_MOST])


def _named(facts: RepositoryFacts) -> Iterator[str]:
    yield from _in_policy(facts.policy)
    for promise in facts.promises().values():
        yield promise.said.owner or ""
    for document in facts.documents:
        yield from _LOGIN.findall((document.data or b"").decode(errors="replace"))
    for comment in facts.comments:
        command = None if comment.ours else find_command(comment.body)
        if isinstance(command, Reassign):
            yield command.login


def _in_policy(policy: Policy) -> Iterator[str]:
    for login, person in policy.people.items():
        yield login
        yield person.manager or ""
        yield person.sponsor or ""
    yield from policy.managers.values()
    yield policy.revisits.owner or ""
