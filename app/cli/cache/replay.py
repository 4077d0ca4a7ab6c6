"""The same question again: if nothing has changed that the answer came from, the answer is the same.

A question is what was typed, where, for which terminal, and to which version of Closeout. Its answer is what `lint`
wrote to standard output and its exit status. With it is stored what the run looked at; it is said again only if all of
that, including what was *not* there, is still so, and on the same day in the policy's zone.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Sequence

from app.cli.cache.file import CacheFile, cache_folder
from app.cli.cache.fingerprint import fingerprint
from app.cli.cache.observations import Observations, digest_of, observe

NO_CACHE = "--no-cache"
_STANDARD_INPUT = "-"
_ENVIRONMENT = ("NO_COLOR", "TERM", "COLUMNS", "CLOSEOUT_DEBUG", "CLOSEOUT_PROJECT_URL", "TZ")
_ANSWERS = 32  # how many are kept; each may be as long as the documents themselves
_LONGEST = 16 * 1024 * 1024  # bytes of an answer that is kept

_SELECT = (
    "SELECT sources, states, contents, settled, output, status FROM answers "
    "WHERE question = ? AND valid_from <= ? AND ? < valid_until"
)
_SETTLE = "UPDATE answers SET states = ?, settled = ? WHERE question = ?"
_INSERT = "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_DELETE = "DELETE FROM answers WHERE rowid NOT IN (SELECT rowid FROM answers ORDER BY rowid DESC LIMIT ?)"


class Answer:
    """What was written to standard output, and the exit status."""

    __slots__ = ("output", "status")

    def __init__(self, output: str, status: int) -> None:
        self.output = output
        self.status = status


class Question:
    """What is asked, and the cache that may know the answer.

    Attributes:
        program: what this installation is, see `fingerprint`.
        key: a digest of the question.
        file: the cache.
    """

    __slots__ = ("file", "key", "program")

    def __init__(self, program: str, key: bytes, file: CacheFile) -> None:
        self.program = program
        self.key = key
        self.file = file


def ask(arguments: Sequence[str]) -> Question | None:
    """The question that a command line of `lint` asks; None for one that is not to be remembered."""
    if NO_CACHE in arguments or _STANDARD_INPUT in arguments:
        return None
    try:
        program = fingerprint()
        parts = [program, os.getcwd(), *_terminal(), *arguments]
    except OSError:
        return None
    key = digest_of("\0".join(parts).encode("utf-8", "surrogatepass"))
    return Question(program, key, CacheFile(cache_folder()))


def recall(question: Question) -> Answer | None:
    """The answer, if there was one and it still holds."""
    now = time.time()
    rows = question.file.select(_SELECT, (question.key, now, now))
    if not rows:
        return None
    try:
        sources, states, contents, settled, output, status = rows[0]
        answer = Answer(output.decode("utf-8", "surrogatepass"), int(status))
        if settled and observe(sources, closely=False).states() == states:
            return answer
        closely = observe(sources, closely=True)
    except (OSError, ValueError, TypeError, AttributeError):  # something is gone, or the cache is damaged
        return None
    if closely.contents() != contents:
        return None
    question.file.write((_SETTLE, [(closely.states(), closely.settled(), question.key)]))
    return answer


def record(question: Question, answer: Answer, seen: Observations, days: tuple[float, float]) -> None:
    """Remember an answer, which came from what was `seen`, and holds between two instants (seconds since the epoch)."""
    output = answer.output.encode("utf-8", "surrogatepass")
    if len(output) > _LONGEST:
        return
    row = (question.key, seen.sources(), seen.states(), seen.contents(), seen.settled(), *days, output, answer.status)
    question.file.write((_INSERT, [row]), (_DELETE, [(_ANSWERS,)]))


def _terminal() -> Iterable[str]:
    """What the output's looks depend on."""
    yield from (f"{name}={os.environ.get(name)}" for name in _ENVIRONMENT)
    if sys.stdout.isatty():
        try:
            yield str(os.get_terminal_size(sys.stdout.fileno()).columns)
        except (OSError, ValueError):
            yield "a terminal"
