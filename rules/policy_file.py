"""Reading the policy file: YAML in, the policy or what is wrong with it out.

The only importer of pydantic in `rules`, and slow to import for that: only who has a policy file needs it.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any, NamedTuple

import yaml
from pathspec import PathSpec, Pattern
from pydantic import TypeAdapter, ValidationError

from rules.holidays import EXTRA, REGION, MissingHolidays, UnknownRegion, check_region
from rules.nearest import nearest
from rules.plain_yaml import YamlProblem, compose
from rules.policy import Policy, PolicyError
from rules.policy_checks import Mistake, policy_mistakes
from rules.policy_doubts import policy_doubts
from rules.policy_shape import plain, take_misplaced
from rules.postmortem import Span
from rules.rule import Severity
from rules.source import Source
from rules.yaml_path import KEY, Path, node_at, path_found

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_QUOTED = re.compile(r"`([^`]+)`")
_SHORTEST = 3  # letters of a word that is short for another
_TEMPLATE = "template.md"
_STAND_INS: Mapping[Path, Any] = MappingProxyType(
    {
        ("calendar", "holidays"): "2000-01-01",
        ("documents",): "*.md",
        ("facilitators",): "octocat",
        ("layout",): "Timeline",
        ("managers",): "octocat",
        ("people",): {},
        ("revisits", "days"): 30,
        ("rules",): Severity.NOTICE.value,
    }
)
"""What stands in for something wrong in a list or under a key of one's own, so that its neighbours and its key are
checked at once. A policy that was mended never is used."""


class PolicyProblem(NamedTuple):
    """Something that is wrong with a policy file, or probably not meant so: what, and where.

    Attributes:
        extra: the extra of Closeout that is missing; empty if none is.
    """

    span: Span
    message: str
    extra: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class PolicyReview:
    """All that there is to say of a policy file.

    Attributes:
        policy: what it means; None if it is wrong anywhere.
        errors: what is wrong, in the file's order.
        doubts: what is valid but probably not meant so; none that goes by a key in which there is an error.
    """

    policy: Policy | None
    errors: tuple[PolicyProblem, ...] = ()
    doubts: tuple[PolicyProblem, ...] = ()


def parse_policy(text: str) -> Policy | PolicyError:
    """The policy in a file's text, or the first thing that is wrong with it. Never raises, whatever the text is.

    An empty file is the default policy. A key without a value counts as not given.
    """
    review = review_policy(text)
    if review.policy is not None:
        return review.policy
    first = review.errors[0]
    return PolicyError(first.message, first.span.line, first.span.column, first.extra)


def review_policy(text: str, *, elsewhere: bool = False) -> PolicyReview:
    """All that is wrong with a policy file's text, or the policy and what is doubtful in it. Never raises.

    YAML that cannot be read gives one error; else all are found at once. With `elsewhere`, it is read where the service
    does not run: what cannot be checked for want of an extra is then a doubt, since the service may well have it.
    """
    source = Source(text)
    root = compose(source.text)
    if isinstance(root, YamlProblem):
        message = f"The policy cannot be read: {root.told()}."
        return PolicyReview(None, (PolicyProblem(Span(root.line, root.column, root.line, root.column), message),))
    if root is None or (isinstance(root, yaml.ScalarNode) and not root.value):
        return PolicyReview(Policy())
    if not isinstance(root, yaml.MappingNode):
        message = "The policy is no mapping. Write one `key: value` a line."
        return PolicyReview(None, (PolicyProblem(_span(source, root), message),))
    return _review(source, root, elsewhere)


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
def policy_adapter() -> TypeAdapter[Policy]:
    """What checks plain data against the policy's shape; it knows the shape's JSON Schema, too."""
    return TypeAdapter(Policy)


def _review(source: Source, root: yaml.MappingNode, elsewhere: bool) -> PolicyReview:
    extents = [(str(key.value), source.span(key.start_mark.index, value.end_mark.index)) for key, value in root.value]
    misplaced = [PolicyProblem(_span(source, each.key), each.message) for each in take_misplaced(root)]
    policy, mistakes = _policy_and_mistakes(root)
    unchecked = [each for each in mistakes if elsewhere and each.extra]
    wrong = [each for each in mistakes if each not in unchecked]
    errors = sorted([*misplaced, *_placed(source, root, wrong)])
    completed = _completed(policy)
    doubtful = [*unchecked, *policy_doubts(completed, _unsure(extents, errors))]
    return PolicyReview(None if errors else completed, tuple(errors), tuple(sorted(_placed(source, root, doubtful))))


def _unsure(extents: Sequence[tuple[str, Span]], errors: Sequence[PolicyProblem]) -> frozenset[str]:
    """The keys whose values may not be what is meant: they have an error, or may stand there under a wrong name."""
    wrong = {key for key, extent in extents if any(_holds(extent, error.span) for error in errors)}
    known = {field.name for field in dataclasses.fields(Policy)}
    misnamed = known - {key for key, _ in extents} if wrong - known else set()
    return frozenset(wrong | misnamed)


def _holds(extent: Span, place: Span) -> bool:
    return (extent.line, extent.column) <= (place.line, place.column) < (extent.end_line, extent.end_column)


def _policy_and_mistakes(root: yaml.MappingNode) -> tuple[Policy, list[Mistake]]:
    """What the file means, without what is wrong in it; and that."""
    data: dict[str, Any] = {key.value: plain(value) for key, value in root.value}
    if data.get("version") == "1":
        del data["version"]  # the only one there is; as a string it would not equal the number
    mistakes = list(_no_dates(data))
    _mend(data, [each for each in mistakes if not each.extra])
    policy, refused = _validated(root, data)
    return policy, [*mistakes, *refused, *policy_mistakes(policy)]


def _validated(root: yaml.Node, data: dict[str, Any]) -> tuple[Policy, list[Mistake]]:
    """The policy without what its shape refuses, and that. No key is required, so it is there once they are gone."""
    try:
        return policy_adapter().validate_python(data), []
    except ValidationError as problem:
        refused = _shape_mistakes(root, problem)
    _mend(data, refused)
    try:
        return policy_adapter().validate_python(data), refused
    except ValidationError:  # what was refused is still there under another name; the rest waits for the next time
        return Policy(), refused


def _mend(data: dict[str, Any], mistakes: Iterable[Mistake]) -> None:
    """Put something right in the place of what is wrong, or take it out, so that what stands beside it is read."""
    for each in mistakes:
        _mend_at(data, tuple(part for part in each.path if part != KEY), is_key=KEY in each.path)


def _mend_at(data: dict[str, Any], path: Path, *, is_key: bool) -> None:
    holder: Any = _value_at(data, path[:-1]) if path else None
    right = None if is_key else _STAND_INS.get(path[:-1])
    if right is not None and isinstance(holder, list | dict):
        holder[path[-1]] = right  # type: ignore[index]  # found there: a key of a mapping, an index of a list
    elif isinstance(holder, dict):
        holder.pop(path[-1], None)
    elif isinstance(holder, list):  # without a stand-in, all of it: what is left must keep its indexes
        _mend_at(data, path[:-1], is_key=is_key)


def _shape_mistakes(root: yaml.Node, problem: ValidationError) -> list[Mistake]:
    """What pydantic refused, one mistake a place; of several alternatives, the one that the file came closest to."""
    found: dict[Path, str] = {}
    for error in problem.errors(include_url=False):
        found.setdefault(path_found(root, error["loc"]), _in_words(dict(error)))
    return [
        Mistake(path, message)
        for path, message in found.items()
        if not any(other != path and other[: len(path)] == path for other in found)
    ]


def _completed(policy: Policy) -> Policy:
    """The policy with the defaults of the priorities that the file does not name, and with its holidays as days."""
    default = Policy()
    days = tuple(each if REGION.fullmatch(str(each)) else _day(each) for each in policy.calendar.holidays)
    manager_after = {**default.reminders.manager_after, **policy.reminders.manager_after}
    return dataclasses.replace(
        policy,
        deadlines={**default.deadlines, **policy.deadlines},
        calendar=dataclasses.replace(policy.calendar, holidays=days),
        reminders=dataclasses.replace(policy.reminders, manager_after=manager_after),
    )


def _day(holiday: date | str) -> date:
    return holiday if isinstance(holiday, date) else date.fromisoformat(holiday)


def _placed(source: Source, root: yaml.Node, mistakes: Iterable[Mistake]) -> Iterator[PolicyProblem]:
    for each in mistakes:
        yield PolicyProblem(_span(source, node_at(root, each.path)), each.message, each.extra)


def _span(source: Source, node: yaml.Node) -> Span:
    """Where a node stands, as far as its first line goes."""
    whole = source.span(node.start_mark.index, node.end_mark.index)
    if whole.line == whole.end_line:
        return whole
    return Span(whole.line, whole.column, whole.line, len(source.line(whole.line).rstrip()) + 1)


def _no_dates(data: dict[str, Any]) -> Iterator[Mistake]:
    """What should be a date and is not. pydantic would take a bare number for the seconds since 1970."""
    for path in _dates(data):
        value = str(_value_at(data, path))
        if path[-1] != "adopted" and REGION.fullmatch(value):
            try:
                check_region(value)
            except UnknownRegion as problem:
                yield Mistake(path, str(problem), EXTRA if isinstance(problem, MissingHolidays) else "")
        elif not _ISO_DATE.fullmatch(value):
            yield Mistake(path, f"`{value[:60]}` is not a date. Write it as YYYY-MM-DD{_or_region(path)}.")
        elif not _is_day(value):
            yield Mistake(path, f"`{value}` is not a day of the calendar. Write it as YYYY-MM-DD.")


def _or_region(path: Path) -> str:
    return "" if path[-1] == "adopted" else ", or write the code of a country or a part of one, such as `DE` or `US-CA`"


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _dates(data: dict[str, Any]) -> Iterator[Path]:
    if isinstance(data.get("adopted"), str):
        yield ("adopted",)
    calendar = data.get("calendar")
    holidays = calendar.get("holidays") if isinstance(calendar, dict) else None
    if isinstance(holidays, list):
        yield from (("calendar", "holidays", index) for index, day in enumerate(holidays) if isinstance(day, str))


def _value_at(data: Any, path: Path) -> Any:  # noqa: ANN401, RUF100 - any part of the file
    """What stands at a path; None if nothing does."""
    for key in path:
        has_it = key in data if isinstance(data, dict) else isinstance(data, list) and isinstance(key, int)
        data = data[key] if has_it else None
    return data


def _meant(word: str, known: Sequence[str]) -> str | None:
    """Which of the known words is meant: what is short for it, as `mon` for `Monday`, else what is spelt nearly so."""
    shorts = (each for each in known if len(each) >= _SHORTEST and word.casefold().startswith(each.casefold()))
    return next(shorts, None) or nearest(word[:100], known)


def _in_words(error: Mapping[str, Any]) -> str:
    """What pydantic found, in our words."""
    given = f"`{str(error['input'])[:60]}`"
    expected = str(error.get("ctx", {}).get("expected", "")).replace("'", "`")
    if error["loc"] in (("layout", "str"), ("layout", "mapping[str,union[str,tuple[str, ...]]]")):
        return "Write `auto`, the name of a layout, or a mapping of sections to headings."
    match error["type"]:
        case "tuple_type":
            return "This has to be a list. Put it in brackets: `[…]`."
        case "mapping_type" | "dict_type" | "dataclass_type":
            return "This has to be a mapping, with one `key: value` a line."
        case _ if isinstance(error["input"], list | dict):
            return "This has to be one value, not a list or a mapping." + (f" Write {expected}." if expected else "")
        case "int_parsing" | "int_type" | "int_from_float" | "int_parsing_size":
            return f"{given} is not a whole number. Write one such as `14`."
        case "bool_parsing" | "bool_type":
            return f"{given} is neither true nor false. Write one of the two."
        case "enum" | "literal_error":
            what = "There is no key" if KEY in error["loc"] else "There is no value"
            meant = _meant(str(error["input"]), _QUOTED.findall(expected))
            return f"{what} {given} here. " + (f"Did you mean `{meant}`? " if meant else "") + f"Write {expected}."
        case "date_from_datetime_parsing" | "date_parsing" | "date_type":
            return f"{given} is not a day of the calendar. Write it as YYYY-MM-DD."
        case _:
            return f"{given} cannot stand here: {error['msg'][:1].lower()}{error['msg'][1:]}."
