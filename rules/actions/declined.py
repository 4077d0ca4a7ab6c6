"""Action items that will not be done."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules.actions.items import brief, place_of
from rules.parse.action_words import DECLINED, REFERENCE, URL, field_named
from rules.patterns import Pattern
from rules.policy import Policy
from rules.postmortem import ActionItem, Postmortem
from rules.rule import Context, Problem, Severity, rule

_WORD = Pattern(r"[^\W_]+(?:['’][^\W_]+)?")
_LABEL = Pattern(r"([A-Za-z][A-Za-z /-]{1,30})[*_]{0,2}:")
_LONGEST = 4000  # characters of an item that are looked at
_FEWEST = 2  # words of a reason


@rule("CO421", "action-declined-without-reason", Severity.WARNING)
def action_declined_without_reason(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """An action item is declined, and nothing says why.

    Why: what was promised and then dropped comes up again at the next incident; the reason is what helps to decide
    anew. It may stand behind the words that decline it, or on a line below.

    Bad:

    ```markdown
    ## Action items

    - ~~Move the sessions to a second region~~ Won't do.
    - [ ] Alert on lag over 30 s. Owner: @ben. Deadline: 2026-05-18. Priority: P0. Criterion: it fires in staging.
    ```

    Good:

    ```markdown
    ## Action items

    - ~~Move the sessions to a second region~~ Won't do: it doubles the cost, and a restore takes ten minutes.
    - [ ] Alert on lag over 30 s. Owner: @ben. Deadline: 2026-05-18. Priority: P0. Criterion: it fires in staging.
    ```
    """
    for item in postmortem.actions:
        if item.declined and not item.done and not _gives_reason(postmortem, item):
            yield Problem(
                place_of(postmortem, item),
                f"{brief(item.title)} is declined, but not why. Add the reason behind it: “Won't do, because …”.",
                subject=item.title,
            )


def _gives_reason(postmortem: Postmortem, item: ActionItem) -> bool:
    """Whether an item holds words that are neither its title nor a field; a link to where it was decided counts."""
    if item.links:
        return True
    text = postmortem.source.slice(item.span)[:_LONGEST]
    if URL.search(text) or REFERENCE.search(text):
        return True
    known = set(_words(" ".join(_fields_of(item))))
    verdict = DECLINED.search(text)
    if verdict is not None and _words(text[: verdict.start()]):
        text = text[verdict.end() :]  # what stands behind it is the reason, though it may be read as the title's end
    else:
        known |= set(_words(item.title))
    rest = DECLINED.sub(" ", _LABEL.sub(_without_name, text))
    return sum(word not in known for word in _words(rest)) >= _FEWEST


def _fields_of(item: ActionItem) -> Iterator[str]:
    yield from (owner.text for owner in item.owners)
    yield from (text.value for text in (item.due_text, item.priority_text, item.criterion) if text is not None)
    yield item.id or ""


def _without_name(label: re.Match[str]) -> str:
    """A label that names a field says no reason."""
    return " " if field_named(label[1]) is not None else label[0]


def _words(text: str) -> list[str]:
    return [match[0].casefold() for match in _WORD.finditer(text)]
