"""Items that promise the same thing."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from rules.actions.items import place_of
from rules.patterns import Pattern
from rules.placeholders import is_template
from rules.policy import Policy
from rules.postmortem import ActionItem, Postmortem
from rules.rule import Context, Problem, Severity, rule

_WORD = Pattern(r"[^\W_]+(?:['’][^\W_]+)?|[^\w\s.,;:!?()\[\]'\"“”‘’*`-]+")
_SMALL = frozenset({"a", "an", "the", "our", "for", "of", "to", "in", "on", "at", "and", "that", "please"})
_FEWEST_WORDS = 3
_LONGEST = 2000  # characters of a title that are compared


@rule("CO419", "action-duplicate", Severity.WARNING)
def action_duplicate(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """An action item says the same as another one.

    Why: two issues for one promise are closed at two times, or one of them never. Delete one, or say what sets them
    apart. Items that differ in their owners or in the issues they link to are taken to be meant, for each service one,
    say; so are items that differ in a single word that says something.

    Bad:

    ```markdown
    ## Action items

    - [ ] Alert on lag over 30 s. Owner: @ben. Deadline: 2026-05-18. Priority: P0. Criterion: it fires in staging.
    - [ ] Alert on a lag over 30 s. Owner: @ben. Deadline: 2026-05-19. Priority: P1. Criterion: it pages somebody.
    ```

    Good:

    ```markdown
    ## Action items

    - [ ] Alert on lag over 30 s. Owner: @ben. Deadline: 2026-05-18. Priority: P0. Criterion: it fires in staging.
    - [ ] Alert on a full disk. Owner: @ben. Deadline: 2026-05-19. Priority: P1. Criterion: it fires in staging.
    ```
    """
    timelines = [section.span[:2] for section in postmortem.sections_of("timeline")]
    first: dict[tuple[object, ...], ActionItem] = {}
    for item in postmortem.actions:
        words = _words(item.title)
        if item.declined or len(words) < _FEWEST_WORDS:
            continue
        incident = bisect_right(timelines, item.span[:2])  # one file may be the log of several
        other = first.setdefault((words, incident), item)
        if other is not item and not _set_apart(item, other) and not is_template(item.title):
            yield Problem(
                place_of(postmortem, item),
                f"This says the same as the item in line {other.title_span.line}. "
                "Delete one of them, or say what sets them apart.",
                subject=item.title,
            )


def _words(title: str) -> tuple[str, ...]:
    """The words that say something, in order, without capitals."""
    found = (match[0].casefold() for match in _WORD.finditer(title[:_LONGEST]))
    return tuple(word for word in found if word not in _SMALL)


def _set_apart(item: ActionItem, other: ActionItem) -> bool:
    """Whether two items with the same words are for different people, tickets, or times."""
    if item.done != other.done:
        return True  # done once, to be done again
    owners = [frozenset((owner.login or owner.name).casefold() for owner in each.owners) for each in (item, other)]
    links = [frozenset(each.links) for each in (item, other)]
    return any(one and two and one.isdisjoint(two) for one, two in (owners, links))
