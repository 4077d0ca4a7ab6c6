"""GitHub's rate limits: when an installation has to be left alone, and until when.

Sources: docs.github.com, "Rate limits for the REST API" and "Best practices for using the REST API": honour
Retry-After, else the reset time when nothing remains, else wait at least a minute and longer each time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from app.github.errors import RateLimited

_FIRST_WAIT = timedelta(minutes=1)
_LONGEST_WAIT = timedelta(hours=1)


class Limits:
    """The limits of one installation (or of the App itself): remembers when it may be asked again."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._until: datetime | None = None
        self._reason = ""
        self._unexplained = 0  # secondary limits in a row that named no time to wait

    def check(self) -> None:
        """Raise RateLimited if the time to ask again has not come."""
        if self._until is None:
            return
        if self._clock() >= self._until:
            self._until = None
            return
        raise RateLimited(self._until, self._reason)

    def note(self, status: int, headers: Mapping[str, str], message: str) -> None:
        """Take in an answer. Raise RateLimited if it is a refusal for the sake of a limit."""
        spent = headers.get("x-ratelimit-remaining") == "0"
        if status < 400:
            self._unexplained = 0
            if spent:
                self._block(self._reset_time(headers), "the hourly limit is used up")
            return
        if not self._is_limit(status, headers, message, spent=spent):
            return
        until, reason = self._wait(headers, spent=spent)
        self._block(until, reason)
        raise RateLimited(until, reason)

    @staticmethod
    def _is_limit(status: int, headers: Mapping[str, str], message: str, *, spent: bool) -> bool:
        if status == 429:
            return True
        return status == 403 and (spent or "retry-after" in headers or "rate limit" in message.lower())

    def _wait(self, headers: Mapping[str, str], *, spent: bool) -> tuple[datetime, str]:
        if headers.get("retry-after", "").isdigit():
            seconds = int(headers["retry-after"])
            return self._clock() + timedelta(seconds=seconds), f"GitHub asked to wait {seconds} s"
        if spent:
            return self._reset_time(headers), "the hourly limit is used up"
        now = self._clock()
        if self._until is not None and now < self._until:  # the same limit, met by several requests at once
            return self._until, self._reason
        wait = min(_FIRST_WAIT * 2**self._unexplained, _LONGEST_WAIT)
        self._unexplained += 1
        return now + wait, "GitHub named a secondary rate limit"

    def _reset_time(self, headers: Mapping[str, str]) -> datetime:
        reset = headers.get("x-ratelimit-reset", "")
        if not reset.isdigit():
            return self._clock() + _FIRST_WAIT
        return datetime.fromtimestamp(int(reset), UTC)

    def _block(self, until: datetime, reason: str) -> None:
        if self._until is None or until > self._until:
            self._until, self._reason = until, reason
