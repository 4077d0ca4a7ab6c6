"""The shape of the policy file: keys that it may not have, and its values as plain data."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeAlias, get_args, get_origin, get_type_hints

import yaml

from rules.nearest import nearest
from rules.policy import Policy

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"

_FEW = 6  # keys that are listed even where one of them is probably meant


class Misplaced(NamedTuple):
    """A key that cannot stand where it does, and why."""

    key: yaml.Node
    message: str


def take_misplaced(root: yaml.MappingNode) -> tuple[Misplaced, ...]:
    """The keys that stand twice, that are no words, or that the policy does not know, in the file's order.

    They are taken out of the tree, as is everything without a value, so that the rest can be read. A single value where
    a list belongs becomes a list of it: `holidays: DE`.
    """
    found = tuple(_misplaced(root, Policy))
    _remove(root, frozenset(id(each.key) for each in found))
    _list_singles(root, Policy)
    return found


def plain(node: yaml.Node) -> Plain:
    """The node as strings, lists and dictionaries; of a tree that `take_misplaced` went over."""
    if isinstance(node, yaml.SequenceNode):
        return [plain(each) for each in node.value]
    if isinstance(node, yaml.MappingNode):
        return {key.value: plain(value) for key, value in node.value}
    return str(node.value)


def _misplaced(node: yaml.Node, shape: object) -> Iterator[Misplaced]:
    if isinstance(node, yaml.SequenceNode):
        for each in node.value:
            yield from _misplaced(each, None)
    if not isinstance(node, yaml.MappingNode):
        return
    seen: set[str] = set()
    known = _fields(shape)
    for key, value in node.value:
        if reason := _reason_against(key, seen, tuple(known)):
            yield Misplaced(key, reason)
        else:
            seen.add(key.value)
            yield from _misplaced(value, known.get(key.value) or _value_shape(shape))


def _reason_against(key: yaml.Node, seen: set[str], known: tuple[str, ...]) -> str:
    if not isinstance(key, yaml.ScalarNode):
        return "A key has to be a word."
    name = key.value
    if name in seen:
        return f"The key `{name[:60]}` stands here twice. Keep one of them."
    return _unknown(name, known) if known and name not in known else ""


def _unknown(name: str, known: tuple[str, ...]) -> str:
    near = nearest(name[:100], known)
    meant = f" Did you mean `{near}`?" if near else ""
    others = f" Known here: {', '.join(known)}." if not near or len(known) <= _FEW else ""
    return f"There is no key `{name[:60]}`.{meant}{others}"


def _fields(shape: object) -> Mapping[str, object]:
    """The keys that a part of the policy has, with what stands under them; empty if its keys are free."""
    return get_type_hints(shape) if isinstance(shape, type) and dataclasses.is_dataclass(shape) else {}


def _value_shape(shape: object) -> object:
    return get_args(shape)[1] if get_origin(shape) is not None and len(get_args(shape)) == 2 else None


def _remove(node: yaml.Node, misplaced: frozenset[int]) -> None:
    if isinstance(node, yaml.SequenceNode):
        node.value = [each for each in node.value if not _is_empty(each)]
        for each in node.value:
            _remove(each, misplaced)
    if isinstance(node, yaml.MappingNode):
        node.value = [(key, each) for key, each in node.value if id(key) not in misplaced and not _is_empty(each)]
        for _, each in node.value:
            _remove(each, misplaced)


def _list_singles(node: yaml.Node, shape: object) -> None:
    if not isinstance(node, yaml.MappingNode):
        return
    known = _fields(shape)
    pairs = [(key, each, known.get(key.value) or _value_shape(shape)) for key, each in node.value]
    node.value = [(key, _in_list(each) if get_origin(below) is tuple else each) for key, each, below in pairs]
    for _, each, below in pairs:
        _list_singles(each, below)


def _in_list(node: yaml.Node) -> yaml.Node:
    if not isinstance(node, yaml.ScalarNode):
        return node
    return yaml.SequenceNode("tag:yaml.org,2002:seq", [node], node.start_mark, node.end_mark)


def _is_empty(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and not node.value
