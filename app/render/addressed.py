"""Whom a sentence is for: those who are mentioned in front of it, and why no manager is among them."""

from __future__ import annotations

from app.core.people_in_charge import may_mention_managers
from app.core.repository_facts import RepositoryFacts


def addressed_to(logins: tuple[str, ...], sentence: str) -> str:
    """A sentence with those whom it is for, if it is for anybody."""
    mentioned = list(dict.fromkeys(f"@{login}" for login in logins))
    return f"{', '.join(mentioned)}: {sentence}" if mentioned else sentence[:1].upper() + sentence[1:]


def unreachable(facts: RepositoryFacts, mentioned: tuple[str, ...]) -> str:
    """Why no manager is mentioned, beside those who are."""
    so = "so nobody else hears of it" if mentioned else "so nobody hears of it"
    if may_mention_managers(facts.repository, facts.policy):
        return f"The policy names no manager for this, {so}."
    return f"The policy lets no manager be mentioned in public, {so}."
