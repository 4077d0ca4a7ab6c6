"""When the incident was, and how long."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from rules.policy import Policy
from rules.postmortem import Postmortem
from rules.rule import Context, Problem, Severity, rule

_SLACK = timedelta(minutes=2)


@rule("CO108", "duration-contradiction", Severity.WARNING)
def duration_contradiction(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """The duration contradicts its own start and end.

    Why: one of the three is wrong, and every figure that is built on them is, too.

    Bad:

    ```markdown
    - Duration: 1h 30m, 10:32 (start) → 11:14 (end), UTC
    ```

    Good:

    ```markdown
    - Duration: 42m, 10:32 (start) → 11:14 (end), UTC
    ```
    """
    duration = postmortem.duration
    if duration is None or duration.elapsed is None:
        return
    if duration.elapsed < timedelta():
        message = (
            "The incident ends before it starts. Correct the start or the end; add the dates if it ran past midnight."
        )
    elif duration.stated is not None and _differs(duration.stated, duration.elapsed):
        message = (
            f"The duration says {_words(duration.stated)}, but from its start to its end it is "
            f"{_words(duration.elapsed)}. Correct one of them."
        )
    else:
        return
    yield Problem(duration.span, message, subject="duration")


def _differs(stated: timedelta, elapsed: timedelta) -> bool:
    """Whether two lengths differ by more than rounding explains; times of day alone leave whole days open."""
    slack = max(_SLACK, max(stated, elapsed) / 10)
    return all(abs(stated - elapsed - timedelta(days=days)) > slack for days in _whole_days(stated))


def _whole_days(stated: timedelta) -> tuple[int, ...]:
    return (0, stated.days) if stated.days else (0,)


def _words(length: timedelta) -> str:
    minutes = round(length.total_seconds() / 60)
    hours, rest = divmod(minutes, 60)
    return f"{hours}h {rest}m" if hours and rest else f"{hours}h" if hours else f"{rest}m"
