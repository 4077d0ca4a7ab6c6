"""CO7: what becomes of a postmortem after it is written."""

from __future__ import annotations

from collections.abc import Iterator

from rules.metadata.status import status_of
from rules.policy import Policy
from rules.postmortem import Postmortem
from rules.rule import Context, Problem, Severity, rule


@rule("CO701", "resolved-with-open-actions", Severity.WARNING)
def resolved_with_open_actions(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """The status is resolved, but action items are open.

    Why: an incident is resolved when what was promised is done. Until then the document is in review.

    Bad:

    ```markdown
    - Status: resolved
    ```

    Good:

    ```markdown
    - Status: review
    ```
    """
    status = postmortem.value("status")
    if not status or status_of(postmortem) != "resolved" or "action" in status.casefold():
        return  # "complete, action items in progress" says it itself
    still_open = sum(1 for item in postmortem.actions if not item.done and not item.declined)
    if still_open:
        items = "one action item is" if still_open == 1 else f"{still_open} action items are"
        yield Problem(
            postmortem.fields["status"].value.span,
            f"The status says resolved, but {items} open. Write `Status: review` until they are done, or tick them.",
            subject="status",
        )
