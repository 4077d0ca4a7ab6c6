"""`closeout policy schema`: the JSON Schema of the policy file, with which an editor completes and checks it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any
from zoneinfo import available_timezones

import rules.checking  # noqa: F401 — registers the rules
from app.cli import terminal
from app.cli.editor_yaml import editor_value
from app.cli.policy_keys import KEYS
from app.links import PROJECT_URL
from rules.holidays import REGION
from rules.layouts import LAYOUTS
from rules.policy import Policy, Priority
from rules.policy_checks import HOURS, LOGIN, MOST_DAYS
from rules.rule import Severity, iter_rules

Schema = dict[str, Any]

_ITEM = "[]"  # in a path: what stands in a list
_ANY_KEY = "*"
_LOGIN: Schema = {
    "type": ["string", "integer"],
    "pattern": f"^{LOGIN}$",
    "patternErrorMessage": "This is not a GitHub login. Name one person, by their login, without an @.",
}
_WORD: Schema = {"type": ["string", "number"]}
_DATE: Schema = {
    "type": "string",
    "format": "date",
    "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
    "patternErrorMessage": "This is not a date. Write it as YYYY-MM-DD.",
}
_REGION: Schema = {
    "type": "string",
    "pattern": f"^{REGION.pattern}$",
    "patternErrorMessage": "This is neither a date nor a country. Write YYYY-MM-DD, or a country such as DE.",
}
_HOLIDAY: Schema = {"anyOf": [_DATE, _REGION]}
_GLOB: Schema = {
    "type": "string",
    "pattern": "^(?!#).*[^!/ ]",
    "patternErrorMessage": "This is not a glob. Write one such as postmortems/**/*.md.",
}
_HOURS: Schema = {
    "pattern": f"^{HOURS}$",
    "patternErrorMessage": 'These are no hours. Write them as "09:00-17:00", in 24 hours.',
}
_ZONES = (
    "UTC",
    "America/Los_Angeles",
    "America/New_York",
    "America/Sao_Paulo",
    "Asia/Kolkata",
    "Asia/Shanghai",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Europe/Berlin",
    "Europe/London",
)


def schema() -> None:
    """Print the JSON Schema of the policy file, for editors.

    Save it as .github/closeout.schema.json and begin the policy file with the line
    `# yaml-language-server: $schema=closeout.schema.json`.
    """
    terminal.write(json.dumps(policy_schema(), ensure_ascii=False, indent=2) + "\n")


def policy_schema() -> Schema:
    """The schema, in the dialect 2020-12, with messages in the keyword `patternErrorMessage`, which editors know.

    It says what can be said of one value without the others: that a manager is somebody else, for example, only
    `closeout policy check` knows. A key without a value counts as not given, so null may stand everywhere.
    """
    from rules.policy_file import policy_adapter  # not at the top: pydantic, which `policy init` does without

    shape = policy_adapter().json_schema()
    root = _resolved(shape, shape.pop("$defs"))
    refinements = _refinements()
    defaults = _by_path(policy_adapter().dump_python(Policy(), mode="json"))
    for path, part in _parts(root, ""):
        part.update(refinements.get(path, {}))
        if path in defaults:
            part["default"] = defaults[path]
        _describe(path, part)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **_nullable(root),
        "title": "Closeout policy",
        "description": f"The file .github/closeout.yml of a repository that uses Closeout: {PROJECT_URL}",
    }


def _resolved(part: Schema, definitions: Mapping[str, Schema]) -> Schema:
    """A part of pydantic's schema with its references filled in, without titles and without alternatives to null."""
    whole = {**definitions[part["$ref"].rpartition("/")[2]], **part} if "$ref" in part else dict(part)
    alternatives = [each for each in whole.pop("anyOf", []) if each != {"type": "null"}]
    if len(alternatives) == 1:
        return _resolved({**whole, **alternatives[0]}, definitions)
    for key in ("items", "additionalProperties", "propertyNames"):
        if key in whole:
            whole[key] = _resolved(whole[key], definitions)
    if "properties" in whole:
        whole["properties"] = {key: _resolved(each, definitions) for key, each in whole["properties"].items()}
    return {key: value for key, value in whole.items() if key not in ("$ref", "title", "description")}


def _parts(part: Schema, path: str) -> Iterator[tuple[str, Schema]]:
    """Each part that stands for a value of the file, with its path, outer ones first."""
    yield path, part
    inner = [
        *part.get("properties", {}).items(),
        (_ITEM, part.get("items")),
        (_ANY_KEY, part.get("additionalProperties")),
    ]
    for key, each in inner:
        if isinstance(each, dict):
            yield from _parts(each, f"{path}.{key}".lstrip("."))


