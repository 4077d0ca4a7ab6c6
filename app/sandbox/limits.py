"""The hourly budget of requests, for each installation, with the headers that tell of it, and the limit on content."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.sandbox.api.call import Actor

WINDOW = timedelta(hours=1)
INSTALLATION_LIMIT = 5000
ANONYMOUS_LIMIT = 60
MINUTE = timedelta(minutes=1)
# What makes new content, and so counts against the secondary limit. Check runs do not.
CREATES_CONTENT = frozenset(
    {
        "POST /repos/{owner}/{repo}/issues",
        "POST /repos/{owner}/{repo}/issues/{issue_number}/comments",
        "POST /repos/{owner}/{repo}/milestones",
        "POST /repos/{owner}/{repo}/pulls",
        "POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews",
    }
)
CONTENT_LIMIT = (
    "You have exceeded a secondary rate limit and have been temporarily blocked from content creation. "
    "Please retry your request again later."
)


@dataclass(slots=True)
class Budget:
    """What one caller has used of its hour."""

    limit: int
    reset: datetime
    used: int = 0

    def headers(self) -> Mapping[str, str]:
        """How GitHub writes it."""
        return {
            "x-ratelimit-limit": str(self.limit),
            "x-ratelimit-remaining": str(max(self.limit - self.used, 0)),
            "x-ratelimit-used": str(self.used),
            "x-ratelimit-reset": str(int(self.reset.timestamp())),
            "x-ratelimit-resource": "core",
        }


@dataclass(slots=True)
class Limits:
    """All budgets, made on first use."""

    budgets: dict[str, Budget] = field(default_factory=dict)

    def of(self, actor: Actor, now: datetime) -> Budget:
        """The caller's budget, fresh when its hour is over."""
        key = str(actor.installation.id) if actor.installation else actor.identity
        budget = self.budgets.get(key)
        if budget is None or now >= budget.reset:
            limit = INSTALLATION_LIMIT if actor.app else ANONYMOUS_LIMIT
            budget = self.budgets[key] = Budget(limit, now + WINDOW)
        return budget

    def exhaust(self, actor: Actor, now: datetime, seconds: int) -> Budget:
        """Use up the caller's budget until so many seconds from now."""
        budget = self.of(actor, now)
        budget.used, budget.reset = budget.limit, now + timedelta(seconds=seconds)
        return budget


@dataclass(slots=True)
class ContentLimit:
    """So many new issues, comments and the like, and then no more for a while."""

    per_minute: int = 80
    per_hour: int = 500
    made: dict[int, list[datetime]] = field(default_factory=dict)

    def wait(self, installation: int, now: datetime) -> int:
        """Count one more, or say how many seconds to wait first."""
        made = self.made.setdefault(installation, [])
        made[:] = [when for when in made if now - when < WINDOW]
        waits = [0]
        for most, window in ((self.per_minute, MINUTE), (self.per_hour, WINDOW)):
            recent = [when for when in made if now - when < window]
            if len(recent) >= most:
                waits.append(max(int((recent[-most] + window - now).total_seconds()), 1))
        if max(waits) == 0:
            made.append(now)
        return max(waits)
