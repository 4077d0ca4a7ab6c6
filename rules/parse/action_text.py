"""What one line of text says of an action item: its title, and the fields written around it.

`[P0] Alert on lag — owner: @ana, due 2026-06-01. Done when: it pages within 5 min` is one line with five facts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from rules.blocks import Block, Stretch, lines_of
from rules.folding import fold
from rules.parse.action_facts import Facts
from rules.parse.action_title import read_title
from rules.parse.action_verbs import is_verb
from rules.parse.action_words import (
    DECLINED,
    MAYBE_LABEL,
    PLACEHOLDER,
    PRIORITY_CHOICE,
    field_label_meant,
    field_named,
    inline_label,
    words_of,
)
from rules.parse.bare_fields import BREAK, COMMA, EDGES, closing, kind_of, pieces_of, take_fields
from rules.parse.dates import find_day
from rules.parse.labels import Label, label_at
from rules.parse.people import is_known_name
from rules.patterns import Pattern

LONGEST = 4000
"""Characters of a line in which fields are looked for; a longer one is no item that anybody wrote."""

_MOSTLY = 0.4
_EQUALS = Pattern(r"([A-Za-z][A-Za-z _-]{1,24}?)[ \t]?=[ \t]?(?=[^\s=])")
_REACH = 32  # characters of a line within which a field's name ends
_NUMBER = Pattern(r"#?\d{1,6}|[A-Z]{1,10}[- ]?\d{1,6}")
_SLASH = Pattern(r"\s/(?:\s|\Z)")
_NO_FIELD = Pattern(
    r"(?:no|without)(?: an?)? (?:due date|deadline|date|owner|priority|eta)(?: yet| set| assigned)?|tb[acd]|n/a|none",
    re.IGNORECASE,
)
_MOST_SLASHES = 8  # of a value
_FEWEST_WORDS = 3  # of an action behind a slash
_MOST_COMMAS = 50  # of a value, behind which another field is looked for; each costs as much as the value is long
_WORD = Pattern(r"[A-Za-z]+")
_WRAP = Pattern(r"[ \t]*\n[ \t]*(?=[@A-Z])")
_LAST_ADDRESS = Pattern(r"(?:\s<?https?://[^\s<>()]{1,1000}>?){1,4}$")
_DASHED = Pattern(
    r"^[ \t]*(?P<label>owners?|assignees?|assigned to|due(?: date)?|deadline|eta|priority)[ \t]+[-–—][ \t]+(?=\S)",
    re.IGNORECASE | re.MULTILINE,
)
_DASHED_INITIALS = frozenset("OoAaDdEePp")
"""A label with a dash for its colon at the beginning of a line: `Owner - Ana`; what it names has to be such a thing."""
_SHORT_END = Pattern(r"\s[-–—·•→]{1,2}\s|[;|\n]|\s?—\s?|(?<!\b[A-Z])(?<!\b[MHFD]r)(?<!\bM[rs]s)\.(?=\s|$)")
"""What ends a short value; the dot behind an initial or a title (`B. Aas`, `Dr. Aas`) does not."""
_PLAUSIBLE = {
    "owner": Pattern(r"[@A-Z\[*_<{]|(?:the )?(?:\w+ )?team\b|all\b|everyone\b|us\b|tb[acd]\b|none\b|nobody\b"),
    "due": Pattern(r"[\d*_\[<{A-Z]|tb[acd]\b|asap\b|end of|next|this|none\b|in \d", re.IGNORECASE),
    "priority": Pattern(r"[*_\[<{]*(?:p\d|\d|high|medium|low|critical|urgent|tb[acd]|none)\b", re.IGNORECASE),
    "status": Pattern(
        r"[*_]*(?:done|open|closed|in progress|todo|complete|won|fixed|declined|blocked|not)", re.IGNORECASE
    ),
    "link": Pattern(r"[\[#(*]|https?:|[A-Z]+-\d|\w+/"),
}


def read_line(facts: Facts, line: Stretch) -> None:
    """Read an item's own text into `facts`: fields with and without labels, marks, and the title."""
    if len(line.text) > LONGEST:
        facts.title = line
        return
    if "://" in line.text and (address := _LAST_ADDRESS.search(line.text)) and address.start() > 0:
        line = line.part(0, address.start()).trimmed()
    label = _label_at(line)
    if label is not None and label.value.text and field_named(label.text.text) == "title":
        line = label.value
    elif label is not None and field_named(label.text.text) is not None and (pieces := _labelled_pieces(line)):
        for piece in pieces:
            read_detail(facts, piece)
        return
    labels = list(_labels(line))
    head_end = labels[0][1] if labels else len(line.text)
    read_title(facts, line.part(0, head_end))
    _read_labelled(facts, line, labels)


