"""Slash commands on a pull request: what is answered, what is granted, and whether a fresh result is wanted.

A pull request carries no record of ours, so Closeout's own replies are the record: one that grants a waiver says so in
its marker, and a comment that has its reply was dealt with. A check remembers the last `/recheck` that it is for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from app.core.commands import ON_PULLS, Command, Help, Malformed, Recheck, Waive, dropped_command, find_command, name_of
from app.core.gate import waive
from app.core.orders import Answer, Order, Refusal, Why, answer_about
from app.core.repository_facts import Comment, User
from app.core.roles import Role
from app.core.verdict import PullVerdict
from app.core.waiver import Waiver
from rules.rule import Rule, iter_rules

_LISTENS = timedelta(days=1)
"""What has waited longer, by GitHub's clock, was answered, and the answer deleted: it is not said again. A waiver waits
for ever, since it is not about talking."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """What was said on a pull request.

    Attributes:
        number: of the pull request.
        author: whoever opened it; None if nobody knows any more.
        changed_at: when anything last happened there, by GitHub's clock.
        comments: oldest first.
        roles: what people may do here, by login in lower case, as far as anybody asked.
    """

    number: int
    author: User | None
    changed_at: datetime
    comments: tuple[Comment, ...]
    roles: Mapping[str, Role] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Decision:
    """What follows from the commands that wait.

    Attributes:
        answers: replies to write, in order.
        recheck: the id of the last comment that may ask for a fresh result, or 0.
        awaited: whether a reply was written a moment ago, perhaps, that GitHub does not show yet.
    """

    answers: tuple[Answer, ...]
    recheck: int
    awaited: bool = False


def standing_waivers(conversation: Conversation) -> tuple[Waiver, ...]:
    """The waivers on record, oldest first. A record that somebody edited is void: it may say what nobody granted."""
    marks = ((each.id, each.mark) for each in conversation.comments if not each.edited)
    return tuple(replace(mark.waiver, record=record) for record, mark in marks if mark and mark.waiver)


def unanswered_waivers(conversation: Conversation) -> frozenset[int]:
    """Ids of the comments that ask for a waiver and have no reply."""
    return frozenset(comment.id for comment, command in _waiting(conversation, 0) if isinstance(command, Waive))


def people_heard(conversation: Conversation, rechecked: int) -> frozenset[str]:
    """Logins of those whose commands wait, and of whom it is not known yet what they may do."""
    asking = (each.author.login for each, _ in _waiting(conversation, rechecked))
    return frozenset(login for login in asking if login.casefold() not in conversation.roles)


def decide_on_pull(
    conversation: Conversation,
    verdict: PullVerdict,
    *,
    taken_back: frozenset[int] = frozenset(),
    rechecked: int = 0,
    awaited: frozenset[str] = frozenset(),
) -> Decision:
    """What the commands that wait lead to.

    `verdict` is as it would be without any waiver. `taken_back` are the comments whose waivers counted, until the
    records of them were deleted. `rechecked` is the comment for which the checks of the head were published, or 0, and
    `awaited` what replies are about that were just written, perhaps. None comes before its turn: from the first whose
    author's role is not known on, they wait.
    """
    answers: list[Answer] = []
    waits = False
    strangers: set[int] = set()
    recheck = rechecked
    for comment, command in _waiting(conversation, rechecked):
        role = conversation.roles.get(comment.author.login.casefold())
        if role is None:
            break
        order = Order(comment, command, role)
        may_command = _may_command(order, conversation, verdict)
        if isinstance(command, Recheck) and may_command:
            recheck = max(recheck, comment.id)
            if _is_answered(comment, conversation) or not dropped_command(comment.body):
                continue
        elif not may_command:
            if comment.author.id in strangers or _was_answered(comment.author, conversation):
                continue  # once is enough: a stranger cannot make Closeout write for ever
            strangers.add(comment.author.id)
        if comment.id in taken_back:
            answers.append(_reply(order, conversation, _withdrawal(command)))
        elif answer_about(comment.id) in awaited:
            waits = True
        else:
            granted = (*standing_waivers(conversation), *(each.waiver for each in answers if each.waiver))
            stands = waive(verdict, granted)
            answers.append(_reply(order, conversation, _result(order, conversation, stands, may_command=may_command)))
    return Decision(tuple(answers), recheck, waits)


def _waiting(conversation: Conversation, rechecked: int) -> list[tuple[Comment, Command | Malformed]]:
    """Comments with a command that nobody has dealt with yet, in the order in which they were written."""
    found = []
    for comment in sorted(conversation.comments, key=lambda each: each.id):
        command = None if comment.ours or comment.bot else find_command(comment.body)
        if command is None:
            continue
        if isinstance(command, Recheck) and comment.id <= rechecked:
            continue
        if _is_answered(comment, conversation) and not _is_recheck_and_more(comment, command):
            continue
        if not isinstance(command, Waive) and conversation.changed_at - comment.at > _LISTENS:
            continue
        found.append((comment, command))
    return found


def _is_answered(comment: Comment, conversation: Conversation) -> bool:
    about = answer_about(comment.id)
    return any(each.ours and each.about == about for each in conversation.comments)


def _is_recheck_and_more(comment: Comment, command: Command | Malformed) -> bool:
    """Whether it asks for a fresh result, and its answer is only about the command after that."""
    return isinstance(command, Recheck) and bool(dropped_command(comment.body))


def _was_answered(author: User, conversation: Conversation) -> bool:
    """Whether they got a reply before."""
    theirs = {answer_about(each.id) for each in conversation.comments if each.author.id == author.id}
    return any(each.about in theirs for each in conversation.comments if each.ours)


def _may_command(order: Order, conversation: Conversation, verdict: PullVerdict) -> bool:
    """Whether they may: everybody who may write, and on their own pull request or document who may read."""
    return order.role.may_write or (order.role.may_read and _is_author(order, conversation, verdict))


def _is_author(order: Order, conversation: Conversation, verdict: PullVerdict) -> bool:
    """Whether they opened the pull request, or wrote one of its documents."""
    who = order.comment.author
    opened = conversation.author is not None and conversation.author.id == who.id
    return opened or who.login.casefold() in verdict.author_logins


def _reply(order: Order, conversation: Conversation, result: Waiver | Refusal) -> Answer:
    granted = result if isinstance(result, Waiver) else None
    refusal = result if isinstance(result, Refusal) else Refusal(Why.WAIVED, detail=_named(result.code))
    return Answer(
        issue=conversation.number,
        comment=order.comment.id,
        login=order.comment.author.login,
        command=order.command,
        why=refusal.why,
        detail=refusal.detail,
        place=ON_PULLS,
        waiver=granted,
        dropped="" if refusal.why in {Why.NOT_ALLOWED, Why.NOT_MAINTAINER} else dropped_command(order.comment.body),
    )


def _withdrawal(command: Command | Malformed) -> Refusal:
    return Refusal(Why.WITHDRAWN, detail=_named(command.code) if isinstance(command, Waive) else "")


def _result(order: Order, conversation: Conversation, verdict: PullVerdict, *, may_command: bool) -> Waiver | Refusal:
    command = order.command
    if isinstance(command, Help):
        return Refusal(Why.HELP)
    if not may_command:
        return Refusal(Why.NOT_MAINTAINER if isinstance(command, Waive) else Why.NOT_ALLOWED)
    if name_of(command) not in ON_PULLS:
        return Refusal(Why.ON_ISSUE)
    if isinstance(command, Waive):
        return _waiver(order, command, conversation, verdict)
    if isinstance(command, Recheck):
        return Refusal(Why.ONLY_FIRST)
    return Refusal(Why.MALFORMED)


def _waiver(order: Order, command: Waive, conversation: Conversation, verdict: PullVerdict) -> Waiver | Refusal:
    comment, rule = order.comment, _rule_of(command.code)
    if not order.role.maintains:
        return Refusal(Why.NOT_MAINTAINER)
    if _is_author(order, conversation, verdict):
        return Refusal(Why.AUTHOR)
    if comment.edited:  # whoever may write can put words into another's mouth
        return Refusal(Why.EDITED)
    if rule is None:
        return Refusal(Why.UNKNOWN_CODE, detail=command.code)
    if before := next((each for each in verdict.waivers if each.code == rule.code), None):
        return Refusal(Why.WAIVED_ALREADY, detail=before.by)
    if rule.code not in verdict.failing_codes:
        return Refusal(Why.NOTHING_TO_WAIVE, detail=", ".join(sorted(verdict.failing_codes)))
    return Waiver(
        code=rule.code,
        reason=command.reason,
        by=comment.author.login,
        who=comment.author.id,
        permission=order.role.name or order.role.permission,
        comment=comment.id,
    )


def _rule_of(written: str) -> Rule | None:
    """The rule of a code or a name, in whatever case."""
    wanted = written.strip(" ,.:;`*").casefold()
    return next((each for each in iter_rules() if wanted in {each.code.casefold(), each.name}), None)


def _named(code: str) -> str:
    rule = _rule_of(code)
    return f"{rule.code} {rule.name}" if rule else code
