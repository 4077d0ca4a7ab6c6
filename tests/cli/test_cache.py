"""What is remembered must never be seen: only that it is fast. So these tests put a mark into what is remembered."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
import time_machine

from app import __main__ as program
from app.cli.cache.file import CacheFile
from app.cli.cache.fingerprint import fingerprint
from tests.cli.conftest import BAD
from tests.postmortems import good_postmortem

MARK = "this was remembered"
FORMATS = ("text", "json", "github", "sarif", "short")


class Ran(NamedTuple):
    """What a run wrote, and its exit status."""

    output: str
    errors: str
    status: int


Run = Callable[..., Ran]


@pytest.fixture
def run(repository: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the program as the shell does, in this process."""

    def ran(*arguments: str) -> Ran:
        status = program.run(list(arguments))
        written = capsys.readouterr()
        return Ran(written.out, written.err, status)

    return ran


@pytest.fixture
def database(cache_home: Path) -> Path:
    return cache_home / "closeout" / "lint-1.db"


def execute(database: Path, statement: str, *values: object) -> Sequence[tuple[object, ...]]:
    with closing(sqlite3.connect(database)) as connection, connection:
        return connection.execute(statement, values).fetchall()


def mark_answers(database: Path) -> None:
    execute(database, "UPDATE answers SET output = ?", MARK.encode())


def mark_examinations(database: Path) -> None:
    execute(database, "UPDATE examinations SET result = replace(result, 'action', ?)", MARK)


@pytest.mark.parametrize("output", FORMATS)
def test_what_is_remembered_reads_as_what_was_found(run: Run, repository: Path, database: Path, output: str) -> None:
    (repository / "postmortems" / "good.md").write_text(good_postmortem(), "utf-8")
    (repository / "postmortems" / "front.md").write_text(good_postmortem(front_matter="severity: [SEV-2"), "utf-8")
    (repository / "postmortems" / "bytes.md").write_bytes(b"# Postmortem: \xff\xfe\x00\n\n\xc3\xa4 \xff\n")
    command = ("lint", "postmortems", "--format", output)
    checked = run(*command, "--no-cache")
    assert not database.exists()
    assert run(*command) == checked
    assert run(*command) == checked
    execute(database, "DELETE FROM answers")
    assert run(*command) == checked
    assert checked.status == 1


def test_an_answer_is_said_again(run: Run, database: Path) -> None:
    status = run("lint", "postmortems").status
    mark_answers(database)
    assert run("lint", "postmortems") == Ran(MARK, "", status)


def edit(repository: Path) -> None:
    (repository / "postmortems" / "bad.md").write_text(BAD.replace("Rolled back", "Rolled up"), "utf-8")


def edit_without_a_trace(repository: Path) -> None:
    document = repository / "postmortems" / "bad.md"
    before = document.stat()
    document.write_text(BAD.replace("Rolled back", "Rolled bakc"), "utf-8")
    os.utime(document, ns=(before.st_atime_ns, before.st_mtime_ns))


def add(repository: Path) -> None:
    (repository / "postmortems" / "another.md").write_text(BAD, "utf-8")


def remove(repository: Path) -> None:
    (repository / "postmortems" / "bad.md").unlink()


def put_a_link_in_its_place(repository: Path) -> None:
    (repository / "postmortems" / "bad.md").rename(repository / "elsewhere.md")
    (repository / "postmortems" / "bad.md").symlink_to(repository / "elsewhere.md")


def write_a_policy(repository: Path) -> None:
    (repository / ".github").mkdir()
    (repository / ".github" / "closeout.yml").write_text("rules: {CO402: notice}\n")


def end_the_repository_here(repository: Path) -> None:
    (repository / ".git").rmdir()


@pytest.mark.parametrize(
    "change",
    [edit, edit_without_a_trace, add, remove, put_a_link_in_its_place, write_a_policy, end_the_repository_here],
)
def test_an_answer_ends_with_what_it_came_from(
    run: Run, repository: Path, database: Path, change: Callable[[Path], None]
) -> None:
    run("lint", "postmortems")
    mark_answers(database)
    change(repository)
    after = run("lint", "postmortems")
    assert after.output != MARK
    assert after == run("lint", "postmortems", "--no-cache")


def test_an_answer_ends_when_its_policy_changes(run: Run, repository: Path, database: Path) -> None:
    write_a_policy(repository)
    run("lint", "postmortems")
    mark_answers(database)
    (repository / ".github" / "closeout.yml").write_text("rules: {CO402: error}\n")
    assert run("lint", "postmortems").output != MARK


def test_an_answer_outlives_a_new_date_of_the_file(run: Run, repository: Path, database: Path) -> None:
    run("lint", "postmortems")
    mark_answers(database)
    (repository / "postmortems" / "bad.md").touch()
    assert run("lint", "postmortems").output == MARK
    assert run("lint", "postmortems").output == MARK


@pytest.mark.parametrize(
    ("asked", "asked_later", "same"),
    [
        (("postmortems",), ("postmortems", "--format", "json"), False),
        (("postmortems",), ("postmortems/bad.md",), False),
        (("postmortems",), ("postmortems", "--no-cache"), False),
        (("postmortems", "--as-of", "2026-05-04"), ("postmortems", "--as-of", "2026-05-04"), True),
    ],
)
def test_an_answer_is_for_one_question(
    run: Run, database: Path, asked: Sequence[str], asked_later: Sequence[str], same: bool
) -> None:
    run("lint", *asked)
    mark_answers(database)
    assert (run("lint", *asked_later).output == MARK) is same


