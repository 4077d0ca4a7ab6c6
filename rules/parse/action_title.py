"""An action item's title: what remains of its text when the marks and fields at both ends have come off."""

from __future__ import annotations

import re

from rules.blocks import Stretch
from rules.folding import fold
from rules.parse.action_facts import Facts
from rules.parse.action_verbs import is_verb
from rules.parse.action_words import DECLINED, DONE_MARKS, IDENTIFIER, PRIORITY, words_of
from rules.parse.bare_fields import BREAK, EDGES, breaks_in, kind_of, pieces_of, take_columns, take_fields
from rules.parse.dates import find_day
from rules.parse.imprecise_days import ends_in_imprecise_day
from rules.parse.people import is_group_name, is_known_name, is_short_name
from rules.parse.times import DECORATION
from rules.patterns import Pattern

_GROUP = Pattern(r"\(([^()\n]{1,300})\)|\[([^\[\]\n]{1,300})\]")
_UNASSIGNED = Pattern(r"unassigned|(?:owner |assignee )?tb[acd]|no owner(?: yet)?|owner\?|\?{1,5}", re.IGNORECASE)
_VARIANTS = ("\ufe0e", "\ufe0f")  # what says how a sign before it is drawn
_OPEN_MARKS = "❌🔲⬜◻☐🚧⏳🔜"
_NUMBER = Pattern(r"\d{1,2}\s?(?:[-–—]|[.)])\s+(?=[^\W\d])")
_BOX = Pattern(r"\[([ xX*✓✔])\]\s")
_NAMED = Pattern(
    r"([^\W\d_a-z][\w'’.-]{0,30}(?:(?:\s|\s?[/&]\s?|\sand\s)[^\W\d_a-z][\w'’.-]{0,30}){0,4}?)\*{0,2}"
    r"(?:\s\((?P<fields>[^()\n]{1,40})\))?(?::\s|\s(?:[-–—→⇒]|[-=]>)\s|\sto\s|\swill\s)"
)
_TOGETHER = Pattern(r"\s?[/&]\s?|\sand\s")
_GROUP_NAMED = Pattern(r"([^\W\d_][\w/&-]{1,20}(?:\s[\w/&-]{1,20}){0,3})\*{0,2}:\s")
_ADDRESS = Pattern(
    r"@[A-Za-z0-9-]{1,39}(?:\s?(?:[,&/+]|and)\s?@[A-Za-z0-9-]{1,39}){0,5}\s?(?::|[-–—|]\s|\bto\b|\bwill\b)\s?"
)
_TERM = r"(?:@[A-Za-z0-9-]{1,39}|P\d|\d{4}-\d\d-\d\d)"
_ONE_TERM = Pattern(_TERM)
_TERMS = Pattern(rf"(?P<terms>{_TERM}(?:\s?[,/|]?\s{_TERM}){{1,2}})\s?(?::|[-–—|])\s")
"""Two or three of an owner, a priority and a deadline before the action: `2026-02-06 @ana P2: …`, `@ana | P1 | …`."""
_TEAM = Pattern(
    r"(?P<who>(?:[Tt]he )?(?:[\w/&-]{1,20} ){0,2}[Tt]eam) (?:will|to|should|must|needs? to) (?P<verb>[a-z-]+)\s"
)
_MENTIONED = Pattern(r"(?P<who>@[A-Za-z0-9-]{1,39}(?:(?:,| and| &)? @[A-Za-z0-9-]{1,39}){0,3})\s(?P<verb>[A-Za-z-]+)")
_PROMISED_BY = Pattern(r"\s(?:by|no later than|due on|due by)\s(?=\w)", re.IGNORECASE)
_LAST_REFERENCE = Pattern(r"(?<=[)\]])\s(?:[\w.-]{1,100}/[\w.-]{1,100})?#\d{1,9}$")
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
_LAST_DATE = Pattern(
    r"\s(?:(?:to be |being )?(?:done|completed|finished|delivered|ready) )?"
    r"((?:(?:by|due|until|till|before|no later than|eta|deadline)(?:\son)?[\s:]\s?|@(?=\d|" + _MONTH + r" \d))"
    r"[^.;:@]{3,30})\.?$",
    re.IGNORECASE,
)
_ADDRESSED = Pattern(r"\s@[A-Za-z0-9-]{1,39}(?P<terms>[:,]?\s[^@\n]{2,40})$")
"""A mention, and behind it what may be its deadline or priority: `@ana 2026-06-01`, `@ana P0, 2026-06-01`."""
_LAST_TERM = Pattern(r"\s(?P<terms>[*_]{0,2}(?:P\d|\d{4}-\d\d-\d\d)[*_]{0,2})$")
"""What is a priority or a deadline without any word, right before an owner: `… P1 @ana`."""
_LONGEST_DATE = 100  # characters that a last date takes at most, and some more
_LONGEST_END = 300  # that any field at the end takes; a search from the start would be slow on a long line
_LAST_MENTIONS = Pattern(
    r"\s(?:(?:→|⇒|[-=]>)\s?)?(@[A-Za-z0-9-]{1,39}(?:(?:(?:,|\s(?:and|&|/|\+))?\s|[/+,&])@[A-Za-z0-9-]{1,39}){0,5})\.?$"
)
_LAST_NAME = Pattern(r"\s:\s([^\W\d_a-z][\w'’-]{1,30}(?:\s[^\W\d_a-z][\w'’-]{1,30}){0,2})$")
_LAST_KNOWN = Pattern(r":\s([^\W\d_a-z][\w'’-]{1,30}(?:\s[^\W\d_a-z][\w'’-]{1,30}){0,2})$")
_LAST_TAGGED = Pattern(r"\s@([^\W\d_a-z][\w'’-]{1,30}(?:\s[^\W\d_a-z][\w'’-]{1,30}){1,2})$")
"""A full name behind `@`, as in text that was copied from a page where it is a link to somebody."""
_LAST_TO_DO = Pattern(
    r"(?<=[.!;])\s(@[A-Za-z0-9-]{1,39}|[^\W\d_a-z][\w'’-]{1,30}(?:\s[^\W\d_a-z][\w'’-]{1,30})?)"
    r"\s(?:to|will) do(?: (?:it|this|that|so))?\.?$"
)
"""Who will do it, as a last sentence: `Rina to do.`"""
_STATUS = Pattern(
    r"(done|completed?|closed|fixme|open|in progress|not started|wip|to[ -]?do|pending|blocked|ongoing|planned"
    r"|not done(?: yet)?)\s?(?:[-–—|]|:)\s{1,3}(?=\S)",
    re.IGNORECASE,
)
_IN_SENTENCE = Pattern(r"\b(?:with|to|from|for|by|of|via|in|on|and|at|the|ask|ping|contact|see)$")


