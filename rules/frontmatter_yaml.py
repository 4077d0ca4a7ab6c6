"""The keys and values inside front matter. The only importer of python-frontmatter."""

from __future__ import annotations

from collections.abc import Iterator

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler

from rules.blocks import Inline, Stretch
from rules.frontmatter import PLAIN_ENTRY, Entry, Fault
from rules.patterns import Pattern
from rules.plain_yaml import YamlProblem, compose

_LINE_END = Pattern(r"\r\n|\n|\r")


def read_entries(text: str, start: int, end: int, behind: int) -> tuple[tuple[Entry, ...], tuple[Fault, ...]] | None:
    """The entries and faults of the front matter whose YAML is at the offsets `start` to `end` of a text.

    None if it is something else, a list or a sentence between two rules. `behind` is the offset behind its last line.
    """
    handler = _Handler(text, start, end)
    frontmatter.parse(text[:behind], handler=handler)
    return None if handler.entries is None else (tuple(handler.entries), tuple(handler.faults))


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
                message = f"The front matter has the key `{key.value[:60]}` twice. Keep one of them."
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
            if match := PLAIN_ENTRY.match(line):
                value = Inline(match[2], ((0, start + match.start(2)),), ()).whole().trimmed(" \t\"'")
                yield Entry(match[1], (value,), start, value.offsets()[1])
            start += len(line)
            start += 2 if self._text.startswith("\r\n", start) else 1
            if start > end:
                return

    def _fault_of(self, problem: YamlProblem) -> Fault:
        tells_how = ". " in problem.message or "; " in problem.message
        hint = "" if tells_how else " Correct this line, or put its value in quotes."
        above = self._text.count("\n", 0, self._start)
        start = self._start + problem.offset
        end = min(start + 1, self._start + len(self._yaml))
        return Fault(f"The front matter cannot be read: {problem.told(above)}.{hint}", start, end)


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
