"""The loop: a key comes in, the facts are observed, the core decides, the difference is written."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from weakref import WeakValueDictionary

import structlog

from app.core.effects import CHECK_NAMES, PublishCheckRun
from app.core.facts import PolicyFile, PublishedCheck, PullFacts
from app.core.gate import gate, with_open_p0s
from app.core.keys import (
    CommitKey,
    InstallationKey,
    InstallationsKey,
    Key,
    MergeGroupKey,
    PullKey,
    PullsKey,
    RepositoryKey,
    format_key,
    parse_key,
)
from app.core.plan import last_recheck, plan
from app.core.recurrence import new_on_pulls
from app.core.verdict import PullVerdict, worst
from app.github.app import Access, GitHub
from app.github.apply import apply
from app.github.comments import acknowledge, hear, newly_recorded, remember_heard
from app.github.errors import GitHubError, NotFound, RateLimited, Refused
from app.github.lists import forget_issues, has_issues, list_assigned
from app.github.observe import (
    Pull,
    observe_checks,
    observe_merge_groups,
    observe_open_pulls,
    observe_pull,
    read_pull,
    read_queued_pulls,
    read_sharing_pulls,
)
from app.github.policies import observe_policy
from app.github.recurrences import read_recurrences
from app.github.repository import observe_repository
from app.github.single_issues import find_rivals
from app.pull_commands import Heard, obey_on_pull, repeat_waivers
from app.queue import Claim, Done, Outcome, RetryAt, WorkQueue
from app.render.checks import render_check, render_failure
from app.rounds import MOST_ROUNDS, play_round
from app.writing import Writer
from rules.policy import Policy, PolicyError

SWEEP_EVERY = timedelta(days=1)
SPREAD = timedelta(milliseconds=100)
SWEEP_AGAIN = timedelta(hours=1)
"""After a sweep's last try: nobody would bring a parked sweep back, and without it a lost webhook stays lost."""

_LOOK_AGAIN = timedelta(minutes=1)
_TRY_AGAIN = timedelta(hours=1)  # what GitHub refused to have written about a single issue
_MOST_WRITES = 40
"""Writes of one pass; what is left comes in the next one: a large import must not hold up other repositories."""

_NO_PULL = "GitHub does not tell which pull requests are in this merge group"
_NOT_OURS = {403, 404, 410, 422, 451}  # a token is refused: suspended, uninstalled, or the repository was taken away

_log = structlog.get_logger(__name__)


