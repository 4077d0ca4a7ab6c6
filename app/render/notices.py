"""Reminders, escalations and returns, in words: no punishment, but a signal that priorities are off."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from app.core.calendar.agenda import has_agenda
from app.core.calendar.levels import Level
from app.core.calendar.notice import VERIFY, DraftReminder, ItemNotice, Later, Question, Revisit, Urgent, notice_about
from app.core.calendar.working_time import working_time
from app.core.followed import Followed
from app.core.ledger import Ledger, VerificationState
from app.core.people_in_charge import may_mention_managers
from app.core.promise import Extension, Noticed
from app.core.repository_facts import Comment, RepositoryFacts
from app.core.wanted import WantedComment, WantedFold
from app.render.holders import holder_words
from app.render.text import count, quoted

_LONGEST_QUOTE = 300  # characters of what an owner last said
_MOST_LATER = 20
_WHO_TAKES_IT = "Who takes it? `/reassign @login`, or assign the issue."
_WAYS_OUT = """\
There are three honest ways out:
- do it, and close this issue with a link to what shows it;
- move the date: `/extend YYYY-MM-DD why`;
- say that it will not be done: `/wontdo why`."""

_WAYS_OUT_OF_IT = (
    "Whoever has one does it and closes its issue, moves its date there (`/extend YYYY-MM-DD why`), or says there that "
    "it will not be done (`/wontdo why`)."
)


def notice_comment(notice: ItemNotice, facts: RepositoryFacts) -> WantedComment:
    """A reminder, an escalation, or the question who has an item now."""
    if notice.asks_to_verify:
        text, reason = _verify(notice), f"its verification failed {count(notice.failed, 'day')} ago"
    elif notice.level is Level.NONE:
        text, reason = _unowned(notice, facts), "its owner is gone, and nobody has it"
    elif notice.level < Level.OVERDUE:
        text, reason = _due_soon(notice), "due soon"
    elif notice.level < Level.MANAGER:
        text, reason = _overdue(notice), f"{_since(notice)}, {_days(notice.days_late)}"
    else:
        text, reason = _escalation(notice, facts), f"{_since(notice)} {_priority(notice)}, {_days(notice.days_late)}"
    return WantedComment(
        issue=notice.issue,
        about=notice.about,
        text=text,
        mentions=tuple(dict.fromkeys((*notice.addressed, *notice.managers))),
        reason=reason,
    )


def folds(notice: ItemNotice) -> Iterator[WantedFold]:
    """The notices before it, each as a line."""
    for each in notice.before:
        about = notice_about(notice.uid, each.about)
        yield WantedFold(issue=notice.issue, about=about, text=f"*{_line(each, notice)} There is a newer word below.*")


def _line(noticed: Noticed, newer: ItemNotice) -> str:
    counted, _, level = noticed.about.rpartition(" ")
    since_when, _, in_vain = counted.partition(" ")
    deadline, _, reopened = since_when.partition("+")
    since = f"open again since {reopened}" if reopened else f"overdue since {deadline}"
    on = noticed.on.isoformat()
    if deadline == VERIFY:
        return f"On {on}: the verification had failed, and was asked for again."
    if not level.isdecimal() or deadline == "unowned":
        return f"On {on}: nobody had this."
    if int(level) == Level.DUE_SOON:
        return f"On {on}: due soon, on {deadline}."
    if int(level) == Level.OVERDUE or in_vain or set(noticed.managers) <= set(newer.addressed):
        return f"On {on}: {since}."  # of a manager who has it, nobody knows whether they were told as one
    return f"On {on}: {since}, and the manager was told."


def _due_soon(notice: ItemNotice) -> str:
    asked = "If the date will not hold, say so now: `/extend YYYY-MM-DD why`." if notice.addressed else _WHO_TAKES_IT
    return _to(notice.addressed, f"this is due on {_day(notice.deadline)}.{_promised(notice)} {asked}")


def _overdue(notice: ItemNotice) -> str:
    late = f"this was due on {_day(notice.deadline)} and is {_days(notice.days_late)} late.{_promised(notice)}"
    if notice.reopened:
        late = f"{_open_again(notice, 'this')}{_promised(notice)}"
    return f"{_to(notice.addressed, late)}\n\n{_WAYS_OUT}"


def _since(notice: ItemNotice) -> str:
    return "open again" if notice.reopened else "overdue"


def _open_again(notice: ItemNotice, what: str) -> str:
    """What leads where it was closed when its deadline passed, or later: nothing came first meanwhile."""
    return f"{what} was closed, and is open again since {_day(notice.reopened)}. It was due on {_day(notice.deadline)}."


def _promised(notice: ItemNotice) -> str:
    """Whose promise it is, for somebody else who has it now."""
    if not notice.promised_by or notice.named:
        return ""
    if not notice.owners and not notice.left:
        return f" {quoted(notice.promised_by)} promised it; it is not assigned to them on GitHub."
    who = "you have it now" if notice.owners else "nobody has it now"
    return f" {quoted(notice.promised_by)} promised it, and {who}."


def _escalation(notice: ItemNotice, facts: RepositoryFacts) -> str:
    opening = (
        f"this {_priority(notice)} is {_days(notice.days_late)} late. That blames nobody: it says that something else "
        "came first. Is that still right? Whoever sets the priorities can help now."
    )
    if notice.reopened:
        opening = f"{_open_again(notice, f'this {_priority(notice)}')} Whoever sets the priorities can help now."
    if notice.told >= Level.MANAGER and notice.reopened:
        again = f"{_days(notice.days_late)} after it was opened again on {_day(notice.reopened)}"
        opening = f"this {_priority(notice)} is still open, {again}."
    elif notice.told >= Level.MANAGER:
        opening = f"this {_priority(notice)} is still open, {_days(notice.days_late)} late."
    if notice.level is Level.MANAGER_FOR_THE_LAST_TIME:
        opening += f" This is the last word here{_and_then(facts)}."
    if notice.unreachable:
        opening += f" {_unreachable(facts, notice.addressed)}"
    addressed = _to((*notice.managers, *notice.addressed), opening)
    return "\n\n".join([addressed, "\n".join(_history(notice, facts)), _WAYS_OUT])


def _and_then(facts: RepositoryFacts) -> str:
    return "; from now on it stands on the weekly agenda" if has_agenda(facts) else ""


def _unreachable(facts: RepositoryFacts, mentioned: tuple[str, ...]) -> str:
    """Why no manager is mentioned, beside those who are."""
    so = "so nobody else hears of it" if mentioned else "so nobody hears of it"
    if may_mention_managers(facts.repository, facts.policy):
        return f"The policy names no manager for this, {so}."
    return f"The policy lets no manager be mentioned in public, {so}."


def _history(notice: ItemNotice, facts: RepositoryFacts) -> Iterator[str]:
    promise = notice.promise
    by = f" by {quoted(notice.promised_by)}" if notice.promised_by else ""
    yield f"- Promised{by} for {_day(promise.due)}."
    if promise.moves_before:
        times = promise.postponements
        yield f"- Extended {count(times, 'time')}; the last moves:" if times else "- The last moves:"
    for before, each in zip(promise.days_before, promise.extensions, strict=True):
        yield f"- {_direction(before, each)} to {_day(each.to)} on {each.on.isoformat()}{_how(each)}"
    if promise.reopened:
        yield f"- Closed, and opened again on {promise.reopened.isoformat()}."
    said = _last_said(notice, facts)
    if said is None:
        yield from _silence(notice)
    else:
        day = working_time(facts.policy).day_of(said.at)
        yield f"- {quoted(said.author.login)} last said, on {day.isoformat()}: {quoted(_shortened(said))}"


def _silence(notice: ItemNotice) -> Iterator[str]:
    """Silence is no fault either: it is said so that a line is easy to write, where there was time for one."""
    if not notice.addressed:
        unassigned = notice.promised_by and not notice.left
        yield f"- {'It is not assigned to them on GitHub' if unassigned else 'Nobody has it now'}. {_WHO_TAKES_IT}"
        return
    who = quoted(notice.addressed[0])
    known = [] if notice.owners else [f"It is not assigned to {who} on GitHub."]
    if notice.taken and notice.owners:
        known.append(f"{who} has it since {_day(notice.taken)}.")
    known += (
        []
        if notice.is_new or notice.taken
        else [f"Nothing from {who} here yet: a line about what got in the way would help."]
    )
    if known:
        yield f"- {' '.join(known)}"


def _direction(before: date | None, moved: Extension) -> str:
    if before is None:
        return "Moved"
    return "Extended" if moved.to > before else "Pulled in"


def _how(moved: Extension) -> str:
    """Who moved a date, and why. A change of the document has its reason in its pull request."""
    if moved.by == "document" and moved.comment is None:
        return " in the document."
    by = f" by {quoted(moved.by)}" if moved.by else " by hand"
    return f"{by}: {quoted(moved.reason)}" if moved.reason else f"{by}, without a reason."


def _last_said(notice: ItemNotice, facts: RepositoryFacts) -> Comment | None:
    owners = {login.casefold() for login in notice.addressed}
    theirs = [each for each in facts.comments if each.issue == notice.issue and each.author.login.casefold() in owners]
    return max(theirs, key=lambda each: each.id, default=None)


def _shortened(comment: Comment) -> str:
    text = " ".join(comment.body.split())
    return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1].rstrip() + "…"


def _unowned(notice: ItemNotice, facts: RepositoryFacts) -> str:
    former = f"nobody has had this since {quoted(notice.former)} left it" if notice.former else "nobody has this now"
    due = ""
    if notice.deadline:
        is_due = f"was due on {_day(notice.deadline)} and is {_days(notice.days_late)} late" if notice.days_late else ""
        if notice.reopened:
            is_due = f"was due on {_day(notice.deadline)}, and is open again since {_day(notice.reopened)}"
        due = f" It {is_due or f'is due on {_day(notice.deadline)}, and that date stands'}."
    nobody = f" {_unreachable(facts, ())}" if notice.unreachable else ""
    return _to(notice.managers, f"{former}.{due}{nobody} {_WHO_TAKES_IT}")


def _verify(notice: ItemNotice) -> str:
    criterion = notice.promise.said.criterion
    test = f" Done is to mean: {quoted(criterion)}." if criterion else ""
    return _to(
        notice.addressed,
        f"the verification of this failed {count(notice.failed, 'day')} ago. Did it run again, and pass?{test} "
        "Answer with `/verified pass` or `/verified fail`, and a link to the run.",
    )


# Returns.


def revisit_comment(revisit: Revisit, followed: Followed, facts: RepositoryFacts) -> WantedComment:
    """A return of a postmortem."""
    ledger = followed.ledger
    opening = _to((*revisit.managers, *revisit.assignees), _occasion(revisit, facts))
    answered = [_ANSWERED[each](ledger) for each in revisit.questions if each not in revisit.unanswered]
    asked = [_ASKED[each](revisit, followed) for each in revisit.unanswered]
    answered += _later(revisit)
    rest = [_unreachable(facts, revisit.assignees)] if revisit.unreachable else []
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
        text=_to(
            draft.assignees,
            f"this was merged as a draft on {draft.merged.isoformat()}, and still is one. Five working days have gone "
            "by: finish the document, and take the draft off its status. If somebody else has to, assign this issue to "
            "them.",
        ),
        mentions=draft.assignees,
        reason="five working days after the merge it is still a draft",
    )


def _occasion(revisit: Revisit, facts: RepositoryFacts) -> str:
    if revisit.again and set(revisit.unanswered) == {Question.URGENT_DONE}:
        is_one = len(revisit.urgent) == 1
        return (
            f"{'this P0 is' if is_one else 'these P0s are'} still open. What is in {'its' if is_one else 'their'} way?"
        )
    if revisit.again and _was_talked_of(revisit, facts):
        return "what was said here is not noted as an answer yet: that takes one line with a command."
    if revisit.again:
        return "nobody has answered here yet. It takes a minute:"
    if not revisit.after:
        return f"the verification failed {count(revisit.failed, 'day')} ago. Did it run again, and pass?"
    have = "has" if revisit.passed == 1 else "have"
    passed = f"{count(revisit.passed, 'day')} {have} passed since this was merged"
    return f"{passed}: do its promises hold?" if revisit.unanswered else f"{passed}, and nothing is left to answer."


def _was_talked_of(revisit: Revisit, facts: RepositoryFacts) -> bool:
    """Whether people have said something since the first word of a return."""
    here = [each for each in facts.comments if each.issue == revisit.issue]
    first = next((each.id for each in here if each.about == revisit.first_about), None)
    return first is not None and any(each.id > first and not (each.ours or each.bot) for each in here)


def _reason(revisit: Revisit) -> str:
    if revisit.again:
        return "a question was not answered for five working days"
    return f"{count(revisit.passed, 'day')} after the merge" if revisit.after else "the verification failed"


def _ask_urgent(revisit: Revisit, _followed: Followed) -> str:
    rows = "\n".join(_urgent(each) for each in revisit.urgent)
    return f"**Are the P0s done?** {count(len(revisit.urgent), 'P0')} still open:\n\n{rows}\n\n{_WAYS_OUT_OF_IT}"


def _urgent(item: Urgent) -> str:
    due = f"due on {item.deadline.isoformat()}" if item.deadline else "without a deadline"
    late = f", {_days(item.days_late)} late" if item.days_late else ""
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


def _urgent_done(_ledger: Ledger) -> str:
    return "No P0 is open."


def _verified(ledger: Ledger) -> str:
    outcome = "passed" if ledger.verification is VerificationState.PASSED else "failed"
    evidence = f": {quoted(ledger.evidence)}" if ledger.evidence else "."
    return f"The verification {outcome}{evidence}"


def _recurred(ledger: Ledger) -> str:
    return "It happened again." if ledger.owes_postmortem else "It has not happened again."


_ASKED: Mapping[Question, Callable[[Revisit, Followed], str]] = {
    Question.URGENT_DONE: _ask_urgent,
    Question.VERIFIED: _ask_verified,
    Question.RECURRED: _ask_recurred,
}
_ANSWERED: Mapping[Question, Callable[[Ledger], str]] = {
    Question.URGENT_DONE: _urgent_done,
    Question.VERIFIED: _verified,
    Question.RECURRED: _recurred,
}


# Words.


def _to(logins: tuple[str, ...], sentence: str) -> str:
    """A sentence with those whom it is for, if it is for anybody."""
    mentioned = list(dict.fromkeys(f"@{login}" for login in logins))
    return f"{', '.join(mentioned)}: {sentence}" if mentioned else sentence[:1].upper() + sentence[1:]


def _day(day: date | None) -> str:
    return f"{day:%A} {day.isoformat()}" if day else "no day"


def _days(number: int) -> str:
    return count(number, "working day")


def _priority(notice: ItemNotice) -> str:
    priority = notice.promise.said.priority
    return priority.value if priority else "action item"
