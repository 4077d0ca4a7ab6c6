"""The issues that an action item links, of its own repository, and which of them it only mentions."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice

from app.core.facts import Repository
from rules.words import word_set

_SHORT = re.compile(r"(?P<repository>[\w.-]+/[\w.-]+)?#(?P<number>\d{1,9})")
_ADDRESS = re.compile(r"(?P<repository>https?://\S+?)/issues/(?P<number>\d{1,9})(?:[?#/]\S*)?")

_LINK = re.compile(r"https?://[^\s<>()\[\]\"'`|]{1,2000}|(?<![\w&/])(?:[\w.-]{1,100}/[\w.-]{1,100})?#\d{1,9}\b")
_LABEL = re.compile(r"\[[^\[\]]*\]\($|[\[<]$")  # what Markdown has before a link's address: `[the words](`
_EARLIER = re.compile(  # another link, and what joins the next one to it: `#11, ` or `[#11](address) and `
    r"(?:#\d{1,9}\]?|https?://\S+)(?:\([^()\s]*)?\)?\s*(?:,\s*(?:and|or)\b|,|/|&|\band\b|\bor\b)\s*\[?$"
)
_PARTING = re.compile(
    r"(?<!\b[Cc]f)(?<!\b[Ee]\.g)(?<!\b[Vv]s)[.!?](?:\s|$)|[,;:|()–—]|\s-\s|\n\s*(?:[-*+]\s|\d+[.)]\s|\n)"
)
_WORD = re.compile(r"\w+(?:-\w+)*")
_BEHIND = re.compile(r"[\]>]?(?:\([^()\s]*\))?[*_]{0,3}[ \t]+(?P<words>\w+(?:[ \t]+[\w-]+){0,2})")
_COLON = re.compile(r":[*_ \t]*$")
_FIELD = re.compile(r":[^:\n]*$")  # what stands before its value, or before the last one of them
_MOST_LINKS = 500  # of an item, that are looked at one by one
_IS = frozenset({"is", "are", "has", "have", "gets"})
_LONGEST_THING = 2  # words of what an issue may be besides
_LONGEST_PAST = 3  # `was fixed by`
_NEAR = 200  # characters before a link that are looked at
_MOST_BEFORE_NEED = 3  # words of a remark: `the team is waiting for`
_SUBORDINATE = frozenset({"which", "while", "since", "because", "although", "whereas", "as", "depending", "but"})
_CONDITION = frozenset({"so", "if", "when", "whenever", "where", "that"})
_OF_THE_ACTION = frozenset({"duplicates", "related", "not"})  # where it is no remark: `remove duplicates`


def numbers_linked(links: Iterable[str], repository: Repository) -> tuple[int, ...]:
    """Numbers of the issues of this repository among the links (`#12`, `acme/shop#12`, addresses), in their order."""
    found = []
    for link in links:
        match = _SHORT.fullmatch(link.strip()) or _ADDRESS.fullmatch(link.strip())
        names = {repository.full_name.casefold(), repository.url.casefold(), ""}
        if match and (match["repository"] or "").casefold() in names:
            found.append(int(match["number"]))
    return tuple(dict.fromkeys(found))


def links_of_its_own(text: str, links: Iterable[str], linked_beside: Iterable[tuple[str, str]] = ()) -> tuple[str, ...]:
    """The links of an item without those of other things: `blocked by #12`, `like that from #12`, `#12 only moved it`.

    `text` is the item as it stands in the document; `linked_beside` has the links in columns of its table, each with
    what the column is called. A link that is also there without such words stays, and so does
    what comes after many others.
    """
    others = {link for name, link in linked_beside if _is_of_another(f"{name}: ")}
    links = tuple(link for link in links if link not in others)
    if not links:
        return ()
    is_own: dict[str, list[bool]] = defaultdict(list)
    for match in islice(_LINK.finditer(text), _MOST_LINKS):
        before, behind = text[max(0, match.start() - _NEAR) : match.start()], text[match.end() : match.end() + _NEAR]
        is_own[match[0].rstrip(".,;:")].append(not (_is_of_another(before) or _is_told_of(before, behind)))
    return tuple(link for link in links if any(is_own.get(link, [True])))


def links_it_is_tracked_by(
    text: str, links: Iterable[str], linked_beside: Iterable[tuple[str, str]] = ()
) -> tuple[str, ...]:
    """Those of the links of its own that the item says it is tracked by: `Issue: #12`, or `(tracked in #12)`.

    The arguments are those of `links_of_its_own`, but for `links`, which are what that returns.
    """
    tracked = {link for name, link in linked_beside if _is_tracker(f"{name}: ")}
    for match in islice(_LINK.finditer(text), _MOST_LINKS):
        if _is_tracker(text[max(0, match.start() - _NEAR) : match.start()]):
            tracked.add(match[0].rstrip(".,;:"))
    return tuple(link for link in links if link in tracked)


def _is_tracker(before: str) -> bool:
    """Whether the words before a link are a field for where the item is tracked, or say that."""
    words, is_remark = _clause(before)
    is_field = " ".join(words) in word_set("actions", "trackers") and _FIELD.search(before) is not None
    around = word_set("actions", "around_tracked")
    core = " ".join(itertools.dropwhile(lambda word: word in around, words))
    return is_field or (is_remark and core in word_set("actions", "tracked"))


def _is_of_another(before: str) -> bool:
    """Whether the words before a link say that the issue is another thing."""
    words, is_remark = _clause(before)
    if _begins_with_need(words) or _is_other_thing(words) or _tells_what_was(words):
        return True
    if _tells_need(_remark_in(words) or (words if is_remark else [])):
        return True
    own = frozenset() if is_remark or len(words) == 1 else _OF_THE_ACTION
    while words:
        if words[-1] not in own and (_is_phrase(words, "others") or _is_phrase(words, "needed")):
            return True
        if words[-1] not in word_set("actions", "between"):
            return False
        words = words[:-1]
    return False


def _begins_with_need(words: Sequence[str]) -> bool:
    """Whether a clause says what the item needs (`still blocked by`), not what it is about (`alert when`)."""
    for start in range(len(words)):
        if _is_need(words, start):
            return True
        if words[start] not in word_set("actions", "before_needed"):
            return False
    return False


def _tells_need(words: Sequence[str]) -> bool:
    """Whether a remark beside the action says so, whoever it is that waits: `the team is waiting for`."""
    if words[:1] in (["needs"], ["requires"]):
        return True
    before = itertools.takewhile(lambda start: words[start] not in _CONDITION, range(len(words)))
    return any(_is_need(words, start) for start in islice(before, _MOST_BEFORE_NEED + 1))


def _is_need(words: Sequence[str], start: int) -> bool:
    return any(" ".join(words[start : start + length]) in word_set("actions", "needed") for length in (1, 2))


def _is_other_thing(words: Sequence[str]) -> bool:
    """Whether a clause holds nothing but what the issue is, and that is no work to be done: `the incident in`."""
    around = word_set("actions", "around_things")
    core = [word for word in words if word not in around]
    return 0 < len(core) <= _LONGEST_THING and " ".join(core) in word_set("actions", "other_things")


def _tells_what_was(words: Sequence[str]) -> bool:
    """Whether a clause tells what has been done, and ends with where or by what: `was fixed by`, `we raised it in`.

    Where it only tells that it was noted there, the issue may be the item's: `was filed in`.
    """
    if len(words) < _LONGEST_PAST or words[-1] not in word_set("actions", "means"):
        return False
    noted = word_set("actions", "noted") if words[-1] != "by" else {"tracked"}
    if not {"was", "were", "been"}.isdisjoint(words[-4:-2]):
        return words[-2] not in noted
    after_us = [verb for subject, verb in itertools.pairwise(words) if subject in {"we", "i", "they"}]
    return any(verb.endswith("ed") or verb in word_set("actions", "did") for verb in after_us if verb not in noted)


def _is_told_of(before: str, behind: str) -> bool:
    """Whether the words behind a link tell what the issue did, or that it is another thing: `#12 is the incident`."""
    if before.endswith("]("):
        behind = behind.removeprefix(")")
    match = _BEHIND.match(behind)  # not behind brackets: there the item's own words go on
    words = match["words"].casefold().split() if match else []
    if words[:1] == ["is"] and _is_other_thing(words[1:]):
        return True
    verb = next((word for word in words if word not in word_set("actions", "before_did")), "")
    if words[:1] and words[0] in word_set("actions", "falls_short") and verb.endswith("ed"):
        return True
    return verb in word_set("actions", "over" if not _IS.isdisjoint(words[:1]) else "did")


def _is_phrase(words: Sequence[str], key: str) -> bool:
    return any(" ".join(words[-length:]) in word_set("actions", key) for length in (1, 2, 3) if length <= len(words))


def _clause(before: str) -> tuple[list[str], bool]:
    """The words right before a link that speak of it, without the other links of a list, and whether they are a remark.

    A remark stands behind the action: in brackets, behind a comma, or in a sentence of its own.
    """
    rest = _LABEL.sub("", before)
    while earlier := _EARLIER.search(rest):
        rest = _LABEL.sub("", rest[: earlier.start()])
    *action, last = _PARTING.split(_COLON.sub("", rest))
    return _WORD.findall(last.casefold()), any(map(_WORD.search, action))


def _remark_in(words: Sequence[str]) -> Sequence[str]:
    """What a clause remarks behind the action without a comma: `… while blocked by`; nothing where it does not."""
    starts = [start for start, word in enumerate(words) if start and word in _SUBORDINATE]
    if not starts:
        return []
    return words[starts[-1] + (words[starts[-1]] != "depending") :]
