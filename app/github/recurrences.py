"""What people say to be recurrences, for the checks of pull requests."""

from __future__ import annotations

from app.core.ledger import Ledger
from app.core.repository_facts import INSUFFICIENT_LABEL, POSTMORTEM_LABEL
from app.github.app import Access
from app.github.shapes import issue_of


async def read_recurrences(access: Access, bot: str) -> tuple[tuple[int, int], ...]:
    """The tracking issues on which people say that it happened again (`/recurrence yes #N`), each with that number.

    One request, which costs nothing while nothing has changed: the hundred tracking issues with the label that were
    changed last. Where people took the label off, they do not hold it for a recurrence. `bot` is the login of
    Closeout's own account. Raises GitHubError.
    """
    wanted = f"labels={POSTMORTEM_LABEL},{INSUFFICIENT_LABEL}&state=all&sort=updated&direction=desc&per_page=100"
    items = await access.client.get(f"{access.path}/issues?{wanted}")
    records = {
        item["number"]: issue_of(item).record
        for item in items
        if (item.get("user") or {}).get("login") == bot and "pull_request" not in item
    }
    return tuple(
        (tracking, each.issue)
        for tracking, record in sorted(records.items())
        if isinstance(record, Ledger)
        for each in record.recurrences
        if each.happened and each.issue is not None
    )