def _labelled_pieces(line: Stretch) -> list[Stretch]:
    """The parts of a line that are a field each, by their labels: `Who: Ana. What: cap it`; none without a title."""
    found: list[Stretch] = []
    titled = False
    for piece in pieces_of(line, BREAK):
        label = _label_at(piece.trimmed())
        name = field_named(label.text.text) if label is not None else None
        titled = titled or name == "title"
        if name is not None or not found:
            found.append(piece.trimmed())
        else:
            found[-1] = found[-1]._replace(end=piece.end)
    return found if titled else []


def labels_action(line: Stretch) -> bool:
    """Whether one of several fields in a line is the action, by its label: `Owner=Ana; Action=Cap the pool`."""
    pieces = _labelled_pieces(line) if _label_at(line) is not None else []
    labels = [label for piece in pieces if (label := _label_at(piece)) is not None]
    names = {fold(label.text.text) for label in labels if field_named(label.text.text) == "title" and label.value.text}
    return not names <= words_of("descriptions")


def _label_at(line: Stretch, only: str | None = None) -> Label | None:
    """As `label_at`, also with an equals sign for the colon behind a field's name, or `only` that one: `Owner=Ana`."""
    label = label_at(line)
    if label is not None or "=" not in line.text[:_REACH]:
        return label
    match = _EQUALS.match(line.text)
    name = field_named(match[1]) if match is not None else None
    if match is None or name is None or only not in (None, name) or _is_comparison(line, 0, match.end()):
        return None
    return Label(line.part(0, match.end(1)), line.part(match.end()).trimmed(), bold=False)


def read_detail(facts: Facts, line: Stretch, below: Iterable[Stretch] = ()) -> bool:
    """Read a nested line into `facts`; False if it holds no field. `below` are the values listed under its label."""
    if len(line.text) > LONGEST:
        return False
    label = label_at(line) or _label_at(line, only="title")
    if label is not None and _names_a_thing(label):
        return False
    name = field_named(label.text.text) if label is not None else None
    if label is not None and name is not None:
        facts.note_label(label.text)
        if name == "title" and fold(label.text.text) in words_of("descriptions"):
            facts.description = facts.description or (label.value if label.value.text else None)
        elif label.value.text:
            with_title = name == "title" or facts.title is not None
            _read_value(facts, name, label.value)
            _keep_remark(facts, with_title=with_title)
        for value in below:
            facts.add(name, value)
        return True
    if begins_with_field(line):
        labels = list(_labels(line))
        with_title = facts.title is not None or any(name == "title" for name, _, _ in labels)
        _read_labelled(facts, line, labels)
        _keep_remark(facts, with_title=with_title)
        return True
    return take_fields(facts, line.trimmed())


def _keep_remark(facts: Facts, *, with_title: bool) -> None:
    """Take what stands behind a field (`Owner: @ana. She knows the pool.`) for the title only if there is no other."""
    if not with_title and facts.title is not None:
        facts.description = facts.description or facts.title
        facts.title, facts.cuts = None, []


def _names_a_thing(label: Label) -> bool:
    """Whether a label gives the name of what is made rather than somebody's: a line `Name` with code behind it."""
    return fold(label.text.text) == "name" and label.value.leading("code") is not None


def is_field_line(line: Stretch) -> bool:
    """Whether a line below an item is about a field of it, rather than a remark."""
    label = label_at(line)
    if label is not None and field_named(label.text.text) not in (None, "title", "kind") and not _names_a_thing(label):
        return True
    return begins_with_field(line)


def begins_with_field(line: Stretch) -> bool:
    """Whether a line begins with a label that nothing but a field of an item has, such as `Owner:`."""
    if len(line.text) > LONGEST:
        return False
    first = next(_labels(line), None)
    return first is not None and not line.text[: first[1]].strip(EDGES + "*_([")


