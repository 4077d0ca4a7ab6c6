"""People as a document names them: `Ana Ruiz (@ana)`, `@ana`, `Ana and Ben`, `[Ana](https://github.com/ana)`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from rules.blocks import Stretch
from rules.patterns import Pattern
from rules.postmortem import Person
from rules.source import Source
from rules.words import word_set

LOGIN = Pattern(r"(?<![\w@/.])@([A-Za-z0-9](?:[A-Za-z0-9-]{0,37}[A-Za-z0-9])?)(?![\w@]|\.\w)")
"""A mention. GitHub logins have at most 39 letters, digits and single hyphens."""

_AT = Pattern(LOGIN.pattern.removeprefix(r"(?<![\w@/.])"))  # begins with a character, for which a search is fast
_BEFORE_AT = Pattern(r"[\w@/.]")
_BETWEEN = Pattern(
    r"\s*(?:[,;\n]|\s/\s|&|\+|\s\b(?:and(?:/or)?|or)\b\s|\s\bund\b\s|\s\bet\b\s)\s*(?:and\s)?", re.IGNORECASE
)
_SLASH = Pattern(r"/(?=@)|(?<=[^\W\d_A-Z])/(?=[^\W\d_a-z])")
"""Between two people without blanks: `@ana/@ben`, `Ana Ruiz/Ben Okafor`; not in `CI/CD` or `@acme/sre`."""
_PROFILE = Pattern(r"https?://github\.com/([A-Za-z0-9-]{1,39})/?$")
_ADDRESS = Pattern(r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,8}")
_REMARK = Pattern(r"\([^()]{0,200}\)|<[^<>]{0,200}>|\[[^\[\]]{0,200}\]")
_SHORT_NAME = Pattern(
    r"(?P<given>[^\W\d_a-z][^\W\d_A-Z]{1,20}) [^\W\d_a-z]\.?"
    r"|(?:[^\W\d_a-z]\. ?){1,2}(?P<surname>[^\W\d_a-z][^\W\d_A-Z]{2,20})"
)
_COUNTED = frozenset({
    "annex", "appendix", "building", "class", "cluster", "exhibit", "figure", "grade", "group", "hall", "item", "level",
    "line", "option", "part", "phase", "plan", "region", "room", "section", "site", "stage", "step", "table", "team",
    "terminal", "tier", "track", "type", "unit", "version", "vitamin", "zone",
})  # fmt: skip
"""Things that are told apart by letters: `Phase B.`"""
_REGIONS = frozenset({
    "africa", "america", "asia", "california", "carolina", "dakota", "europe", "india", "ireland", "korea", "virginia",
})  # fmt: skip
"""Places before which a letter is a point of the compass: `N. Virginia`."""
_INITIALS = Pattern(r"[A-Z]{2,3}|[A-Z]Ma?c|[A-Z](?:v|vd|d|de)[A-Z]")
_ACRONYMS = (("given_names", "no_names"), ("given_names", "no_initials"), ("owners", "areas"), ("owners", "words"))
"""The lists of words among which what looks like initials is something else."""
_TOGETHER = Pattern(r"\s?[&/+,]\s?|\sand\s")
_NAME = Pattern(r"[^\W\d_a-z][^\W\d_A-Z]{1,20}(?:\s[^\W\d_a-z][\w'’-]{1,20})?")
_GROUPS = frozenset({"team", "teams", "squad", "guild", "crew", "ops", "engineers", "developers", "on-call", "oncall"})
_EVERYBODY = frozenset({"everyone", "everybody", "someone", "somebody", "anyone", "team", "all", "volunteers"})
_LONGEST_GROUP = 40  # characters
_MOST_PEOPLE = 200  # of one field
_PARTICLES = frozenset({"van", "von", "de", "der", "den", "da", "di", "del", "la", "le", "bin", "al", "ter", "ten"})
_NOBODY = Pattern(
    r"(?:tb[acd]|to be (?:decided|defined|determined|confirmed|assigned)|n/?a"
    r"|none|nobody|no ?one|unassigned|unknown|todo|done|completed?"
    r"|names?|assignee|[-–—?_.\s]*|\{\{.*|<.*"
    r"|@?(?:username|user|github[- ]?handle|your[- ]?name|name|login|owner))",
    re.IGNORECASE,
)


def is_nobody(text: str) -> bool:
    """Whether a value stands for a name that is still missing: `TBD`, `-`, `<names>`."""
    return _NOBODY.fullmatch(text.strip(" \t*_`[]().")) is not None


def logins_in(text: str) -> frozenset[str]:
    """The logins mentioned anywhere in a text, in lower case."""
    if "@" not in text:
        return frozenset()
    return frozenset(
        match[1].lower()
        for match in _AT.finditer(text)
        if not _BEFORE_AT.match(text[max(match.start() - 1, 0) : match.start()])
    )


def is_known_name(text: str) -> bool:
    """Whether a text is a person's name and nothing else: one or more capitalised words, the first a given name."""
    words = text.split()
    return (
        0 < len(words) <= 4
        and words[0].lower() in word_set("given_names", "names")
        and all(word[0].isupper() or word in _PARTICLES for word in words)
        and not any(character.isdigit() for character in text)
    )


