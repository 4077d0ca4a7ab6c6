"""How it will be shown that this cannot happen again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules.patterns import Pattern
from rules.phrases import phrase_list
from rules.placeholders import is_nothing, is_template
from rules.places import top_of
from rules.policy import Policy
from rules.postmortem import Postmortem
from rules.requirements import is_short
from rules.rule import Context, Problem, Severity, rule
from rules.sections.skeleton import heading_to_write, line_to_write, skeleton_edit
from rules.statements import mentions

_SENTENCE_END = Pattern(r"(?<=[.!?;])\s+|\n+")
_MEASURED = Pattern(
    r"(?:[<>≤≥=]|\b(?:below|under|above|over|at most|at least|(?:less|more|fewer|longer|higher|lower) than|within"
    r"|stays? at|remains? at|exceed\w*|drops? to|reach\w*|zero|up to))\s?(?:[a-z]+\s)?\d{1,9}(?:[.,]\d+)?"
    r"(?![\d.,]|\s?(?:day|week|month|quarter|year))"
    r"|\d\s?(?:%|ms\b|rps\b|qps\b)|\d+(?:st|nd|rd|th) percentile|\bp9\d\b",
    re.IGNORECASE,
)
"""A threshold, by which anybody can tell."""
_ARRANGED = Pattern(
    r"\b(?:nightly|hourly|automatic|automatically|automated|scheduled|cron|every \w+|each \w+|after every|on every)\b"
    r"|\b(?:an?|new|another|add(?:s|ed|ing)?|creat\w+|extend\w*|introduc\w+|set up|buil[dt]s?)\s(?:[\w'-]+\s){0,4}"
    r"(?:checks?|quer(?:y|ies)|dashboards?|metrics?|monitors?|graphs?)\b",
    re.IGNORECASE,
)
"""What makes of looking a change of monitoring: a schedule, or something new to look at."""


_RUNS = Pattern(r"\b(?:runs?|ran|pass(?:es|ed)?|fail(?:s|ed)?)\b", re.IGNORECASE)


@rule("CO208", "verification-missing", Severity.ERROR)
def verification_missing(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """Nothing says how it will be verified that this cannot happen again.

    Why: an action item without verification is a wish. If nothing is tested, the incident is not resolved but put off.
    The short form for a known cause leaves that to the earlier postmortem. To fix it, write which test, experiment or
    change of monitoring will tell; the fix puts the heading in place, with a hint.

    Bad:

    ```markdown
    ## Verification

    None.
    ```

    Good:

    ```markdown
    ## Verification

    A load test in staging exhausts the pool every night; it fails if the alert does not fire within five minutes.
    ```
    """
    sections = postmortem.sections_of("verification")
    if is_short(postmortem) or (sections and not all(is_nothing(each.text) for each in sections)):
        return
    heading = heading_to_write(postmortem, policy, "verification")
    line = line_to_write(postmortem, policy, "verification")
    what = f"Nothing stands under “{sections[0].title}”." if sections else f"There is no “{heading}” section."
    yield Problem(
        sections[0].heading if sections else top_of(postmortem),
        f"{what} Write under `{line}` which test, experiment or alert will show that this cannot happen again.",
        subject="verification",
        edit=skeleton_edit(postmortem, policy, "verification"),
    )


@rule("CO209", "verification-untested", Severity.WARNING)
def verification_untested(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """The verification names no test, experiment or change of monitoring.

    Why: keeping an eye on something ends when the eye moves on. A test goes on looking. To fix it, name the test, the
    experiment or the alert, who runs it, and when.

    Bad:

    ```markdown
    ## Verification

    We will keep an eye on it for the next few weeks.
    ```

    Good:

    ```markdown
    ## Verification

    A load test in staging exhausts the pool every night; it fails if the alert does not fire within five minutes.
    ```
    """
    if not postmortem.may_be_english:
        return
    sections = postmortem.sections_of("verification")
    text = "\n".join(section.text for section in sections)
    if not sections or is_nothing(text) or is_template(text) or "\ufffc" in text or names_proof(text):
        return
    yield Problem(
        sections[0].heading,
        f"“{sections[0].title}” names nothing that is tested. "
        "Say which test, experiment or alert will show that this cannot happen again, who runs it, and when.",
        subject="verification",
    )


def names_proof(text: str) -> bool:
    """Whether a text names a test, an experiment or a change of monitoring, and does not deny it; English.

    A promise to look, or to take care ("we will monitor the situation", "we will be careful with the next drain"), is
    none, unless it says what will be measured, or how often by itself.
    """
    return mentions(text, "sections", "proof") or any(map(_tries_or_monitors, _SENTENCE_END.split(text)))


def _tries_or_monitors(sentence: str) -> bool:
    if mentions(sentence, "sections", "trials") and not phrase_list("sections", "vigilance").is_in(sentence):
        return True
    return _changes_monitoring(sentence)


def _changes_monitoring(sentence: str) -> bool:
    if _MEASURED.search(sentence):
        return True
    if _ARRANGED.search(sentence):
        return _RUNS.search(sentence) is not None or mentions(sentence, "sections", "monitoring", "measuring")
    return mentions(sentence, "sections", "monitoring") and not phrase_list("sections", "vigilance").is_in(sentence)
