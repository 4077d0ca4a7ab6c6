"""What every pass works with: GitHub, the queue and the clock."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from app.core.facts import PolicyFile
from app.core.keys import CommitKey, Key, MergeGroupKey, PullKey, PullsKey, RepositoryKey, format_key
from app.github.app import Access, GitHub
from app.github.errors import Refused
from app.github.policies import observe_policy
from app.queue import WorkQueue

LOOK_AGAIN = timedelta(minutes=1)
"""When a pass is taken up again that waits for GitHub's lists to show what was just written."""

_SPREAD = timedelta(milliseconds=100)  # between the marks of one sweep
_NOT_OURS = {403, 404, 410, 422, 451}  # a token is refused: suspended, uninstalled, or the repository was taken away

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What every pass works with.

    Attributes:
        github: as the App sees it.
        queue: of the passes to come.
        clock: tells the time, as an aware instant.
    """

    github: GitHub
    queue: WorkQueue
    clock: Callable[[], datetime]

    async def enter(
        self, key: PullsKey | CommitKey | PullKey | MergeGroupKey | RepositoryKey
    ) -> tuple[Access, PolicyFile] | None:
        """A way into the key's repository and its policy, or None if the repository is none of our business."""
        try:
            access = await self.github.enter(key.installation, key.repository)
        except Refused as error:
            let_go(key, error)
            return None
        policy_file = await observe_policy(self.github, access, key.installation)
        return None if policy_file is None else (access, policy_file)

    async def awaited(self, key: RepositoryKey | PullKey) -> frozenset[str]:
        """Uids of what was created in this repository a moment ago, and may be missing from lists."""
        beginning = f"{key.repository}/"
        expected = await self.queue.expected()
        return frozenset(name.removeprefix(beginning) for name in expected if name.startswith(beginning))

    async def mark(self, keys: Iterable[Key], *, again: bool = False) -> None:
        """Mark keys, each a moment after the one before: what a webhook brings in the meantime goes in between."""
        now = self.clock()
        marks = (
            self.queue.mark(format_key(key), now + number * _SPREAD, again=again) for number, key in enumerate(keys)
        )
        await asyncio.gather(*marks)


def let_go(key: Key, error: Refused) -> None:
    """Leave a repository alone that GitHub no longer lets us into; raise any other refusal (a wrong key, say)."""
    if error.status not in _NOT_OURS:
        raise error
    _log.info("not ours any more", key=format_key(key), reason=str(error))
