"""Returns of a postmortem, and the reminder that it is a draft still, as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from app.core.calendar.notice import DraftReminder
from app.core.calendar.revisit import Later, Question, Revisit, Urgent
from app.core.calendar.revisits import runs_again_on
from app.core.commands import Malformed, find_command
from app.core.followed import Followed, FollowedItem
from app.core.ledger import VerificationState
from app.core.promise import Verdict
from app.core.repository_facts import RepositoryFacts
from app.core.wanted import WantedComment
from app.render.addressed import addressed_to, unreachable
from app.render.holders import holder_words
from app.render.text import count, enumerated, quoted

_MOST_LATER = 20  # postmortems that are listed
_WAYS_OUT_OF_IT = (
    "Whoever has one does it and closes its issue, moves its date there (`/extend YYYY-MM-DD why`), or says there that "
    "it will not be done (`/wontdo why`)."
)


def revisit_comment(revisit: Revisit, followed: Followed, facts: RepositoryFacts) -> WantedComment:
    """A return of a postmortem."""
    opening = addressed_to((*revisit.managers, *revisit.assignees), _occasion(revisit, followed, facts))
    answered = [_ANSWERED[each](revisit, followed) for each in _answered(revisit, followed)]
    asked = [_ASKED[each](revisit, followed) for each in revisit.unanswered]
    answered += _later(revisit)
    rest = [unreachable(facts, revisit.assignees)] if revisit.unreachable else []
    return WantedComment(
        issue=revisit.issue,
        about=revisit.about,
        text="\n\n".join([opening, *asked, *answered, *rest]),
        mentions=tuple(dict.fromkeys((*revisit.managers, *revisit.assignees))),
        reason=_reason(revisit),
    )


def _later(revisit: Revisit) -> list[str]:
    """The postmortems since that name this one."""
    if not revisit.later:
        return []
    rows = [_later_row(each) for each in revisit.later[:_MOST_LATER]]
    if len(revisit.later) > _MOST_LATER:
        rows.append(f"- and {len(revisit.later) - _MOST_LATER} more")
    return ["Later postmortems that name this one:\n\n" + "\n".join(rows)]


def _later_row(later: Later) -> str:
    declares = ", which says that it is a recurrence" if later.declares else ""
    return f"- #{later.number} {quoted(later.headline)}{declares}"


def draft_comment(draft: DraftReminder) -> WantedComment:
    """The reminder that a postmortem is a draft still."""
    return WantedComment(
        issue=draft.issue,
        about=draft.about,
        text=addressed_to(
            draft.assignees,
            f"this was merged as a draft on {draft.merged.isoformat()}, and still is one. Five working days have gone "
            "by: finish the document, and take the draft off its status. If somebody else has to, assign this issue to "
            "them.",
        ),
        mentions=draft.assignees,
        reason="five working days after the merge it is still a draft",
    )


def _answered(revisit: Revisit, followed: Followed) -> list[Question]:
    """The questions whose answer is told: a verification that has failed is one, whatever this return asks."""
    told = [each for each in revisit.questions if each not in revisit.unanswered]
    is_left_out = Question.VERIFIED not in (*revisit.questions, *revisit.unanswered)
    if is_left_out and not revisit.again and followed.ledger.verification is VerificationState.FAILED:
        told.append(Question.VERIFIED)
    return sorted(told, key=list(Question).index)


def _occasion(revisit: Revisit, followed: Followed, facts: RepositoryFacts) -> str:
    if revisit.again and set(revisit.unanswered) == {Question.URGENT_DONE}:
        is_one = len(revisit.urgent) == 1
        return (
            f"{'this P0 is' if is_one else 'these P0s are'} still open. What is in {'its' if is_one else 'their'} way?"
        )
    if revisit.again and len(revisit.unanswered) < len(revisit.questions):
        is_one = len(revisit.unanswered) == 1
        return f"{'one question' if is_one else 'some questions'} here {'is' if is_one else 'are'} still open."
    if revisit.again and _was_talked_of(revisit, facts):
        return "what was said here is not noted as an answer yet: that takes one line with a command."
    if revisit.again:
        return "nobody has answered here yet. It takes a minute:"
    if not revisit.after:
        return f"the verification failed {count(revisit.failed, 'day')} ago. Did it run again, and pass?"
    have = "has" if revisit.passed == 1 else "have"
    passed = f"{count(revisit.passed, 'day')} {have} passed since this was merged"
    if revisit.unanswered:
        return f"{passed}: do its promises hold?"
    left = _left(revisit, followed)
    return f"{passed}, {f'but {enumerated(left)}' if left else 'and nothing is left to answer'}."


def _left(revisit: Revisit, followed: Followed) -> list[str]:
    """What does not hold yet, though nothing is asked here: what asks for it has come, or comes on its day."""
    failed = followed.ledger.verification is VerificationState.FAILED
    late = sum(1 for each in followed.items if _is_late(each, _day(revisit, followed)))
    left = ["its verification has failed"] if failed else []
    if late:
        left.append(f"{count(late, 'action item')} {'is past its' if late == 1 else 'are past their'} deadline")
    return left


def _is_late(item: FollowedItem, day: date) -> bool:
    deadline = item.merged.promise.deadline if item.merged else item.entry.due
    return item.pending and not item.entry.gone and deadline is not None and deadline < day


def _day(revisit: Revisit, followed: Followed) -> date:
    """The day of a return, or that by the policy, where it comes after a weekend or a holiday."""
    return followed.ledger.merged + timedelta(days=revisit.passed)


def _was_talked_of(revisit: Revisit, facts: RepositoryFacts) -> bool:
    """Whether people have said something since the first word of a return, and not with a command."""
    here = [each for each in facts.comments if each.issue == revisit.issue]
    first = next((each.id for each in here if each.about == revisit.first_about), None)
    if first is None:
        return False
    said = (find_command(each.body) for each in here if each.id > first and not (each.ours or each.bot))
    return any(each is None or isinstance(each, Malformed) for each in said)


def _reason(revisit: Revisit) -> str:
    if revisit.again:
        return "a question was not answered for five working days"
    return f"{count(revisit.passed, 'day')} after the merge" if revisit.after else "the verification failed"


def _ask_urgent(revisit: Revisit, _followed: Followed) -> str:
    rows = "\n".join(_urgent(each) for each in revisit.urgent)
    return f"**Are the P0s done?** {count(len(revisit.urgent), 'P0')} still open:\n\n{rows}\n\n{_WAYS_OUT_OF_IT}"


def _urgent(item: Urgent) -> str:
    due = f"due on {item.deadline.isoformat()}" if item.deadline else "without a deadline"
    late = f", {count(item.days_late, 'working day')} late" if item.days_late else ""
    if item.reopened and item.deadline and item.reopened > item.deadline:
        late = f", open again since {item.reopened.isoformat()}"
    number = f"#{item.number} " if item.number else ""
    return f"- {number}{quoted(item.title.rstrip('.'))}: {holder_words(item.holder)}, {due}{late}"


def _ask_verified(_revisit: Revisit, followed: Followed) -> str:
    ledger = followed.ledger
    text = (
        f"> {quoted(ledger.about.verification)}"
        if ledger.about.verification
        else "> The postmortem names no verification."
    )
    failed = ledger.verification is VerificationState.FAILED and ledger.evidence
    last = f"When it was run last, it failed: {quoted(ledger.evidence)}\n\n" if failed else ""
    return (
        f"**Did the verification run, and pass?**\n\n{text}\n\n{last}{_passed_on_items(followed)}"
        "Answer with `/verified pass` or `/verified fail`, and a link to the run."
    )


def _passed_on_items(followed: Followed) -> str:
    """What was said to have passed on the issues of items, which answers for those alone."""
    verdicts = [(each.issue, each.merged.promise.verdict) for each in followed.items if each.issue and each.merged]
    said = [f"#{issue.number} (says {quoted(each.by)})" for issue, each in verdicts if each and each.passed]
    return f"It has passed on {', '.join(said)}. If that is all of it, say so here. " if said else ""


def _ask_recurred(_revisit: Revisit, followed: Followed) -> str:
    recurrences = followed.ledger.recurrences
    numbers = [each.successor or each.issue for each in recurrences if each.happened]
    since = f" since #{numbers[-1]}" if numbers else ""
    return (
        f"**Has it happened again{since}?** Answer with `/recurrence none`, or `/recurrence yes #N` with the number of "
        "the new incident's issue, or of the pull request with its postmortem."
    )


def _urgent_done(_revisit: Revisit, _followed: Followed) -> str:
    return "No P0 is open."


def _verified(revisit: Revisit, followed: Followed) -> str:
    ledger = followed.ledger
    outcome = "passed" if ledger.verification is VerificationState.PASSED else _failed(revisit, followed)
    evidence = f": {quoted(ledger.evidence)}" if ledger.evidence else "."
    return f"The verification {outcome}{evidence}"


def _failed(revisit: Revisit, followed: Followed) -> str:
    again = runs_again_on(followed, _day(revisit, followed))
    return f"failed, and is to be run again by {again.isoformat()}" if again else "failed"


def _recurred(_revisit: Revisit, followed: Followed) -> str:
    ledger = followed.ledger
    if ledger.owes_postmortem:
        return "It happened again."
    said = next((each for each in reversed(ledger.recurrences) if not each.takes_back), None)
    if said and any(each.comment > said.comment for each in _failures(followed)):
        return f"By {said.on.isoformat()} it had not happened again."  # what failed since may show that it has
    return "It has not happened again."


def _failures(followed: Followed) -> list[Verdict]:
    """What was said of verifications that failed: the whole postmortem's, and those of items."""
    verdicts = [followed.ledger.verdict, *(each.merged.promise.verdict for each in followed.items if each.merged)]
    return [each for each in verdicts if each and not each.passed]


_ASKED: Mapping[Question, Callable[[Revisit, Followed], str]] = {
    Question.URGENT_DONE: _ask_urgent,
    Question.VERIFIED: _ask_verified,
    Question.RECURRED: _ask_recurred,
}
_ANSWERED: Mapping[Question, Callable[[Revisit, Followed], str]] = {
    Question.URGENT_DONE: _urgent_done,
    Question.VERIFIED: _verified,
    Question.RECURRED: _recurred,
}
