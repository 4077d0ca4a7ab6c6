"""Random histories on every engine, held against a model of the promises that fits on a page."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from app.queue import Claim, Done, Outcome, Parked, QueueDepth, RetryAt
from app.queue.backoff import Backoff
from tests.queue.conftest import ENGINES
from tests.queue.scene import START, ManualClock, Scene, at_work

BACKOFF = Backoff(attempts=3, base=4)
CHANCE = 0.5
KEYS = st.sampled_from(["a", "b", "c"])
SECONDS = st.sampled_from([-5, 0, 1, 3, 60, 86400])


@dataclass
class Row:
    due: datetime
    not_before: datetime = START
    attempts: int = 0
    again: bool = False
    parked: Parked | None = None

    def runs_at(self) -> datetime:
        return max(self.due, self.not_before)


@dataclass
class Running:
    claim: Claim
    due: list[datetime] = field(default_factory=list)  # what was marked meanwhile
    again: bool = False


class Model:
    """What the queue should hold, and which passes should be under way."""

    def __init__(self) -> None:
        self.rows: dict[str, Row] = {}
        self.under_way: dict[str, Running] = {}

    def mark(self, key: str, at: datetime, *, again: bool) -> None:
        row = self.rows.setdefault(key, Row(at))
        row.due = at if row.parked else min(row.due, at)
        row.again |= again
        row.attempts, row.parked = 0, None
        if key in self.under_way:
            self.under_way[key].due.append(at)
            self.under_way[key].again |= again

    def release(self, key: str, now: datetime) -> None:
        row = self.rows.get(key)
        if row and row.parked:
            row.due, row.attempts, row.parked = now, 0, None

    def end(self, key: str, outcome: Outcome | Exception, now: datetime) -> None:
        row, running = self.rows[key], self.under_way.pop(key)
        match outcome:
            case Done(wake_at):
                due = [*running.due, *([wake_at] if wake_at else [])]
                del self.rows[key]
                if due:
                    self.rows[key] = Row(min(due), again=running.again)
            case RetryAt(when):
                row.not_before = max(when, now + timedelta(seconds=1))
            case _:
                self.fail(key, row, running, now)

    def fail(self, key: str, row: Row, running: Running, now: datetime) -> None:
        failures = running.claim.attempts + 1
        row.attempts, row.due = failures, now + BACKOFF.wait(failures, CHANCE)
        if failures == BACKOFF.attempts:
            row.parked = Parked(key, "RuntimeError: 502", now, failures)
        if running.due:  # as if it had been marked after the failure
            row.due = min(running.due) if row.parked else min(row.due, *running.due)
            row.attempts, row.parked = 0, None

    def begin(self, now: datetime) -> None:
        for key, row in self.rows.items():
            if row.runs_at() <= now and not row.parked and key not in self.under_way:
                last = row.attempts + 1 == BACKOFF.attempts
                self.under_way[key] = Running(Claim(key, row.again, row.attempts, last))

    def depth(self, now: datetime) -> QueueDepth:
        parked = sum(1 for row in self.rows.values() if row.parked)
        due = sum(1 for row in self.rows.values() if not row.parked and row.runs_at() <= now)
        return QueueDepth(due, len(self.rows) - parked - due, parked)


class Histories(RuleBasedStateMachine):
    engine_name = "sqlite"

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.engine = ENGINES[self.engine_name](Path(self.folder.name))
        self.runner = asyncio.Runner()
        self.clock = ManualClock()
        self.model = Model()
        self.open()

    def open(self) -> None:
        self.stack = contextlib.AsyncExitStack()
        entering = at_work(self.engine, self.clock, chance=CHANCE, backoff=BACKOFF)
        self.scene: Scene = self.run(self.stack.enter_async_context(entering))

    def run(self, step: Coroutine[Any, Any, Any]) -> Any:
        return self.runner.run(step)

    def teardown(self) -> None:
        self.run(self.stack.aclose())
        self.runner.close()
        self.folder.cleanup()

    @rule(key=KEYS, seconds=st.none() | SECONDS, again=st.booleans())
    def mark(self, key: str, seconds: int | None, *, again: bool) -> None:
        at = None if seconds is None else self.clock.now + timedelta(seconds=seconds)
        self.run(self.scene.queue.mark(key, at, again=again))
        self.model.mark(key, at or self.clock.now, again=again)

    @rule(key=KEYS)
    def release(self, key: str) -> None:
        self.run(self.scene.queue.release(key))
        self.model.release(key, self.clock.now)

    @rule(seconds=st.sampled_from([1, 2, 8, 59, 61, 86400]))
    def advance(self, seconds: int) -> None:
        self.clock.advance(seconds=seconds)

    @precondition(lambda self: self.model.under_way)
    @rule(data=st.data(), seconds=SECONDS, kind=st.sampled_from(["done", "alarm", "hold", "fail", "fail"]))
    def end(self, data: st.DataObject, seconds: int, kind: str) -> None:
        key = data.draw(st.sampled_from(sorted(self.model.under_way)))
        when = self.clock.now + timedelta(seconds=seconds)
        outcomes: dict[str, Outcome | Exception] = {
            "done": Done(),
            "alarm": Done(when),
            "hold": RetryAt(when, "rate limit"),
            "fail": RuntimeError("502"),
        }
        outcome = outcomes[kind]
        self.run(self.scene.end(key, outcome))
        self.model.end(key, outcome, self.clock.now)

    @rule()
    def reopen(self) -> None:
        self.run(self.stack.aclose())
        self.model.under_way.clear()
        self.open()

    @invariant()
    def it_is_as_promised(self) -> None:
        self.model.begin(self.clock.now)
        depth = self.run(self.scene.settle())
        claims = {key: running.claim for key, running in self.model.under_way.items()}
        assert {key: each.claim for key, each in self.scene.under_way.items()} == claims
        assert depth == self.model.depth(self.clock.now)
        parked = sorted((row.parked.since, key, row.parked) for key, row in self.model.rows.items() if row.parked)
        assert self.run(self.scene.queue.parked()) == [each for *_, each in parked]


@pytest.mark.parametrize("name", ENGINES)
def test_any_history_ends_as_the_model_says(name: str) -> None:
    machine = type("Histories", (Histories,), {"engine_name": name})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=30, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
