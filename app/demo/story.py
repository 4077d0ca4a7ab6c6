"""The story: what people do on a sandbox GitHub, and what it then shows them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import timedelta
from importlib.resources import files
from pathlib import Path

from app.core.effects import CHECK_NAMES
from app.core.repository_facts import MILESTONE_PREFIX
from app.sandbox.driver import Sandbox
from app.sandbox.world.issue_records import Issue
from app.sandbox.world.records import Annotation, CheckRun, Pull
from app.sandbox.world.state import World
from rules.reading import read

REPOSITORY = "acme/postmortems"
DOCUMENT = "postmortems/2026-11-16-checkout-errors.md"
_BRANCH = "inc-42-checkout-errors"
_PATIENCE = 20  # seconds
_A_WEEK = timedelta(days=7)
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
        issues: what Closeout opened, the tracking issue first; empty before the merge.
    """

    title: str
    narration: str
    world: World
    checks: tuple[CheckRun, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    issues: tuple[Issue, ...] = ()


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
    yield await _opened(github)
    yield await _kept_in_step(github)


async def _opened(github: Sandbox) -> Scene:
    """The scene once everything that the postmortem promises has its issue."""
    promised = read(text("mended.md")).actions
    await _until(lambda: _has_parts(github, len(promised)), github, "the issues of the postmortem are not there")
    return Scene(
        "Dana merges, and what was promised becomes issues",
        "One issue tracks the postmortem; each action item has its own, with owner, deadline, priority and what done "
        "means. The document stays the source: an edit of it arrives on the issues, and nothing is opened twice.",
        github.world.snapshot(),
        issues=_issues(github),
    )


async def _kept_in_step(github: Sandbox) -> Scene:
    """The scene after two people did their part by hand."""
    tracking, first, second = _issues(github)
    github.comment(first, "Done: blocking the card provider in staging paged me after 3 minutes.", author="ana")
    github.close_issue(first, by="ana")
    before = github.due(second)
    if before is None:
        raise StoryError(f"“{second.title}” has no deadline")
    later = before + _A_WEEK
    milestone = github.create_milestone(REPOSITORY, f"{MILESTONE_PREFIX}{later.isoformat()}", later, by="bo")
    github.set_milestone(second, milestone, by="bo")

    def is_shown() -> bool:
        shown = github.issue(REPOSITORY, tracking.number).body or ""
        emptied = [each for each in github.milestones(REPOSITORY) if each.number == first.milestone]
        return later.isoformat() in shown and all(each.state == "closed" for each in emptied)

    await _until(is_shown, github, "the tracking issue does not show what people did")
    return Scene(
        "Ana closes hers with the evidence, Bo takes another week",
        "People win: what they do by hand stays. The tracking issue counts what is done, and shows the day that was "
        "promised beside the day it is now.",
        github.world.snapshot(),
        issues=_issues(github),
    )


def _has_parts(github: Sandbox, count: int) -> bool:
    """Whether the tracking issue has all its parts, and its text names them."""
    issues = _issues(github)
    if len(issues) != 1 + count or len(github.sub_issues(issues[0])) != count:
        return False
    return all(f"#{each.number}" in (issues[0].body or "") for each in issues[1:])


def _issues(github: Sandbox) -> tuple[Issue, ...]:
    return tuple(sorted(github.issues(REPOSITORY), key=lambda each: each.number))


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

    def found() -> list[CheckRun]:
        runs = github.checks(REPOSITORY, sha)
        return [runs[name] for name in CHECK_NAMES if name in runs and runs[name].status == "completed"]

    await _until(lambda: len(found()) == len(CHECK_NAMES), github, f"the checks on {sha[:7]} did not end")
    return tuple(found())


async def _until(is_so: Callable[[], bool], github: Sandbox, otherwise: str) -> None:
    """Return once something is so; it is looked at after every request. Raises StoryError if that takes too long."""
    changed = asyncio.Event()
    github.on_exchange(lambda _exchange: changed.set())
    try:
        async with asyncio.timeout(_PATIENCE):
            while not is_so():
                changed.clear()
                await changed.wait()
    except TimeoutError:
        raise StoryError(f"{otherwise}, after {_PATIENCE} s") from None


def text(name: str) -> str:
    """The text of one of the story's documents."""
    return files("app.demo").joinpath(name).read_text(encoding="utf-8")
