"""What the incident cost: users, requests, and the SLO's budget."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules.metadata.told import place_told, told_of
from rules.patterns import Pattern
from rules.phrases import phrase_list
from rules.placeholders import is_nothing, is_template
from rules.policy import Policy
from rules.postmortem import Postmortem
from rules.requirements import asks_for_facts, is_severe, required_sections
from rules.rule import Context, Problem, Severity, rule

_SENTENCE_END = Pattern(r"[.;\n]\s")
_PERCENT = Pattern(r"\d\s?%|\bper\s?cent\b", re.IGNORECASE)
_DENIED = Pattern(r"\b(?:no|none|not|without|unknown|n/a|untouched|all|whole|entire|half|exhausted)\b", re.IGNORECASE)
_NONE = Pattern(
    r"(?:none(?: at all)?|no (?:user |customer |known |visible )?impact(?: at all)?|nothing|nobody|no one|nil)\W*",
    re.IGNORECASE,
)
_ANSWER = Pattern(
    r"(?:none\b|no (?:user |customer |known |visible )?impact|nothing\b|nobody\b|no one\b|unknown\b|not known\b)",
    re.IGNORECASE,
)


@rule("CO112", "impact-users-missing", Severity.WARNING, other=Severity.NOTICE)
def impact_users_missing(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """The impact does not say how many users were affected.

    Why: users are whom the incident was about. "Some" and "many" cannot be compared with the next time. To fix it, give
    a number or a share of the users, or say that nobody was affected, or why it is unknown. An impact that says
    something else is a notice. "None" is an answer for a near-miss, and for what is less than a SEV-2.

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
    if not asks_for_facts(postmortem) or not postmortem.may_be_english:
        return
    text = _impact(postmortem)
    if part == "users" and _NONE.fullmatch(text.strip()) and is_severe(postmortem):
        yield _denied(postmortem, text)
        return
    if is_template(text) or _is_said(text, part) or _ANSWER.match(text.strip()):
        return
    missing = is_nothing(text)
    if missing and "impact" in required_sections(postmortem, policy):
        return  # the section is missed as such
    yield Problem(
        place_told(postmortem, "impact"),
        f"{'Nothing says' if missing else 'The impact does not say'} {what}. "
        f"Add it to `- Impact:`, for example {example}.",
        subject=f"impact {part}",
        severity=None if missing else Severity.NOTICE,
    )


def _denied(postmortem: Postmortem, text: str) -> Problem:
    return Problem(
        place_told(postmortem, "impact"),
        f"“{text.strip()[:40]}” cannot be the impact of a {postmortem.value('severity')[:20]}. "
        "Say how many users were affected, which requests failed, and how much of the SLO budget it used; "
        "or correct the severity or the kind.",
        subject="impact users",
    )


def _is_said(text: str, part: str) -> bool:
    """Whether a part of the impact is named; of the budget, with a share or with the word that there is none."""
    words = phrase_list("facts", part, parted=True)
    if part != "budget":
        return words.is_in(text)
    return any(
        _PERCENT.search(sentence) or _DENIED.search(sentence)
        for sentence in _SENTENCE_END.split(text)
        if words.is_in(sentence)
    )


def _impact(postmortem: Postmortem) -> str:
    budget = postmortem.value("slo")
    return told_of(postmortem, "impact", f"SLO budget: {budget}" if budget else "")
