"""Words of a timeline that weigh instead of telling."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from rules.once import words_by_passage, words_in
from rules.patterns import Pattern
from rules.phrases import PhraseList, Place, phrase_list
from rules.policy import Policy
from rules.postmortem import Passage, Postmortem, TimelineEntry
from rules.rule import Context, Problem, Severity, rule

_REACH = 300  # characters before a word in which somebody else may begin to speak
_NEGATED = Pattern(r"(?:\bnot|n['’]t|\bno|\bnever|\bmore|\bless|\bas)\s+(?:\w+\s+)?$", re.IGNORECASE)
_SPEAKER = Pattern(
    r"(?:^|[.!?\s\ufffc])(?:<?@?[\w.-]{1,40}>?(?:\s[\w.-]{1,40})?|says?|said|wrote|writes|posts?|posted|announced?|message)"
    r"(?:\s\([^()]{0,60}\))?\s?[:>]\s",
    re.IGNORECASE,
)
_REPORTED = Pattern(
    r"\b(?:sa(?:id|ys?|ying)|wrote|writ(?:es?|ing)|post(?:s|ed|ing)?|report(?:s|ed|ing)?|comment(?:s|ed|ing)?|repl(?:y|ies|ied)"
    r"|not(?:es|ed)|t(?:old|ells?)|announc(?:es?|ed)|mention(?:s|ed)?|add(?:s|ed)|remark(?:s|ed)?|ask(?:s|ed)?|tweet(?:s|ed)?"
    r"|messag(?:es|ed)|joke[sd]?|complain(?:s|ed)?|confirm(?:s|ed)?|admit(?:s|ted)?|exclaim(?:s|ed)?|thinks?|thought|answer(?:s|ed)?"
    r"|believe[sd]?|hears?|heard|learn(?:s|ed|t)?|quot(?:es|ed|ing)|according\s+to|reads?)\b[^.!?;\n]*$",
    re.IGNORECASE,
)
_PLAIN = Pattern(  # no judgement: "clearly visible", "the obviously-malformed header"
    r"\w+-\w|clearly\s+(?:visible|label|mark|legib|reada|audib|separat|defin|document|stat|show|see|distinguish|name|word)",
    re.IGNORECASE,
)
_FINALLY = PhraseList(("finally",))
_QUOTES = Pattern("[\"“”«»‘]|(?<!\\w)'|'(?!\\w)")


@rule("CO309", "timeline-editorial", Severity.WARNING)
def timeline_editorial(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """A timeline entry says how the writer feels about what happened.

    Why: a timeline is evidence, and "unfortunately" or "obviously" are judged from the end. Nothing was obvious at the
    time. Delete the word, or say what was seen. Quotations may say what they like.

    Bad:

    ```markdown
    ## Timeline

    - 10:32 The checkout error rate passes 5 %.
    - 10:36 Luckily `checkout-errors` pages the on-call engineer.
    - 11:14 The error rate is back at 0.1 %.
    ```

    Good:

    ```markdown
    ## Timeline

    - 10:32 The checkout error rate passes 5 %.
    - 10:36 `checkout-errors` pages the on-call engineer.
    - 11:14 The error rate is back at 0.1 %.
    ```
    """
    if postmortem.may_be_english:
        for entry, passage, place in _found(postmortem, phrase_list("timeline", "editorial")):
            yield Problem(
                passage.span(*place),
                f"“{passage.text[slice(*place)]}” judges what happened. "
                "Delete it, and let the entry say only what was seen or done.",
                subject=entry.text,
            )


@rule("CO310", "timeline-finally", Severity.OFF)
def timeline_finally(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """A timeline entry says "finally".

    Why: the word complains about how long it took, which the times show better. Off unless the policy turns it on, as
    it often means no more than "last".

    Bad:

    ```markdown
    ## Timeline

    - 10:32 The checkout error rate passes 5 %.
    - 10:36 `checkout-errors` finally pages the on-call engineer.
    - 11:14 The error rate is back at 0.1 %.
    ```

    Good:

    ```markdown
    ## Timeline

    - 10:32 The checkout error rate passes 5 %.
    - 10:36 `checkout-errors` pages the on-call engineer.
    - 11:14 The error rate is back at 0.1 %.
    ```
    """
    if postmortem.may_be_english:
        for entry, passage, place in _found(postmortem, _FINALLY):
            yield Problem(
                passage.span(*place),
                f"“{passage.text[slice(*place)]}” complains about the time it took, which the entries show. Delete it.",
                subject=entry.text,
            )


def _found(postmortem: Postmortem, words: PhraseList) -> Iterator[tuple[TimelineEntry, Passage, Place]]:
    """Where such words stand in entries, outside quotations and chat."""
    if not postmortem.timeline or not words.may_be_among(words_in(postmortem)):
        return
    entries = sorted(postmortem.timeline, key=lambda each: each.span[:2])
    starts = [entry.span[:2] for entry in entries]
    begin, end = starts[0], max(entry.span[2:] for entry in entries)
    for passage, seen in zip(postmortem.passages, words_by_passage(postmortem), strict=True):
        if passage.quoted or not words.may_begin_among(seen) or not words.may_be_among(frozenset(seen)):
            continue
        whole = passage.span(0, len(passage.text))
        if whole[2:] <= begin or whole[:2] >= end:
            continue
        places = tuple(words.places(passage.text))
        speakers = [each.end() for each in _SPEAKER.finditer(passage.text)] if places else []
        for place in places:
            span = passage.span(*place)
            index = bisect_right(starts, span[:2]) - 1
            if index >= 0 and span[:2] < entries[index].span[2:] and _is_own(passage.text, place, speakers):
                yield entries[index], passage, place


def _is_own(text: str, place: Place, speakers: Sequence[int]) -> bool:
    """Whether a word is the writer's own, and neither denied nor quoted; `speakers` are where those named end."""
    begin = max(place.start - _REACH, 0)
    index = bisect_right(speakers, place.start)
    if (index and speakers[index - 1] > begin) or _NEGATED.search(text[max(place.start - 40, 0) : place.start]):
        return False
    if _PLAIN.match(text, place.start) or _is_reported(text[begin : place.start]):
        return False
    return len(_QUOTES.findall(text, begin, place.start)) % 2 == 0


def _is_reported(before: str) -> bool:
    """Whether somebody else is said to have said it: “Ana wrote that luckily …”, “according to the vendor …”.

    A comma in front of the word, with a clause of its own before it, gives the word back to the writer: “Ana wrote to
    support, unfortunately …”.
    """
    reported = _REPORTED.search(before)
    return reported is not None and (
        " that " in f"{reported[0]} " or "," not in reported[0] or before.rstrip()[-1:] != ","
    )
