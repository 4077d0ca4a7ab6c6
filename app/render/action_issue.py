"""The body of an action issue: what done means, by when, and where it comes from."""

from __future__ import annotations

from app.core.follow_up import FollowedItem
from app.core.ledger import Ledger, Promise, Said
from app.core.repository_facts import RepositoryFacts
from app.render.text import permalink, quoted
from rules.policy import Priority

_MEANING = {
    Priority.P0: "P0, which comes before other work",
    Priority.P1: "P1",
    Priority.P2: "P2",
}


def action_block(ledger: Ledger, item: FollowedItem, facts: RepositoryFacts) -> str:
    """Closeout's part of the body, as Markdown. `item` has to have one."""
    merged = item.merged
    if merged is None:
        raise ValueError(f"{item.entry.title!r} needs no issue")
    promise = merged.promise
    return "\n\n".join([_done_when(promise.said), _table(ledger, item, promise, facts), _ways_out(promise)])


def _done_when(said: Said) -> str:
    if said.criterion:
        return f"**Done when** {quoted(said.criterion)}"
    return "**Done when** … the postmortem does not say. Agree on a test that anybody could run, and add it there."


def _table(ledger: Ledger, item: FollowedItem, promise: Promise, facts: RepositoryFacts) -> str:
    first, last = promise.said.lines
    place = permalink(facts.repository.url, ledger.commit, ledger.path, first, last)
    rows = [
        ("Owner", _owner(item, promise.said)),
        ("Priority", _MEANING[promise.said.priority] if promise.said.priority else "none was given"),
        ("Deadline", _deadline(item, promise)),
        ("Promised in", f"[{quoted(ledger.about.headline)}]({place}), tracked in #{promise.tracking}"),
    ]
    return "\n".join(["| | |", "|---|---|", *(f"| {label} | {value} |" for label, value in rows)])


def _owner(item: FollowedItem, said: Said) -> str:
    if said.owner is None:
        name = quoted(said.owner_text) if said.owner_text else "nobody was named"
        return f"{name}; no GitHub account is known, so nobody is assigned" if said.owner_text else name
    if item.unassigned:
        return f"@{said.owner}, to whom issues cannot be assigned here"
    return f"@{said.owner}"


def _deadline(item: FollowedItem, promise: Promise) -> str:
    if promise.deadline is None:
        return "none was given"
    day = promise.deadline.isoformat()
    if promise.extensions:
        moves = len(promise.extensions)
        promised = promise.due.isoformat() if promise.due else "no day"
        return f"{day}; {promised} was promised, and it was moved {'once' if moves == 1 else f'{moves} times'}"
    return f"{day}, by the policy, since the document gives none" if item.by_default else day


def _ways_out(promise: Promise) -> str:
    moved = "put this issue on another “Postmortem actions due …” milestone"
    return (
        "When it is done, close this issue and link what shows it. "
        f"If the date cannot be kept, {moved}, and say why. "
        "If it should not be done after all, close it as not planned, and say why."
    )
