"""Reminders and escalations, in words: no punishment, but a signal that priorities are off."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.core.calendar.agenda import has_agenda
from app.core.calendar.levels import Level
from app.core.calendar.notice import VERIFY, ItemNotice, notice_about
from app.core.calendar.working_time import working_time
from app.core.commands import Help, Reassign, Recheck, WontDo, find_command
from app.core.orders import answer_about
from app.core.promise import Extension, Noticed, Promise, shortened
from app.core.repository_facts import Comment, RepositoryFacts
from app.core.wanted import WantedComment, WantedFold
from app.render.addressed import addressed_to, unreachable
from app.render.text import count, quoted

_LONGEST_QUOTE = 300  # characters of what an owner last said
_WHO_TAKES_IT = "Who takes it? `/reassign @login`, or assign the issue."
_WAYS_OUT = """\
There are three honest ways out:
- do it, and close this issue with a link to what shows it;
- move the date: `/extend YYYY-MM-DD why`;
- say that it will not be done: `/wontdo why`."""


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
    return addressed_to(notice.addressed, f"this is due on {_day(notice.deadline)}.{_promised(notice)} {asked}")


def _overdue(notice: ItemNotice) -> str:
    late = f"this was due on {_day(notice.deadline)} and is {_days(notice.days_late)} late.{_promised(notice)}"
    if notice.reopened:
        late = f"{_open_again(notice, 'this')}{_promised(notice)}"
    return f"{addressed_to(notice.addressed, late)}\n\n{_WAYS_OUT}"


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
        opening += f" {unreachable(facts, notice.addressed)}"
    addressed = addressed_to((*notice.managers, *notice.addressed), opening)
    return "\n\n".join([addressed, "\n".join(_history(notice, facts)), _WAYS_OUT])


def _and_then(facts: RepositoryFacts) -> str:
    return "; from now on it stands on the weekly agenda" if has_agenda(facts) else ""


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
        how = " (not carried out)" if _was_refused(said, promise, facts) else ""
        yield f"- {quoted(said.author.login)} last said, on {day.isoformat()}{how}: {quoted(_shortened(said))}"


def _silence(notice: ItemNotice) -> Iterator[str]:
    """Silence is no fault either: it is said so that a line is easy to write, where there was time for one."""
    if not notice.addressed:
        unassigned = notice.promised_by and not notice.left
        yield f"- {'It is not assigned to them on GitHub' if unassigned else 'Nobody has it now'}. {_WHO_TAKES_IT}"
        return
    who = quoted(notice.longest or notice.addressed[0])
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
    telling = (each for each in theirs if not isinstance(find_command(each.body), Reassign | Recheck | Help))
    return max(telling, key=lambda each: each.id, default=None)


def _was_refused(said: Comment, promise: Promise, facts: RepositoryFacts) -> bool:
    """Whether a command was answered instead of carried out: what it has been edited to since is not read any more."""
    by_command = {each.comment for each in promise.extensions} | (
        {promise.verdict.comment} if promise.verdict else set()
    )
    match find_command(said.body):
        case None | WontDo(promise.declined):
            return False
        case _:
            return said.id not in by_command and facts.has_said(answer_about(said.id), said.issue)


def _shortened(comment: Comment) -> str:
    return shortened(" ".join(comment.body.split()), _LONGEST_QUOTE)


def _unowned(notice: ItemNotice, facts: RepositoryFacts) -> str:
    former = f"nobody has had this since {quoted(notice.former)} left it" if notice.former else "nobody has this now"
    due = ""
    if notice.deadline:
        is_due = f"was due on {_day(notice.deadline)} and is {_days(notice.days_late)} late" if notice.days_late else ""
        if notice.reopened:
            is_due = f"was due on {_day(notice.deadline)}, and is open again since {_day(notice.reopened)}"
        due = f" It {is_due or f'is due on {_day(notice.deadline)}, and that date stands'}."
    nobody = f" {unreachable(facts, ())}" if notice.unreachable else ""
    return addressed_to(notice.managers, f"{former}.{due}{nobody} {_WHO_TAKES_IT}")


def _verify(notice: ItemNotice) -> str:
    criterion = notice.promise.said.criterion
    test = f" Done is to mean: {quoted(criterion)}." if criterion else ""
    return addressed_to(
        notice.addressed,
        f"the verification of this failed {count(notice.failed, 'day')} ago. Did it run again, and pass?{test} "
        "Answer with `/verified pass` or `/verified fail`, and a link to the run.",
    )


def _day(day: date | None) -> str:
    return f"{day:%A} {day.isoformat()}" if day else "no day"


def _days(number: int) -> str:
    return count(number, "working day")


def _priority(notice: ItemNotice) -> str:
    priority = notice.promise.said.priority
    return priority.value if priority else "action item"
