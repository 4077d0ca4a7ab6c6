"""`closeout plan` tells what a pass would write, and writes nothing itself."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from typer.testing import CliRunner, Result

from app.cli.commands import app
from app.core.keys import RepositoryKey, format_key
from app.links import SETTINGS_PAGE
from app.queue import utc_now
from app.sandbox.driver import Sandbox
from tests.postmortems import good_postmortem
from tests.service.conftest import REPOSITORY, Service, environment_of

PATH = "postmortems/2026-05-04-checkout.md"
NOBODY = "http://127.0.0.1:9/nobody"  # webhooks go there when a pass is not to come by itself
POLICY = {".github/closeout.yml": 'version: 1\ndocuments: ["postmortems/**/*.md"]\ntimezone: Europe/Berlin\n'}


_WRITES = {
    "CreateIssue": ("POST", "issues"),
    "CreateMilestone": ("POST", "milestones"),
    "AddSubIssue": ("POST", "sub_issues"),
    "CreateComment": ("POST", "comments"),
    "UpdateIssue": ("PATCH", "N"),
}


@dataclass(frozen=True)
class Plan:
    """What `closeout plan` answered: its exit status, and what it wrote on standard output and error."""

    status: int
    out: str
    err: str

    @property
    def effects(self) -> list[dict[str, object]]:
        found: list[dict[str, object]] = json.loads(self.out)["effects"]
        return found


Ask = Callable[..., Awaitable[Plan]]


@pytest.fixture
def ask(github: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Runs `closeout plan` beside the sandbox, in the environment of `closeout serve`."""
    for name, value in environment_of(github).items():
        monkeypatch.setenv(name, value)

    async def run(*arguments: str) -> Plan:
        def invoke() -> Result:
            return CliRunner().invoke(app, ["plan", *arguments], prog_name="closeout")

        result = await asyncio.to_thread(invoke)
        return Plan(result.exit_code, result.stdout, result.stderr)

    return run


@pytest.fixture(autouse=True)
def acme(github: Sandbox) -> None:
    github.create_repository(REPOSITORY, POLICY)
    github.create_repository("acme/other")
    github.create_repository("acme/without-policy")
    github.install("acme", [REPOSITORY, "acme/without-policy"])
    for login in ("ana", "ben", "gita"):
        github.grant(REPOSITORY, login, "write")


async def test_the_whole_follow_up_of_a_merge_is_foreseen_with_reasons(github: Sandbox, ask: Ask) -> None:
    github.edit_document(REPOSITORY, PATH, good_postmortem())
    plan = await ask(REPOSITORY, "--format", "json")
    assert (plan.status, plan.err) == (0, "")
    answer = json.loads(plan.out)
    assert answer["version"] == 1
    assert {"as_of", "wake_at"} <= answer.keys()
    assert all(each["reason"] for each in plan.effects)
    tracking, alert, retries = (each for each in plan.effects if each["effect"] == "CreateIssue")
    assert (tracking["target"], tracking["title"]) == (
        f"{REPOSITORY}#new-1",
        "Checkout returned errors for 42 minutes (SEV-2)",
    )
    assert (alert["assignees"], alert["milestone"]) == (["ben"], "2026-05-18")
    assert "**Done when** the alert fires in staging" in str(alert["body"])
    assert "tracked in #new-1" in str(retries["body"])
    assert "<!-- closeout" not in plan.out
    children = [each["child"] for each in plan.effects if each["effect"] == "AddSubIssue"]
    assert children == [f"{REPOSITORY}#new-2", f"{REPOSITORY}#new-3"]
    assert [each["step"] for each in plan.effects] == sorted(each["step"] for each in plan.effects)  # type: ignore[type-var]


async def test_nothing_is_written(github: Sandbox, ask: Ask) -> None:
    github.edit_document(REPOSITORY, PATH, good_postmortem())
    await ask(REPOSITORY)
    writes = [each.path for each in github.requests if each.method != "GET"]
    assert writes
    assert all(path.endswith("/access_tokens") for path in writes)
    tokens = [each.body for each in github.requests if each.path.endswith("/access_tokens")]
    assert all(set(sent["permissions"].values()) == {"read"} for sent in tokens)


async def test_what_is_foreseen_is_what_a_pass_then_writes(service: Service, github: Sandbox, ask: Ask) -> None:
    service.clock.set(utc_now())
    github.deliver_to(NOBODY)
    github.edit_document(REPOSITORY, PATH, good_postmortem())
    foreseen = (await ask(REPOSITORY, "--format", "json")).effects
    installation = next(iter(github.world.installations))
    await service.queue.mark(format_key(RepositoryKey(installation, github.world.repository(REPOSITORY).id)))
    await service.settled()
    written = [each for each in github.requests if each.method != "GET" and "/access_tokens" not in each.path]
    assert [_WRITES[str(each["effect"])] for each in foreseen] == [
        (each.method, each.path.rpartition("/")[2].strip("0123456789") or "N") for each in written
    ]
    assert (await ask(REPOSITORY, "--format", "json")).effects == []