def is_short_name(text: str) -> bool:
    """Whether a text is a name with its given name or its surname cut to an initial: `Rina P.`, `R. Patel`."""
    match = _SHORT_NAME.fullmatch(text)
    if match is None:
        return False
    if match["given"] is not None and is_known_name(match["given"]):
        return True
    word = (match["given"] or match["surname"]).lower()
    if (match["given"] is not None and text[-1] != ".") or word in _COUNTED or word in _REGIONS:
        return False
    lists = (("given_names", "no_names"), ("owners", "words"), ("owners", "areas"))
    return not any(word in word_set(name, kind) for name, kind in lists)


def are_initials(text: str) -> bool:
    """Whether a few capitals may be somebody's initials, and are no other acronym that is known: `JP`, `DMc`."""
    if _INITIALS.fullmatch(text) is None:
        return False
    word = text.lower()
    return not any(word in word_set(name, kind) for name, kind in _ACRONYMS)


def are_people(text: str, names: frozenset[str]) -> bool:
    """Whether a text is nothing but somebody's initials, or several names of which one at least is known."""
    parts = [part.strip() for part in _TOGETHER.split(text)]
    if len(parts) == 1:
        return are_initials(text)
    known = [part.lower() in names or is_known_name(part) or are_initials(part) for part in parts]
    return any(known) and all(
        sure or (_NAME.fullmatch(part) is not None and part.lower() not in word_set("given_names", "no_names"))
        for part, sure in zip(parts, known, strict=True)
    )


def is_group_name(text: str) -> bool:
    """Whether a text is a group's name and nothing else: `everyone`, `the team`, `Storage team`, `Depot Ops`.

    A lone word that may as well name what is worked on, such as `Security`, is none.
    """
    words = [word.lower() for word in text.removeprefix("the ").removeprefix("The ").split()]
    if not 0 < len(words) <= 4 or len(text) > _LONGEST_GROUP:
        return False
    if len(words) == 1:
        return words[0] in _EVERYBODY
    if not text[0].isupper() and not text.startswith("the "):
        return False
    return words[-1] in _GROUPS and words[0] not in word_set("actions", "verbs")


def people_in(source: Source, value: Stretch) -> tuple[Person, ...]:
    """The people in the value of a field, in order, of more than two hundred the first; placeholders are nobody."""
    people = (_person(source, part) for part in islice(parts_of(value), _MOST_PEOPLE))
    return tuple(person for person in people if person is not None)


def parts_of(value: Stretch) -> Iterator[Stretch]:
    """The value of a field with people in it, cut at commas and the like, but not inside brackets."""
    text = value.text[:2000]
    start = counted = depth = 0
    for match in _breaks_in(text):
        depth += _opened(text, counted, match.start())
        counted = match.start()
        if depth <= 0 and match.end() > match.start():
            yield value.part(start, match.start())
            start = match.end()
    yield value.part(start, len(text))


def _breaks_in(text: str) -> list[re.Match[str]]:
    """What sets people apart in a text, in order; a slash in an address does not."""
    found = list(_BETWEEN.finditer(text))
    if "/" not in text or "://" in text:
        return found
    return sorted((*found, *_SLASH.finditer(text)), key=lambda match: match.start())


def _opened(text: str, start: int, end: int) -> int:
    """How many more brackets are opened than closed in a stretch of text."""
    return sum(text.count(sign, start, end) for sign in "([") - sum(text.count(sign, start, end) for sign in ")]")


def _person(source: Source, part: Stretch) -> Person | None:
    part = part.trimmed(" \t\n.*_~:").trimmed()
    text = part.text
    if not text or is_nobody(text):
        return None
    login = _login(text) or next(
        (match[1] for mark in part.marks() if mark.kind == "link" and (match := _PROFILE.match(mark.target))), None
    )
    return Person(" ".join(text.split()), _name(text, login), login, source.span(*part.offsets()))


def _login(text: str) -> str | None:
    match = LOGIN.search(text)
    return match[1] if match else None


def _name(text: str, login: str | None) -> str:
    """The human name: without mention and remarks, else what stands in the brackets, else the login."""
    bare = _ADDRESS.sub(" ", LOGIN.sub(" ", text))
    outside = " ".join(_REMARK.sub(" ", bare).split()).strip(" -–—,()[]<>")
    inside = " ".join(bare.split()).strip(" -–—,()[]<>")
    return outside or inside or login or text
