"""Whether what an action item makes, holds or mends is something that nobody could point at."""

from __future__ import annotations

from rules.actions.phrases import Phrases, behind, behind_determiners, end_of, end_of_one, phrases_of, starts
from rules.actions.vague_grammar import grammar
from rules.patterns import Pattern
from rules.words import word_set

_SMALL = frozenset(("a", "an", "the", "our", "some", "any", "all", "further", "more", "regular"))
_OF_PEOPLE = frozenset(("team", "staff", "operational", "engineering", "company"))
_PAPERS = frozenset(("page", "document", "guide", "check"))  # behind "communication" they make a thing of it
_JOINED = frozenset(("and", "&", "/"))
_VAGUELY = Phrases(("around", "across", "accordingly", "where", "as", "to reflect", "to match"))
_INTO = Pattern(r"\b(?:to|for|by|from|with)\Z")
"""Behind these stands who gets a thing: "a report to management"."""
_NOTHING = Phrases(())


def makes_something_soft(body: str) -> bool:
    """Whether a verb such as "add" or "establish" has something soft for its object."""
    end = end_of(body, 0, _lists("making"))
    if end is None:
        return False
    start = end_of_one(body, end, _SMALL) or end
    soft = _lists("vague_adjectives", "amount_adjectives", "comparatives")
    things = behind(body, start, soft, 2)
    things = end_of_one(body, things, _OF_PEOPLE) or things
    if _is_thing(body, end_of(body, things, _lists("abstractions"))):
        return True
    if (qualified := end_of(body, start, soft)) is not None:
        reach = 0 if end_of(body, start, _lists("amount_adjectives")) == qualified else 2
        return any(end_of(body, each, _lists("fields", "abstractions")) for each in starts(body, qualified, reach))
    return _is_for_something_soft(body, start)


def holds_an_occasion(body: str) -> bool:
    """Whether a meeting, a training or an analysis is to be held."""
    end = end_of(body, 0, _lists("holding"))
    if end is None:
        return _is_an_occasion(body)
    start = end_of_one(body, end, _SMALL) or end
    return any(_is_occasion(body, end_of(body, each, _lists("occasions"))) for each in starts(body, start, 2))


def _is_occasion(body: str, end: int | None) -> bool:
    """Whether the word for one is not only what a thing is for: "a cleanup script"."""
    return end is not None and end_of_one(body, end, word_set("vague", "machines")) is None


def _is_an_occasion(body: str) -> bool:
    """Whether a title is the name of one, with what it is about: "a conversation with the vendor"."""
    start = end_of_one(body, 0, ("a", "an"))
    end = end_of(body, start, _lists("occasions")) if start is not None else None
    return end is not None and (end == len(body) or grammar().subject_of.match(body, end) is not None)


def mends_everything(body: str) -> bool:
    """Whether all gaps and issues are to be closed, whichever they are; or things alike to be looked at."""
    if grammar().elsewhere.match(body):
        return True
    end = end_of(body, 0, _lists("mending"))
    if end is None or grammar().particular.search(body, end):
        return False
    return any(
        end_of(body, each, _lists("faults")) is not None for each in starts(body, behind_determiners(body, end), 2)
    )


def names_an_activity(body: str) -> bool:
    """Whether a title has no verb, but names an activity without an end: "alert tuning", "resilience of the edge"."""
    position = end_of(body, 0, _lists("abstractions"))
    if position is not None and grammar().subject_of.match(body, position):
        return True
    verb = end_of(body, 0, _lists("making")) or end_of(body, 0, phrases_of("actions", "verbs"))
    for index, start in enumerate(starts(body, 0, 3)):
        end = end_of(body, start, _lists("activities")) if index else None
        if end == len(body) and (index == 1 or verb is None) and _INTO.search(body, 0, start) is None:
            return True
        if end is not None and verb is None and grammar().subject_of.match(body, end):
            return True
    return False


def is_only_a_field(body: str) -> bool:
    """Whether a title names a field of work and nothing else, with a verb or without: "update documentation"."""
    verb = end_of(body, 0, _lists("bare_verbs", "making")) or 0
    return any(_ends_with_fields(body, start) for start in {0, verb}) or _ends_in_improvement(body)


def has_field_object(body: str, end: int) -> bool:
    """Whether the object behind a verb's `end` is a field of work, alone or first."""
    start = behind_determiners(body, end)
    if any(_are_fields(body, each) for each in starts(body, start, 2)):
        return True
    second = next(iter(list(starts(body, 0, 1))[1:]), end)
    second = behind_determiners(body, second)
    return end_of(body, second, _lists("fields")) is not None


def _ends_with_fields(body: str, start: int) -> bool:
    position = behind(
        body,
        behind_determiners(body, start),
        _lists("qualifiers", "comparatives", "vague_adjectives", "amount_adjectives"),
        2,
    )
    return _are_fields(body, position, also=_VAGUELY)


def _are_fields(body: str, position: int, also: Phrases = _NOTHING) -> bool:
    """Whether fields of work, up to three, stand from here to the end, or to one of some words."""
    for _ in range(3):
        end = end_of(body, position, _lists("fields"))
        if end is None:
            return False
        end = end_of(body, end, _lists("tails")) or end
        rest = body[end:].lstrip()
        if not rest or end_of(body, end, also) is not None:
            return True
        joint = next((each for each in (*_JOINED, ",") if rest.startswith(each)), None)
        if joint is None:
            return False
        position = behind_determiners(body, len(body) - len(rest) + len(joint))
    return False


def _ends_in_improvement(body: str) -> bool:
    words = body.lower().split()
    return len(words) <= 5 and words[-1] in (
        "improvement", "improvements", "enhancement", "enhancements", "cleanup", "clean-up", "housekeeping"
    )  # fmt: skip


def _is_for_something_soft(body: str, start: int) -> bool:
    """Whether it is made "for resilience", or "with better …"."""
    for each in starts(body, start, 3):
        if (aim := end_of_one(body, each, ("for",))) is not None:
            thing = end_of(body, behind(body, aim, _lists("vague_adjectives"), 1), _lists("abstractions"))
            return thing == len(body)
        if (aid := end_of_one(body, each, ("with",))) is not None:
            return end_of(body, aid, _lists("comparatives")) is not None
    return False


def _is_thing(body: str, end: int | None) -> bool:
    return end is not None and end_of_one(body, end, _PAPERS | word_set("vague", "machines")) is None


def _lists(*keys: str) -> Phrases:
    return phrases_of("vague", *keys)
