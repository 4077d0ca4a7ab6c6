"""What became of every promise of a repository: its action items, in the plain terms that the figures count in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from app.core.closing import NOT_DONE, closed_as, closed_on
from app.core.ledger import Entry, Ledger
from app.core.promise import Promise, Said
from app.core.remembered import Remembered, is_unread
from app.core.repository_facts import Issue, RepositoryFacts
from rules.policy import Policy, Priority

NO_TEAM = ""
"""The team of those whose team is not known, or is they alone: a team of one is a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PromisedItem:
    """An action item that has an issue.

    Attributes:
        priority: at the first merge; None where it had none.
        due: the deadline of the first merge; None where none was ever promised.
        deadline: as it stands, after every move.
        merged: the day on which its postmortem was merged; None where a lost ledger took that with it.
        team: of whoever has it, or `NO_TEAM`.
        closed: the day on which its issue was closed, in the policy's zone; None while it is open. See `closed_on`.
        declined: whether it was closed without being done.
        since: the day on which it was promised, where that came after the merge: it was added, or first got a date.
    """

    priority: Priority | None
    due: date | None
    deadline: date | None
    merged: date | None
    team: str = NO_TEAM
    closed: date | None = None
    declined: bool = False
    since: date | None = None

    @property
    def is_dated(self) -> bool:
        """Whether it is held to a day: one that was promised at the first merge, or later and for a day still to come.

        What a postmortem promises for a day that has passed when it is merged was open then, and overdue: a miss. What
        a later edit adds for a day that has passed was no promise of the first merge, and nobody could have kept it.
        """
        return self.due is not None and (self.since is None or self.due >= self.since)


@dataclass(frozen=True, slots=True)
class PromisedItems:
    """All of a repository's.

    Attributes:
        items: those whose issue is there.
        removed: the priorities of those whose issue a person deleted: what became of them is not known.
    """

    items: tuple[PromisedItem, ...]
    removed: tuple[Priority | None, ...]


def promised_items(remembered: Remembered, facts: RepositoryFacts) -> PromisedItems:
    """The promises that the records know of, each once.

    What was done or declined before it ever had an issue is not among them: nobody had to be held to it. What the
    document no longer has is: taking a line out of a document takes back no promise.
    """
    items: list[PromisedItem] = []
    removed: list[Priority | None] = []
    teams = _teams(facts.policy)
    zone = ZoneInfo(facts.policy.timezone)
    for ledger, entry in _entries(remembered):
        issue = facts.issues.get(entry.number or 0)
        if issue is not None:
            promise = remembered.promises.get(issue.number)
            items.append(_item(ledger, entry, promise, issue, _team(issue, promise, facts.policy, teams), zone))
        elif entry.number is not None:
            removed.append(entry.priority)
    return PromisedItems(tuple(items), tuple(removed))


def _entries(remembered: Remembered) -> Iterable[tuple[Ledger, Entry]]:
    """The entries of all ledgers; of an item that two of them have, the one in the lower-numbered issue."""
    seen: set[tuple[str, str]] = set()
    for _, ledger in sorted(remembered.ledgers.items()):
        for entry in ledger.entries:
            if (ledger.document, entry.uid) not in seen:
                seen.add((ledger.document, entry.uid))
                yield ledger, entry


def _item(
    ledger: Ledger, entry: Entry, promise: Promise | None, issue: Issue, team: str, zone: ZoneInfo
) -> PromisedItem:
    due = promise.due if promise and promise.due else entry.due
    return PromisedItem(
        priority=promise.priority if promise and promise.priority else entry.priority,
        due=due,
        deadline=promise.deadline if promise and promise.deadline else entry.deadline or due,
        merged=None if is_unread(ledger) else ledger.merged,
        team=team,
        closed=closed_on(issue, promise, zone),
        declined=not issue.open and is_declined(closed_as(issue, promise), promise.said if promise else None),
        since=entry.since,
    )


def is_declined(reason: str | None, said: Said | None) -> bool:
    """Whether an item that is closed was closed without being done: by the reason of its issue, or by its document."""
    return reason in NOT_DONE or (said is not None and said.declined and not said.done)


def _teams(policy: Policy) -> frozenset[str]:
    """The teams that are shown: those of at least two people."""
    sizes = Counter(person.team for person in policy.people.values() if person.team)
    return frozenset(team for team, size in sizes.items() if size > 1)


def _team(issue: Issue, promise: Promise | None, policy: Policy, teams: frozenset[str]) -> str:
    """The team of the first who has it, else of whoever the document says owns it."""
    owner = promise.said.owner if promise else None
    login = issue.assignees[0].login if issue.assignees else owner
    person = policy.person(login) if login else None
    return person.team if person and person.team in teams else NO_TEAM
