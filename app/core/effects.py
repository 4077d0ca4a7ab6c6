"""Writes to GitHub, as data. `plan` lists them, `app.github.apply` carries them out, a dry run prints them."""

from __future__ import annotations

import enum
from dataclasses import dataclass

DOCUMENT_CHECK = "Postmortem document"
CO_AUTHOR_CHECK = "Postmortem co-author"
CHECK_NAMES = (DOCUMENT_CHECK, CO_AUTHOR_CHECK)


class Conclusion(enum.StrEnum):
    """How a check ends; GitHub's words. The first three let a pull request merge."""

    SKIPPED = "skipped"
    SUCCESS = "success"
    NEUTRAL = "neutral"
    FAILURE = "failure"


@dataclass(frozen=True, slots=True)
class Annotation:
    """A remark at lines of a file.

    Attributes:
        path: relative to the repository.
        start_line, end_line: from 1, both included.
        start_column, end_column: from 1, in characters, both included; None unless the remark stays on one line.
        level: `failure`, `warning` or `notice`.
        title: at most 255 characters.
        message: at most 64 KB.
    """

    path: str
    start_line: int
    end_line: int
    start_column: int | None
    end_column: int | None
    level: str
    title: str
    message: str


@dataclass(frozen=True, slots=True)
class PublishCheckRun:
    """Publish a completed check run.

    Attributes:
        name: one of the two names above; what branch protection knows the check by.
        head_sha: the commit.
        conclusion: how it ends.
        title: the verdict in a few words.
        summary: Markdown, at most 65,535 characters.
        annotations: in the order in which they are to be shown, any number.
        external_id: a digest of all the above: an equal result needs no second run.
    """

    name: str
    head_sha: str
    conclusion: Conclusion
    title: str
    summary: str
    annotations: tuple[Annotation, ...]
    external_id: str


Effect = PublishCheckRun
