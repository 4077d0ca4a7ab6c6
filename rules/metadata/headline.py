"""The headline."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules.folding import fold
from rules.parse.dates import DATE, find_day
from rules.patterns import Pattern
from rules.placeholders import is_template
from rules.places import top_of
from rules.policy import Policy
from rules.postmortem import Postmortem, Text
from rules.rule import Context, Problem, Severity, rule
from rules.words import word_set

_WORD = Pattern(r"[^\W_]+(?:['’-][^\W_]+)*")
_NUMBER = Pattern(r"(?:[a-z]{1,10}[-_#]?)?\d[\d-]*(?:st|nd|rd|th)?", re.IGNORECASE)
_TITLE = Pattern(r" {0,3}#[ \t]+(\S[^\n]*?)[ \t#]*$")
_LONGEST = 120  # characters; a longer one says something


@rule("CO101", "headline-missing", Severity.WARNING)
def headline_missing(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """The postmortem has no headline.

    Why: it is what people see in lists, issues and a search, and how they find the earlier incident again. To fix it,
    write one line that says what happened.

    Bad:

    ```markdown
    # Postmortem:
    ```

    Good:

    ```markdown
    # Postmortem: Checkout returned errors for 42 minutes
    ```
    """
    if _generic_title(postmortem) is None and (postmortem.headline is None or is_template(postmortem.headline.value)):
        yield Problem(
            top_of(postmortem),
            "The postmortem has no headline. Begin with one line that says what happened, "
            "for example `# Postmortem: Checkout returned errors for 42 minutes`.",
            subject="headline",
        )


@rule("CO106", "headline-generic", Severity.WARNING)
def headline_generic(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """The headline says no more than that there was an incident.

    Why: in a list of forty, "Outage" is forty times the same line. A kind of document, a date, a number or the name of
    a service alone does not tell what happened. To fix it, say what users saw, and for how long.

    Bad:

    ```markdown
    # Postmortem: Production outage of 2026-05-04
    ```

    Good:

    ```markdown
    # Postmortem: Checkout returned errors for 42 minutes
    ```
    """
    found = _generic_title(postmortem) or _generic_headline(postmortem)
    if found is not None:
        yield Problem(
            found.span,
            f"The headline “{found.value[:60]}” does not tell what happened. "
            "Say what users saw, for example “Checkout returned errors for 42 minutes”.",
            subject="headline",
        )


def _generic_headline(postmortem: Postmortem) -> Text | None:
    headline = postmortem.headline
    if headline is None or len(headline.value) > _LONGEST or is_template(headline.value):
        return None
    names = {fold(postmortem.value(key)) for key in ("service", "team", "incident", "severity")} - {""}
    return headline if fold(headline.value) in names or _says_nothing(headline.value) else None


def _generic_title(postmortem: Postmortem) -> Text | None:
    """The title, if it is nothing but the name of a kind of document: `# Incident report`."""
    top = top_of(postmortem)
    match = _TITLE.match(postmortem.source.line(top.line)) if postmortem.headline is None else None
    if match is None or match[1].endswith((":", "-", "–", "—")) or not _says_nothing(match[1][:_LONGEST]):
        return None
    start = postmortem.source.offset(top.line, match.start(1) + 1)
    return Text(match[1], postmortem.source.span(start, start + len(match[1])))


def _says_nothing(title: str) -> bool:
    """Whether a title is made of dates, numbers and words that every postmortem could bear."""
    words = _WORD.findall(DATE.sub(" ", title) if find_day(title) else title)
    return all(_NUMBER.fullmatch(word) or word.casefold() in word_set("facts", "generic") for word in words)
