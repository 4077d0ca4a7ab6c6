"""CO4: action items. Each is a promise with an owner, a deadline, a priority and a success criterion."""

from rules.actions import (
    criteria,
    deadline_range,
    deadlines,
    declined,
    duplicates,
    owners,
    presence,
    priorities,
    promises,
    severe,
    wording,
)

__all__ = [
    "criteria",
    "deadline_range",
    "deadlines",
    "declined",
    "duplicates",
    "owners",
    "presence",
    "priorities",
    "promises",
    "severe",
    "wording",
]
