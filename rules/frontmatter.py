"""Front matter, read defensively: strings with their positions. The only importer of python-frontmatter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler

from rules.markdown import Inline, Stretch
from rules.plain_yaml import YamlProblem, compose

LIMIT = 64 * 1024
"""How long front matter may be, in characters."""

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
    frontmatter.parse(text[: closing.end()], handler=handler)
    if handler.entries is None:
        return NONE
    return FrontMatter(closing.end(), tuple(handler.entries), tuple(handler.faults))


def blank(text: str, end: int) -> str:
    """The text with everything before the offset `end` blanked out, line ends kept: all later offsets stay."""
    return re.sub(r"[^\r\n]", " ", text[:end]) + text[end:]


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
        node = compose(fm)
        if isinstance(node, YamlProblem):
            self.entries = list(self._plain_entries())
            self.faults.append(self._fault_of(node))
        elif node is None:
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

    def _plain_entries(self) -> Iterator[Entry]:
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

    def _fault_of(self, problem: YamlProblem) -> Fault:
        hint = " Put a value that begins with `@` in quotes." if self._yaml[problem.offset :][:1] in {"@", "`"} else ""
        start = self._start + problem.offset
        end = min(start + 1, self._start + len(self._yaml))
        return Fault(f"The front matter cannot be read: {problem.message}.{hint}", start, end)


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
