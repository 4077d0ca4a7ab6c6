"""Entries of the timeline: that there are some, with times."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules.parse.times import impossible_clock
from rules.patterns import Pattern
from rules.placeholders import is_template
from rules.places import first_line, place_for
from rules.policy import Policy
from rules.postmortem import Postmortem, TimelineEntry
from rules.rule import Context, Problem, Severity, rule
from rules.sections.skeleton import heading_to_write, line_to_write, skeleton_edit

_REMARK = Pattern(
    r"[(\[*_]{0,3}(?:(?:side\s)?notes?\b|n\.?b\b|remarks?\b|caveats?\b|disclaimer\b|all\s(?:the\s)?times?\b|times\s(?:are|in)\b"
    r"|sources?:|references?:|legend:|key:|(?:see|cf\.?)\s(?:also\b|the\b|above\b|below\b|https?:)|(?:related\s)?links?:"
    r"|(?:total|overall|(?:mean\s)?time\s(?:to|from|between|until)|tt[adfimr]\b|mtt[adfimr]\b|(?:total\s)?(?:duration|downtime|outage|impact)"
    r"(?:\s(?:time|duration|length|window))?(?:\sof\b|:|\swas\b|\slasted\b))(?=.{0,60}\d))",
    re.IGNORECASE,
)
"""What opens a remark on the timeline (`Note: …`, `Sources: …`), or a length of time (`Time to detect: 7 min`)."""
_SIGN = Pattern(
    r"\s*(?:[-*+]|\d{1,3}[.)])?\s*(?:(\*\*|__)[^*_\n]{1,60}\1:?|(?:[*_-]{2,3})?-{2,}[^\n]{1,60}-{2,}(?:[*_]{2,3})?|!\[[^\]\n]*\]\([^)\s]*\))\s*"
)
_HEAD = 40  # characters of an entry in which its time would stand


@rule("CO301", "timeline-missing", Severity.ERROR)
def timeline_missing(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """There is no timeline.

    Why: the timeline is what people read again most, and the responders have done the work for it already. Where the
    section is missing, `closeout fix` inserts it, to be filled in.

    Bad:

    ```markdown
    ## Timeline

    It broke in the morning and was repaired before noon.
    ```

    Good:

    ```markdown
    ## Timeline

    - 10:32 The checkout error rate passes 5 %.
    - 10:36 `checkout-errors` pages the on-call engineer.
    - 11:14 The error rate is back at 0.1 %.
    ```
    """
    section = postmortem.section("timeline")
    if any(entry.time for entry in postmortem.timeline) or (section and is_template(section.text)):
        return
    heading, line = heading_to_write(postmortem, policy, "timeline"), line_to_write(postmortem, policy, "timeline")
    if postmortem.timeline:
        what = "The timeline gives no times."
    else:
        what = "The timeline has no entries." if section else f"There is no “{heading}” section."
    yield Problem(
        place_for(postmortem, "timeline"),
        f"{what} List under `{line}` what happened, each entry with its time: `- 10:32 The alert fires.`",
        subject="timeline",
        edit=None if section or postmortem.timeline else skeleton_edit(postmortem, policy, "timeline"),
    )


@rule("CO302", "timeline-entry-without-time", Severity.WARNING)
def timeline_entry_without_time(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """A timeline entry has no time.

    Why: how long it took to notice and to act is the most useful thing a timeline shows, and it cannot be told without.
    A rough time will do (`~10:36`, `5 minutes later`), and so will a day. Lists of notes beside the entries, remarks
    (`Note: …`, `Time to detect: 4 min`) and headings among them are passed over.

    Bad:

    ```markdown
    ## Timeline

    - 10:32 The checkout error rate passes 5 %.
    - The on-call engineer is paged.
    - 11:14 The error rate is back at 0.1 %.
    ```

    Good:

    ```markdown
    ## Timeline

    - 10:32 The checkout error rate passes 5 %.
    - 10:36 The on-call engineer is paged.
    - 11:14 The error rate is back at 0.1 %.
    ```
    """
    if not any(entry.time for entry in postmortem.timeline):
        return
    for entry in postmortem.timeline:
        if (_has_no_time(entry) and not _is_sign(postmortem, entry)) or (
            entry.time is not None and is_template(entry.time.value) and not is_template(entry.text)
        ):
            yield Problem(first_line(postmortem, entry.span), _no_time(entry.text), subject=entry.text)


def _has_no_time(entry: TimelineEntry) -> bool:
    """Whether an entry tells neither its time nor its day, and is no remark on the others."""
    return entry.time is None and entry.local is None and _REMARK.match(entry.text) is None


def _is_sign(postmortem: Postmortem, entry: TimelineEntry) -> bool:
    """Whether an entry only parts the others, as a heading does (`- **After the rollback**`), or is but an image."""
    return _SIGN.fullmatch(postmortem.source.slice(entry.span)) is not None


def _no_time(text: str) -> str:
    clock = impossible_clock(text[:_HEAD])
    if clock is not None and text.lstrip("[(*_~ ").startswith(clock):
        return f"“{clock}” is no time of day. Begin the entry with hours from 00 to 23 and minutes from 00 to 59."
    return "This timeline entry has no time. Begin it with one, for example `10:36`, or `~10:36` if unsure."