class Reconciler:
    """Brings what GitHub shows in line with what should be true, one key at a time."""

    def __init__(self, github: GitHub, queue: WorkQueue, app_id: str, clock: Callable[[], datetime]) -> None:
        self._github = github
        self._queue = queue
        self._app_id = app_id
        self._clock = clock
        self._checking: WeakValueDictionary[tuple[int, str], asyncio.Lock] = WeakValueDictionary()

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
                return RetryAt(self._clock() + SWEEP_AGAIN, _reason(error))
            await self._publish_failure(key, error)
            raise

    async def _pass_over(self, key: Key, *, again: bool) -> Outcome:
        match key:
            case InstallationsKey():
                await self._mark([InstallationKey(each) async for each in self._github.installations()])
                await self._release()
                return Done(self._clock() + SWEEP_EVERY)
            case InstallationKey():
                await self._mark_repositories(key)
            case PullsKey() | CommitKey():
                await self._mark_open_pulls(key, again=again)
            case RepositoryKey():
                return await self._follow_up(key)
            case PullKey():
                return await self._check_pull(key, again=again)
            case MergeGroupKey():
                await self._check_merge_group(key, again=again)
        return Done()

    async def _release(self) -> None:
        """Try what the queue gave up on once more: no sweep finds a pull request that is closed, or a merge group."""
        for parked in await self._queue.parked():
            await self._queue.release(parked.key)
            _log.info("parked key released", key=parked.key, parked_since=parked.since.isoformat())

    async def _mark_repositories(self, key: InstallationKey) -> None:
        try:
            repositories = [each async for each in self._github.repositories(key.installation)]
        except Refused as error:
            _let_go(key, error)
            return
        keys: list[Key] = []
        for each in repositories:
            keys += [PullsKey(key.installation, each), RepositoryKey(key.installation, each)]
        await self._mark(keys)

    async def _mark_open_pulls(self, key: PullsKey | CommitKey, *, again: bool) -> None:
        entered = await self._enter(key)
        if entered is None:
            return
        pulls = await observe_open_pulls(entered[0])
        chosen = [each for each in pulls if isinstance(key, PullsKey) or each.head_sha == key.sha]
        keys: list[Key] = [PullKey(key.installation, key.repository, each.number) for each in chosen]
        if isinstance(key, PullsKey):
            groups = await observe_merge_groups(entered[0])
            keys += [MergeGroupKey(key.installation, key.repository, each.sha, each.pull) for each in groups]
        await self._mark(keys, again=again)

    async def _check_pull(self, key: PullKey, *, again: bool) -> Outcome:
        """Answer the commands on a pull request, and publish the checks of its head.

        Of several open pull requests on one commit the lowest speaks for all, so that two passes never write to the
        same commit; the others hand over to it. A closed one hands over to those that remain.
        """
        entered = await self._enter(key)
        if entered is None:
            return Done()
        access, policy_file = entered
        pull = await read_pull(access, key.number)
        if pull is None:
            return Done()
        sharing = await read_sharing_pulls(access, pull)
        others = [each for each in sharing if each.number != key.number]
        if not pull.open or (others and others[0].number < key.number):
            await self._mark(
                [PullKey(key.installation, key.repository, each.number) for each in others[:1]], again=again
            )
            return Done()
        async with self._checking.setdefault((key.repository, pull.head_sha), asyncio.Lock()):
            return await self._answer_and_publish(key, access, policy_file, sharing, again=again)

    async def _answer_and_publish(
        self, key: PullKey, access: Access, policy_file: PolicyFile, sharing: Sequence[Pull], *, again: bool
    ) -> Outcome:
        """One commit is checked once at a time: a pass may not know yet that another speaks for its pull request."""
        head_sha = sharing[0].head_sha
        published = await observe_checks(access, head_sha, self._app_id)
        verdicts = await self._judge(access, policy_file, sharing)
        heard = [await self._hear(key, access, *each, published) for each in zip(sharing, verdicts, strict=True)]
        recheck = max(each.recheck for each in heard)
        note = " ".join(filter(None, (each.note for each in heard)))
        desired = _results([each.verdict for each in heard], head_sha, note)
        await self._apply(access, desired, published, again=again, recheck=recheck)
        if recheck > last_recheck(published):
            await acknowledge(access, [recheck])
        return Done(self._clock() + _LOOK_AGAIN if any(each.waits for each in heard) else None)

    async def _hear(
        self, key: PullKey, access: Access, pull: Pull, verdict: PullVerdict, published: Sequence[PublishedCheck]
    ) -> Heard:
        bot, awaited = await self._github.bot_login(), await self._awaited(key)
        return await obey_on_pull(access, pull, verdict, published, bot, awaited, self._queue.expect)

    async def _check_merge_group(self, key: MergeGroupKey, *, again: bool) -> None:
        """Repeat a pull request's verdict on the head of its merge group.

        A group also holds what was queued before; each of those has a group, and checks, of its own.
        """
        entered = await self._enter(key)
        if entered is None:
            return
        access, policy_file = entered
        queued = await read_queued_pulls(access, key.sha, key.number)
        published = await observe_checks(access, key.sha, self._app_id)
        if not queued:
            failures = [render_failure(name, key.sha, _NO_PULL) for name in CHECK_NAMES]
            await self._apply(access, failures, published, again=again)
        pulls = [each for each in queued if each.open]
        if not pulls:  # merged, or taken out of the queue: nobody waits for the checks
            return
        numbers = ", ".join(str(each.number) for each in pulls)
        note = f"This is the head of a merge group; the result of pull request {numbers} is repeated here."
        bot = await self._github.bot_login()
        judged = zip(pulls, await self._judge(access, policy_file, pulls), strict=True)
        verdicts = [await repeat_waivers(access, *each, bot) for each in judged]
        await self._apply(access, _results(verdicts, key.sha, note), published, again=again)

    async def _follow_up(self, key: RepositoryKey) -> Outcome:
        """Bring a repository's issues in line with its merged postmortems, if it has issues at all."""
        entered = await self._enter(key)
        if entered is None or isinstance(entered[1].policy, PolicyError):
            return Done()
        access, policy = entered[0], entered[1].policy
        try:
            return await self._bring_in_line(key, access, policy, entered[1].since)
        except NotFound as error:
            if await has_issues(access):
                raise
            forget_issues(access)  # to GitHub, each of them is gone
            _log.info("left alone: its issues are switched off", key=format_key(key), reason=str(error))
            return Done()

    async def _bring_in_line(
        self, key: RepositoryKey, access: Access, policy: Policy, since: datetime | None
    ) -> Outcome:
        """A pass: observed once; from then on each write's answer is part of the facts, until nothing is left."""
        bot = await self._github.bot_login()
        awaited = await self._awaited(key)
        observed = await observe_repository(access, policy, bot, awaited, since)
        facts, heard = await hear(access, observed, bot)
        writer = Writer(access, bot, self._queue.expect, _MOST_WRITES)
        access.mentions.learn(observed.mentions())
        unheeded: set[int] = set()
        for _ in range(MOST_ROUNDS):
            facts = replace(facts, mentioned=access.mentions.elsewhere())
            played = await play_round(access, facts, bot, self._clock())
            facts = played.facts
            unheeded |= played.unheeded
            effects = writer.possible(played.effects)
            if not played.more or (played.effects and not effects):
                break
            before = facts
            facts = await writer.write(effects, facts)
            pulls = new_on_pulls(before, facts)
            await self._mark([PullKey(key.installation, key.repository, number) for number in pulls])
            if not writer.left:
                await acknowledge(access, newly_recorded(observed, facts) - unheeded)
                return Done(self._clock())
        else:  # not at once: if what GitHub answers is never what was asked for, this would go on without end
            return Done(self._clock() + _LOOK_AGAIN)
        await acknowledge(access, newly_recorded(observed, facts) - unheeded)
        if not (played.more or played.waits or writer.aside):  # what was refused is heard again
            remember_heard(access, heard)
        if played.waits:
            return RetryAt(self._clock() + _LOOK_AGAIN, "GitHub's lists do not show yet what was created")
        return Done(self._after_refusals(played.wake_at) if writer.aside else played.wake_at)

    def _after_refusals(self, wake_at: datetime | None) -> datetime:
        """When to try again what GitHub refused: in an hour, or when time brings something else before that."""
        now = self._clock()
        later = now + _TRY_AGAIN
        return wake_at if wake_at is not None and now < wake_at < later else later

    async def _awaited(self, key: RepositoryKey | PullKey) -> frozenset[str]:
        """Uids of what was created in this repository a moment ago, and may be missing from lists."""
        beginning = f"{key.repository}/"
        expected = await self._queue.expected()
        return frozenset(name.removeprefix(beginning) for name in expected if name.startswith(beginning))

    async def _enter(
        self, key: PullsKey | CommitKey | PullKey | MergeGroupKey | RepositoryKey
    ) -> tuple[Access, PolicyFile] | None:
        """A way into the key's repository and its policy, or None if the repository is none of our business."""
        try:
            access = await self._github.enter(key.installation, key.repository)
        except Refused as error:
            _let_go(key, error)
            return None
        policy_file = await observe_policy(self._github, access, key.installation)
        return None if policy_file is None else (access, policy_file)

    async def _judge(self, access: Access, policy_file: PolicyFile, pulls: Iterable[Pull]) -> list[PullVerdict]:
        """The verdicts. A long document takes its time to read: the webhooks must not wait for that."""
        pulls = tuple(pulls)
        facts = [await self._observe(access, pull, policy_file) for pull in pulls]
        verdicts = [await asyncio.to_thread(gate, each, self._clock()) for each in facts]
        return [await self._with_follow_up(access, policy_file, *each) for each in zip(pulls, verdicts, strict=True)]

    async def _with_follow_up(
        self, access: Access, policy_file: PolicyFile, pull: Pull, verdict: PullVerdict
    ) -> PullVerdict:
        """The verdict with what the follow-up means for it, asked for where the pull request changes a postmortem.

        That is the open P0s of whoever opened it, and other Apps that keep this one from following up anything.
        """
        policy = policy_file.policy
        if not verdict.documents or isinstance(policy, PolicyError):
            return verdict
        bot = await self._github.bot_login()
        verdict = replace(verdict, rivals=await find_rivals(access, policy, bot))
        if pull.author is None:
            return verdict
        assigned = await list_assigned(access, bot, pull.author.login)
        return with_open_p0s(verdict, pull.author.login, assigned, policy, self._clock())

    async def _observe(self, access: Access, pull: Pull, policy_file: PolicyFile) -> PullFacts:
        """The facts of a pull request; where a postmortem changes, with what people say to be recurrences."""
        facts = await observe_pull(access, pull, policy_file)
        if not facts.documents:
            return facts
        return replace(facts, recurrences=await read_recurrences(access, await self._github.bot_login()))

    async def _apply(
        self,
        access: Access,
        desired: Sequence[PublishCheckRun],
        published: Sequence[PublishedCheck],
        *,
        again: bool = False,
        recheck: int = 0,
    ) -> None:
        effects = plan(desired, published, again=again, recheck=recheck)
        await apply(access, effects, self._clock())
        for effect in effects:
            shown = {"check": effect.name, "conclusion": effect.conclusion.value, "title": effect.title}
            _log.info("published", sha=effect.head_sha, **shown)

    async def _publish_failure(self, key: PullKey | MergeGroupKey, error: Exception) -> None:
        """Say on GitHub that a check could not be reached, so that it does not hang. What fails here is only logged."""
        try:
            entered = await self._enter(key)
            if entered is None or (sha := await _head(entered[0], key)) is None:
                return
            failures = [render_failure(name, sha, _reason(error)) for name in CHECK_NAMES]
            await self._apply(entered[0], failures, await observe_checks(entered[0], sha, self._app_id))
        except Exception:  # noqa: BLE001 - the first error is the one to report, and this one must not hide it
            _log.exception("could not publish that a check failed", key=format_key(key))

    async def _mark(self, keys: Iterable[Key], *, again: bool = False) -> None:
        """Mark keys, each a moment after the one before: what a webhook brings in the meantime goes in between."""
        now = self._clock()
        marks = (
            self._queue.mark(format_key(key), now + number * SPREAD, again=again) for number, key in enumerate(keys)
        )
        await asyncio.gather(*marks)


