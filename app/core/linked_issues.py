"""The issues that an action item links, of its own repository, and which of them it only mentions."""

from __future__ import annotations

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
_PARTING = re.compile(r"[.!?](?:\s|$)|[,;:|()–—]|\s-\s|\n\s*(?:[-*+]\s|\d+[.)]\s|\n)")
_WORD = re.compile(r"\w+(?:-\w+)*")
_COLON = re.compile(r":[*_ \t]*$")
_MOST_LINKS = 500  # of an item, that are looked at one by one
_NEAR = 200  # characters before a link that are looked at


def numbers_linked(links: Iterable[str], repository: Repository) -> tuple[int, ...]:
    """Numbers of the issues of this repository among the links (`#12`, `acme/shop#12`, addresses), in their order."""
    found = []
    for link in links:
        match = _SHORT.fullmatch(link.strip()) or _ADDRESS.fullmatch(link.strip())
        names = {repository.full_name.casefold(), repository.url.casefold(), ""}
        if match and (match["repository"] or "").casefold() in names:
            found.append(int(match["number"]))
    return tuple(dict.fromkeys(found))


def links_of_its_own(text: str, links: Iterable[str]) -> tuple[str, ...]:
    """The links of an item without those of other things: `blocked by #12`, `like the one from #12`, `after #12`.

    `text` is the item as it stands in the document. A link that is also there without such words before it stays, and
    so does what comes after many others.
    """
    links = tuple(links)
    if not links:
        return ()
    is_own: dict[str, list[bool]] = defaultdict(list)
    for match in islice(_LINK.finditer(text), _MOST_LINKS):
        is_own[match[0].rstrip(".,;:")].append(not _is_of_another(text[max(0, match.start() - _NEAR) : match.start()]))
    return tuple(link for link in links if any(is_own.get(link, [True])))


def _is_of_another(before: str) -> bool:
    """Whether the words before a link say that the issue is another thing."""
    words = _clause(before)
    if _begins_with_need(words):
        return True
    while words:
        if _is_phrase(words, "others") or _is_phrase(words, "needed"):
            return True
        if words[-1] not in word_set("actions", "between"):
            return False
        words = words[:-1]
    return False


def _begins_with_need(words: Sequence[str]) -> bool:
    """Whether a clause says what the item needs (`which is blocked by`), not what it is about (`alert when`)."""
    for start in range(len(words)):
        if any(" ".join(words[start : start + length]) in word_set("actions", "needed") for length in (1, 2)):
            return True
        if words[start] not in word_set("actions", "before_needed"):
            return False
    return False


def _is_phrase(words: Sequence[str], key: str) -> bool:
    return any(" ".join(words[-length:]) in word_set("actions", key) for length in (1, 2) if length <= len(words))


def _clause(before: str) -> list[str]:
    """The words right before a link that speak of it, without the other links of a list."""
    rest = _LABEL.sub("", before)
    while earlier := _EARLIER.search(rest):
        rest = _LABEL.sub("", rest[: earlier.start()])
    return _WORD.findall(_PARTING.split(_COLON.sub("", rest))[-1].casefold())
