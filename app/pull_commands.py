"""Slash commands on a pull request, carried out: read what was said, answer, and apply the waivers to the verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import structlog

from app.core.facts import PublishedCheck
from app.core.gate import waive
from app.core.orders import answer_about
from app.core.plan_checks import last_recheck
from app.core.pull_orders import (
    Conversation,
    decide_on_pull,
    people_heard,
    standing_waivers,
    unanswered_waivers,
)
from app.core.verdict import PullVerdict
from app.core.waiver import counted_records
from app.github.app import Access
from app.github.comments import read_comment, read_conversation, read_roles
from app.github.errors import Refused
from app.github.issues import Expect, create_comment
from app.github.observe import Pull
from app.render.answers import render_answer
from app.render.text import quoted

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of a pull request's conversation.

    Attributes:
        verdict: with the waivers that stand.
        recheck: the id of the last comment that asked for a fresh result, or 0.
        waits: whether a reply was written a moment ago, perhaps, that GitHub does not show yet.
        note: a sentence for people about what could not be answered; empty if all could.
    """

    verdict: PullVerdict
    recheck: int = 0
    waits: bool = False
    note: str = ""


async def repeat_waivers(access: Access, pull: Pull, verdict: PullVerdict, bot: str) -> PullVerdict:
    """The verdict with the waivers that stand; nothing is answered. Raises GitHubError."""
    if not verdict.documents:
        return verdict
    return waive(verdict, standing_waivers(await _read(access, pull, bot)))


async def obey_on_pull(
    access: Access,
    pull: Pull,
    verdict: PullVerdict,
    published: Sequence[PublishedCheck],
    bot: str,
    awaited: frozenset[str],
    expect: Expect,
) -> Heard:
    """Answer the commands on a pull request, and apply its waivers.

    `published` are the checks of its head, `bot` is the login of Closeout's own account, and `awaited` tells what was
    just written and may be missing from lists. Raises GitHubError.
    """
    rechecked = last_recheck(published)
    if not verdict.documents:  # where no postmortem changes, commands are other programs'
        return Heard(verdict, rechecked)
    conversation, taken_back = await _with_unlisted(access, await _read(access, pull, bot), published, bot)
    if asking := people_heard(conversation, rechecked):
        conversation = replace(conversation, roles=await read_roles(access, asking))
    decision = decide_on_pull(conversation, verdict, taken_back=taken_back, rechecked=rechecked, awaited=awaited)
    heard = Heard(verdict, decision.recheck, decision.awaited)
    for answer in decision.answers:
        try:
            comment = await create_comment(access, render_answer(answer), bot, expect)
        except Refused as error:  # the conversation is locked, or the App may not write there: the checks go on
            _log.warning("could not answer", pull=pull.number, reason=str(error))
            heard = replace(heard, note=f"A command could not be carried out here: {quoted(str(error))}.")
            break
        _log.info("answered", pull=pull.number, command=answer.name, why=answer.why.value)
        conversation = replace(conversation, comments=(*conversation.comments, comment))
    return replace(heard, verdict=waive(verdict, standing_waivers(conversation)))


async def _read(access: Access, pull: Pull, bot: str) -> Conversation:
    comments = await read_conversation(access, pull.number, bot)
    return Conversation(pull.number, pull.author, pull.changed_at, comments)


async def _with_unlisted(
    access: Access, conversation: Conversation, published: Sequence[PublishedCheck], bot: str
) -> tuple[Conversation, frozenset[int]]:
    """The conversation with the records of waivers that the list lacks though a check of the head has counted them.

    Also the comments that asked for those whose record is gone: somebody took them back.
    """
    counted = counted_records("\n".join(each.summary for each in published))
    gone = set()
    for said in sorted(unanswered_waivers(conversation) & counted.keys()):
        record = await read_comment(access, counted[said], conversation.number, bot)
        if record is not None and record.about == answer_about(said):
            conversation = replace(conversation, comments=(*conversation.comments, record))
        else:  # deleted, or overwritten
            gone.add(said)
    return conversation, frozenset(gone)
