"""YAML as plain data: strings with their positions, and nothing that could be more than that.

Anchors, aliases, tags and merge keys are refused before anything is built, so that no file can grow while it is read.
"""

from __future__ import annotations

from typing import NamedTuple

import yaml

MAX_DEPTH = 16
MAX_EVENTS = 5000


class YamlProblem(NamedTuple):
    """Why a text cannot be used: what is wrong, and where (line and column from 1)."""

    message: str
    line: int
    column: int


def compose(text: str) -> yaml.Node | YamlProblem | None:
    """The root node of a YAML text, every scalar a string; None if there is nothing in it."""
    try:
        refusal = _refusal(text)
        return refusal or yaml.compose(text, Loader=yaml.CBaseLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        message = f"it is not valid YAML: {error.problem or 'something is out of place'}"
        return YamlProblem(message, *_at_most_the_end(text, *((mark.line + 1, mark.column + 1) if mark else (1, 1))))
    except yaml.YAMLError as error:
        return YamlProblem(f"it is not valid YAML: {str(error).splitlines()[0]}", 1, 1)


def _at_most_the_end(text: str, line: int, column: int) -> tuple[int, int]:
    """A position, or the end of the text if it is beyond that."""
    lines = text.splitlines() or [""]
    return (line, column) if line <= len(lines) else (len(lines), len(lines[-1]) + 1)


def position_of(node: yaml.Node) -> tuple[int, int]:
    """A node's line and column, from 1."""
    return node.start_mark.line + 1, node.start_mark.column + 1


def _refusal(text: str) -> YamlProblem | None:
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=yaml.CBaseLoader)):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if problem := _trick(event, count, depth):
            mark = event.start_mark
            return YamlProblem(problem, mark.line + 1 if mark else 1, mark.column + 1 if mark else 1)
    return None


def _trick(event: yaml.Event, count: int, depth: int) -> str | None:
    if count > MAX_EVENTS:
        return f"it has more than {MAX_EVENTS:,} parts"
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        return "anchors and aliases are not allowed in it"
    if getattr(event, "tag", None):
        return "tags (`!…`) are not allowed in it; put a value that begins with `!` in quotes"
    if isinstance(event, yaml.ScalarEvent) and event.value == "<<":
        return "merge keys (`<<`) are not allowed in it"
    return f"it nests deeper than {MAX_DEPTH} levels" if depth > MAX_DEPTH else None
