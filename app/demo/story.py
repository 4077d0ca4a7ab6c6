"""The story: what people do on a sandbox GitHub, and what it then shows them."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from datetime import timedelta
from importlib.resources import files
from pathlib import Path

from app.core.effects import CHECK_NAMES
from app.demo.hundred_days import HundredDays, at
from app.demo.scene import REPOSITORY, Scene, Stage, StoryError
from app.sandbox.driver import Sandbox
from app.sandbox.world.issue_records import Issue
from app.sandbox.world.records import CheckRun, Pull
from rules.reading import read

BEGINNING = at("2026-11-17", "09:30")
SCENES = 11
"""How many scenes the story has."""
DOCUMENT = "postmortems/2026-11-16-checkout-errors.md"
_BRANCH = "inc-42-checkout-errors"
_POLICY = """\
version: 1
documents: ["postmortems/**/*.md"]
people:
  ana: {name: Ana Ruiz, manager: dana}
  bo: {name: Bo Chen, manager: dana}
"""


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


async def play(stage: Stage) -> AsyncGenerator[Scene]:
    """Play the story, scene by scene. Raises StoryError if a check is missing or comes out wrong."""
    github = stage.github
    stage.set_clock(BEGINNING)
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
        stage,
        pull,
        "Ana, who commanded the incident, opens a pull request with her postmortem",
        "Both checks fail. Every problem is annotated at its line, with what to write instead.",
        "failure",
    )
    stage.set_clock(BEGINNING + timedelta(hours=1))
    github.commit(
        REPOSITORY,
        _BRANCH,
        {DOCUMENT: text("mended.md")},
        "Order the timeline, name owners, say how we verify\n\nCo-authored-by: Bo Chen <bo@acme.example>\n",
        "ana",
    )
    yield await _scene(
        stage,
        pull,
        "Ana mends it together with Bo, who was not running the incident, and pushes",
        "Both checks pass: every action item has its four fields, the verification can fail, a co-author took part.",
        "success",
    )
    stage.set_clock(BEGINNING + timedelta(hours=4))
    github.merge(pull, by="dana")
    yield await _opened(stage)
    async for scene in HundredDays(stage).play():
        yield scene


async def _opened(stage: Stage) -> Scene:
    """The scene once everything that the postmortem promises has its issue."""
    promised = read(text("mended.md")).actions
    github = stage.github
    await stage.expect(lambda: _has_parts(github, len(promised)), "the issues of the postmortem are not there")
    return Scene(
        "Dana merges, and what was promised becomes issues",
        "One issue tracks the postmortem; each action item has its own, with owner, deadline, priority and what done "
        "means. The document stays the source: an edit of it arrives on the issues, and nothing is opened twice.",
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


async def _scene(stage: Stage, pull: Pull, title: str, narration: str, expected: str) -> Scene:
    """The scene once both checks of the pull request's head have ended, as they must."""
    github = stage.github
    sha = github.pull(pull).head_sha
    checks = await _ended_checks(stage, sha)
    for check in checks:
        if check.conclusion != expected:
            raise StoryError(f"“{check.name}” ended with {check.conclusion}, not {expected}: {check.output.title}")
    remarks = sorted(github.annotations(REPOSITORY, sha), key=lambda each: (each.start_line, each.start_column or 0))
    return Scene(title, narration, github.world.snapshot(), checks, tuple(remarks))


async def _ended_checks(stage: Stage, sha: str) -> tuple[CheckRun, ...]:
    """Both checks on a commit, once the service has nothing left to do. Raises StoryError if they are not there."""

    def found() -> list[CheckRun]:
        runs = stage.github.checks(REPOSITORY, sha)
        return [runs[name] for name in CHECK_NAMES if name in runs and runs[name].status == "completed"]

    await stage.expect(lambda: len(found()) == len(CHECK_NAMES), f"the checks on {sha[:7]} did not end")
    return tuple(found())


def text(name: str) -> str:
    """The text of one of the story's documents."""
    return files("app.demo").joinpath(name).read_text(encoding="utf-8")
