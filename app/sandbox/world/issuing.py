"""Issues: opening, editing, assigning, closing, moving them away and deleting them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.sandbox.world.conversation import home_of, keep, note, require_issues, require_writable, tell
from app.sandbox.world.issue_records import Issue, Label, StateReason
from app.sandbox.world.labelling import resolve_labels
from app.sandbox.world.members import assignable
from app.sandbox.world.records import Account, Event, Refused, Repository, validation_failed
from app.sandbox.world.scheduling import find_milestone
from app.sandbox.world.state import World

LONGEST_TITLE = 256  # characters
LONGEST_BODY = 65_536
MOST_ASSIGNEES = 10


@dataclass(frozen=True, slots=True)
class IssueDraft:
    """What an issue is opened with: names of labels, logins, the number of a milestone, the App that does it."""

    title: str
    body: str | None = None
    labels: tuple[str, ...] = ()
    assignees: tuple[str, ...] = ()
    milestone: int | None = None
    app: int | None = None


def open_issue(world: World, repository: Repository, author: Account, draft: IssueDraft) -> tuple[Issue, list[Event]]:
    """Open an issue. What it is opened with has its own events after `opened`, as on GitHub.

    Raises:
        Refused: 422 for texts that are missing or too long, and for an assignee or a milestone that cannot be had;
            403 where archived; 410 where issues are off.
    """
    require_writable(repository)
    require_issues(repository)
    check_texts(draft.title, draft.body)
    people = resolve_assignees(world, repository, draft.assignees)
    milestone = None if draft.milestone is None else find_milestone(world, repository, draft.milestone)
    labels, events = resolve_labels(world, repository, draft.labels, author)
    now = world.now()
    issue = Issue(
        id=world.next_id("issue"),
        number=world.next_number(repository, "issue"),
        repository=repository.id,
        author=author.id,
        title=draft.title.strip(),
        body=draft.body or None,
        created_at=now,
        updated_at=now,
        app=draft.app,
        labels=tuple(label.id for label in labels),
        assignees=tuple(person.id for person in people),
        milestone=draft.milestone,
    )
    world.issues[repository.id, issue.number] = issue
    events.append(tell(world, issue, "opened", author))
    events += [_labeled(world, issue, label, author) for label in labels]
    events += [_assignment(world, issue, person, author, "assigned") for person in people]
    if milestone is not None:
        note(world, issue, author, "milestoned", milestone=milestone.title)
        events.append(tell(world, issue, "milestoned", author, {"milestone": milestone}))
    return issue, events


def _labeled(world: World, issue: Issue, label: Label, sender: Account) -> Event:
    note(world, issue, sender, "labeled", label=(label.name, label.color))
    return tell(world, issue, "labeled", sender, {"label": label})


def _assignment(world: World, issue: Issue, person: Account, sender: Account, action: str) -> Event:
    note(world, issue, sender, action, assignee=person.id)
    return tell(world, issue, action, sender, {"assignee": person})


def check_texts(title: str | None, body: str | None) -> None:
    """Refuse what GitHub would not keep (422)."""
    if title is not None and not title.strip():
        raise validation_failed("Issue", "title", "missing_field")
    if title is not None and len(title) > LONGEST_TITLE:
        raise validation_failed(
            "Issue", "title", "custom", f"title is too long (maximum is {LONGEST_TITLE} characters)"
        )
    if body is not None and len(body) > LONGEST_BODY:
        raise validation_failed("Issue", "body", "custom", f"body is too long (maximum is {LONGEST_BODY} characters)")


def _require_plain(world: World, issue: Issue) -> None:
    """A pull request is edited, closed and opened as what it is; here only its half would change."""
    if issue.is_pull:
        raise Refused(422, "This is a pull request")
    home_of(world, issue)


def edit_issue(
    world: World, issue: Issue, sender: Account, *, title: str | None = None, body: str | None = None
) -> list[Event]:
    """Change title or body (`""` empties it); None leaves as it is."""
    _require_plain(world, issue)
    check_texts(title, body)
    changes: dict[str, object] = {}
    changed: dict[str, object] = {}
    if title is not None and title.strip() != issue.title:
        changes["title"], changed["title"] = {"from": issue.title}, title.strip()
        note(world, issue, sender, "renamed", rename=(issue.title, title.strip()))
    if body is not None and (body or None) != issue.body:
        changes["body"], changed["body"] = {"from": issue.body or ""}, body or None
    if not changes:
        return []
    return [tell(world, keep(world, issue, **changed), "edited", sender, {"changes": changes})]


def close_issue(
    world: World, issue: Issue, sender: Account, reason: StateReason = "completed", commit: str | None = None
) -> list[Event]:
    """Close an issue; nothing happens to one that is closed, whatever the reason. `commit` is what closed it."""
    _require_plain(world, issue)
    if issue.state == "closed":
        return []
    closed = keep(world, issue, state="closed", state_reason=reason, closed_at=world.now(), closed_by=sender.id)
    note(world, closed, sender, "closed", commit=commit, reason=reason)
    return [tell(world, closed, "closed", sender)]


def reopen_issue(world: World, issue: Issue, sender: Account) -> list[Event]:
    """Open a closed issue again."""
    _require_plain(world, issue)
    if issue.state == "open":
        return []
    opened = keep(world, issue, state="open", state_reason="reopened", closed_at=None, closed_by=None)
    note(world, opened, sender, "reopened")
    return [tell(world, opened, "reopened", sender)]


def resolve_assignees(
    world: World, repository: Repository, logins: Iterable[str], issue: Issue | None = None
) -> list[Account]:
    """The accounts of these logins, each once.

    Raises:
        Refused: 422 when one cannot be assigned, or there are too many; then nothing at all happens.
    """
    people: dict[int, Account] = {}
    for login in logins:
        account = world.find_account(login)
        if account is None or not assignable(world, repository, account, issue):
            raise validation_failed("Issue", "assignees", "invalid", value=login)
        people[account.id] = account
    if len(people) > MOST_ASSIGNEES:
        raise validation_failed("Issue", "assignees", "custom", f"cannot assign more than {MOST_ASSIGNEES} people")
    return list(people.values())


def set_assignees(world: World, issue: Issue, people: Iterable[Account], sender: Account) -> list[Event]:
    """Let these people have the issue, and no others."""
    home_of(world, issue)
    wanted = {person.id: person for person in people}
    gone = [world.accounts[who] for who in issue.assignees if who not in wanted]
    come = [person for person in wanted.values() if person.id not in issue.assignees]
    if not gone and not come:
        return []
    kept = tuple(who for who in issue.assignees if who in wanted)
    changed = keep(world, issue, assignees=(*kept, *(person.id for person in come)))
    events = [_assignment(world, changed, person, sender, "unassigned") for person in gone]
    return events + [_assignment(world, changed, person, sender, "assigned") for person in come]


def delete_issue(world: World, issue: Issue, sender: Account) -> list[Event]:
    """Delete an issue with all that hangs on it; from now on it is a 410."""
    _require_plain(world, issue)
    _forget(world, issue, None)
    return [tell(world, issue, "deleted", sender)]


def _forget(world: World, issue: Issue, moved_to: tuple[int, int] | None) -> None:
    key = (issue.repository, issue.number)
    parent = world.parent_of(issue)
    if parent is not None:
        rest = tuple(it for it in parent.sub_issues if it != issue.id)
        world.issues[parent.repository, parent.number] = replace(parent, sub_issues=rest)
    del world.issues[key]
    world.gone[key] = moved_to
    for comment in world.comments_of(issue):
        if moved_to is None:
            del world.comments[comment.id]
        else:
            world.comments[comment.id] = replace(comment, repository=moved_to[0], number=moved_to[1])


def transfer_issue(world: World, issue: Issue, to: Repository, sender: Account) -> tuple[Issue, list[Event]]:
    """Move an issue to another repository of the same owner, under a new number and id.

    Comments and people go with it, labels that are known there too; the old address redirects.
    """
    _require_plain(world, issue)
    require_writable(to)
    require_issues(to)
    if world.repositories[issue.repository].owner != to.owner:
        raise Refused(422, "Issues can only be transferred between repositories of the same owner")
    names = [world.labels[label].name for label in issue.labels]
    known = [label for label in (world.find_label(to, name) for name in names) if label is not None]
    moved = replace(
        issue,
        id=world.next_id("issue"),
        number=world.next_number(to, "issue"),
        repository=to.id,
        updated_at=world.now(),
        labels=tuple(label.id for label in known),
        milestone=None,
        assignees=tuple(who for who in issue.assignees if assignable(world, to, world.accounts[who])),
    )
    left = tell(world, issue, "transferred", sender, {"new": moved})
    _forget(world, issue, (to.id, moved.number))
    world.issues[to.id, moved.number] = moved
    note(world, moved, sender, "transferred")
    return moved, [left, tell(world, moved, "opened", sender, {"old": issue})]
