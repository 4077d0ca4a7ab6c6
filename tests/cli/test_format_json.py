from __future__ import annotations

import json

from app.cli.format_json import format_json
from rules.postmortem import Span
from rules.rule import Edit
from tests.cli.builders import a_finding, a_report


def test_the_shape_is_the_contract() -> None:
    edit = Edit(Span(1, 1, 1, 2), "x")
    written = format_json([a_report("# é\n", a_finding(1, 3, 1, 4, edit=edit)), a_report("# Fine\n")])
    assert json.loads(written) == {
        "version": 1,
        "documents": 2,
        "findings": [
            {
                "code": "CO402",
                "name": "action-owner-missing",
                "severity": "error",
                "message": "Nobody owns this. Name a person.",
                "path": "postmortems/checkout.md",
                "line": 1,
                "column": 3,
                "end_line": 1,
                "end_column": 4,
                "fixable": True,
                "url": "https://github.com/closeout-app/closeout/blob/main/docs/rules/CO402.md",
            }
        ],
    }


def test_no_findings_are_an_empty_list() -> None:
    assert json.loads(format_json([])) == {"version": 1, "documents": 0, "findings": []}


def test_a_file_name_that_is_not_utf_8_survives_the_way_to_the_terminal() -> None:
    written = format_json([a_report("# x", a_finding(1, 1, 1, 2), path="caf\udce9.md")])
    on_the_wire = written.encode("utf-8", "backslashreplace")
    assert json.loads(on_the_wire)["findings"][0]["path"] == "caf\udce9.md"
