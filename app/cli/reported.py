"""What `closeout report` tells of a repository, for its formats."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.core.metrics import Metrics


class Unreportable(Exception):
    """A report cannot be made; the message is one line that says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The figures of a repository.

    Attributes:
        repository: `owner/name`.
        url: of its page on GitHub.
        as_of: the day that the figures hold for, in the policy's zone.
        timezone: the name of that zone.
        metrics: the figures.
    """

    repository: str
    url: str
    as_of: date
    timezone: str
    metrics: Metrics
