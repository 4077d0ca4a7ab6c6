"""While GitHub does not answer, a command says what it waits for, and what it tries."""

from __future__ import annotations

import asyncio

import pytest

from app.cli.waiting import Waiting

API = "https://github.example/api/v3"


class Seconds:
    """A clock that stands still until it is told otherwise."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


async def test_a_connection_that_hangs_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    async with Waiting(API, 0).first_answer():
        while not (told := capsys.readouterr().err):  # noqa: ASYNC110 — it is what the other task writes
            await asyncio.sleep(0)
    assert told == f"closeout: waiting for an answer from GitHub at {API}\n"


async def test_an_answer_in_time_is_not_talked_about(capsys: pytest.CaptureFixture[str]) -> None:
    async with Waiting(API, 1000).first_answer():
        await asyncio.sleep(0)
    assert capsys.readouterr().err == ""


async def test_a_further_try_is_told_once_it_has_taken_longer_than_a_moment(
    capsys: pytest.CaptureFixture[str],
) -> None:
    clock = Seconds()
    waiting = Waiting(API, 5, clock)
    await waiting.sleep(0)
    clock.now = 6
    waiting.note("GET", 503)
    await waiting.sleep(0)
    assert capsys.readouterr().err == f"closeout: still no answer from GitHub at {API}; trying again\n"
    waiting.note("GET", 200)
    await waiting.sleep(0)
    assert capsys.readouterr().err == ""
