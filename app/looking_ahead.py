"""Passes over a repository's follow-up that are still to come, as they will be if nobody does anything.

Nothing is written: what each pass would write is taken as done, and the next one comes when its alarm rings.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime

from app.core.effects import IssueEffect
from app.core.foresee import foresee
from app.core.repository_facts import RepositoryFacts
from app.github.app import Access
from app.rounds import MOST_ROUNDS, play_round


@dataclass(frozen=True, slots=True)
class Step:
    """What a pass would write at once, on what it has written before: with the facts before it, and after."""

    effects: tuple[IssueEffect, ...]
    before: RepositoryFacts
    after: RepositoryFacts


@dataclass(frozen=True, slots=True)
class ComingPass:
    """A pass that is still to come.

    Attributes:
        at: when.
        steps: what it would write, in order.
        facts: as they would be after it.
        wake_at: when the one after it would come by itself; None if only when somebody does something.
    """

    at: datetime
    steps: tuple[Step, ...]
    facts: RepositoryFacts
    wake_at: datetime | None


async def look_ahead(
    access: Access, facts: RepositoryFacts, bot: str, now: datetime, until: datetime
) -> AsyncIterator[ComingPass]:
    """The passes from the instant `now`, when there is one, up to `until`, that included. Raises GitHubError."""
    at: datetime | None = now
    while at is not None and at <= until:
        coming = await _foreseen_pass(access, facts, bot, at)
        yield coming
        facts, at = coming.facts, coming.wake_at


async def _foreseen_pass(access: Access, facts: RepositoryFacts, bot: str, now: datetime) -> ComingPass:
    steps: list[Step] = []
    wake_at = None
    for _ in range(MOST_ROUNDS):
        played = await play_round(access, facts, bot, now)
        before = facts = played.facts
        wake_at = played.wake_at
        if not played.more:
            break
        for effect in played.effects:
            facts = foresee(effect, facts, now)
        if played.effects:
            steps.append(Step(played.effects, before, facts))
    return ComingPass(now, tuple(steps), facts, wake_at)
