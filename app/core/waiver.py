"""A maintainer's word that a finding may pass in a pull request."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """What `/waive` granted, as the comment that acknowledges it records it.

    Attributes:
        code: of the rule.
        reason: in their words.
        by: their login.
        who: the id of their account.
        permission: the role that let them, in GitHub's words.
        comment: the id of the comment in which they said it.
    """

    code: str
    reason: str
    by: str
    who: int
    permission: str
    comment: int

    @property
    def anchor(self) -> str:
        """Where they said it, on the pull request's page. A check that shows the waiver links there."""
        return f"#issuecomment-{self.comment}"
