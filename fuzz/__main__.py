"""Reads, checks and fixes what the fuzzer thinks up, and holds the laws of `tests.rules.laws` against it.

`python -m fuzz --seconds 60` looks for documents that raise, break a law or take longer than ten seconds, and keeps the
first one in `build/fuzz`; `python -m fuzz FILE` tries that one again. Exit status: 0 if all went well.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["rules"]):
    from tests.rules.laws import assert_fixing_holds, assert_reading_and_checking_hold

from fuzz.seeds import write_dictionary, write_seeds

_BUILD = Path(__file__).parents[1] / "build" / "fuzz"
_LONGEST = 16_384  # bytes; longer documents are measured by bench/linear.py
_SLOW = 10  # seconds
_FIXED_OF = 4  # one document of so many is fixed, too, which reads and checks it a dozen times


def try_one(data: bytes) -> None:
    """Raises if the document breaks a law."""
    if sum(data) % _FIXED_OF == 0:
        assert_fixing_holds(data)
    else:
        assert_reading_and_checking_hold(data)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=int, default=60, help="how long to look")
    parser.add_argument("file", nargs="?", type=Path, help="a document to try instead")
    options = parser.parse_args()
    if options.file:
        assert_fixing_holds(options.file.read_bytes())
        return
    write_seeds(_BUILD / "corpus")
    write_dictionary(_BUILD / "words.dict")
    arguments = [
        f"-dict={_BUILD / 'words.dict'}",
        f"-artifact_prefix={_BUILD}/",
        f"-max_len={_LONGEST}",
        "-len_control=0",
        f"-max_total_time={options.seconds}",
        f"-timeout={_SLOW}",
        "-rss_limit_mb=2048",
        "-print_final_stats=1",
    ]
    atheris.Setup([sys.argv[0], *arguments, str(_BUILD / "corpus")], try_one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
