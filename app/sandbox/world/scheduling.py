"""Milestones: what is due on which day, in California's count of days."""

from dataclasses import replace
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from app.sandbox.world.conversation import home_of, keep, note, require_writable, tell
from app.sandbox.world.issue_records import Issue, Milestone
from app.sandbox.world.records import Account, Event, Repository, validation_failed
from app.sandbox.world.state import World

PACIFIC = ZoneInfo("America/Los_Angeles")


def floored(due_on: datetime) -> datetime:
    """GitHub keeps the day only, as it is in California, and shows its midnight there: 07:00Z or 08:00Z."""
    day = due_on.astimezone(PACIFIC).date()
    return datetime.combine(day, time.min, PACIFIC).astimezone(UTC)


def create_milestone(
    world: World,
    repository: Repository,
    title: str,
    creator: Account,
    *,
    description: str | None = None,
    due_on: datetime | None = None,
    state: str | None = None,
) -> tuple[Milestone, list[Event]]:
    """A new milestone.

    Raises:
        Refused: 422 for a title that is empty or taken (by a closed milestone too); 403 where archived.
    """
    require_writable(repository)
    _check_title(world, repository, title)
    now = world.now()
    milestone = Milestone(
        id=world.next_id("milestone"),
        number=world.next_number(repository, "milestone"),
        repository=repository.id,
        title=title,
        description=description,
        creator=creator.id,
        created_at=now,
        updated_at=now,
        due_on=None if due_on is None else floored(due_on),
        state="closed" if state == "closed" else "open",
        closed_at=now if state == "closed" else None,
    )
    world.milestones[repository.id, milestone.number] = milestone
    return milestone, [Event("milestone", "created", creator.id, repository.id, milestone)]


def _check_title(world: World, repository: Repository, title: str, itself: Milestone | None = None) -> None:
    if not title.strip():
        raise validation_failed("Milestone", "title", "missing_field")
    for other in world.milestones_of(repository):
        if other.title == title and (itself is None or other.id != itself.id):
            raise validation_failed("Milestone", "title", "already_exists")


def edit_milestone(world: World, milestone: Milestone, sender: Account, **wanted: object) -> list[Event]:
    """Change `title`, `description` or `due_on` (None takes it away) and tell what was before.

    The issues in it do not change: their `updated_at` stays.
    """
    repository = world.repositories[milestone.repository]
    require_writable(repository)
    if isinstance(wanted.get("due_on"), datetime):
        wanted["due_on"] = floored(wanted["due_on"])  # type: ignore[arg-type]
    if "title" in wanted:
        _check_title(world, repository, str(wanted["title"]), milestone)
    changed = {name: value for name, value in wanted.items() if getattr(milestone, name) != value}
    if not changed:
        return []
    kept = _keep(world, replace(milestone, **changed))  # type: ignore[arg-type]
    before = {name: {"from": _told(getattr(milestone, name))} for name in changed if getattr(milestone, name)}
    return [Event("milestone", "edited", sender.id, repository.id, kept, {"changes": before})]


def _told(value: object) -> object:
    return value.strftime("%Y-%m-%dT%H:%M:%SZ") if isinstance(value, datetime) else value


def set_milestone_state(world: World, milestone: Milestone, sender: Account, *, is_open: bool) -> list[Event]:
    """Close or open a milestone; its issues do not change."""
    require_writable(world.repositories[milestone.repository])
    if (milestone.state == "open") == is_open:
        return []
    state, closed_at = ("open", None) if is_open else ("closed", world.now())
    kept = _keep(world, replace(milestone, state=state, closed_at=closed_at))  # type: ignore[arg-type]
    return [Event("milestone", "opened" if is_open else "closed", sender.id, milestone.repository, kept)]


def _keep(world: World, milestone: Milestone) -> Milestone:
    kept = replace(milestone, updated_at=world.now())
    world.milestones[milestone.repository, milestone.number] = kept
    return kept


def delete_milestone(world: World, milestone: Milestone, sender: Account) -> list[Event]:
    """Delete a milestone; its issues are left without one."""
    require_writable(world.repositories[milestone.repository])
    for key, issue in list(world.issues.items()):
        if (issue.repository, issue.milestone) == (milestone.repository, milestone.number):
            world.issues[key] = replace(issue, milestone=None)
    del world.milestones[milestone.repository, milestone.number]
    return [Event("milestone", "deleted", sender.id, milestone.repository, milestone)]


def find_milestone(world: World, repository: Repository, number: int) -> Milestone:
    """The milestone that an issue is to have.

    Raises:
        Refused: 422 when there is none of that number.
    """
    found = world.milestones.get((repository.id, number))
    if found is None:
        raise validation_failed("Issue", "milestone", "invalid", value=number)
    return found


def set_milestone(world: World, issue: Issue, number: int | None, sender: Account) -> list[Event]:
    """Put an issue into a milestone, or (None) into none."""
    home = home_of(world, issue)
    wanted = None if number is None else find_milestone(world, home, number)
    if issue.milestone == number:
        return []
    before = None if issue.milestone is None else world.milestones.get((home.id, issue.milestone))
    changed = keep(world, issue, milestone=number)
    events = []
    for action, milestone in (("demilestoned", before), ("milestoned", wanted)):
        if milestone is not None:
            note(world, changed, sender, action, milestone=milestone.title)
            events.append(tell(world, changed, action, sender, {"milestone": milestone}))
    return events
