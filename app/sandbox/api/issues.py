"""Issues, and pull requests as issues."""

from app.sandbox.api.call import (
    Call,
    Reply,
    Route,
    choice_of,
    invalid,
    listed,
    names_of,
    required_text,
    since_of,
    text_of,
    whole_of,
)
from app.sandbox.shapes import issues as shapes
from app.sandbox.world.conversation import require_issues
from app.sandbox.world.issue_records import Issue, StateReason
from app.sandbox.world.issuing import (
    IssueDraft,
    check_texts,
    close_issue,
    edit_issue,
    open_issue,
    reopen_issue,
    resolve_assignees,
    set_assignees,
)
from app.sandbox.world.labelling import set_labels
from app.sandbox.world.mentioning import pulls_naming
from app.sandbox.world.pulling import close_pull, edit_pull, reopen_pull
from app.sandbox.world.records import Event, validation_failed
from app.sandbox.world.scheduling import find_milestone, set_milestone

READ_ISSUES = (("issues", "read"),)
WRITE_ISSUES = (("issues", "write"),)
READ_EITHER = (("issues", "read"), ("pull_requests", "read"))
WRITE_EITHER = (("issues", "write"), ("pull_requests", "write"))
REASONS: tuple[StateReason, ...] = ("completed", "not_planned", "duplicate", "reopened")


def issue_of(call: Call) -> Issue:
    """The issue that the path names."""
    found = call.world.issue(call.repository, call.number("issue_number"))
    if not found.is_pull:
        require_issues(call.repository)
    return found


def list_issues(call: Call) -> Reply:
    """Issues and pull requests that pass every filter; the newest first unless asked otherwise."""
    found = [issue for issue in call.world.issues_of(call.repository) if _passes(call, issue)]
    sort = call.query.get("sort", "created")
    if sort == "updated":
        found.sort(key=lambda issue: (issue.updated_at, issue.number), reverse=True)
    if sort == "comments":
        found.sort(key=lambda issue: (len(call.world.comments_of(issue)), issue.number), reverse=True)
    if call.query.get("direction", "desc") == "asc":
        found.reverse()
    return listed(call, found, lambda issue: shapes.issue(call.world, issue))


def _passes(call: Call, issue: Issue) -> bool:
    world, query, since = call.world, call.query, since_of(call)
    if not call.repository.has_issues and not issue.is_pull:
        return False
    if query.get("state", "open") not in ("all", issue.state) or (since is not None and issue.updated_at < since):
        return False
    if not _is_named(world.accounts[issue.author].login, query.get("creator")):
        return False
    wanted = [name.strip().lower() for name in query.get("labels", "").split(",") if name.strip()]
    if not set(wanted) <= {world.labels[one].name.lower() for one in issue.labels if one in world.labels}:
        return False
    return _has_milestone(call, issue) and _has_assignee(call, issue)


def _is_named(login: str, wanted: str | None) -> bool:
    return wanted is None or login.lower() == wanted.lower()


def _has_milestone(call: Call, issue: Issue) -> bool:
    wanted = call.query.get("milestone")
    if wanted in (None, "*", "none"):
        return wanted is None or (issue.milestone is None) == (wanted == "none")
    if not wanted.isdigit():
        raise validation_failed("Issue", "milestone", "invalid", value=wanted)
    return issue.milestone == find_milestone(call.world, call.repository, int(wanted)).number


def _has_assignee(call: Call, issue: Issue) -> bool:
    wanted = call.query.get("assignee")
    if wanted in (None, "*", "none"):
        return wanted is None or (not issue.assignees) == (wanted == "none")
    return any(_is_named(call.world.accounts[who].login, wanted) for who in issue.assignees)


def show_issue(call: Call) -> Reply:
    """One issue."""
    return Reply(body=shapes.issue(call.world, issue_of(call)))


def create_issue(call: Call) -> Reply:
    """Open an issue in the App's name."""
    single = text_of(call.body, "assignee")
    draft = IssueDraft(
        title=required_text(call.body, "title"),
        body=text_of(call.body, "body"),
        labels=tuple(names_of(call.body, "labels") or ()),
        assignees=tuple(names_of(call.body, "assignees") or ([single] if single else ())),
        milestone=whole_of(call.body, "milestone", least=1),
        app=call.app.id,
    )
    issue, events = open_issue(call.world, call.repository, call.bot, draft)
    return Reply(201, shapes.issue(call.world, issue), tuple(events))


