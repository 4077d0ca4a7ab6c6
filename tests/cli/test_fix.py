from __future__ import annotations

import os
import re
import stat
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from app.cli.fix_diff import diff_of, painted
from app.cli.fix_text import FixReport, describe_changes, summary
from app.cli.fix_writing import NotWritten, replace_file
from app.cli.paint import Paint
from rules.fixing import Change
from rules.rule import Edit
from tests.cli.builders import NAMED_FAULT, OWNER_MISSING, TIMELINE_ORDER, a_finding
from tests.cli.conftest import BAD, Closeout
from tests.postmortems import good_postmortem

DAY = ("--as-of", "2026-05-06")
GOOD = good_postmortem()
FIXABLE = good_postmortem(
    metadata={"Date": "4 May 2026"},
    sections={"What helped, what hurt": None},
    actions="""\
- [ ] Alert when the connection pool of checkout is above 80 % for 5 minutes
  - Owner: Ben Okafor (@ben)
  - Priority: P0
  - Success criterion: the alert fires in staging within 6 minutes of an exhausted pool""",
)


@pytest.fixture
def document(repository: Path) -> Path:
    """A postmortem with a date in words, an item without a deadline, and a section missing."""
    file = repository / "postmortems" / "checkout.md"
    file.write_text(FIXABLE, "utf-8")
    return file


def test_what_was_fixed_is_told_line_by_line(document: Path, closeout: Closeout, snapshot: SnapshotAssertion) -> None:
    result = closeout("fix", "postmortems/checkout.md", *DAY)
    assert result.stdout == snapshot(name="told")
    assert document.read_text("utf-8") == snapshot(name="written")
    assert result.stderr == ""


def test_a_second_run_changes_nothing(document: Path, closeout: Closeout) -> None:
    closeout("fix", "postmortems/checkout.md", *DAY)
    once = document.read_bytes()
    written = document.stat().st_mtime_ns
    again = closeout("fix", "postmortems/checkout.md", *DAY)
    assert again.stdout.startswith("Nothing to fix in 1 postmortem.")
    assert (document.read_bytes(), document.stat().st_mtime_ns) == (once, written)


def test_a_diff_shows_what_would_change_and_writes_nothing(
    document: Path, closeout: Closeout, snapshot: SnapshotAssertion
) -> None:
    result = closeout("fix", "postmortems/checkout.md", "--diff", *DAY)
    assert (result.exit_code, document.read_text("utf-8")) == (1, FIXABLE)
    assert result.stdout == snapshot
    assert result.stderr == "Would fix or begin 3 places in 1 postmortem. Nothing was written.\n"


def test_a_diff_of_a_postmortem_that_needs_nothing_is_empty(repository: Path, closeout: Closeout) -> None:
    (repository / "good.md").write_text(GOOD, "utf-8")
    result = closeout("fix", "good.md", "--diff", *DAY)
    assert (result.exit_code, result.stdout) == (0, "")


def test_the_status_tells_whether_an_error_is_left(document: Path, closeout: Closeout) -> None:
    assert closeout("fix", "postmortems/checkout.md", "--select", "CO125,CO405", *DAY).exit_code == 0
    assert closeout("fix", "postmortems/bad.md", *DAY).exit_code == 1


def test_rules_are_selected_and_ignored(document: Path, closeout: Closeout) -> None:
    closeout("fix", "postmortems/checkout.md", "--select", "CO1", *DAY)
    assert document.read_text("utf-8") == FIXABLE.replace("4 May 2026", "2026-05-04")
    closeout("fix", "postmortems/checkout.md", "--ignore", "CO2", *DAY)
    assert "Deadline" in document.read_text("utf-8")
    assert "What helped, what hurt" not in document.read_text("utf-8")


def test_a_rule_that_the_policy_turns_off_is_not_fixed(document: Path, closeout: Closeout) -> None:
    Path("quiet.yml").write_text("rules: {CO125: off, CO201: off, CO405: off}\n", "utf-8")
    assert closeout("fix", "postmortems/checkout.md", "--policy", "quiet.yml", *DAY).exit_code == 0
    assert document.read_text("utf-8") == FIXABLE


def test_deadlines_are_counted_from_the_day(document: Path, closeout: Closeout) -> None:
    closeout("fix", "postmortems/checkout.md", "--as-of", "2026-06-01")
    assert "Deadline: 2026-06-15" in document.read_text("utf-8")


def test_a_folder_s_postmortems_are_fixed_and_nothing_else(document: Path, closeout: Closeout) -> None:
    result = closeout("fix", ".", *DAY)
    assert "postmortems/bad.md\n" in result.stdout
    assert "postmortems/checkout.md\n" in result.stdout
    assert Path("README.md").read_text("utf-8") == "# A shop\n\nIt sells things.\n"


