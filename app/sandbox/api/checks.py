"""Check runs and suites."""

import re
from typing import Any, get_args

from app.sandbox.api.call import (
    Call,
    Reply,
    Route,
    choice_of,
    instant_of,
    invalid,
    listed,
    object_of,
    required_text,
    rows_of,
    text_of,
    whole_of,
    wrapped,
)
from app.sandbox.shapes import Json, checks
from app.sandbox.world.checking import (
    CheckRequest,
    annotation_fits,
    create_run,
    latest,
    rerequest_run,
    rerequest_suite,
    runs_in,
    suite_status,
    update_run,
)
from app.sandbox.world.records import Annotation, CheckRun, CheckStatus, CheckSuite, Output, Refused

READ_CHECKS = (("checks", "read"),)
WRITE_CHECKS = (("checks", "write"),)
STATUSES = get_args(CheckStatus)
CONCLUSIONS = ("action_required", "cancelled", "failure", "neutral", "success", "skipped", "timed_out")
LONGEST_TEXT = 65_535  # characters of summary and of text
LONGEST_MESSAGE = 64 * 1024  # bytes of an annotation's message and raw details
LONGEST_TITLE = 255
MOST_ANNOTATIONS = 50  # in one request
MOST_ACTIONS = 3
ACTION_LIMITS = {"label": 20, "description": 40, "identifier": 20}


def create(call: Call) -> Reply:
    """A new run on a commit."""
    name, sha = required_text(call.body, "name"), required_text(call.body, "head_sha")
    if not name:
        raise invalid('"name" must not be empty.')
    if not re.fullmatch(r"[0-9a-f]{40}", sha):
        raise Refused(422, f"No commit found for SHA: {sha}")
    run, events = create_run(call.world, call.app, call.repository, sha, _wish(call.body))
    return Reply(201, checks.run(call.world, run), tuple(events))


def update(call: Call) -> Reply:
    """Change a run; annotations are added to those that are there."""
    run, events = update_run(call.world, call.app, _run(call), _wish(call.body))
    return Reply(200, checks.run(call.world, run), tuple(events))


def _wish(body: Json) -> CheckRequest:
    status: Any = choice_of(body, "status", STATUSES)
    conclusion = choice_of(body, "conclusion", CONCLUSIONS)
    if status == "completed" and conclusion is None:
        raise invalid('"conclusion" wasn\'t supplied: it is required when "status" is "completed".')
    output = object_of(body, "output")
    return CheckRequest(
        name=text_of(body, "name"),
        status=status,
        conclusion=conclusion,
        started_at=instant_of(body, "started_at"),
        completed_at=instant_of(body, "completed_at"),
        external_id=text_of(body, "external_id"),
        details_url=text_of(body, "details_url"),
        output=None if output is None else _output(output),
        actions=_actions(body) if "actions" in body else None,
    )


def _output(body: Json) -> Output:
    return Output(
        title=required_text(body, "title"),
        summary=_limited(required_text(body, "summary")),
        text=_limited(text_of(body, "text")),
        annotations=tuple(_annotation(row) for row in rows_of(body, "annotations", most=MOST_ANNOTATIONS)),
    )


def _limited(text: str | None) -> str | None:
    if text is not None and len(text) > LONGEST_TEXT:
        raise invalid(f"Only {LONGEST_TEXT} characters are allowed; {len(text)} were supplied.")
    return text


def _annotation(row: Json) -> Annotation:
    level: Any = choice_of(row, "annotation_level", ("notice", "warning", "failure"))
    start, end = whole_of(row, "start_line", least=1), whole_of(row, "end_line", least=1)
    if level is None or start is None or end is None:
        raise invalid('An annotation needs "path", "start_line", "end_line", "annotation_level" and "message".')
    message, details = required_text(row, "message"), text_of(row, "raw_details")
    if any(len(text.encode()) > LONGEST_MESSAGE for text in (message, details or "")):
        raise invalid(f"An annotation holds at most {LONGEST_MESSAGE} bytes.")
    found = Annotation(
        path=required_text(row, "path"),
        start_line=start,
        end_line=end,
        level=level,
        message=message,
        start_column=whole_of(row, "start_column", least=1),
        end_column=whole_of(row, "end_column", least=1),
        title=text_of(row, "title", limit=LONGEST_TITLE),
        raw_details=details,
    )
    if not annotation_fits(found):
        raise invalid("Columns are allowed only if start_line and end_line have the same value.")
    return found