async def test_a_change_by_a_person_is_foreseen_on_the_issues_that_are_there(
    service: Service, github: Sandbox, ask: Ask
) -> None:
    service.clock.set(utc_now())
    github.edit_document(REPOSITORY, PATH, good_postmortem())
    await service.settled()
    github.deliver_to(NOBODY)
    github.close_issue(github.issue(REPOSITORY, 2), "ben")
    plan = await ask(REPOSITORY, "--format", "json")
    assert (f"{REPOSITORY}#1", "UpdateIssue") in {(each["target"], each["effect"]) for each in plan.effects}


async def test_the_text_says_what_and_why(github: Sandbox, ask: Ask) -> None:
    github.edit_document(REPOSITORY, PATH, good_postmortem())
    plan = await ask(REPOSITORY)
    assert plan.out.startswith("acme/postmortems, as of 20")
    assert f"open {REPOSITORY}#new-1: “Checkout returned errors for 42 minutes (SEV-2)”" in plan.out
    assert "because a postmortem was merged" in plan.out
    assert "\nThen:\n" in plan.out


async def test_nothing_pending_is_said(ask: Ask) -> None:
    plan = await ask(REPOSITORY)
    assert plan.status == 0
    assert plan.out.endswith(": nothing to write\n")


async def test_a_repository_without_a_policy_is_left_alone(ask: Ask) -> None:
    plan = await ask("acme/without-policy")
    assert plan.status == 0
    assert "no policy file" in plan.out


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["acme/nowhere"], "there is no repository acme/nowhere, or this App is not installed on it"),
        (["acme/other"], "there is no repository acme/other, or this App is not installed on it"),
        (["postmortems"], "'postmortems' is not the name of a repository; write it as acme/postmortems"),
        (
            [REPOSITORY, "--as-of", "soon"],
            "--as-of 'soon' is no date; write a day as 2026-12-01, or 2026-12-01T09:00",
        ),
        ([REPOSITORY, "--as-of", "2026-02-30"], "--as-of '2026-02-30' is no date"),
        ([REPOSITORY, "--as-of", "2024-05-06"], "--as-of 2024-05-06 is past; name a day from 20"),
        ([REPOSITORY, "--as-of", "2024-05-06T09:30Z"], "--as-of 2024-05-06 09:30:00+00:00 is past"),
        ([REPOSITORY, "--as-of", "2999-01-01"], "--as-of 2999-01-01 is too far ahead; name a day up to 20"),
    ],
)
async def test_wrong_use_is_one_line_and_status_2(ask: Ask, arguments: list[str], complaint: str) -> None:
    plan = await ask(*arguments)
    assert (plan.status, plan.out) == (2, "")
    assert plan.err.startswith(f"closeout plan: {complaint}")
    assert plan.err.count("\n") == 1


async def test_a_missing_setting_is_named(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CLOSEOUT_APP_ID")
    plan = await ask(REPOSITORY)
    assert (plan.status, plan.err) == (
        2,
        f"closeout plan: CLOSEOUT_APP_ID is missing: set it in the environment ({SETTINGS_PAGE})\n",
    )


async def test_a_broken_policy_is_named_with_its_line(github: Sandbox, ask: Ask) -> None:
    github.edit_document(REPOSITORY, ".github/closeout.yml", "version: 1\ndeadline: {}\n")
    plan = await ask(REPOSITORY)
    assert plan.status == 2
    assert plan.err.startswith("closeout plan: .github/closeout.yml, line 2: ")


async def test_all_missing_settings_are_named_each_on_its_line(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CLOSEOUT_APP_ID")
    monkeypatch.setenv("CLOSEOUT_PORT", "eighty")
    plan = await ask(REPOSITORY)
    assert plan.err.splitlines() == [
        f"closeout plan: CLOSEOUT_APP_ID is missing: set it in the environment ({SETTINGS_PAGE})",
        "closeout plan: CLOSEOUT_PORT is wrong: it must be a number",
    ]


async def test_credentials_of_another_app_are_named(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLOSEOUT_APP_ID", "999999")
    plan = await ask(REPOSITORY)
    assert plan.status == 2
    assert plan.err.startswith("closeout plan: not connected to GitHub: GitHub answered GET /app with 404: ")
    assert plan.err.endswith("; look at CLOSEOUT_APP_ID and CLOSEOUT_PRIVATE_KEY, which must be of the same App\n")


@pytest.mark.parametrize("off", [timedelta(hours=-2), timedelta(hours=2)])
async def test_a_clock_that_is_off_is_named(github: Sandbox, ask: Ask, off: timedelta) -> None:
    github.world.clock = lambda: utc_now() + off
    plan = await ask(REPOSITORY)
    assert plan.err.startswith("closeout plan: not connected to GitHub: GitHub answered GET /app with 401: ")
    assert plan.err.endswith("; look at the clock of this machine, which must be right to the minute\n")


async def test_github_being_away_is_one_line(github: Sandbox, ask: Ask) -> None:
    github.faults.answer(404, "GET", "/app", times=9)
    plan = await ask(REPOSITORY)
    assert plan.status == 2
    assert plan.err.startswith("closeout plan: not connected to GitHub: ")
    assert plan.err.count("\n") == 1
