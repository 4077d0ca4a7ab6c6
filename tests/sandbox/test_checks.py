from typing import Any

import pytest
from aiohttp import ClientSession

from app.sandbox.driver import Sandbox
from tests.github_schema import SchemaGuard
from tests.sandbox.caller import REPOSITORY, Caller, as_installation

BASE = f"/repos/{REPOSITORY}"
RUNS = f"{BASE}/check-runs"


def an_annotation(line: int, **more: object) -> dict[str, object]:
    return {
        "path": "a.md",
        "start_line": line,
        "end_line": line,
        "annotation_level": "failure",
        "message": f"At line {line}.",
        **more,
    }


def an_output(annotations: list[dict[str, object]], **more: object) -> dict[str, object]:
    return {"title": "Title", "summary": "Summary", "annotations": annotations, **more}


def a_run(sha: str, **more: object) -> dict[str, object]:
    return {"name": "Postmortem document", "head_sha": sha, "status": "completed", "conclusion": "failure", **more}


@pytest.fixture
def sha(home: Sandbox) -> str:
    return home.open_pull(REPOSITORY, "inc", files={"a.md": "a\n"}).head_sha


async def test_annotations_are_appended_and_never_removed(call: Caller, sha: str) -> None:
    first = [an_annotation(line) for line in range(1, 51)]
    run = (await call("POST", RUNS, a_run(sha, output=an_output(first)))).json
    second = {"output": an_output([an_annotation(51), an_annotation(52)])}
    updated = (await call("PATCH", f"{RUNS}/{run['id']}", second)).json
    assert updated["output"]["annotations_count"] == 52
    await call("PATCH", f"{RUNS}/{run['id']}", {"output": an_output([])})
    pages = [(await call("GET", f"{RUNS}/{run['id']}/annotations?per_page=50&page={n}")).json for n in (1, 2)]
    assert [row["start_line"] for page in pages for row in page] == list(range(1, 53))


@pytest.mark.parametrize(
    "broken",
    [
        {"conclusion": None},
        {"output": {"title": "Title"}},
        {"output": {"summary": "Summary"}},
        {"output": an_output([an_annotation(line) for line in range(1, 52)])},
        {"output": an_output([an_annotation(0)])},
        {"output": an_output([an_annotation(1, start_column=0)])},
        {"output": an_output([an_annotation(1, end_line=2, start_column=1, end_column=2)])},
        {"output": an_output([an_annotation(2, end_line=1)])},
        {"output": an_output([an_annotation(1, title="x" * 256)])},
        {"output": {"title": "Title", "summary": "x" * 65_536}},
        {"output": an_output([], text="x" * 65_536)},
        {"head_sha": "0" * 40},
        {"head_sha": "main"},
        {"conclusion": "stale"},
        {"actions": [{"label": "x" * 21, "description": "x", "identifier": "x"}]},
    ],
)
async def test_what_github_refuses_is_422_and_changes_nothing(
    home: Sandbox, call: Caller, sha: str, broken: dict[str, Any], schema_guard: SchemaGuard
) -> None:
    schema_guard.requests = False
    body = {key: value for key, value in (a_run(sha) | broken).items() if value is not None}
    answer = await call("POST", RUNS, body)
    assert answer.status == 422, answer.json
    assert home.checks(REPOSITORY, sha) == {}


async def test_a_conclusion_alone_completes(call: Caller, sha: str) -> None:
    run = (await call("POST", RUNS, {"name": "x", "head_sha": sha, "conclusion": "success"})).json
    assert (run["status"], run["completed_at"] is not None) == ("completed", True)
    again = (await call("PATCH", f"{RUNS}/{run['id']}", {"status": "in_progress"})).json
    assert (again["conclusion"], again["completed_at"]) == (None, None)


async def test_the_newest_run_of_a_name_is_the_one_that_counts(call: Caller, sha: str) -> None:
    await call("POST", RUNS, a_run(sha))
    newest = (await call("POST", RUNS, a_run(sha, conclusion="success"))).json
    path = f"{BASE}/commits/{sha}/check-runs"
    latest = (await call("GET", f"{path}?filter=latest&check_name=Postmortem%20document")).json
    assert [run["id"] for run in latest["check_runs"]] == [newest["id"]]
    assert (await call("GET", f"{path}?filter=all")).json["total_count"] == 2


async def test_other_apps_runs_are_listed_apart_and_cannot_be_changed(home: Sandbox, call: Caller, sha: str) -> None:
    theirs = home.report_check(REPOSITORY, sha, "tests")
    path = f"{BASE}/commits/{sha}/check-runs"
    assert (await call("GET", path)).json["total_count"] == 1
    assert (await call("GET", f"{path}?app_id={home.app_id}")).json["total_count"] == 0
    assert (await call("PATCH", f"{RUNS}/{theirs}", {"status": "in_progress"})).status == 403


async def test_a_run_on_a_forks_head_names_no_pull_request(home: Sandbox, call: Caller, sha: str) -> None:
    fork = home.fork(REPOSITORY, "zoe")
    pull = home.open_pull(REPOSITORY, "theirs", files={"b.md": "b\n"}, author="zoe", fork=fork)
    ours = (await call("POST", RUNS, a_run(sha))).json
    theirs = (await call("POST", RUNS, a_run(pull.head_sha))).json
    assert [row["number"] for row in ours["pull_requests"]] == [1]
    assert theirs["pull_requests"] == []
    suite = (await call("GET", f"{BASE}/check-suites/{theirs['check_suite']['id']}")).json
    assert suite["head_branch"] is None


async def test_a_suite_says_the_worst_of_its_runs(home: Sandbox, call: Caller, sha: str) -> None:
    await call("POST", RUNS, a_run(sha, name="one", conclusion="success"))
    assert home.deliveries[-1].payload["check_suite"]["conclusion"] == "success"
    await call("POST", RUNS, a_run(sha, name="two", conclusion="failure"))
    assert (home.deliveries[-1].event, home.deliveries[-1].action) == ("check_suite", "completed")
    assert home.deliveries[-1].payload["check_suite"]["conclusion"] == "failure"


async def test_a_rerequest_leaves_the_run_as_it_was(home: Sandbox, call: Caller, sha: str) -> None:
    await call("POST", RUNS, a_run(sha, external_id="digest"))
    (run,) = home.checks(REPOSITORY, sha).values()
    home.rerequest(run, by="ana")
    sent = home.deliveries[-1].payload
    assert (sent["action"], sent["sender"]["login"]) == ("rerequested", "ana")
    assert (sent["check_run"]["status"], sent["check_run"]["external_id"]) == ("completed", "digest")
    home.rerequest_all(home.suite(run))
    assert home.deliveries[-1].payload["check_suite"]["head_sha"] == sha


async def test_reading_checks_is_not_enough_to_write_them(home: Sandbox, session: ClientSession, sha: str) -> None:
    call = await as_installation(home, session, {"permissions": {"checks": "read"}})
    answer = await call("POST", RUNS, a_run(sha))
    assert (answer.status, answer.headers["X-Accepted-GitHub-Permissions"]) == (403, "checks=write")
