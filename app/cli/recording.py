"""Remembering a run of `lint`, so that the same question need not be worked out again."""

from __future__ import annotations

import math
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from app.cli.cache.observations import Observations, digest_of
from app.cli.cache.replay import Answer, Question, record
from app.cli.policies import POLICY_FILE, Ground

_ALWAYS = (-math.inf, math.inf)


def observe_policy(named: Path | None) -> Observations:
    """Observations that begin with what decides about the policy: the file that was named, and those above here."""
    seen = Observations()
    here = Path.cwd()
    above = [folder / POLICY_FILE for folder in (here, *here.parents)]
    for path in (*above, *(folder / ".git" for folder in (here, *here.parents))):
        seen.saw_presence(str(path))
    for file in (named, *above):
        try:
            if file is not None and file.is_file():
                seen.saw_file(str(file), file.stat(), digest_of(file.read_bytes()))
        except OSError:
            seen.repeatable = False
    return seen


def record_run(question: Question, answer: Answer, seen: Observations, ground: Ground | None) -> None:
    """Remember what a run wrote.

    Args:
        question: what it was asked.
        answer: what it wrote.
        seen: what it looked at.
        ground: where it ran, if the answer holds for a day there; None if it holds on any.
    """
    if seen.repeatable:
        record(question, answer, seen, _today(ground) if ground else _ALWAYS)


def _today(ground: Ground) -> tuple[float, float]:
    """The seconds between which it is this day in the policy's zone."""
    midnight = datetime.combine(ground.today(), time(), ZoneInfo(ground.policy.timezone))
    return midnight.timestamp(), (midnight + timedelta(days=1)).timestamp()
