"""The schema of the policy file says the same as the parser, as far as a schema can."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from app.cli.editor_yaml import editor_value
from app.cli.policy_init import policy_template
from app.cli.policy_keys import KEYS
from app.cli.policy_schema import policy_schema
from rules.policy import Policy
from rules.policy_file import parse_policy, policy_adapter
from rules.rule import iter_rules
from tests.cli.conftest import Closeout
from tests.cli.test_policy_init import _DAY, uncommented
from tests.rules.test_policy_file import COMPLETE

_ROOT = Path(__file__).parents[2]


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(policy_schema(), format_checker=FormatChecker())


def accepts(text: str) -> bool:
    return bool(_validator().is_valid(editor_value(text)))


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(policy_schema())


def test_it_is_printed(closeout: Closeout) -> None:
    result = closeout("policy", "schema")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == policy_schema()


@pytest.mark.parametrize(
    "text", ["", "{}", "version: 1", COMPLETE, policy_template(_DAY), uncommented(policy_template(_DAY))]
)
def test_what_the_parser_takes_validates(text: str) -> None:
    assert isinstance(parse_policy(text), Policy)
    _validator().validate(editor_value(text))


@pytest.mark.parametrize("page", ["README.md", "docs/policy.md"])
def test_every_documented_example_validates(page: str) -> None:
    examples = re.findall(r"^( *)```yaml\n(.*?)^ *```", (_ROOT / page).read_text("utf-8"), re.MULTILINE | re.DOTALL)
    policies = [body for _, body in examples if not body.lstrip().startswith(("repos:", "on:"))]
    assert policies
    for body in policies:
        assert isinstance(parse_policy(body), Policy), body
        _validator().validate(editor_value(body))


def part_at(path: str) -> dict[str, Any]:
    part = policy_schema()
    for key in path.split("."):
        part = part["additionalProperties"] if key == "*" else part["properties"][key]
    return part


@pytest.mark.parametrize("path", KEYS)
def test_every_key_is_documented_in_the_same_words_with_its_default(path: str) -> None:
    page = (_ROOT / "docs" / "policy.md").read_text("utf-8")
    shown = f"| `{path.replace('*', 'LOGIN')}` | {KEYS[path].what} | "
    (row,) = [line for line in page.splitlines() if line.startswith(shown)]
    default, rest = row.removeprefix(shown).split(" | ", 1)
    assert rest == f"`{KEYS[path].example}` |"
    if any(other.startswith(f"{path}.") and "*" not in other for other in KEYS):
        assert default == "as below"
    elif held := part_at(path).get("default"):
        assert editor_value(default.strip("`")) == held
    else:
        assert default == ("`false`" if held is False else "none")


def test_the_schema_tells_every_default() -> None:
    held = policy_adapter().dump_python(Policy(), mode="json")
    assert part_at("deadlines")["default"] == held["deadlines"]
    assert part_at("deadlines.P1")["default"] == held["deadlines"]["P1"]
    assert part_at("reminders")["default"] == held["reminders"]
    assert "default" not in part_at("adopted")


@pytest.mark.parametrize("path", KEYS)
def test_every_key_has_a_description_and_an_example_that_holds(path: str) -> None:
    part = part_at(path)
    assert part["description"] == KEYS[path].what
    for example in part["examples"]:
        Draft202012Validator(part).validate(example)


def test_rules_are_completed_by_code_and_by_name() -> None:
    rules = policy_schema()["properties"]["rules"]
    names = {name for rule in iter_rules() for name in (rule.code, rule.name)}
    assert set(rules["properties"]) == names
    assert rules["additionalProperties"] is False
    assert rules["properties"]["action-vague"]["description"].startswith("CO410 action-vague (error")


def test_no_key_but_the_known_ones_is_allowed() -> None:
    for text in ("enforc: true", "calendar: {hous: x}", "people: {ana: {manger: x}}", "standup: {dai: mon}"):
        assert not accepts(text), text


_LOGINS = st.sampled_from(["ana", "ben-okafor", "x_acme", "7seas"])
_NO_LOGINS = st.sampled_from(["@ana", "the team", "-ana", "", "a" * 41, ["ana"], {"a": "b"}]).filter(
    lambda each: each != ""
)
_DATES = st.dates().map(str).filter(lambda each: len(each) == 10)
_NO_DATES = st.sampled_from(["2026-02-30", "25.12.2026", "2026", "2026-1-1", ["2026-01-01"]])
_COUNTS = st.integers(1, 3650)
_NO_COUNTS = st.sampled_from([-1, 3651, "soon", 1.5, [1], True])
_TRUTH = st.booleans()
_NO_TRUTH = st.sampled_from(["maybe", 3, [True], {"a": True}])
_WEEKDAYS = st.sampled_from(["mon", "sat", "sun"])
_NO_WEEKDAYS = st.sampled_from(["fry", "monday", 1, ["mon"]])
_RULES = st.sampled_from(["CO402", "CO410", "tldr-long", "action-vague"])
_SEVERITIES = st.sampled_from(["error", "warning", "notice", "off"])
_GLOBS = st.sampled_from(["postmortems/**/*.md", "!a/", "*.md", "a b.md"])
_PRIORITIES = st.sampled_from(["P0", "P1", "P2"])


def lists(good: st.SearchStrategy[Any], bad: st.SearchStrategy[Any]) -> tuple[Any, Any]:
    """Lists, or a single value, of what may stand in them; and those of what may not."""
    some = st.lists(good, max_size=2)
    return st.one_of(some, good), st.one_of(
        st.tuples(some, bad).map(lambda parts: [*parts[0], parts[1]]),
        bad.map(lambda each: {"a": "b"} if isinstance(each, list) else each),
    )


def mappings(keys: Any, no_keys: Any, good: Any, bad: Any) -> tuple[Any, Any]:
    some = st.dictionaries(keys, good, max_size=1)
    wrong = st.one_of(
        st.dictionaries(keys, bad, min_size=1, max_size=1),
        st.dictionaries(no_keys, good, min_size=1, max_size=1),
        st.just("a"),
        st.just(["a"]),
    )
    return some, wrong


def parts(**keys: tuple[Any, Any]) -> tuple[Any, Any]:
    """Mappings with the keys given, each with the values that may stand there; and those with one that may not."""
    good = {key: pair[0] for key, pair in keys.items()}
    some = st.fixed_dictionaries({}, optional=good)
    wrong = [
        st.tuples(some, pair[1]).map(lambda both, key=key: {**both[0], key: both[1]})  # type: ignore[misc]
        for key, pair in keys.items()
    ]
    unknown = some.map(lambda each: {**each, "unheard-of": 1})
    return some, st.one_of(*wrong, unknown, st.just("a"), st.just(["a"]))


_PEOPLE = parts(name=(st.sampled_from(["Ana Ruiz", "x"]), st.just(["a"])), manager=(st.just("zoe"), _NO_LOGINS))
_POLICY = parts(
    version=(st.just(1), st.sampled_from([2, "one", [1]])),
    enforce=(_TRUTH, _NO_TRUTH),
    documents=lists(_GLOBS, st.sampled_from(["!", "# a", "/", ["a"], {"a": "b"}])),
    layout=(
        st.sampled_from(["auto", "google", {"timeline": "Log"}, {"actions": ["To do", "Promises"]}]),
        st.sampled_from(["gogle", ["google"], {"timelin": "Log"}, {"timeline": {"a": "b"}}]),
    ),
    timezone=(st.sampled_from(["UTC", "Europe/Berlin"]), st.sampled_from(["Europe/Belin", 3, ["UTC"], "../x"])),
    adopted=(_DATES, _NO_DATES),
    people=mappings(_LOGINS, st.sampled_from(["@ana", "the team"]), *_PEOPLE),
    managers=mappings(st.sampled_from(["default", "payments", "the team"]), st.nothing(), _LOGINS, _NO_LOGINS),
    facilitators=lists(_LOGINS, _NO_LOGINS),
    deadlines=mappings(_PRIORITIES, st.sampled_from(["P3", "p0"]), _COUNTS, st.one_of(_NO_COUNTS, st.just(0))),
    calendar=parts(
        working_days=(
            st.lists(_WEEKDAYS, min_size=1, max_size=2),
            st.one_of(lists(_WEEKDAYS, _NO_WEEKDAYS)[1], st.just([])),
        ),
        hours=(
            st.sampled_from(["09:00-17:00", "00:00-24:00"]),
            st.sampled_from(["9-5", "09:00-25:00", 9, "09:00-17:00 "]),
        ),
        holidays=lists(st.one_of(_DATES, st.sampled_from(["DE", "US-CA"])), _NO_DATES),
    ),
    reminders=parts(
        before=(st.integers(0, 9), _NO_COUNTS),
        manager_after=mappings(_PRIORITIES, st.just("P9"), st.integers(0, 9), _NO_COUNTS),
        repeat=(_COUNTS, st.one_of(_NO_COUNTS, st.just(0))),
    ),
    revisits=parts(days=lists(_COUNTS, _NO_COUNTS), owner=(_LOGINS, _NO_LOGINS)),
    standup=parts(day=(_WEEKDAYS, _NO_WEEKDAYS), enabled=(_TRUTH, _NO_TRUTH)),
    co_author=parts(evidence=lists(st.sampled_from(["commit", "review"]), st.sampled_from(["comit", 1, ["commit"]]))),
    rules=mappings(
        _RULES,
        st.sampled_from(["CO999", "action-vage"]),
        _SEVERITIES,
        st.sampled_from(["eror", 1, ["off"]]),
    ),
    repositories=lists(_GLOBS, st.just(["a"])),
    trusted_apps=lists(_LOGINS, st.just({"a": "b"})),
    public=(_TRUTH, _NO_TRUTH),
)


@given(_POLICY[0])
def test_what_may_be_said_is_taken_by_both(policy: dict[str, Any]) -> None:
    text = yaml.safe_dump(policy)
    assert isinstance(parse_policy(text), Policy), parse_policy(text)
    _validator().validate(editor_value(text))


@given(_POLICY[1].filter(lambda each: isinstance(each, dict)))
def test_what_may_not_be_said_is_refused_by_both(policy: dict[str, Any]) -> None:
    text = yaml.safe_dump(policy)
    assert not isinstance(parse_policy(text), Policy), text
    assert not accepts(text), text
