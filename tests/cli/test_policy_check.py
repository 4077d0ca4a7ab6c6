from __future__ import annotations

import json
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.cli.conftest import Closeout

_BROKEN = """\
enforc: true
timezone: Europe/Belin
people:
  ana: {name: Ana Ruiz, manger: dana}
  修复: {}   # 🎉 no login
deadlines: {P0: soon, P3: 7}
facilitators: [finn, the team]
"""
_DOUBTFUL = """\
people:
  ana: {name: Ana Ruiz, team: payments}
  whitfield: {name: Dana Whitfield}
managers: {shipping: whitfeild}
deadlines: {P0: 30}
rules: {CO410: warning, action-vague: off}
"""
_VALID = """\
documents: ["postmortems/**/*.md", "!postmortems/archive/"]
timezone: Europe/Berlin
people:
  ana: {name: Ana Ruiz, team: payments}
  ben: {team: payments, manager: emil}
managers: {default: dana, payments: gita}
adopted: 2026-05-04
rules: {CO410: warning, tldr-long: off}
"""
_ANYBODY = "anybody who neither commanded the incident nor wrote its postmortem"


def put(repository: Path, text: str) -> Path:
    file = repository / ".github" / "closeout.yml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, "utf-8")
    return file


def test_all_errors_are_shown_at_once_at_their_places(
    repository: Path, closeout: Closeout, snapshot: SnapshotAssertion
) -> None:
    put(repository, _BROKEN)
    result = closeout("policy", "check")
    assert result.exit_code == 1
    assert result.stdout == snapshot


def test_what_holds_is_said_of_a_valid_policy(
    repository: Path, closeout: Closeout, snapshot: SnapshotAssertion
) -> None:
    put(repository, _VALID)
    result = closeout("policy", "check")
    assert result.exit_code == 0
    assert result.stdout == snapshot


def test_what_is_probably_not_meant_is_a_warning(
    repository: Path, closeout: Closeout, snapshot: SnapshotAssertion
) -> None:
    put(repository, _DOUBTFUL)
    result = closeout("policy", "check")
    assert result.exit_code == 0
    assert result.stdout == snapshot


def test_what_is_doubtful_is_told_beside_errors(repository: Path, closeout: Closeout) -> None:
    put(repository, "people: {ana: {team: payments}}\nenforce: maybe\nmanagers: {}\n")
    result = closeout("policy", "check")
    assert result.exit_code == 1
    places = [line.split()[:2] for line in result.stdout.splitlines() if "  warning  " in line or "  error " in line]
    assert places == [["1:1", "warning"], ["2:10", "error"]]
    assert "1 error and 1 warning. On the default branch, an error fails the checks" in result.stdout


def test_a_rule_that_is_named_by_code_and_by_name_holds_once(repository: Path, closeout: Closeout) -> None:
    put(repository, "rules: {CO410: warning, action-vague: off}")
    assert "  Rules         warning: CO410\n" in closeout("policy", "check").stdout


def test_all_that_holds_is_said_also_where_the_file_says_nothing(repository: Path, closeout: Closeout) -> None:
    put(repository, "")
    holds = json.loads(closeout("policy", "check", "--format", "json").stdout)["holds"]
    assert holds["Working time"] == "09:00-17:00 on mon, tue, wed, thu, fri"
    assert (holds["Holidays"], holds["Agenda"]) == ("none", "every mon")
    assert holds["Co-author"] == "took part by any of: commit, trailer, review"
    assert holds["Facilitators"] == _ANYBODY
    assert holds["Public"] == "managers are not mentioned, and agendas not posted, in a public repository"