def read_title(facts: Facts, head: Stretch) -> None:
    """Read the text before the first label: marks and fields at both ends come off, the rest is the title."""
    head = _from_front(facts, head.trimmed(EDGES + "*_" + _OPEN_MARKS))
    head = _from_back(facts, head)
    head = _without_open_brackets(head)
    if not head.text or facts.title is not None:
        return
    head = _without_columns(facts, head)
    facts.title = head
    for group in _GROUP.finditer(head.text) if "(" in head.text or "[" in head.text else ():
        if _takes(facts, head, group):
            facts.cuts.append((head.start + group.start(), head.start + group.end()))
    if "due" not in facts.values:
        _note_promised_day(facts, head)


def _without_open_brackets(head: Stretch) -> Stretch:
    """Without brackets at either end that the title does not close, since a field behind them has come off."""
    text = head.text.rstrip(EDGES + "([")
    open_ones = _unclosed(text) if text[:1] in EDGES or text.startswith(("(", "[")) else frozenset()
    start = 0
    while start < len(text) and (text[start] in EDGES or start in open_ones):
        start += 1
    return head.part(start, len(text)).trimmed()


def _unclosed(text: str) -> frozenset[int]:
    """Where the round and square brackets stand that nothing closes."""
    stack: list[int] = []
    for index, character in enumerate(text):
        if character in "([":
            stack.append(index)
        elif character in ")]" and stack:
            stack.pop()
    return frozenset(stack)


