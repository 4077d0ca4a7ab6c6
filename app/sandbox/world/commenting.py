"""Comments on issues and pull requests, and reactions."""

from dataclasses import replace
from typing import Literal

from app.sandbox.world.conversation import home_of, keep
from app.sandbox.world.issue_records import Comment, Issue, Reacted, Reaction
from app.sandbox.world.records import Account, Event, Refused, validation_failed
from app.sandbox.world.state import World

LONGEST_BODY = 65_536  # characters


def comment_on(
    world: World, issue: Issue, author: Account, body: str, app: int | None = None
) -> tuple[Comment, list[Event]]:
    """A new comment, which also updates the issue.

    Raises:
        Refused: 422 for a body that is blank or too long; 403 where archived; 410 where issues are off.
    """
    home = home_of(world, issue)
    _check(body)
    now = world.now()
    comment = Comment(world.next_id("comment"), home.id, issue.number, author.id, body, now, now, app)
    world.comments[comment.id] = comment
    keep(world, issue)
    return comment, [Event("issue_comment", "created", author.id, home.id, comment)]


def _check(body: str) -> None:
    if not body.strip():
        raise validation_failed("IssueComment", "data", "unprocessable", "Body cannot be blank")
    if len(body) > LONGEST_BODY:
        said = f"Body is too long (maximum is {LONGEST_BODY} characters)"
        raise validation_failed("IssueComment", "data", "unprocessable", said)


def issue_of(world: World, comment: Comment) -> Issue:
    """The issue that a comment stands on."""
    return world.issue(world.repositories[comment.repository], comment.number)


def edit_comment(world: World, comment: Comment, sender: Account, body: str) -> tuple[Comment, list[Event]]:
    """Change what a comment says."""
    issue = issue_of(world, comment)
    home = home_of(world, issue)
    _check(body)
    if body == comment.body:
        return comment, []
    changed = replace(comment, body=body, updated_at=world.now())
    world.comments[comment.id] = changed
    if world.features.edits_touch_issues:
        keep(world, issue)
    extra = {"changes": {"body": {"from": comment.body}}}
    return changed, [Event("issue_comment", "edited", sender.id, home.id, changed, extra)]


def delete_comment(world: World, comment: Comment, sender: Account) -> list[Event]:
    """Delete a comment."""
    issue = issue_of(world, comment)
    home = home_of(world, issue)
    del world.comments[comment.id]
    if world.features.edits_touch_issues:
        keep(world, issue)
    return [Event("issue_comment", "deleted", sender.id, home.id, comment)]


def find_comment(world: World, repository: int, identity: int) -> Comment:
    """The comment of that id in a repository.

    Raises:
        Refused: 404, when there is none.
    """
    found = world.comments.get(identity)
    if found is None or found.repository != repository:
        raise Refused(404, "Not Found")
    return found


def react(
    world: World, on: Literal["issue", "comment"], target: int, author: Account, content: Reacted
) -> tuple[Reaction, bool]:
    """A reaction, and whether it is new: nobody reacts twice in the same way. Nothing else changes."""
    for reaction in world.reactions.values():
        if (reaction.on, reaction.target, reaction.author, reaction.content) == (on, target, author.id, content):
            return reaction, False
    reaction = Reaction(world.next_id("reaction"), on, target, author.id, content, world.now())
    world.reactions[reaction.id] = reaction
    return reaction, True


def reactions_to(world: World, on: Literal["issue", "comment"], target: int) -> list[Reaction]:
    """All reactions to one thing, oldest first."""
    return [found for found in world.reactions.values() if (found.on, found.target) == (on, target)]
