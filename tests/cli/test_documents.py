from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from app.cli.documents import Document, Unreadable, gather
from app.cli.policies import Ground
from rules.policy import Policy
from tests.cli.conftest import BAD


def ground(root: Path) -> Ground:
    return Ground(Policy(), root)


def paths_in(root: Path, *paths: str) -> list[str]:
    return [each.path for each in gather(paths, ground(root))]


def test_folders_are_walked_in_order_without_other_peoples_code(repository: Path) -> None:
    for path in ("b/one.md", "a/two.markdown", "node_modules/x/three.md", ".git/four.md", "a/five.txt"):
        (repository / path).parent.mkdir(parents=True, exist_ok=True)
        (repository / path).write_text(BAD, "utf-8")
    assert paths_in(repository, ".") == ["a/two.markdown", "b/one.md", "postmortems/bad.md"]


def test_the_order_of_the_paths_is_kept(repository: Path) -> None:
    assert paths_in(repository, "README.md", "postmortems") == ["README.md", "postmortems/bad.md"]


def test_links_are_not_followed_below_a_folder(repository: Path) -> None:
    (repository / "postmortems" / "link.md").symlink_to("bad.md")
    (repository / "loop").symlink_to(repository)
    assert paths_in(repository, ".") == ["postmortems/bad.md"]


def test_a_document_knows_its_path_in_the_repository(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository / "postmortems")
    (document,) = gather(["../postmortems/bad.md"], ground(repository))
    assert isinstance(document, Document)
    assert (document.path, document.repository_path) == ("../postmortems/bad.md", "postmortems/bad.md")


def test_a_document_outside_the_repository_keeps_the_path_it_was_named_by(
    repository: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "a.md"
    elsewhere.write_text(BAD, "utf-8")
    (document,) = gather([str(elsewhere)], ground(repository))
    assert isinstance(document, Document)
    assert document.repository_path == elsewhere.as_posix()


def test_of_a_huge_file_only_what_a_document_may_have_is_read(repository: Path) -> None:
    (repository / "huge.md").write_bytes(b"x" * 3_000_000)
    (document,) = gather(["huge.md"], ground(repository))
    assert isinstance(document, Document)
    assert len(document.data) == 1024 * 1024 + 1


def test_a_missing_file_is_reported(repository: Path) -> None:
    assert list(gather(["gone.md"], ground(repository))) == [Unreadable("gone.md", "No such file or directory")]


def test_only_files_are_read_below_a_folder(repository: Path) -> None:
    os.mkfifo(repository / "postmortems" / "pipe.md")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("s.md")
        assert paths_in(repository, ".") == ["postmortems/bad.md"]


def test_a_pipe_or_a_device_that_is_named_is_reported_at_once(repository: Path) -> None:
    os.mkfifo(repository / "pipe.md")
    pipe, device = gather(["pipe.md", "/dev/zero"], ground(repository))
    assert isinstance(pipe, Unreadable)
    assert pipe.reason == "it is a named pipe, not a file; for what a command writes, name -"
    assert isinstance(device, Unreadable)
    assert device.reason.startswith("it is a device")


def test_what_a_shell_substitutes_for_a_command_is_read(repository: Path) -> None:
    readable, writable = os.pipe()
    os.write(writable, BAD.encode())
    os.close(writable)
    (document,) = gather([f"/dev/fd/{readable}"], ground(repository))
    os.close(readable)
    assert isinstance(document, Document)
    assert document.data == BAD.encode()
