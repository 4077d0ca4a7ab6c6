"""YAML as plain data: strings with their positions, and nothing that could be more than that.

Anchors, aliases, tags and merge keys are refused before anything is built, so that no file can grow while it is read.
"""

from __future__ import annotations

from typing import NamedTuple

import yaml

MAX_DEPTH = 16
MAX_EVENTS = 5000
"""Of the parser: a key, a value, and each end of a list is one. What people write by hand comes nowhere near."""

_EXPLANATIONS = {
    "mapping values are not allowed in this context": (
        "a `:` stands where none may. Put a value that has one in quotes, and give each key its own line"
    ),
    "could not find expected ':'": "a key has no `:` behind it",
    "found unexpected end of stream": "a quote is opened and never closed",
    "did not find expected ',' or ']'": "a list in brackets has no `,` between two values, or no `]` at its end",
    "did not find expected ',' or '}'": "a mapping in braces has no `,` between two keys, or no `}` at its end",
    "did not find expected key": "something is indented less or more than what stands above it",
    "did not find expected '-' indicator": "something stands in a list without a `-` before it",
    "block sequence entries are not allowed in this context": "a list begins in the middle of a line. Give it its own",
    "did not find expected alphabetic or numeric character": "a value cannot begin with `*` or `&`. Put it in quotes",
    "did not find expected node content": "a value is missing, as between two commas",
}


_BEGUN = {
    "while parsing a flow sequence": "list",
    "while parsing a flow mapping": "mapping",
    "while scanning a quoted scalar": "quote",
    "while scanning a simple key": "key",
}
"""What has no end, by what the parser was doing: it looks for one until something cannot belong to it any more."""


class YamlProblem(NamedTuple):
    """Why a text cannot be used: what is wrong, and where (line and column from 1, and the offset in characters).

    Attributes:
        begun: what it is that goes wrong there, if that has begun on an earlier line: a `list`.
        begun_line: that line, from 1.
    """

    message: str
    line: int
    column: int
    offset: int
    begun: str = ""
    begun_line: int = 0

    def told(self, lines_above: int = 0) -> str:
        """The message, with the line on which it begins, where the text stands below so many others."""
        if not self.begun:
            return self.message
        return f"{self.message} (the {self.begun} begun on line {lines_above + self.begun_line})"


def compose(text: str) -> yaml.Node | YamlProblem | None:
    """The root node of a YAML text, every scalar a string; None if there is nothing in it. Never raises."""
    try:
        return _refusal(text) or yaml.compose(text, Loader=yaml.CBaseLoader)
    except yaml.reader.ReaderError as error:
        return _problem(text, "it contains a character that YAML does not allow", _index_of(text, error))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        index = mark.index if mark else 0
        words = f"it is not valid YAML: {_in_words(error.problem, text[index : index + 1])}"
        return _since(_problem(text, words, index), error)
    except RecursionError:
        return _problem(text, "it nests too deeply", 0)


def _since(problem: YamlProblem, error: yaml.MarkedYAMLError) -> YamlProblem:
    """The problem, with where that began which goes wrong, if it was on an earlier line."""
    begun = _BEGUN.get(error.context or "", "")
    line = error.context_mark.line + 1 if error.context_mark else problem.line
    return problem._replace(begun=begun, begun_line=line) if begun and line < problem.line else problem


def _in_words(problem: str | None, character: str) -> str:
    """What the parser met, in words that say what to do; its own where we know none better."""
    if problem == "found character that cannot start any token":
        if character == "\t":
            return "a tab stands where only spaces may. Indent with spaces"
        named = "a backtick" if character == "`" else f"`{character}`"
        return f"a value cannot begin with {named}. Put it in quotes"
    return _EXPLANATIONS.get(problem or "", problem or "something is out of place")


def _problem(text: str, message: str, index: int) -> YamlProblem:
    """The problem at an offset, or at the end of the text if that is beyond it."""
    before = text[:index].splitlines(keepends=True) or [""]
    if before[-1].endswith(("\n", "\r")) and index < len(text):
        before.append("")
    return YamlProblem(message, len(before), len(before[-1].rstrip("\r\n")) + 1, min(index, len(text)))


def _index_of(text: str, error: yaml.reader.ReaderError) -> int:
    """Where the refused character stands; the parser counts in bytes."""
    wanted = error.character if isinstance(error.character, str) else chr(error.character)
    return max(text.find(wanted), 0)


def _refusal(text: str) -> YamlProblem | None:
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=yaml.CBaseLoader)):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if reason := _trick(event, count, depth):
            return _problem(text, reason, event.start_mark.index if event.start_mark else 0)
    return None


def _trick(event: yaml.Event, count: int, depth: int) -> str | None:
    if count > MAX_EVENTS:
        return f"it has more than {MAX_EVENTS:,} parts"
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        return "anchors and aliases are not allowed in it; put a value that begins with `&` or `*` in quotes"
    if getattr(event, "tag", None):
        return "tags (`!…`) are not allowed in it; put a value that begins with `!` in quotes"
    if isinstance(event, yaml.ScalarEvent) and event.value == "<<":
        return "merge keys (`<<`) are not allowed in it"
    return f"it nests deeper than {MAX_DEPTH} levels" if depth > MAX_DEPTH else None
