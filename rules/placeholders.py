"""Text that has not been written yet: a template's hints, and words such as TBD."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from rules.once import once_a_document, words_by_passage, words_in, words_of
from rules.patterns import Pattern
from rules.postmortem import Field, Passage, Postmortem, Section, Span
from rules.reading import read
from rules.source import Source
from rules.words import word_list, word_map, word_set

_SENTENCE_END = Pattern(  # begins with a character, for which a search is fast
    r"[.!?\n](?:(?<=[.!?])(?<![.!?][.!?])[.!?]*(?:\s+|$)|(?<=\n)(?<!\n\n)\n*)"
)
_BLANKS = Pattern(
    r"[Yy][Yy][Yy][Yy]-[Mm][Mm]-[Dd][Dd]|[Hh][Hh]:[Mm][Mm]|\{\{[^{}]*\}\}|<[^<>\n]*>"
    r"|\[(?i:tb[acd]|todo|fill[^\]\n]*|insert[^\]\n]*|your[^\]\n]*)\]"
)
_SIGNS_OF_BLANK = ("<", "{", "[", "-M", "-m", ":M", ":m")
"""Without one of these nothing is a blank."""
_TIME = Pattern(r"^\W{0,3}(?:\d{1,2}:\d{2}|HH:MM)\W+")
_BLANK_TIME = Pattern(r"(?<![\w(])(?:YYYY-MM-DD|HH:MM)(?![\w)])")
_TIMES = frozenset({"date", "time", "duration", "start", "end", "detected"})
_IN_ANGLES = Pattern(r"<[^<>\n]*>")
_CODE = Pattern(r"`[^`\n]*`")
_VALUE = Pattern(r"[\s:*_|]*(.*)")
_WORD = Pattern(r"\w+(?:'\w+)?")
_FEWEST_WORDS = 5  # a shorter hint ("Two lists") may be somebody's own words
_HEAD = 8  # characters by which a hint is told from most other sentences
_PLAIN_HEAD = Pattern(rf"(?=.{{{_HEAD}}})[a-z\d]+(?:,? [a-z\d]+)* ?")  # folding would leave it as it is
_LONGEST_HINT = 2000  # longer text is no template's


def is_template(text: str) -> bool:
    """Whether a section holds nothing but a template's hints, or blanks such as `<names>` and `{{ summary }}`."""
    if len(text) > _LONGEST_HINT or not _may_be_hint(text, 0):
        return False
    is_empty = True
    for sentence in _sentences(_without_blanks(text)):
        if sentence not in _hints():
            return False
        is_empty = False
    return not is_empty or _BLANKS.search(text) is not None


@once_a_document
def template_sections(postmortem: Postmortem) -> tuple[Section, ...]:
    """The sections that hold nothing but a template's hints, in order; none that stands in another of them."""
    found: list[Section] = []
    for section in postmortem.sections:
        if (not found or section.span[:2] >= found[-1].span[2:]) and is_template(section.text):
            found.append(section)
    return tuple(found)


def stands_in(place: Span, sections: Sequence[Section]) -> bool:
    """Whether a place stands in one of the sections, which are in order and do not overlap."""
    index = bisect_right(sections, place[:2], key=lambda each: each.span[:2])
    return index > 0 and place[:2] <= sections[index - 1].span[2:]


def is_nothing(text: str) -> bool:
    """Whether a section or value is empty, or says no more than `TBD`, `n/a` or an ellipsis."""
    return len(text) <= _LONGEST_HINT and all(
        line in _nothings() or not line for line in map(_folded, text.split("\n"))
    )


def is_answer_none(text: str) -> bool:
    """Whether a text says that there is nothing, as an answer ("None so far")."""
    return _folded(text) in word_set("sections", "answers")


def passages_with_hints(postmortem: Postmortem) -> Iterator[Passage]:
    """The passages with enough words of hints that may stand in the document: no other can hold `leftover_hints`."""
    possible = _hints_among(_words_of_hints(), words_in(postmortem))
    signs = frozenset(max(hint, key=len) for hint in possible if hint)  # long words are rare: few passages hold one
    for passage, seen in zip(postmortem.passages, words_by_passage(postmortem), strict=True):
        if len(seen) >= _FEWEST_WORDS and not signs.isdisjoint(seen):
            here = frozenset[str]().union(*_hints_among(possible, frozenset(seen)))
            if sum(map(here.__contains__, seen)) >= _FEWEST_WORDS:
                yield passage


def _hints_among(hints: Iterable[frozenset[str]], words: frozenset[str]) -> list[frozenset[str]]:
    """Of some hints, each as its words, those all of whose words are among some."""
    return [hint for hint in hints if hint <= words]


def leftover_hints(text: str) -> Iterator[tuple[int, int]]:
    """Where one block of text holds sentences of a template's hints, from an index to another (exclusive).

    Neighbours are one stretch. Hints of a few words are left alone unless they stand beside others.
    """
    start = end = words = 0
    for begin, stop in (*_sentence_bounds(text), (len(text), len(text))):
        hint = ""
        if stop - begin <= _longest_sentence() and _may_be_hint(text, begin):
            hint = _folded(_TIME.sub("", text[begin:stop], count=1))
        if hint and hint in _hints():
            start, end, words = (start if words else begin), stop, words + len(_WORD.findall(hint))
            continue
        if words >= _FEWEST_WORDS:
            yield start, end
        words = 0