def _note_promised_day(facts: Facts, title: Stretch) -> None:
    """The deadline in the middle of a sentence: `… by 8 March 2026, so that …`; the words stay in the title."""
    match = _PROMISED_BY.search(title.text) if any(map(str.isdigit, title.text)) else None
    day = find_day(title.text, match.end()) if match is not None else None
    if match is None or day is None or day.start != match.end() or find_day(title.text, day.end) is not None:
        return
    if title.text[day.end : day.end + 1] in ("", ",", ".", ";", ")"):
        facts.add("due", title.part(day.start, day.end))


def _without_columns(facts: Facts, head: Stretch) -> Stretch:
    """The first of pieces set apart by `|` or dashes, if a field stands alone among the others."""
    pieces = breaks_in(head.text)[:12]
    for index, match in enumerate(pieces):
        end = pieces[index + 1].start() if index + 1 < len(pieces) else len(head.text)
        if match[0].strip() != "." and take_fields(facts, head.part(match.end(), end).trimmed(EDGES + ".")):
            for piece in pieces_of(head.part(end), BREAK):
                take_fields(facts, piece.trimmed(EDGES + "."))
            return head.part(0, match.start()).trimmed()
    return head


def _from_front(facts: Facts, head: Stretch) -> Stretch:
    """Take marks, an identifier, a priority and an address off the beginning."""
    for _ in range(6):
        text = head.text
        for step in _FRONT:
            if (rest := step(facts, head, text)) is not None:
                break
        else:
            return head
        head = rest.trimmed(EDGES + "*_" + _OPEN_MARKS).trimmed()
    return head


def _mark_off(facts: Facts, head: Stretch, text: str) -> Stretch | None:
    """Without a tick, or a box that Markdown did not see as one."""
    if text[:1] and text[0] in DONE_MARKS:
        facts.done = True
        return head.part(2 if text[1:2] in _VARIANTS else 1)
    box = _BOX.match(text) if text.startswith("[") else None
    if box is None:
        return None
    facts.done = facts.done or box[1] != " "
    return head.part(box.end())


def _decoration_off(_: Facts, head: Stretch, text: str) -> Stretch | None:
    sign = DECORATION.match(text) if text > "\u2000" or text.startswith(":") else None
    return head.part(sign.end()) if sign is not None and sign.end() < len(text) else None


def _group_off(facts: Facts, head: Stretch, text: str) -> Stretch | None:
    group = _GROUP.match(text) if text.startswith(("(", "[")) else None
    if group is not None and fold(group[1] or group[2]) in words_of("purposes"):
        return head.part(group.end())
    return head.part(group.end()) if group is not None and _takes(facts, head, group) else None


def _priority_off(facts: Facts, head: Stretch, text: str) -> Stretch | None:
    match = PRIORITY.match(text) if text.startswith(("P", "p")) else None
    if match is None or text[match.end() : match.end() + 1] not in (":", " ", "-", "–", "—", ",", "*", ""):
        return None
    facts.add("priority", head.part(0, match.end()))
    return head.part(match.end())


def _declined_off(facts: Facts, head: Stretch, text: str) -> Stretch | None:
    match = DECLINED.match(text) if text[:1] in "WwDdRrCcAa" else None
    if match is None or text[match.end() : match.end() + 1] not in (":", " ", "-", "–", "—", ""):
        return None
    facts.declined = True
    return head.part(match.end()) if text[match.end() :].strip(EDGES) else None


def _status_off(facts: Facts, head: Stretch, text: str) -> Stretch | None:
    """Without a status before the action: `In progress — Alert on lag`, `DONE: …`."""
    match = _STATUS.match(text)
    if match is None:
        return None
    facts.note_status(match[1])
    return head.part(match.end())


def _identifier_off(facts: Facts, head: Stretch, text: str) -> Stretch | None:
    match = IDENTIFIER.match(text) if any(map(str.isdigit, text[:20])) else None
    if match is None or "id" in facts.values:
        return None
    facts.add("id", head.part(match.start(1), match.end(1)))
    return head.part(match.end())


