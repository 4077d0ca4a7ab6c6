"""CO4: action items. Each is a promise with an owner, a deadline, a priority and a success criterion."""

from rules.actions import criteria, deadlines, owners, presence, priorities, wording

__all__ = ["criteria", "deadlines", "owners", "presence", "priorities", "wording"]
