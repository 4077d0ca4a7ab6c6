"""What each document is known by: an id belongs to one document of a repository, and its path tells any other one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from app.core.ledger import Ledger
from app.core.merged_document import Contents


def free_id(wanted: str, path: str, taken: Collection[str]) -> str:
    """The id that a document gets for ever when its follow-up begins: what it says, else its path, if they are free.

    Its path may be taken by a document that was there before, and has moved.
    """
    given, count = wanted if wanted not in taken else path, 1
    while given in taken:
        count += 1
        given = f"{path} ({count})"
    return given


def with_free_ids(contents: Iterable[tuple[str, Contents]], taken: Collection[str]) -> Mapping[str, Contents]:
    """The contents of documents that have no ledger yet, by path, each with an id of its own; who comes first, chooses.

    The ids in `taken` are those of ledgers.
    """
    free: dict[str, Contents] = {}
    used = set(taken)
    for path, each in contents:
        document = free_id(each.document, path, used)
        used.add(document)
        free[path] = replace(each, document=document)
    return free


def without_ids_of_others(
    contents: Mapping[str, Contents], ledgers: Collection[Ledger], there: Collection[str]
) -> Mapping[str, Contents]:
    """The contents by path; whoever names an incident that a document at another path stands for goes by its path.

    `there` are the paths at which a ledger's own document still is.
    """
    holders = {ledger.document: ledger.path for ledger in ledgers if ledger.path in there}
    return {
        path: replace(each, document=path) if holders.get(each.document, path) != path else each
        for path, each in contents.items()
    }
