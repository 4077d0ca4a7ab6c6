"""`closeout report` measures what is on GitHub, and writes nothing."""

from __future__ import annotations

import asyncio
import csv
import io
import json

import pytest
from typer.testing import CliRunner, Result

from app.cli.commands import app
from app.queue import utc_now
from app.sandbox.driver import Sandbox
from tests.postmortems import good_postmortem
from tests.service.conftest import REPOSITORY, Service, environment_of

PATH = "postmortems/2026-05-04-checkout.md"
POLICY = {".github/closeout.yml": 'version: 1\ndocuments: ["postmortems/**/*.md"]\n'}


@pytest.fixture(autouse=True)
def acme(github: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    github.create_repository(REPOSITORY, POLICY)
    github.create_repository("acme/without-policy")
    github.install("acme", [REPOSITORY, "acme/without-policy"])
    github.grant(REPOSITORY, "ben", "write")
    for name, value in environment_of(github).items():
        monkeypatch.setenv(name, value)


async def report(*arguments: str) -> Result:
    def invoke() -> Result:
        return CliRunner().invoke(app, ["report", *arguments], prog_name="closeout")

    return await asyncio.to_thread(invoke)


async def test_what_the_service_keeps_on_github_is_measured(service: Service, github: Sandbox) -> None:
    service.clock.set(utc_now())  # the command's own clock is the system's
    github.edit_document(REPOSITORY, PATH, good_postmortem().replace("2026-05-18", "2099-05-18"))
    await service.settled()
    github.close_issue(github.issue(REPOSITORY, 2), "ben")
    await service.settled()
    written = [each for each in github.requests if each.method != "GET" and "/access_tokens" not in each.path]
    answer = json.loads((await report(REPOSITORY, "--format", "json")).stdout)
    assert answer["quarters"][0]["quarter"] == "2099-Q2"
    assert answer["p0"]["promised"] == {"kept": 0, "missed": 0, "declined": 0, "ahead": 1, "share": None}
    assert [(each["priority"], each["done"], each["open"]) for each in answer["priorities"]] == [
        ("P0", 1, 0),
        ("P1", 0, 1),
        ("P2", 0, 0),
    ]
    assert [each for each in github.requests if each.method != "GET" and "/access_tokens" not in each.path] == written


async def test_every_format_is_written(github: Sandbox) -> None:
    assert (await report(REPOSITORY)).stdout.startswith("Postmortem follow-through: acme/postmortems\n")
    assert (await report(REPOSITORY, "--format", "html")).stdout.startswith("<!doctype html>\n")
    rows = list(csv.reader(io.StringIO((await report(REPOSITORY, "--format", "csv")).stdout)))
    assert rows[0][:2] == ["group", "name"]


async def test_a_repository_without_a_policy_has_no_figures() -> None:
    result = await report("acme/without-policy")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "closeout report: acme/without-policy: It has no policy file (.github/closeout.yml), "
        "so Closeout leaves it alone.\n"
    )


async def test_github_being_away_is_one_line(github: Sandbox) -> None:
    github.faults.answer(404, "GET", "/app", times=9)
    result = await report(REPOSITORY)
    assert result.exit_code == 2
    assert result.stderr.startswith("closeout report: not connected to GitHub: ")
    assert result.stderr.count("\n") == 1
