"""What the story consists of: scenes, on a stage."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from app.sandbox.driver import Sandbox
from app.sandbox.world.issue_records import Comment, Issue
from app.sandbox.world.records import Annotation, CheckRun
from app.sandbox.world.state import World

REPOSITORY = "acme/postmortems"


@dataclass(frozen=True, slots=True)
class Scene:
    """One step of the story, at the moment when GitHub had everything to show.

    Attributes:
        title: what happened, a few words.
        narration: what it means, a sentence or two.
        world: GitHub as it was.
        checks: the check runs on the pull request's head, by name; empty before there is one.
        annotations: all their annotations, by line.
        issues: those that matter now; empty before the merge.
        said: comments that matter now, oldest first.
        read: whether the text of the issues matters, too.
    """

    title: str
    narration: str
    world: World
    checks: tuple[CheckRun, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    issues: tuple[Issue, ...] = ()
    said: tuple[Comment, ...] = ()
    read: bool = False


class StoryError(Exception):
    """The story did not go as it must; the message says where."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the story plays.

    Attributes:
        github: the sandbox.
        set_clock: sets its clock, and the service's, to an instant.
        idle: returns when the service has nothing to do.
    """

    github: Sandbox
    set_clock: Callable[[datetime], None]
    idle: Callable[[], Awaitable[None]]

    async def expect(self, is_so: Callable[[], bool], otherwise: str) -> None:
        """Return once the service has done all that is due. Raises StoryError if something is not so then."""
        for _ in range(2):  # what it wrote brings webhooks of its own
            await self.github.delivered()
            await self.idle()
        if not is_so():
            raise StoryError(otherwise)