def _read_labelled(facts: Facts, line: Stretch, labels: list[tuple[str, int, int]]) -> None:
    for index, (name, begin, start) in enumerate(labels):
        end = labels[index + 1][1] if index + 1 < len(labels) else len(line.text)
        facts.note_label(line.part(begin, start))
        _read_value(facts, name, line.part(start, end))


def _labels(line: Stretch) -> Iterator[tuple[str, int, int]]:
    """The labels in a line: the field, where the label begins and where its value does."""
    text = line.text
    dashed = _words_before_dashes(text) if text[:1] in _DASHED_INITIALS or "\n" in text else []
    if not dashed and ":" not in text and "=" not in text:
        return
    for start, end, label in sorted((*dashed, *_words_before_colons(text))) if dashed else _words_before_colons(text):
        name = field_named(label)
        if name is None or (start and text[start - 1] not in " \t\n([{*_;,|—–-.`~"):
            continue
        if not _is_comparison(line, start, end) and _is_label(line, start, end, name):
            yield name, start, _behind_wrap(text, start, end) if name == "owner" else end


def _is_comparison(line: Stretch, start: int, end: int) -> bool:
    """Whether what looks like a label is code that compares or sets something: `status == "open"`, `success=0`."""
    sign = line.text[start:end].rstrip()
    if not sign.endswith("="):
        return False
    if line.text.startswith("=", start + len(sign)):
        return True
    begin = line.start + start
    return any(mark.kind == "code" and mark.start <= begin < mark.end for mark in line.inline.marks)


def _behind_wrap(text: str, start: int, end: int) -> int:
    """Where the value of a label begins that stands within a line: on the next one, if the line is wrapped there."""
    wrapped = _WRAP.match(text, end)
    return wrapped.end() if wrapped is not None and text[text.rfind("\n", 0, start) + 1 : start].strip() else end


def _words_before_dashes(text: str) -> list[tuple[int, int, str]]:
    """As `_words_before_colons`, where a dash stands for the colon and a name, a day or a priority behind it."""
    found = []
    for match in _DASHED.finditer(text):
        value = text[match.end() :].partition("\n")[0].strip(" .*_")
        name = field_named(match["label"])
        known = value.startswith("@") or is_known_name(value)
        if known if name == "owner" else kind_of(value) == name:
            found.append((match.start("label"), match.end(), match["label"]))
    return found


def _words_before_colons(text: str) -> list[tuple[int, int, str]]:
    """The words in a text that may be labels, as they are known or misspelled: where each begins, and its value."""
    found = {match.end(): (match.start(), match.end(), match[1]) for match in inline_label().finditer(text)}
    for match in MAYBE_LABEL.finditer(text):
        for word in _WORD.finditer(match[1]):
            label = match[1][word.start() :]
            if field_label_meant(label) is not None:
                found[match.end()] = (match.start() + word.start(), match.end(), label)
                break
    return sorted(found.values())


def _is_label(line: Stretch, start: int, end: int, name: str) -> bool:
    """Whether words with a colon are a label: set off from what stands before them, or followed by what they name."""
    before = line.text[:start].rstrip(" \t")
    if not before or before[-1] in "\n([{*_;,|—–-.:·•→!?" or name not in _PLAUSIBLE:
        return True
    if any(mark.start == line.start + start for mark in line.part(start).marks()):
        return True
    return _PLAUSIBLE[name].match(line.text, end) is not None


def _read_value(facts: Facts, name: str, value: Stretch) -> None:
    """A labelled value; what follows it on the line may be fields without labels, or the title."""
    text = value.text
    bracket = closing(text)
    end = min(bracket, len(text))
    if name in ("owner", "due", "priority", "status", "id"):
        stop = _SHORT_END.search(text, 0, end)
        end = stop.start() if stop else end
    if name == "priority" and (choice := PRIORITY_CHOICE.match(text)):
        end = max(end, choice.end())
    if name in ("owner", "due", "priority") and (slash := _field_slash(text, end, name)) is not None:
        facts.add(name, value.part(0, slash).trimmed(EDGES))
        _read_slashed(facts, value.part(slash))
        return
    own, rest = value.part(0, end), value.part(min(end + 1, len(text)))
    if name in ("owner", "due", "priority") and COMMA.search(own.text):
        own = _without_others(facts, name, own)
    if name == "title":
        read_line(facts, own)
    else:
        facts.add(name, own.trimmed(" \t\n*_,;.([{" if name != "criterion" else " \t\n*_,;([{"))
    rest = rest.trimmed(EDGES + ".)]}*_")
    if rest.text and bracket >= len(text):
        _read_rest(facts, rest)
    elif rest.text:
        read_title(facts, rest)


