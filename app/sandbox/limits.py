"""The hourly budget of requests, for each installation, and the headers that tell of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.sandbox.api.call import Actor

WINDOW = timedelta(hours=1)
INSTALLATION_LIMIT = 5000
ANONYMOUS_LIMIT = 60


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
