"""How long a key waits after a failure, and when the queue gives up on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Backoff:
    """Exponential backoff with full jitter: after n failures in a row, a wait between 0 and `base`ⁿ seconds.

    Full jitter keeps the keys that failed together from coming back together (Brooker, "Exponential Backoff And
    Jitter", AWS Architecture Blog, 2015). The defaults retry after about a second first and spread eight attempts
    over half an hour: on average 27 minutes, 55 at most.

    Attributes:
        attempts: how many failures in a row park a key.
        base: seconds; the longest first wait, and the factor from one wait to the next.
        longest: seconds; no wait is longer.
    """

    attempts: int = 8
    base: float = 3.0
    longest: float = 3600.0

    def parks(self, failures: int) -> bool:
        """Whether this many failures in a row are the end."""
        return failures >= self.attempts

    def wait(self, failures: int, chance: float) -> timedelta:
        """The wait after this many failures in a row (1 or more); `chance` is a random number in [0, 1)."""
        # 64 doublings exceed any `longest`; without the bound a float overflows after some hundred failures.
        ceiling = min(self.base ** min(failures, 64), self.longest)
        return timedelta(seconds=ceiling * chance)
