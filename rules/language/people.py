"""Language that blames a person, a team, or the authors themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from rules.language.blame import Blame, Kind, find_blame, may_blame
from rules.owners import is_collective
from rules.policy import Policy
from rules.postmortem import Person, Postmortem
from rules.rule import Context, Problem, Severity, rule

_MENTION = re.compile(r"(?<![\w@/.])@([A-Za-z0-9][A-Za-z0-9-]{0,38})(?![\w/-])")
_SHORTEST_NAME = 3  # characters; initials are too often something else


def _problems(postmortem: Postmortem, policy: Policy, kind: Kind, message: str) -> Iterator[Problem]:
    if postmortem.language not in (None, "en"):
        return
    candidates = [each for each in postmortem.passages if not each.quoted and _may_blame(each.text)]
    names = _names(postmortem, policy) if candidates else frozenset()
    for passage in candidates:
        for blame in _blames(passage.text, names):
            if blame.kind is kind:
                yield Problem(passage.span(blame.start, blame.end), message, subject=_around(passage.text, blame.start))


_may_blame = lru_cache(maxsize=4096)(may_blame)  # four rules ask


@lru_cache(maxsize=1024)
def _blames(text: str, names: frozenset[str]) -> tuple[Blame, ...]:
    """What blames in a passage; four rules ask for it."""
    return tuple(find_blame(text, names))


def _around(text: str, start: int) -> str:
    """The words from there on, by which the finding is known again."""
    return text[start : start + 120]


def _names(postmortem: Postmortem, policy: Policy) -> frozenset[str]:
    """The names and logins of everybody whom the document or the policy names, in lower case."""
    people: list[Person] = [*postmortem.authors, *postmortem.commanders, *postmortem.facilitators]
    people.extend(owner for item in postmortem.actions for owner in item.owners)
    words = {part for person in people if _is_named(person, policy) for part in _parts(person.name)}
    words |= {part for person in policy.people.values() for part in _parts(person.name or "")}
    words |= {login.lower() for login in policy.people}
    words |= {match[1].lower() for each in postmortem.passages for match in _MENTION.finditer(each.text)}
    return frozenset(word for word in words if len(word) >= _SHORTEST_NAME)


def _is_named(person: Person, policy: Policy) -> bool:
    """Whether somebody is certainly a person; one bare word may be a system."""
    return (person.login is not None or " " in person.name) and not is_collective(person, policy)


def _parts(name: str) -> Iterator[str]:
    return (part.strip(".,()") for part in name.lower().split())


@rule("CO501", "human-error", Severity.WARNING)
def human_error(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """A cause stops at a person: "human error" and its kin.

    Why: people err all the time; the incident needs a system in which one error was enough. That property is the cause,
    and it is what can be changed.

    Bad:

    ```markdown
    ## What was actually happening

    The root cause was human error.
    ```

    Good:

    ```markdown
    ## What was actually happening

    The console shows staging and production in the same colours, and asks for no confirmation before it deletes.
    ```
    """
    return _problems(
        postmortem,
        policy,
        Kind.CAUSE,
        "This names a person's error as a cause. Write which property of the system let one error have this effect.",
    )


@rule("CO502", "person-blamed", Severity.WARNING)
def person_blamed(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """A person or a team is blamed.

    Why: everybody did what seemed best with what they knew. If people are blamed, the next mistake is hidden, and what
    made it easy to make stays as it is.

    Bad:

    ```markdown
    ## What was actually happening

    The on-call engineer deployed the hotfix without running tests.
    ```

    Good:

    ```markdown
    ## What was actually happening

    The deploy tool asks for no tests on the hotfix path, which is the one that the on-call playbook recommends.
    ```
    """
    return _problems(
        postmortem,
        policy,
        Kind.PERSON,
        "This blames people. Write what they saw and knew, and what in the system made this the likely thing to do.",
    )


@rule("CO503", "counterfactual", Severity.WARNING)
def counterfactual(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """The text says what somebody should have done.

    Why: it describes an incident that did not happen, from knowledge that nobody had then. What was known, and why it
    made sense, explains more.

    Bad:

    ```markdown
    ## What was actually happening

    The reviewer should have noticed the missing index.
    ```

    Good:

    ```markdown
    ## What was actually happening

    The review tool does not show the plan of a query, so that a missing index cannot be seen there.
    ```
    """
    return _problems(
        postmortem,
        policy,
        Kind.COUNTERFACTUAL,
        "This says what people should have done. Write what they knew then, and what would have shown them more.",
    )


@rule("CO505", "self-blame", Severity.OFF)
def self_blame(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """The authors blame themselves.

    Why: it is kinder than blaming others, and it hides the cause as well. Off unless the policy asks for it.

    Bad:

    ```markdown
    ## What was actually happening

    We failed to check the capacity of the pool.
    ```

    Good:

    ```markdown
    ## What was actually happening

    Nothing compares the capacity of the pool with the number of clients that may use it.
    ```
    """
    return _problems(
        postmortem,
        policy,
        Kind.OURSELVES,
        "This blames the authors themselves. Write what in the system made it likely, as you would for somebody else.",
    )
