"""The body of a tracking issue: what was promised, by whom, until when, and how it stands."""

from __future__ import annotations

from app.core.follow_up import Followed, FollowedItem
from app.core.ledger import Ledger, VerificationState
from app.core.repository_facts import RepositoryFacts
from app.render.text import permalink, quoted

_VERIFICATION = {
    VerificationState.NOT_RUN: "It has not been run yet.",
    VerificationState.PASSED: "It was run, and passed.",
    VerificationState.FAILED: "It was run, and failed.",
}


def tracking_block(followed: Followed, facts: RepositoryFacts) -> str:
    """Closeout's part of the body, as Markdown."""
    ledger = followed.ledger
    parts = [_head(ledger, facts), *_draft(ledger), _items(followed), _verification(ledger)]
    return "\n\n".join(parts)


def _head(ledger: Ledger, facts: RepositoryFacts) -> str:
    about = ledger.about
    place = permalink(facts.repository.url, ledger.commit, ledger.path, 1)
    what = f"What became of [{quoted(about.headline)}]({place})"
    day = f", of {about.day.isoformat()}" if about.day else ""
    authors = f", written by {', '.join(quoted(each) for each in about.authors)}" if about.authors else ""
    return f"{what}{day}{authors}; merged on {ledger.merged.isoformat()}."


def _draft(ledger: Ledger) -> list[str]:
    if not ledger.about.draft:
        return []
    return ["It was merged as a draft: finish it within five working days."]


def _items(followed: Followed) -> str:
    if not followed.items:
        return "It promises no action items."
    done = sum(1 for item in followed.items if not _is_open(item, followed))
    head = f"### Action items: {done} of {len(followed.items)} done"
    rows = [_row(item, followed) for item in followed.items]
    return "\n".join([head, "", "| | Action | Owner | Priority | Promised | Now |", "|---|---|---|---|---|---|", *rows])


def _is_open(item: FollowedItem, followed: Followed) -> bool:
    return item.open or (item.issue is None and not item.entry.settled and not item.entry.gone)


def _row(item: FollowedItem, followed: Followed) -> str:
    mark = "⬜" if _is_open(item, followed) else "✅"
    action = f"#{item.issue.number}" if item.issue else quoted(item.entry.title)
    owner = ", ".join(f"{quoted(each.login)}" for each in item.merged.assignees) if item.merged else ""
    named = quoted(item.said.owner_text) if item.said else ""
    deadline = item.merged.promise.deadline if item.merged else None
    promised = item.entry.due.isoformat() if item.entry.due else "–"
    now = deadline.isoformat() if deadline else "–"
    priority = item.entry.priority.value if item.entry.priority else "–"
    return f"| {mark} | {action} | {owner or named or '–'} | {priority} | {promised} | {now} |"


def _verification(ledger: Ledger) -> str:
    text = quoted(ledger.about.verification) if ledger.about.verification else "The postmortem names none."
    evidence = f" {quoted(ledger.evidence)}" if ledger.evidence else ""
    return f"### Verification\n\n{text}\n\n{_VERIFICATION[ledger.verification]}{evidence}"
