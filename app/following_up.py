"""A pass over a repository: its issues are brought in line with its merged postmortems, a few writes at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from app.core.keys import PullKey, RepositoryKey, format_key
from app.core.recurrence import new_on_pulls
from app.github.app import Access
from app.github.comments import acknowledge, hear, newly_recorded, remember_heard
from app.github.errors import NotFound
from app.github.lists import forget_issues, has_issues
from app.github.repository import observe_repository
from app.queue import Done, Outcome, RetryAt
from app.rounds import MOST_ROUNDS, play_round
from app.surroundings import LOOK_AGAIN, Surroundings
from app.writing import Writer
from rules.policy import Policy, PolicyError

_TRY_AGAIN = timedelta(hours=1)  # what GitHub refused to have written about a single issue
_MOST_WRITES = 40
"""Writes of one pass; what is left comes in the next one: a large import must not hold up other repositories."""

_log = structlog.get_logger(__name__)


async def follow_up_repository(here: Surroundings, key: RepositoryKey) -> Outcome:
    """Bring a repository's issues in line with its merged postmortems, if it has issues at all."""
    entered = await here.enter(key)
    if entered is None or isinstance(entered[1].policy, PolicyError):
        return Done()
    access, policy = entered[0], entered[1].policy
    try:
        return await _bring_in_line(here, key, access, policy, entered[1].since)
    except NotFound as error:
        if await has_issues(access):
            raise
        forget_issues(access)  # to GitHub, each of them is gone
        _log.info("left alone: its issues are switched off", key=format_key(key), reason=str(error))
        return Done()


async def _bring_in_line(
    here: Surroundings, key: RepositoryKey, access: Access, policy: Policy, since: datetime | None
) -> Outcome:
    """A pass: observed once; from then on each write's answer is part of the facts, until nothing is left."""
    bot = await here.github.bot_login()
    awaited = await here.awaited(key)
    observed = await observe_repository(access, policy, bot, awaited, since)
    facts, heard = await hear(access, observed, bot)
    writer = Writer(access, bot, here.queue.expect, _MOST_WRITES)
    access.mentions.learn(observed.mentions())
    unheeded: set[int] = set()
    for _ in range(MOST_ROUNDS):
        facts = replace(facts, mentioned=access.mentions.elsewhere())
        played = await play_round(access, facts, bot, here.clock())
        facts = played.facts
        unheeded |= played.unheeded
        effects = writer.possible(played.effects)
        if not played.more or (played.effects and not effects):
            break
        before = facts
        facts = await writer.write(effects, facts)
        pulls = new_on_pulls(before, facts)
        await here.mark([PullKey(key.installation, key.repository, number) for number in pulls])
        if not writer.left:
            await acknowledge(access, newly_recorded(observed, facts) - unheeded)
            return Done(here.clock())
    else:  # not at once: if what GitHub answers is never what was asked for, this would go on without end
        return Done(here.clock() + LOOK_AGAIN)
    await acknowledge(access, newly_recorded(observed, facts) - unheeded)
    if not (played.more or played.waits or writer.aside):  # what was refused is heard again
        remember_heard(access, heard)
    if played.waits:
        return RetryAt(here.clock() + LOOK_AGAIN, "GitHub's lists do not show yet what was created")
    return Done(_after_refusals(played.wake_at, here.clock()) if writer.aside else played.wake_at)


def _after_refusals(wake_at: datetime | None, now: datetime) -> datetime:
    """When to try again what GitHub refused: in an hour, or when time brings something else before that."""
    later = now + _TRY_AGAIN
    return wake_at if wake_at is not None and now < wake_at < later else later