def _terms_off(facts: Facts, head: Stretch, text: str) -> Stretch | None:
    """Without an owner, a priority and a deadline, or two of them, that stand before the action."""
    match = _TERMS.match(text) if text[:1] in "@P" or text[:1].isdigit() else None
    if match is None:
        return None
    for term in _ONE_TERM.finditer(match["terms"]):
        take_fields(facts, head.part(*term.span()))
    return head.part(match.end())


def _number_off(_: Facts, head: Stretch, text: str) -> Stretch | None:
    """Without the number of an item in a paragraph, which Markdown does not see as one: `4 – Alert on lag`."""
    number = _NUMBER.match(text) if text[:1].isdigit() else None
    return head.part(number.end()) if number is not None else None


def _person_off(facts: Facts, head: Stretch, text: str) -> Stretch | None:
    """Without whom it is addressed to: `Ana Ruiz: …` where the document knows her, `@ana to …`."""
    named = _NAMED.match(text)
    if (
        named is not None
        and all(_is_named(facts, name, text[named.end() :]) for name in _TOGETHER.split(named[1]))
        and (named["fields"] is None or take_fields(facts, head.part(*named.span("fields"))))
    ):
        facts.add("owner", head.part(named.start(1), named.end(1)))
        return head.part(named.end())
    team = _TEAM.match(text)
    if team is not None and team["verb"] != "be" and is_verb(team["verb"]) and is_group_name(team["who"]):
        facts.add("owner", head.part(*team.span("who")))
        return head.part(team.start("verb"))
    group = _GROUP_NAMED.match(text) if ":" in text else None
    if group is not None and is_group_name(group[1]):
        facts.add("owner", head.part(*group.span(1)))
        return head.part(group.end())
    match = _ADDRESS.match(text) if text.startswith("@") else None
    if match is None:
        return _mention_off(facts, head, text)
    facts.add("owner", head.part(0, len(match[0].rstrip(" :-–—|to").removesuffix(" will"))))
    return head.part(match.end())


def _is_named(facts: Facts, name: str, behind: str) -> bool:
    """Whether a name is somebody's: it is known, or is no English word and stands before a verb (`Nóva to send …`)."""
    if name.lower() in facts.names or is_known_name(name):
        return True
    verb = behind.partition(" ")[0]
    return not name.isascii() and name.isalpha() and verb != "be" and is_verb(verb)


def _mention_off(facts: Facts, head: Stretch, text: str) -> Stretch | None:
    """Without a mention that a verb follows: `@ana add a limit`."""
    match = _MENTIONED.match(text) if text.startswith("@") else None
    if match is None or not is_verb(match["verb"]):
        return None
    facts.add("owner", head.part(*match.span("who")))
    return head.part(match.start("verb"))


_FRONT = (
    _mark_off,
    _decoration_off,
    _group_off,
    _terms_off,
    _priority_off,
    _declined_off,
    _status_off,
    _identifier_off,
    _number_off,
    _person_off,
)


def _from_back(facts: Facts, head: Stretch) -> Stretch:
    """Take bracketed groups, pieces behind dashes, a date and an owner off the end."""
    for _ in range(8):
        shorter = _shortened(facts, _without_open_brackets(head.trimmed(EDGES + "*_")))
        if shorter is None:
            return head
        head = shorter
    return head


def _shortened(facts: Facts, head: Stretch) -> Stretch | None:
    text = head.text
    if text and text[-1] in DONE_MARKS:
        facts.done = True
        return head.part(0, len(text) - 1)
    if "#" in text and (reference := _LAST_REFERENCE.search(text, max(len(text) - 220, 0))) is not None:
        return head.part(0, reference.start())
    bare = text.rstrip(" .")
    if bare.endswith((")", "]")):
        group = next((each for each in _GROUP.finditer(text) if each.end() == len(bare)), None)
        if group is not None and group.start() > 0 and _takes(facts, head, group):
            return head.part(0, group.start())
    pieces = breaks_in(text)[-3:]
    for match in pieces:
        tail = head.part(match.end()).trimmed(EDGES + ".")
        if match.start() > 0 and (take_columns(facts, tail) or take_fields(facts, tail)):
            return head.part(0, match.start())
    return _tail_taken(facts, head)


