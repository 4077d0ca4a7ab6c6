"""Check runs: creating and updating with GitHub's rules, above all that annotations are appended and never removed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from app.sandbox.world.pushing import suite_for
from app.sandbox.world.records import (
    Account,
    Annotation,
    CheckRun,
    CheckStatus,
    CheckSuite,
    Event,
    GithubApp,
    Output,
    Pull,
    Refused,
    Repository,
)
from app.sandbox.world.state import World

# The worst first: what a suite says when its runs disagree.
WORST_FIRST = ("failure", "timed_out", "cancelled", "action_required", "stale", "neutral", "success", "skipped")


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """What an App asks for; None leaves a field as it is."""

    name: str | None = None
    status: CheckStatus | None = None
    conclusion: str | None = None
    started_at: datetime | None = None
    completed_at: datetime | None = None
    external_id: str | None = None
    details_url: str | None = None
    output: Output | None = None
    actions: tuple[Mapping[str, str], ...] | None = None


def create_run(
    world: World, app: GithubApp, repository: Repository, sha: str, wish: CheckRequest
) -> tuple[CheckRun, list[Event]]:
    """A new run on a commit of the repository.

    Raises:
        Refused: 422 for a commit this repository does not have, or completed without a conclusion.
    """
    if sha not in world.known[repository.id] or sha not in world.objects.commits:
        raise Refused(422, f"No commit found for SHA: {sha}")
    branch = next(
        (ref for ref, at in world.refs_of(repository).items() if at == sha and ref.startswith("refs/heads/")), None
    )
    suite = suite_for(world, app, repository, sha, branch.removeprefix("refs/heads/") if branch else None, None)
    run = CheckRun(
        id=world.next_id("run"),
        suite=suite.id,
        app=app.id,
        repository=repository.id,
        name=wish.name or "",
        sha=sha,
        status="queued",
        conclusion=None,
        started_at=world.now(),
        completed_at=None,
        external_id="",
        details_url=None,
    )
    run = _apply(world, run, wish)
    sender = world.accounts[app.bot]
    events = [Event("check_run", "created", sender.id, repository.id, run)]
    return run, events + _completion(world, run, sender, was_complete=False)


def update_run(world: World, app: GithubApp, run: CheckRun, wish: CheckRequest) -> tuple[CheckRun, list[Event]]:
    """Change a run of one's own; annotations are added to those that are there.

    Raises:
        Refused: 403 for another App's run, 422 when completed without a conclusion.
    """
    if run.app != app.id:
        message = f"Invalid app_id `{app.id}` - check run can only be modified by the GitHub App that created it."
        raise Refused(403, message)
    changed = _apply(world, run, wish)
    sender = world.accounts[app.bot]
    return changed, _completion(world, changed, sender, was_complete=run.status == "completed")


def _apply(world: World, run: CheckRun, wish: CheckRequest) -> CheckRun:
    status = "completed" if wish.conclusion else (wish.status or run.status)
    conclusion = (wish.conclusion or run.conclusion) if status == "completed" else None
    if status == "completed" and conclusion is None:
        raise Refused(422, 'Invalid request.\n\n"conclusion" is required when "status" is "completed".')
    changed = replace(
        run,
        name=wish.name or run.name,
        status=status,
        conclusion=conclusion,
        started_at=wish.started_at or run.started_at,
        completed_at=(wish.completed_at or run.completed_at or world.now()) if status == "completed" else None,
        external_id=run.external_id if wish.external_id is None else wish.external_id,
        details_url=wish.details_url or run.details_url,
        output=_appended(run.output, wish.output),
        actions=run.actions if wish.actions is None else wish.actions,
    )
    world.runs[run.id] = changed
    world.suites[run.suite] = replace(world.suites[run.suite], updated_at=world.now())
    return changed


def _appended(old: Output, new: Output | None) -> Output:
    if new is None:
        return old
    return Output(
        title=new.title or old.title,
        summary=new.summary,
        text=old.text if new.text is None else new.text,
        annotations=old.annotations + new.annotations,
    )


def _completion(world: World, run: CheckRun, sender: Account, *, was_complete: bool) -> list[Event]:
    if run.status != "completed" or was_complete:
        return []
    events = [Event("check_run", "completed", sender.id, run.repository, run)]
    suite = world.suites[run.suite]
    if suite_status(world, suite)[0] == "completed":
        events.append(Event("check_suite", "completed", sender.id, run.repository, suite))
    return events


def rerequest_run(world: World, run: CheckRun, sender: Account) -> list[Event]:
    """Ask the App to run it again. The run itself stays as it is: that is GitHub's way."""
    return [Event("check_run", "rerequested", sender.id, run.repository, run)]


def rerequest_suite(world: World, suite: CheckSuite, sender: Account) -> list[Event]:
    """Ask the App to run all of a commit's checks again."""
    return [Event("check_suite", "rerequested", sender.id, suite.repository, suite)]


def runs_in(world: World, suite: CheckSuite) -> list[CheckRun]:
    """The runs of a suite, newest first."""
    return sorted((run for run in world.runs.values() if run.suite == suite.id), key=lambda run: -run.id)


def latest(runs: Iterable[CheckRun]) -> list[CheckRun]:
    """The newest run of each name and suite, from runs given newest first."""
    newest: dict[tuple[int, str], CheckRun] = {}
    for run in runs:
        newest.setdefault((run.suite, run.name), run)
    return list(newest.values())


def suite_status(world: World, suite: CheckSuite) -> tuple[CheckStatus, str | None]:
    """Status and conclusion of a suite: the worst of its latest runs, once all have ended."""
    runs = latest(runs_in(world, suite))
    if not runs:
        return "queued", None
    if any(run.status != "completed" for run in runs):
        return "in_progress", None
    conclusions = {run.conclusion for run in runs}
    return "completed", next(worst for worst in WORST_FIRST if worst in conclusions)


def pulls_on(world: World, repository: int, sha: str) -> list[Pull]:
    """The open pull requests that GitHub lists on a run: those whose head is in this same repository."""
    return [
        pull
        for pull in world.pulls.values()
        if pull.repository == repository and pull.head_sha == sha and pull.state == "open" and not pull.from_fork
    ]


def annotation_fits(annotation: Annotation) -> bool:
    """GitHub's rule on columns: both given only where the remark stays on one line, lines in order."""
    if annotation.end_line < annotation.start_line:
        return False
    has_columns = annotation.start_column is not None or annotation.end_column is not None
    return not has_columns or annotation.start_line == annotation.end_line
