"""Front matter, read defensively: strings with their positions. The only importer of python-frontmatter.

What YAML can do beyond plain data (anchors, aliases, tags, merge keys) is refused before anything is built from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler

from rules.markdown import Inline, Stretch

LIMIT = 64 * 1024
"""How long front matter may be, in characters."""
MAX_DEPTH = 16
MAX_EVENTS = 5000

_OPENING = re.compile(r"---[ \t]*(?:\r\n|\n|\r)")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r|\Z)", re.MULTILINE)
_LINE_END = re.compile(r"\r\n|\n|\r")
_PLAIN_ENTRY = re.compile(r"([A-Za-z][\w -]{0,59}?)[ \t]*:[ \t]+(\S.*)")


class Entry(NamedTuple):
    """One key of the front matter with its values (one, or a list's members), from offset `start` to `end`."""

    key: str
    values: tuple[Stretch, ...]
    start: int
    end: int


class Fault(NamedTuple):
    """What is wrong with the front matter, at the offsets `start` to `end`; `duplicate` names a key given twice."""

    message: str
    start: int
    end: int
    duplicate: bool = False


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Front matter as read.

    Attributes:
        end: the offset behind its closing line; 0 if the document has none.
        entries: its keys in order; those of a broken one as far as they can be told.
        faults: what is wrong with it.
    """

    end: int
    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...]


NONE = FrontMatter(0, (), ())


def read_front_matter(text: str) -> FrontMatter:
    """The front matter of a document that has no byte order mark any more. Never raises."""
    opening = _OPENING.match(text)
    if opening is None:
        return NONE
    closing = _find_closing(text, opening.end())
    if closing is None:
        return NONE if len(text) <= LIMIT else _unclosed(text, opening)
    handler = _Handler(text, opening.end(), closing.start())
    try:
        frontmatter.parse(text[: closing.end()], handler=handler)
    except (yaml.YAMLError, _RefusedError, RecursionError) as error:
        return FrontMatter(closing.end(), tuple(handler.plain_entries()), (handler.fault_of(error),))
    if handler.entries is None:
        return NONE
    return FrontMatter(closing.end(), tuple(handler.entries), tuple(handler.faults))


def blank(text: str, end: int) -> str:
    """The text with everything before the offset `end` blanked out, line ends kept: all later offsets stay."""
    return re.sub(r"[^\r\n]", " ", text[:end]) + text[end:]


class _RefusedError(Exception):
    """Something in the front matter that plain data does not need."""

    def __init__(self, message: str, index: int) -> None:
        super().__init__(message)
        self.index = index


def _find_closing(text: str, start: int) -> re.Match[str] | None:
    closing = _CLOSING.search(text, start, min(len(text), start + LIMIT))
    if closing is None:
        return None
    return _CLOSING.match(text, closing.start())  # anew, since the window's end is not the text's


def _unclosed(text: str, opening: re.Match[str]) -> FrontMatter:
    if _CLOSING.search(text, opening.end()) is None or not _PLAIN_ENTRY.match(text, opening.end()):
        return NONE
    message = f"The front matter is longer than {LIMIT // 1024} KiB, so it was not read."
    return FrontMatter(0, (), (Fault(message, 0, 3),))


class _Handler(YAMLHandler):
    """Splits where we say, and composes nodes instead of constructing objects."""

    def __init__(self, text: str, start: int, end: int) -> None:
        super().__init__()
        self._text = text
        self._start = start
        self._yaml = text[start:end]
        self.entries: list[Entry] | None = None
        self.faults: list[Fault] = []

    def split(self, text: str) -> tuple[str, str]:
        return self._yaml, ""

    def load(self, fm: str, **_: object) -> dict[str, str]:
        _refuse_tricks(fm)
        node = yaml.compose(fm, Loader=yaml.CBaseLoader)
        if node is None:
            self.entries = []
        elif isinstance(node, yaml.MappingNode):
            self.entries = list(self._entries(node))
        return {}

    def _entries(self, node: yaml.MappingNode) -> Iterator[Entry]:
        seen: set[str] = set()
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                continue
            start = self._start + key.start_mark.index
            if key.value in seen:
                message = f"The front matter has the key `{key.value[:60]}` twice; keep one of them."
                self.faults.append(Fault(message, start, self._start + key.end_mark.index, duplicate=True))
                continue
            seen.add(key.value)
            values = tuple(self._stretch(leaf) for leaf in _leaves(value) if leaf.value.strip())
            end = values[-1].offsets()[1] if values else self._start + key.end_mark.index
            yield Entry(key.value, values, start, max(end, self._start + key.end_mark.index))

    def _stretch(self, node: yaml.ScalarNode) -> Stretch:
        start = self._start + node.start_mark.index
        inside = self._text.find(node.value, start, self._start + node.end_mark.index)
        return Inline(node.value, ((0, inside if inside >= 0 else start),), ()).whole().trimmed()

    def plain_entries(self) -> Iterator[Entry]:
        """The `key: value` lines of front matter that YAML could not read."""
        start = self._start
        for line in _LINE_END.split(self._yaml):
            end = self._start + len(self._yaml)
            if match := _PLAIN_ENTRY.match(line):
                value = Inline(match[2], ((0, start + match.start(2)),), ()).whole().trimmed(" \t\"'")
                yield Entry(match[1], (value,), start, value.offsets()[1])
            start += len(line)
            start += 2 if self._text.startswith("\r\n", start) else 1
            if start > end:
                return

    def fault_of(self, error: Exception) -> Fault:
        problem = "it nests too deeply" if isinstance(error, RecursionError) else str(error)
        index = 0
        if isinstance(error, yaml.MarkedYAMLError):
            problem = error.problem or "it is not valid YAML"
            mark = error.problem_mark or error.context_mark
            index = mark.index if mark else 0
        elif isinstance(error, yaml.reader.ReaderError):
            problem = "it contains a character that YAML does not allow"
            index = self._character_of(error)
        elif isinstance(error, _RefusedError):
            index = error.index
        hint = " Put a value that begins with `@` in quotes." if self._yaml[index : index + 1] in ("@", "`") else ""
        start = self._start + min(max(index, 0), len(self._yaml))
        end = min(start + 1, self._start + len(self._yaml))
        return Fault(f"The front matter cannot be read: {problem}.{hint}", start, max(start, end))

    def _character_of(self, error: yaml.reader.ReaderError) -> int:
        """The place of a refused character; the parser counts it in bytes."""
        for index, character in enumerate(self._yaml):
            if character == error.character or ord(character) == error.character:
                return index
        return 0


def _leaves(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    """The scalars of a value, in document order; of a mapping its values."""
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.SequenceNode):
        for member in node.value:
            yield from _leaves(member)
    elif isinstance(node, yaml.MappingNode):
        for _, value in node.value:
            yield from _leaves(value)


def _refuse_tricks(text: str) -> None:
    """Raise _RefusedError for what plain data does not need, before anything is built; YAMLError for broken YAML."""
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=yaml.CBaseLoader)):
        index = event.start_mark.index if event.start_mark else 0
        if count > MAX_EVENTS:
            raise _RefusedError(f"it has more than {MAX_EVENTS:,} parts", index)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _RefusedError("anchors and aliases are not allowed in it", index)
        if getattr(event, "tag", None):
            raise _RefusedError("tags (`!…`) are not allowed in it", index)
        if isinstance(event, yaml.ScalarEvent) and event.value == "<<":
            raise _RefusedError("merge keys (`<<`) are not allowed in it", index)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise _RefusedError(f"it nests deeper than {MAX_DEPTH} levels", index)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
