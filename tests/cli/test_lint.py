from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from tests.cli.conftest import BAD, Closeout
from tests.postmortems import good_postmortem


def paths_of(result: Result) -> set[str]:
    return {finding["path"] for finding in json.loads(result.stdout)["findings"]}


def codes_of(result: Result) -> set[str]:
    return {finding["code"] for finding in json.loads(result.stdout)["findings"]}


def findings_of(result: Result) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(result.stdout)["findings"]
    return found


def test_errors_end_with_status_one(repository: Path, closeout: Closeout) -> None:
    result = closeout("lint", "postmortems/bad.md")
    assert result.exit_code == 1
    assert result.stdout.startswith("postmortems/bad.md\n")
    assert "- [ ] Better monitoring, owner: the team" in result.stdout
    assert "\x1b" not in result.stdout
    assert result.stderr == ""


def test_all_problems_are_reported_in_the_document_s_order(repository: Path, closeout: Closeout) -> None:
    findings = json.loads(closeout("lint", "postmortems/bad.md", "--format", "json").stdout)["findings"]
    places = [(finding["line"], finding["column"]) for finding in findings]
    assert places == sorted(places)
    assert len({finding["code"] for finding in findings}) > 3


@pytest.mark.parametrize("choice", [("--ignore", "CO"), ("--select", "CO001")])
def test_selected_rules_that_find_nothing_do_not_call_it_all_clear(
    repository: Path, closeout: Closeout, choice: tuple[str, str]
) -> None:
    result = closeout("lint", "postmortems", *choice)
    assert result.exit_code == 0
    assert result.stdout == (
        "The selected rules found nothing in 1 postmortem. Without --select and --ignore, all rules are checked.\n"
    )


def test_without_an_error_the_status_is_zero(repository: Path, closeout: Closeout) -> None:
    result = closeout("lint", "-", "--as-of", "2026-05-04", input=good_postmortem())
    assert (result.exit_code, result.stdout) == (0, "All clear: the postmortem is ready for its readers.\n")


def test_a_folder_is_walked_for_postmortems(repository: Path, closeout: Closeout) -> None:
    result = closeout("lint", ".", "--format", "json")
    assert json.loads(result.stdout)["documents"] == 1
    assert paths_of(result) == {"postmortems/bad.md"}


def test_a_named_file_is_linted_whatever_it_looks_like(repository: Path, closeout: Closeout) -> None:
    assert json.loads(closeout("lint", "README.md", "--format", "json").stdout)["documents"] == 1


def test_for_pre_commit_named_files_that_are_no_postmortems_are_left_out(repository: Path, closeout: Closeout) -> None:
    result = closeout("lint", "--documents-only", "README.md", "postmortems/bad.md", "--format", "json")
    assert json.loads(result.stdout)["documents"] == 1
    assert closeout("lint", "--documents-only", "README.md").exit_code == 0


def test_a_document_is_checked_once_however_often_it_is_named(repository: Path, closeout: Closeout) -> None:
    result = closeout(
        "lint", "postmortems/bad.md", "postmortems", "./postmortems/../postmortems/bad.md", "--format", "json"
    )
    assert json.loads(result.stdout)["documents"] == 1


def test_a_folder_without_postmortems_is_mentioned(repository: Path, closeout: Closeout) -> None:
    (repository / "empty").mkdir()
    result = closeout("lint", "empty")
    assert (result.exit_code, result.stdout) == (0, "")  # once is enough
    assert result.stderr == (
        "closeout: no postmortems found in empty (name a file to have it read whatever it looks like)\n"
    )
    assert json.loads(closeout("lint", "empty", "--format", "json").stdout)["documents"] == 0


@pytest.mark.parametrize("command", ["lint", "fix", "inspect"])
def test_globs_that_choose_nothing_are_named_with_what_they_leave_out(
    repository: Path, closeout: Closeout, command: str
) -> None:
    (repository / ".github").mkdir()
    (repository / ".github" / "closeout.yml").write_text('documents: ["docs/*.md", "!docs/old/"]', "utf-8")
    (repository / "empty").mkdir()
    for folder, among in (
        (".", "2 Markdown files"),
        ("postmortems", "1 Markdown file"),
        ("empty", "no Markdown files"),
    ):
        result = closeout(command, folder)
        assert result.exit_code == 0
        assert result.stderr == (
            f"closeout: no postmortems found in {folder}: the policy's `documents` are docs/*.md, !docs/old/; "
            f"looked at {among} (name a file to have it read whatever it looks like)\n"
        )


@pytest.mark.parametrize("command", ["lint", "fix", "inspect"])
def test_a_file_that_was_named_and_left_out_is_told_why(repository: Path, closeout: Closeout, command: str) -> None:
    (repository / "README.md").write_text("# My project\n\nInstall it.\n", "utf-8")
    result = closeout(command, "README.md", "--documents-only")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == (
        "closeout: no postmortems found in README.md "
        "(without --documents-only, a file that is named is read whatever it looks like)\n"
    )


