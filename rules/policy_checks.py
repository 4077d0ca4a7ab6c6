"""What a policy may not say, beyond its shape: zones, globs, people who are no people, rules that do not exist."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo, available_timezones

from pathspec import PathSpec

from rules.checking import known_rules
from rules.layouts import LAYOUTS, layout_from
from rules.nearest import nearest
from rules.patterns import Pattern
from rules.policy import Policy
from rules.words import word_set
from rules.yaml_path import KEY, Path

LOGIN = r"[A-Za-z0-9](?:[A-Za-z0-9]|[-_](?=[A-Za-z0-9])){0,38}"
"""A GitHub login, as a pattern that Python and JSON Schema read alike; `_` is for Enterprise Managed Users."""
HOURS = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]-(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)"
"""A stretch of a day, likewise."""
MOST_DAYS = 3650
"""Of a deadline, or a return: ten years."""

MOST_WORKING_DAYS = 250
"""Of a reminder: a year of work. Whatever would come later than that comes to nobody who still knows of it."""

_ESCAPES_AND_CLASSES = Pattern(r"\\.|\[[!^]?\]?+[^\]]*\]")
_LOGIN = Pattern(LOGIN)
_HOURS = Pattern(HOURS)


class Mistake(NamedTuple):
    """Something that a policy may not say, and the path of where it says so.

    Attributes:
        extra: the extra of Closeout without which it cannot be said here; empty if none is missing.
    """

    path: Path
    message: str
    extra: str = ""


def policy_mistakes(policy: Policy) -> Iterator[Mistake]:
    """All that is wrong with a policy of the right shape."""
    yield from _zone(policy)
    yield from _documents(policy)
    yield from _layout(policy)
    yield from _people(policy)
    yield from _managers(policy)
    yield from _calendar(policy)
    yield from _numbers(policy)
    yield from _rules(policy)


def _meant(word: str, known: Iterable[str], otherwise: str) -> str:
    """What to write instead of an unknown word: what is spelt nearly like it, else what `otherwise` says."""
    meant = nearest(word[:100], sorted(known))
    return f"Did you mean `{meant}`?" if meant else otherwise


def _zone(policy: Policy) -> Iterator[Mistake]:
    try:
        ZoneInfo(policy.timezone)
    except (ValueError, OSError, KeyError):
        hint = _meant(policy.timezone, available_timezones(), "Write an IANA name such as `Europe/Berlin`.")
        yield Mistake(("timezone",), f"There is no time zone `{policy.timezone[:60]}`. {hint}")


def _documents(policy: Policy) -> Iterator[Mistake]:
    for index, glob in enumerate(policy.documents):
        if not _is_glob(glob):
            message = f"`{glob[:60]}` is not a glob. Write one such as `postmortems/**/*.md`."
            yield Mistake(("documents", index), message)


def _is_glob(glob: str) -> bool:
    """Whether it can choose something. For Git, one with a bracket that is not closed cannot; pathspec takes it."""
    if glob.strip("!/ ") == "" or glob.startswith("#") or "[" in _ESCAPES_AND_CLASSES.sub("", glob):
        return False
    try:
        return bool(PathSpec.from_lines("gitignore", [glob]).patterns)
    except (ValueError, re.error):  # the second for a range that ends before it begins: `[z-a]`
        return False


def _layout(policy: Policy) -> Iterator[Mistake]:
    try:
        layout_from(policy.layout)
    except ValueError:
        hint = _meant(str(policy.layout), ("auto", *LAYOUTS), f"Known are auto, {', '.join(LAYOUTS)}.")
        yield Mistake(("layout",), f"There is no layout `{str(policy.layout)[:60]}`. {hint}")
    if isinstance(policy.layout, str):
        return
    kinds = sorted({kind for layout in LAYOUTS.values() for kind in layout.headings})
    for kind in policy.layout:
        if kind not in kinds:
            hint = _meant(kind, kinds, f"Known are {', '.join(kinds)}.")
            yield Mistake(("layout", kind, KEY), f"There is no kind of section `{kind[:60]}`. {hint}")


def _people(policy: Policy) -> Iterator[Mistake]:
    seen: set[str] = set()
    for login, person in policy.people.items():
        yield from _login(login, ("people", login, KEY))
        if login.casefold() in seen:
            yield Mistake(
                ("people", login, KEY), f"`{login[:60]}` stands here twice: logins do not tell capitals apart."
            )
        seen.add(login.casefold())
        for role, other in (("manager", person.manager), ("sponsor", person.sponsor)):
            if other is None:
                continue
            yield from _login(other, ("people", login, role))
            if role == "sponsor" and other.casefold() == login.casefold():
                yield Mistake(("people", login, role), f"`{login[:60]}` cannot be their own sponsor.")
    for index, login in enumerate(policy.facilitators):
        yield from _login(login, ("facilitators", index))
    if policy.revisits.owner is not None:
        yield from _login(policy.revisits.owner, ("revisits", "owner"))


def _login(login: str, path: Path) -> Iterator[Mistake]:
    if login.startswith("@") and _LOGIN.fullmatch(login[1:]):
        yield Mistake(path, f"Write the login without the `@`: `{login[1:]}`.")
    elif not _LOGIN.fullmatch(login):
        yield Mistake(path, f"`{login[:60]}` is not a GitHub login. Name one person, by their login.")
    elif login.casefold() in word_set("owners", "words") | {"team"}:
        yield Mistake(path, f"`{login[:60]}` is not a person. Name one, by their login.")


def _managers(policy: Policy) -> Iterator[Mistake]:
    teams = {person.team for person in policy.people.values() if person.team}
    for team, login in policy.managers.items():
        yield from _login(login, ("managers", team))
        meant = nearest(team, sorted(teams - policy.managers.keys()))
        if team != "default" and team not in teams and meant:
            message = f"Nobody is in a team `{team[:60]}`. Did you mean `{meant}`?"
            yield Mistake(("managers", team, KEY), message)


def _calendar(policy: Policy) -> Iterator[Mistake]:
    hours = policy.calendar.hours
    begin, _, end = hours.partition("-")
    if _HOURS.fullmatch(hours) is None:
        message = f"`{hours[:60]}` are no hours. Write them as `09:00-17:00`, in 24 hours."
        yield Mistake(("calendar", "hours"), message)
    elif begin >= end:
        message = (
            f"`{hours}` end before they begin, and working hours are within a day. Where some work at night, write"
        )
        yield Mistake(("calendar", "hours"), f"{message} `00:00-24:00`; else the hours of the day.")
    if not policy.calendar.working_days:
        yield Mistake(("calendar", "working_days"), "There has to be at least one working day.")


def _numbers(policy: Policy) -> Iterator[Mistake]:
    yield from _days("deadlines", policy.deadlines, least=1)
    yield from _waiting(policy.reminders.before, ("reminders", "before"), least=0)
    yield from _waiting(policy.reminders.repeat, ("reminders", "repeat"), least=1)
    for priority, days in policy.reminders.manager_after.items():
        yield from _waiting(days, ("reminders", "manager_after", str(priority)), least=0)
    for index, days in enumerate(policy.revisits.days):
        yield from _day_count(days, ("revisits", "days", index), least=1)


def _days(section: str, values: Mapping[Any, int], *, least: int) -> Iterator[Mistake]:
    for key, days in values.items():
        yield from _day_count(days, (section, str(key)), least=least)


def _day_count(days: int, path: Path, *, least: int) -> Iterator[Mistake]:
    if not least <= days <= MOST_DAYS:
        yield Mistake(path, f"{days} days make no sense here. Write a number from {least} to {MOST_DAYS}.")


def _waiting(days: int, path: Path, *, least: int) -> Iterator[Mistake]:
    if not least <= days <= MOST_WORKING_DAYS:
        number = f"{days} working days make no sense here"
        yield Mistake(path, f"{number}. Write a number from {least} to {MOST_WORKING_DAYS}, which is a year of work.")


def _rules(policy: Policy) -> Iterator[Mistake]:
    known = known_rules()
    for name in policy.rules:
        if name not in known:
            hint = _meant(name, known, "`closeout rules` lists them all.")
            yield Mistake(("rules", name, KEY), f"There is no rule `{name[:60]}`. {hint}")
