"""Heads of groups of action items: whose they are, by when, how urgent; and headings that head no items at all."""

from __future__ import annotations

import re

from rules.blocks import Block, Stretch, first_line
from rules.headings import is_aside as is_aside_title
from rules.parse.action_facts import Facts
from rules.parse.action_making import Group
from rules.parse.action_text import is_field_line, read_detail, read_line
from rules.parse.action_words import field_named, words_of
from rules.parse.dates import date_of, find_day
from rules.parse.labels import label_at
from rules.parse.part import Part
from rules.parse.people import are_people, is_known_name
from rules.parse.promises import begins_with_verb
from rules.patterns import Pattern
from rules.words import word_set

_ONLY_MENTIONS = Pattern(r"@[A-Za-z0-9-]{1,39}(?:\s?(?:,|&|and|/)\s?@[A-Za-z0-9-]{1,39}){0,5}:?")
_TEAM = Pattern(r"(?:the )?(?:[\w&-]+ ){0,3}(?:team|squad)", re.IGNORECASE)
_LEVEL = Pattern(r"(?<![\w-])p[0-9](?![\w.])", re.IGNORECASE)
_URGENCY = Pattern(r"\b(highest|high|medium|low|critical)[ -](?:priority|urgency)\b", re.IGNORECASE)
_DUE_SENTENCE = Pattern(
    r"(?:all|these|the)\b[^.:]{0,60}\b(?:due|done|complete|completed|finished|closed)\b[^.:]{0,30}", re.IGNORECASE
)
_HORIZON = Pattern(
    r"(?:immediate|short|medium|mid|long|near)(?:ly)?\b|(?:this|next) (?:week|sprint|month|quarter)\b"
    r"|prevent|detect|mitigat|process(?:es)?\b|documentation\b|technical\b|monitoring\b|improvements?\b|repair\b|other\b|misc",
    re.IGNORECASE,
)
_FINISHED = Pattern(
    r"(?:(?:what|which|all|actions?|items?|things|steps|tasks|already|has|have|been|is|was|that|we"
    r"|corrective|preventative|preventive|immediate|measures?|fix(?:es)?|changes) ){0,4}"
    r"(?:completed?|done|finished|implemented|shipped|applied|taken care of)"
    r"(?: (?:so far|already|items?|actions?|tasks?|steps|work|since)){0,2}[\s:.✅✔☑]*",
    re.IGNORECASE,
)
_TAKEN = Pattern(
    r"(?=(?:[\w'’-]+ ){0,8}(?:actions?|measures?|steps?|what)\b)"
    r"(?:(?:what|which|that|all|the|we|i|were|have|has|been|already|immediate"
    r"|initial|first|short[- ]term|emergency|corrective|remedial|mitigation|remediation|recovery|containment|actions?"
    r"|measures?|steps?)(?:['’]ve)? ){1,6}taken(?: (?:so far|already|immediately|at once|to date))?\W*"
    r"|what (?:we|i)(?:['’]ve| have)? (?:already )?(?:did|done|fixed|changed|shipped)"
    r"(?: (?:so far|already|since|to date))?\W*",
    re.IGNORECASE,
)
"""What heads measures that were taken: `Immediate actions taken`, `What we did`; those that prevent may be promised."""
_FINISHED_BEHIND = Pattern(
    r"[^()\n]{2,60}\((?:(?:all|now|already|since|both) )?(?:completed?|done|finished|implemented|shipped|applied)"
    r"[\s✅✔☑]*\)",
    re.IGNORECASE,
)
"""What sorts items, and says in brackets behind it that they are done: `Immediate (completed)`."""
_STATE = Pattern(
    r"done|completed|finished|in progress|ongoing|to ?do|open|pending|not started|planned|next", re.IGNORECASE
)
"""What stands on a line of its own above the items of which it is the state."""
_LONGEST = 80
_FEWEST_SORTED = 2
_SORT = Pattern(
    r"(?:prevent(?:ion|ive|ative)?|detect(?:ion|ive)?|mitigat(?:e|ion)|correct(?:ive)?|process(?:es)?|documentation"
    r"|technical|monitoring|people|tooling|immediate(?:ly)?|(?:short|medium|mid|long|near)[- ]?term|later|other"
    r"|(?:this|next) (?:week|sprint|month|quarter))"
    r"(?: (?:actions?|items?|measures?|improvements?|fixes|changes|tasks))?",
    re.IGNORECASE,
)
"""What sorts the bullets below it, whether it is marked as a head or not."""


def is_person(text: str, names: frozenset[str]) -> bool:
    """Whether a heading or bullet is nothing but somebody's name, or a team's."""
    bare = text.strip(" :*_")
    if not bare or len(bare) > _LONGEST:
        return False
    return (
        _ONLY_MENTIONS.fullmatch(bare) is not None
        or bare.lower() in names
        or is_known_name(bare)
        or are_people(bare, names)
        or _TEAM.fullmatch(bare) is not None
    )


def heads_group(line: Stretch, below: list[Block], names: frozenset[str], *, task: bool) -> bool:
    """Whether a bullet is only the head of the bullets below it; a checkbox heads nothing but checkboxes."""
    nested = [item for block in below for item in block.children]
    if task and any(item.ticked is None for item in nested):
        return False
    if any(is_field_line(first_line(item)) for item in nested):
        return False
    if is_person(line.text, names) or line.text.endswith(":"):
        return True
    strong = line.leading("strong")
    if strong is not None and (strong.end >= line.end or _sorts_by_priority(line, nested)):
        return True
    return not task and _SORT.fullmatch(line.text) is not None


