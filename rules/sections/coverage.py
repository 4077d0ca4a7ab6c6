"""Which action items the verification covers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules.patterns import Pattern
from rules.phrases import phrase_list
from rules.placeholders import is_nothing, is_template
from rules.places import first_line
from rules.policy import Policy
from rules.postmortem import ActionItem, Postmortem
from rules.requirements import is_short
from rules.rule import Context, Problem, Severity, rule
from rules.sections.verification import names_proof
from rules.words import word_set

_WORD = Pattern(r"[^\W_]+")
_STEM = 5  # letters: "retries" and "retrying" begin alike
_LONGEST = 40_000  # characters of the verification that are looked at
_MOST_ITEMS = 300  # that are looked for in it
_FEWEST_WORDS = 3  # of a criterion that says something
_NUMBERS = Pattern(
    r"(?:\b(?:items?|actions?|ai|no\.?|numbers?)\s?[-#]?\s?|#)(\d{1,3}(?:\s?(?:,|and|&|to|-|–)\s?#?\d{1,3}){0,20})\b",
    re.IGNORECASE,
)
_NUMBER = Pattern(r"\d+")
_RANGE = Pattern(r"(\d+)\s?(?:to|-|–)\s?#?(\d+)")


@rule("CO211", "action-unverified", Severity.WARNING, other=Severity.NOTICE)
def action_unverified(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """The verification does not cover an action item.

    Why: "We added a retry" is no verification. What nobody tests may have changed nothing, and that shows only in the
    next incident. To fix it, say under “Verification” which test, experiment or alert shows that the item works; call
    it by its number or its words. Where the item's own success criterion names a test, this is a notice.

    Bad:

    ```markdown
    ## Action items

    - Move the nightly export to the replica
      - Owner: Ben Okafor (@ben)
      - Deadline: 2026-05-18
      - Priority: P1
      - Success criterion: the primary sees no connection of it
    ```

    Good:

    ```markdown
    ## Action items

    - Move the nightly export to the replica
      - Owner: Ben Okafor (@ben)
      - Deadline: 2026-05-18
      - Priority: P1
      - Success criterion: the primary sees no connection of it

    ## Verification

    A load test exhausts the pool every night. For the export, an alert fires when it opens a connection to the primary.
    ```
    """
    sections = postmortem.sections_of("verification")
    text = "\n".join(section.text for section in sections)[:_LONGEST]
    if is_short(postmortem) or not postmortem.may_be_english or is_nothing(text) or is_template(text):
        return
    if not names_proof(text) or len(postmortem.actions) > _MOST_ITEMS or _covers_all(text) or "\ufffc" in text:
        return  # without any proof, or without criteria, those are what is missing first
    stems, numbers, ids = _stems(text), _numbers(text), text.casefold()
    for place, item in enumerate(postmortem.actions, start=1):
        if item.done or item.declined or not _is_promise(item):
            continue
        if place in numbers or (item.id and item.id.casefold() in ids) or not stems.isdisjoint(_item_stems(item)):
            continue
        own = item.criterion is not None and names_proof(item.criterion.value)
        lacking = "this action item; only its own success criterion names a proof" if own else "this action item"
        yield Problem(
            first_line(postmortem, item.title_span),
            f"“{sections[0].title}” does not cover {lacking}. "
            "Say there which test, experiment or alert will show that it works.",
            subject=item.title,
            severity=Severity.NOTICE if own else None,
        )


def _is_promise(item: ActionItem) -> bool:
    """Whether an item is worked out so far that its verification is what is missing next."""
    criterion = item.criterion.value if item.criterion else ""
    return bool(item.title) and not is_template(item.title) and len(criterion.split()) >= _FEWEST_WORDS


def _covers_all(text: str) -> bool:
    """Whether the verification speaks of all items at once."""
    return phrase_list("coverage", "all_items", parted=True).is_in(text)


def _numbers(text: str) -> frozenset[int]:
    """The items that are called by their place in the list: `item 2`, `items 1 and 3`, `actions 1–4`."""
    found: set[int] = set()
    for match in _NUMBERS.finditer(text):
        found.update(int(number) for number in _NUMBER.findall(match[1]))
        for first, last in _RANGE.findall(match[1]):
            found.update(range(int(first), min(int(last), _MOST_ITEMS) + 1))
    return frozenset(found)


def _item_stems(item: ActionItem) -> frozenset[str]:
    return _stems(f"{item.title} {item.criterion.value if item.criterion else ''}"[:2000])


def _stems(text: str) -> frozenset[str]:
    """The beginnings of the words that tell what a text is about."""
    common = word_set("coverage", "common")
    words = _WORD.findall(text.casefold())
    return frozenset(word[:_STEM] for word in words if len(word) > 2 and not word.isdigit() and word not in common)
