"""CO7: what becomes of a postmortem after it is written."""

from __future__ import annotations

from collections.abc import Iterator

from rules.metadata.status import status_of
from rules.patterns import Pattern
from rules.phrases import phrase_list
from rules.placeholders import is_nothing, is_template
from rules.policy import Policy
from rules.postmortem import Postmortem, Span
from rules.recurrence import declared_recurrence, explains_recurrence
from rules.requirements import is_short
from rules.rule import Context, Problem, Severity, rule
from rules.sections.skeleton import RECURRENCE, skeleton_edit

_TICKED = Pattern(r"\[[xX]\][ \t]|✅|✔|☑|:white_check_mark:|https?://|\]\(")
_LONGEST = 40_000


@rule("CO701", "resolved-with-open-actions", Severity.WARNING)
def resolved_with_open_actions(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """The status is resolved, but action items are open.

    Why: an incident is resolved when what was promised is done. Until then the document is in review. To fix it, tick
    what is done, or set the status back.

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


@rule("CO702", "recurrence-unexplained", Severity.ERROR)
def recurrence_unexplained(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """A recurrence is declared, but no section says why the first postmortem did not prevent it.

    Why: if it came back, the first postmortem was insufficient. The new one has to address why it did not catch the
    property that made both possible, or there will be a third. To fix it, write that section; the fix puts its heading
    in place, with a hint.

    Bad:

    ```markdown
    - Recurrence of: [INC-1987](2026-03-11-pool.md)
    ```

    Good:

    ```markdown
    - Recurrence of: [INC-1987](2026-03-11-pool.md)

    ## Why the first postmortem did not prevent this

    Its action items raised the limit of one pool. The property, that a pool may fill without anybody knowing, stayed.
    ```
    """
    declared = declared_recurrence(postmortem)
    if (declared is None and not context.recurrence_of) or explains_recurrence(postmortem):
        return
    add = f"Add `## {RECURRENCE}`: which property its action items left as it was."
    said = "This is declared a recurrence" if declared else f"{context.recurrence_of} says that this is a recurrence"
    yield Problem(
        declared.value.span if declared else _head(postmortem),
        f"{said}, but nothing tells why the first postmortem did not prevent it. {add}",
        subject="recurrence",
        edit=skeleton_edit(postmortem, policy, "recurrence"),
    )


def _head(postmortem: Postmortem) -> Span:
    """The title, else the beginning."""
    return postmortem.headline.span if postmortem.headline else postmortem.source.span(0, 0)


@rule("CO703", "resolved-without-verification", Severity.WARNING)
def resolved_without_verification(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """The status is resolved, but nothing says that the verification passed.

    Why: what has not been shown is hoped. After 60 days somebody asks whether the verification ran, and whether it
    passed; the answer belongs into the document. To fix it, write when it ran and how it went (`passed on
    2026-06-01`), tick it, or link to the run; or set the status back to review.

    Bad:

    ```markdown
    - Status: resolved

    ## Action items

    No action items, because the only cause was a vendor fault that the vendor has fixed and tested.
    ```

    Good:

    ```markdown
    - Status: resolved

    ## Action items

    No action items, because the only cause was a vendor fault that the vendor has fixed and tested.

    ## Verification

    A load test in staging exhausts the pool every night. It passed on 2026-06-01 and every night since.
    ```
    """
    sections = postmortem.sections_of("verification")
    text = "\n".join(section.text for section in sections)[:_LONGEST]
    status = postmortem.value("status")
    if not status or status_of(postmortem) != "resolved" or "action" in status.casefold() or is_short(postmortem):
        return
    if is_nothing(text) or is_template(text) or postmortem.language not in (None, "en"):
        return  # that has rules of its own
    raw = "\n".join(postmortem.source.slice(section.span) for section in sections)[:_LONGEST]
    if _TICKED.search(raw) or phrase_list("sections", "passed").is_in(text):
        return
    yield Problem(
        postmortem.fields["status"].value.span,
        "The status says resolved, but nothing says that the verification passed. "
        f"Write under “{sections[0].title}” when it passed, or `Status: review` until it has.",
        subject="verification",
    )
