"""What the fuzzer begins with: documents that reach every rule, and the words that they are made of."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.postmortems import good_postmortem
from tests.rules.marked import read_marked
from tests.rules.reading.documents import RICH
from tests.rules.reading.test_robustness import PIECES

_FIXTURES = Path(__file__).parents[1] / "tests" / "rules" / "fixtures"
_WORD = re.compile(r"[A-Za-z][A-Za-z' -]{2,30}(?=:)|## [^\n]+|@\w+|\d{1,2}:\d\d|\d{4}-\d\d-\d\d|P\d|SEV-\d")


def write_seeds(folder: Path) -> None:
    """One file for each document; what is there already stays, so that a run goes on where the last one ended."""
    folder.mkdir(parents=True, exist_ok=True)
    for data in _documents():
        (folder / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)


def write_dictionary(file: Path) -> None:
    """The marks and words worth inserting, as libFuzzer reads them."""
    words = {word for data in _documents() for word in _WORD.findall(data.decode("utf-8", "replace"))}
    entries = sorted({piece.encode("utf-8", "surrogatepass") for piece in (*PIECES, *words)})
    file.write_text("".join(f'"{_escaped(entry)}"\n' for entry in entries if entry), "ascii")


def _documents() -> Iterator[bytes]:
    yield from (RICH.encode(), good_postmortem().encode(), good_postmortem().replace("\n", "\r\n").encode())
    for path in sorted(_FIXTURES.glob("*/*.md")):
        yield read_marked(path.read_bytes()).data


def _escaped(data: Iterable[int]) -> str:
    return "".join(f"\\x{byte:02x}" for byte in data)
