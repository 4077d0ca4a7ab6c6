"""The entries that everybody looks for: when it was noticed, and when it was over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from rules.lengths import brief_length
from rules.places import place_for
from rules.policy import Policy
from rules.postmortem import Postmortem
from rules.rule import Context, Problem, Severity, rule
from rules.timeline.response import ends_well, goes_on, response_times

_MINUTE = timedelta(minutes=1)
_LEAST_GAP = timedelta(minutes=5)
_FEWEST = 3
"""Timed entries from which on a timeline is one; of a shorter one other rules speak."""


@rule("CO307", "timeline-without-detection", Severity.NOTICE)
def timeline_without_detection(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """No entry of the timeline says when the incident was noticed.

    Why: how long a signal took to surface is what can be improved most. With such an entry Closeout tells the time to
    detect by itself.

    Bad:

    ```markdown
    ## Timeline

    - 10:32 The checkout error rate passes 5 %.
    - 10:58 The pool of checkout stands at its limit.
    - 11:10 The limit is raised from 50 to 200 connections.
    - 11:14 The error rate is back at 0.1 %.
    ```

    Good:

    ```markdown
    ## Timeline

    - 10:32 The checkout error rate passes 5 %.
    - 10:36 `checkout-errors` pages the on-call engineer.
    - 10:58 The pool of checkout stands at its limit.
    - 11:10 The limit is raised from 50 to 200 connections.
    - 11:14 The error rate is back at 0.1 %.
    ```
    """
    if not _can_tell(postmortem) or postmortem.value("detected") or postmortem.value("time_to_detect"):
        return
    times = response_times(postmortem)
    if times.detected is None:
        mitigated = times.time_to_mitigate or timedelta(0)
        known = f", though mitigated after {brief_length(mitigated)}" if mitigated >= _MINUTE else ""
        yield Problem(
            place_for(postmortem, "timeline"),
            f"No entry says when this was noticed{known}. "
            "Add one, for example `10:36 The alert … pages the on-call engineer.`",
            subject="timeline",
        )


@rule("CO308", "timeline-without-mitigation", Severity.NOTICE)
def timeline_without_mitigation(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """No entry of the timeline says when the impact was over.

    Why: the timeline breaks off before the end that its readers wait for. With such an entry Closeout tells the time to
    mitigate by itself. It is reported where the last entry is well before the incident's end, or says that it goes on,
    unless one of the last entries says in any words that it was over.

    Bad:

    ```markdown
    - Duration: 10:32 (start) → 11:15 (end), UTC

    ## Timeline

    - 10:32 The checkout error rate passes 5 %.
    - 10:36 `checkout-errors` pages the on-call engineer.
    - 10:58 The pool of checkout is seen to stand at its limit.
    ```

    Good:

    ```markdown
    ## Timeline

    - 10:32 The checkout error rate passes 5 %.
    - 10:36 `checkout-errors` pages the on-call engineer.
    - 10:58 The pool of checkout is seen to stand at its limit.
    - 11:14 The error rate is back at 0.1 %.
    ```
    """
    if not _can_tell(postmortem) or postmortem.value("time_to_mitigate") or not _breaks_off(postmortem):
        return
    times = response_times(postmortem)
    if (times.mitigated is None or times.time_to_mitigate is None) and not ends_well(postmortem.timeline):
        detected = times.time_to_detect or timedelta(0)
        known = f"shows that detection took {brief_length(detected)}, but " if detected >= _MINUTE else ""
        yield Problem(
            place_for(postmortem, "timeline"),
            f"The timeline {known}breaks off before the impact was over. "
            "Add the entry that ends it, for example `11:14 The error rate is back at 0.1 %.`",
            subject="timeline",
        )


def _breaks_off(postmortem: Postmortem) -> bool:
    """Whether the last entry is well before the incident's end, or says that it goes on."""
    last = next(entry for entry in reversed(postmortem.timeline) if entry.time is not None)
    latest = max((entry.at for entry in postmortem.timeline if entry.at is not None), default=None)
    if postmortem.start is not None and postmortem.end is not None and latest is not None:
        return postmortem.end - latest > max(_LEAST_GAP, (postmortem.end - postmortem.start) / 10)
    return goes_on(last)


def _can_tell(postmortem: Postmortem) -> bool:
    timed = sum(entry.time is not None for entry in postmortem.timeline)
    return timed >= _FEWEST and postmortem.may_be_english