def _actions(body: Json) -> tuple[Json, ...]:
    rows = rows_of(body, "actions", most=MOST_ACTIONS)
    for row in rows:
        for key, limit in ACTION_LIMITS.items():
            required_text(row, key)
            text_of(row, key, limit=limit)
    return tuple(rows)


def _run(call: Call) -> CheckRun:
    found = call.world.runs.get(call.number("check_run_id"))
    if found is None or found.repository != call.repository.id:
        raise Refused(404, "Not Found")
    return found


def show(call: Call) -> Reply:
    """One run."""
    return Reply(body=checks.run(call.world, _run(call)))


def list_annotations(call: Call) -> Reply:
    """The remarks of a run, in the order they came."""
    run = _run(call)
    return listed(call, run.output.annotations, lambda it: checks.annotation(call.world, call.repository, run.sha, it))


def rerequest(call: Call) -> Reply:
    """Ask for a run again."""
    run = _run(call)
    if run.app != call.app.id:
        raise Refused(403, "This app does not own the check run.")
    return Reply(201, {}, tuple(rerequest_run(call.world, run, call.bot)))


def _filtered(call: Call, runs: list[CheckRun]) -> list[CheckRun]:
    """By name, App and status; the newest of each name unless all were asked for."""
    if call.query.get("filter", "latest") == "latest":
        runs = latest(runs)
    name, app, status = (call.query.get(key) for key in ("check_name", "app_id", "status"))
    return [
        run for run in runs if name in (None, run.name) and app in (None, str(run.app)) and status in (None, run.status)
    ]


def list_runs_of_ref(call: Call) -> Reply:
    """The runs on a commit."""
    runs = call.world.runs_of(call.repository, _sha(call))
    return wrapped(call, "check_runs", _filtered(call, runs), lambda run: checks.run(call.world, run))


def _sha(call: Call) -> str:
    commit = call.world.commit_at(call.repository, call.params["ref"])
    if commit is None:
        raise Refused(422, f"No commit found for SHA: {call.params['ref']}")
    return commit.sha


def list_suites_of_ref(call: Call) -> Reply:
    """The suites on a commit."""
    sha, app, name = _sha(call), call.query.get("app_id"), call.query.get("check_name")
    found = [
        suite
        for suite in call.world.suites.values()
        if (suite.repository, suite.sha) == (call.repository.id, sha)
        and app in (None, str(suite.app))
        and (name is None or any(run.name == name for run in runs_in(call.world, suite)))
    ]
    return wrapped(call, "check_suites", found, lambda suite: checks.suite(call.world, suite))


def _suite(call: Call) -> CheckSuite:
    found = call.world.suites.get(call.number("check_suite_id"))
    if found is None or found.repository != call.repository.id:
        raise Refused(404, "Not Found")
    return found


def show_suite(call: Call) -> Reply:
    """One suite."""
    return Reply(body=checks.suite(call.world, _suite(call)))


def list_runs_of_suite(call: Call) -> Reply:
    """The runs of a suite."""
    runs = _filtered(call, runs_in(call.world, _suite(call)))
    return wrapped(call, "check_runs", runs, lambda run: checks.run(call.world, run))


def rerequest_whole_suite(call: Call) -> Reply:
    """Ask for all runs of a suite again."""
    suite = _suite(call)
    if suite_status(call.world, suite)[0] != "completed":
        raise Refused(422, "This check suite is not rerequestable")
    return Reply(201, {}, tuple(rerequest_suite(call.world, suite, call.bot)))


BASE = "/repos/{owner}/{repo}"
RUN = BASE + "/check-runs/{check_run_id}"
SUITE = BASE + "/check-suites/{check_suite_id}"
ROUTES = (
    Route("POST", BASE + "/check-runs", create, WRITE_CHECKS),
    Route("GET", RUN, show, READ_CHECKS),
    Route("PATCH", RUN, update, WRITE_CHECKS),
    Route("GET", RUN + "/annotations", list_annotations, READ_CHECKS),
    Route("POST", RUN + "/rerequest", rerequest, WRITE_CHECKS),
    Route("GET", BASE + "/commits/{ref}/check-runs", list_runs_of_ref, READ_CHECKS),
    Route("GET", BASE + "/commits/{ref}/check-suites", list_suites_of_ref, READ_CHECKS),
    Route("GET", SUITE, show_suite, READ_CHECKS),
    Route("GET", SUITE + "/check-runs", list_runs_of_suite, READ_CHECKS),
    Route("POST", SUITE + "/rerequest", rerequest_whole_suite, WRITE_CHECKS),
)
