"""Comments on issues and pull requests, and reactions."""

from typing import get_args

from app.sandbox.api.call import Call, Reply, Route, choice_of, invalid, listed, required_text, since_of
from app.sandbox.api.issues import READ_EITHER, WRITE_EITHER, issue_of
from app.sandbox.shapes import issues as shapes
from app.sandbox.world.commenting import (
    comment_on,
    delete_comment,
    edit_comment,
    find_comment,
    react,
    reactions_to,
)
from app.sandbox.world.installing import allows
from app.sandbox.world.issue_records import Comment, Reacted, Reaction
from app.sandbox.world.records import Refused

WRITE_PULLS = ("pull_requests", "write")


def _comment(call: Call) -> Comment:
    return find_comment(call.world, call.repository.id, call.number("comment_id"))


def list_comments(call: Call) -> Reply:
    """The comments on one issue, oldest first; with `since`, those updated at or after."""
    since = since_of(call)
    found = [it for it in call.world.comments_of(issue_of(call)) if since is None or it.updated_at >= since]
    return listed(call, found, lambda it: shapes.comment(call.world, it))


def list_all_comments(call: Call) -> Reply:
    """The comments of the whole repository, by id, or with `sort` by when they were created or updated."""
    since, sort = since_of(call), call.query.get("sort")
    found = [
        it
        for it in call.world.comments.values()
        if it.repository == call.repository.id and (since is None or it.updated_at >= since)
    ]
    if sort == "updated":
        found.sort(key=lambda it: (it.updated_at, it.id))
    # A direction without a sort is ignored.
    if sort is not None and call.query.get("direction", "desc") == "desc":
        found.reverse()
    return listed(call, found, lambda it: shapes.comment(call.world, it))


def show_comment(call: Call) -> Reply:
    """One comment."""
    return Reply(body=shapes.comment(call.world, _comment(call)))


def create_comment(call: Call) -> Reply:
    """Comment in the App's name."""
    text, issue = required_text(call.body, "body"), issue_of(call)
    if issue.is_pull:
        _require_pull_permission(call)
    comment, events = comment_on(call.world, issue, call.bot, text, call.app.id)
    return Reply(201, shapes.comment(call.world, comment), tuple(events))


def _require_pull_permission(call: Call) -> None:
    """GitHub's reference says that `issues: write` will do; on a pull request it does not.

    Source: github.com/github/rest-api-description, issue 6994.
    """
    token = call.actor.token
    if token is None or not allows(token.permissions, *WRITE_PULLS):
        raise Refused(403, "Resource not accessible by integration")


def update_comment(call: Call) -> Reply:
    """Change what it says."""
    comment, events = edit_comment(call.world, _comment(call), call.bot, required_text(call.body, "body"))
    return Reply(200, shapes.comment(call.world, comment), tuple(events))


def remove_comment(call: Call) -> Reply:
    """Delete it."""
    return Reply(204, None, tuple(delete_comment(call.world, _comment(call), call.bot)))


def _content(call: Call) -> Reacted:
    wanted = choice_of(call.body, "content", get_args(Reacted))
    found: Reacted | None = next((it for it in get_args(Reacted) if it == wanted), None)
    if found is None:
        raise invalid('"content" wasn\'t supplied.')
    return found


def _reacted(call: Call, made: tuple[Reaction, bool]) -> Reply:
    reaction, is_new = made
    return Reply(201 if is_new else 200, shapes.reaction(call.world, reaction))


def react_to_comment(call: Call) -> Reply:
    """React to a comment: 201, or 200 when the App already did."""
    return _reacted(call, react(call.world, "comment", _comment(call).id, call.bot, _content(call)))


def react_to_issue(call: Call) -> Reply:
    """React to an issue: 201, or 200 when the App already did."""
    return _reacted(call, react(call.world, "issue", issue_of(call).id, call.bot, _content(call)))


def list_reactions_to_comment(call: Call) -> Reply:
    """The reactions to a comment, oldest first."""
    return _listed_reactions(call, reactions_to(call.world, "comment", _comment(call).id))


def list_reactions_to_issue(call: Call) -> Reply:
    """The reactions to an issue, oldest first."""
    return _listed_reactions(call, reactions_to(call.world, "issue", issue_of(call).id))


def _listed_reactions(call: Call, found: list[Reaction]) -> Reply:
    wanted = call.query.get("content")
    rows = [it for it in found if wanted in (None, it.content)]
    return listed(call, rows, lambda it: shapes.reaction(call.world, it))


BASE = "/repos/{owner}/{repo}/issues"
OF_ISSUE = BASE + "/{issue_number}"
ONE = BASE + "/comments/{comment_id}"
ROUTES = (
    Route("GET", OF_ISSUE + "/comments", list_comments, READ_EITHER),
    Route("POST", OF_ISSUE + "/comments", create_comment, WRITE_EITHER),
    Route("GET", BASE + "/comments", list_all_comments, READ_EITHER),
    Route("GET", ONE, show_comment, READ_EITHER),
    Route("PATCH", ONE, update_comment, WRITE_EITHER),
    Route("DELETE", ONE, remove_comment, WRITE_EITHER),
    Route("GET", ONE + "/reactions", list_reactions_to_comment, READ_EITHER),
    Route("POST", ONE + "/reactions", react_to_comment, WRITE_EITHER),
    Route("GET", OF_ISSUE + "/reactions", list_reactions_to_issue, READ_EITHER),
    Route("POST", OF_ISSUE + "/reactions", react_to_issue, WRITE_EITHER),
)
