"""What a policy may say, but probably does not mean: what `closeout policy check` warns of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from itertools import pairwise

from rules.managers import manager_of, manages_themselves
from rules.policy import Policy, Priority
from rules.policy_checks import Mistake
from rules.rule import iter_rules
from rules.yaml_path import KEY, Path

_SHORTEST = 5  # letters of a login that can look like another one; `ana` and `dana` are two people


def policy_doubts(policy: Policy, unsure: frozenset[str] = frozenset()) -> Iterator[Mistake]:
    """All that is doubtful about a policy, each with what to do about it.

    `unsure` are the keys whose values may not be what is meant, since something is wrong there: no doubt goes by them.
    """
    if "people" not in unsure:
        yield from (each for each in _misspelt_logins(policy) if each.path[0] not in unsure)
    if unsure.isdisjoint(("people", "managers")):
        yield from _without_manager(policy)
        yield from _own_managers(policy)
    if "rules" not in unsure:
        yield from _rules_named_twice(policy)
    if "deadlines" not in unsure:
        yield from _urgent_after_others(policy.deadlines, ("deadlines",))
    if "reminders" not in unsure:
        yield from _urgent_after_others(policy.reminders.manager_after, ("reminders", "manager_after"))


def _misspelt_logins(policy: Policy) -> Iterator[Mistake]:
    """Managers need not be among the people; but one who nearly is has probably been misspelt."""
    known = {login.casefold(): login for login in policy.people}
    comparable = [login for login in known if len(login) >= _SHORTEST]
    for path, login in _logins_named(policy):
        nearest = get_close_matches(login.casefold(), comparable, n=1, cutoff=0.8)
        if login.casefold() not in known and len(login) >= _SHORTEST and nearest:
            meant = known[nearest[0]]
            yield Mistake(path, f"`{login}` is not among the people, but `{meant}` is. Is that the same person?")


def _managers(policy: Policy) -> Iterator[tuple[Path, str]]:
    for login, person in policy.people.items():
        if person.manager:
            yield ("people", login, "manager"), person.manager
    yield from ((("managers", team), login) for team, login in policy.managers.items())


def _logins_named(policy: Policy) -> Iterator[tuple[Path, str]]:
    yield from _managers(policy)
    for login, person in policy.people.items():
        if person.sponsor:
            yield ("people", login, "sponsor"), person.sponsor
    yield from ((("facilitators", index), login) for index, login in enumerate(policy.facilitators))
    if policy.revisits.owner:
        yield ("revisits", "owner"), policy.revisits.owner


def _without_manager(policy: Policy) -> Iterator[Mistake]:
    """People whose late items nobody hears of. One who manages others may well be at the top."""
    managing = {login.casefold() for _, login in _managers(policy)}
    if policy.people and not managing:
        message = (
            "Nobody here has a manager, so nobody hears when an action item stays late. "
            "Name one as `default` under `managers`."
        )
        yield Mistake(("people", KEY), message)
        return
    alone = [login for login in policy.people if manager_of(policy, login) is None and login.casefold() not in managing]
    teams: dict[str, list[str]] = {}
    for login in alone:
        if team := policy.people[login].team:
            teams.setdefault(team, []).append(login)
        else:
            message = (
                f"`{login}` has no manager, so nobody hears when an action item of theirs is late. "
                "Name one here, or a `default` under `managers`."
            )
            yield Mistake(("people", login, KEY), message)
    yield from (_without_team_manager(team, members) for team, members in teams.items())


def _without_team_manager(team: str, members: list[str]) -> Mistake:
    """One for the whole team, at the first of those whom it leaves without a manager."""
    others = f" (and {len(members) - 1} more)" if len(members) > 1 else ""
    message = (
        f"The team `{team}` has no manager, so nobody hears when an action item of `{members[0]}`{others} is late. "
        "Name one under `managers`, for the team or as `default`."
    )
    return Mistake(("people", members[0], "team"), message)


def _own_managers(policy: Policy) -> Iterator[Mistake]:
    """People who manage themselves, where no other default is left to hear of their late items."""
    for login, person in policy.people.items():
        if not manages_themselves(policy, login) or manager_of(policy, login) is not None:
            continue
        whom = "themselves" if person.manager else "their own team"
        message = (
            f"`{login}` manages {whom}, so nobody else hears when an action item of theirs is late. "
            f"Name a manager for them: `{login}: {{manager: …}}`, or another `default` under `managers`."
        )
        yield Mistake(("people", login, "manager" if person.manager else KEY), message)


def _rules_named_twice(policy: Policy) -> Iterator[Mistake]:
    for rule in iter_rules():
        if rule.code in policy.rules and rule.name in policy.rules:
            message = f"This is {rule.code}, which stands here by its code, too; the code counts. Keep one of the two."
            yield Mistake(("rules", rule.name, KEY), message)


def _urgent_after_others(days: Mapping[Priority, int], path: Path) -> Iterator[Mistake]:
    given = [priority for priority in Priority if priority in days]
    for urgent, other in pairwise(given):
        if days[urgent] > days[other]:
            message = (
                f"{urgent} comes before {other}, but is given more days: {days[urgent]}, and {other} {days[other]}."
            )
            yield Mistake((*path, str(urgent)), message)
