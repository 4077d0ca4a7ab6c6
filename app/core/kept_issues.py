"""Issues of people that already hold a promise of a document of which there is no ledger: its new one names them.

That is so where a person removed the tracking issue. Only the document's links lead to those issues then, and they may
be taken out before the next pass: were the first version of the new ledger silent, an item could get a second issue.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.core.followed_item import Circumstances
from app.core.ledger import Entry
from app.core.linked_issues import numbers_linked
from app.core.merged_document import Item
from app.core.promise import Promise
from app.core.remembered import with_promise
from app.core.repository_facts import Issue


@dataclass(frozen=True, slots=True)
class KeptIssues:
    """What the links of a document's items lead to.

    Attributes:
        issues: by the index of the item, with what they promise.
        unread: numbers that have to be looked at first, by the index of the item.
    """

    issues: Mapping[int, tuple[Issue, Promise]]
    unread: Mapping[int, int]

    @property
    def uids(self) -> frozenset[str]:
        """Of the items that keep their issue."""
        return frozenset(promise.uid for _, promise in self.issues.values())

    def named(self, index: int, entry: Entry) -> Entry:
        """An item's entry in the new ledger, with the issue that it keeps, and what that promises."""
        if index not in self.issues:
            return entry
        issue, promise = self.issues[index]
        named = replace(entry, uid=promise.uid, number=issue.number, linked=True, closed=not issue.open)
        return with_promise(named, promise, taken_over=False)


def kept_issues(here: Circumstances, document: str, items: Sequence[Item]) -> KeptIssues:
    """What the links of a document's items lead to; whoever is done or declined needs no issue.

    Anybody can write a record: it counts where the document links its issue, and for that item alone.
    """
    issues: dict[int, tuple[Issue, Promise]] = {}
    unread: dict[int, int] = {}
    uids: set[str] = set()
    for index, item in enumerate(items):
        links = () if item.said.done or item.said.declined else numbers_linked(item.links, here.facts.repository)
        for number in links:
            issue = here.facts.issues.get(number)
            if issue is None and number not in here.facts.looked_at:
                unread.setdefault(index, number)
            promise = issue.record if issue and not issue.ours and number not in here.taken else None
            if issue and isinstance(promise, Promise) and promise.document == document and promise.uid not in uids:
                here.taken.add(number)
                uids.add(promise.uid)
                issues[index] = issue, promise
                break
    return KeptIssues(issues, unread)
