"""What goes wrong on purpose: each fault waits for matching requests and spoils as many as it was told to."""

import fnmatch
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from app.sandbox.lag import LISTS, Lag
from app.sandbox.limits import ContentLimit
from app.sandbox.world.state import World

SECONDARY_LIMIT = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."


@dataclass(frozen=True, slots=True)
class Fault:
    """One way to fail.

    Attributes:
        method: the HTTP method it waits for, or `*`.
        path: a glob over the path below the base (`*` also matches slashes).
        times: how many requests it spoils.
        status: what to answer instead; None leaves the true answer.
        message: the words of that answer.
        headers: its headers.
        after_write: let the request do its work first, and then lose the answer.
        drop: close the connection without an answer.
        delay: seconds to wait before anything else.
        hang: never answer.
        exhaust: seconds until the rate limit, used up by this fault, is reset.
        stale: answer from this earlier state, as a list that lags behind.
    """

    method: str = "*"
    path: str = "*"
    times: int = 1
    status: int | None = None
    message: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    after_write: bool = False
    drop: bool = False
    delay: float = 0.0
    hang: bool = False
    exhaust: int | None = None
    stale: World | None = None

    def matches(self, method: str, path: str) -> bool:
        """Whether it spoils this request."""
        return self.method in ("*", method) and fnmatch.fnmatchcase(path, self.path)


class Faults:
    """The faults that still wait, the oldest first, and the verbs that add to them; and two lasting conditions.

    Attributes:
        content_limit: the secondary limit on new content, or None while it is not enforced.
    """

    def __init__(self) -> None:
        self._waiting: list[tuple[Fault, int]] = []
        self._lag: Lag | None = None
        self.content_limit: ContentLimit | None = None

    def add(self, fault: Fault) -> None:
        """Let a fault wait."""
        self._waiting.append((fault, fault.times))

    def clear(self) -> None:
        """Forget all faults, and end what lasts."""
        self._waiting.clear()
        self._lag = None
        self.content_limit = None

    @property
    def waiting(self) -> int:
        """How many requests are still to be spoiled."""
        return sum(left for _, left in self._waiting)

    def take(self, method: str, path: str) -> Fault | None:
        """The fault for this request, used up by one; None when all is well."""
        for index, (fault, left) in enumerate(self._waiting):
            if not fault.matches(method, path):
                continue
            if left == 1:
                del self._waiting[index]
            else:
                self._waiting[index] = (fault, left - 1)
            return fault
        return None

    def answer(
        self, status: int, method: str = "*", path: str = "*", *, times: int = 1, after_write: bool = False
    ) -> None:
        """A plain error such as 500, 502, 503 or 401: before the work, or after it has landed."""
        messages = {401: "Bad credentials", 500: "Server Error", 502: "Server Error", 503: "Service unavailable"}
        message = messages.get(status, "Server Error")
        self.add(Fault(method, path, times, status, message, after_write=after_write))

    def secondary_limit(
        self,
        method: str = "*",
        path: str = "*",
        *,
        times: int = 1,
        status: Literal[403, 429] = 403,
        retry_after: int | None = None,
    ) -> None:
        """The limit on too much at once; GitHub does not always say how long to wait (seconds)."""
        headers = {} if retry_after is None else {"retry-after": str(retry_after)}
        self.add(Fault(method, path, times, status, SECONDARY_LIMIT, headers))

    def primary_limit(
        self,
        method: str = "*",
        path: str = "*",
        *,
        times: int = 1,
        status: Literal[403, 429] = 403,
        reset_in: int = 60,
    ) -> None:
        """The hourly limit, used up; it is reset in so many seconds."""
        message = "API rate limit exceeded for installation."
        self.add(Fault(method, path, times, status, message, exhaust=reset_in))

    def drop(self, method: str = "*", path: str = "*", *, times: int = 1, after_write: bool = False) -> None:
        """Close the connection: before the work, or after it has landed."""
        self.add(Fault(method, path, times, drop=True, after_write=after_write))

    def slow(self, seconds: float, method: str = "*", path: str = "*", *, times: int = 1) -> None:
        """Answer truly, but late."""
        self.add(Fault(method, path, times, delay=seconds))

    def hang(self, method: str = "*", path: str = "*", *, times: int = 1) -> None:
        """Never answer."""
        self.add(Fault(method, path, times, hang=True))

    def lag(self, world: World, path: str = "*", *, times: int = 1) -> None:
        """Let matching reads see nothing that happens from now on."""
        self.add(Fault("GET", path, times, stale=world.snapshot()))

    def lag_lists(self, world: World, *, reads: int = 0, seconds: float = 0.0, lists: Iterable[str] = LISTS) -> None:
        """From now on let lists lag: a change is missing from the next `reads` of them, and for `seconds`.

        The seconds are those of the sandbox's clock. Single things are always current.
        """
        self._lag = Lag(world, reads, seconds, tuple(lists))

    def note_change(self) -> None:
        """Something happened that a lagging list will learn later."""
        if self._lag is not None:
            self._lag.note_change()

    def seen_by(self, method: str, path: str) -> World | None:
        """The past that this request sees, or None for the present."""
        return self._lag.seen_by(method, path) if self._lag is not None else None

    def limit_content(self, *, per_minute: int = 80, per_hour: int = 500) -> None:
        """Enforce the secondary limit on new content from now on; the refusal says how long to wait."""
        self.content_limit = ContentLimit(per_minute, per_hour)
