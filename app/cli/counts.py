"""How much there is of something, in words."""

from __future__ import annotations

from rules.rule import Severity

REPORTED = (Severity.ERROR, Severity.WARNING, Severity.NOTICE)
"""The weights of findings, the gravest first."""


def counted(count: int, noun: str) -> str:
    """`1 error`, `2 errors`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def postmortems(affected: int, total: int) -> str:
    """`3 postmortems`, or `2 of 3 postmortems` where not all of them are affected."""
    return counted(affected, "postmortem") if affected == total else f"{affected} of {counted(total, 'postmortem')}"
