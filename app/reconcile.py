"""The loop: a key comes in, the facts are observed, the core decides, the difference is written."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

import structlog

from app.core.effects import CHECK_NAMES, PublishCheckRun
from app.core.facts import PolicyFile
from app.core.gate import PullVerdict, gate, worst
from app.core.keys import (
    CommitKey,
    InstallationKey,
    InstallationsKey,
    Key,
    MergeGroupKey,
    PullKey,
    PullsKey,
    format_key,
    parse_key,
)
from app.core.plan import plan
from app.github.app import Access, GitHub
from app.github.apply import apply
from app.github.errors import GitHubError, RateLimited, Refused
from app.github.observe import (
    Pull,
    observe_checks,
    observe_open_pulls,
    observe_policy,
    observe_pull,
    read_pull,
    read_sharing_pulls,
)
from app.queue import Claim, Done, Outcome, RetryAt, WorkQueue
from app.render.checks import render_check, render_failure

SWEEP_EVERY = timedelta(days=1)
SWEEP_AGAIN = timedelta(hours=1)
"""After a sweep's last try: nobody would bring a parked sweep back, and without it a lost webhook stays lost."""

_NOT_OURS = {403, 404, 410, 422, 451}  # a token is refused: suspended, uninstalled, or the repository was taken away

_log = structlog.get_logger(__name__)