def update_issue(call: Call) -> Reply:
    """Change what the body names; all of it or, where one thing is refused, nothing."""
    issue, body, world = issue_of(call), call.body, call.world
    title, text = text_of(body, "title"), text_of(body, "body") or ("" if "body" in body else None)
    labels, logins = names_of(body, "labels"), names_of(body, "assignees")
    milestone = whole_of(body, "milestone", least=1)
    check_texts(title, text)
    state = _state_of(call)
    people = None if logins is None else resolve_assignees(world, call.repository, logins, issue)
    if milestone is not None:
        find_milestone(world, call.repository, milestone)
    events = [] if labels is None else set_labels(world, issue, labels, call.bot)
    events += _edit(call, issue_of(call), title, text)
    events += _set_state(call, issue_of(call), *state)
    if people is not None:
        events += set_assignees(world, issue_of(call), people, call.bot)
    if "milestone" in body:
        events += set_milestone(world, issue_of(call), milestone, call.bot)
    return Reply(200, shapes.issue(world, issue_of(call)), tuple(events))


def _edit(call: Call, issue: Issue, title: str | None, text: str | None) -> list[Event]:
    if not issue.is_pull:
        return edit_issue(call.world, issue, call.bot, title=title, body=text)
    pull = call.world.pull(call.repository, issue.number)
    return edit_pull(call.world, pull, call.bot, title=title, body=text, base=None)


def _state_of(call: Call) -> tuple[str | None, StateReason]:
    state = choice_of(call.body, "state", ("open", "closed"))
    reason = choice_of(call.body, "state_reason", REASONS)
    if state == "closed" and reason == "reopened":
        raise invalid('"state_reason" cannot be reopened when an issue is closed.')
    return state, next((found for found in REASONS if found == reason), "completed")


def _set_state(call: Call, issue: Issue, state: str | None, reason: StateReason) -> list[Event]:
    """A reason without a change of state is ignored."""
    if state is None:
        return []
    if issue.is_pull:
        pull = call.world.pull(call.repository, issue.number)
        return (close_pull if state == "closed" else reopen_pull)(call.world, pull, call.bot)
    if state == "open":
        return reopen_issue(call.world, issue, call.bot)
    return close_issue(call.world, issue, call.bot, reason)


def list_events_of_issue(call: Call) -> Reply:
    """The history of one issue, oldest first."""
    found = call.world.events_of(issue_of(call))
    return listed(call, found, lambda line: shapes.history(call.world, line))


def list_events(call: Call) -> Reply:
    """The history of the whole repository, newest first."""
    issues = call.world.issues
    here = [it for it in call.world.issue_events.values() if it.repository == call.repository.id]
    found = [it for it in reversed(here) if (it.repository, it.number) in issues]
    return listed(call, found, lambda line: shapes.history(call.world, line, with_issue=True))


def list_timeline(call: Call) -> Reply:
    """The history of one issue with its comments and the pull requests that name it, oldest first."""
    issue, world = issue_of(call), call.world
    rows = [(line.created_at, shapes.history(world, line, in_timeline=True)) for line in world.events_of(issue)]
    if world.features.comments_in_histories:
        rows += [(it.created_at, shapes.commented(world, it)) for it in world.comments_of(issue)]
    rows += [(it.created_at, shapes.cross_reference(world, it)) for it in pulls_naming(world, issue)]
    rows.sort(key=lambda row: row[0])
    return listed(call, [row for _, row in rows], lambda row: row)


BASE = "/repos/{owner}/{repo}/issues"
ONE = BASE + "/{issue_number}"
ROUTES = (
    Route("GET", BASE, list_issues, READ_EITHER),
    Route("POST", BASE, create_issue, WRITE_ISSUES),
    Route("GET", BASE + "/events", list_events, READ_EITHER),
    Route("GET", ONE, show_issue, READ_EITHER),
    Route("PATCH", ONE, update_issue, WRITE_EITHER),
    Route("GET", ONE + "/events", list_events_of_issue, READ_EITHER),
    Route("GET", ONE + "/timeline", list_timeline, READ_EITHER),
)
