"""Items that promise several things at once."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules.actions.items import open_items, place_of
from rules.parse.action_verbs import is_verb
from rules.patterns import Pattern
from rules.phrases import phrase_list
from rules.policy import Policy
from rules.postmortem import Postmortem
from rules.rule import Context, Problem, Severity, rule
from rules.words import word_set

_LONGEST = 600  # characters of a title that are looked at
_BRACKETS = Pattern(r"\([^()]{0,300}\)|\[[^\[\]]{0,300}\]|`[^`]{0,200}`|“[^“”]{0,300}”|\"[^\"]{0,300}\"")
_JOINT = Pattern(
    r",\s{1,4}(?:(?:and|then|also)\s{1,4}){0,2}|;\s{1,4}(?:and\s{1,4})?|\s{1,4}and\s{1,4}(?:(?:also|then)\s{1,4})?"
    r"|\.\s{1,4}(?=[A-Z])"
)
_SAME_THING = frozenset(
    (
        "it", "its", "them", "their", "they", "this", "that", "these", "those", "which", "both", "same", "accordingly",
        "there", "so", "one", "ones", "any", "former", "latter",
    )
)  # fmt: skip
_OPENING = Pattern(r"(?:we|should|must|will|need to|to|also|then|please)\s+", re.IGNORECASE)
_WORD = Pattern(r"[\w'’.%/-]+")
_PLAIN_WORD = Pattern(r"\w+")
_FEWEST = 3
"""Clauses from which on an item is more than one promise; two have to be independent as well."""
_FEWEST_WORDS = 3
"""Words of a clause, its verb included, by which it speaks of a thing of its own."""
_WORDS_OF_TWO = 4
"""The same where there are only two clauses."""
_SUBORDINATE = Pattern(
    r"\b(?:so|that|which|who|whose|when|whenever|where|if|whether|until|while|because|since|how|what|why|by\s\w+ing"
    r"|for\s\w+ing|instead|in\sorder|rather)\b",
    re.IGNORECASE,
)
"""Behind one of these a second verb goes with it, and is no promise of its own."""
_TEST = Pattern(r"\b(?:tests?|test case|coverage)\b", re.IGNORECASE)
_PURPOSE = Pattern(r"\bto\s+([a-z-]+)", re.IGNORECASE)
_OBJECT = Pattern(
    r"\s+(?:an?|the|all|our|every|each|any|both|two|three|\d+|new|old|on|when|if|out|`)\b|\s+[^\sa-z]", re.IGNORECASE
)
_SMALL = frozenset(
    {"the", "and", "for", "our", "all", "any", "from", "with", "into", "new", "each", "every", "not", "its"}
)
_STEM = 5  # letters by which two words are taken for the same


@rule("CO420", "action-several-promises", Severity.NOTICE)
def action_several_promises(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """An action item promises several things at once.

    Why: it stays open until the last of them is done, and one date and one owner have to fit them all. Make an item of
    each. Steps of one thing ("rotate and revoke the keys", "add a flag and turn it on", "fix the leak and test the
    fix") are one promise: to be reported, each has to have a verb and a thing of its own, and two must have nothing in
    common.

    Bad:

    ```markdown
    ## Action items

    - [ ] Add an alert on the depth of the queue and rewrite the runbook for failover
      - Owner: @ben
      - Deadline: 2026-05-18
      - Priority: P0
      - Success criterion: the drill in staging passes
    ```

    Good:

    ```markdown
    ## Action items

    - [ ] Add an alert on the depth of the queue
      - Owner: @ben
      - Deadline: 2026-05-18
      - Priority: P0
      - Success criterion: the drill in staging passes
    ```
    """
    if not postmortem.may_be_english:
        return
    for item in open_items(postmortem):
        promises = promise_count(item.title)
        if promises > 1:
            yield Problem(
                place_of(postmortem, item),
                f"This item promises {promises} things. Make an item of each, with an owner and a date of its own.",
                subject=item.title,
            )


def promise_count(title: str) -> int:
    """How many promises a title makes: clauses that have a verb with an outcome and a thing of their own."""
    text = _BRACKETS.sub(" ", title[:_LONGEST])
    clauses = _JOINT.split(text)
    own = [clause for clause in clauses if _is_promise(clause)]
    if not own or own[0] != clauses[0]:
        return min(len(own), 1)
    in_row = sum(_is_promise(clause) or _is_brief_promise(clause) for clause in clauses)
    if in_row >= _FEWEST and in_row == len(clauses):
        return in_row
    if len(own) < _FEWEST:
        return 2 if len(clauses) == 2 and len(own) == 2 and _are_independent(*own) else 1
    return len(own)


def _are_independent(first: str, second: str) -> bool:
    """Whether neither of two promises is a step of the other: they have no word in common, and each stands alone."""
    clauses = (first.strip(), second.strip(" ."))
    if any(len(_WORD.findall(clause)) < _WORDS_OF_TWO or _SUBORDINATE.search(clause) for clause in clauses):
        return False
    if any(is_verb(match[1]) for match in _PURPOSE.finditer(clauses[0])):
        return False  # "to protect the pool and limit the load"
    if _TEST.search(clauses[1]):
        return False  # "fix the race and add a regression test"
    end = phrase_list("actions", "verbs").end_at(clauses[1], 0)
    verb = clauses[1][:end].lower()
    if verb in word_set("actions", "steps") or not end:
        return False
    if verb in word_set("actions", "nouns_too") and _OBJECT.match(clauses[1], end) is None:
        return False  # "add metrics and alert rules"
    opening = clauses[0].partition(" ")[0].lower()
    if opening in word_set("actions", "preparing"):
        return False
    return not _stems(clauses[0]) & _stems(clauses[1])


def _stems(clause: str) -> frozenset[str]:
    """The beginnings of the words that say what a clause is about."""
    words = (word.casefold() for word in _WORD.findall(clause))
    return frozenset(word[:_STEM] for word in words if len(word) > 2 and word not in _SMALL)


def _is_promise(clause: str) -> bool:
    bare = clause.strip()
    verbs = phrase_list("actions", "verbs")
    if not any(verbs.end_at(bare, start) for start in _starts(bare)):
        return False
    return len(_WORD.findall(clause)) >= _FEWEST_WORDS and not _speaks_of_same(clause)


def _is_brief_promise(clause: str) -> bool:
    """Whether it is a verb and hardly more, as clauses in a row are: "write docs", "train on-call"."""
    bare = clause.strip(" .")
    if phrase_list("actions", "brief").end_at(bare, 0) is None or _speaks_of_same(bare):
        return False
    return len(_WORD.findall(bare)) > 1


def _speaks_of_same(clause: str) -> bool:
    """Whether it goes on with the thing that was spoken of before: “… and document it”."""
    return not _SAME_THING.isdisjoint(_PLAIN_WORD.findall(clause.lower()))


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