def _tail_taken(facts: Facts, head: Stretch) -> Stretch | None:
    """Without what stands at the very end with a comma at most: `, P0`, `by 2026-06-01`, `@ana`, ` : Ana Ruiz`."""
    text = head.text
    comma = text.rfind(", ")
    if comma > 0 and take_fields(facts, head.part(comma + 2).trimmed(EDGES + ".")):
        return head.part(0, comma)
    return _last_date_off(facts, head) or _last_terms_off(facts, head) or _last_owner_off(facts, head)


def _last_date_off(facts: Facts, head: Stretch) -> Stretch | None:
    match = _LAST_DATE.search(head.text, max(len(head.text) - _LONGEST_DATE, 0))
    if match is None or "due" in facts.values:
        return None
    day = find_day(match[1])
    if day is not None and day.end >= len(match[1]) - 2:
        facts.add("due", head.part(match.start(1) + day.start, match.end(1)))
        return head.part(0, match.start())
    if ends_in_imprecise_day(match[1]):
        take_fields(facts, head.part(*match.span(1)))
        return head.part(0, match.start())
    return None


def _last_terms_off(facts: Facts, head: Stretch) -> Stretch | None:
    """Without a deadline and a priority behind a mention, or right before an owner that has come off."""
    text = head.text
    tail = max(len(text) - _LONGEST_END, 0)
    match = _ADDRESSED.search(text, tail) if "@" in text else None
    if match is not None and _takes_terms(facts, head.part(*match.span("terms")).trimmed(EDGES + ".")):
        return head.part(0, match.start("terms"))
    match = _LAST_TERM.search(text, tail) if "owner" in facts.values else None
    if match is not None and not _is_spoken_of(text, match) and _takes_terms(facts, head.part(*match.span("terms"))):
        return head.part(0, match.start())
    return None


def _last_owner_off(facts: Facts, head: Stretch) -> Stretch | None:
    text = head.text
    tail = max(len(text) - _LONGEST_END, 0)
    match = _LAST_MENTIONS.search(text, tail) if "@" in text else None
    if match is None or _is_spoken_of(text, match):
        match = _LAST_NAME.search(text, tail) if " : " in text else _LAST_TAGGED.search(text, tail)
    if match is None and " do" in text[tail:] and (last := _LAST_TO_DO.search(text, tail)) is not None:
        match = last if last[1][0] == "@" or _is_named(facts, last[1], "") else None
    if match is None and ": " in text:
        match = _LAST_KNOWN.search(text, tail)
        match = match if match is not None and _is_named(facts, match[1], "") else None
    if match is None:
        return None
    facts.add("owner", head.part(match.start(1), match.end(1)))
    return head.part(0, match.start())


def _is_spoken_of(text: str, last: re.Match[str]) -> bool:
    """Whether what stands last belongs to the sentence: `… with @ana`."""
    return _IN_SENTENCE.search(text[max(last.start() - 12, 0) : last.start()]) is not None


def _takes_terms(facts: Facts, text: Stretch) -> bool:
    """Note a deadline, a priority, or both, if a text is nothing else: `P0 2026-06-01`."""
    first = PRIORITY.match(text.text)
    parts = [text] if first is None else [text.part(0, first.end()), text.part(first.end()).trimmed(EDGES)]
    told = [part for part in parts if part.text]
    if not {kind_of(part.text) for part in told} <= {"due", "priority"}:
        return False
    return all(take_fields(facts, part) for part in told)


def _takes(facts: Facts, line: Stretch, group: re.Match[str]) -> bool:
    which = 1 if group[1] is not None else 2
    if _UNASSIGNED.fullmatch(group[which].strip()):
        return True
    if "owner" not in facts.values and is_short_name(group[which].strip()):
        facts.add("owner", line.part(group.start(which), group.end(which)).trimmed())
        return True
    return take_fields(facts, line.part(group.start(which), group.end(which)).trimmed())
