"""What a valid policy comes to, in a few lines for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from app.cli.counts import counted
from rules.managers import manager_of
from rules.policy import Policy, Priority
from rules.rule import Severity, iter_rules

_LISTED = 6  # names that are listed; beyond that, they are counted


def policy_summary(policy: Policy, documents: int | None = None) -> list[tuple[str, str]]:
    """What holds by the policy: a subject and a sentence about it each, in the order of the file.

    `documents` is how many postmortems there are in its repository now; None if that is not known.
    """
    may = "also" if policy.public else "not"
    return [
        ("Checks", _checks(policy)),
        ("Documents", _documents(policy) + _counted(documents)),
        ("Layout", _layout(policy)),
        ("Time zone", policy.timezone),
        ("Follow-up", _follow_up(policy)),
        ("People", _people(policy)),
        ("Escalation", _escalation(policy)),
        ("Facilitators", _facilitators(policy)),
        ("Deadlines", f"at most {_by_priority(policy.deadlines)} days"),
        ("Working time", f"{policy.calendar.hours} on {', '.join(policy.calendar.working_days)}"),
        ("Holidays", _holidays(policy)),
        ("Reminders", _reminders(policy)),
        ("Revisits", _revisits(policy)),
        ("Agenda", f"every {policy.standup.day}" if policy.standup.enabled else "none"),
        ("Co-author", f"took part by any of: {', '.join(policy.co_author.evidence)}"),
        ("Rules", _rules(policy)),
        *_organisation(policy),
        *((("Trusted apps", _listed(policy.trusted_apps)),) if policy.trusted_apps else ()),
        ("Public", f"managers are {may} mentioned, and agendas {may} posted, in a public repository"),
    ]


def _checks(policy: Policy) -> str:
    return "hold up a merge" if policy.enforce else "are advisory (enforce: false)"


def _documents(policy: Policy) -> str:
    if not policy.documents:
        return "any Markdown file that reads as a postmortem"
    if all(glob.startswith("!") for glob in policy.documents):
        return f"any Markdown file that reads as a postmortem, except {_listed(policy.documents)}"
    return _listed(policy.documents)


def _counted(documents: int | None) -> str:
    if documents is None:
        return ""
    return f" ({documents} now)" if documents else " (none yet)"


def _layout(policy: Policy) -> str:
    if isinstance(policy.layout, str):
        return "recognised by the headings" if policy.layout == "auto" else policy.layout
    return f"your own headings for {', '.join(policy.layout)}"


def _follow_up(policy: Policy) -> str:
    since = policy.adopted.isoformat() if policy.adopted else "the day this file was first merged"
    return f"of postmortems since {since}; older ones are checked only"


def _people(policy: Policy) -> str:
    if not policy.people:
        return "nobody is named: any GitHub login can own an action item"
    return f"{len(policy.people)}: {_listed(tuple(policy.people))}"


def _escalation(policy: Policy) -> str:
    """Whom late action items reach, and for whom."""
    own = {
        login: manager
        for login, person in policy.people.items()
        if (manager := person.manager) and manager.casefold() != login.casefold()
    }
    parts = [f"{manager} for {whom}" for whom, manager in [*policy.managers.items(), *own.items()] if whom != "default"]
    if default := policy.managers.get("default", ""):
        parts.append(f"{default} for everybody else" if parts else f"{default} for everybody")
    if not parts:
        return "reaches nobody: no manager is named"
    nobody = tuple(
        login for login in policy.people if manager_of(policy, login) is None and login.casefold() != default.casefold()
    )
    return f"reaches {', '.join(parts)}" + (f"; nobody for {_listed(nobody)}" if nobody else "")


def _facilitators(policy: Policy) -> str:
    named = f"; to be asked: {_listed(policy.facilitators)}" if policy.facilitators else ""
    return f"anybody who neither commanded the incident nor wrote its postmortem{named}"


def _holidays(policy: Policy) -> str:
    days = tuple(each if isinstance(each, str) else each.isoformat() for each in policy.calendar.holidays)
    return _listed(days) if days else "none"


def _reminders(policy: Policy) -> str:
    reminders = policy.reminders
    return (
        f"{counted(reminders.before, 'working day')} before the deadline, then every {reminders.repeat}; "
        f"the manager hears after {_by_priority(reminders.manager_after)}"
    )


def _revisits(policy: Policy) -> str:
    if not policy.revisits.days:
        return "none"
    days = ", ".join(str(day) for day in policy.revisits.days)
    to = f", to {policy.revisits.owner}" if policy.revisits.owner else ""
    return f"{days} days after the merge{to}"


def _rules(policy: Policy) -> str:
    if not policy.rules:
        return "as they come"
    twice = {rule.name for rule in iter_rules() if rule.code in policy.rules}  # the code counts
    return "; ".join(_severities({name: each for name, each in policy.rules.items() if name not in twice}))


def _severities(rules: Mapping[str, Severity]) -> Iterator[str]:
    for severity in Severity:
        chosen = tuple(name for name, each in rules.items() if each is severity)
        if chosen:
            yield f"{severity}: {_listed(chosen)}"


def _organisation(policy: Policy) -> Iterator[tuple[str, str]]:
    if policy.repositories:
        yield "Speaks for", f"{_listed(policy.repositories)} (counts in the organisation's file only)"


def _by_priority(days: Mapping[Priority, int]) -> str:
    return ", ".join(f"{days[priority]} ({priority})" for priority in Priority if priority in days)


def _listed(names: tuple[str, ...]) -> str:
    shown = ", ".join(names[:_LISTED])
    return shown if len(names) <= _LISTED else f"{shown} and {len(names) - _LISTED} more"
