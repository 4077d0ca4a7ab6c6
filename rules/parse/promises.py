"""What looks like a promise: how it begins, what is written around it. By grammar and fields, not by its heading."""

from __future__ import annotations

import re
from typing import NamedTuple

from rules.blocks import Stretch
from rules.parse.action_facts import Facts
from rules.parse.action_text import read_line
from rules.parse.action_verbs import is_verb
from rules.parse.timeline_events import has_clock
from rules.patterns import Pattern

_FIELDS = frozenset({"owner", "due", "priority", "criterion"})
_LONGEST = 1500
_SHORTEST_DEED = 5
_SIGN_OF_FIELD = Pattern(r"[\d@(\[:=|•·→⇒\t—]|\s[-–]\s|,\s")
"""Without any of these a line holds no field that is not its whole text."""

_FUTURE = Pattern(
    r"\b(?:will|shall|should|must|needs? to|has to|have to|(?:is|are|am|'re|’re) (?:going to|planning|looking|to be)\b"
    r"|(?:still )?plan(?:s|ned)? to|planned|intends? to|to be \w+(?:ed|en)\b|gonna|let['’]s)(?=\W)",
    re.IGNORECASE,
)
_ADDRESSED = Pattern(r"(?:the )?[^\W\d_]\w*(?: [\w.&'’-]+){0,3}?(?: to |: ?(?:to )?)(?P<verb>[a-z-]+)\b", re.IGNORECASE)
_PAST = Pattern(
    r"(?:we|i|they|it|he|she|everyone)(?: (?:also|then|have|had|has|already|manually))? "
    r"(?:\w+ed|went|got|had|did|made|took|put|told|wrote|sent|found|ran|was|were|saw|lost|set|held|kept|built|knew)\b"
    r"|[^\n.;:]{1,60}\b(?:was|were|has been|have been|had)\b",
    re.IGNORECASE,
)
_DONE = Pattern(r"[^\W\d_]+(?:ed|ted)\b", re.IGNORECASE)
_ONE_THING = Pattern(r"(?:the|our|its|an?) (?!following|above|below|next|same)[\w-]", re.IGNORECASE)
_TAG = Pattern(r"\A\[[^\[\]]{1,30}\][:\s]{1,3}")
"""What sorts an item, before its own words: `[PoMo] Add …`."""
_POLITE = Pattern(
    r"(?:please|also|then|to|and|first|finally|we should|better|consider(?:ing)?|further|fully|properly"
    r"|regularly|periodically|routinely|continuously|continually|proactively|actively|frequently|consistently) ",
    re.IGNORECASE,
)


class Look(NamedTuple):
    """What speaks for a text being a promise, and what against it.

    Attributes:
        fielded: it has an owner, a deadline, a priority, a criterion, a ticket or a box.
        promising: it begins as a promise does, or says what will be.
        against: it asks, tells a time, or tells what has been.
        dated: it has both an owner and a deadline.
        weakly: `against` may be wrong: it only begins with a word such as `Enhanced`.
    """

    fielded: bool
    promising: bool
    against: bool
    dated: bool = False
    weakly: bool = False

    @property
    def likely(self) -> bool:
        """Whether it looks like a promise."""
        return (self.fielded or self.promising) and not self.against


def look_at(line: Stretch, *, ticked: bool | None = None) -> Look:
    """How a line or paragraph looks that may be an item."""
    text = line.text
    if not text or len(text) > _LONGEST:
        return Look(False, False, False)
    if text.rstrip(" *_)").endswith("?"):
        return Look(False, False, True)
    if has_clock(text):
        return Look(False, False, True)
    facts, title = Facts(), text
    if ticked is not None or _SIGN_OF_FIELD.search(text) is not None:
        read_line(facts, line)
        title = facts.title_text() if facts.title is not None else ""
    if not title:
        return Look(False, False, True)  # a field without an action
    links = any(not value.text.startswith("http") for value in facts.values.get("link", ()))
    fielded = ticked is not None or links or bool(_FIELDS & facts.values.keys())
    dated = "due" in facts.values and "owner" in facts.values
    if begins_with_verb(title) or _FUTURE.search(title):
        return Look(fielded, True, False, dated)
    if _PAST.match(title) or (_DONE.match(title) and not begins_with_verb(title)):
        return Look(fielded, False, not dated, dated, weakly=_PAST.match(title) is None)
    return Look(fielded, False, False, dated)


def says_future(text: str) -> bool:
    """Whether a text says what will, shall or must be."""
    return _FUTURE.search(text) is not None


def asks_or_tells(text: str) -> bool:
    """Whether a text is a question, or tells what has been."""
    if text.rstrip(" *_)").endswith("?"):
        return True
    return _PAST.match(text) is not None and _FUTURE.search(text) is None


def begins_with_verb(text: str) -> bool:
    """Whether a text begins as an instruction: `Add …`, `Adding …`, `To add …`, `Ana to add …`, `Ana: add …`."""
    text = _TAG.sub("", text[:200].lstrip(" *_`\"'“✅✔☑\ufe0f"), count=1)
    for _ in range(3):
        if (polite := _POLITE.match(text)) is None:
            break
        text = text[polite.end() :]
    first = text.partition(" ")[0].strip(".,:;")
    if is_verb(first):
        return True
    addressed = _ADDRESSED.match(text)
    return addressed is not None and is_verb(addressed["verb"]) and not tells_deed(first)


def tells_deed(word: str) -> bool:
    """Whether a word is the past of a verb by which actions are promised: `Updated`, `Dropped`, `Retried`."""
    word = word.lower()
    if not word.endswith("ed") or len(word) < _SHORTEST_DEED:
        return False
    stem = word[:-2]
    return is_verb(stem) or is_verb(word[:-1]) or is_verb(stem[:-1]) or (stem[-1] == "i" and is_verb(stem[:-1] + "y"))


def tells_what_became_of_thing(line: Stretch) -> bool:
    """Whether a line tells what was done to a thing that it names, `Updated `deploy.sh``, `Reduced the cache`.

    `Updated documentation` may as well be what is asked for.
    """
    verb, _, thing = line.text.partition(" ")
    if not tells_deed(verb):
        return False
    return _ONE_THING.match(thing) is not None or line.part(len(verb)).trimmed().leading("code") is not None
