"""The order of the sections."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from rules.places import layout_of
from rules.policy import Policy
from rules.postmortem import Postmortem, Section
from rules.requirements import is_short
from rules.rule import Context, Problem, Severity, rule


@rule("CO206", "section-out-of-order", Severity.NOTICE)
def section_out_of_order(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """A section does not stand where the layout has it.

    Why: who has read ten postmortems knows where to look in the eleventh. To fix it, move the section. Other orders
    than Closeout's own are held up only where the policy names the layout.

    Bad:

    ```markdown
    ## What we believed was happening (during)
    <!-- remove this section -->

    ## What we believed was happening

    The responders took the errors for the effect of the deploy, and spent twelve minutes rolling it back.
    ```

    Good:

    ```markdown
    ## What we believed was happening (during)

    The responders took the errors for the effect of the deploy, and spent twelve minutes rolling it back.
    ```
    """
    layout = layout_of(postmortem, policy)
    chosen = policy.layout not in ("auto", "generic") and isinstance(policy.layout, str)
    if is_short(postmortem) or not (chosen or layout.name == "closeout"):
        return
    order = {kind: place for place, kind in enumerate(layout.headings)}
    first: dict[str, Section] = {}
    for section in postmortem.sections:
        if section.kind in order and layout.own_kind_of(section.title) == section.kind:
            first.setdefault(section.kind, section)
    standing = tuple(first.values())
    places = [order[kind] for kind in first]
    kept = _longest_rise(places)
    for index, section in enumerate(standing):
        if index in kept:
            continue
        before = [standing[each] for each in sorted(kept) if places[each] < places[index]]
        where = f"behind “{before[-1].title}”" if before else f"before “{standing[min(kept)].title}”"
        yield Problem(
            section.heading,
            f"“{section.title}” does not stand where readers look for it. Move it {where}.",
            subject=section.kind or "",
        )


def _longest_rise(places: Sequence[int]) -> frozenset[int]:
    """The indexes of a longest increasing subsequence of different numbers."""
    tails: list[int] = []  # the last index of the best rise of each length
    previous: list[int] = []
    for index, place in enumerate(places):
        length = bisect_left([places[each] for each in tails], place)
        previous.append(tails[length - 1] if length else -1)
        tails[length : length + 1] = [index]
    kept: set[int] = set()
    at = tails[-1] if tails else -1
    while at >= 0:
        kept.add(at)
        at = previous[at]
    return frozenset(kept)
