"""Labels: creating and renaming them, putting them on issues and taking them off."""

import re
from collections.abc import Iterable
from dataclasses import replace

from app.sandbox.world.conversation import home_of, keep, note, require_writable, tell
from app.sandbox.world.issue_records import Issue, Label
from app.sandbox.world.records import Account, Event, Refused, Repository, validation_failed
from app.sandbox.world.state import World

DEFAULT_COLOR = "ededed"  # of a label that an issue brings along
LONGEST_NAME = 50
LONGEST_DESCRIPTION = 100
MOST_LABELS = 100


def create_label(
    world: World, repository: Repository, name: str, sender: Account, color: str | None = None, description: str = ""
) -> tuple[Label, list[Event]]:
    """A new label.

    Raises:
        Refused: 422 for a name that is taken, empty or too long, and for what is no colour; 403 where archived.
    """
    require_writable(repository)
    _check(world, repository, name, color, description)
    label = Label(world.next_id("label"), repository.id, name, (color or DEFAULT_COLOR).lower(), description or None)
    world.labels[label.id] = label
    return label, [Event("label", "created", sender.id, repository.id, label)]


def _check(
    world: World, repository: Repository, name: str, color: str | None, description: str, itself: Label | None = None
) -> None:
    if not name.strip():
        raise validation_failed("Label", "name", "missing_field")
    if len(name) > LONGEST_NAME:
        raise validation_failed("Label", "name", "custom", f"name is too long (maximum is {LONGEST_NAME} characters)")
    if len(description) > LONGEST_DESCRIPTION:
        said = f"description is too long (maximum is {LONGEST_DESCRIPTION} characters)"
        raise validation_failed("Label", "description", "custom", said)
    if color is not None and not re.fullmatch(r"[0-9a-fA-F]{6}", color):
        raise validation_failed("Label", "color", "invalid")
    taken = world.find_label(repository, name)
    if taken is not None and (itself is None or taken.id != itself.id):
        raise validation_failed("Label", "name", "already_exists")


def edit_label(
    world: World,
    label: Label,
    sender: Account,
    *,
    name: str | None = None,
    color: str | None = None,
    description: str | None = None,
) -> tuple[Label, list[Event]]:
    """Change a label, and with it every issue that has it; None leaves as it is."""
    repository = world.repositories[label.repository]
    require_writable(repository)
    wanted = replace(
        label,
        name=label.name if name is None else name,
        color=label.color if color is None else color.lower(),
        description=label.description if description is None else description or None,
    )
    _check(world, repository, wanted.name, color, wanted.description or "", label)
    changes = {
        field: {"from": getattr(label, field) or ""}
        for field in ("name", "color", "description")
        if getattr(label, field) != getattr(wanted, field)
    }
    world.labels[label.id] = wanted
    return wanted, [Event("label", "edited", sender.id, repository.id, wanted, {"changes": changes})] if changes else []


def delete_label(world: World, label: Label, sender: Account) -> list[Event]:
    """Delete a label, which takes it off every issue."""
    repository = world.repositories[label.repository]
    require_writable(repository)
    for key, issue in list(world.issues.items()):
        if label.id in issue.labels:
            world.issues[key] = replace(issue, labels=tuple(it for it in issue.labels if it != label.id))
    del world.labels[label.id]
    return [Event("label", "deleted", sender.id, repository.id, label)]


def resolve_labels(
    world: World, repository: Repository, names: Iterable[str], sender: Account
) -> tuple[list[Label], list[Event]]:
    """The labels of these names, each once; those that do not exist yet are created with the default colour."""
    labels: dict[int, Label] = {}
    events: list[Event] = []
    for name in names:
        label = world.find_label(repository, name)
        if label is None:
            label, created = create_label(world, repository, name, sender)
            events += created
        labels[label.id] = label
    if len(labels) > MOST_LABELS:
        raise validation_failed("Issue", "labels", "invalid")
    return list(labels.values()), events


def set_labels(world: World, issue: Issue, names: Iterable[str], sender: Account) -> list[Event]:
    """Let an issue have these labels and no others."""
    home = home_of(world, issue)
    wanted, events = resolve_labels(world, home, names, sender)
    kept = [identity for identity in issue.labels if identity in {label.id for label in wanted}]
    gone = [world.labels[identity] for identity in issue.labels if identity not in kept]
    come = [label for label in wanted if label.id not in kept]
    if not gone and not come:
        return events
    changed = keep(world, issue, labels=(*kept, *(label.id for label in come)))
    for action, labels in (("unlabeled", gone), ("labeled", come)):
        for label in labels:
            note(world, changed, sender, action, label=(label.name, label.color))
            events.append(tell(world, changed, action, sender, {"label": label}))
    return events


def add_labels(world: World, issue: Issue, names: Iterable[str], sender: Account) -> list[Event]:
    """Put labels on an issue, beside those it has."""
    return set_labels(world, issue, [*(world.labels[it].name for it in issue.labels), *names], sender)


def remove_label(world: World, issue: Issue, name: str, sender: Account) -> list[Event]:
    """Take a label off an issue.

    Raises:
        Refused: 404 when it is not on it.
    """
    names = [world.labels[it].name for it in issue.labels]
    rest = [it for it in names if it.lower() != name.lower()]
    if len(rest) == len(names):
        raise Refused(404, "Label does not exist")
    return set_labels(world, issue, rest, sender)
