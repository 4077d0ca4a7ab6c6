"""One round of a pass over a repository's follow-up: decide, put into words, read what that needs, plan.

A pass is rounds: what one of them writes, the next one builds on. `app.following_up` writes, `closeout plan` foresees.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime

from app.core.effects import IssueEffect
from app.core.follow_up import follow_up
from app.core.followed import FollowUp
from app.core.named_accounts import accounts_to_look_up
from app.core.orders import people_to_ask
from app.core.plan_issues import plan_issues, unread_comments, waits_for_lists
from app.core.refused import without_refused
from app.core.repository_facts import RepositoryFacts
from app.github.accounts import with_accounts
from app.github.app import Access
from app.github.comments import with_roles
from app.github.repository import with_comments
from app.github.single_issues import with_below, with_histories, with_linked
from app.render.follow_up import render_follow_up

MOST_ROUNDS = 10
"""A postmortem takes four: its tracking issue and milestones, its action issues, their relations, the ledger.

One that finds comments to be read first writes nothing.
"""


@dataclass(frozen=True, slots=True)
class Round:
    """What came out of a round.

    Attributes:
        facts: with what had to be read.
        effects: what is to be written now.
        more: whether another round may bring more.
        wake_at: when a pass may bring more by itself; None if that takes somebody to do something.
        unheeded: ids of the comments whose commands are recorded, but neither carried out nor answered.
        waits: whether something was created a moment ago, perhaps, that GitHub's lists do not show yet.
    """

    facts: RepositoryFacts
    effects: tuple[IssueEffect, ...]
    more: bool
    waits: bool
    wake_at: datetime | None = None
    unheeded: frozenset[int] = frozenset()


async def play_round(access: Access, facts: RepositoryFacts, bot: str, now: datetime) -> Round:
    """One round at the instant `now`. `bot` is the login of Closeout's own account. Raises GitHubError."""
    facts, decided = await _decide(access, facts, bot, now)
    wanted = without_refused(render_follow_up(decided, facts), facts)
    if unread := unread_comments(wanted, facts):
        # What people said there may be quoted in what is to be said, and an issue may be gone: that is decided anew.
        return Round(await with_comments(access, facts, unread, bot), (), more=True, waits=False)
    effects = plan_issues(wanted, facts)
    return Round(
        facts,
        effects,
        more=bool(effects),
        waits=waits_for_lists(wanted, facts),
        wake_at=decided.wake_at,
        unheeded=decided.unheeded,
    )


async def _decide(access: Access, facts: RepositoryFacts, bot: str, now: datetime) -> tuple[RepositoryFacts, FollowUp]:
    """What should be true, and the facts with what had to be read to tell."""
    while True:
        if asking := people_to_ask(facts):
            facts = await with_roles(access, facts, asking)
        if named := accounts_to_look_up(facts):
            facts = await with_accounts(access, facts, named)
        decided = await asyncio.to_thread(follow_up, facts, now)
        unread = decided.unread_conversations(facts)
        if not (decided.unread_links or decided.unread_histories or decided.unread_below or unread):
            return facts, decided
        facts = await with_below(access, facts, decided.unread_below, bot)
        facts = await with_comments(access, facts, (decided.unread_below - facts.commented) | unread, bot)
        facts = await with_linked(access, facts, decided.unread_links)  # an item may link several: each is looked at
        facts = await with_histories(access, facts, decided.unread_histories, bot)
