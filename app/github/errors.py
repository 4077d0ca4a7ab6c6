"""What can go wrong when talking to GitHub, by what to do about it. Messages never hold a secret."""

from __future__ import annotations

from datetime import datetime


class GitHubError(Exception):
    """GitHub could not be asked, or said no. The message is for an operator and may be shown to people."""


class RateLimited(GitHubError):
    """GitHub wants us to wait until `until` (aware); nothing is to be asked of it before."""

    def __init__(self, until: datetime, reason: str) -> None:
        super().__init__(reason)
        self.until = until
        self.reason = reason


class Unavailable(GitHubError):
    """GitHub did not answer, or answered with a server error. A write may or may not have landed."""


class Refused(GitHubError):
    """GitHub answered 4xx: asking again will not help until something changes.

    Attributes:
        status: the HTTP status.
    """

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class TooLate(GitHubError):
    """The time within which something may be written went by while it waited for its turn: it was not written."""


class TooLarge(Refused):
    """The answer is larger than we read."""


class NotFound(Refused):
    """The thing is not there, or not for us: 404, 410 or 451."""
