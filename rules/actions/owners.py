"""Owners of action items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from rules.actions.as_written import field_as_written
from rules.actions.items import brief, open_items
from rules.actions.tables import gaps, told_of_table
from rules.names import fold_name
from rules.owners import Unnamed, has_named_owner, human_name, is_collective, logins_by_name, why_unnamed
from rules.patterns import Pattern
from rules.policy import Policy
from rules.postmortem import Person, Postmortem
from rules.rule import Context, Problem, Severity, rule
from rules.words import alternatives, word_list

_WHY = {
    Unnamed.GROUP: "is not a person. Name the one who has promised to do it.",
    Unnamed.PRONOUN: "is a name only to who wrote it. Write out whose it is, for example `Ana Ruiz (@ana)`.",
    Unnamed.LATER: "is nobody yet. Name the person who promises it today; it can be handed over later.",
    Unnamed.ROLE: "is a role, and who holds it changes. Name the person, for example `Ana Ruiz (@ana)`.",
}
"""Behind an owner that is no named person: what it is, and what to write instead."""


@rule("CO402", "action-owner-missing", Severity.ERROR)
def action_owner_missing(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """An action item has no owner.

    Why: what belongs to nobody is done by nobody.

    Bad:

    ```markdown
    ## Action items

    - [ ] Alert when replica lag exceeds 30 s
      - Deadline: 2026-05-18
      - Priority: P0
      - Success criterion: the alert fires in staging when replication is paused for a minute
    ```

    Good:

    ```markdown
    ## Action items

    - [ ] Alert when replica lag exceeds 30 s
      - Owner: Ben Okafor (@ben)
      - Deadline: 2026-05-18
      - Priority: P0
      - Success criterion: the alert fires in staging when replication is paused for a minute
    ```
    """
    for gap in gaps(postmortem, "owner", lambda item: not item.owners):
        yield Problem(
            gap.place,
            told_of_table(gap, "owner", "Owner", "with one person in each row, such as `Ana Ruiz (@ana)`")
            if gap.rows
            else "This action item has no owner. Name one person, "
            f"for example `{field_as_written(postmortem, 'owner', 'Owner', 'Ana Ruiz (@ana)')}`.",
            subject=gap.subject,
        )


@rule("CO403", "action-owner-collective", Severity.ERROR)
def action_owner_collective(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """An action item belongs to a group, a role or nobody yet, instead of a person.

    Why: everybody in "the team" can believe that somebody else does it; so can everybody on call, where the owner is
    "whoever is on call". A role such as "tech lead" has another holder by the time the item is due, and "me" is nobody
    to whom reads it.

    Bad:

    ```markdown
    ## Action items

    - [ ] Alert on lag over 30 s. Owner: the team. Deadline: 2026-05-18. Priority: P0. Criterion: it fires in staging.
    ```

    Good:

    ```markdown
    ## Action items

    - [ ] Alert on lag over 30 s. Owner: @ben. Deadline: 2026-05-18. Priority: P0. Criterion: it fires in staging.
    ```
    """
    for item in open_items(postmortem):
        if item.owners and not has_named_owner(item, policy):
            owner = item.owners[0]
            why = why_unnamed(owner, policy) or Unnamed.GROUP
            yield Problem(owner.span, f"The owner {brief(owner.text)} {_WHY[why]}", subject=item.title)


@rule("CO404", "action-owner-without-login", Severity.NOTICE)
def action_owner_without_login(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """An owner is named, but nothing tells their GitHub login.

    Why: an issue can be assigned to a login only. Write it behind the name once, anywhere in the document; or enter the
    person under `people` in the policy, with a `sponsor` if they have no login. A named human is a good owner all the
    same.

    Bad:

    ```markdown
    ## Action items

    - [ ] Alert when replica lag exceeds 30 s
      - Owner: Ben Adeyemi
      - Deadline: 2026-05-18
      - Priority: P0
      - Success criterion: the alert fires in staging when replication is paused for a minute
    ```

    Good:

    ```markdown
    ## Action items

    - [ ] Alert when replica lag exceeds 30 s
      - Owner: Ben Adeyemi (@ben-adeyemi)
      - Deadline: 2026-05-18
      - Priority: P0
      - Success criterion: the alert fires in staging when replication is paused for a minute
    ```
    """
    known = logins_by_name(postmortem)
    told: set[str] = set()
    for item in open_items(postmortem):
        for person in item.owners:
            name = fold_name(human_name(person))
            if name in told or name in known or is_collective(person, policy) or policy.login_of(person):
                continue
            told.add(name)
            yield Problem(person.span, _login_message(person), subject=name)


def _login_message(person: Person) -> str:
    if person.text.startswith("@"):
        return (
            f"{brief(person.text)} cannot be a GitHub login: those have letters, digits and single hyphens only. "
            "Correct it, so that the issue can be assigned."
        )
    return (
        f"Nothing tells the GitHub login of {brief(human_name(person))}, so no issue can be assigned. "
        "Write it behind the name, `Name (@login)`, or enter it in the policy's `people`."
    )


@rule("CO416", "action-owners-several", Severity.WARNING)
def action_owners_several(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """An action item has several owners, and none of them leads.

    Why: each of two can wait for the other. Say who leads, `Owner: Ana Ruiz (lead), Ben Okafor`, or name one.

    Bad:

    ```markdown
    ## Action items

    - [ ] Alert on lag over 30 s. Owner: @ana, @ben. Deadline: 2026-05-18. Priority: P0. Criterion: it fires in staging.
    ```

    Good:

    ```markdown
    ## Action items

    - [ ] Alert on lag over 30 s. Owner: @ana (lead), @ben. Deadline: 2026-05-18. Priority: P0. Criterion: it fires.
    ```
    """
    for item in open_items(postmortem):
        named = [person for person in item.owners if not is_collective(person, policy)]
        if len(named) > 1 and not _has_lead(postmortem, named):
            first, last = named[0].span, named[-1].span
            on_one_line = first.line == last.end_line and first <= last
            yield Problem(
                type(first)(*first[:2], *last[2:]) if on_one_line else first,
                "This action item has several owners. Say who leads, for example `Ana Ruiz (lead), Ben Okafor`, "
                "or name one of them.",
                subject=item.title,
            )


def _has_lead(postmortem: Postmortem, people: Sequence[Person]) -> bool:
    """Whether the words around the owners' names say who leads, or who only helps; or one is set in bold."""
    if any(_role().search(person.text) for person in people):
        return True
    first, last = people[0].span, people[-1].span
    if first.line != last.end_line or first > last:
        return False
    line = postmortem.source.line(first.line)
    before, between = line[max(first.column - 16, 0) : first.column - 1], line[first.column - 1 : last.end_column - 1]
    if _lead().search(before) or _role().search(between) or _lead().match(line[last.end_column - 1 :].lstrip(" (")):
        return True
    return sum(_is_bold(line, person) for person in people) == 1


def _is_bold(line: str, person: Person) -> bool:
    start, end = person.span.column - 1, person.span.end_column - 1
    return any(line[:start].endswith(mark) and line.startswith(mark, end) for mark in ("**", "__"))


@cache
def _lead() -> Pattern:
    return Pattern(rf"(?<![\w@-]){alternatives(word_list('actions', 'leads'))}(?![\w-])", re.IGNORECASE)


@cache
def _role() -> Pattern:
    words = alternatives(word_list("actions", "leads"), word_list("actions", "helpers"))
    return Pattern(rf"(?<![\w@-]){words}(?![\w-])", re.IGNORECASE)