def _sorts_by_priority(line: Stretch, nested: list[Block]) -> bool:
    """Whether a head that asks for nothing has only a priority behind it, and each bullet below it asks for something.

    So it is how urgent these are: `**Monitoring** (Priority: high)`.
    """
    if begins_with_verb(line.text) or not all(begins_with_verb(first_line(item).text) for item in nested):
        return False
    facts = Facts()
    read_line(facts, line)
    return facts.values.keys() == {"priority"} and len(nested) >= _FEWEST_SORTED


def is_lone_head(text: str) -> bool:
    """Whether an item with nothing below it is but the head of what follows (`Immediate actions:`)."""
    bare = text.strip(" *_")
    return bare.endswith(":") and len(bare.split()) <= 6 and "@" not in bare


def is_aside(part: Part) -> bool:
    """Whether a heading among action items announces something else, such as `Success metrics`."""
    if part.kind is not None or not part.title:
        return False
    if is_finished(part.title) and _has_boxes(part):
        return False
    title = part.title.strip(" :").lower()
    return field_named(title) in ("criterion", "due", "status", "link", "owner") or (
        title in words_of("aside") or is_aside_title(title)
    )


def _has_boxes(part: Part) -> bool:
    """Whether the lists of a part are boxes to tick, so that what is ticked is an item."""
    items = [item for block in part.blocks if block.kind == "list" for item in block.children]
    return bool(items) and all(item.ticked is not None for item in items)


def is_horizon(title: str) -> bool:
    """Whether a heading sorts items by when or what for, rather than being one."""
    return _HORIZON.match(title.strip(" *_")) is not None or len(title.split()) <= 2


def group_of(part: Part, names: frozenset[str]) -> Group:
    """What a part's title says of the items below it."""
    title = part.words.whole().trimmed()
    if not title.text:
        return Group()
    if is_finished(title.text):
        return Group(done=True)
    if part.kind is None and (is_person(title.text, names) or _is_among_people(part, names)):
        return Group(owner=title)
    facts = Facts()
    read_line(facts, title)
    label = label_at(title)
    owner = label.value if label and label.value.text and field_named(label.text.text) == "owner" else None
    due = facts.values.get("due", [None])[0]
    dated = due if due and date_of(due.text) else None
    return Group(owner, dated, facts.values.get("priority", [None])[0] or _priority_in(title))


def says_finished(block: Block) -> bool | None:
    """Whether the words that lead on to a list say that its items are done; None if they lead on to nothing."""
    text = block.inline.text.strip(" *_\n") if block.kind == "paragraph" else ""
    if _STATE.fullmatch(text) is not None:
        return is_finished(text)
    if not text.endswith(":") or len(text) > _LONGEST or "\n" in text:
        return None
    return is_finished(text)


def is_finished(title: str) -> bool:
    """Whether a heading says that the items below it are done: `Already completed`, `Fixes applied`."""
    if len(title) > _LONGEST:
        return False
    bare = title.strip(" *_:✅✔☑")
    if _FINISHED.fullmatch(bare) is not None or _TAKEN.fullmatch(bare) is not None:
        return True
    return bare.endswith(")") and _FINISHED_BEHIND.fullmatch(bare) is not None


def _is_among_people(part: Part, names: frozenset[str]) -> bool:
    """Whether a heading of two or three capitalised words stands beside one that is somebody's name."""
    words = part.title.split()
    if (
        not 2 <= len(words) <= 3
        or not all(word[0].isupper() and word.isalpha() for word in words)
        or _HORIZON.match(words[0])
    ):
        return False
    if any(word.lower() in word_set("given_names", "no_names") for word in words):
        return False
    return part.above is not None and any(is_person(beside.title, names) for beside in part.above.parts)


def group_head(line: Stretch, group: Group, names: frozenset[str]) -> Group:
    """What a bullet that heads a group says of the items below it."""
    if is_finished(line.text):
        return Group(done=True).inside(group)
    if is_person(line.text, names):
        return Group(owner=line.trimmed(" :*_")).inside(group)
    facts = Facts()
    read_line(facts, line)
    return Group(priority=facts.values.get("priority", [None])[0] or _priority_in(line)).inside(group)


def group_said(block: Block) -> Group | None:
    """What a paragraph says of all items: lines that are fields, or `All items are due by …`; None if anything else."""
    lines = list(block.inline.whole().lines())
    if len(lines) == 1 and len(lines[0].text) <= 160 and _DUE_SENTENCE.match(lines[0].text):
        day = find_day(lines[0].text)
        if day is not None and day.day is not None:
            return Group(due=lines[0].part(day.start, day.end))
    if not lines or len(lines) > 6 or not all(is_field_line(line) for line in lines):
        return None
    facts = Facts()
    for line in lines:
        read_detail(facts, line)
    if facts.title is not None:
        return None
    first = {name: values[0] for name, values in facts.values.items() if values}
    return Group(first.get("owner"), first.get("due"), first.get("priority"))


def _priority_in(title: Stretch) -> Stretch | None:
    if len(title.text) > _LONGEST:
        return None
    found = list(_LEVEL.finditer(title.text))
    if len(found) == 1:
        return title.part(*found[0].span())
    urgency = _URGENCY.search(title.text) if not found else None
    return title.part(*urgency.span(1)) if urgency else None
