"""The loop: a key comes in and gets its pass; where that cannot finish, it waits, or a check says so.

A pass observes the facts, has the core decide, and writes the difference: `pull_checks.py` and `following_up.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from app.core.keys import (
    CommitKey,
    InstallationKey,
    InstallationsKey,
    Key,
    MergeGroupKey,
    PullKey,
    PullsKey,
    RepositoryKey,
    parse_key,
)
from app.following_up import follow_up_repository
from app.github.app import GitHub
from app.github.errors import GitHubError, RateLimited, Refused
from app.github.observe import observe_merge_groups, observe_open_pulls
from app.pull_checks import PullChecks
from app.queue import Claim, Done, Outcome, RetryAt, WorkQueue
from app.surroundings import Surroundings, let_go

SWEEP_EVERY = timedelta(days=1)
SWEEP_AGAIN = timedelta(hours=1)
"""After a sweep's last try: nobody would bring a parked sweep back, and without it a lost webhook stays lost."""

_log = structlog.get_logger(__name__)


class Reconciler:
    """Brings what GitHub shows in line with what should be true, one key at a time."""

    def __init__(self, github: GitHub, queue: WorkQueue, app_id: str, clock: Callable[[], datetime]) -> None:
        self._here = Surroundings(github, queue, clock)
        self._checks = PullChecks(self._here, app_id)

    async def __call__(self, claim: Claim) -> Outcome:
        """One pass over a key. Raises whatever kept it from finishing, for the queue to try again."""
        key = parse_key(claim.key)
        try:
            return await self._pass_over(key, again=claim.again)
        except RateLimited as error:
            return RetryAt(error.until, error.reason)
        except Exception as error:
            if not isinstance(error, GitHubError):
                _log.exception("this should not have happened", key=claim.key)
            if not claim.last:
                raise
            if not isinstance(key, PullKey | MergeGroupKey):
                _log.error("a sweep failed", key=claim.key, reason=_reason(error))
                return RetryAt(self._here.clock() + SWEEP_AGAIN, _reason(error))
            await self._checks.publish_failure(key, _reason(error))
            raise

    async def _pass_over(self, key: Key, *, again: bool) -> Outcome:
        match key:
            case InstallationsKey():
                await self._here.mark([InstallationKey(each) async for each in self._here.github.installations()])
                await self._release()
                return Done(self._here.clock() + SWEEP_EVERY)
            case InstallationKey():
                await self._mark_repositories(key)
            case PullsKey() | CommitKey():
                await self._mark_open_pulls(key, again=again)
            case RepositoryKey():
                return await follow_up_repository(self._here, key)
            case PullKey():
                return await self._checks.check_pull(key, again=again)
            case MergeGroupKey():
                await self._checks.check_merge_group(key, again=again)
        return Done()

    async def _release(self) -> None:
        """Try what the queue gave up on once more: no sweep finds a pull request that is closed, or a merge group."""
        for parked in await self._here.queue.parked():
            await self._here.queue.release(parked.key)
            _log.info("parked key released", key=parked.key, parked_since=parked.since.isoformat())

    async def _mark_repositories(self, key: InstallationKey) -> None:
        try:
            repositories = [each async for each in self._here.github.repositories(key.installation)]
        except Refused as error:
            let_go(key, error)
            return
        keys: list[Key] = []
        for each in repositories:
            keys += [PullsKey(key.installation, each), RepositoryKey(key.installation, each)]
        await self._here.mark(keys)

    async def _mark_open_pulls(self, key: PullsKey | CommitKey, *, again: bool) -> None:
        entered = await self._here.enter(key)
        if entered is None:
            return
        pulls = await observe_open_pulls(entered[0])
        chosen = [each for each in pulls if isinstance(key, PullsKey) or each.head_sha == key.sha]
        keys: list[Key] = [PullKey(key.installation, key.repository, each.number) for each in chosen]
        if isinstance(key, PullsKey):
            groups = await observe_merge_groups(entered[0])
            keys += [MergeGroupKey(key.installation, key.repository, each.sha, each.pull) for each in groups]
        await self._here.mark(keys, again=again)


def _reason(error: Exception) -> str:
    """Why a pass failed, for people. What is not GitHub's doing stays in the log: it may quote anything."""
    return str(error) if isinstance(error, GitHubError) else f"an internal error ({type(error).__name__})"
