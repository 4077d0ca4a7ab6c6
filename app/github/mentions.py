"""How often each manager is mentioned on a day, over all repositories of an installation.

A repository's own count stands in its records, and is never lost. What the others have mentioned is known from their
passes since this process began: it is a courtesy to people, and not worth reading a whole organisation for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from app.core.repository_facts import MOST_MENTIONS, Mention


class Mentions:
    """The count of one installation."""

    def __init__(self) -> None:
        self._counted: dict[int, Counter[Mention]] = {}

    def of(self, repository: int) -> RepositoryMentions:
        """The count as one repository sees it, by its id."""
        return RepositoryMentions(self, repository)

    def learn(self, repository: int, counted: Mapping[Mention, int]) -> None:
        """Take over what a repository's records say."""
        self._counted[repository] = Counter(dict(counted))

    def elsewhere(self, repository: int) -> Mapping[Mention, int]:
        """What the other repositories have counted."""
        total: Counter[Mention] = Counter()
        for other, counted in self._counted.items():
            if other != repository:
                total += counted
        return dict(total)

    def take(self, repository: int, managers: Iterable[str], day: date) -> bool:
        """Count one more mention of each, unless that is once too often for one of them: then nothing is counted."""
        wanted: list[Mention] = [(login.casefold(), day) for login in managers]
        if any(sum(counted[each] for counted in self._counted.values()) >= MOST_MENTIONS for each in wanted):
            return False
        self._counted.setdefault(repository, Counter()).update(wanted)
        return True


class RepositoryMentions:
    """One repository's view of its installation's count."""

    def __init__(self, mentions: Mentions, repository: int) -> None:
        self._mentions = mentions
        self._repository = repository

    def learn(self, counted: Mapping[Mention, int]) -> None:
        """Take over what this repository's records say."""
        self._mentions.learn(self._repository, counted)

    def elsewhere(self) -> Mapping[Mention, int]:
        """What the other repositories have counted."""
        return self._mentions.elsewhere(self._repository)

    def take(self, managers: Iterable[str], day: date) -> bool:
        """Whether they may be mentioned once more; see `Mentions.take`."""
        return self._mentions.take(self._repository, managers, day)
