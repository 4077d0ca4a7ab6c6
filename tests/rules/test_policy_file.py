"""Reading the policy file: what it means, and what is said where it is wrong."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from datetime import date

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.policy import Evidence, PersonPolicy, Policy, PolicyError, Priority
from rules.policy_file import matches_document, parse_policy, review_policy
from rules.postmortem import Person, Span
from rules.rule import Severity
from rules.source import Source

COMPLETE = """\
version: 1
enforce: false
documents: ["postmortems/**/*.md", "!postmortems/archive/"]
layout: google
timezone: Europe/Berlin
adopted: 2026-01-01
people:
  ana: {name: Ana Ruiz, manager: dana, team: payments}
managers: {default: dana, payments: emil}
facilitators: [finn, gita]
deadlines: {P0: 7}
calendar: {working_days: [mon, tue], hours: "00:00-24:00", holidays: [2026-12-25]}
reminders: {before: 1, manager_after: {P1: 4}, repeat: 3}
revisits: {days: [30, 60], owner: dana}
standup: {day: tue, enabled: false}
co_author: {evidence: [commit, review]}
rules: {CO410: warning, tldr-long: off}
repositories: [postmortems]
trusted_apps: [closeout-old]
public: true
"""


def _error(text: str) -> tuple[int, int, str]:
    parsed = parse_policy(text)
    assert isinstance(parsed, PolicyError), parsed
    return parsed.line, parsed.column, parsed.message


def _policy(text: str) -> Policy:
    parsed = parse_policy(text)
    assert isinstance(parsed, Policy), parsed
    return parsed


def test_every_key_is_read() -> None:
    policy = _policy(COMPLETE)
    assert not policy.enforce
    assert policy.documents == ("postmortems/**/*.md", "!postmortems/archive/")
    assert (policy.layout, policy.timezone, policy.adopted) == ("google", "Europe/Berlin", date(2026, 1, 1))
    assert policy.people == {"ana": PersonPolicy(name="Ana Ruiz", manager="dana", team="payments")}
    assert policy.managers == {"default": "dana", "payments": "emil"}
    assert policy.calendar.holidays == (date(2026, 12, 25),)
    assert (policy.calendar.working_days, policy.calendar.hours) == (("mon", "tue"), "00:00-24:00")
    assert (policy.reminders.before, policy.reminders.repeat) == (1, 3)
    assert (policy.revisits.days, policy.revisits.owner) == ((30, 60), "dana")
    assert (policy.standup.day, policy.standup.enabled) == ("tue", False)
    assert policy.co_author.evidence == (Evidence.COMMIT, Evidence.REVIEW)
    assert policy.rules == {"CO410": Severity.WARNING, "tldr-long": Severity.OFF}
    assert policy.public


def test_priorities_that_the_file_does_not_name_keep_their_defaults() -> None:
    policy = _policy(COMPLETE)
    assert policy.deadlines == {Priority.P0: 7, Priority.P1: 28, Priority.P2: 56}
    assert policy.reminders.manager_after == {Priority.P0: 1, Priority.P1: 4, Priority.P2: 5}


@pytest.mark.parametrize(
    "text", ["", "\n", "# nothing yet\n", "version: 1", "\ufeffversion: 1\r\n", "people:\nrules: {}\n", "{}"]
)
def test_a_file_that_says_nothing_is_the_default_policy(text: str) -> None:
    assert _policy(text) == Policy()


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("enforc: true", 1, 1, "Did you mean `enforce`?"),
        ("version: 1\ncalendar:\n  hous: x\n", 3, 3, "Did you mean `hours`?"),
        ("people:\n  ana:\n    manger: dana\n", 3, 5, "Did you mean `manager`?"),
        ("zzz: 1", 1, 1, "Known here: version, enforce"),
        ("enforce: true\nenforce: false", 2, 1, "stands here twice"),
        ("version: 2", 1, 10, "Write 1."),
        ("enforce: maybe", 1, 10, "neither true nor false"),
        ("deadlines: {P0: soon}", 1, 17, "not a whole number"),
        ("deadlines: {P0: 0}", 1, 17, "from 1"),
        ("deadlines: {P3: 7}", 1, 13, "`P0`, `P1` or `P2`"),
        ("documents: {a: b}", 1, 12, "has to be a list"),
        ("documents: '!'", 1, 12, "is not a glob"),
        ("calendar: {holidays: 25.12.2026}", 1, 22, "not a date"),
        ("documents: [{[a]: b}]", 1, 13, "has to be one value"),
        ("layout: [google]", 1, 9, "Write `auto`, the name of a layout, or a mapping"),
        ("layout: {timeline: {a: b}}", 1, 20, "has to be one value"),
        ("documents: [a.md, '!']", 1, 19, "is not a glob"),
        ("documents: [a.md, '!x[']", 1, 19, "`!x[` is not a glob"),
        ("documents: ['[]/*.md']", 1, 13, "is not a glob"),
        ("documents: ['[z-a].md']", 1, 13, "is not a glob"),
        ("people: [ana]", 1, 9, "has to be a mapping"),
        ("timezone: Europe/Belin", 1, 11, "Did you mean `Europe/Berlin`?"),
        ("timezone: ../../etc/passwd", 1, 11, "no time zone"),
        ("adopted: 2026", 1, 10, "Write it as YYYY-MM-DD"),
        ("adopted: 2026-02-30", 1, 10, "not a day of the calendar"),
        ("calendar: {holidays: [2026-12-25, 25.12.2026]}", 1, 35, "not a date"),
        ("calendar: {hours: 9-5}", 1, 19, "are no hours"),
        ('calendar: {hours: "22:00-06:00"}', 1, 19, "end before they begin"),
        ('calendar: {hours: "09:00-09:00"}', 1, 19, "end before they begin"),
        ("calendar: {working_days: [mon, fry]}", 1, 32, "There is no value `fry`"),
        ("calendar: {working_days: [mon, Friday]}", 1, 32, "Did you mean `fri`?"),
        ("calendar: {working_days: [monday]}", 1, 27, "Did you mean `mon`?"),
        ("rules: {CO402: eror}", 1, 16, "Did you mean `error`?"),
        ("calendar: {working_days: []}", 1, 26, "at least one"),
        ("calendar: {holidays: [DEE]}", 1, 23, "or write the code of a country or a part of one, such as `DE`"),
        ("layout: gogle", 1, 9, "Did you mean `google`?"),
        ("layout: {timelin: Log}", 1, 10, "Did you mean `timeline`?"),
        ("people: {the team: {}}", 1, 10, "not a GitHub login"),
        ("people: {ana: {manager: everyone}}", 1, 25, "not a person"),
        ("people: {ana: {sponsor: Ana}}", 1, 25, "their own sponsor"),
        ("people: {ana: {}, Ana: {}}", 1, 19, "twice"),
        ('managers: {default: "@dana"}', 1, 21, "without the `@`"),
        ("people: {ana: {team: payments}}\nmanagers: {paymnts: dana}", 2, 12, "Did you mean `payments`?"),
        ("facilitators: [finn, the outsiders]", 1, 22, "not a GitHub login"),
        ("revisits: {days: [30, 0]}", 1, 23, "from 1"),
        ("reminders: {manager_after: {P2: 300}}", 1, 33, "300 working days make no sense here. Write a number from 0"),
        ("reminders: {repeat: 251}", 1, 21, "from 1 to 250, which is a year of work"),
        ("reminders: {before: 251}", 1, 21, "from 0 to 250, which is a year of work"),
        ("co_author: {evidence: [comit]}", 1, 24, "`commit`, `trailer` or `review`"),
        ("rules: {CO999: off}", 1, 9, "There is no rule `CO999`"),
        ("rules: {action-vage: off}", 1, 9, "Did you mean `action-vague`?"),
        ("rules: {CO402: eror}", 1, 16, "`error`, `warning`, `notice` or `off`"),
        ("- a", 1, 1, "is no mapping"),
        ("x: [1", 1, 6, "not valid YAML"),
        ('version: 1\ndocuments: ["a"\ntimezone: UTC\n', 3, 1, "at its end (the list begun on line 2)."),
        ("people: {a: {name: A}\nenforce: true\n", 2, 1, "at its end (the mapping begun on line 1)."),
        ("a: b\ntimezone: 'UTC\n\nc: d\n", 4, 5, "never closed (the quote begun on line 2)."),
        ("a: b\nenforce\nc: d", 3, 1, "no `:` behind it (the key begun on line 2)."),
        ("a: &x b", 1, 4, "anchors"),
        ("a: !!python/object b", 1, 4, "tags"),
        ("documents:\n  - !archive/**\n", 2, 5, "in quotes"),
        ("a: {<<: b}", 1, 5, "merge keys"),
        ("[" * 40, 1, 17, "nests deeper"),
        ("? [a]\n: b", 1, 3, "has to be a word"),
        ("a: b\n---\nc: d", 2, 1, "not valid YAML"),
        ("a: \x07", 1, 4, "a character that YAML does not allow"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_line_and_column(text: str, line: int, column: int, words: str) -> None:
    found_line, found_column, message = _error(text)
    assert words in message
    assert (found_line, found_column) == (line, column)


def test_all_that_is_wrong_is_found_at_once_in_the_file_s_order() -> None:
    review = review_policy(
        "adopted: soon\n"
        "calendar: {holidays: [2026-12-25, x], hours: 9-5}\n"
        "people: {ana: {manger: dana}, ana: {}, '@ben': {}}\n"
        "enforce: maybe\n"
        "enforc: true\n"
        "rules: {CO402: eror, CO999: off}\n"
    )
    assert review.policy is None
    assert [(each.span.line, each.span.column) for each in review.errors] == [
        (1, 10),
        (2, 35),
        (2, 46),
        (3, 16),
        (3, 31),
        (3, 40),
        (4, 10),
        (5, 1),
        (6, 16),
        (6, 22),
    ]


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("rules: {human-eror: warn, CO999: off, CO402: eror}", [9, 21, 27, 46]),
        ("calendar: {holidays: [soon, 2026-02-30, 2026-12-25]}", [23, 29]),
        ("revisits: {days: [soon, -1, [30]]}", [19, 25, 29]),
        ("facilitators: [[finn], '@ben']", [16, 24]),
        ("people: {'@ben': 5, ana: {manager: '@dana'}}", [10, 18, 36]),
        ("managers: {default: [dana], payments: '@emil'}", [21, 39]),
        ("documents: [[a.md], '#']", [13, 21]),
        ("layout: {timelin: [[Log]], actions: Promises}", [10, 20]),
    ],
)
def test_what_is_wrong_does_not_hide_what_stands_beside_it(text: str, columns: list[int]) -> None:
    assert [each.span.column for each in review_policy(text).errors] == columns


def test_no_rule_is_suggested_for_a_number_that_no_rule_has() -> None:
    assert _error("rules: {CO999: off}")[2] == "There is no rule `CO999`. `closeout rules` lists them all."


def test_the_mark_is_as_wide_as_what_is_wrong() -> None:
    (error,) = review_policy("people:\n  ana:\n    manger: dana\n").errors
    assert error.span == Span(3, 5, 3, 11)
    (error,) = review_policy("documents:\n  a: b\n  c: d\n").errors
    assert error.span == Span(2, 3, 2, 7)  # of a value of several lines, the first


def test_a_value_that_is_left_out_of_a_list_does_not_shift_the_others() -> None:
    assert _error('facilitators:\n  -\n  - finn\n  - "@gita"\n')[:2] == (4, 5)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a:\n\tb: 1", "Indent with spaces"),
        ("managers: {default: @dana}", "cannot begin with `@`. Put it in quotes"),
        ("documents: [*.md]", "cannot begin with `*` or `&`"),
        ("people:\n  ana: {}\n ben: {}", "indented less or more"),
        ("people: {ana: {}", "no `}` at its end"),
        ("documents: [a.md", "no `]` at its end"),
        ("timezone: 'UTC", "a quote is opened and never closed"),
        ("timezone: Europe: Berlin", "Put a value that has one in quotes"),
        ("enforce", "is no mapping"),
        ("enforce: true\nadopted", "has no `:` behind it"),
    ],
)
def test_yaml_that_cannot_be_read_is_explained(text: str, words: str) -> None:
    assert words in _error(text)[2]


def test_off_is_a_severity_and_not_a_truth_value() -> None:
    assert _policy("rules: {CO402: off}").rules == {"CO402": Severity.OFF}


def test_a_policy_may_name_its_own_headings() -> None:
    policy = _policy("layout:\n  timeline: Log\n  actions: [To do, Promises]\n")
    assert policy.layout == {"timeline": "Log", "actions": ("To do", "Promises")}


def test_a_bomb_is_refused_before_it_grows() -> None:
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{','.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(9)
    )
    assert "anchors" in _error(bomb)[2]
    assert "parts" in _error("a: [" + "x," * 6000 + "]")[2]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_no_text_makes_it_raise(text: str) -> None:
    assert isinstance(parse_policy(text), Policy | PolicyError)


@settings(max_examples=200, deadline=None)
@given(
    st.integers(0, len(COMPLETE)),
    st.integers(0, 12),
    st.sampled_from(["", "[", "{", ": ", "\n", "'", "- ", "&", "x", "9"]),
)
def test_no_mutation_makes_it_raise(start: int, length: int, piece: str) -> None:
    parsed = parse_policy(COMPLETE[:start] + piece + COMPLETE[start + length :])
    assert isinstance(parsed, Policy) or (parsed.line >= 1 and parsed.column >= 1 and parsed.message)


_WORDS = st.sampled_from(
    ["ana", "@ana", "mon", "1", "off", "2026-01-01", "", "people", "timeline", "days", "[key]", "str"]
)
_KEYS = st.sampled_from([field.name for field in dataclasses.fields(Policy)]) | _WORDS
_ANYTHING = st.recursive(
    _WORDS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=4), max_leaves=10
)


@settings(deadline=None)
@given(st.dictionaries(_KEYS, _ANYTHING, max_size=6))
def test_whatever_stands_under_a_key_is_taken_or_refused_at_its_place(policy: dict[str, object]) -> None:
    text = yaml.safe_dump(policy)
    review = review_policy(text)
    assert (review.policy is None) == bool(review.errors)
    assert list(review.errors) == sorted(set(review.errors))
    source = Source(text)
    for each in review.errors:
        assert each.message.endswith((".", "?"))
        assert source.slice(each.span)


def test_globs_work_as_in_gitignore() -> None:
    policy = Policy(documents=("postmortems/**/*.md", "!postmortems/archive/"))
    paths = ("postmortems/a.md", "postmortems/2026/a.md", "postmortems/archive/a.md", "a.md", "postmortems/a.txt")
    assert [matches_document(policy, path) for path in paths] == [True, True, False, False, False]


def test_without_globs_the_question_stays_open() -> None:
    assert matches_document(Policy(), "notes/a.md") is None


def test_globs_that_only_exclude_leave_the_rest_open() -> None:
    policy = Policy(documents=("!archive/**",))
    assert matches_document(policy, "archive/a.md") is False
    assert matches_document(policy, "a.md") is None


@pytest.mark.parametrize("documents", [(), ("**/*.md",)])
def test_a_template_is_never_a_postmortem(documents: tuple[str, ...]) -> None:
    for path in ("TEMPLATE.md", "postmortems/template.md"):
        assert matches_document(Policy(documents=documents), path) is False


def test_a_person_is_found_by_login_or_by_a_name_that_is_theirs_alone() -> None:
    policy = Policy(
        people={"ana": PersonPolicy(name="Ana Ruiz"), "bo1": PersonPolicy(name="Bo"), "bo2": PersonPolicy(name="Bo")}
    )

    def login(name: str, login: str | None = None) -> str | None:
        return policy.login_of(Person(name, name, login, Span(1, 1, 1, 2)))

    assert login("Somebody", "zed") == "zed"
    assert login("ana  ruiz") == "ana"
    assert login("ANA") == "ana"
    assert login("Bo") is None
    assert login("") is None
    assert policy.person("ANA") == PersonPolicy(name="Ana Ruiz")
    assert policy.person("zed") is None


def test_checking_a_document_does_not_import_pydantic() -> None:
    code = (
        "import sys, datetime\n"
        "from rules.checking import check\nfrom rules.policy import Policy\n"
        "from rules.reading import read\nfrom rules.rule import Context\n"
        "check(read('# x'), Policy(), Context('x.md', datetime.date(2026, 5, 6)))\n"
        "sys.exit('pydantic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("single", "listed"),
    [
        ("calendar: {holidays: DE}", "calendar: {holidays: [DE]}"),
        ("calendar: {holidays: 2026-12-25}", "calendar: {holidays: [2026-12-25]}"),
        ("calendar: {working_days: mon}", "calendar: {working_days: [mon]}"),
        ("documents: postmortems/*.md", "documents: [postmortems/*.md]"),
        ("facilitators: finn", "facilitators: [finn]"),
        ("revisits: {days: 30}", "revisits: {days: [30]}"),
        ("co_author: {evidence: review}", "co_author: {evidence: [review]}"),
        ("repositories: postmortems", "repositories: [postmortems]"),
        ("trusted_apps: ci", "trusted_apps: [ci]"),
    ],
)
def test_a_single_value_is_a_list_of_one(single: str, listed: str) -> None:
    assert isinstance(parse_policy(single), Policy)
    assert parse_policy(single) == parse_policy(listed)


def test_brackets_of_a_glob_may_hold_brackets_and_be_escaped() -> None:
    for glob in ("a[]b].md", "a[!]b].md", "a\\[b.md", "[a-z][0-9]*.md"):
        assert isinstance(parse_policy(f"documents: ['{glob}']"), Policy), glob
