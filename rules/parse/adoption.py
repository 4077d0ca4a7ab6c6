"""Which sections hold action items without a heading that says so: by what stands in them, and by their titles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import repeat
from typing import NamedTuple

from rules.blocks import Block, Stretch, text_of
from rules.headings import announces_prevention, is_checklist, may_mean_actions, names_actions_too, title_weight
from rules.parse.action_groups import is_finished, is_horizon
from rules.parse.action_lines import items_in
from rules.parse.action_paragraphs import lone_promise
from rules.parse.action_text import is_field_line
from rules.parse.action_words import field_named
from rules.parse.commitments import sentences_that_promise
from rules.parse.headline import headline
from rules.parse.part import Part
from rules.parse.promises import Look, begins_with_verb, look_at, says_future
from rules.patterns import Pattern

_MOST = 60  # entries of a section that are looked at
_STRONG_TITLE = 2  # stems that speak for action items
_FOREIGN = frozenset(
    {"timeline", "tldr", "actual", "people", "appendix", "detection", "questions", "verification", "stats"}
)
"""Kinds of section that are never anything else."""

_COLUMNS = frozenset({"owner", "due", "priority", "status", "link"})
_AT_ONCE = Pattern(r"\b(?:immediate|emergency|at once|right away|first aid|interim|containment)", re.IGNORECASE)
_MEASURES = Pattern(r"\b(?:prevent\w*|corrective|remediation\w*|mitigat\w*|fix(?:es)?)\b", re.IGNORECASE)
_ALREADY = Pattern(r"\balready\b|\btaken\b", re.IGNORECASE)
_APPLIED = Pattern(
    r"(?<!be )\b(?:applied|implemented|completed|deployed|shipped|performed|executed)\W*\Z", re.IGNORECASE
)
_LASTING = Pattern(r"\b(?:long(?:er)?[- ]term|permanent|lasting|future)\b", re.IGNORECASE)
_FORWARD = Pattern(r"(?:going|moving|looking|steps?|path|way) (?:forward|ahead)\b|next\b|future\b", re.IGNORECASE)
_AHEAD = Pattern(
    r"\b(?:recommend\w*|prevent\w*|remaining|outstanding|still|pending|future|next|follow[- ]?ups?|planned|required"
    r"|long[- ]term|harden\w*|safeguards?|guard-?rails?|gates?|propos(?:als?|ed)|suggest(?:ions?|ed)|to-?do"
    r"|upcoming)\b",
    re.IGNORECASE,
)
"""What a heading says of what is not done yet."""
_WORK = Pattern(
    r"\b(?:work|items?|tasks?|steps|jobs|points|gates?|guard-?rails?|safeguards?|hardening)\W*\Z", re.IGNORECASE
)
_NOT_MEANT = Pattern(
    r"\b(?:not|never|aren['’]?t) (?:yet )?(?:(?:be|going to|planning to|planning on) )?"
    r"(?:do(?:ing)?|chang(?:e|ing)|fix(?:ing)?|address(?:ing)?|plan(?:ning)?|promis(?:e|ing)|cover(?:ing)?)\b|\bwon['’]t\b",
    re.IGNORECASE,
)
"""What a heading says of what nobody promises: `What we are still not doing`."""
_PERIOD = Pattern(
    r"(?:(?:early|mid|late|end of|week of)[ -])?(?:(?:q[1-4]|w(?:eek )?\d{1,2}"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?)[\s,/-]{0,3}(?:\d{1,2}(?:st|nd|rd|th)?[\s,]{0,3})?)?"
    r"(?:(?:19|20)\d\d(?:[-/.]\d{1,2}){0,2})?",
    re.IGNORECASE,
)
"""A heading that tells no more than when: `May 2026`, `Early June, 2026`."""
_DIGIT = Pattern(r"\d")
_LONGEST_BELOW = 300  # a longer line below a heading is prose
_LONGEST = 800  # a longer paragraph is no entry
_CHECKED = frozenset({None, "resolution"})
_LED = Pattern(r"[A-Z][^\n.!?]{1,60}[.!?:]")


class Evidence(NamedTuple):
    """How many entries of a section look like promises, and how."""

    entries: int
    likely: int
    fielded: int
    dated: int
    against: int
    weakly: int


def adopt_actions(root: Part) -> None:
    """Make sections of action items of those that are some by what they hold; none of those that tell what was done."""
    parts = list(root.walk())
    announced = [part for part in parts if part.kind == "actions"]
    announced = [part for part in announced if not _released(part, parts, alone=len(announced) == 1)]
    title = headline(root)
    for part in parts:
        if part is root or part is title or part.section_kind() == "actions":
            continue
        if _is_adopted(part, settled=bool(announced)):
            part.kind = "actions"
    for part in parts:
        if part.kind is None and is_finished(part.title) and _is_done_beside_items(part):
            part.kind = "actions"
    if not announced and title is not None and title.kind is None and not any(part.kind == "actions" for part in parts):
        title.kind = "actions" if _is_task_list(title) else None


def _is_done_beside_items(part: Part) -> bool:
    """Whether a part of a plan holds what is done of it, by its heading, beside a part with what is not.

    Below the resolution, deeds are deeds: these are the plan's only if they are put as its other items are.
    """
    around = part.above
    if around is None or not is_horizon(part.title) or all(below.kind != "actions" for below in around.parts):
        return False
    found = _evidence(part)
    return around.section_kind() in _CHECKED and found.likely == found.entries > 0


def _released(part: Part, parts: Sequence[Part], *, alone: bool) -> bool:
    """Whether a section tells what has been done already; it is made one of the resolution then."""
    if part.above is not None and part.above.section_kind() == "actions":
        return False
    if _ALREADY.search(part.title):
        done = _evidence(part).likely == 0 and not (alone and announces_prevention(part.title))
    elif "ed" in part.title.lower() and _APPLIED.search(part.title):
        done = _evidence(part).likely == 0 and _are_promised_beside(part, parts)
    else:
        found = _evidence(part) if not alone and _AT_ONCE.search(part.title) else None
        done = found is not None and found.against * 2 > found.entries
        done = done or (not alone and _tells_measures_taken(part))
    if done:
        part.kind = "resolution"
    return done


def _are_promised_beside(part: Part, parts: Sequence[Part]) -> bool:
    """Whether another section, by its heading and by what it holds, has the items still to do."""
    inside = {id(below) for below in part.walk()}
    return any(
        id(other) not in inside
        and (other.kind == "actions" or (other.section_kind() is None and title_weight(other.title) >= _STRONG_TITLE))
        and _has_promises(_evidence(other))
        for other in parts
    )


def _tells_measures_taken(part: Part) -> bool:
    """Whether what stands in a section, beside another one of action items, has all been done, as its words say."""
    if not may_mean_actions(part.title) and not _MEASURES.search(part.title):
        return False
    if any(below.kind == "actions" for below in part.parts):
        return False  # what stands beside those is of their kind
    found = _evidence(part)
    return found.entries > 1 and found.against == found.entries and not found.fielded


def _is_adopted(part: Part, *, settled: bool) -> bool:
    kind = part.section_kind()
    if kind in _FOREIGN or _is_for_something_else(part.title):
        return False
    if part.kind == "resolution" and names_actions_too(part.title):
        return _has_promises(_evidence(part))
    if may_mean_actions(part.title) and any(below.kind == "actions" for below in part.parts):
        return True
    weight = 1 if may_mean_actions(part.title) else title_weight(part.title)
    if not settled and weight > 0 and _LASTING.search(part.title) and lone_promise(part) is not None:
        return True
    if settled:
        return _is_adopted_beside(part, kind, weight)
    if _PERIOD.fullmatch(part.title) or (weight <= 0 and not _may_have_dates(part)):
        return kind is None and weight == 0 and _is_task_list(part)
    found = _evidence(part, prose=kind in _CHECKED and weight >= 0)
    if kind in _CHECKED and weight > 0 and (part.kind is None or may_mean_actions(part.title)):
        return _holds_announced(part, found)
    if kind is None and weight == 0:
        return _is_task_list(part) or (found.fielded > 1 and found.likely * 2 >= found.entries)
    return found.dated > 1 and found.dated * 2 > found.entries


def _is_for_something_else(title: str) -> bool:
    """Whether a heading is about writing the document, or about what nobody means to do."""
    return is_checklist(title) or _NOT_MEANT.search(title) is not None


def _holds_announced(part: Part, found: Evidence) -> bool:
    """Whether what stands below a heading that may announce action items is what it announces."""
    below_resolution = part.kind is None and part.section_kind() == "resolution"  # where deeds are told
    if below_resolution or not may_mean_actions(part.title):
        return _has_promises(found)
    done = found.weakly if announces_prevention(part.title) else 0  # what prevents is an item, done or not
    return (found.against - done) * 2 <= found.entries


def _is_adopted_beside(part: Part, kind: str | None, weight: int) -> bool:
    """As `_is_adopted`, in a document with a section of action items."""
    if kind in _CHECKED and part.kind is None and _announces_work(part.title, weight):
        return _has_promises(_evidence(part))
    if kind is None and _FORWARD.match(part.title) and _has_promises(_evidence(part)):
        return True
    return kind is None and weight >= _STRONG_TITLE and _is_plausible(_evidence(part))


def _announces_work(title: str, weight: int) -> bool:
    """Whether a heading says that something is still to be done: `Follow-up required`, `Remaining work`."""
    if _ALREADY.search(title) or _APPLIED.search(title):
        return False
    return _AHEAD.search(title) is not None and (weight > 0 or (weight == 0 and _WORK.search(title) is not None))


def _may_have_dates(part: Part) -> bool:
    """Whether there is anything in a section that could be a deadline or a ticket; cheaper than reading its entries."""
    return any(_DIGIT.search(text_of(block)) is not None for here in part.region() for block in here.blocks)


def _is_plausible(found: Evidence) -> bool:
    return found.entries > 1 and (found.against - found.weakly) * 2 < found.entries


def _has_promises(found: Evidence) -> bool:
    return found.likely * 2 >= found.entries > 0 and (found.likely > 1 or found.fielded > 0)


def _is_task_list(part: Part) -> bool:
    lists = [block for block in part.blocks if block.kind == "list"]
    tasks = [item.ticked for block in lists for item in block.children]
    return len(tasks) > 1 and None not in tasks and not is_checklist(part.title)


def _evidence(part: Part, *, prose: bool = True) -> Evidence:
    """What the entries of a section look like; with `prose`, paragraphs and headings may be some, too."""
    looks: list[Look] = []
    for look in _looks(part, prose=prose):
        looks.append(look)
        if len(looks) >= _MOST:
            break
    return Evidence(
        len(looks),
        sum(look.likely for look in looks),
        sum(look.fielded and not look.against for look in looks),
        sum(look.dated for look in looks),
        sum(look.against for look in looks),
        sum(look.weakly for look in looks),
    )


def _looks(part: Part, *, prose: bool) -> Iterator[Look]:
    told = prose and not any(block.kind in ("list", "table") for block in part.blocks)
    for block in part.blocks:
        if block.kind == "list":
            yield from _list_looks(block)
        elif block.kind == "table":
            yield from _table_looks(block)
        elif block.kind == "paragraph" and told:
            yield from _paragraph_looks(block)
    for below in part.parts:
        if below.kind is None and prose and below.words.text and (look := _heading_look(below)) is not None:
            yield look
        elif below.kind is None:
            yield from _looks(below, prose=prose)


def _list_looks(block: Block) -> Iterator[Look]:
    for item in block.children:
        first = item.children[0] if item.children else None
        if first is None or first.kind != "paragraph":
            continue
        line = first.inline.whole().trimmed()
        below = [child for child in item.children[1:] if child.kind == "list"]
        strong = line.leading("strong")
        if below and ((strong is not None and strong.end >= line.end) or line.text.endswith(":")):
            for child in below:
                yield from _list_looks(child)
            continue
        about = any(is_field_line(each) for child in below for each in _first_lines(child))
        look = look_at(line, ticked=item.ticked)
        yield look._replace(fielded=True) if about and not look.against else look


def _first_lines(block: Block) -> Iterator[Stretch]:
    for item in block.children:
        if item.children and item.children[0].kind == "paragraph":
            yield item.children[0].inline.whole().trimmed()


def _table_looks(block: Block) -> Iterator[Look]:
    """A table whose columns are called what parts of an action item are called."""
    if not block.children:
        return
    named = {field_named(cell.inline.text) for cell in block.children[0].children if cell.inline.text.strip()}
    fits = (
        "title" in named
        and bool(named & {"owner", "due"})
        and len(named & {"owner", "due", "priority", "status", "link"}) > 1
    )
    for row in block.children[1:]:
        timed = bool(row.children) and look_at(row.children[0].inline.whole().trimmed()).against
        yield Look(fits, fits, timed, fits and {"owner", "due"} <= named)


def _paragraph_looks(block: Block) -> Iterator[Look]:
    """A paragraph that begins with words in bold, or says what will be; each line of one whose lines all do."""
    whole = block.inline.whole().trimmed()
    if len(whole.text) > _LONGEST:
        return
    lines = list(whole.lines())
    parts = items_in(block)
    if parts:
        for line, details in parts:
            look = look_at(line)
            about = look.fielded or any(is_field_line(each) for each in details)
            yield look._replace(fielded=about, promising=not look.against)
        return
    if len(lines) > 1 and all(begins_with_verb(line.text) for line in lines):
        for line in lines:
            yield look_at(line)
        return
    if len(promised := list(sentences_that_promise(block))) > 1:
        yield from repeat(Look(fielded=False, promising=True, against=False), len(promised))
        return
    look = look_at(whole)
    strong = whole.leading("strong")
    led = strong is not None and _LED.match(whole.text) is not None
    about = any(is_field_line(line) for line in lines[1:])
    if look.likely or led or about:
        yield look._replace(promising=look.promising or led, fielded=look.fielded or about)


def _heading_look(part: Part) -> Look | None:
    """A heading with prose or fields below it, as an entry of the section that it stands in."""
    if not part.blocks or any(block.kind in ("list", "table") for block in part.blocks):
        return None
    own = look_at(part.words.whole().trimmed())
    lines = [line for block in part.blocks if block.kind == "paragraph" for line in block.inline.whole().lines()]
    looks = [look_at(line) for line in lines[:3] if len(line.text) <= _LONGEST_BELOW]
    about = any(is_field_line(line) for line in lines[:12])
    return Look(
        about or own.fielded or any(look.fielded for look in looks),
        own.promising or any(says_future(line.text) for line in lines[:3]),
        own.against,
        any(look.dated for look in looks),
    )
