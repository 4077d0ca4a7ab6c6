"""Who hears of somebody's late action items, by the policy."""

from __future__ import annotations

from rules.policy import Policy


def manager_of(policy: Policy, login: str) -> str | None:
    """The login of whoever an owner's overdue items escalate to: their manager, else their team's, else the default.

    Whoever manages themselves escalates to the default. None if that leaves nobody else.
    """
    candidates = (_own_manager(policy, login), policy.managers.get("default"))
    return next((each for each in candidates if each and each.casefold() != login.casefold()), None)


def manages_themselves(policy: Policy, login: str) -> bool:
    """Whether somebody's manager, by their name or by their team, is they themselves."""
    manager = _own_manager(policy, login)
    return manager is not None and manager.casefold() == login.casefold()


def _own_manager(policy: Policy, login: str) -> str | None:
    """The login of somebody's manager, else of their team's; None without either."""
    person = policy.person(login)
    return (person.manager or policy.managers.get(person.team or "")) if person else None
