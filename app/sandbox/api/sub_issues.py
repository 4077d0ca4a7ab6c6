"""Sub-issues. Where this GitHub does not have them, every path is a 404."""

from app.sandbox.api.call import Call, Reply, Route, flag_of, invalid, listed, whole_of
from app.sandbox.api.issues import READ_ISSUES, WRITE_ISSUES, issue_of
from app.sandbox.shapes import issues as shapes
from app.sandbox.world.issue_records import Issue
from app.sandbox.world.nesting import add_sub_issue, remove_sub_issue, sub_issues_of
from app.sandbox.world.records import Refused


def _parent(call: Call) -> Issue:
    if not call.world.features.sub_issues:
        raise Refused(404, "Not Found")
    return issue_of(call)


def _child(call: Call) -> Issue:
    identity = whole_of(call.body, "sub_issue_id", least=1)
    if identity is None:
        raise invalid('"sub_issue_id" wasn\'t supplied.')
    found = call.world.issue_of_id(identity)
    if found is None:
        raise Refused(404, "The provided sub-issue does not exist")
    return found


def list_sub_issues(call: Call) -> Reply:
    """The parts of an issue."""
    return listed(call, sub_issues_of(call.world, _parent(call)), lambda it: shapes.issue(call.world, it))


def add(call: Call) -> Reply:
    """Make an issue, given by its id, a part of this one."""
    parent, child = _parent(call), _child(call)
    replace_parent = flag_of(call.body, "replace_parent") or False
    kept, events = add_sub_issue(call.world, parent, child, call.bot, replace_parent=replace_parent)
    return Reply(201, shapes.issue(call.world, kept), tuple(events))


def remove(call: Call) -> Reply:
    """Let a part stand alone again."""
    kept, events = remove_sub_issue(call.world, _parent(call), _child(call), call.bot)
    return Reply(200, shapes.issue(call.world, kept), tuple(events))


def show_parent(call: Call) -> Reply:
    """What an issue is a part of."""
    above = call.world.parent_of(_parent(call))
    if above is None:
        raise Refused(404, "No parent issue found")
    return Reply(body=shapes.issue(call.world, above))


ONE = "/repos/{owner}/{repo}/issues/{issue_number}"
ROUTES = (
    Route("GET", ONE + "/sub_issues", list_sub_issues, READ_ISSUES),
    Route("POST", ONE + "/sub_issues", add, WRITE_ISSUES),
    Route("DELETE", ONE + "/sub_issue", remove, WRITE_ISSUES),
    Route("GET", ONE + "/parent", show_parent, READ_ISSUES),
)
