"""The issues that an action item links, of its own repository."""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.core.facts import Repository

_SHORT = re.compile(r"(?P<repository>[\w.-]+/[\w.-]+)?#(?P<number>\d{1,9})")
_ADDRESS = re.compile(r"(?P<repository>https?://\S+?)/issues/(?P<number>\d{1,9})(?:[?#/]\S*)?")


def numbers_linked(links: Iterable[str], repository: Repository) -> tuple[int, ...]:
    """Numbers of the issues of this repository among the links (`#12`, `acme/shop#12`, addresses), in their order."""
    found = []
    for link in links:
        match = _SHORT.fullmatch(link.strip()) or _ADDRESS.fullmatch(link.strip())
        names = {repository.full_name.casefold(), repository.url.casefold(), ""}
        if match and (match["repository"] or "").casefold() in names:
            found.append(int(match["number"]))
    return tuple(dict.fromkeys(found))
