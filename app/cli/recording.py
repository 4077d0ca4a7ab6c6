"""Remembering a run of `lint`, so that the same question need not be worked out again."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from pathlib import Path

from app.cli.cache.examinations import key_of, look_up, remember
from app.cli.cache.file import CacheFile
from app.cli.cache.observations import Observations, digest_of
from app.cli.cache.replay import Answer, Question, record
from app.cli.documents import Document
from app.cli.examination import Terms
from app.cli.policies import POLICY_FILE, Ground, zone_called

_ALWAYS = (-math.inf, math.inf)


class Recording:
    """A run that will be remembered.

    Attributes:
        seen: what it looked at, beginning with what decides about the policy.
    """

    def __init__(self, question: Question, policy: Path | None) -> None:
        """`policy` is the file that was named, if one was."""
        self.seen = _observe_policy(policy)
        self._question = question

    def memory(self, terms: Terms) -> Memory:
        """What earlier runs found by the same terms."""
        return Memory(self._question.file, self._question.program, terms)

    def record(self, output: str, status: int, ground: Ground | None) -> None:
        """Remember what the run wrote.

        Args:
            output: what it wrote.
            status: its exit status.
            ground: where it ran, if the answer holds for a day there; None if it holds on any.
        """
        if self.seen.repeatable:
            record(self._question, Answer(output, status), self.seen, _today(ground) if ground else _ALWAYS)


class Memory:
    """What earlier runs found, as long as it was the same program and the same terms."""

    def __init__(self, file: CacheFile, program: str, terms: Terms) -> None:
        self._file = file
        self._terms = digest_of("\0".join((program, repr(terms))).encode("utf-8", "surrogatepass")).hex()

    def recall(self, documents: Sequence[Document]) -> Mapping[Document, str]:
        """The results that are known."""
        keys = {document: self._key(document) for document in documents if document.digest is not None}
        known = look_up(self._file, tuple(keys.values()))
        return {document: known[key] for document, key in keys.items() if key in known}

    def remember(self, results: Mapping[Document, str]) -> None:
        """Keep results for later runs; nothing of standard input."""
        rows = [(self._key(document), result) for document, result in results.items() if document.digest is not None]
        if rows:
            remember(self._file, rows)

    def _key(self, document: Document) -> bytes:
        return key_of(self._terms, document.repository_path, document.digest or b"", certain=document.certain)


def _observe_policy(named: Path | None) -> Observations:
    seen = Observations()
    here = Path.cwd()
    above = [folder / POLICY_FILE for folder in (here, *here.parents)]
    for path in (*above, *(folder / ".git" for folder in (here, *here.parents))):
        seen.saw_presence(str(path))
    for file in (named, *above):
        try:
            if file is not None and file.is_file():
                seen.saw_file(str(file), file.stat(), file.read_bytes())
        except OSError:
            seen.repeatable = False
    return seen


def _today(ground: Ground) -> tuple[float, float]:
    """The seconds between which it is this day in the policy's zone."""
    midnight = datetime.combine(ground.today(), time(), zone_called(ground.policy.timezone))
    return midnight.timestamp(), (midnight + timedelta(days=1)).timestamp()
