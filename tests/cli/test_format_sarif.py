from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator, FormatChecker

from app.cli.format_sarif import format_sarif
from app.cli.report import DocumentReport
from rules.postmortem import Span
from rules.rule import Edit
from tests.cli.builders import NAMED_FAULT, RULES, TIMELINE_ORDER, a_finding, a_report

_SCHEMA = Path(__file__).parent / "schemas" / "sarif-schema-2.1.0.json"


@cache
def _validator() -> Draft7Validator:
    schema = json.loads(_SCHEMA.read_text("utf-8"))
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema, format_checker=FormatChecker())


def run_of(*reports: DocumentReport) -> Any:
    log = json.loads(format_sarif(reports, "1.2.3"))
    _validator().validate(log)
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    return run


_LINES = st.integers(1, 50)
_FINDINGS = st.builds(
    lambda line, column, lines, columns, rule, message, replacement: a_finding(
        line,
        column,
        line + lines,
        column + columns,
        rule=rule,
        message=message,
        edit=None if replacement is None else Edit(Span(line, column, line, column), replacement),
    ),
    _LINES,
    _LINES,
    st.integers(0, 2),
    st.integers(0, 9),
    st.sampled_from(RULES),
    st.text(min_size=1),
    st.none() | st.text(),
)


@given(st.lists(_FINDINGS, max_size=5), st.text(min_size=1, max_size=20))
def test_whatever_is_found_validates_against_the_standards_schema(findings: list[Any], path: str) -> None:
    run = run_of(a_report("# A", *findings, path=path))
    assert len(run["results"]) == len(findings)


def test_columns_are_code_points_and_ends_exclusive() -> None:
    run = run_of(a_report("# 🎉 Bad", a_finding(1, 5, 1, 8)))
    assert run["columnKind"] == "unicodeCodePoints"
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 1, "startColumn": 5, "endLine": 1, "endColumn": 8}


def test_each_result_points_at_its_rule() -> None:
    run = run_of(
        a_report("", a_finding(1, 1, 1, 2), a_finding(1, 1, 1, 2, rule=TIMELINE_ORDER)),
        a_report("", a_finding(1, 1, 1, 2, rule=NAMED_FAULT)),
    )
    listed = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in listed] == ["CO304", "CO402", "CO505"]
    assert all(listed[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    assert [result["level"] for result in run["results"]] == ["error", "warning", "note"]


def test_a_rule_carries_its_page_and_its_documentation() -> None:
    (rule,) = run_of(a_report("", a_finding(1, 1, 1, 2)))["tool"]["driver"]["rules"]
    assert rule["shortDescription"] == {"text": "An action item that nobody owns."}
    assert rule["helpUri"].endswith("/CO402.md")
    assert "Why:" in rule["help"]["text"]


def test_a_rule_has_all_that_code_scanning_asks_for() -> None:
    (rule,) = run_of(a_report("", a_finding(1, 1, 1, 2)))["tool"]["driver"]["rules"]
    assert 0 < len(rule["fullDescription"]["text"]) <= 1024
    assert rule["help"]["markdown"]
    assert rule["properties"] == {"tags": ["postmortem"], "problem.severity": "error"}
    assert rule["defaultConfiguration"] == {"level": "error"}


def test_a_finding_keeps_its_fingerprint_when_it_moves() -> None:
    here, there = (
        run_of(a_report("- Alert\n", a_finding(line, 1, line, 2, subject="Alert on it")))["results"][0]
        for line in (1, 9)
    )
    assert here["partialFingerprints"] == there["partialFingerprints"]


def test_findings_alike_are_told_apart_by_their_order() -> None:
    twice = [a_finding(line, 1, line, 2, subject="Alert on it") for line in (1, 2)]
    other = a_finding(3, 1, 3, 2, subject="Page the owner")
    results = run_of(a_report("", *twice, other))["results"]
    prints = [each["partialFingerprints"]["primaryLocationLineHash"] for each in results]
    assert len(set(prints)) == 3
    assert [each.rpartition(":")[2] for each in prints] == ["1", "2", "1"]


def test_a_safe_edit_is_a_fix() -> None:
    edit = Edit(Span(3, 5, 3, 9), "SEV-1")
    (result,) = run_of(a_report("", a_finding(3, 1, 3, 9, edit=edit), path="a b.md"))["results"]
    (fix,) = result["fixes"]
    (change,) = fix["artifactChanges"]
    assert change["artifactLocation"] == {"uri": "a%20b.md"}
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 9},
            "insertedContent": {"text": "SEV-1"},
        }
    ]


def test_a_path_counts_from_the_repositorys_root_wherever_the_run_began() -> None:
    report = DocumentReport(
        "../a.md", a_report("").source, (a_finding(1, 1, 1, 2),), repository_path="postmortems/a.md"
    )
    (result,) = run_of(report)["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": "postmortems/a.md"}


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("postmortems/a b:é.md", "postmortems/a%20b%3A%C3%A9.md"),
        ("/srv/a.md", "file:///srv/a.md"),
        ("C:/srv/a.md", "file:///C:/srv/a.md"),
    ],
)
def test_a_path_becomes_a_uri_reference(path: str, uri: str) -> None:
    (result,) = run_of(a_report("", a_finding(1, 1, 1, 2), path=path))["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": uri}


def test_clean_documents_make_a_log_without_results() -> None:
    run = run_of(a_report("# Fine"))
    assert (run["results"], run["tool"]["driver"]["rules"]) == ([], [])
