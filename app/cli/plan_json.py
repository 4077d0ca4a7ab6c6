"""`closeout plan --format json`."""

from __future__ import annotations

import json
from typing import Any

from app.cli.planned import Foreseen, PlannedEffect


def plan_json(foreseen: Foreseen) -> str:
    """One JSON object, and a line break."""
    answer: dict[str, Any] = {
        "version": 1,
        "as_of": foreseen.as_of.isoformat(),
        "wake_at": foreseen.wake_at.isoformat() if foreseen.wake_at else None,
        "effects": [_effect(each) for each in foreseen.effects],
    }
    if foreseen.note:
        answer["note"] = foreseen.note
    return json.dumps(answer, ensure_ascii=False, indent=2) + "\n"


def _effect(effect: PlannedEffect) -> dict[str, Any]:
    return {
        "at": effect.at.isoformat(),
        "effect": effect.effect,
        "target": effect.target,
        "target_title": effect.title,
        "reason": effect.reason,
        "mentions": list(effect.mentions),
        "body": effect.body,
        "step": effect.step,
        **effect.details,
    }
