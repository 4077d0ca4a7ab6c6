from __future__ import annotations

import json
from typing import Any

import pytest

from app.cli.format_sarif import format_sarif
from app.cli.report import DocumentReport
from tests.cli.builders import NAMED_FAULT, TIMELINE_ORDER, a_finding, a_report


def run_of(*reports: DocumentReport) -> Any:
    log = json.loads(format_sarif(reports, "1.2.3"))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    return run


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
