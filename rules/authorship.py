"""CO6: who wrote the postmortem. These findings belong to the check run for the co-author."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules.names import fold_name
from rules.once import once_a_document
from rules.owners import is_collective
from rules.patterns import Pattern
from rules.places import top_of
from rules.policy import Policy
from rules.postmortem import Person, Postmortem, Span
from rules.requirements import is_short
from rules.rule import Context, Problem, Severity, rule

_MOST_PEOPLE = 100


@rule("CO601", "commander-only-author", Severity.ERROR)
def commander_only_author(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """The incident commander is the only author.

    Why: whoever ran the incident tells it as it looked from there. Somebody who did not asks what nobody asked then.
    Where several people commanded, none of them counts as the co-author. The short form for a known cause needs none.
    To fix it, have somebody who did not command the incident write with them.

    Bad:

    ```markdown
    - Incident commander: Ana Ruiz (@ana)
    - Authors: Ana Ruiz (@ana)
    ```

    Good:

    ```markdown
    - Incident commander: Ana Ruiz (@ana)
    - Authors: Ana Ruiz (@ana), Ben Okafor (@ben)
    ```
    """
    authors, commanders = _people(postmortem, policy), postmortem.commanders
    if is_short(postmortem):
        return
    if authors and commanders and all(_is_one_of(author, commanders, postmortem, policy) for author in authors):
        yield Problem(
            _authors_span(postmortem),
            "Only people who commanded the incident are named as authors. "
            "Add a co-author who did not, and have them take part in the pull request.",
            subject="authors",
        )


@rule("CO602", "co-author-absent", Severity.ERROR)
def co_author_absent(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """No author besides the incident commander has taken part in the pull request.

    Why: a name in the list is a claim; a commit, a `Co-authored-by` trailer or a review is evidence. This is asked only
    where there is a pull request. To fix it, have one of the other authors commit, be named in a trailer, or review.

    Bad: `Authors: Ana Ruiz (@ana), Ben Okafor (@ben)` in a pull request to which @ben, who did not command the
    incident, has not contributed.

    Good: the same with one commit by @ben, a trailer `Co-authored-by: Ben Okafor <ben@users.noreply.github.com>`, or a
    review by @ben.
    """
    if context.took_part is not None and not postmortem.authors:
        yield Problem(
            top_of(postmortem),
            "No author is named, so there is no co-author. "
            "Name the authors, one of whom did not command the incident and has taken part in this pull request.",
            subject="authors",
        )
        return
    others = [
        each for each in _people(postmortem, policy) if not _is_one_of(each, postmortem.commanders, postmortem, policy)
    ]
    if context.took_part is None or not others or any(each.text in context.took_part for each in others):
        return
    yield Problem(
        _authors_span(postmortem),
        "None of the authors who did not command the incident has taken part in this pull request. "
        "One of them has to commit, be named in a `Co-authored-by` trailer, or review it.",
        subject="authors",
    )


@rule("CO603", "facilitator-not-neutral", Severity.WARNING)
def facilitator_not_neutral(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """The facilitator also commanded the incident, or wrote the postmortem.

    Why: a facilitator is there because they have no side. Who ran the incident or tells its story has one. To fix it,
    ask somebody else to lead the review.

    Bad:

    ```markdown
    - Incident commander: Ana Ruiz (@ana)
    - Facilitator: Ana Ruiz (@ana)
    ```

    Good:

    ```markdown
    - Incident commander: Ana Ruiz (@ana)
    - Facilitator: Finn Olsen (@finn)
    ```
    """
    for facilitator in postmortem.facilitators:
        if _is_one_of(facilitator, postmortem.commanders, postmortem, policy):
            what = "commanded the incident"
        elif _is_one_of(facilitator, postmortem.authors, postmortem, policy):
            what = "is one of the authors"
        else:
            continue
        yield Problem(
            facilitator.span,
            f"The facilitator also {what}. Ask somebody who has no part in it to lead the review.",
            subject=facilitator.text,
        )


def _people(postmortem: Postmortem, policy: Policy) -> tuple[Person, ...]:
    """The authors who are persons: "the team" is nobody who could have seen it from elsewhere."""
    return tuple(author for author in postmortem.authors if not is_collective(author, policy))


def _authors_span(postmortem: Postmortem) -> Span:
    first, last = postmortem.authors[0].span, postmortem.authors[-1].span
    return Span(first.line, first.column, last.end_line, last.end_column)


def _is_one_of(person: Person, people: tuple[Person, ...], postmortem: Postmortem, policy: Policy) -> bool:
    """Whether somebody is among the people: by login where both have one, else by name."""
    login, names = policy.login_of(person), _names(person, postmortem, policy)
    for other in people:
        other_login = policy.login_of(other)
        if login and other_login:
            if login.casefold() == other_login.casefold():
                return True
        elif not names.isdisjoint(_names(other, postmortem, policy)):
            return True
    return False


def _names(person: Person, postmortem: Postmortem, policy: Policy) -> frozenset[str]:
    """What somebody is called, folded: where that is a first name alone, by the whole name behind it, too."""
    known = policy.person(policy.login_of(person) or "")
    whole = _whole_name(person.name, postmortem, policy) if len(person.name.split()) == 1 else ""
    return frozenset(fold_name(name) for name in (person.name, known.name if known else "", whole) if name)


def _whole_name(first: str, postmortem: Postmortem, policy: Policy) -> str:
    """The whole name, folded, of the only person of the document and the policy with that first name; else empty."""
    start = f"{fold_name(first)} "
    alike = [each for each in _everybody(postmortem) if f"{fold_name(each.name)} ".startswith(start)]
    told = {fold_name(each.name) for each in alike} | {fold_name(each.name or "") for each in policy.people.values()}
    whole = [name for name in told if name.startswith(start)]
    logins = {login.casefold() for each in alike if (login := policy.login_of(each))}
    if len(whole) != 1 or len(logins) > 1:
        return ""
    others = (name for name in _names_in_text(postmortem) if name.startswith(start))
    return whole[0] if all(whole[0].startswith(name) for name in others) else ""


@once_a_document
def _names_in_text(postmortem: Postmortem) -> frozenset[str]:
    """The first names that stand alone among the people, with a surname as they stand elsewhere in the text, folded."""
    alone = {each.name for each in _everybody(postmortem) if len(each.name.split()) == 1}
    if not alone:
        return frozenset()
    pattern = Pattern(rf"(?<!\w)({'|'.join(map(re.escape, sorted(alone)))})[ \t]+([^\W\d_a-z]\w+)")
    return frozenset(fold_name(" ".join(pair)) for pair in pattern.findall(postmortem.source.text))


@once_a_document
def _everybody(postmortem: Postmortem) -> tuple[Person, ...]:
    """Whom the document names in a role, or as an owner; nobody where they are too many to compare each with all."""
    owners = (owner for item in postmortem.actions for owner in item.owners)
    people = (*postmortem.authors, *postmortem.commanders, *postmortem.facilitators, *owners)
    return people if len(people) <= _MOST_PEOPLE else ()
