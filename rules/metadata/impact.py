"""What the incident cost: users, requests, and the SLO's budget."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules.patterns import Pattern
from rules.phrases import phrase_list
from rules.placeholders import is_nothing, is_template
from rules.places import place_for, top_of
from rules.policy import Policy
from rules.postmortem import Postmortem, Span
from rules.requirements import asks_for_facts, required_sections
from rules.rule import Context, Problem, Severity, rule

_PERCENT = Pattern(r"\d\s?%|\bper\s?cent\b", re.IGNORECASE)
_DENIED = Pattern(r"\b(?:no|none|not|without|unknown|n/a|untouched|all|whole|entire|half|exhausted)\b", re.IGNORECASE)
_ANSWER = Pattern(
    r"(?:none\b|no (?:user |customer |known |visible )?impact|nothing\b|nobody\b|no one\b|unknown\b|not known\b)",
    re.IGNORECASE,
)
_LONGEST = 20_000


@rule("CO112", "impact-users-missing", Severity.WARNING, other=Severity.NOTICE)
def impact_users_missing(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """The impact does not say how many users were affected.

    Why: users are whom the incident was about. "Some" and "many" cannot be compared with the next time. To fix it, give
    a number or a share of the users, or say that nobody was affected, or why it is unknown. An impact that says
    something else is a notice.

    Bad:

    ```markdown
    - Impact: 31,000 requests failed, 18 % of the SLO budget used
    ```

    Good:

    ```markdown
    - Impact: 12,400 users affected, 31,000 requests failed, 18 % of the SLO budget used
    ```
    """
    return _unsaid(postmortem, policy, "users", "how many users were affected", "`12,400 users affected`")


@rule("CO113", "impact-requests-missing", Severity.WARNING, other=Severity.NOTICE)
def impact_requests_missing(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """The impact does not say how many requests failed.

    Why: requests (or orders, jobs, messages) show the size of the failure, which the number of users hides when some
    of them tried again and again. To fix it, give the number that failed or were late, or say that none did. An impact
    that says something else is a notice.

    Bad:

    ```markdown
    - Impact: 12,400 users affected, 18 % of the SLO budget used
    ```

    Good:

    ```markdown
    - Impact: 12,400 users affected, 31,000 requests failed, 18 % of the SLO budget used
    ```
    """
    return _unsaid(postmortem, policy, "requests", "how many requests failed", "`31,000 requests failed`")


@rule("CO114", "impact-budget-missing", Severity.WARNING, other=Severity.NOTICE)
def impact_budget_missing(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """The impact does not say how much of the SLO's budget was used, in per cent.

    Why: the budget is the receipt that says what the incident cost. Without it, each action item competes with features
    as a matter of opinion. To fix it, give the share of the error budget in per cent, or say that there is no SLO. An
    impact that says something else is a notice.

    Bad:

    ```markdown
    - Impact: 12,400 users affected, 31,000 requests failed
    ```

    Good:

    ```markdown
    - Impact: 12,400 users affected, 31,000 requests failed, 18 % of the SLO budget used
    ```
    """
    return _unsaid(
        postmortem,
        policy,
        "budget",
        "how much of the SLO budget was used, in %",
        "`18 % of the SLO budget used`, or `no SLO`",
    )


def _unsaid(postmortem: Postmortem, policy: Policy, part: str, what: str, example: str) -> Iterator[Problem]:
    if not asks_for_facts(postmortem) or postmortem.language not in (None, "en"):
        return
    text = _impact(postmortem)
    if is_template(text) or _is_said(text, part) or _ANSWER.match(text.strip()):
        return
    missing = is_nothing(text)
    if missing and "impact" in required_sections(postmortem, policy):
        return  # the section is missed as such
    yield Problem(
        _place(postmortem),
        f"{'Nothing says' if missing else 'The impact does not say'} {what}. "
        f"Add it to `- Impact:`, for example {example}.",
        subject=f"impact {part}",
        severity=None if missing else Severity.NOTICE,
    )


def _is_said(text: str, part: str) -> bool:
    """Whether a part of the impact is named; of the budget, with a share or with the word that there is none."""
    words = phrase_list("facts", part, parted=True)
    if part != "budget":
        return words.is_in(text)
    return any(
        _PERCENT.search(sentence) or _DENIED.search(sentence)
        for sentence in re.split(r"[.;\n]\s", text)
        if words.is_in(sentence)
    )


def _impact(postmortem: Postmortem) -> str:
    """What the metadata and the sections say of it."""
    sections = (section.text for section in postmortem.sections_of("impact"))
    budget = f"SLO budget: {postmortem.value('slo')}" if postmortem.value("slo") else ""
    return "\n".join(filter(None, (postmortem.value("impact"), budget, *sections)))[:_LONGEST]


def _place(postmortem: Postmortem) -> Span:
    field = postmortem.fields.get("impact")
    if field is None:
        return place_for(postmortem, "impact") if postmortem.section("impact") else top_of(postmortem)
    return field.value.span if field.value.value else field.span