def _by_path(values: Mapping[str, Any], above: str = "") -> dict[str, Any]:
    """What holds by default, by path: of pydantic's schema, only what does not have to be made anew each time."""
    found: dict[str, Any] = {}
    for key, value in values.items():
        path = f"{above}.{key}".lstrip(".")
        found[path] = value
        if isinstance(value, dict):
            found.update(_by_path(value, path))
    return found


def _describe(path: str, part: Schema) -> None:
    """Add what the key means, and close what has keys of its own."""
    if "properties" in part:
        part["additionalProperties"] = False
    if key := KEYS.get(path):
        part["description"] = key.what
        example = editor_value(key.example)
        part["examples"] = [example, *(each for each in part.get("examples", ()) if each != example)]


def _refinements() -> dict[str, Schema]:
    """What pydantic does not know of a value, by path."""
    return {
        "documents.[]": _GLOB,
        "layout": _layout(),
        "timezone": _zone(),
        "adopted": _DATE,
        "people": {"propertyNames": {key: _LOGIN[key] for key in ("pattern", "patternErrorMessage")}},
        "people.*.name": _WORD,
        "people.*.manager": _LOGIN,
        "people.*.team": _WORD,
        "people.*.sponsor": _LOGIN,
        "managers.*": _LOGIN,
        "facilitators.[]": _LOGIN,
        "deadlines": _by_priority(least=1),
        "calendar.working_days": {"minItems": 1},
        "calendar.hours": _HOURS,
        "calendar.holidays.[]": _HOLIDAY,
        "reminders.before": _days(least=0),
        "reminders.manager_after": _by_priority(least=0),
        "reminders.repeat": _days(least=1),
        "revisits.days.[]": _days(least=1),
        "revisits.owner": _LOGIN,
        "rules": _rules(),
    }


def _layout() -> Schema:
    kinds = sorted({kind for layout in LAYOUTS.values() for kind in layout.headings})
    headings = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
    named = {"enum": ["auto", *sorted(LAYOUTS)]}
    own = {"type": "object", "properties": dict.fromkeys(kinds, headings), "additionalProperties": False}
    return {"anyOf": [named, own]}


def _zone() -> Schema:
    """The zones as a pattern: of an enumeration, editors would list all 600 names at each typo."""
    zones = "|".join(zone.replace("+", r"\+") for zone in sorted({"UTC", *available_timezones()}))
    message = "There is no such time zone. Write an IANA name such as Europe/Berlin."
    return {"type": "string", "pattern": f"^(?:{zones})$", "patternErrorMessage": message, "examples": list(_ZONES)}


def _days(*, least: int) -> Schema:
    return {"type": "integer", "minimum": least, "maximum": MOST_DAYS}


def _by_priority(*, least: int) -> Schema:
    return {"properties": {priority.value: _days(least=least) for priority in Priority}, "additionalProperties": False}


def _rules() -> Schema:
    severities = [severity.value for severity in Severity]
    described = {
        name: {"enum": severities, "description": f"{rule.code} {rule.name} ({rule.weights}): {rule.summary}"}
        for rule in iter_rules()
        for name in (rule.code, rule.name)
    }
    return {"properties": described}


def _nullable(part: Schema) -> Schema:
    """The part with null allowed wherever a value may stand, and a single value wherever a list of them may."""
    loose = dict(part)
    if "items" in loose:
        single = _nullable(loose["items"])
        listed = {"type": ["array", "null"], "items": single, "minItems": loose.get("minItems", 0)}
        about = {key: value for key, value in loose.items() if key not in listed}
        return {**about, "anyOf": [listed, single]}
    if loose.get("default", 0) is None:
        del loose["default"]
    if "const" in loose:
        loose["enum"] = [loose.pop("const")]
    if "enum" in loose:
        loose["enum"] = [*loose["enum"], None]
        loose.pop("type", None)
    if "type" in loose:
        kinds = loose["type"] if isinstance(loose["type"], list) else [loose["type"]]
        loose["type"] = [*kinds, "null"]
    if "anyOf" in loose:
        loose["anyOf"] = [_nullable(each) for each in loose["anyOf"]]
    if isinstance(loose.get("additionalProperties"), dict):
        loose["additionalProperties"] = _nullable(loose["additionalProperties"])
    if "properties" in loose:
        loose["properties"] = {key: _nullable(each) for key, each in loose["properties"].items()}
    return loose
