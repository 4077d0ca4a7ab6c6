"""Writing the effects of a pass over a repository's follow-up, one after the other.

What GitHub refuses about one issue (its conversation is locked, say) keeps no other waiting: that is set aside for the
rest of the pass, and the facts say so. Nothing is noted as done that was not, so the next pass plans it again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from http import HTTPStatus

import structlog

from app.core.calendar.working_time import working_time
from app.core.effects import CreateComment, IssueEffect
from app.core.refused import is_refused, subject_of
from app.core.repository_facts import RepositoryFacts
from app.github.app import Access
from app.github.errors import Refused, TooLate
from app.github.issues import Expect, apply_issue_effect

_ABOUT_ONE = {HTTPStatus.FORBIDDEN, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNPROCESSABLE_ENTITY}
_MOST_REFUSED = 10
"""Refusals of one pass that may each be about one issue; more are about the repository, or about us."""

_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Writer:
    """Writes what one pass wants written.

    Attributes:
        access: the way into the repository.
        bot: the login of Closeout's own account.
        expect: notes what is about to be created.
        left: how many writes it may still try.
        aside: what GitHub refused to have written in this pass.
    """

    access: Access
    bot: str
    expect: Expect
    left: int
    aside: set[str] = field(default_factory=set)

    def possible(self, effects: Iterable[IssueEffect]) -> tuple[IssueEffect, ...]:
        """The effects without those on what was set aside."""
        return tuple(effect for effect in effects if not is_refused(effect, self.aside))

    async def write(self, effects: Iterable[IssueEffect], facts: RepositoryFacts) -> RepositoryFacts:
        """Carry out the effects in order, as many as it may; returns the facts with what GitHub answered.

        Raises GitHubError: what is not about a single issue, and one refusal too many.
        """
        for effect in effects:
            if self.left > 0 and not is_refused(effect, self.aside):
                self.left -= 1
                facts = await self._write(effect, facts)
        return facts

    async def _write(self, effect: IssueEffect, facts: RepositoryFacts) -> RepositoryFacts:
        name, subject = type(effect).__name__, subject_of(effect)
        if isinstance(effect, CreateComment) and not self._may_mention(effect, facts):
            _log.info(
                "left for later", effect=name, subject=subject, reason="a manager was mentioned often enough today"
            )
            return facts
        try:
            facts = await apply_issue_effect(self.access, effect, facts, self.bot, self.expect)
        except TooLate as error:
            _log.info("left for later", effect=name, subject=subject, reason=str(error))
        except Refused as error:
            if error.status not in _ABOUT_ONE or len(self.aside) >= _MOST_REFUSED:
                raise
            self.aside.add(subject)
            facts = replace(facts, refused=facts.refused | {subject})
            _log.warning("refused", effect=name, subject=subject, reason=str(error))
        else:
            _log.info("wrote", effect=name, reason=effect.reason)
        return facts

    def _may_mention(self, effect: CreateComment, facts: RepositoryFacts) -> bool:
        """Whether its managers may be mentioned once more today: another repository may have been faster."""
        return self.access.mentions.take(effect.managers, working_time(facts.policy).day_of(self.access.clock()))
