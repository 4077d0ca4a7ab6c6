"""Action issues whose tracking issue a person has removed: they are left alone, and whoever commands there is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from app.core.followed import FollowUp
from app.core.orders import Answer, Order, Why, is_owner, orders_on
from app.core.remembered import Remembered
from app.core.repository_facts import RepositoryFacts
from app.core.uids import document_uid


def with_left_alone(decided: FollowUp, remembered: Remembered, facts: RepositoryFacts) -> FollowUp:
    """The follow-up, with a reply to each command that nothing is left to carry out: nothing records them."""
    return replace(decided, answers=(*decided.answers, *_answers(remembered, facts)))


def _answers(remembered: Remembered, facts: RepositoryFacts) -> Iterator[Answer]:
    for number in _left_alone(remembered, facts):
        for order in orders_on(facts, number):
            if order.role.may_write or is_owner(order, facts.issues[number].assignees, ()):
                yield _answer(number, order)


def _left_alone(remembered: Remembered, facts: RepositoryFacts) -> Iterator[int]:
    """Numbers of the action issues; none of a tracking issue that may only be missing from a list."""
    for tracking, ledger in sorted(remembered.ledgers.items()):
        if tracking in facts.issues or document_uid(ledger.document) in facts.awaited:
            continue
        yield from (each.number for each in ledger.entries if each.number is not None and each.number in facts.issues)


def _answer(number: int, order: Order) -> Answer:
    comment = order.comment
    return Answer(
        issue=number, comment=comment.id, login=comment.author.login, command=order.command, why=Why.LEFT_ALONE
    )
