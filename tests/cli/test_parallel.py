from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from app.cli.documents import Document
from app.cli.examination import Terms, decode, examine, source_of, terms_for
from app.cli.parallel import examine_all
from rules.checking import check
from rules.policy import Policy
from rules.reading import read_bytes
from rules.rule import Context
from tests.cli.conftest import BAD
from tests.cli.test_process import environment
from tests.postmortems import good_postmortem

TODAY = date(2026, 5, 20)


def terms(policy: Policy | None = None) -> Terms:
    return terms_for(policy or Policy(), None, TODAY)


def many(count: int = 100) -> Sequence[Document]:
    """More bytes than are worth a second process; each document is another."""
    texts = [f"{BAD}\n\n{'A line of log. ' * 150}\n\n- {number}\n".encode() for number in range(count)]
    return [Document(f"{number}.md", f"{number}.md", text) for number, text in enumerate(texts)]


def test_many_documents_are_examined_as_each_is_in_order() -> None:
    documents = many()
    assert list(examine_all(documents, terms())) == [examine(document, terms()) for document in documents]


def test_a_mistake_in_a_worker_is_heard_of() -> None:
    documents = [*many(), Document("x.md", None, b"x")]  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        list(examine_all(documents, terms()))


@pytest.mark.parametrize("layout", ["auto", "google-sre", {"timeline": ("What happened when",)}])
def test_terms_can_be_sent_to_another_process(layout: str | dict[str, tuple[str, ...]]) -> None:
    sent = terms(Policy(layout=layout))
    assert pickle.loads(pickle.dumps(sent)) == sent


@pytest.mark.parametrize(
    "data",
    [BAD.encode(), good_postmortem().encode(), b"\xef\xbb\xbf# Postmortem\r\n\xff", b"x" * (1024 * 1024 + 1), b""],
)
def test_an_examination_says_what_the_rules_found(data: bytes) -> None:
    examination = decode(examine(Document("a.md", "a.md", data), terms()))
    postmortem = read_bytes(data, None, "a.md")
    assert examination is not None
    assert examination.findings == check(postmortem, Policy(), Context("a.md", TODAY))
    assert examination.language == postmortem.language
    assert source_of(data).text == postmortem.source.text


def write_many(folder: Path) -> None:
    for document in many():
        (folder / "postmortems" / document.path).write_bytes(document.data)


def test_on_one_processor_the_output_is_the_same(repository: Path) -> None:
    write_many(repository)
    program = (
        "import os, app.__main__; os.sched_setaffinity(0, list(os.sched_getaffinity(0))[:ONE]); app.__main__.main()"
    )
    outputs = [
        subprocess.run(
            [sys.executable, "-c", program.replace("ONE", processors), "lint", "postmortems", "--no-cache"],
            capture_output=True,
            env=environment(),
            check=False,
        )
        for processors in ("1", "None")
    ]
    assert outputs[0].stdout == outputs[1].stdout
    assert outputs[0].stdout.count(b"postmortems/") == 101
    assert outputs[0].stderr == outputs[1].stderr == b""


@pytest.mark.skipif(len(os.sched_getaffinity(0)) < 2, reason="one processor needs no workers")
@pytest.mark.parametrize(("sent", "status"), [(signal.SIGINT, 130), (signal.SIGKILL, -signal.SIGKILL)])
def test_workers_end_with_the_run(repository: Path, sent: signal.Signals, status: int) -> None:
    write_many(repository)
    process = subprocess.Popen(
        [sys.executable, "-m", "app", "lint", "postmortems", "--no-cache"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    workers = workers_of(process)
    process.send_signal(sent)
    out, err = process.communicate()  # ends when the last worker has closed these, too
    assert (process.returncode, out, err) == (status, b"", b"")
    assert workers


def workers_of(process: subprocess.Popen[bytes]) -> Sequence[str]:
    """The process's workers, as soon as it has two."""
    while True:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        if len(children) >= 2:
            return children
        try:
            process.wait(timeout=0.005)
        except subprocess.TimeoutExpired:
            continue
        pytest.fail(f"ended early: {process.communicate()}")
