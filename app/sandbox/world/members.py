"""People: who may be given an issue, who left, who is called something else by now."""

from dataclasses import replace

from app.sandbox.world.conversation import keep, note, tell
from app.sandbox.world.issue_records import Issue
from app.sandbox.world.records import Account, Event, Refused, Repository
from app.sandbox.world.state import World


def assignable(world: World, repository: Repository, account: Account, issue: Issue | None = None) -> bool:
    """Whether an account can be given issues here: a person with a role, or one who commented on that very issue."""
    if account.kind != "User":
        return False
    if account.id in repository.roles or account.id == repository.owner:
        return True
    if issue is None or world.role(repository, account) is None:
        return False
    return any(comment.author == account.id for comment in world.comments_of(issue))


def assignable_people(world: World, repository: Repository) -> list[Account]:
    """Everyone who can be given issues here, by login."""
    found = [account for account in world.accounts.values() if assignable(world, repository, account)]
    return sorted(found, key=lambda account: account.login.lower())


def leave(world: World, organization: Account, person: Account, *, unassign: bool) -> list[Event]:
    """Take a person out of an organisation: every role in its repositories is gone.

    Whether GitHub also takes issues away from them is not documented for organisations; `unassign` says so.
    """
    events: list[Event] = []
    for repository in list(world.repositories.values()):
        if repository.owner != organization.id:
            continue
        roles = {who: role for who, role in repository.roles.items() if who != person.id}
        world.repositories[repository.id] = replace(repository, roles=roles)
        if unassign:
            events += _unassign_everywhere(world, repository, person)
    return events


def _unassign_everywhere(world: World, repository: Repository, person: Account) -> list[Event]:
    events = []
    for issue in world.issues_of(repository):
        if person.id in issue.assignees:
            kept = keep(world, issue, assignees=tuple(who for who in issue.assignees if who != person.id))
            note(world, kept, person, "unassigned", assignee=person.id)
            events.append(tell(world, kept, "unassigned", person, {"assignee": person}))
    return events


def rename_account(world: World, account: Account, login: str) -> list[Event]:
    """Give an account another login; its id stays. An organisation's repositories redirect from their old names.

    Raises:
        Refused: 422 when somebody has that login.
    """
    taken = world.find_account(login)
    if taken is not None and taken.id != account.id:
        raise Refused(422, "Login is already taken")
    for repository in world.repositories.values():
        if repository.owner == account.id:
            world.moved[world.full_name(repository).lower()] = repository.id
    renamed = replace(account, login=login)
    world.accounts[account.id] = renamed
    extra = {"changes": {"login": {"from": account.login}}, "target_type": account.kind}
    installed = [found for found in world.installations.values() if found.account == account.id]
    return [Event("installation_target", "renamed", account.id, None, found, extra) for found in installed]
