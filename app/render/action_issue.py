"""The body of an action issue: what done means, by when, and where it comes from."""

from __future__ import annotations

from app.core.followed import FollowedItem
from app.core.ledger import Ledger
from app.core.merge import Merged
from app.core.people_in_charge import account, is_managing
from app.core.promise import Promise, Said
from app.core.repository_facts import RepositoryFacts
from app.render.answers import said_of_item
from app.render.text import enumerated, permalink, quoted
from rules.actions.default_deadline import default_deadline
from rules.policy import Policy, Priority

_MEANING = {
    Priority.P0: "P0, which comes before other work",
    Priority.P1: "P1",
    Priority.P2: "P2",
}

_NOBODY = "so nobody is assigned"

_WAYS_OUT = """\
- **When it is done**, close this issue and link what shows it.
- **If the date cannot be kept**, comment `/extend YYYY-MM-DD why`, or move this issue to another milestone \
“Postmortem actions due …”.
- **If it should not be done after all**, comment `/wontdo why`."""

_DONE = "This issue is closed. **If it is not done after all**, reopen it; what shows that it is can still be linked."
_DECLINED = "This is not going to be done. **If it should be after all**, reopen this issue."


def action_block(ledger: Ledger, item: FollowedItem, facts: RepositoryFacts) -> str:
    """Closeout's part of the body, as Markdown. `item` has to have one."""
    merged = item.merged
    if merged is None:
        raise ValueError(f"{item.entry.title!r} needs no issue")
    promise = merged.promise
    parts = [_done_when(promise.said), *_to_complete(item), _table(ledger, item, promise, facts)]
    is_declined = _is_declined(item, merged)
    parts += said_of_item(promise, is_declined=is_declined)
    if merged.open:
        parts += _beyond_policy(promise, facts.policy)
    if _reads_open(item):
        return "\n\n".join([*parts, _WAYS_OUT])
    return "\n\n".join([*parts, _DECLINED if is_declined else _DONE])


def _reads_open(item: FollowedItem) -> bool:
    """Whether its text speaks of an open issue: where a person closes it, nothing is written for that alone."""
    return item.merged is not None and (item.merged.open or item.merged.promise.shown.open)


def _is_declined(item: FollowedItem, merged: Merged) -> bool:
    """Whether its issue is closed, or is to be, and not as done: what was declined may have been taken up again."""
    return not merged.open and item.closed_as != "completed"


def _beyond_policy(promise: Promise, policy: Policy) -> list[str]:
    """That the last move went further out than the policy allows, counted from its day as for a document's deadline.

    The move stands: people win.
    """
    last, priority = promise.extensions[-1] if promise.extensions else None, promise.said.priority
    latest = default_deadline(policy, priority, last.on) if last and priority else None
    if last is None or latest is None or last.to <= latest:
        return []
    moved = f"moved on {last.on.isoformat()}, a {priority} is to be done by {latest.isoformat()} at the latest"
    return [f"**This is further out than the policy allows**: {moved}."]


def _done_when(said: Said) -> str:
    if said.criterion:
        return f"**Done when** {quoted(said.criterion)}"
    return "**Done when** … the postmortem does not say. Agree on a test that anybody could run, and add it there."


def _to_complete(item: FollowedItem) -> list[str]:
    """What the authors have to add, in the document: the issue follows."""
    if not item.missing:
        return []
    what = f"**The postmortem was merged without {enumerated(item.missing)}.**"
    return [f"{what} Its authors add that to the document; this issue follows."]


def _table(ledger: Ledger, item: FollowedItem, promise: Promise, facts: RepositoryFacts) -> str:
    first, last = promise.said.lines
    commit, path = (promise.place.commit, promise.place.path) if promise.place else (ledger.commit, ledger.path)
    place = permalink(facts.repository.url, commit, path, first, last)
    rows = [
        ("Owner", _owner(item, promise.said, facts)),
        ("Priority", _priority(promise.said)),
        ("Deadline", _deadline(item, promise)),
        ("Promised in", f"[{quoted(ledger.about.headline)}]({place}), tracked in #{promise.tracking}"),
    ]
    (label, owner), *rest = rows  # the owner heads the table: it is theirs
    return "\n".join([f"| {label} | {owner} |", "|:--|:--|", *(f"| {label} | {value} |" for label, value in rest)])


def _priority(said: Said) -> str:
    """The priority: where the document gives it in other words, these, and those that it takes."""
    if said.priority is None and said.priority_text:
        known = enumerated([each.value for each in Priority], "or")
        return f"“{quoted(said.priority_text)}”, which is none that counts here; the document has to say {known}"
    return _MEANING[said.priority] if said.priority else "none was given"


def _owner(item: FollowedItem, said: Said, facts: RepositoryFacts) -> str:
    """The owner: mentioned only where the policy knows them, since a document may name anybody.

    A manager is not: GitHub tells them that they have it, and it would be one mention more than they are to get a day.
    """
    if said.collective or not said.owner_text:
        return f"{quoted(said.owner_text)}, which is nobody in particular" if said.owner_text else "nobody was named"
    if said.owner is None:
        having = _having(item)
        return f"{quoted(said.owner_text)}; no GitHub account is known, {f'and {having}' if having else _NOBODY}"
    policy = facts.policy
    is_mentioned = policy.person(said.owner) and not is_managing(policy, said.owner)
    name = f"@{said.owner}" if is_mentioned else quoted(f"@{said.owner}")
    if item.unassigned:
        return f"{name}, to whom issues cannot be assigned here"
    having = _having(item)
    if _is_with_owner(item, said.owner, facts) or not (having or item.open):
        return name
    return f"{name} promised it; {having or 'nobody has it now'}"


def _is_with_owner(item: FollowedItem, owner: str, facts: RepositoryFacts) -> bool:
    """Whether its owner has it, or somebody who stands in for them."""
    stands_in = account(facts, owner)
    having = item.merged.assignees if item.merged else ()
    return any(each == stands_in or each.login.casefold() == owner.casefold() for each in having)


def _having(item: FollowedItem) -> str:
    """Who has it, or had it when it was closed, where that is anybody; mentioned is nobody: GitHub has told them."""
    having = [quoted(each.login) for each in item.merged.assignees] if item.merged else []
    if not having:
        return ""
    has_it = f"{'has' if len(having) == 1 else 'have'} it now" if _reads_open(item) else "had it last"
    return f"{enumerated(having)} {has_it}"


def _deadline(item: FollowedItem, promise: Promise) -> str:
    """The deadline and where it comes from: only what the document gave was promised, the policy's was set."""
    if promise.deadline is None:
        return "none was given"
    day = promise.deadline.isoformat()
    if promise.moves and promise.deadline == promise.due:
        return f"{day}, as {'first set' if item.by_default else 'promised'}; it was moved in between"
    if promise.moves:
        first = promise.due.isoformat() if promise.due else "no day"
        promised = f"{day}; {first} was {'first set' if item.by_default else 'promised'}"
        times = promise.postponements
        return f"{promised}, and it was extended {'once' if times == 1 else f'{times} times'}" if times else promised
    return f"{day}, {_by_policy(promise)}" if item.by_default else day


def _by_policy(promise: Promise) -> str:
    if promise.priority in {None, promise.said.priority}:
        return "by the policy, since the document gives none"
    return f"by the policy for {promise.priority}, its first priority, since the document gives none"
