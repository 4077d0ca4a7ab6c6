"""The status: draft, review or resolved."""

from __future__ import annotations

from collections.abc import Iterator

from rules.metadata.as_written import as_written
from rules.metadata.placeholders import unfilled
from rules.patterns import Pattern
from rules.placeholders import is_nothing, is_template
from rules.places import top_of
from rules.policy import Policy
from rules.postmortem import Postmortem
from rules.requirements import asks_for_facts
from rules.rule import Context, Problem, Severity, rule

_STATUSES = {
    "draft": ("draft", "wip", "work in progress", "in progress", "open", "incomplete", "pending", "ongoing"),
    "review": ("review", "in review", "under review", "ready for review", "reviewed", "pending review"),
    "resolved": ("resolved", "complete", "completed", "final", "done", "closed", "published", "approved", "finished"),
}
_PLACEHOLDER_BAR = Pattern(r"\w\s*\|\s*\w")


def status_of(postmortem: Postmortem) -> str | None:
    """The document's status, `draft`, `review` or `resolved`; `review` if it gives none, None for an unknown one.

    Only the word at the beginning counts: `resolved (2026-05-20)`.
    """
    text = postmortem.value("status").casefold().replace("-", " ")
    if not text:
        return "review"
    if _PLACEHOLDER_BAR.search(text):
        return None
    words = text.split()
    for count in (3, 2, 1):
        phrase = " ".join(words[:count]).strip(" .,;:()✅*_")
        for status, names in _STATUSES.items():
            if phrase in names:
                return status
    return None


def _is_filled_in(postmortem: Postmortem, key: str) -> bool:
    value = postmortem.value(key)
    return not is_nothing(value) and not is_template(value)


@rule("CO116", "status-unknown", Severity.WARNING, other=Severity.NOTICE)
def status_unknown(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """The status is none of draft, review and resolved.

    Why: it says whether the document is being written, read, or done with; without one, review is assumed. To fix it,
    write one of the three. In a house style whose status may be that of the incident, this is a notice.

    Bad:

    ```markdown
    - Status: nearly there
    ```

    Good:

    ```markdown
    - Status: review
    ```
    """
    if placeholder := unfilled(postmortem, "status"):
        yield placeholder
    elif postmortem.value("status") and status_of(postmortem) is None:
        yield Problem(
            postmortem.fields["status"].value.span,
            f"The status “{postmortem.value('status')[:40]}” is unknown. Write draft, review or resolved.",
            subject="status",
            severity=None if asks_for_facts(postmortem) else Severity.NOTICE,
        )


@rule("CO118", "status-missing", Severity.NOTICE)
def status_missing(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """The status is missing, which means review.

    Why: it tells readers whether the text may still change, and Closeout whether it is done with. To fix it, write
    draft, review or resolved.

    Bad:

    ```markdown
    - Status:
    ```

    Good:

    ```markdown
    - Status: review
    ```
    """
    if not postmortem.value("status") and asks_for_facts(postmortem) and not unfilled(postmortem, "status"):
        yield Problem(
            postmortem.fields["status"].span if "status" in postmortem.fields else top_of(postmortem),
            "The status is missing, so this counts as being in review. "
            f"Add `{as_written(postmortem, 'status', 'Status', 'review')}`, or draft or resolved.",
            subject="status",
        )


@rule("CO117", "status-draft", Severity.ERROR)
def status_draft(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """The document calls itself a draft, but its pull request is ready for review.

    Why: a draft is not judged by its gaps. If it could merge, that would be the way round every other rule. To fix it,
    write `Status: review`, or turn the pull request back into a draft.

    Bad:

    ```markdown
    - Status: draft
    ```

    Good:

    ```markdown
    - Status: review
    ```
    """
    if context.in_review and status_of(postmortem) == "draft" and _is_filled_in(postmortem, "status"):
        yield Problem(
            postmortem.fields["status"].value.span,
            "This is still marked as a draft, but its pull request is ready for review. "
            "Write `Status: review`, or turn the pull request back into a draft.",
            subject="status",
        )
