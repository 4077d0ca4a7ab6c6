"""Titles that name what will be there, though their verbs are soft: "standardise all tills on firmware 4"."""

from __future__ import annotations

import re

from rules.actions.vague_grammar import tells_figure
from rules.patterns import Pattern

_IN_PLACE_OF = Pattern(
    r"\b(?:instead of|rather than|in place of)\b[^.;]{0,60}?(?:\b[A-Z]{3,}\b|\b[a-z]+[A-Z]\w|\w[_(/]\w|\w\(\))"
)
"""What a thing is to stand in place of, by its name in a program."""
_SWITCHES_ON = Pattern(
    r"(?:enable|activate|turn on|switch on)\s(?:the\s|our\s)?(?:(?:automated|automatic|scheduled|daily|nightly)\s)?"
    r"(?:(?:database|db|server|disk|volume|vm)\s)?(?:backups?|snapshots?|failover|rollbacks?)\b(?!\s+(?:and|or|&)\b)"
)
"""What is on or off, as anybody can see."""
_SEEKS = Pattern(
    r"(?:look|looking)\sfor\s(?!ways?\b|how\b).{1,80}?"
    r"\b(?:with|offering|providing|guaranteeing|supporting|(?:that|which|who)\s(?:offers?|has|have|provides?|guarantees?"
    r"|supports?))\s"
)
"""A thing that is looked for by what it must offer."""
_ALIKE = r"(?:standardi[sz]e|harmoni[sz]e|unify)"
_SETTLES_ON = Pattern(
    rf"(?:{_ALIKE}|consolidate)\s.{{2,80}}?\s(?:on|onto)\s"
    r"(?!(?:an?\s|the\s|our\s|some\s|more\s|better\s|best\s|good\s)*(?:[\w-]+\s)?"
    r"(?:practi[cs]es?|standards?|basis|approach(?:es)?|process(?:es)?|patterns?|ways?|guidelines?|solutions?|top)\b)"
)
"""What all of some things are to be, by its name."""
_PAPER = r"(?:playbooks?|runbooks?|checklists?|templates?|forms?|manuals?|agreements?|contracts?|charters?|rotas?)"
_FORMALISES = Pattern(
    rf"formali[sz]e\s(?:an?\s|the\s|our\s)?(?:[\w'’/-]+\s){{1,4}}?{_PAPER}\s(?:for|of|with|between|as)\s\w"
    rf"|{_ALIKE}\s(?:the\s|our\s|all\s)?(?:[\w'’/-]+\s){{1,4}}?(?:configurations?|configs?|settings|versions?|names"
    r"|naming|labels|formats?|layouts?|schemas?|tags|headers|units|thresholds|timeouts?|time\s?zones?|clocks|templates?"
    r"|forms)\s(?:across|between|in|of|for|on)\s(?:all|both|every|each|the|our|\d)\b"
)
"""A paper that is named with what it is for, and settings that are to be the same in all of some things."""
_MAKES_SO = Pattern(
    r"make\s.{2,80}\s(?:mandatory|required|compulsory|impossible|read-only|opt-in|opt-out|blocking|immutable|idempotent"
    r"|the default|private)(?=$|\s(?:for|in|on|before|when|by)\b)"
)
"""What a thing is or isn't, with nothing between."""
_NOW = Pattern(r"(?!we\b|i\b)[^,.;:]{2,60}?\s(?:is|are|has|have)\snow\s(?!to\b)")
"""What is so already."""
_FOR_OTHERS = Pattern(r"\sto (?:allow|let|enable|permit|give)\b", re.IGNORECASE)


def names_its_end(body: str) -> bool:
    """Whether a title, cut down to its main clause, names what will be there, or what is so already."""
    if any(each.match(body) for each in (_SWITCHES_ON, _SETTLES_ON, _FORMALISES, _MAKES_SO)):
        return True
    if " now " in body and _NOW.match(body):
        return True
    sought = _SEEKS.match(body)  # "look for a carrier that offers at least 99.9 %"
    return sought is not None and tells_figure(body[sought.end() :])


def puts_in_place(text: str, start: int) -> bool:
    """Whether a thing is put in the place of one that is called by its name in a program."""
    return _IN_PLACE_OF.search(text, start) is not None


def before_purpose(clause: str) -> str:
    """A clause up to what it allows to others, who do it "over time" if they like."""
    purpose = _FOR_OTHERS.search(clause)
    return clause[: purpose.start()] if purpose is not None else clause
