"""What is remembered of a whole repository: it stands in the ledger of one of its postmortems."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.core.followed import Followed


def remembering(postmortems: Sequence[Followed], about: str) -> tuple[Followed, ...]:
    """The postmortems, one of whose ledgers remembers something: the lowest-numbered one, unless another has it."""
    if any(about in each.ledger.told for each in postmortems):
        return tuple(postmortems)
    keeper = min((each.tracking.number for each in postmortems if each.tracking), default=None)
    return tuple(
        replace(each, ledger=each.ledger.with_told([about]))
        if each.tracking and each.tracking.number == keeper
        else each
        for each in postmortems
    )
