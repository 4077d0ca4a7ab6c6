"""The checks of pull requests and of merge groups: observed, judged, published."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import replace
from weakref import WeakValueDictionary

import structlog

from app.core.effects import CHECK_NAMES, PublishCheckRun
from app.core.facts import PolicyFile, PublishedCheck, PullFacts
from app.core.gate import gate, with_open_p0s
from app.core.keys import MergeGroupKey, PullKey, format_key
from app.core.plan_checks import last_recheck, plan_checks
from app.core.verdict import PullVerdict, worst
from app.github.app import Access
from app.github.checks import publish_checks
from app.github.comments import acknowledge
from app.github.lists import list_assigned
from app.github.observe import (
    Pull,
    observe_checks,
    observe_pull,
    read_pull,
    read_queued_pulls,
    read_sharing_pulls,
)
from app.github.recurrences import read_recurrences
from app.github.single_issues import find_rivals
from app.pull_commands import Heard, obey_on_pull, repeat_waivers
from app.queue import Done, Outcome
from app.render.checks import render_check, render_failure
from app.surroundings import LOOK_AGAIN, Surroundings
from rules.policy import PolicyError

_NO_PULL = "GitHub does not tell which pull requests are in this merge group"

_log = structlog.get_logger(__name__)


class PullChecks:
    """Brings the checks of a pull request, or of a merge group, in line with what they should say."""

    def __init__(self, here: Surroundings, app_id: str) -> None:
        self._here = here
        self._app_id = app_id
        self._checking: WeakValueDictionary[tuple[int, str], asyncio.Lock] = WeakValueDictionary()

    async def check_pull(self, key: PullKey, *, again: bool) -> Outcome:
        """Answer the commands on a pull request, and publish the checks of its head.

        Of several open pull requests on one commit the lowest speaks for all, so that two passes never write to the
        same commit; the others hand over to it. A closed one hands over to those that remain.
        """
        entered = await self._here.enter(key)
        if entered is None:
            return Done()
        access, policy_file = entered
        pull = await read_pull(access, key.number)
        if pull is None:
            return Done()
        sharing = await read_sharing_pulls(access, pull)
        others = [each for each in sharing if each.number != key.number]
        if not pull.open or (others and others[0].number < key.number):
            await self._here.mark(
                [PullKey(key.installation, key.repository, each.number) for each in others[:1]], again=again
            )
            return Done()
        async with self._checking.setdefault((key.repository, pull.head_sha), asyncio.Lock()):
            return await self._answer_and_publish(key, access, policy_file, sharing, again=again)

    async def check_merge_group(self, key: MergeGroupKey, *, again: bool) -> None:
        """Repeat a pull request's verdict on the head of its merge group.

        A group also holds what was queued before; each of those has a group, and checks, of its own.
        """
        entered = await self._here.enter(key)
        if entered is None:
            return
        access, policy_file = entered
        queued = await read_queued_pulls(access, key.sha, key.number)
        published = await observe_checks(access, key.sha, self._app_id)
        if not queued:
            failures = [render_failure(name, key.sha, _NO_PULL) for name in CHECK_NAMES]
            await self._publish(access, failures, published, again=again)
        pulls = [each for each in queued if each.open]
        if not pulls:  # merged, or taken out of the queue: nobody waits for the checks
            return
        numbers = ", ".join(str(each.number) for each in pulls)
        note = f"This is the head of a merge group; the result of pull request {numbers} is repeated here."
        bot = await self._here.github.bot_login()
        judged = zip(pulls, await self._judge(access, policy_file, pulls), strict=True)
        verdicts = [await repeat_waivers(access, *each, bot) for each in judged]
        await self._publish(access, _results(verdicts, key.sha, note), published, again=again)

    async def publish_failure(self, key: PullKey | MergeGroupKey, reason: str) -> None:
        """Say on GitHub that a check could not be reached, so that it does not hang. What fails here is only logged."""
        try:
            entered = await self._here.enter(key)
            if entered is None or (sha := await _head(entered[0], key)) is None:
                return
            failures = [render_failure(name, sha, reason) for name in CHECK_NAMES]
            await self._publish(entered[0], failures, await observe_checks(entered[0], sha, self._app_id))
        except Exception:  # noqa: BLE001 - the first error is the one to report, and this one must not hide it
            _log.exception("could not publish that a check failed", key=format_key(key))

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
        await self._publish(access, desired, published, again=again, recheck=recheck)
        if recheck > last_recheck(published):
            await acknowledge(access, [recheck])
        return Done(self._here.clock() + LOOK_AGAIN if any(each.waits for each in heard) else None)

    async def _hear(
        self, key: PullKey, access: Access, pull: Pull, verdict: PullVerdict, published: Sequence[PublishedCheck]
    ) -> Heard:
        bot, awaited = await self._here.github.bot_login(), await self._here.awaited(key)
        return await obey_on_pull(access, pull, verdict, published, bot, awaited, self._here.queue.expect)

    async def _judge(self, access: Access, policy_file: PolicyFile, pulls: Iterable[Pull]) -> list[PullVerdict]:
        """The verdicts. A long document takes its time to read: the webhooks must not wait for that."""
        pulls = tuple(pulls)
        facts = [await self._observe(access, pull, policy_file) for pull in pulls]
        verdicts = [await asyncio.to_thread(gate, each, self._here.clock()) for each in facts]
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
        bot = await self._here.github.bot_login()
        verdict = replace(verdict, rivals=await find_rivals(access, policy, bot))
        if pull.author is None:
            return verdict
        assigned = await list_assigned(access, bot, pull.author.login)
        return with_open_p0s(verdict, pull.author.login, assigned, policy, self._here.clock())

    async def _observe(self, access: Access, pull: Pull, policy_file: PolicyFile) -> PullFacts:
        """The facts of a pull request; where a postmortem changes, with what people say to be recurrences."""
        facts = await observe_pull(access, pull, policy_file)
        if not facts.documents:
            return facts
        return replace(facts, recurrences=await read_recurrences(access, await self._here.github.bot_login()))

    async def _publish(
        self,
        access: Access,
        desired: Sequence[PublishCheckRun],
        published: Sequence[PublishedCheck],
        *,
        again: bool = False,
        recheck: int = 0,
    ) -> None:
        effects = plan_checks(desired, published, again=again, recheck=recheck)
        await publish_checks(access, effects, self._here.clock())
        for effect in effects:
            shown = {"check": effect.name, "conclusion": effect.conclusion.value, "title": effect.title}
            _log.info("published", sha=effect.head_sha, **shown)


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
