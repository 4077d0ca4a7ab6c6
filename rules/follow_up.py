"""CO7: what becomes of a postmortem after it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules.metadata.status import status_of
from rules.patterns import Pattern
from rules.placeholders import is_nothing, is_template
from rules.policy import Policy
from rules.postmortem import Postmortem, Span
from rules.recurrence import declared_recurrence, explains_recurrence
from rules.requirements import asks_for_facts, is_short
from rules.rule import Context, Problem, Severity, rule
from rules.sections.skeleton import RECURRENCE, skeleton_edit
from rules.statements import Standing, statements

_TICKED = Pattern(r"\[[xX]\][ \t]|✅|✔|☑|:white_check_mark:|https?://|\]\(")
_UNTICKED = Pattern(r"^[ \t]*[-*+][ \t]+\[ \][ \t]+([^\n]{1,2000})", re.MULTILINE)
_OF_TEXT = ("final", "published", "approved")
_LONGEST = 40_000  # characters of the verification that are looked at


@rule("CO701", "resolved-with-open-actions", Severity.WARNING, other=Severity.NOTICE)
def resolved_with_open_actions(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """The status is resolved, but action items are open.

    Why: an incident is resolved when what was promised is done. Until then the document is in review. To fix it, tick
    what is done, or set the status back. In a house style whose status may be the incident's, this is a notice.

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
    if not _claims_done(postmortem):
        return
    still_open = sum(1 for item in postmortem.actions if not item.done and not item.declined)
    if still_open:
        items = "one action item is" if still_open == 1 else f"{still_open} action items are"
        yield Problem(
            postmortem.fields["status"].value.span,
            f"The status says “{status[:40]}”, but {items} open. "
            "Write `Status: review` until they are done, or tick them.",
            subject="status",
            severity=_weight(postmortem),
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


@rule("CO703", "resolved-without-verification", Severity.WARNING, other=Severity.NOTICE)
def resolved_without_verification(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """The status is resolved, but nothing says that the verification passed.

    Why: what has not been shown is hoped. After 60 days somebody asks whether the verification ran, and whether it
    passed; the answer belongs into the document. To fix it, write when it ran and how it went (`passed on
    2026-06-01`), tick it, or link to the run; or set the status back to review. In a house style whose status may be
    that of the incident, this is a notice.

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
    if not _claims_done(postmortem) or is_short(postmortem):
        return
    if is_nothing(text) or is_template(text) or not postmortem.may_be_english:
        return  # that has rules of its own
    raw = "\n".join(postmortem.source.slice(section.span) for section in sections)[:_LONGEST]
    if _has_passed(text, raw):
        return
    yield Problem(
        postmortem.fields["status"].value.span,
        f"The status says “{status[:40]}”, but nothing says that the verification passed. "
        f"Write under “{sections[0].title}” when it passed, or `Status: review` until it has.",
        subject="verification",
        severity=_weight(postmortem),
    )


def _claims_done(postmortem: Postmortem) -> bool:
    """Whether the status says that what was promised is done.

    "Published" and "final" speak of the text alone, and "complete, action items in progress" says itself how it stands.
    """
    status = postmortem.value("status").casefold()
    of_text = status.startswith(_OF_TEXT)
    return bool(status) and status_of(postmortem) == "resolved" and "action" not in status and not of_text


def _weight(postmortem: Postmortem) -> Severity | None:
    """How much a status weighs that is at odds with the text: less where it may be the incident's own."""
    return None if asks_for_facts(postmortem) else Severity.NOTICE


def _has_passed(text: str, raw: str) -> bool:
    """Whether a verification, as text and as Markdown, says that it passed.

    A tick or a link to the run says so, too, unless the text denies it: `[the drill](…) has not passed yet`.
    """
    for box in _UNTICKED.finditer(raw):
        text = text.replace(box[1].strip(), " ")
    standings = {each.standing for each in statements(text, "sections", "passed")}
    if Standing.STATED in standings:
        return True
    return Standing.DENIED not in standings and _TICKED.search(raw) is not None
