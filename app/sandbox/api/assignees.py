"""Who can be given issues, and who has one."""

from app.sandbox.api.call import Call, Reply, Route, listed, names_of
from app.sandbox.api.issues import READ_EITHER, WRITE_EITHER, issue_of
from app.sandbox.shapes import accounts
from app.sandbox.shapes import issues as shapes
from app.sandbox.world.issuing import resolve_assignees, set_assignees
from app.sandbox.world.members import assignable, assignable_people
from app.sandbox.world.records import Refused


def list_assignable(call: Call) -> Reply:
    """Everyone who can be given issues."""
    found = assignable_people(call.world, call.repository)
    return listed(call, found, lambda who: accounts.account(call.world, who))


def check_assignable(call: Call) -> Reply:
    """204 for a person who can be given issues of this repository, else 404."""
    who = call.world.find_account(call.params["assignee"])
    if who is None or not assignable(call.world, call.repository, who):
        raise Refused(404, "Not Found")
    return Reply(204)


def check_assignable_to_issue(call: Call) -> Reply:
    """204 for a person who can be given this issue (who commented on it can, too), else 404."""
    who = call.world.find_account(call.params["assignee"])
    if who is None or not assignable(call.world, call.repository, who, issue_of(call)):
        raise Refused(404, "Not Found")
    return Reply(204)


def add(call: Call) -> Reply:
    """Give the issue to more people."""
    issue = issue_of(call)
    come = resolve_assignees(call.world, call.repository, names_of(call.body, "assignees") or (), issue)
    people = [*(call.world.accounts[who] for who in issue.assignees), *come]
    events = set_assignees(call.world, issue, people, call.bot)
    return Reply(201, shapes.issue(call.world, issue_of(call)), tuple(events))


def remove(call: Call) -> Reply:
    """Take the issue from people; those who don't have it don't matter."""
    issue, gone = issue_of(call), {login.lower() for login in names_of(call.body, "assignees") or ()}
    people = [call.world.accounts[who] for who in issue.assignees]
    kept = [person for person in people if person.login.lower() not in gone]
    events = set_assignees(call.world, issue, kept, call.bot)
    return Reply(200, shapes.issue(call.world, issue_of(call)), tuple(events))


BASE = "/repos/{owner}/{repo}"
OF_ISSUE = BASE + "/issues/{issue_number}/assignees"
ROUTES = (
    Route("GET", BASE + "/assignees", list_assignable, READ_EITHER),
    Route("GET", BASE + "/assignees/{assignee}", check_assignable, READ_EITHER),
    Route("GET", OF_ISSUE + "/{assignee}", check_assignable_to_issue, READ_EITHER),
    Route("POST", OF_ISSUE, add, WRITE_EITHER),
    Route("DELETE", OF_ISSUE, remove, WRITE_EITHER),
)
