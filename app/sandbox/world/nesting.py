"""Sub-issues: one issue as a part of another."""

from app.sandbox.world.conversation import home_of, keep, note
from app.sandbox.world.issue_records import Issue
from app.sandbox.world.records import Account, Event, Refused
from app.sandbox.world.state import World

MOST_SUB_ISSUES = 100  # closed ones count too
DEEPEST = 8
FAILED = "An error occured while adding the sub-issue to the parent issue."
TAKEN = f"{FAILED} Issue may not contain duplicate sub-issues and Sub issue may only have one parent"


def add_sub_issue(
    world: World, parent: Issue, child: Issue, sender: Account, *, replace_parent: bool = False
) -> tuple[Issue, list[Event]]:
    """Make an issue a part of another; the parent as it is then.

    Raises:
        Refused: 422 when it is part of one already, belongs to another owner, or makes the tree too wide or deep.
    """
    home, other = home_of(world, parent), world.repositories[child.repository]
    before = world.parent_of(child)
    if before is not None and (before.id == parent.id or not replace_parent):
        raise Refused(422, TAKEN)
    if home.owner != other.owner:
        raise Refused(422, f"{FAILED} Sub issue must belong to the same owner as the parent issue")
    if child.id in _line(world, parent):
        raise Refused(422, f"{FAILED} Sub issue may not create a circular dependency")
    if len(parent.sub_issues) >= MOST_SUB_ISSUES:
        raise Refused(422, f"{FAILED} Parent cannot have more than {MOST_SUB_ISSUES} sub-issues")
    if len(_line(world, parent)) + _depth(world, child) > DEEPEST:
        raise Refused(422, f"{FAILED} Sub-issues cannot be nested more than {DEEPEST} levels deep")
    events = [] if before is None else remove_sub_issue(world, before, child, sender)[1]
    child = world.issues[child.repository, child.number]
    kept = keep(world, parent, sub_issues=(*parent.sub_issues, child.id))
    note(world, kept, sender, "sub_issue_added")
    note(world, child, sender, "parent_issue_added")
    return kept, [*events, *_told(kept, keep(world, child), "added", sender)]


def _line(world: World, issue: Issue) -> list[int]:
    """The ids of the issue and all above it."""
    found, above = [issue.id], world.parent_of(issue)
    while above is not None:
        found.append(above.id)
        above = world.parent_of(above)
    return found


def _depth(world: World, issue: Issue) -> int:
    below = [found for found in world.issues.values() if found.id in issue.sub_issues]
    return 1 + max((_depth(world, found) for found in below), default=0)


def remove_sub_issue(world: World, parent: Issue, child: Issue, sender: Account) -> tuple[Issue, list[Event]]:
    """Let an issue stand alone again; the parent as it is then.

    Raises:
        Refused: 404 when it was no part of that parent.
    """
    home_of(world, parent)
    if child.id not in parent.sub_issues:
        raise Refused(404, "The provided sub-issue does not exist")
    kept = keep(world, parent, sub_issues=tuple(it for it in parent.sub_issues if it != child.id))
    note(world, kept, sender, "sub_issue_removed")
    note(world, child, sender, "parent_issue_removed")
    return kept, _told(kept, keep(world, child), "removed", sender)


def _told(parent: Issue, child: Issue, what: str, sender: Account) -> list[Event]:
    """Both ends are told, each in its own repository."""
    extra = {"parent": parent, "child": child}
    return [
        Event("sub_issues", f"sub_issue_{what}", sender.id, parent.repository, parent, extra),
        Event("sub_issues", f"parent_issue_{what}", sender.id, child.repository, child, extra),
    ]


def sub_issues_of(world: World, parent: Issue) -> list[Issue]:
    """The parts of an issue, in the order they were added."""
    found = {issue.id: issue for issue in world.issues.values() if issue.id in parent.sub_issues}
    return [found[identity] for identity in parent.sub_issues if identity in found]
