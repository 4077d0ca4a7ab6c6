from __future__ import annotations

import json
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from app.cli.describe_text import describe_text
from rules.layouts import LAYOUTS, layout_from
from rules.reading import read
from tests.cli.conftest import Closeout

_GOOD = """# Postmortem: Checkout returned 502s

- Severity: SEV-1
- Duration: 2026-05-04 10:32 → 11:05, UTC
- Authors: Ana Ruiz (@ana), Ben
- Status:

## Timeline

- 10:32 UTC Deploy of release 41 🎉
- later, rolled back

## Action items

- [ ] Drain connections before a node stops, owner: @ana, due: 2026-06-01, P0
  - Success criterion: a deploy under load causes no 502
- [x] Better monitoring
"""


def test_a_document_is_described_for_people(snapshot: SnapshotAssertion) -> None:
    assert describe_text("postmortems/checkout.md", read(_GOOD, layout_from("closeout"))) == snapshot


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_a_template_s_own_words_are_no_facts(repository: Path, closeout: Closeout, layout: str) -> None:
    closeout("new", "Checkout returned errors", "--layout", layout, "--out", "new.md")
    told = closeout("inspect", "new.md").stdout
    written = [line for line in told.splitlines() if not line.endswith("(not filled in)")]
    assert len(written) < len(told.splitlines())
    for words in ("<", "HH:MM", "YYYY-MM-DD", "SEV-N", "draft | review", "Write ", "Say ", "(not a date)"):
        assert not [line for line in written if words in line]


def test_what_is_written_beside_a_template_s_words_is_a_fact() -> None:
    document = _GOOD.replace("SEV-1", "SEV-N").replace("due: 2026-06-01", "due: YYYY-MM-DD")
    told = describe_text("a.md", read(document, layout_from("closeout")))
    assert "severity  (not filled in)" in told
    assert "@ana" in told
    assert "no deadline" in told
    assert "Deploy of release 41" in told


def test_nothing_is_wider_than_the_terminal() -> None:
    assert max(len(line) for line in describe_text("a.md", read(_GOOD), width=60).splitlines()) <= 60


def test_an_empty_document_has_nothing_to_describe(snapshot: SnapshotAssertion) -> None:
    assert describe_text("-", read("")) == snapshot


def test_the_json_is_the_contract(repository: Path, closeout: Closeout) -> None:
    (repository / "good.md").write_text(_GOOD, "utf-8")
    result = closeout("inspect", "good.md", "--format", "json")
    described = json.loads(result.stdout)
    assert (result.exit_code, result.stdout.count("\n")) == (0, 1)
    assert list(described) == [
        "version", "path", "layout", "headline", "metadata", "sections", "timeline", "actions", "response"
    ]  # fmt: skip
    assert described["headline"] == "Checkout returned 502s"
    assert described["metadata"]["severity"] == "SEV-1"
    assert described["metadata"]["status"] is None
    assert described["sections"][0] == {"kind": "timeline", "title": "Timeline", "line": 8, "end_line": 11}
    assert described["timeline"][0] == {
        "line": 10,
        "end_line": 10,
        "at": "2026-05-04T10:32:00+00:00",
        "text": "Deploy of release 41 🎉",
    }
    assert described["timeline"][1]["at"] is None
    assert described["actions"][0] == {
        "line": 15,
        "end_line": 16,
        "title": "Drain connections before a node stops",
        "owners": ["@ana"],
        "due": "2026-06-01",
        "priority": "P0",
        "criterion": "a deploy under load causes no 502",
        "done": False,
        "links": [],
    }
    vague = described["actions"][1]
    assert (vague["owners"], vague["due"], vague["priority"], vague["criterion"], vague["done"]) == (
        [], None, None, None, True
    )  # fmt: skip


def test_several_documents_are_one_object_a_line(repository: Path, closeout: Closeout) -> None:
    result = closeout("inspect", "postmortems/bad.md", "README.md", "--format", "json")
    assert [json.loads(line)["path"] for line in result.stdout.splitlines()] == ["postmortems/bad.md", "README.md"]


def test_a_missing_file_stops_nothing_and_ends_with_status_two(repository: Path, closeout: Closeout) -> None:
    result = closeout("inspect", "gone.md", "postmortems/bad.md")
    assert result.exit_code == 2
    assert result.stdout.startswith("postmortems/bad.md\n")
    assert result.stderr == "closeout: gone.md: No such file or directory\n"


def test_a_priority_that_is_none_of_ours_is_shown_as_it_is_written() -> None:
    told = describe_text("a.md", read("# A\n\n## Action items\n\n- Cap the queue at 100\n  - Priority: high\n"))
    assert "priority “high” (none of P0, P1 and P2)" in told
    assert "no priority" not in told
