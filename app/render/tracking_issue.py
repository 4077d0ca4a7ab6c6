"""The body of a tracking issue: what was promised, by whom, until when, and how it stands."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator

from app.core.body import MOST_CHARACTERS
from app.core.calendar.notices import holder_of, managers_for
from app.core.calendar.revisits import returns
from app.core.followed import Followed, FollowedItem
from app.core.ledger import MOST_ENTRIES, Ledger, VerificationState
from app.core.outcomes import Outcome, outcome_of
from app.core.people_in_charge import may_mention_managers
from app.core.repository_facts import RepositoryFacts
from app.render.answers import said_of_postmortem
from app.render.holders import holder_words
from app.render.text import enumerated, permalink, quoted
from app.render.unheard import unheard_note
from rules.policy import Revisits
from rules.sections.skeleton import RECURRENCE

_VERIFICATION = {
    VerificationState.NOT_RUN: "**Not run yet.** Whoever runs it: `/verified pass` or `/verified fail`, and a link.",
    VerificationState.PASSED: "**Passed.**",
    VerificationState.FAILED: "**Failed.**",
}

_HEADER = "| Progress | Action | Owner | Priority | Promised\u00a0for | Deadline\u00a0now |"
# A column is as wide as what cannot be broken in its header: a date below it keeps its line.


_BETWEEN = "\n\n"


def tracking_block(followed: Followed, facts: RepositoryFacts, room: int = MOST_CHARACTERS) -> str:
    """Closeout's part of the body, as Markdown: in at most `room` characters, if the table's rows can be left out."""
    ledger = followed.ledger
    before = [_head(ledger, facts), *_warnings(followed, facts)]
    after = [_verification(ledger), *said_of_postmortem(ledger)]
    after += [_outlook(ledger, facts.policy.revisits)] if followed.open else []
    room -= sum(len(part) + len(_BETWEEN) for part in (*before, *after))
    return _BETWEEN.join([*before, _items(followed, facts, _place(ledger, facts), room), *after])


def _outlook(ledger: Ledger, revisits: Revisits) -> str:
    """When it comes back, and what it takes until it closes."""
    days = [each.day.isoformat() for each in returns(ledger.merged, revisits)]
    if not days:
        return "This issue closes by itself once every action item is closed, and the verification passed."
    return (
        f"On {enumerated(days)} this issue asks whether the promises hold. It closes by itself once every action item "
        "is closed, the verification passed, and the last of these questions is answered."
    )


def _head(ledger: Ledger, facts: RepositoryFacts) -> str:
    about = ledger.about
    what = f"What became of [{quoted(about.headline)}]({_place(ledger, facts)})"
    day = f", of {about.day.isoformat()}" if about.day else ""
    authors = f", written by {', '.join(quoted(each) for each in about.authors)}" if about.authors else ""
    return f"{what}{day}{authors}; merged on {ledger.merged.isoformat()}."


def _place(ledger: Ledger, facts: RepositoryFacts) -> str:
    return permalink(facts.repository.url, ledger.commit, ledger.path, 1)


def _warnings(followed: Followed, facts: RepositoryFacts) -> list[str]:
    lines = []
    if followed.lost:
        lines.append(
            "**Closeout no longer finds the document:** it was deleted, left out by `documents` in the policy, or is "
            "too large. Its action items stay as they are."
        )
    if more := followed.ledger.about.more:
        items = "action item stands" if more == 1 else "action items stand"
        lines.append(
            f"**{more:,} more {items} only in the document.** Closeout follows up {MOST_ENTRIES} of a postmortem."
        )
    if followed.ledger.questions and not followed.lost:
        lines.append(_questions(followed.ledger))
    if followed.ledger.about.draft:
        lines.append("**It was merged as a draft: finish this within five working days.**")
    incomplete = [item for item in followed.items if item.missing and item.pending and item.issue]
    if incomplete:
        numbers = ", ".join(f"#{item.issue.number}" for item in incomplete if item.issue)
        lines.append(f"**Incomplete: {numbers}.** The authors add what is missing to the document.")
    if note := unheard_note(_unheard(followed, facts), muted=not may_mention_managers(facts.repository, facts.policy)):
        lines.append(note)
    return lines


def _questions(ledger: Ledger) -> str:
    """The items that nobody follows up until somebody says whether they are new."""
    titles = [f"“{quoted(each.title)}”" for each in ledger.questions]
    titles += [f"{ledger.more_questions} more"] if ledger.more_questions else []
    those = "it is" if len(titles) == 1 else "they are"
    return (
        f"**Not followed up yet: {enumerated(titles)}.** Closeout cannot tell whether {those} new, or an earlier item "
        "in other words. The comments below say how to answer that in the document; this issue stays open until then."
    )


def _unheard(followed: Followed, facts: RepositoryFacts) -> list[str]:
    """Those who have, or promised, an open action item whose escalations reach nobody."""
    found = []
    for item in followed.items:
        if not item.pending or item.entry.gone or item.said is None:
            continue
        having = tuple(each.login for each in item.merged.assignees) if item.merged else ()
        who = next(iter(having), None) or item.said.owner or item.said.owner_text
        if who and not managers_for(facts, [(item.said.owner, having)]):
            found.append(who)
    return found


def _items(followed: Followed, facts: RepositoryFacts, document: str, room: int) -> str:
    rows = [_row(item, facts) for item in followed.items]
    tasks = [*_explanations(followed), *_verification_to_repeat(followed.ledger)]
    if not rows and not tasks:
        return "It promises no action items."
    head = f"### Action items: {_progress(followed, [is_done for is_done, _ in tasks])}"
    rows += [f"| {'✅ done' if is_done else '⬜ open'} | {task} | – | – | – | – |" for is_done, task in tasks]
    lines = [head, "", _HEADER, "|---|---|---|---|---|---|"]
    return "\n".join([*lines, *_fitting(rows, document, room - sum(len(line) + 1 for line in lines))])


def _progress(followed: Followed, tasks: list[bool]) -> str:
    """How much of it is done, and what of it will not be."""
    outcomes = Counter(outcome_of(item) for item in followed.items)
    done = f"{outcomes[Outcome.DONE] + sum(tasks)} of {len(followed.items) + len(tasks)} done"
    others = (f"{outcomes[each]} {each.value}" for each in (Outcome.DECLINED, Outcome.REMOVED) if outcomes[each])
    return ", ".join([done, *others])


def _fitting(rows: list[str], document: str, room: int) -> list[str]:
    """The rows for which there is room, and how many there are besides."""
    if sum(len(row) + 1 for row in rows) <= room:
        return rows
    more = f"| … | and {len(rows)} more, in [the document]({document}) | | | | |"
    lengths = itertools.accumulate((len(row) + 1 for row in rows), initial=len(more) + 1)
    kept = max(0, sum(length <= room for length in lengths) - 1)
    return [*rows[:kept], f"| … | and {len(rows) - kept} more, in [the document]({document}) | | | | |"]


def _explanations(followed: Followed) -> Iterator[tuple[bool, str]]:
    """What a recurrence has to say in its document, whether it is done or not: no issue of its own is needed."""
    for number, headline in followed.recurrence_of:
        task = f"Say why the postmortem of “{quoted(headline)}” (#{number}) did not prevent this: `## {RECURRENCE}`"
        yield bool(followed.ledger.about.explains), task


def _verification_to_repeat(ledger: Ledger) -> Iterator[tuple[bool, str]]:
    if ledger.verification is VerificationState.FAILED:
        on = f"; it failed on {ledger.verdict.on.isoformat()}" if ledger.verdict else ""
        yield False, f"Mend what the verification showed, and run it again{on}"


def _row(item: FollowedItem, facts: RepositoryFacts) -> str:
    title = quoted(item.issue.title if item.issue else item.entry.title)
    action = f"#{item.issue.number} {title}" if item.issue else title
    owner = ", ".join(quoted(each.login) for each in item.merged.assignees) if item.merged else ""
    if owner and item.pending:  # without those who have left
        owner = holder_words(holder_of(item, facts))
    named = quoted(item.said.owner_text) if item.said else ""
    deadline = item.merged.promise.deadline if item.merged else None
    promised = item.entry.due.isoformat() if item.entry.due else "–"
    now = deadline.isoformat() if deadline else "–"
    return f"| {_state(item)} | {action} | {owner or named or '–'} | {_priority(item)} | {promised} | {now} |"


def _priority(item: FollowedItem) -> str:
    """The priority as its issue has it, with the one that was promised, where the document has changed that since."""
    promised = item.entry.priority
    said = item.merged.promise.said if item.merged else item.said
    current = said.priority if said else promised
    shown = current.value if current else "–"
    return f"{shown} ({promised.value} was promised)" if promised and promised is not current else shown


def _state(item: FollowedItem) -> str:
    if item.pending:
        return "⬜ open, no longer in the document" if item.entry.gone else "⬜ open"
    outcome = outcome_of(item)
    if item.issue is None:
        if outcome is Outcome.REMOVED:
            return "➖ issue removed" if item.entry.number is not None else "➖ no longer in the document"
        return "➖ not planned" if outcome is Outcome.DECLINED else "✅ settled"
    if outcome is not Outcome.DECLINED:
        return "✅ done"
    return "➖ duplicate" if item.closed_as == "duplicate" else "➖ not planned"


def _verification(ledger: Ledger) -> str:
    text = (
        quoted(ledger.about.verification)
        if ledger.about.verification
        else "The postmortem names none: agree on a test that would fail if it could happen again."
    )
    evidence = f" {quoted(ledger.evidence)}" if ledger.evidence else ""
    return f"### Verification\n\n{text}\n\n{_VERIFICATION[ledger.verification]}{evidence}"
