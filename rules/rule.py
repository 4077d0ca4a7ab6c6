"""What a rule is, what it reports, and the registry of all of them.

A rule is one decorated function. Its docstring is its documentation: the first line says what is wrong, then follow
the paragraphs `Why:`, `Bad:` and `Good:`, whose examples the tests run.
"""

from __future__ import annotations

import enum
import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from rules.policy import Policy
    from rules.postmortem import Postmortem, Span


class Severity(enum.StrEnum):
    """How much a finding weighs. Only an error can fail a check."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"
    OFF = "off"


class Edit(NamedTuple):
    """A safe replacement of a stretch of text."""

    span: Span
    replacement: str


class Problem(NamedTuple):
    """What a rule's function yields: one problem at one place.

    Attributes:
        span: the exact stretch that is wrong.
        message: for the author, plain and kind: one sentence of what, one of what to write instead.
        subject: what stays the same when unrelated text changes (an item's title, a section's name); with the code it
            tells whether the same problem was there before. Empty: the text of the span's first line.
        severity: instead of the rule's own, where one rule weighs two cases differently.
        edit: the fix, where it is safe.
    """

    span: Span
    message: str
    subject: str = ""
    severity: Severity | None = None
    edit: Edit | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule may know beside the document and the policy.

    Attributes:
        path: the document's path in its repository, or as given on the command line.
        today: the day of the check, in the policy's zone; findings that depend on it are never errors.
        in_review: the document stands in a pull request that is ready for review.
        took_part: the authors, as written in the document, who took part in its pull request without having commanded
            the incident; None where nobody asks for that.
        recurrence_of: the tracking issue (`#12`) on which people say that what this document is about happened before;
            empty where nobody does.
        found: what the other rules found; only the rules registered as `last` are told.
    """

    path: str
    today: date
    in_review: bool = False
    took_part: frozenset[str] | None = None
    recurrence_of: str = ""
    found: tuple[Finding, ...] = ()


Check = Callable[["Postmortem", "Policy", Context], Iterable[Problem]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule.

    Attributes:
        code: `CO402`; its first digit is the family. A code is never given to another rule.
        name: `action-owner-missing`; as unique as the code.
        severity: what holds if neither the policy nor the finding says otherwise.
        docstring: the function's, as it stands there.
        check: finds the problems.
        last: runs after all others and is told what they found, see `Context.found`.
        other: what it weighs in a case that its documentation tells, where it weighs two differently; None if it never
            does.
    """

    code: str
    name: str
    severity: Severity
    docstring: str
    check: Check = field(repr=False, compare=False)
    last: bool = False
    other: Severity | None = None

    @property
    def documentation(self) -> str:
        """The docstring without its indentation."""
        return inspect.cleandoc(self.docstring)

    @property
    def weights(self) -> str:
        """What it can weigh by default, in words, the usual one first: `error`, or `error or warning`."""
        return self.severity.value if self.other is None else f"{self.severity} or {self.other}"

    @property
    def summary(self) -> str:
        """The first line of the documentation: what is wrong."""
        return self.documentation.partition("\n")[0]


class Finding(NamedTuple):
    """One problem at one place, as reported.

    Attributes:
        rule: the rule that found it.
        message: for the author.
        span: where.
        severity: after policy; never `off`.
        subject: see `Problem`.
        edit: the fix, where it is safe.
    """

    rule: Rule
    message: str
    span: Span
    severity: Severity
    subject: str = ""
    edit: Edit | None = None


_registry: dict[str, Rule] = {}


def rule(
    code: str, name: str, severity: Severity, *, last: bool = False, other: Severity | None = None
) -> Callable[[Check], Check]:
    """Register the decorated function as a rule. Raises ValueError if the code or the name is taken."""

    def register(check: Check) -> Check:
        if code in _registry or any(other.name == name for other in _registry.values()):
            raise ValueError(f"the rule {code} {name} clashes with one that is registered already")
        _registry[code] = Rule(code, name, severity, check.__doc__ or "", check, last, other)
        return check

    return register


def registry() -> Mapping[str, Rule]:
    """The registered rules by code."""
    return MappingProxyType(_registry)


def iter_rules() -> Iterator[Rule]:
    """The registered rules, ordered by code."""
    return iter(sorted(_registry.values(), key=attrgetter("code")))
