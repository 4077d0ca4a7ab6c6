"""Paths into a YAML file, and the node that stands there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import yaml

Path: TypeAlias = tuple[int | str, ...]
"""Keys and indexes from the root on; parts that the file does not have are passed over."""

KEY = "[key]"
"""As a path's last part: the key itself, not its value."""


def node_at(root: yaml.Node, path: Path) -> yaml.Node:
    """The node at a path; where the file ends earlier, the last one on the way."""
    return next((node for _, node in reversed(tuple(_steps(root, path)))), root)


def path_found(root: yaml.Node, path: Path) -> Path:
    """The parts of a path that the file has, with the `KEY` at its end if there is one."""
    found = tuple(part for part, _ in _steps(root, path))
    return (*found, KEY) if path[-1:] == (KEY,) else found


def _steps(root: yaml.Node, path: Path) -> Iterator[tuple[int | str, yaml.Node]]:
    node = root
    for position, part in enumerate(path):
        if isinstance(node, yaml.MappingNode):
            pair = next((pair for pair in node.value if pair[0].value == part), None)
            if pair is not None:
                node = pair[0] if path[position + 1 :] == (KEY,) else pair[1]
                yield part, node
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            yield part, node
