"""What a person may do in a repository, as GitHub's permission endpoint tells it."""

from __future__ import annotations

from dataclasses import dataclass

_WRITING = frozenset({"write", "admin"})
_MAINTAINING = frozenset({"maintain", "admin"})


@dataclass(frozen=True, slots=True)
class Role:
    """A person's role.

    Attributes:
        permission: `admin`, `write`, `read` or `none`; to maintain counts as write, to triage as read.
        name: the role's own name, which may be one that the organisation made up.
        allows_maintaining: whether a role that the organisation made up is built on `maintain` or more.
    """

    permission: str
    name: str = ""
    allows_maintaining: bool = False

    @property
    def may_read(self) -> bool:
        """Whether they may see the repository."""
        return self.may_write or self.permission == "read"

    @property
    def may_write(self) -> bool:
        """Whether they may push to it."""
        return self.permission in _WRITING

    @property
    def maintains(self) -> bool:
        """Whether they maintain it, and may therefore let a finding pass."""
        named = self.name in _MAINTAINING or self.allows_maintaining
        return self.permission == "admin" or (self.may_write and named)


NOBODY = Role("none")
"""The role in a private repository of whom GitHub does not know, or does not know any more."""

READER = Role("read", "read")
"""The role of everybody in a public repository."""