def test_an_image_is_told_to_be_none_of_the_documents(repository: Path, closeout: Closeout) -> None:
    (repository / "shot.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    (message,) = [each["message"] for each in findings_of(closeout("lint", "shot.png", "--format", "json"))]
    assert message.startswith("This is no text but binary data, such as an image. Name another file, or")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_what_an_editor_saved_in_wider_characters_is_told_so(
    repository: Path, closeout: Closeout, encoding: str
) -> None:
    (repository / "wide.md").write_bytes(("\ufeff" + BAD).encode(encoding))
    (message,) = [each["message"] for each in findings_of(closeout("lint", "wide.md", "--format", "json"))]
    assert message == f"The document is {encoding[:6].upper()}, which can't be read. Save it as UTF-8."


@pytest.mark.parametrize("text", ["", "\n", " \n\t\r\n", "\ufeff\n"])
def test_an_empty_file_is_told_once_to_be_empty(repository: Path, closeout: Closeout, text: str) -> None:
    (repository / "empty.md").write_text(text, "utf-8")
    result = closeout("lint", "empty.md", "--format", "json")
    (found,) = findings_of(result)
    assert (result.exit_code, found["code"], found["severity"]) == (1, "CO002", "error")
    assert found["message"] == "The document is empty. Begin it from a template: `closeout new` writes one."
    assert "Left as it is. The document is empty." in closeout("fix", "empty.md").stdout


def test_a_dash_is_standard_input(repository: Path, closeout: Closeout) -> None:
    result = closeout("lint", "-", input=BAD)
    assert result.exit_code == 1
    assert result.stdout.startswith("standard input\n")
    assert paths_of(closeout("lint", "-", "--format", "json", input=BAD)) == {"-"}


def test_a_missing_file_stops_nothing_and_ends_with_status_two(repository: Path, closeout: Closeout) -> None:
    result = closeout("lint", "gone.md", "postmortems/bad.md")
    assert result.exit_code == 2
    assert "postmortems/bad.md\n" in result.stdout
    assert result.stderr == "closeout: gone.md: No such file or directory\n"


def test_a_missing_file_alone_is_all_that_is_said(repository: Path, closeout: Closeout) -> None:
    result = closeout("lint", "gone.md")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "closeout: gone.md: No such file or directory\n"
    assert json.loads(closeout("lint", "gone.md", "--format", "json").stdout)["documents"] == 0


def test_bytes_that_are_no_text_are_a_finding_not_a_crash(repository: Path, closeout: Closeout) -> None:
    (repository / "bytes.md").write_bytes(b"# Postmortem: \xff\xfe\x00\n")
    result = closeout("lint", "bytes.md", "--format", "json")
    assert result.exit_code == 1
    assert any(code.startswith("CO0") for code in codes_of(result))


def test_rules_are_selected_and_ignored(repository: Path, closeout: Closeout) -> None:
    everything = codes_of(closeout("lint", "postmortems", "--format", "json"))
    actions = codes_of(closeout("lint", "postmortems", "--format", "json", "--select", "CO4"))
    others = codes_of(closeout("lint", "postmortems", "--format", "json", "--ignore", "CO4"))
    assert actions == {code for code in everything if code.startswith("CO4")}
    assert others == everything - actions


def test_a_rule_that_is_not_there_is_wrong_use(repository: Path, closeout: Closeout) -> None:
    result = closeout("lint", "postmortems", "--select", "action-vauge")
    assert result.exit_code == 2
    assert "did you mean action-vague" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--layout", "klingon"), "klingon"),
        (("--format", "xml"), "xml"),
        (("--as-of", "tomorrow"), "'tomorrow' is not a date; write it as 2026-05-04"),
        (("--as-of", "2026-02-30"), "is not a date"),
        (("--policy", "gone.yml"), "gone.yml: cannot read the policy: No such file or directory"),
    ],
)
def test_wrong_use_ends_with_status_two(
    repository: Path, closeout: Closeout, arguments: tuple[str, ...], said: str
) -> None:
    result = closeout("lint", "postmortems/bad.md", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_github_and_sarif_speak_of_the_same_findings(repository: Path, closeout: Closeout) -> None:
    commands = closeout("lint", "postmortems", "--format", "github").stdout.splitlines()
    log: Any = json.loads(closeout("lint", "postmortems", "--format", "sarif").stdout)
    assert len(commands) == len(log["runs"][0]["results"]) > 3


def test_the_repository_s_policy_is_found_from_below(
    repository: Path, closeout: Closeout, monkeypatch: pytest.MonkeyPatch
) -> None:
    (repository / ".github").mkdir()
    (repository / ".github" / "closeout.yml").write_text('documents: ["postmortems/*.md"]\nrules: {CO4: off}\n')
    monkeypatch.chdir(repository / "postmortems")
    result = closeout("lint", ".")
    assert result.exit_code == 2
    assert result.stderr.startswith("closeout: ")
    assert "closeout.yml:2:" in result.stderr


def test_the_policy_s_globs_say_what_a_folder_holds(repository: Path, closeout: Closeout) -> None:
    (repository / ".github").mkdir()
    (repository / ".github" / "closeout.yml").write_text('documents: ["*.md", "!postmortems/**"]\n')
    result = closeout("lint", ".", "--format", "json")
    assert json.loads(result.stdout)["documents"] == 1
    assert paths_of(result) == {"README.md"}
    assert paths_of(closeout("lint", "postmortems/bad.md", "--format", "json")) == {"postmortems/bad.md"}


def test_the_policy_decides_how_much_a_finding_weighs(repository: Path, closeout: Closeout) -> None:
    codes = codes_of(closeout("lint", "postmortems", "--format", "json"))
    quiet = "rules:\n" + "".join(f"  {code}: notice\n" for code in sorted(codes))
    (repository / "quiet.yml").write_text(quiet)
    assert closeout("lint", "postmortems", "--policy", "quiet.yml").exit_code == 0
