"""Check runs, suites and annotations as JSON."""

from app.sandbox.shapes import Json, instant, node_id
from app.sandbox.shapes.accounts import app as app_shape
from app.sandbox.shapes.commits import simple_commit
from app.sandbox.shapes.repositories import repository as repository_shape
from app.sandbox.world.checking import latest, pulls_on, runs_in, suite_status
from app.sandbox.world.records import Annotation, CheckRun, CheckSuite, Pull, Repository
from app.sandbox.world.state import World


def pull_reference(world: World, it: Pull) -> Json:
    """A pull request as a run mentions it."""
    home = world.repositories[it.repository]
    url = world.api(f"/repos/{world.full_name(home)}")
    repository = {"id": home.id, "url": url, "name": home.name}
    return {
        "id": it.id,
        "number": it.number,
        "url": f"{url}/pulls/{it.number}",
        "head": {"ref": it.head_ref, "sha": it.head_sha, "repo": repository},
        "base": {"ref": it.base_ref, "sha": it.base_sha, "repo": repository},
    }


def _pulls(world: World, repository: int, sha: str) -> list[Json]:
    return [pull_reference(world, pull) for pull in pulls_on(world, repository, sha)]


def run(world: World, it: CheckRun) -> Json:
    """A check run. `pull_requests` is empty for a commit that came through a fork."""
    name = world.full_name(world.repositories[it.repository])
    url = world.api(f"/repos/{name}/check-runs/{it.id}")
    return {
        "id": it.id,
        "name": it.name,
        "node_id": node_id("CheckRun", it.id),
        "head_sha": it.sha,
        "external_id": it.external_id,
        "url": url,
        "html_url": world.web(f"/{name}/runs/{it.id}"),
        "details_url": it.details_url or app_shape(world, world.apps[it.app])["external_url"],
        "status": it.status,
        "conclusion": it.conclusion,
        "started_at": instant(it.started_at),
        "completed_at": instant(it.completed_at),
        "output": {
            "title": it.output.title,
            "summary": it.output.summary,
            "text": it.output.text,
            "annotations_count": len(it.output.annotations),
            "annotations_url": f"{url}/annotations",
        },
        "check_suite": {"id": it.suite},
        "app": app_shape(world, world.apps[it.app]),
        "pull_requests": _pulls(world, it.repository, it.sha),
    }


def run_in_event(world: World, it: CheckRun) -> Json:
    """A check run in a webhook: with more of its suite."""
    return {**run(world, it), "check_suite": _suite_core(world, world.suites[it.suite])}


def _suite_core(world: World, it: CheckSuite) -> Json:
    name = world.full_name(world.repositories[it.repository])
    status, conclusion = suite_status(world, it)
    return {
        "id": it.id,
        "node_id": node_id("CheckSuite", it.id),
        "head_branch": it.branch,
        "head_sha": it.sha,
        "status": status,
        "conclusion": conclusion,
        "url": world.api(f"/repos/{name}/check-suites/{it.id}"),
        "before": it.before,
        "after": it.sha,
        "pull_requests": _pulls(world, it.repository, it.sha),
        "app": app_shape(world, world.apps[it.app]),
        "created_at": instant(it.created_at),
        "updated_at": instant(it.updated_at),
    }


def suite_in_event(world: World, it: CheckSuite) -> Json:
    """A suite in a webhook: everything but its repository, which the event has already."""
    core = _suite_core(world, it)
    return {
        **core,
        "latest_check_runs_count": len(latest(runs_in(world, it))),
        "check_runs_url": f"{core['url']}/check-runs",
        "head_commit": simple_commit(world.objects.commits[it.sha]),
    }


def suite(world: World, it: CheckSuite) -> Json:
    """A suite when asked for."""
    home = world.repositories[it.repository]
    return {**suite_in_event(world, it), "repository": repository_shape(world, home)}


def annotation(world: World, repository: Repository, sha: str, it: Annotation) -> Json:
    """One remark, as listed."""
    return {
        "path": it.path,
        "start_line": it.start_line,
        "end_line": it.end_line,
        "start_column": it.start_column,
        "end_column": it.end_column,
        "annotation_level": it.level,
        "title": it.title,
        "message": it.message,
        "raw_details": it.raw_details,
        "blob_href": world.web(f"/{world.full_name(repository)}/blob/{sha}/{it.path}"),
    }
