"""The policy: what a repository asks of its postmortems.

Plain data with the defaults; `policy_file` reads it from YAML.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple

from rules.names import fold_name
from rules.rule import Severity

if TYPE_CHECKING:
    from rules.postmortem import Person

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEK: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""The weekdays, at the numbers that `date.weekday` has for them."""


class Priority(enum.StrEnum):
    """How urgent an action item is."""

    P0 = "P0"
    P1 = "P1"
    P2 = "P2"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPolicy:
    """What the policy says of one person; the key it stands under is the GitHub login."""

    name: str | None = None
    manager: str | None = None
    team: str | None = None
    sponsor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Working time. Hours are local to the policy's zone, `HH:MM-HH:MM`; `00:00-24:00` is allowed.

    Holidays are days, and regions (`DE`, `US-CA`) whose public holidays count; see `rules.holidays`.
    """

    working_days: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri")
    hours: str = "09:00-17:00"
    holidays: tuple[date | str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminders:
    """When owners and managers are told, in working days."""

    before: int = 2
    manager_after: Mapping[Priority, int] = field(
        default_factory=lambda: {Priority.P0: 1, Priority.P1: 3, Priority.P2: 5}
    )
    repeat: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Revisits:
    """When a postmortem comes back, in days after its merge, and to whom."""

    days: tuple[int, ...] = (30, 60, 90)
    owner: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standup:
    """The weekly agenda."""

    day: Weekday = "mon"
    enabled: bool = True


class Evidence(enum.StrEnum):
    """A way of having taken part in a pull request."""

    COMMIT = "commit"
    TRAILER = "trailer"
    REVIEW = "review"


@dataclass(frozen=True, slots=True, kw_only=True)
class CoAuthor:
    """What counts as having taken part in the pull request."""

    evidence: tuple[Evidence, ...] = (Evidence.COMMIT, Evidence.TRAILER, Evidence.REVIEW)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """A repository's policy. `Policy()` is what holds where the file says nothing.

    Attributes:
        enforce: False makes every check advisory.
        documents: globs as in .gitignore, a leading `!` excludes; empty: any Markdown file that reads as a postmortem.
        layout: `auto`, a layout's name, or section kinds mapped to headings.
        timezone: an IANA zone.
        adopted: postmortems older than this are linted, not followed up; None: the day the file was first merged.
        people: by GitHub login.
        managers: a team's name or `default` -> login.
        deadlines: days a priority allows.
        rules: severities by rule code or name.
        repositories: names or globs that an organisation's file speaks for.
        public: whether managers may be mentioned in a public repository.
    """

    version: Literal[1] = 1
    enforce: bool = True
    documents: tuple[str, ...] = ()
    layout: str | Mapping[str, str | tuple[str, ...]] = "auto"
    timezone: str = "UTC"
    adopted: date | None = None
    people: Mapping[str, PersonPolicy] = field(default_factory=dict)
    managers: Mapping[str, str] = field(default_factory=dict)
    facilitators: tuple[str, ...] = ()
    deadlines: Mapping[Priority, int] = field(
        default_factory=lambda: {Priority.P0: 14, Priority.P1: 28, Priority.P2: 56}
    )
    calendar: Calendar = Calendar()
    reminders: Reminders = field(default_factory=Reminders)
    revisits: Revisits = Revisits()
    standup: Standup = Standup()
    co_author: CoAuthor = CoAuthor()
    rules: Mapping[str, Severity] = field(default_factory=dict)
    repositories: tuple[str, ...] = ()
    trusted_apps: tuple[str, ...] = ()
    public: bool = False

    def chosen_severity(self, code: str, name: str) -> Severity | None:
        """The severity that the policy gives a rule, by its code or its name; None if it leaves that to the rule."""
        return self.rules.get(code) or self.rules.get(name)

    def person(self, login: str) -> PersonPolicy | None:
        """What the policy says of a login, however it is capitalised; None if it does not know it."""
        folded = login.casefold()
        return next((person for known, person in self.people.items() if known.casefold() == folded), None)

    def login_of(self, person: Person) -> str | None:
        """The GitHub login, without `@`, of somebody whom a document names; None if nobody is known to be meant.

        The login that the document gives counts first. Else the name is looked up among the policy's people,
        whatever its capitals and spacing, as their login or their name; one that two people share is nobody's.
        """
        if person.login or not self.people:
            return person.login or None
        wanted = fold_name(person.name)
        matches = {
            login for login, known in self.people.items() if wanted in (fold_name(login), fold_name(known.name or ""))
        }
        return matches.pop() if len(matches) == 1 and wanted else None


class PolicyError(NamedTuple):
    """Why a policy file cannot be used: what is wrong, and where (line and column from 1).

    Attributes:
        extra: the extra of Closeout that is missing where it runs; empty if none is.
    """

    message: str
    line: int
    column: int
    extra: str = ""
