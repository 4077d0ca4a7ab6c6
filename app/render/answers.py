"""What commands leave behind in words: replies to people, and lines in the issues' bodies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from app.core.body import compose_comment
from app.core.commands import ON_PULLS, USAGE, Malformed, Waive
from app.core.effects import CreateComment
from app.core.followed import FollowUp
from app.core.ledger import Ledger
from app.core.orders import Answer, Why
from app.core.promise import Promise, Verdict
from app.core.records import CommentMark
from app.core.wanted import Wanted, WantedComment
from app.render.text import quoted

_EFFECTS: Mapping[str, str] = {
    "extend": "moves the deadline",
    "wontdo": "declines the action item and closes its issue",
    "reassign": "gives it to somebody else",
    "verified": "says how the verification went",
    "recurrence": "says whether it happened again",
    "adopt": "follows up what waits for a word",
    "recheck": "looks again",
    "waive": "lets a finding pass in this pull request; it takes a maintainer who is not an author",
    "help": "shows this list",
}


def with_answers(wanted: Wanted, follow_up: FollowUp) -> Wanted:
    """What is wanted, with the replies to commands: a record says that one was answered once the answer is there."""
    replies: dict[int, list[str]] = {}
    for answer in follow_up.answers:
        replies.setdefault(answer.issue, []).append(answer.about)
    comments = [*wanted.comments, *map(_reply, follow_up.answers)]
    issues = tuple(replace(each, after=(*each.after, *replies.get(each.number or 0, []))) for each in wanted.issues)
    return replace(wanted, issues=issues, comments=tuple(comments))


def _reply(answer: Answer) -> WantedComment:
    return WantedComment(issue=answer.issue, about=answer.about, text=reply_text(answer), reason=_reason(answer))


# Replies.


def reply_text(answer: Answer) -> str:
    """What is answered, as Markdown. Nothing in it mentions anybody: whoever wrote the comment is told anyway."""
    return "\n\n".join(each for each in (_REPLIES[answer.why](answer), _dropped(answer)) if each)


def _dropped(answer: Answer) -> str:
    if not answer.dropped:
        return ""
    return (
        f"Of the commands in one comment only the first is read, so `/{answer.dropped}` was not carried out. Say it "
        "in a comment of its own."
    )


def render_answer(answer: Answer) -> CreateComment:
    """The reply to a comment on a pull request. Its marker is the record: that it was answered, and what it grants."""
    return CreateComment(
        issue=answer.issue,
        about=answer.about,
        body=compose_comment(reply_text(answer), CommentMark(about=answer.about, waiver=answer.waiver)),
        mentions=(),
        reason=_reason(answer),
    )


def _reason(answer: Answer) -> str:
    return f"{answer.login} said /{answer.name}"


def _help(answer: Answer) -> str:
    return f"What can be said here, as the first line of a comment:\n\n{_usage(answer.place)}"


def _usage(names: Iterable[str]) -> str:
    return "\n".join(f"- `{'`, or `'.join(USAGE[name].splitlines())}`: {_EFFECTS[name]}" for name in names)


def _malformed(answer: Answer) -> str:
    problem = answer.command.problem if isinstance(answer.command, Malformed) else ""
    if isinstance(answer.command, Malformed) and answer.command.written:
        return (
            f"There is no command `/{answer.command.written}`, so nothing has changed. If you mean `/{answer.name}`, "
            f"write it in a new comment, since edits are not read:\n\n```\n{USAGE[answer.name]}\n```"
        )
    return (
        f"`/{answer.name}` was not understood: {quoted(problem)}. Write it in a new comment, since edits are not read:"
        f"\n\n```\n{USAGE[answer.name]}\n```"
    )


def _not_allowed(answer: Answer) -> str:
    if answer.place == ON_PULLS:
        return (
            f"`/{answer.name}` was not carried out: here it takes write access to the repository, unless the pull "
            "request or the postmortem is yours. Ask one of those people to say it."
        )
    return (
        f"`/{answer.name}` was not carried out: here it takes write access to the repository, unless the issue is "
        "assigned to you or you are an author of the postmortem. Ask one of them to say it."
    )


def _only_writers(answer: Answer) -> str:
    return f"`/{answer.name}` was not carried out: it takes write access to the repository."


def _closed(answer: Answer) -> str:
    return (
        f"`/{answer.name}` was not carried out: this issue is closed. If the work is still to be done, reopen the "
        f"issue and say `/{answer.name}` again; if it will not be done after all, say `/wontdo` and why."
    )


def _past(answer: Answer) -> str:
    return f"The deadline was not moved: {quoted(answer.detail)} is over. Give a day that is still to come."


def _not_assignable(answer: Answer) -> str:
    return (
        f"It was not reassigned: GitHub does not let issues here be assigned to `@{answer.detail}`. They need "
        "access to this repository first; or it is another login."
    )


def _on_tracking(answer: Answer) -> str:
    where = f"#{answer.number}, the tracking issue" if answer.number else "the postmortem's tracking issue"
    return f"`/{answer.name}` is about the whole postmortem: say it on {where}."


def _on_item(answer: Answer) -> str:
    return f"`/{answer.name}` is about one action item: say it on the issue of that item."


def _on_pull(answer: Answer) -> str:
    return f"`/{answer.name}` is about a pull request's check: say it on the pull request."


def _on_issue(answer: Answer) -> str:
    return (
        f"`/{answer.name}` is about what was promised: say it on the issues that are opened once this is merged. "
        f"Here you can say:\n\n{_usage(answer.place)}"
    )


def _nothing_waits(answer: Answer) -> str:
    return "Nothing waits for a word here, so `/adopt` changed nothing."


def _left_alone(answer: Answer) -> str:
    return (
        f"`/{answer.name}` changed nothing: the tracking issue of this postmortem was deleted, or moved away, so "
        "Closeout leaves its action items alone. This issue is yours now: change its people, date and state by hand."
    )


def _no_such_issue(answer: Answer) -> str:
    return (
        f"Nothing was noted: there is no issue or pull request #{answer.number} here. Open an issue for the new "
        "incident, and say `/recurrence yes` with its number."
    )


def _itself(answer: Answer) -> str:
    return (
        f"Nothing was noted: #{answer.number} is part of this postmortem itself. Give the number of the new incident's "
        "issue, or of the pull request with its postmortem."
    )


def _elsewhere(answer: Answer) -> str:
    return (
        f"Nothing was noted: {quoted(answer.detail)} is another repository. Open an issue here for the new incident, "
        "and say `/recurrence yes` with its number."
    )


def _taken_back(answer: Answer) -> str:
    number = f"#{answer.number}"
    return (
        f"Taken back: {number} does not count as a recurrence any more. What was said of that here and there is "
        "shortened to a line; if it is a pull request, `/recheck` there brings its check up to date."
    )


def _stands(answer: Answer) -> str:
    return (
        f"Noted that it has not happened since. That it happened again, see #{answer.number}, still counts. If that "
        f"was a slip, take it back with `/recurrence none #{answer.number}`."
    )


def _asked_later(answer: Answer) -> str:
    return f"Noted that it has not happened so far. It is asked on {answer.detail} all the same: until then it may."


def _declared(answer: Answer) -> str:
    return (
        f"It still counts as a recurrence, since the postmortem of #{answer.number} says so itself. If it is none, "
        "take `Recurrence of:` out of that document."
    )


def _not_noted(answer: Answer) -> str:
    return (
        f"Noted that it has not happened again. Nobody has said here that it happened in #{answer.number}, so nothing "
        "was taken back."
    )


def _only_first(answer: Answer) -> str:
    return f"`/{answer.name}` was carried out."


def _not_maintainer(answer: Answer) -> str:
    return (
        "Nothing was waived: that takes somebody who maintains this repository (role `maintain` or `admin`) and is not "
        "an author of the postmortem. Ask one of them, or mend what the check shows."
    )


def _author(answer: Answer) -> str:
    return (
        "Nothing was waived: this pull request or its postmortem is yours. Ask another maintainer, who can look at it "
        "with fresh eyes."
    )


def _unknown_code(answer: Answer) -> str:
    return (
        f"Nothing was waived: there is no rule {quoted(answer.detail)}. Use the code that the check shows, as in "
        f"`{USAGE['waive']}`."
    )


def _nothing_to_waive(answer: Answer) -> str:
    waive = answer.command.code if isinstance(answer.command, Waive) else ""
    stands = f"What fails it is: {answer.detail}." if answer.detail else "Nothing fails it that could be waived."
    return f"Nothing was waived: {quoted(waive)} does not fail this pull request. {stands}"


def _waived_already(answer: Answer) -> str:
    waive = answer.command.code if isinstance(answer.command, Waive) else ""
    by = quoted(answer.detail)
    return (
        f"Nothing has changed: {quoted(waive)} is waived already, by {by}, and that stands with its reason. To take it "
        f"back, delete the comment of Closeout's in which it answered {by}."
    )


def _edited(answer: Answer) -> str:
    return (
        "Nothing was waived: the comment was edited before it was read, and others can edit it, too. Say it again in a "
        "new one."
    )


def _waived(answer: Answer) -> str:
    reason = answer.waiver.reason if answer.waiver else ""
    return (
        f"**{quoted(answer.detail)}** may pass in this pull request, whatever is pushed to it: {quoted(reason)}\n\n"
        "The check goes on showing it, with who let it pass and why. To take it back, delete this comment."
    )


def _withdrawn(answer: Answer) -> str:
    return (
        f"**{quoted(answer.detail)}** is no longer waived, since the comment that recorded it was deleted. To let it "
        "pass after all, say it again in a new comment."
    )


_REPLIES: Mapping[Why, Callable[[Answer], str]] = {
    Why.HELP: _help,
    Why.MALFORMED: _malformed,
    Why.NOT_ALLOWED: _not_allowed,
    Why.ONLY_WRITERS: _only_writers,
    Why.CLOSED: _closed,
    Why.PAST: _past,
    Why.NOT_ASSIGNABLE: _not_assignable,
    Why.ON_TRACKING: _on_tracking,
    Why.ON_ITEM: _on_item,
    Why.ON_PULL: _on_pull,
    Why.ON_ISSUE: _on_issue,
    Why.NOTHING_WAITS: _nothing_waits,
    Why.NO_SUCH_ISSUE: _no_such_issue,
    Why.ITSELF: _itself,
    Why.NOT_MAINTAINER: _not_maintainer,
    Why.AUTHOR: _author,
    Why.UNKNOWN_CODE: _unknown_code,
    Why.NOTHING_TO_WAIVE: _nothing_to_waive,
    Why.EDITED: _edited,
    Why.WAIVED: _waived,
    Why.WAIVED_ALREADY: _waived_already,
    Why.WITHDRAWN: _withdrawn,
    Why.ELSEWHERE: _elsewhere,
    Why.ONLY_FIRST: _only_first,
    Why.TAKEN_BACK: _taken_back,
    Why.STANDS: _stands,
    Why.ASKED_LATER: _asked_later,
    Why.DECLARED: _declared,
    Why.NOT_NOTED: _not_noted,
    Why.LEFT_ALONE: _left_alone,
}


# Lines in the bodies of issues.


def said_of_item(promise: Promise, *, is_declined: bool) -> list[str]:
    """What people have said of an action item with commands, and why it is not planned, a paragraph each.

    `is_declined` says whether its issue is closed, and not as done.
    """
    lines = []
    last = promise.extensions[-1] if promise.extensions else None
    if last and last.reason:
        lines.append(f"**Moved to {last.to.isoformat()}** by {quoted(last.by)}: {quoted(last.reason)}")
    if is_declined and promise.declined:
        lines.append(f"**Not planned**, says {quoted(promise.declined_by)}: {quoted(promise.declined)}")
    elif is_declined and promise.said.declined:
        why = f": {quoted(promise.said.why_declined)}" if promise.said.why_declined else ", and not why."
        lines.append(f"**Not planned**, says the postmortem{why}")
    if promise.verdict:
        whole = f" (for the whole postmortem, say it on #{promise.tracking})" if promise.verdict.passed else ""
        lines.append(f"{_verdict_line(promise.verdict)}{whole}")
    return lines


def said_of_postmortem(ledger: Ledger) -> list[str]:
    """What people have said of a postmortem with commands, a paragraph each; `_verification` shows the evidence."""
    lines = []
    if ledger.verdict:
        again = f" It is to be run again by {ledger.verify_again.isoformat()}." if ledger.verify_again else ""
        lines.append(f"So says {quoted(ledger.verdict.by)}, on {ledger.verdict.on.isoformat()}.{again}")
    for each in ledger.recurrences:
        if not each.happened and each.issue:
            lines.append(f"**#{each.issue} was no recurrence**, said {quoted(each.by)} on {each.on.isoformat()}.")
            continue
        what = "**It happened again**" if each.happened else "It has not happened again"
        number = each.successor or each.issue
        where = f", see #{number}" if number else ""
        owed = ": a new postmortem is owed" if each.happened and each.comment and not each.successor else ""
        said = f"said {quoted(each.by)} on" if each.comment else "as its postmortem has declared since"
        lines.append(f"{what}{where}, {said} {each.on.isoformat()}{owed}.")
    return lines


def _verdict_line(verdict: Verdict) -> str:
    outcome = "passed" if verdict.passed else "failed"
    return (
        f"**Verification {outcome}**, says {quoted(verdict.by)} on {verdict.on.isoformat()}: {quoted(verdict.evidence)}"
    )
