"""Reading the policy file: YAML in, the policy or the first thing that is wrong with it out.

The only importer of pydantic in `rules`, and slow to import for that: only who has a policy file needs it.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache, lru_cache
from pathlib import PurePosixPath
from typing import Any, TypeAlias, get_args, get_origin, get_type_hints

import yaml
from pathspec import PathSpec, Pattern
from pydantic import TypeAdapter, ValidationError

from rules.plain_yaml import YamlProblem, compose, position_of
from rules.policy import Policy, PolicyError
from rules.policy_checks import policy_mistakes
from rules.yaml_path import KEY, Path, node_at

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_TEMPLATE = "template.md"


def parse_policy(text: str) -> Policy | PolicyError:
    """The policy in a file's text, or the first thing that is wrong with it. Never raises, whatever the text is.

    An empty file is the default policy. A key without a value counts as not given.
    """
    root = compose(text.removeprefix("\ufeff"))
    if isinstance(root, YamlProblem):
        return PolicyError(f"The policy cannot be read: {root.message}.", root.line, root.column)
    if root is None or (isinstance(root, yaml.ScalarNode) and not root.value):
        return Policy()
    if not isinstance(root, yaml.MappingNode):
        return PolicyError("The policy is no mapping. Write one `key: value` a line.", *position_of(root))
    return next(_shape_errors(root, Policy), None) or _validated(root)


def matches_document(policy: Policy, path: str) -> bool | None:
    """Whether the policy's globs choose a path of the repository as a postmortem; None if they leave that open.

    The globs are those of .gitignore, and the last one that matches decides. If all of them exclude, they leave open
    what they do not exclude. A `TEMPLATE.md` never is a postmortem.
    """
    if PurePosixPath(path).name.lower() == _TEMPLATE:
        return False
    if not policy.documents:
        return None
    if all(glob.startswith("!") for glob in policy.documents):
        excluded = _spec(tuple(glob[1:] for glob in policy.documents)).match_file(path)
        return False if excluded else None
    return _spec(policy.documents).match_file(path)


@lru_cache(maxsize=64)
def _spec(globs: tuple[str, ...]) -> PathSpec[Pattern]:
    return PathSpec.from_lines("gitignore", globs)


@cache
def _adapter() -> TypeAdapter[Policy]:
    return TypeAdapter(Policy)


def _validated(root: yaml.MappingNode) -> Policy | PolicyError:
    data = _plain(root)
    if not isinstance(data, dict):
        return Policy()
    if "version" in data and data["version"] == "1":
        del data["version"]  # the only one there is; as a string it would not equal the number
    for path in _dates(data):
        if not _ISO_DATE.fullmatch(value := str(_value_at(data, path))):
            return _error(root, path, f"`{value[:60]}` is not a date. Write it as YYYY-MM-DD.")
    try:
        policy = _adapter().validate_python(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        return _error(root, first["loc"], _in_words(dict(first)))
    mistake = next(policy_mistakes(policy), None)
    return _completed(policy) if mistake is None else _error(root, mistake.path, mistake.message)


def _completed(policy: Policy) -> Policy:
    """The policy with the defaults of the priorities that the file does not name."""
    default = Policy()
    manager_after = {**default.reminders.manager_after, **policy.reminders.manager_after}
    return dataclasses.replace(
        policy,
        deadlines={**default.deadlines, **policy.deadlines},
        reminders=dataclasses.replace(policy.reminders, manager_after=manager_after),
    )


def _error(root: yaml.Node, path: Path, message: str) -> PolicyError:
    return PolicyError(message, *position_of(node_at(root, path)))


def _shape_errors(node: yaml.Node, shape: object) -> Iterator[PolicyError]:
    """Keys that stand twice, that are no words, or that the policy does not know, with where they stand."""
    if not isinstance(node, yaml.MappingNode):
        return
    seen: set[str] = set()
    known = _fields(shape)
    for key, value in node.value:
        name = key.value if isinstance(key, yaml.ScalarNode) else None
        if name is None:
            yield PolicyError("A key has to be a word.", *position_of(key))
        elif name in seen:
            yield PolicyError(f"The key `{name[:60]}` stands here twice. Keep one of them.", *position_of(key))
        elif known and name not in known:
            yield PolicyError(_unknown(name, tuple(known)), *position_of(key))
        else:
            seen.add(name)
            yield from _shape_errors(value, known.get(name) or _value_shape(shape))


def _unknown(name: str, known: tuple[str, ...]) -> str:
    nearest = get_close_matches(name.lower(), known, n=1, cutoff=0.5)
    hint = f"Did you mean `{nearest[0]}`?" if nearest else f"Known here: {', '.join(known)}."
    return f"There is no key `{name[:60]}`. {hint}"


def _fields(shape: object) -> Mapping[str, object]:
    """The keys that a part of the policy has, with what stands under them; empty if its keys are free."""
    return get_type_hints(shape) if isinstance(shape, type) and dataclasses.is_dataclass(shape) else {}


def _value_shape(shape: object) -> object:
    return get_args(shape)[1] if get_origin(shape) is not None and len(get_args(shape)) == 2 else None


def _plain(node: yaml.Node) -> Plain | None:
    """The node as strings, lists and dictionaries; without the keys that have no value."""
    if isinstance(node, yaml.ScalarNode):
        return node.value or None
    if isinstance(node, yaml.SequenceNode):
        return [value for each in node.value if (value := _plain(each)) is not None]
    if isinstance(node, yaml.MappingNode):
        pairs = ((key.value, _plain(value)) for key, value in node.value)
        return {key: value for key, value in pairs if value is not None}
    return None


def _dates(data: dict[str, Any]) -> Iterator[Path]:
    """Where dates stand. pydantic would take a bare number for the seconds since 1970."""
    if isinstance(data.get("adopted"), str):
        yield ("adopted",)
    calendar = data.get("calendar")
    holidays = calendar.get("holidays") if isinstance(calendar, dict) else None
    if isinstance(holidays, list):
        yield from (("calendar", "holidays", index) for index, day in enumerate(holidays) if isinstance(day, str))


def _value_at(data: Any, path: Path) -> Any:  # noqa: ANN401, RUF100 - any part of the file
    for key in path:
        data = data[key]
    return data


def _in_words(error: Mapping[str, Any]) -> str:
    """What pydantic found, in our words."""
    given = f"`{str(error['input'])[:60]}`"
    expected = str(error.get("ctx", {}).get("expected", "")).replace("'", "`")
    match error["type"]:
        case "int_parsing" | "int_type" | "int_from_float":
            return f"{given} is not a whole number."
        case "bool_parsing" | "bool_type":
            return f"{given} is neither true nor false."
        case "enum" | "literal_error":
            what = "There is no key" if KEY in error["loc"] else "There is no value"
            return f"{what} {given} here. Write {expected}."
        case "tuple_type":
            return "This has to be a list. Put it in brackets: `[…]`."
        case "mapping_type" | "dict_type" | "dataclass_type":
            return "This has to be a mapping, with one `key: value` a line."
        case "string_type":
            return "This has to be one value, not a list or a mapping."
        case "date_from_datetime_parsing" | "date_parsing" | "date_type":
            return f"{given} is not a day of the calendar. Write it as YYYY-MM-DD."
        case _:
            return f"{given} cannot stand here: {error['msg'][:1].lower()}{error['msg'][1:]}."
