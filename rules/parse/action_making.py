"""An action item from what has been read of it, with what its group lends it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from rules.blocks import Block, Stretch
from rules.parse.action_facts import Facts
from rules.parse.action_words import PLACEHOLDER, REFERENCE, TICKET, TICKET_SIGN, URL, is_ticket, level_of, words_of
from rules.parse.dates import deadline_in
from rules.parse.people import people_in
from rules.parse.promises import says_future, tells_deed, tells_what_became_of_thing
from rules.patterns import Pattern
from rules.postmortem import ActionItem, Person, Text
from rules.source import Source

_NUMBERED = Pattern(r"-[1-9]")  # as every ticket is
_MADE_A_TICKET = Pattern(
    r"\w+\s(?:an?|the|new|another)?\s?(?:\w+\s)?(?:tickets?|issues?|bugs?|stor(?:y|ies)|tasks?|cards?)\b"
)
"""Having noted that something is to be done does not mean that it is done."""
_IS_DONE = Pattern(
    r"(?:[^\W\d_][\w'’/-]* ){1,8}?(?:was|were|has been|have been|is now|are now)"
    r" (?:also |now |since |already |[a-z]+ly )?(?!needed|required|missed|affected|based|supposed|missing|not|never)"
    r"(?:[a-z-]+ed|built|rebuilt|sent|set|put|cut|split|rewritten|written|taken|given|made)\b"
)
"""What tells of a thing that something has been done to it: `The old job has been disabled`."""

_WE_HAVE = Pattern(
    r"(?:we|i|(?:the|our) (?:[\w-]+ )?team)(?:['’]ve| have| has)?"
    r"(?: (?:now|since|already|also|(?!temporar|on|part|near|hard)[a-z]+ly))* "
    r"(?!decided|planned|scheduled|agreed|started|proposed|requested|identified|considered|discussed|needed"
    r"|missed|tried)"
    r"(?!(?:limited|automated|increased|reduced|improved|isolated|shared|managed|documented|tested|centrali[sz]ed) "
    r"(?!the |our |its |an? |all |this |these |that |each |every ))"
    r"(?:(?P<deed>[a-z-]{3,}ed)|(?:re)?built|rewritten|(?:have |['’]ve )?(?:set up|put in|split)) (?!to\b)",
    re.IGNORECASE,
)
"""What tells of the authors that they have done something: `We have enabled the limit`."""


class Group(NamedTuple):
    """What holds for every item below a heading, a group's head or a line, unless the item says otherwise."""

    owner: Stretch | None = None
    due: Stretch | None = None
    priority: Stretch | None = None
    done: bool = False

    def inside(self, outer: Group) -> Group:
        """The group with what it leaves out taken from the one around it."""
        return Group(
            self.owner or outer.owner,
            self.due or outer.due,
            self.priority or outer.priority,
            self.done or outer.done,
        )


def make_item(
    source: Source,
    facts: Facts,
    blocks: Sequence[Block],
    group: Group,
    incident: date | None,
    *,
    line: Stretch | None = None,
    start: int | None = None,
) -> ActionItem | None:
    """The item; None if nothing but fields has been read.

    It stands in `blocks`, from the offset `start` on if that is given. `line` is its text, where no title has been told
    from its fields; `incident` is the day from which `in 2 weeks` counts.
    """
    title = facts.title or line
    if title is None or not title.text:
        return None
    place = (blocks[0].start if start is None else start, max(block.end for block in blocks))
    values = facts.values
    owners = values.get("owner") or ([group.owner] if group.owner else [])
    due = next(iter(values.get("due", [])), group.due)
    priority = next(iter(values.get("priority", [])), group.priority)
    return ActionItem(
        title=facts.title_text() or " ".join(title.text.split()),
        owners=_people(source, owners),
        due=deadline_in(due.text, incident) if due is not None else None,
        due_text=_text(source, due),
        priority=level_of(priority.text) if priority else None,
        priority_text=_text(source, priority),
        criterion=_text(source, next(iter(values.get("criterion", [])), None)),
        done=facts.done or _is_told_as_done(facts, group, title),
        declined=facts.declined,
        links=_links(blocks, source.text[place[0] : place[1]], facts),
        id=next((value.text for value in values.get("id", [])), None),
        span=source.span(*place),
        title_span=source.span(*title.offsets()),
        misspelled=tuple(Text(label.text, source.span(*label.offsets())) for label in facts.misspelled),
        linked_beside=tuple(_linked_beside(facts)),
    )


def _is_told_as_done(facts: Facts, group: Group, line: Stretch) -> bool:
    """Whether an item that nothing calls open is below `Already completed:`, or tells what has been: `Added …`."""
    if facts.boxed or facts.declined or {"due", "priority"} & facts.values.keys():
        return False
    title = line.text
    if title.partition(" ")[0].lower() in words_of("past") or tells_what_became_of_thing(line):
        return not _MADE_A_TICKET.match(title)
    return group.done or ((_IS_DONE.match(title) is not None or _tells_own_deed(title)) and not says_future(title))


def _tells_own_deed(title: str) -> bool:
    """Whether an item says that its authors have done what actions ask for, and not only made a note of it."""
    match = _WE_HAVE.match(title)
    if match is None or _MADE_A_TICKET.match(title, match.start("deed") if match["deed"] else match.end()):
        return False
    return match["deed"] is None or tells_deed(match["deed"])


def _people(source: Source, values: Sequence[Stretch]) -> tuple[Person, ...]:
    people: dict[str, Person] = {}
    for value in values:
        for person in people_in(source, value):
            people.setdefault((person.login or person.name).lower(), person)
    return tuple(people.values())


def _text(source: Source, value: Stretch | None) -> Text | None:
    if value is None or PLACEHOLDER.fullmatch(value.text):
        return None
    return Text(" ".join(value.text.split()), source.span(*value.offsets()))


def _links(blocks: Sequence[Block], text: str, facts: Facts) -> tuple[str, ...]:
    """URLs, issue references and ticket keys in an item, each once; `text` is the item as it stands in the document."""
    targets: list[str] = []
    pending = list(reversed(blocks))
    while pending:
        block = pending.pop()
        targets.extend(mark.target for mark in block.inline.marks if mark.kind == "link" and URL.match(mark.target))
        pending.extend(reversed(block.children))
    bare = text
    if "://" in text:
        targets.extend(match[0].rstrip(".,;:") for match in URL.finditer(text))
        bare = URL.sub(" ", text)
    if "#" in text:
        targets.extend(match[0] for match in REFERENCE.finditer(bare))
    if "-" in text:
        targets.extend(_tickets(bare, facts))
    return tuple(dict.fromkeys(targets))


def _linked_beside(facts: Facts) -> Iterator[tuple[str, str]]:
    for name, cell in facts.beside:
        targets = [mark.target for mark in cell.marks() if mark.kind == "link" and URL.match(mark.target)]
        urls = [match[0].rstrip(".,;:") for match in URL.finditer(cell.text)]
        references = [match[0] for match in REFERENCE.finditer(URL.sub(" ", cell.text))]
        yield from ((name, link) for link in dict.fromkeys((*targets, *urls, *references)))


def _tickets(text: str, facts: Facts) -> list[str]:
    """Keys such as `PAY-3`, where a field or the words around them say that they are tickets."""
    named = [value.text for name in ("link", "id") for value in facts.values.get(name, [])]
    keys = [match[0] for value in named for match in TICKET.finditer(value)]
    if _NUMBERED.search(text):
        keys.extend(match[1] for match in TICKET_SIGN.finditer(text))
    return [key for key in keys if is_ticket(key)]
