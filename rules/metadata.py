"""CO1: the facts at the head of a postmortem."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from rules.placeholders import is_nothing, is_template, stands_in, template_sections, unfilled_value
from rules.places import top_of
from rules.policy import Policy
from rules.postmortem import Postmortem
from rules.rule import Context, Problem, Severity, rule

_SEVERITY = re.compile(
    r"(?:(?:sev(?:erity)?|s|p|priority|level|tier)\s*[-_ ]?\s*)?[0-5]\b(?!\s*[./:]\s*\d)"
    r"|(?:sev(?:erity)?[-\s:]*)?(?:critical|high|major|medium|moderate|minor|low|near[- ]miss|none|informational)\b",
    re.IGNORECASE,
)
_STATUSES = {
    "draft": ("draft", "wip", "work in progress", "in progress", "open", "incomplete", "pending", "ongoing"),
    "review": ("review", "in review", "under review", "ready for review", "reviewed", "pending review"),
    "resolved": ("resolved", "complete", "completed", "final", "done", "closed", "published", "approved", "finished"),
}
_PLACEHOLDER_BAR = re.compile(r"\w\s*\|\s*\w")
_HAVE_THEIR_OWN_RULES = frozenset({"title", "severity", "authors", "commander", "status"})
_SLACK = timedelta(minutes=2)


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


@rule("CO101", "headline-missing", Severity.WARNING)
def headline_missing(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """The postmortem has no headline.

    Why: it is what people see in lists, issues and a search, and how they find the earlier incident again.

    Bad:

    ```markdown
    # Postmortem:
    ```

    Good:

    ```markdown
    # Postmortem: Checkout returned errors for 42 minutes
    ```
    """
    if postmortem.headline is None or is_template(postmortem.headline.value):
        yield Problem(
            top_of(postmortem),
            "The postmortem has no headline. Begin with one line that says what happened, "
            "for example `# Postmortem: Checkout returned errors for 42 minutes`.",
            subject="headline",
        )


@rule("CO102", "metadata-template", Severity.WARNING)
def metadata_template(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """A fact at the head still is the template's placeholder.

    Why: it looks filled in from afar, and whoever needs the fact later finds a form. What is not known can be left
    out, or be said.

    Bad:

    ```markdown
    - Duration: HH:MM (start) → HH:MM (end), UTC
    - Affected team: <team>
    ```

    Good:

    ```markdown
    - Duration: 10:32 (start) → 11:14 (end), UTC
    - Affected team: payments
    ```
    """
    reported_whole = template_sections(postmortem)
    for field in postmortem.fields.values():
        place = None if field.key in _HAVE_THEIR_OWN_RULES else unfilled_value(postmortem.source, field)
        if place is None or stands_in(place, reported_whole):
            continue
        yield Problem(
            place,
            f"“{field.label[:40]}” still holds the template's placeholder. "
            "Write what is true of this incident, or remove the line.",
            subject=field.key,
        )


@rule("CO103", "severity-missing", Severity.WARNING)
def severity_missing(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """The severity is missing.

    Why: it decides how much of a postmortem is due, and later which incidents are counted together.

    Bad:

    ```markdown
    - Severity:
    ```

    Good:

    ```markdown
    - Severity: SEV-2
    ```
    """
    if not postmortem.value("severity"):
        yield Problem(
            postmortem.fields["severity"].span if "severity" in postmortem.fields else top_of(postmortem),
            "The severity is missing. Add `- Severity: SEV-2`, with the number your scale gives this incident.",
            subject="severity",
        )


@rule("CO104", "severity-unknown", Severity.WARNING)
def severity_unknown(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """The severity is not a level of any scale.

    Why: a severity that cannot be compared cannot be counted.

    Bad:

    ```markdown
    - Severity: SEV-N
    ```

    Good:

    ```markdown
    - Severity: SEV-2
    ```
    """
    value = postmortem.value("severity")
    if value and not _SEVERITY.search(value[:200]):
        yield Problem(
            postmortem.fields["severity"].value.span,
            f"The severity “{value[:40]}” is not a level. Write it as SEV-1, SEV-2, SEV-3 or SEV-4.",
            subject="severity",
        )


@rule("CO108", "duration-contradiction", Severity.WARNING)
def duration_contradiction(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """The duration contradicts its own start and end.

    Why: one of the three is wrong, and every figure that is built on them is, too.

    Bad:

    ```markdown
    - Duration: 1h 30m, 10:32 (start) → 11:14 (end), UTC
    ```

    Good:

    ```markdown
    - Duration: 42m, 10:32 (start) → 11:14 (end), UTC
    ```
    """
    duration = postmortem.duration
    if duration is None or duration.elapsed is None:
        return
    if duration.elapsed < timedelta():
        message = (
            "The incident ends before it starts. Correct the start or the end; add the dates if it ran past midnight."
        )
    elif duration.stated is not None and _differs(duration.stated, duration.elapsed):
        message = (
            f"The duration says {_words(duration.stated)}, but from its start to its end it is "
            f"{_words(duration.elapsed)}. Correct one of them."
        )
    else:
        return
    yield Problem(duration.span, message, subject="duration")


def _differs(stated: timedelta, elapsed: timedelta) -> bool:
    """Whether two lengths differ by more than rounding explains; times of day alone leave whole days open."""
    slack = max(_SLACK, max(stated, elapsed) / 10)
    return all(abs(stated - elapsed - timedelta(days=days)) > slack for days in _whole_days(stated))


def _whole_days(stated: timedelta) -> tuple[int, ...]:
    return (0, stated.days) if stated.days else (0,)


def _words(length: timedelta) -> str:
    minutes = round(length.total_seconds() / 60)
    hours, rest = divmod(minutes, 60)
    return f"{hours}h {rest}m" if hours and rest else f"{hours}h" if hours else f"{rest}m"


@rule("CO115", "authors-missing", Severity.ERROR)
def authors_missing(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """Nobody is named as author.

    Why: a postmortem needs a co-author who was not running the incident, so its authors have to be known.

    Bad:

    ```markdown
    - Authors:
    ```

    Good:

    ```markdown
    - Authors: Ana Ruiz (@ana), Ben Okafor (@ben)
    ```
    """
    if not postmortem.authors:
        yield Problem(
            postmortem.fields["authors"].span if "authors" in postmortem.fields else top_of(postmortem),
            "No author is named. Add `- Authors: Ana Ruiz (@ana), Ben Okafor (@ben)`, "
            "with at least one who did not command the incident.",
            subject="authors",
        )


@rule("CO116", "status-unknown", Severity.WARNING)
def status_unknown(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """The status is none of draft, review and resolved.

    Why: it says whether the document is being written, read, or done with; without one, review is assumed.

    Bad:

    ```markdown
    - Status: nearly there
    ```

    Good:

    ```markdown
    - Status: review
    ```
    """
    if postmortem.value("status") and status_of(postmortem) is None:
        yield Problem(
            postmortem.fields["status"].value.span,
            f"The status “{postmortem.value('status')[:40]}” is unknown. Write draft, review or resolved.",
            subject="status",
        )


@rule("CO117", "status-draft", Severity.ERROR)
def status_draft(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """The document calls itself a draft, but its pull request is ready for review.

    Why: a draft is not judged by its gaps. If it could merge, that would be the way round every other rule.

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


@rule("CO120", "commander-missing", Severity.ERROR)
def commander_missing(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """The incident commander is not named.

    Why: whoever ran the incident sees it from inside. Only if they are named can it be told who else wrote.

    Bad:

    ```markdown
    - Incident commander:
    ```

    Good:

    ```markdown
    - Incident commander: Ana Ruiz (@ana)
    ```
    """
    if postmortem.commanders:
        return
    field = postmortem.fields.get("commander")
    yield Problem(
        field.span if field else top_of(postmortem),
        "The incident commander is not named. Add `- Incident commander: Ana Ruiz (@ana)`, naming who ran it.",
        subject="commander",
    )
