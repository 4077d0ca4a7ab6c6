"""Labels of a repository, and those on one issue."""

from app.sandbox.api.call import Call, Reply, Route, invalid, listed, names_of, required_text, text_of
from app.sandbox.api.issues import READ_EITHER, WRITE_EITHER, issue_of
from app.sandbox.shapes import Json
from app.sandbox.shapes import issues as shapes
from app.sandbox.world.issue_records import Issue, Label
from app.sandbox.world.labelling import (
    add_labels,
    create_label,
    delete_label,
    edit_label,
    remove_label,
    set_labels,
)
from app.sandbox.world.records import Event, Refused


def _label(call: Call) -> Label:
    found = call.world.find_label(call.repository, call.params["name"])
    if found is None:
        raise Refused(404, "Not Found")
    return found


def list_labels(call: Call) -> Reply:
    """All labels of the repository, by name."""
    return listed(call, call.world.labels_of(call.repository), lambda it: shapes.label(call.world, it))


def show_label(call: Call) -> Reply:
    """One label by its name, in any case."""
    return Reply(body=shapes.label(call.world, _label(call)))


def create(call: Call) -> Reply:
    """A new label."""
    name, color = required_text(call.body, "name"), text_of(call.body, "color")
    description = text_of(call.body, "description") or ""
    label, events = create_label(call.world, call.repository, name, call.bot, color, description)
    return Reply(201, shapes.label(call.world, label), tuple(events))


def update(call: Call) -> Reply:
    """Rename a label, or give it another colour or description."""
    label, events = edit_label(
        call.world,
        _label(call),
        call.bot,
        name=text_of(call.body, "new_name"),
        color=text_of(call.body, "color"),
        description=text_of(call.body, "description"),
    )
    return Reply(200, shapes.label(call.world, label), tuple(events))


def delete(call: Call) -> Reply:
    """Delete a label."""
    return Reply(204, None, tuple(delete_label(call.world, _label(call), call.bot)))


def list_labels_of_issue(call: Call) -> Reply:
    """The labels on one issue."""
    return listed(call, _labels(call, issue_of(call)), lambda it: shapes.label(call.world, it))


def _labels(call: Call, issue: Issue) -> list[Label]:
    return [call.world.labels[it] for it in issue.labels if it in call.world.labels]


def _answer(call: Call, events: list[Event]) -> Reply:
    rows: list[Json] = [shapes.label(call.world, it) for it in _labels(call, issue_of(call))]
    return Reply(200, rows, tuple(events))


def _names(call: Call) -> list[str]:
    names = names_of(call.body, "labels")
    if names is None:
        raise invalid('"labels" wasn\'t supplied.')
    return names


def add(call: Call) -> Reply:
    """Put labels on an issue, beside those it has."""
    return _answer(call, add_labels(call.world, issue_of(call), _names(call), call.bot))


def put(call: Call) -> Reply:
    """Put these labels on an issue, and no others."""
    return _answer(call, set_labels(call.world, issue_of(call), _names(call), call.bot))


def take_off(call: Call) -> Reply:
    """Take one label off an issue."""
    return _answer(call, remove_label(call.world, issue_of(call), call.params["name"], call.bot))


BASE = "/repos/{owner}/{repo}"
OF_ISSUE = BASE + "/issues/{issue_number}/labels"
ROUTES = (
    Route("GET", BASE + "/labels", list_labels, READ_EITHER),
    Route("POST", BASE + "/labels", create, WRITE_EITHER),
    Route("GET", BASE + "/labels/{name}", show_label, READ_EITHER),
    Route("PATCH", BASE + "/labels/{name}", update, WRITE_EITHER),
    Route("DELETE", BASE + "/labels/{name}", delete, WRITE_EITHER),
    Route("GET", OF_ISSUE, list_labels_of_issue, READ_EITHER),
    Route("POST", OF_ISSUE, add, WRITE_EITHER),
    Route("PUT", OF_ISSUE, put, WRITE_EITHER),
    Route("DELETE", OF_ISSUE + "/{name}", take_off, WRITE_EITHER),
)