def test_for_pre_commit_named_files_that_are_no_postmortems_are_left_out(document: Path, closeout: Closeout) -> None:
    result = closeout("fix", "--documents-only", "README.md", *DAY)
    assert result.exit_code == 0
    assert result.stderr.startswith("closeout: no postmortems found in README.md")
    assert Path("README.md").read_text("utf-8") == "# A shop\n\nIt sells things.\n"


def test_windows_lines_and_a_byte_order_mark_stay(document: Path, closeout: Closeout) -> None:
    document.write_bytes(b"\xef\xbb\xbf" + FIXABLE.replace("\n", "\r\n").encode())
    closeout("fix", "postmortems/checkout.md", *DAY)
    windows = document.read_bytes()
    document.write_text(FIXABLE, "utf-8")
    closeout("fix", "postmortems/checkout.md", *DAY)
    assert windows == b"\xef\xbb\xbf" + document.read_bytes().replace(b"\n", b"\r\n")


def test_standard_input_is_written_to_standard_output(repository: Path, closeout: Closeout) -> None:
    data = FIXABLE.replace("\n", "\r\n").encode()
    result = closeout("fix", "-", "--select", "CO125", *DAY, input=data)
    assert result.stdout_bytes == data.replace(b"4 May 2026", b"2026-05-04")
    assert result.stderr.startswith("standard input\n")
    assert closeout("fix", "-", "--select", "CO501", *DAY, input=data).stdout_bytes == data


def test_standard_input_is_fixed_alone(document: Path, closeout: Closeout) -> None:
    result = closeout("fix", "-", "postmortems/checkout.md", input=FIXABLE)
    assert result.exit_code == 2
    assert "cannot be fixed together with files" in result.stderr
    assert document.read_text("utf-8") == FIXABLE


def test_a_file_that_is_not_utf8_is_left_as_it_is(repository: Path, closeout: Closeout) -> None:
    data = FIXABLE.encode().replace(b"42", b"\xff\xfe", 1)
    (repository / "latin.md").write_bytes(data)
    result = closeout("fix", "latin.md", *DAY)
    assert result.exit_code == 1
    assert "Left as it is. The document is not UTF-8: byte" in result.stdout
    assert (repository / "latin.md").read_bytes() == data


def test_a_file_that_is_too_long_is_left_as_it_is(repository: Path, closeout: Closeout) -> None:
    data = b"a" * (1024 * 1024 + 10)
    (repository / "log.md").write_bytes(data)
    result = closeout("fix", "log.md", *DAY)
    assert result.exit_code == 1
    assert "Left as it is. The document is longer than 1 MiB" in result.stdout
    assert (repository / "log.md").read_bytes() == data


def test_a_missing_file_stops_nothing_and_ends_with_status_two(document: Path, closeout: Closeout) -> None:
    result = closeout("fix", "gone.md", "postmortems/checkout.md", *DAY)
    assert (result.exit_code, result.stderr) == (2, "closeout: gone.md: No such file or directory\n")
    assert "What helped, what hurt" in document.read_text("utf-8")


def test_a_read_only_file_is_not_written(document: Path, closeout: Closeout) -> None:
    document.chmod(0o444)
    result = closeout("fix", "postmortems/checkout.md", *DAY)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "closeout: postmortems/checkout.md: not written: it is read-only\n"
    assert document.read_text("utf-8") == FIXABLE


def test_a_file_keeps_its_permissions_and_its_folder_stays_clean(document: Path, closeout: Closeout) -> None:
    document.chmod(0o640)
    closeout("fix", "postmortems/checkout.md", *DAY)
    assert stat.S_IMODE(document.stat().st_mode) == 0o640
    assert sorted(path.name for path in document.parent.iterdir()) == ["bad.md", "checkout.md"]


def test_a_link_stays_a_link(document: Path, closeout: Closeout) -> None:
    link = Path("latest.md")
    link.symlink_to(document)
    closeout("fix", "latest.md", *DAY)
    assert link.is_symlink()
    assert "What helped, what hurt" in document.read_text("utf-8")


def test_a_file_that_was_changed_meanwhile_is_not_written(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"theirs")
    with pytest.raises(NotWritten, match="changed by somebody else"):
        replace_file(str(file), b"before", b"after")
    assert file.read_bytes() == b"theirs"
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]