def test_what_the_file_sets_is_what_holds(repository: Path, closeout: Closeout) -> None:
    put(
        repository,
        "calendar: {hours: '10:00-16:00', working_days: [mon, tue], holidays: [DE, 2026-12-24]}\n"
        "standup: {enabled: false}\npublic: true\nfacilitators: finn\n"
        "co_author: {evidence: review}\ntrusted_apps: ci\n",
    )
    holds = json.loads(closeout("policy", "check", "--format", "json").stdout)["holds"]
    assert holds["Working time"] == "10:00-16:00 on mon, tue"
    assert (holds["Holidays"], holds["Agenda"]) == ("DE, 2026-12-24", "none")
    assert holds["Co-author"] == "took part by any of: review"
    assert holds["Facilitators"] == _ANYBODY + "; to be asked: finn"
    assert holds["Trusted apps"] == "ci"
    assert holds["Public"] == "managers are also mentioned, and agendas also posted, in a public repository"


@pytest.mark.parametrize(
    ("globs", "count"), [('["postmortems/*.md"]', "1 now"), ('["incidents/*.md"]', "none yet"), ("", "1 now")]
)
def test_it_is_said_how_many_documents_there_are(repository: Path, closeout: Closeout, globs: str, count: str) -> None:
    put(repository, f"documents: {globs}")
    assert f" ({count})\n" in closeout("policy", "check").stdout


def test_an_empty_file_is_the_default_policy(repository: Path, closeout: Closeout) -> None:
    put(repository, "")
    result = closeout("policy", "check")
    assert result.exit_code == 0
    assert "The policy is valid." in result.stdout


def test_the_file_is_found_from_a_folder_below(
    repository: Path, closeout: Closeout, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(repository, "enforc: true")
    monkeypatch.chdir(repository / "postmortems")
    assert "1:1" in closeout("policy", "check").stdout


def test_another_file_may_be_named(repository: Path, closeout: Closeout) -> None:
    (repository / "other.yml").write_text("enforce: maybe")
    result = closeout("policy", "check", "other.yml")
    assert result.exit_code == 1
    assert result.stdout.startswith("other.yml\n")


def test_without_a_file_there_is_nothing_to_check(repository: Path, closeout: Closeout) -> None:
    result = closeout("policy", "check")
    assert result.exit_code == 2
    assert "`closeout policy init` writes one" in result.stderr


@pytest.mark.parametrize(("name", "reason"), [("gone.yml", "No such file"), ("bytes.yml", "not UTF-8")])
def test_a_file_that_cannot_be_read_is_wrong_use(repository: Path, closeout: Closeout, name: str, reason: str) -> None:
    (repository / "bytes.yml").write_bytes(b"\xff\xfe")
    result = closeout("policy", "check", name)
    assert result.exit_code == 2
    assert reason in result.stderr


def test_json_has_each_problem_with_its_place(repository: Path, closeout: Closeout) -> None:
    put(repository, _BROKEN)
    result = closeout("policy", "check", "--format", "json")
    answer = json.loads(result.stdout)
    assert (answer["version"], answer["valid"], answer["path"]) == (1, False, ".github/closeout.yml")
    assert answer["problems"][0] == {
        "severity": "error",
        "message": "There is no key `enforc`. Did you mean `enforce`?",
        "line": 1,
        "column": 1,
        "end_line": 1,
        "end_column": 7,
    }
    assert [(each["line"], each["column"]) for each in answer["problems"]] == [
        (1, 1),
        (2, 11),
        (4, 25),
        (5, 3),
        (6, 17),
        (6, 23),
        (7, 22),
    ]


def test_json_tells_what_holds(repository: Path, closeout: Closeout) -> None:
    put(repository, _VALID)
    answer = json.loads(closeout("policy", "check", "--format", "json").stdout)
    assert answer["valid"]
    assert answer["holds"]["Time zone"] == "Europe/Berlin"


def test_a_workflow_gets_an_annotation_a_problem(repository: Path, closeout: Closeout) -> None:
    put(repository, "enforc: true\ndeadlines: {P0: soon}\n")
    first, second = closeout("policy", "check", "--format", "github").stdout.splitlines()
    assert first == (
        "::error file=.github/closeout.yml,line=1,endLine=1,col=1,endColumn=6,title=Policy file"
        "::There is no key `enforc`. Did you mean `enforce`?"
    )
    assert second.startswith("::error file=.github/closeout.yml,line=2,endLine=2,col=17,endColumn=20,")
