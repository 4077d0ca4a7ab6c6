"""Language that blames a person, a team, or the authors themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules.language.analysis import blames
from rules.language.blame import Kind
from rules.patterns import Pattern
from rules.policy import Policy
from rules.postmortem import Postmortem
from rules.rule import Context, Problem, Severity, rule

_SUBJECT = 120  # characters by which a finding is known again


_BLAMES_PEOPLE = (
    "This blames people. Write what they saw and knew, and what in the system made this the likely thing to do."
)
_BLAMES_ALL = (
    "This holds against everybody what nobody did. "
    "Write what was missing in the system: what would have shown it, or asked for it, in time."
)
_NOBODY = Pattern(r"(?:nobody|no[- ]?one|none)\b(?! (?:of|from|in|on) )", re.IGNORECASE)


def problems_of(postmortem: Postmortem, policy: Policy, kind: Kind, message: str) -> Iterator[Problem]:
    """The problems of one kind, at their places. No message repeats what the document says."""
    for passage, blame in blames(postmortem, policy):
        if blame.kind is kind:
            subject = passage.text[blame.start : blame.start + _SUBJECT]
            yield Problem(passage.span(blame.start, blame.end), message, subject=subject)


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
    return problems_of(
        postmortem,
        policy,
        Kind.CAUSE,
        "This names a person's error as a cause. Write which property of the system let one error have this effect.",
    )


@rule("CO502", "person-blamed", Severity.WARNING)
def person_blamed(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """A person or a team is blamed.

    Why: everybody did what seemed best with what they knew. If people are blamed, the next mistake is hidden, and what
    made it easy to make stays as it is. An assistant that is a program (Copilot, Claude, "the agent") is a system and
    may be named; a person beside it may not be blamed. A name that is also a product's is a person's where an author,
    an owner or the policy is called so.

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
    for problem in problems_of(postmortem, policy, Kind.PERSON, _BLAMES_PEOPLE):
        yield problem._replace(message=_BLAMES_ALL) if _NOBODY.match(problem.subject) else problem


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
    return problems_of(
        postmortem,
        policy,
        Kind.COUNTERFACTUAL,
        "This says what people should have done. Write what they knew then, and what would have shown them more.",
    )


@rule("CO505", "self-blame", Severity.OFF)
def self_blame(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """The authors blame themselves.

    Why: it is kinder than blaming others, and it hides the cause as well. Off unless the policy asks for it. A sentence
    without a subject ("Did not test the rollback", "Should have asked sooner") is read as if "we" stood in front,
    unless the sentence or list entry before is about a person.

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
    return problems_of(
        postmortem,
        policy,
        Kind.OURSELVES,
        "This blames the authors themselves. Write what in the system made it likely, as you would for somebody else.",
    )
