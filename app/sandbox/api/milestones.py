"""Milestones."""

from datetime import UTC, datetime

from app.sandbox.api.call import Call, Reply, Route, choice_of, instant_of, listed, required_text, text_of
from app.sandbox.api.issues import READ_EITHER, WRITE_EITHER
from app.sandbox.shapes import issues as shapes
from app.sandbox.world.issue_records import Milestone
from app.sandbox.world.scheduling import (
    create_milestone,
    delete_milestone,
    edit_milestone,
    set_milestone_state,
)

STATES = ("open", "closed")
LATEST = datetime.max.replace(tzinfo=UTC)


def _milestone(call: Call) -> Milestone:
    return call.world.milestone(call.repository, call.number("milestone_number"))


def list_milestones(call: Call) -> Reply:
    """Milestones by state, the next to be due first unless asked otherwise; those without a date come last."""
    state = call.query.get("state", "open")
    found = [it for it in call.world.milestones_of(call.repository) if state in ("all", it.state)]
    if call.query.get("sort") == "completeness":
        found.sort(key=lambda it: _completeness(call, it))
    else:
        found.sort(key=lambda it: (it.due_on or LATEST, it.number))
    if call.query.get("direction") == "desc":
        found.reverse()
    return listed(call, found, lambda it: shapes.milestone(call.world, it))


def _completeness(call: Call, it: Milestone) -> float:
    shape = shapes.milestone(call.world, it)
    closed = int(shape["closed_issues"])
    return closed / max(closed + int(shape["open_issues"]), 1)


def show(call: Call) -> Reply:
    """One milestone."""
    return Reply(body=shapes.milestone(call.world, _milestone(call)))


def create(call: Call) -> Reply:
    """A new milestone."""
    milestone, events = create_milestone(
        call.world,
        call.repository,
        required_text(call.body, "title"),
        call.bot,
        description=text_of(call.body, "description"),
        due_on=instant_of(call.body, "due_on"),
        state=choice_of(call.body, "state", STATES),
    )
    return Reply(201, shapes.milestone(call.world, milestone), tuple(events))


def update(call: Call) -> Reply:
    """Change what the body names; a null takes the date or the description away."""
    state = choice_of(call.body, "state", STATES)
    wanted: dict[str, object] = {key: text_of(call.body, key) for key in ("description",) if key in call.body}
    if call.body.get("title") is not None:
        wanted["title"] = text_of(call.body, "title")
    if "due_on" in call.body:
        wanted["due_on"] = instant_of(call.body, "due_on")
    events = edit_milestone(call.world, _milestone(call), call.bot, **wanted)
    if state is not None:
        events += set_milestone_state(call.world, _milestone(call), call.bot, is_open=state == "open")
    return Reply(200, shapes.milestone(call.world, _milestone(call)), tuple(events))


def delete(call: Call) -> Reply:
    """Delete a milestone."""
    return Reply(204, None, tuple(delete_milestone(call.world, _milestone(call), call.bot)))


BASE = "/repos/{owner}/{repo}/milestones"
ONE = BASE + "/{milestone_number}"
ROUTES = (
    Route("GET", BASE, list_milestones, READ_EITHER),
    Route("POST", BASE, create, WRITE_EITHER),
    Route("GET", ONE, show, READ_EITHER),
    Route("PATCH", ONE, update, WRITE_EITHER),
    Route("DELETE", ONE, delete, WRITE_EITHER),
)