def test_only_regular_files_are_written(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    with pytest.raises(NotWritten, match="not a regular file"):
        replace_file(str(tmp_path / "pipe.md"), b"before", b"after")
    with pytest.raises(NotWritten, match="No such file"):
        replace_file(str(tmp_path / "gone.md"), b"before", b"after")


def test_nothing_to_do_is_said_so() -> None:
    assert describe_changes([]) == "There was no postmortem to fix.\n"
    assert describe_changes([FixReport("a.md", (), ())]) == "Nothing to fix in 1 postmortem.\n"


def test_what_is_left_is_counted_by_weight() -> None:
    left = tuple(a_finding(1, 1, 1, 2, rule=rule) for rule in (OWNER_MISSING, TIMELINE_ORDER, NAMED_FAULT))
    reports = [FixReport("a.md", (), left[:1]), FixReport("b.md", (), left)]
    expected = "2 errors, 1 warning and 1 notice are left for you: `closeout lint` shows where."
    assert summary(reports) == f"Nothing to fix in 2 postmortems. {expected}"


def test_changes_are_shown_short_and_harmless_to_a_terminal(snapshot: SnapshotAssertion) -> None:
    changes = (
        Change(OWNER_MISSING, 3, "", "\n\n## Verification\n\nSay which test.\n\n- and when\n"),
        Change(TIMELINE_ORDER, 12, "x\n", ""),
        Change(TIMELINE_ORDER, 1200, "\x1b[31m4 May 2026", "2026-05-04 " * 20),
    )
    harmful = a_finding(14, 1, 14, 2, edit=Edit(a_finding(14, 1, 14, 2).span, "y"))
    reports = [FixReport("a\x1b.md", changes, (harmful,)), FixReport("b.md", (), ())]
    assert describe_changes(reports) == snapshot
    assert "\x1b[" in describe_changes(reports, colour=True)


def test_a_diff_is_one_that_patch_understands() -> None:
    assert diff_of("a.md", "a\r\nb", "a\r\nc\n") == (
        "--- a.md\n+++ a.md\n@@ -1,2 +1,2 @@\n a\r\n-b\n\\ No newline at end of file\n+c\n"
    )
    assert diff_of("a.md", "a\u2028b\n", "a\u2028b\n") == ""


def test_a_diff_on_a_terminal_cannot_steer_it() -> None:
    shown = painted("--- a.md\n+++ a.md\n@@ -1 +1 @@\n-\x1b[2J\tx\r\n+y\n", Paint(colour=False))
    assert shown == "--- a.md\n+++ a.md\n@@ -1 +1 @@\n-␛[2J\tx\n+y\n"
    assert "\x1b[32m" in painted("+y\n", Paint(colour=True))


_PLAIN_HEADINGS = """\
Issue summary:
The shop was down from 07:30 to 07:55 UTC on 2026-05-04.

Timeline:

07:30 - The alert fired
07:43 - The configuration was found not to be linked
07:55 - The shop was back

Root cause and resolution:
-The configuration was not linked, so the server did not use it.

Corrective and preventative measures:
Ensuring that a check confirms after each change that the configuration is linked.
"""
"""With a heading in bold, which `fix` would add, the lines that end in a colon would be no headings any more."""


@pytest.mark.parametrize("text", [BAD, BAD.replace("2026-05-04 10:32", "4 May 2026, 10:32"), _PLAIN_HEADINGS])
def test_lint_counts_what_fix_would_do(repository: Path, closeout: Closeout, text: str) -> None:
    (repository / "postmortems" / "bad.md").write_text(text, "utf-8")
    would = re.search(r"Would .*? (\d+) ", closeout("fix", "--diff", "postmortems/bad.md").stderr)
    lint = closeout("lint", "--no-cache", "postmortems/bad.md").stdout
    told = re.search(r"can begin or mend (\d+) of them", lint)
    assert "up to" not in lint
    assert (told and told[1]) == (would and would[1])


def test_a_fix_that_would_do_harm_is_not_counted(repository: Path, closeout: Closeout) -> None:
    (repository / "postmortems" / "bad.md").write_text(_PLAIN_HEADINGS, "utf-8")
    run = ("lint", "--no-cache", "--select", "CO208", "postmortems/bad.md")
    assert '"fixable": true' in closeout(*run, "--format", "json").stdout
    assert "closeout fix" not in closeout(*run).stdout


def test_after_a_run_over_much_text_lint_does_not_try_the_fixes(repository: Path, closeout: Closeout) -> None:
    for number in range(4):
        (repository / "postmortems" / f"{number}.md").write_text(f"{BAD}\n{'More words. ' * 1000}\n", "utf-8")
    assert "can begin or mend up to " in closeout("lint", "--no-cache", "postmortems").stdout