class Reconciler:
    """Brings what GitHub shows in line with what should be true, one key at a time."""

    def __init__(self, github: GitHub, queue: WorkQueue, app_id: str, clock: Callable[[], datetime]) -> None:
        self._github = github
        self._queue = queue
        self._app_id = app_id
        self._clock = clock

    async def __call__(self, claim: Claim) -> Outcome:
        """One pass over a key. Raises whatever kept it from finishing, for the queue to try again."""
        key = parse_key(claim.key)
        try:
            return await self._pass_over(key, again=claim.again)
        except RateLimited as error:
            return RetryAt(error.until, error.reason)
        except Exception as error:
            if not claim.last:
                raise
            if not isinstance(key, PullKey | MergeGroupKey):
                _log.exception("a sweep failed", key=claim.key)
                return RetryAt(self._clock() + SWEEP_AGAIN, _reason(error))
            await self._publish_failure(key, error)
            raise

    async def _pass_over(self, key: Key, *, again: bool) -> Outcome:
        match key:
            case InstallationsKey():
                await self._mark([InstallationKey(each) async for each in self._github.installations()])
                return Done(self._clock() + SWEEP_EVERY)
            case InstallationKey():
                await self._mark_repositories(key)
            case PullsKey() | CommitKey():
                await self._mark_open_pulls(key, again=again)
            case PullKey():
                await self._check_pull(key, again=again)
            case MergeGroupKey():
                await self._check_merge_group(key, again=again)
        return Done()

    async def _mark_repositories(self, key: InstallationKey) -> None:
        try:
            repositories = [each async for each in self._github.repositories(key.installation)]
        except Refused as error:
            _let_go(key, error)
            return
        await self._mark([PullsKey(key.installation, each) for each in repositories])

    async def _mark_open_pulls(self, key: PullsKey | CommitKey, *, again: bool) -> None:
        entered = await self._enter(key)
        if entered is None:
            return
        pulls = await observe_open_pulls(entered[0])
        chosen = [each for each in pulls if isinstance(key, PullsKey) or each.head_sha == key.sha]
        await self._mark([PullKey(key.installation, key.repository, each.number) for each in chosen], again=again)

    async def _check_pull(self, key: PullKey, *, again: bool) -> None:
        """Publish the checks of a pull request's head.

        Of several open pull requests on one commit the lowest speaks for all, so that two passes never write to the
        same commit; the others hand over to it. A closed one hands over to those that remain.
        """
        entered = await self._enter(key)
        if entered is None:
            return
        access, policy_file = entered
        pull = await read_pull(access, key.number)
        if pull is None:
            return
        sharing = await read_sharing_pulls(access, pull)
        others = [each for each in sharing if each.number != key.number]
        if not pull.open or (others and others[0].number < key.number):
            await self._mark(
                [PullKey(key.installation, key.repository, each.number) for each in others[:1]], again=again
            )
            return
        await self._publish(access, await self._judge(access, policy_file, sharing), pull.head_sha, "", again=again)

    async def _check_merge_group(self, key: MergeGroupKey, *, again: bool) -> None:
        """Repeat a pull request's verdict on the head of its merge group.

        A group also holds what was queued before; each of those has a group of its own, which must pass first.
        """
        entered = await self._enter(key)
        if entered is None:
            return
        access, policy_file = entered
        pull = await read_pull(access, key.number)
        if pull is None or not pull.open:
            return
        note = f"This is the merge group of pull request {key.number}; its result is repeated here."
        await self._publish(access, await self._judge(access, policy_file, [pull]), key.sha, note, again=again)

    async def _enter(self, key: PullsKey | CommitKey | PullKey | MergeGroupKey) -> tuple[Access, PolicyFile] | None:
        """A way into the key's repository and its policy, or None if the repository is none of our business."""
        try:
            access = await self._github.enter(key.installation, key.repository)
        except Refused as error:
            _let_go(key, error)
            return None
        policy_file = await observe_policy(self._github, access, key.installation)
        return None if policy_file is None else (access, policy_file)

    async def _judge(self, access: Access, policy_file: PolicyFile, pulls: Iterable[Pull]) -> list[PullVerdict]:
        return [gate(await observe_pull(access, pull, policy_file), self._clock()) for pull in pulls]

    async def _publish(
        self, access: Access, verdicts: Sequence[PullVerdict], sha: str, note: str, *, again: bool
    ) -> None:
        desired = [_result(verdicts, name, sha, note) for name in CHECK_NAMES]
        published = await observe_checks(access, sha, self._app_id)
        effects = plan(desired, published, again=again)
        await apply(access, effects, self._clock())
        for effect in effects:
            _log.info("published", check=effect.name, conclusion=effect.conclusion.value, sha=sha, title=effect.title)

    async def _publish_failure(self, key: PullKey | MergeGroupKey, error: Exception) -> None:
        """Say on GitHub that a check could not be reached, so that it does not hang. What fails here is only logged."""
        try:
            entered = await self._enter(key)
            pull = None if entered is None else await read_pull(entered[0], key.number)
            if entered is None or pull is None or not pull.open:
                return
            sha = key.sha if isinstance(key, MergeGroupKey) else pull.head_sha
            failures = [render_failure(name, sha, _reason(error)) for name in CHECK_NAMES]
            await apply(entered[0], plan(failures, await observe_checks(entered[0], sha, self._app_id)), self._clock())
        except GitHubError as second:
            _log.warning("could not publish that a check failed", key=format_key(key), error=str(second))

    async def _mark(self, keys: Iterable[Key], *, again: bool = False) -> None:
        await asyncio.gather(*(self._queue.mark(format_key(key), again=again) for key in keys))


def _result(verdicts: Sequence[PullVerdict], name: str, sha: str, note: str) -> PublishCheckRun:
    verdict = worst(verdicts, name)
    if len(verdicts) > 1:
        numbers = ", ".join(str(each.number) for each in verdicts)
        note = f"Pull requests {numbers} share this commit; the strictest result counts, here that of {verdict.number}."
    return render_check(verdict, name, sha, note)


def _reason(error: Exception) -> str:
    """Why a pass failed, for people. What is not GitHub's doing stays in the log: it may quote anything."""
    return str(error) if isinstance(error, GitHubError) else f"an internal error ({type(error).__name__})"


def _let_go(key: Key, error: Refused) -> None:
    """Leave a repository alone that GitHub no longer lets us into; raise any other refusal (a wrong key, say)."""
    if error.status not in _NOT_OURS:
        raise error
    _log.info("not ours any more", key=format_key(key), reason=str(error))