def _field_slash(text: str, end: int, name: str) -> int | None:
    """Where the first slash stands in a value that sets it apart from other fields or from the action, if any does.

    `Owner: Ana / no due date / cap the pool`; in `Owner: Ana / Ben` it stands between people.
    """
    if " /" not in text:
        return None
    slashes = [(match.start(), match.end()) for match in islice(_SLASH.finditer(text, 0, end), _MOST_SLASHES)]
    ends = [*(start for start, _ in slashes[1:]), len(text)]
    for (start, behind), stop in zip(slashes, ends, strict=False):
        piece = text[behind:stop].strip()
        if not piece or name == "due" or _NO_FIELD.fullmatch(piece) or kind_of(piece) in ("due", "priority"):
            return slashes[0][0] if name == "due" else start
        if is_verb(piece.partition(" ")[0]) and len(piece.split()) >= _FEWEST_WORDS:
            return start
    return None


def _read_slashed(facts: Facts, rest: Stretch) -> None:
    """The fields that slashes set apart, and the action behind them."""
    while (slash := _SLASH.match(rest.text)) is not None:
        rest = rest.part(slash.end())
        other = _SLASH.search(rest.text)
        piece = rest.part(0, other.start() if other else len(rest.text)).trimmed()
        if not (_NO_FIELD.fullmatch(piece.text) or take_fields(facts, piece)):
            read_title(facts, rest.trimmed())
            return
        rest = rest.part(other.start()) if other else rest.part(len(rest.text))


def _without_others(facts: Facts, name: str, value: Stretch) -> Stretch:
    """The value up to the first comma behind which another field stands, which is noted."""
    day = find_day(value.text) if name == "due" else None
    for match in islice(COMMA.finditer(value.text), _MOST_COMMAS):
        other = value.part(match.end()).trimmed()
        kind = kind_of(other.text.partition(",")[0])
        if kind is not None and kind != name and (name, kind) != ("owner", "name"):
            take_fields(facts, other)
            return value.part(0, match.start())
        if day is not None and day.end <= match.start() and kind is None:
            return value.part(0, match.start())
    return value


def _read_rest(facts: Facts, rest: Stretch) -> None:
    """What follows a labelled value: fields, or the title if it has not come yet."""
    for piece in pieces_of(rest, BREAK):
        if not take_fields(facts, piece.trimmed(EDGES + ".")) and facts.title is None:
            read_title(facts, piece)


def read_block(facts: Facts, block: Block) -> None:
    """The fields in a block below an item."""
    if block.kind == "paragraph":
        for line in block.inline.whole().lines():
            read_detail(facts, line.trimmed(": \t"))
    elif block.kind == "list":
        for item in block.children:
            if not item.children or item.children[0].kind != "paragraph":
                continue
            below = (line for child in item.children[1:] for line in lines_of(child))
            read_detail(facts, item.children[0].inline.whole().trimmed(), below)


def take_description(facts: Facts) -> None:
    """Make the description the title of an item that has no other."""
    title = facts.title
    if facts.description is None:
        return
    if title is not None and _NUMBER.fullmatch(title.text):
        facts.add("id", title)
    elif title is not None and not PLACEHOLDER.fullmatch(title.text):
        return
    facts.title, facts.cuts = None, []
    read_line(facts, facts.description)


def without_verdict(facts: Facts, line: Stretch, end: int) -> Stretch:
    """What is struck through up to `end`, or most of which is: done, unless the words behind it say that it won't be.

    Those words, and the reason with them, are no part of the title.
    """
    if DECLINED.match(line.text[end:].strip(" \t\n-–—:(*_")):
        facts.declined = True
        return line.part(0, end).trimmed()
    if end >= len(line.text) * _MOSTLY:
        facts.done = True
    return line
