"""Fragments of Markdown, laid over a complete good postmortem."""

from __future__ import annotations

import re

from tests.postmortems import HEADLINE, good_postmortem

_BULLET = re.compile(r"^- ([\w ]+?):[ \t]*(.*)$", re.MULTILINE)
_REMOVED = "<!-- remove this section -->"


def overlay(fragment: str) -> str:
    """The good postmortem with the fragment's front matter, title, bullets and sections in place of its own.

    Front matter takes the place of the bullets of the same name.
    """
    front, rest = _split_front_matter(fragment)
    head, *parts = re.split(r"^## ", rest, flags=re.MULTILINE)
    title = re.search(r"^# Postmortem:[ \t]*(.*)$", head, re.MULTILINE)
    bodies = dict(part.split("\n", 1) for part in parts)
    sections = {name: None if body.strip() == _REMOVED else body.strip() for name, body in bodies.items()}
    metadata: dict[str, str | None] = dict(_BULLET.findall(head))
    metadata |= {key.capitalize(): None for key in re.findall(r"^(\w+):", front, re.MULTILINE)}
    return good_postmortem(
        headline=title[1] if title else HEADLINE, metadata=metadata, sections=sections, front_matter=front
    )


def _split_front_matter(fragment: str) -> tuple[str, str]:
    match = re.match(r"---\n(.*?)\n---\n", fragment, re.DOTALL)
    return (match[1], fragment[match.end() :]) if match else ("", fragment)
