"""Items that promise several things at once."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules.actions.items import open_items, place_of, speaks_english
from rules.patterns import Pattern
from rules.phrases import phrase_list
from rules.policy import Policy
from rules.postmortem import Postmortem
from rules.rule import Context, Problem, Severity, rule

_LONGEST = 600  # characters of a title that are looked at
_BRACKETS = Pattern(r"\([^()]{0,300}\)|\[[^\[\]]{0,300}\]|`[^`]{0,200}`|“[^“”]{0,300}”|\"[^\"]{0,300}\"")
_JOINT = Pattern(
    r",\s{1,4}(?:(?:and|then|also)\s{1,4}){0,2}|;\s{1,4}(?:and\s{1,4})?|\s{1,4}and\s{1,4}(?:(?:also|then)\s{1,4})?"
    r"|\.\s{1,4}(?=[A-Z])"
)
_SAME_THING = Pattern(
    r"\b(?:it|its|them|their|they|this|that|these|those|which|both|same|accordingly|there|so|ones?|any|former|latter)\b",
    re.IGNORECASE,
)
_OPENING = Pattern(r"(?:we|should|must|will|need to|to|also|then|please)\s+", re.IGNORECASE)
_WORD = Pattern(r"[\w'’.%/-]+")
_FEWEST = 3
"""Clauses from which on an item is more than one promise: two that belong together are one."""
_FEWEST_WORDS = 3
"""Words of a clause, its verb included, by which it speaks of a thing of its own."""


@rule("CO420", "action-several-promises", Severity.NOTICE)
def action_several_promises(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """An action item promises several things at once.

    Why: it stays open until the last of them is done, and one date and one owner have to fit them all. Make an item of
    each. Steps of one thing ("rotate and revoke the keys", "add a flag and turn it on") are one promise; it takes three
    that each have a verb and a thing of their own to be reported.

    Bad:

    ```markdown
    ## Action items

    - [ ] Add a circuit breaker to checkout, migrate the sessions table and write the runbook for failover
      - Owner: @ben
      - Deadline: 2026-05-18
      - Priority: P0
      - Success criterion: the drill in staging passes
    ```

    Good:

    ```markdown
    ## Action items

    - [ ] Add a circuit breaker to checkout
      - Owner: @ben
      - Deadline: 2026-05-18
      - Priority: P0
      - Success criterion: the drill in staging passes
    ```
    """
    if not speaks_english(postmortem):
        return
    for item in open_items(postmortem):
        promises = promise_count(item.title)
        if promises >= _FEWEST:
            yield Problem(
                place_of(postmortem, item),
                f"This item promises {promises} things. Make an item of each, with an owner and a date of its own.",
                subject=item.title,
            )


def promise_count(title: str) -> int:
    """How many clauses of a title have a verb with an outcome and a thing of their own."""
    clauses = _JOINT.split(_BRACKETS.sub(" ", title[:_LONGEST]))
    own = [clause for clause in clauses if _is_promise(clause)]
    return len(own) if clauses and own and own[0] == clauses[0] else min(len(own), 1)


def _is_promise(clause: str) -> bool:
    bare = clause.strip()
    verbs = phrase_list("actions", "verbs")
    if not any(verbs.end_at(bare, start) for start in _starts(bare)):
        return False
    return len(_WORD.findall(clause)) >= _FEWEST_WORDS and _SAME_THING.search(clause) is None


def _starts(clause: str) -> Iterator[int]:
    """Where its verb may begin: at its start, and behind each of up to three words such as "we should"."""
    start = 0
    yield start
    for _ in range(3):
        opening = _OPENING.match(clause, start)
        if opening is None:
            return
        start = opening.end()
        yield start
