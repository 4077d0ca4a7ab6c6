"""Two pull requests on one commit: each command is answered once, though neither pass knows of the other's."""

from __future__ import annotations

import asyncio

from app.core.keys import PullKey, format_key
from app.queue import Claim
from app.sandbox.world.records import Pull
from bench.follow_up import REPOSITORY, Scene, postmortem, scene


def _claim(played: Scene, pull: Pull) -> Claim:
    installation = next(iter(played.github.world.installations))
    key = PullKey(installation, played.github.world.repository(REPOSITORY).id, pull.number)
    return Claim(format_key(key), again=False, attempts=0, last=False)


async def test_a_command_is_answered_once_though_a_list_hides_that_another_pull_request_speaks_for_it() -> None:
    async with scene() as played:
        github = played.github
        github.commit(REPOSITORY, "release", {"notes.md": "Notes.\n"})
        first = github.open_pull(REPOSITORY, "draft", files={"postmortems/1.md": postmortem(1, 2)}, author="ana")
        second = github.open_pull(REPOSITORY, "draft", author="ana", base="release")
        assert first.head_sha == second.head_sha
        github.close(first, by="ana")
        github.faults.lag(github.world, f"/repos/{REPOSITORY}/pulls")
        github.reopen(first, by="ana")
        github.comment(second, "/help", "ana")
        github.faults.slow(0.5, "GET", "*/permission", times=2)
        listed = asyncio.Event()
        github.on_exchange(lambda each: listed.set() if each.path.endswith("/pulls") else None)
        passes = [asyncio.create_task(played.reconciler(_claim(played, second)))]
        await listed.wait()
        passes.append(asyncio.create_task(played.reconciler(_claim(played, first))))
        await asyncio.gather(*passes)
        assert sum("What can be said here" in each.body for each in github.comments(second)) == 1