def test_an_answer_is_for_one_day_unless_the_day_was_named(run: Run, database: Path) -> None:
    noon = datetime(2026, 5, 20, 12, tzinfo=UTC)
    with time_machine.travel(noon, tick=False):
        run("lint", "postmortems")
        run("lint", "postmortems", "--as-of", "2026-05-20")
        mark_answers(database)
    with time_machine.travel(noon + timedelta(hours=11), tick=False):
        assert run("lint", "postmortems").output == MARK
    with time_machine.travel(noon + timedelta(hours=13), tick=False):
        assert run("lint", "postmortems").output != MARK
        assert run("lint", "postmortems", "--as-of", "2026-05-20").output == MARK


def test_after_a_change_only_that_document_is_checked_again(run: Run, repository: Path, database: Path) -> None:
    add(repository)
    run("lint", "postmortems")
    mark_examinations(database)
    edit(repository)
    marked = {
        line.split(",")[0]
        for line in run("lint", "postmortems", "--format", "github").output.splitlines()
        if MARK in line
    }
    assert {line.partition("file=")[2] for line in marked} == {"postmortems/another.md"}


def test_the_same_text_elsewhere_is_another_document(run: Run, repository: Path, database: Path) -> None:
    run("lint", "postmortems")
    mark_examinations(database)
    (repository / "postmortems" / "bad.md").rename(repository / "postmortems" / "2026-05-04-bad.md")
    assert MARK not in run("lint", "postmortems").output


def test_a_file_that_is_no_postmortem_is_remembered_as_such(run: Run, database: Path) -> None:
    command = ("lint", "--documents-only", "README.md", "postmortems/bad.md", "--format", "json")
    checked = run(*command)
    execute(database, "DELETE FROM answers")
    assert run(*command) == checked
    assert '"documents": 1' in checked.output
    named = run("lint", "README.md", "--format", "json")
    assert '"documents": 1' in named.output


def test_nothing_is_remembered_of_standard_input_and_of_what_could_not_be_read(run: Run, database: Path) -> None:
    run("lint", "gone.md", "postmortems/bad.md")
    assert execute(database, "SELECT count(*) FROM answers") == [(0,)]


@pytest.mark.parametrize("damage", [b"", b"not a database" * 100])
def test_a_damaged_cache_is_no_cache(run: Run, database: Path, damage: bytes) -> None:
    checked = run("lint", "postmortems")
    database.write_bytes(damage)
    assert run("lint", "postmortems") == checked
    assert run("lint", "postmortems") == checked
    assert execute(database, "SELECT count(*) FROM answers") == [(1,)]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE answers SET output = x'ff', status = 'x'",
        "UPDATE answers SET sources = 7",
        "UPDATE answers SET sources = x'66'",
        "DELETE FROM answers",
        "DROP TABLE answers",
    ],
)
@pytest.mark.parametrize(
    "result", ["[", "[]", '["en", 7]', '["en", ["CO999", "", [1, 1, 1, 1], "error", "", null]]', "7"]
)
def test_damaged_rows_are_no_rows(run: Run, database: Path, statement: str, result: str) -> None:
    checked = run("lint", "postmortems")
    execute(database, statement)
    execute(database, "UPDATE examinations SET result = ?", result)
    assert run("lint", "postmortems") == checked


def test_where_nothing_can_be_kept_nothing_is_missed(run: Run, cache_home: Path, database: Path) -> None:
    (cache_home / "closeout").write_text("a file where the folder would be")
    checked = run("lint", "postmortems")
    assert (checked.status, checked.errors) == (1, "")
    assert run("lint", "postmortems") == checked


def test_another_process_that_keeps_the_cache_locked_is_not_waited_for(run: Run, database: Path) -> None:
    checked = run("lint", "postmortems")
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert run("lint", "postmortems") == checked
        other.execute("ROLLBACK")


def test_the_cache_is_for_its_user_alone(run: Run, database: Path) -> None:
    run("lint", "postmortems")
    assert stat.S_IMODE(database.parent.stat().st_mode) == 0o700


def test_a_cache_that_has_grown_too_large_begins_anew(tmp_path: Path) -> None:
    file = CacheFile(str(tmp_path), at_most=100_000)
    for number in range(30):
        file.write(("INSERT INTO examinations VALUES (?, ?)", [(number, "x" * 10_000)]))
    assert 1 <= len(file.select("SELECT key FROM examinations", ())) <= 11
    file.close()


def test_an_edit_of_the_program_makes_another_program_of_it(tmp_path: Path) -> None:
    for package in ("app", "rules"):
        (tmp_path / package / "parse").mkdir(parents=True)
        (tmp_path / package / "parse" / "words.toml").write_text("a = 1")
    before = fingerprint(str(tmp_path))
    (tmp_path / "rules" / "parse" / "__pycache__").mkdir()
    assert fingerprint(str(tmp_path)) == before
    (tmp_path / "rules" / "parse" / "words.toml").write_text("a = 12")
    assert fingerprint(str(tmp_path)) != before