def unfilled_value(source: Source, field: Field) -> Span | None:
    """Where a metadata field still holds a template's placeholder, its whole value; None if it holds none."""
    label, raw = field.label, source.slice(field.span)[:_LONGEST_HINT]
    at = raw.find(label)
    match = _VALUE.match(raw, at + len(label)) if label and at >= 0 else None
    if match is None:
        return field.value.span if _is_blank(field.value.value) else None
    written = match[1].rstrip(" \t\r|")
    prose = _CODE.sub(" ", written)
    own = prose == _value_of(field.key) or any(blank in prose for blank in _blanks_of(field.key))
    if not own and not (field.key in _TIMES and _BLANK_TIME.search(prose)) and not _is_blank(field.value.value):
        return None
    start = source.offset(field.span.line, field.span.column) + match.start(1)
    return source.span(start, start + len(written))


def fill_in(field: Field) -> str:
    """What to tell the author of a field that still holds a placeholder."""
    facts = word_map("sections", "facts")
    advice = facts.get(field.key, facts["other"])
    return f"“{field.label[:40]}” still holds the template's placeholder. {_as_sentence(advice)}"


def _is_blank(value: str) -> bool:
    """Whether nothing but blanks, or a template's own words, is in a value.

    A digit makes it somebody's own (`<5 % of users>`).
    """
    return _folded(value[:_LONGEST_HINT]) in _value_hints() or (
        _BLANKS.search(value[:_LONGEST_HINT]) is not None
        and not _folded(_BLANKS.sub(" ", value[:_LONGEST_HINT]))
        and not any(character.isdigit() for character in value)
    )


def _sentence_bounds(text: str) -> Iterator[tuple[int, int]]:
    """Each sentence with its full stop, without the blanks around it."""
    begin = 0
    for match in _SENTENCE_END.finditer(text):
        stop = match.start() + len(match[0].rstrip())
        yield begin, stop
        begin = match.end()
    if begin < len(text):
        yield begin, len(text.rstrip())


def _may_be_hint(text: str, begin: int) -> bool:
    """Whether a sentence begins as a hint does, or with something else than a word: looked at before it is folded."""
    head = text[begin : begin + _HEAD].lower()
    return head in _hint_heads() or _PLAIN_HEAD.fullmatch(head) is None


def _sentences(text: str) -> Iterator[str]:
    """The sentences as they are compared, one by one: most texts are known to be no hint by their first."""
    begin = 0
    for end in _SENTENCE_END.finditer(text):
        if folded := _folded(text[begin : end.start()]):
            yield folded
        begin = end.end()
    if folded := _folded(text[begin:]):
        yield folded


def _without_blanks(text: str) -> str:
    return _BLANKS.sub(" ", text) if any(sign in text for sign in _SIGNS_OF_BLANK) else text


def _folded(text: str) -> str:
    straight = text.lower() if text.isascii() else unicodedata.normalize("NFC", text).casefold().replace("’", "'")
    return " ".join(straight.split()).strip(" .,:;!?*_-–—()[]…")


@cache
def _nothings() -> frozenset[str]:
    return frozenset(map(_folded, word_list("sections", "nothing"))) | {""}


@cache
def template_hint(kind: str) -> str:
    """What to put under a new heading, as Markdown: the template's hint, or what belongs there as one sentence.

    Action items are given no example, of which each field would have to be filled in.
    """
    section, source = _template().section(kind), _template().source
    if section is not None and kind != "actions":
        body = source.text[source.offset(*section.heading[2:]) : source.offset(*section.span[2:])]
        return body.strip()
    return _as_sentence(_advice().get(kind, "write what a reader has to know"))


def _as_sentence(advice: str) -> str:
    return f"{advice[0].upper()}{advice[1:]}."


def _advice() -> Mapping[str, str]:
    return word_map("sections", "advice")


@cache
def _template() -> Postmortem:
    return read(Path(__file__).with_name("templates").joinpath("closeout.md").read_text(encoding="utf-8"))


@cache
def _blanks_of(key: str) -> frozenset[str]:
    """The placeholders in angle brackets that the template has for one field."""
    field, source = _template().fields.get(key), _template().source
    return frozenset(_IN_ANGLES.findall(source.slice(field.span))) if field else frozenset()


@cache
def _value_of(key: str) -> str | None:
    """The value that the template has for one field, where it is to be chosen from or completed: `SEV-N`."""
    field = _template().fields.get(key)
    return field.value.value if field else None


@cache
def _value_hints() -> frozenset[str]:
    return frozenset(map(_folded, word_list("sections", "values")))


@cache
def _longest_sentence() -> int:
    return max(map(len, _hints())) + 20  # room for a time, and for the blanks and marks that folding takes off


@cache
def _hint_heads() -> frozenset[str]:
    return frozenset(hint[:_HEAD] for hint in _hints())


@cache
def _hints() -> frozenset[str]:
    own = (_BLANKS.sub(" ", section.text) for section in _template().sections)
    listed = (word for key in ("sentences", "columns", "values") for word in word_list("sections", key))
    given = (*listed, *_advice().values(), "write what a reader has to know")
    return frozenset(sentence for text in (*own, *given) for sentence in _sentences(text))


@cache
def _words_of_hints() -> frozenset[frozenset[str]]:
    return frozenset(frozenset(words_of(hint)) for hint in _hints())
