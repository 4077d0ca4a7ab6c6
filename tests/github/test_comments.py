"""What is noted before something is said."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from app.core.effects import CreateComment
from app.github.app import Access
from app.github.errors import RateLimited
from app.github.issues import create_comment
from app.sandbox.driver import Sandbox
from tests.github.conftest import REPOSITORY

MOST = 300  # comments that one repository may get in an hour


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
