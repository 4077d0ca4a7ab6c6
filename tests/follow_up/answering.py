"""A postmortem of two items that people speak to, and what is said back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.core.ledger import Ledger
from app.core.promise import Promise
from app.core.repository_facts import Issue
from app.core.roles import NOBODY, Role
from rules.policy import PersonPolicy, Policy, Revisits
from tests.follow_up.model import Model
from tests.follow_up.model_github import NOW
from tests.postmortems import good_postmortem

PATH = "postmortems/2026-05-04-checkout.md"
TODAY = NOW.date()
LATER = date(2026, 7, 1)
READ, WRITE = Role("read", "read"), Role("write", "write")
ROLES = {"finn": WRITE, "ana": READ, "ben": READ, "gita": READ, "eve": READ, "zoe": NOBODY}
"""Finn may write. Ana and Ben are the authors; Ben has the alert, and Gita the retries. Eve may read, Zoe may not."""
POLICY = Policy(
    people={"ben": PersonPolicy(name="Ben Okafor", manager="dana")},
    managers={"default": "emil"},
    revisits=Revisits(days=()),
)


def answering() -> Model:
    model = Model(POLICY)
    repository = replace(model.facts.repository, private=True)
    model.facts = replace(model.facts, roles=ROLES, repository=repository)
    model.push(PATH, good_postmortem())
    model.settle()
    return model


def place_of(model: Model, name: str) -> Issue:
    if name == "tracking":
        return model.issue(lambda each: isinstance(each.record, Ledger))
    words = {"alert": "Alert", "retries": "Cap"}[name]
    return model.issue(lambda each: words in each.title and isinstance(each.record, Promise))


def promise_of(model: Model, name: str = "alert") -> Promise:
    record = place_of(model, name).record
    assert isinstance(record, Promise)
    return record


def ledger_of(model: Model) -> Ledger:
    record = place_of(model, "tracking").record
    assert isinstance(record, Ledger)
    return record


def say(model: Model, place: str, login: str, text: str) -> str:
    """Say it, and return what is answered: empty if nothing is."""
    number, before = place_of(model, place).number, len(said_on(model, place))
    model.say(number, login, text)
    model.settle()
    assert model.plan() == ()
    return "\n".join(said_on(model, place)[before:])


def said_on(model: Model, place: str) -> list[str]:
    number = place_of(model, place).number
    return [each.body for each in model.facts.comments if each.ours and each.issue == number]
