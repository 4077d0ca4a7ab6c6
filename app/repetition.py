"""How often to say what is still so: at once, then at a growing distance, so that a log stays readable in an outage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

_FIRST_DISTANCE = timedelta(minutes=1)
_LONGEST_DISTANCE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class _Said:
    message: str
    at: datetime
    distance: timedelta


class Repetition:
    """What was said of each subject, and when. It holds as many subjects as there are that were not forgotten."""

    def __init__(self) -> None:
        self._said: dict[str, _Said] = {}

    def is_due(self, subject: str, message: str, now: datetime) -> bool:
        """Whether to say this now; if so, it counts as said.

        A message that differs from the subject's last one always is. The same one is due a minute after it was said
        first, and then each time after twice as long, at most an hour. A clock that was set back makes it due, too.
        """
        last = self._said.get(subject)
        if last is None or last.message != message:
            distance = _FIRST_DISTANCE
        elif last.at <= now < last.at + last.distance:
            return False
        else:
            distance = min(2 * last.distance, _LONGEST_DISTANCE)
        self._said[subject] = _Said(message, now, distance)
        return True

    def forget(self, subject: str) -> None:
        """It is no longer so: what is said of it next is new."""
        self._said.pop(subject, None)
