"""The postmortem of checkout, merged, for tests of what then becomes of its issues."""

from __future__ import annotations

from app.core.ledger import Ledger
from app.core.promise import Promise
from app.core.repository_facts import Issue
from tests.follow_up.model import Model
from tests.postmortems import ACTIONS, good_postmortem

PATH = "postmortems/2026-05-04-checkout.md"


def merged(actions: str = ACTIONS, model: Model | None = None) -> Model:
    """The model, with those action items followed up."""
    model = model or Model()
    model.push(PATH, good_postmortem(actions=actions))
    model.settle()
    return model


def action(model: Model, words: str) -> Issue:
    """The action issue whose title has those words."""
    return model.issue(lambda each: words in each.title and isinstance(each.record, Promise))


def tracking(model: Model) -> Issue:
    """The tracking issue."""
    return model.issue(lambda each: isinstance(each.record, Ledger))