def _results(verdicts: Sequence[PullVerdict], sha: str, note: str) -> list[PublishCheckRun]:
    return [_result(verdicts, name, sha, note) for name in CHECK_NAMES]


def _result(verdicts: Sequence[PullVerdict], name: str, sha: str, note: str) -> PublishCheckRun:
    verdict = worst(verdicts, name)
    if len(verdicts) > 1:
        numbers = ", ".join(str(each.number) for each in verdicts)
        shared = (
            f"Pull requests {numbers} share this commit; the strictest result counts, here that of {verdict.number}."
        )
        note = f"{shared} {note}".strip()
    return render_check(verdict, name, sha, note)


async def _head(access: Access, key: PullKey | MergeGroupKey) -> str | None:
    """The commit that the key's checks belong on; None if nobody waits for them any more."""
    if isinstance(key, MergeGroupKey):
        return key.sha
    pull = await read_pull(access, key.number)
    return pull.head_sha if pull and pull.open else None


def _reason(error: Exception) -> str:
    """Why a pass failed, for people. What is not GitHub's doing stays in the log: it may quote anything."""
    return str(error) if isinstance(error, GitHubError) else f"an internal error ({type(error).__name__})"


def _let_go(key: Key, error: Refused) -> None:
    """Leave a repository alone that GitHub no longer lets us into; raise any other refusal (a wrong key, say)."""
    if error.status not in _NOT_OURS:
        raise error
    _log.info("not ours any more", key=format_key(key), reason=str(error))
