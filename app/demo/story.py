"""The story: what people do on a sandbox GitHub, and what it then shows them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from app.core.effects import CHECK_NAMES
from app.sandbox.driver import Sandbox
from app.sandbox.world.records import Annotation, CheckRun, Pull
from app.sandbox.world.state import World
from rules.reading import read

REPOSITORY = "acme/postmortems"
DOCUMENT = "postmortems/2026-11-16-checkout-errors.md"
_BRANCH = "inc-42-checkout-errors"
_PATIENCE = 20  # seconds
_POLICY = """\
version: 1
documents: ["postmortems/**/*.md"]
people:
  ana: {name: Ana Ruiz, manager: dana}
  bo: {name: Bo Chen, manager: dana}
"""


@dataclass(frozen=True, slots=True)
class Scene:
    """One step of the story, at the moment when GitHub had everything to show.

    Attributes:
        title: what happened, a few words.
        narration: what it means, a sentence or two.
        world: GitHub as it was.
        checks: the check runs on the pull request's head, by name; empty before there is one.
        annotations: all their annotations, by line.
    """

    title: str
    narration: str
    world: World
    checks: tuple[CheckRun, ...] = ()
    annotations: tuple[Annotation, ...] = ()


class StoryError(Exception):
    """The story did not go as it must; the message says where."""


def set_scene(github: Sandbox) -> None:
    """People, their repository with its policy, and the App installed on it."""
    github.person("ana", name="Ana Ruiz", email="ana@acme.example")
    github.person("bo", name="Bo Chen", email="bo@acme.example")
    github.person("dana", name="Dana Ito", email="dana@acme.example")
    content = {".github/closeout.yml": _POLICY, "README.md": "# Postmortems of Acme\n"}
    github.create_repository(
        REPOSITORY, content, roles={"ana": "write", "bo": "write", "dana": "maintain"}, author="dana"
    )
    github.install("acme", [REPOSITORY], by="dana")


def service_environment(github: Sandbox, folder: Path) -> dict[str, str]:
    """What `closeout serve` needs to know to serve the sandbox, with its queue in a folder."""
    return {
        "CLOSEOUT_APP_ID": str(github.app_id),
        "CLOSEOUT_PRIVATE_KEY": github.private_key,
        "CLOSEOUT_WEBHOOK_SECRET": github.webhook_secret,
        "CLOSEOUT_API_URL": github.url,
        "CLOSEOUT_GITHUB_URL": github.web_url,
        "CLOSEOUT_QUEUE": f"sqlite:///{(folder / 'queue.db').resolve()}",
    }


async def play(github: Sandbox) -> AsyncIterator[Scene]:
    """Play the story, scene by scene. Raises StoryError if a check is missing or comes out wrong."""
    pull = github.open_pull(
        REPOSITORY,
        _BRANCH,
        files={DOCUMENT: text("first.md")},
        title="Postmortem: Checkout returned errors for 42 minutes",
        body="First version, straight after the incident.",
        message="Write the postmortem of INC-42",
        author="ana",
    )
    yield await _scene(
        github,
        pull,
        "Ana, who commanded the incident, opens a pull request with her postmortem",
        "Both checks fail. Every problem is annotated at its line, with what to write instead.",
        "failure",
    )
    github.commit(
        REPOSITORY,
        _BRANCH,
        {DOCUMENT: text("mended.md")},
        "Order the timeline, name owners, say how we verify\n\nCo-authored-by: Bo Chen <bo@acme.example>\n",
        "ana",
    )
    yield await _scene(
        github,
        pull,
        "Ana mends it together with Bo, who was not running the incident, and pushes",
        "Both checks pass: every action item has its four fields, the verification can fail, a co-author took part.",
        "success",
    )
    github.merge(pull, by="dana")
    await github.delivered()
    yield Scene(
        "Dana merges",
        f"The postmortem is on the default branch, and what it promises is on record: {_promises(text('mended.md'))}.",
        github.world.snapshot(),
    )


def _promises(document: str) -> str:
    """Who promised what, by when."""
    items = read(document).actions
    return "; ".join(
        f"{item.owners[0].text}, by {item.due} ({item.priority}): {item.title.rstrip('.')}" for item in items
    )


async def _scene(github: Sandbox, pull: Pull, title: str, narration: str, expected: str) -> Scene:
    """The scene once both checks of the pull request's head have ended, as they must."""
    sha = github.pull(pull).head_sha
    checks = await _ended_checks(github, sha)
    for check in checks:
        if check.conclusion != expected:
            raise StoryError(f"“{check.name}” ended with {check.conclusion}, not {expected}: {check.output.title}")
    remarks = sorted(github.annotations(REPOSITORY, sha), key=lambda each: (each.start_line, each.start_column or 0))
    return Scene(title, narration, github.world.snapshot(), checks, tuple(remarks))


async def _ended_checks(github: Sandbox, sha: str) -> tuple[CheckRun, ...]:
    """Both checks on a commit, once they are there. Raises StoryError if that takes too long."""
    changed = asyncio.Event()
    github.on_exchange(lambda _exchange: changed.set())
    try:
        async with asyncio.timeout(_PATIENCE):
            while True:
                changed.clear()
                runs = github.checks(REPOSITORY, sha)
                found = [runs[name] for name in CHECK_NAMES if name in runs and runs[name].status == "completed"]
                if len(found) == len(CHECK_NAMES):
                    return tuple(found)
                await changed.wait()
    except TimeoutError:
        raise StoryError(f"the checks on {sha[:7]} did not end within {_PATIENCE} s") from None


def text(name: str) -> str:
    """The text of one of the story's documents."""
    return files("app.demo").joinpath(name).read_text(encoding="utf-8")
