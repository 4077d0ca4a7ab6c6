"""CO5: language that blames. Messages never repeat the name of the person who is blamed."""

from rules.language import causes, hindsight, people

__all__ = ["causes", "hindsight", "people"]
