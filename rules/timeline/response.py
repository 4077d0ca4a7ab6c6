"""How long it took to notice, and how long to mitigate, as far as the timeline tells. Words of the entries; English.

The entry of detection is the first that says that somebody or something noticed, else the first that shows somebody
reacting. The entry of mitigation is the one at the incident's end, else the first one after detection that says that
the impact was over and is not taken back by a later one, else the last remedy that was applied. A reaction comes some
time after the detection, and a remedy some time before it works: neither gives a time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import cache
from itertools import islice, pairwise
from typing import NamedTuple

from rules.lengths import brief_length
from rules.once import once_a_document
from rules.patterns import Pattern
from rules.phrases import phrase_list
from rules.postmortem import Postmortem, TimelineEntry

_LONGEST = 1000  # characters of an entry that are looked at
_REACH = 30  # characters before a word in which it may be denied
_LAST = 3  # entries at the end of a timeline in which it may be told that it is over
_MOST = 20  # words looked at in one entry
_AGAIN = Pattern(r"\bagain\b", re.IGNORECASE)
_ALONE = Pattern(
    r"\W{0,3}(?:(?:all|now|back|we're|it's|everything)\s){0,2}(?:up|back|ok|okay|good|fine|live|works|working|gone|over)\W{0,3}$",
    re.IGNORECASE,
)
"""An entry that says no more than that it is over: `Up`."""
_TROUBLE = Pattern(
    r"\b(?:not|no|cannot|never|error|fail|down|alert|alarm|pag(?:e|ing)|fir(?:e|ing)|restart|reboot|retr|deploy|try|tri|spik|ris(?:e|ing)|rose"
    r"|slow|time|crash|unavail|unreach|unrespons|los[est]|drop|look|check|ask|attempt|high|climb|grow|grew|increas|call|roll"
    r"|broke|complain|report|stuck|block|stop|still|reproduc|investigat|debug|full|5\d\d)",
    re.IGNORECASE,
)
_CLAUSE = Pattern(r"[.;,:!?()–—]|\s-\s|\b(?:and|but|then|so|after|as|because)\b", re.IGNORECASE)


class ResponseTimes(NamedTuple):
    """What a timeline says of the response.

    Attributes:
        detected: the entry in which the incident is noticed.
        mitigated: the entry by which its impact is over.
        time_to_detect, time_to_mitigate: from the incident's start, else from the first entry with an instant, to these
            entries; None where they do not say so themselves, or an instant is missing or comes before that.
    """

    detected: TimelineEntry | None = None
    mitigated: TimelineEntry | None = None
    time_to_detect: timedelta | None = None
    time_to_mitigate: timedelta | None = None


@once_a_document
def response_times(postmortem: Postmortem) -> ResponseTimes:
    """The response as the timeline tells it; all None for a timeline that is not in English."""
    if not postmortem.may_be_english:
        return ResponseTimes()
    entries = in_order(postmortem.timeline)
    start = postmortem.start or next((entry.at for entry in entries if entry.at), None)
    noticed = _first(entries, start, _says("detected"))
    detected = noticed or _first(entries, start, _says("reacted"))
    over = _at_end(entries, postmortem.end) or _over(tuple(_after(entries, detected)))
    mitigated = over or _last_remedy(tuple(_after(entries, detected)))
    return ResponseTimes(detected, mitigated, _since(start, noticed), _since(start, over))


def in_order(entries: Sequence[TimelineEntry]) -> Sequence[TimelineEntry]:
    """The entries with the earliest first, where they run backwards as a whole."""
    known = [entry.at for entry in entries if entry.at is not None]
    backwards = len(known) > 1 and all(after < before for before, after in pairwise(known))
    return entries[::-1] if backwards else entries


def goes_on(entry: TimelineEntry) -> bool:
    """Whether an entry says that the incident is not over."""
    return _says("ongoing")(entry) and not _says("mitigated")(entry) and not _says("holds")(entry)


def ends_well(entries: Sequence[TimelineEntry]) -> bool:
    """Whether one of the last entries with a time says in any words that it is over, and no later one denies it.

    Softer than the entry of mitigation: good enough to ask for none, not to take its time.
    """
    last = [entry for entry in in_order(entries) if entry.time is not None][-_LAST:]
    worse, ongoing = _says("relapse"), goes_on
    for entry in reversed(last):
        if worse(entry) or ongoing(entry):
            return False
        if any(_says(key)(entry) for key in ("settled", "holds")) or _does_again(entry) or _ALONE.match(entry.text):
            return True
    return False


def _does_again(entry: TimelineEntry) -> bool:
    """Whether something is done or works again that is neither trouble nor a remedy: `Orders arrive again`."""
    text = entry.text[:_LONGEST]
    return _AGAIN.search(text) is not None and _TROUBLE.search(text) is None


def _since(start: datetime | None, entry: TimelineEntry | None) -> timedelta | None:
    if start is None or entry is None or entry.at is None or entry.at < start:
        return None
    return entry.at - start


def _first(
    entries: Sequence[TimelineEntry], start: datetime | None, says: Callable[[TimelineEntry], bool]
) -> TimelineEntry | None:
    """The first entry since the start that says so; one before it if there is no other."""
    since = (entry for entry in entries if start is None or entry.at is None or entry.at >= start)
    return next(filter(says, since), None) or next(filter(says, entries), None)


def _at_end(entries: Sequence[TimelineEntry], end: datetime | None) -> TimelineEntry | None:
    return next((entry for entry in entries if end is not None and entry.at == end), None)


def _last_remedy(entries: Sequence[TimelineEntry]) -> TimelineEntry | None:
    return next(filter(_says("repaired"), reversed(entries)), None)


def _after(entries: Sequence[TimelineEntry], detected: TimelineEntry | None) -> Iterator[TimelineEntry]:
    """The entries from the detection on, which may tell of the mitigation, too; all of them if nothing was detected."""
    reached = detected is None
    for entry in entries:
        reached = reached or entry is detected
        if reached:
            yield entry


def _over(entries: Sequence[TimelineEntry]) -> TimelineEntry | None:
    """The first entry by which the impact is over, unless it comes back; then the first one after that."""
    over, relapsed = _says("mitigated"), _says("relapse")
    found: TimelineEntry | None = None
    for entry in entries:
        if relapsed(entry):
            found = None
        elif found is None and over(entry):
            found = entry
    return found


@cache
def _says(key: str) -> Callable[[TimelineEntry], bool]:
    """Whether an entry holds a phrase of a list, and does not deny it."""
    phrases = phrase_list("timeline", key)
    denials = phrase_list("timeline", "denial")

    def says(entry: TimelineEntry) -> bool:
        text = entry.text[:_LONGEST]
        for place in islice(phrases.places(text), _MOST):
            if not denials.is_in(_CLAUSE.split(text[max(place.start - _REACH, 0) : place.start])[-1]):
                return True
        return False

    return says


def describe_response(times: ResponseTimes) -> str:
    """The times in words, `Detected after 4 min, mitigated after 38 min`; empty if none is known."""
    told = (("detected", times.time_to_detect), ("mitigated", times.time_to_mitigate))
    words = ", ".join(f"{what} after {brief_length(length)}" for what, length in told if length is not None)
    return words[:1].upper() + words[1:]
