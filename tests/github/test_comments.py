"""What is noted before something is said, and what those may do who say something."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from app.core.effects import CreateComment
from app.github.app import Access
from app.github.comments import read_role
from app.github.errors import RateLimited
from app.github.issues import create_comment
from app.sandbox.driver import Sandbox
from tests.github.conftest import REPOSITORY

MOST = 300  # comments that one repository may get in an hour


@pytest.mark.parametrize("private", [True, False], ids=["private", "public"])
async def test_of_whom_github_does_not_know_all_that_counts_is_who_may_read(
    enter: Callable[[], Awaitable[Access]], github: Sandbox, private: bool
) -> None:
    repository = github.world.repository(REPOSITORY)
    github.world.repositories[repository.id] = replace(repository, private=private)
    role = await read_role(await enter(), "a-stranger")
    assert (role.may_read, role.may_write) == (not private, False)


async def test_what_has_to_wait_for_its_turn_is_not_noted_as_sent(
    enter: Callable[[], Awaitable[Access]], github: Sandbox
) -> None:
    access, noted = await enter(), list[str]()

    async def note(name: str) -> None:
        noted.append(name)

    comment = CreateComment(
        issue=github.open_issue(REPOSITORY, "Alert").number, about="notice:1", body="Hm?", mentions=(), reason="due"
    )
    for _ in range(MOST):
        await access.pace.turn()
    with pytest.raises(RateLimited):
        await create_comment(access, comment, "closeout[bot]", note)
    assert noted == []
