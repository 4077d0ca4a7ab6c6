"""Pull requests on which people speak, for the service's tests."""

from __future__ import annotations

from typing import Literal

from app.sandbox.driver import Sandbox
from app.sandbox.world.issue_records import Comment
from app.sandbox.world.records import Pull
from tests.service.conftest import REPOSITORY, Service
from tests.service.documents import CREDIT, GOOD, PATH, POLICY, POLICY_PATH

BRANCH = "inc-42"
CRITERION = " Success criterion: a deploy with pool size 20 is refused in staging."
UNMEASURED = GOOD.replace(CRITERION, "")
"""Fails for CO413 and nothing else."""

UNOWNED = GOOD.replace(" Owner: @bo.", "")
"""Fails for CO402 and nothing else."""

GREEN = ("success", "success")
RED = ("failure", "success")
WAIVE = "/waive CO413 the vendor tests it, ask @ops"


def set_up(github: Sandbox) -> None:
    """Ana opens the pull request and wrote the postmortem with Bo; Gita maintains, Will may write, Eve may read."""
    github.person("ana", name="Ana Ruiz", email="ana@acme.example")
    github.person("bo", name="Bo Chen", email="bo@acme.example")
    github.create_repository(REPOSITORY, {POLICY_PATH: POLICY, "README.md": "# Postmortems\n"})
    github.install("acme", [REPOSITORY])
    roles: dict[str, Literal["admin", "maintain", "write", "read"]] = {
        "ana": "admin",
        "bo": "maintain",
        "gita": "maintain",
        "will": "write",
        "eve": "read",
    }
    for login, role in roles.items():
        github.grant(REPOSITORY, login, role)


async def open_pull(service: Service, github: Sandbox, text: str = UNMEASURED, message: str = CREDIT) -> Pull:
    pull = github.open_pull(REPOSITORY, BRANCH, files={PATH: text}, author="ana", message=message)
    await service.settled()
    return pull


async def say(service: Service, github: Sandbox, pull: Pull, text: str, who: str = "gita") -> Comment:
    comment = github.comment(pull, text, who)
    await service.settled()
    return comment


def replies(github: Sandbox, pull: Pull) -> list[Comment]:
    return [each for each in github.comments(pull) if github.author(each) == "closeout[bot]"]


def writes(github: Sandbox) -> int:
    return sum(1 for each in github.requests if each.method != "GET" and "/access_tokens" not in each.path)


def published(github: Sandbox) -> int:
    return sum(1 for each in github.requests if each.operation == "POST /repos/{owner}/{repo}/check-runs")
