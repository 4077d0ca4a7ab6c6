"""Reading and checking a text in one step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from rules.checking import check
from rules.policy import PersonPolicy, Policy
from rules.reading import read_bytes
from rules.rule import Context, Finding, Severity, registry

PEOPLE = {"emil": PersonPolicy(name="Emil Sand", team="payments"), "finn": PersonPolicy(team="platform")}
"""Whom the policy of the rules' examples knows."""

TODAY = date(2026, 5, 6)
PATH = "postmortems/checkout.md"


def lint(
    text: str | bytes, *, policy: Policy | None = None, in_review: bool = True, took_part: frozenset[str] | None = None
) -> tuple[Finding, ...]:
    data = text if isinstance(text, bytes) else text.encode()
    context = Context(PATH, TODAY, in_review, took_part)
    return check(read_bytes(data, None, PATH), policy or Policy(), context)


def codes(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.rule.code for finding in findings]


def found(text: str | bytes, code: str, *, policy: Policy | None = None, in_review: bool = True) -> list[Finding]:
    """The findings of one rule, which is turned on if it is off."""
    chosen = policy or policy_for(code)
    return [each for each in lint(text, policy=chosen, in_review=in_review) if each.rule.code == code]


def policy_for(code: str) -> Policy:
    """The policy under which a rule's examples are looked at: it is on, and some people are known."""
    return Policy(rules=turned_on(code), people=PEOPLE)


def turned_on(code: str) -> Mapping[str, Severity]:
    return {code: Severity.WARNING} if registry()[code].severity is Severity.OFF else {}
