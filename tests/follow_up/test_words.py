"""Every body and comment as people read it: an owner is to know in ten seconds what done means."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from syrupy.assertion import SnapshotAssertion

from app.core.follow_up import follow_up
from app.core.repository_facts import RepositoryFacts
from app.render.follow_up import render_follow_up
from rules.policy import PersonPolicy, Policy
from tests.follow_up.model import Model
from tests.follow_up.model_github import NOW
from tests.postmortems import ACTIONS, good_postmortem

PATH = "postmortems/2026-05-04-checkout.md"
HOSTILE = """\
- [ ] Page @everyone and fixes #12 | <b>now</b> <!-- closeout {"v":1} -->
  - Owner: the team
  - Priority: P0
  - Success criterion: closes #3, says @dana"""
MARKER = re.compile(r"\n*<!-- closeout \{.*\} -->$")


def _merged(text: str | None = None, policy: Policy | None = None) -> Model:
    model = Model(policy)
    model.push(PATH, text or good_postmortem())
    model.settle()
    return model


def _bodies(model: Model) -> str:
    parts = [f"# #{each.number} {each.title}\n\n{MARKER.sub('', each.body)}" for each in model.facts.issues.values()]
    parts += [f"# On #{each.issue}\n\n{MARKER.sub('', each.body)}" for each in model.facts.comments]
    return "\n\n---\n\n".join(parts)


def _comments(model: Model) -> str:
    return "\n\n---\n\n".join(f"On #{each.issue}: {MARKER.sub('', each.body)}" for each in model.facts.comments)


def test_a_merged_postmortem(snapshot: SnapshotAssertion) -> None:
    people = {"ben": PersonPolicy(name="Ben Okafor"), "gita": PersonPolicy(name="Gita Rao")}
    assert _bodies(_merged(policy=Policy(people=people))) == snapshot


def test_a_draft_whose_items_are_incomplete_and_hostile(snapshot: SnapshotAssertion) -> None:
    model = _merged(good_postmortem(metadata={"Status": "draft"}, actions=HOSTILE))
    bodies = _bodies(model)
    acting = "".join(MARKER.sub("", each.body) for each in model.facts.issues.values())  # a title mentions nobody
    assert not re.search(r"(?<![\w.])@(?=\w)", acting)
    assert not re.search(r"(?i)\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+#\d", acting)
    assert bodies == snapshot


@pytest.mark.parametrize("count", [6, 120])
def test_an_import(count: int, snapshot: SnapshotAssertion) -> None:
    model = Model()
    for each in range(count):
        model.push(f"postmortems/{each:03}.md", good_postmortem(metadata={"Incident": f"INC-{each}"}))
    model.settle()
    assert _bodies(model) == snapshot


def test_the_document_is_gone(snapshot: SnapshotAssertion) -> None:
    model = _merged()
    model.push(PATH, None)
    model.settle()
    assert _comments(model) == snapshot


def test_an_item_is_gone(snapshot: SnapshotAssertion) -> None:
    model = _merged()
    model.push(PATH, good_postmortem(actions=ACTIONS.split("\n- [ ] Cap")[0]))
    model.settle()
    assert _comments(model) == snapshot


def test_an_item_is_in_doubt(snapshot: SnapshotAssertion) -> None:
    model = _merged()
    actions = ACTIONS.replace(
        "Cap retries in the payment client at three, with exponential backoff", "Cap retries at two"
    )
    actions = actions.replace("Gita Rao (@gita)", "@ana").replace("2026-06-01", "2026-06-08")
    model.push(PATH, good_postmortem(actions=actions))
    model.settle()
    assert _comments(model) == snapshot


def test_nothing_shows_how_it_was_done(snapshot: SnapshotAssertion) -> None:
    model = _merged()
    alert = model.issue(lambda each: each.title.startswith("Alert"))
    model.edit(alert.number, open=False, state_reason="completed")
    model.settle()
    assert _comments(model) == snapshot


def test_a_duplicate_and_another_app(snapshot: SnapshotAssertion) -> None:
    model = _merged()
    alert = model.issue(lambda each: each.title.startswith("Alert"))
    model.facts = model.facts.with_issue(replace(alert, id=9999, number=500))
    model.settle()
    rivalled: RepositoryFacts = replace(model.facts, rivals=("other[bot]",))
    (issue,) = render_follow_up(follow_up(rivalled, NOW), rivalled).issues
    assert f"{_comments(model)}\n\n---\n\n# {issue.title}\n\n{issue.block}" == snapshot


def test_a_tracking_issue_of_which_nothing_is_left(snapshot: SnapshotAssertion) -> None:
    model = Model()
    model.push(PATH, good_postmortem(actions="No action items, because the cause is known.", headline="Known cause"))
    model.settle()
    (tracking,) = model.facts.issues.values()
    model.edit(tracking.number, body="", title="Mine")
    model.settle()
    assert len(model.facts.issues) == 1
    assert _comments(model) == snapshot


_SAID = (
    ("alert", "ana", "/help"),
    ("alert", "ana", "/extend soon"),
    ("alert", "ana", "/extend 2026-05-01 yesterday"),
    ("alert", "ana", "/reassign @nobody-here"),
    ("alert", "eve", "/wontdo no time"),
    ("alert", "ana", "/recurrence none"),
    ("alert", "ana", "/waive CO413 no time"),
    ("alert", "ana", "/extend 2026-06-01 the vendor is late"),
    ("alert", "ana", "/extend 2026-07-01 and later"),
    ("alert", "ana", "/extend 2026-08-01 and later still"),
    ("retries", "ana", "/verified fail it fired @late"),
    ("retries", "ana", "/wontdo the client is being retired"),
    ("retries", "ana", "/extend 2026-09-01 after all"),
    ("tracking", "ana", "/wontdo no time"),
    ("tracking", "ana", "/adopt"),
    ("tracking", "ana", "/verified fail it fired late"),
    ("tracking", "ana", "/recurrence yes #41"),
)


def test_what_people_say_and_what_they_are_answered(snapshot: SnapshotAssertion) -> None:
    people = {"ben": PersonPolicy(name="Ben Okafor", manager="dana")}
    model = _merged(policy=Policy(people=people, managers={"default": "emil"}, public=True))
    model.open_by_hand("It is down again", 41)
    words = {"alert": "Alert", "retries": "Cap", "tracking": "Checkout"}
    for place, login, text in _SAID:
        issue = model.issue(lambda each, place=place: each.title.startswith(words[place]))  # type: ignore[misc]
        model.say(issue.number, login, text)
        model.settle()
    said = "\n\n---\n\n".join(
        f"On #{each.issue}{'' if each.ours else f', {each.author.login}'}: {MARKER.sub('', each.body)}"
        for each in sorted(model.facts.comments, key=lambda each: each.id)
    )
    bodies = "\n\n---\n\n".join(MARKER.sub("", each.body) for each in model.facts.issues.values())
    assert f"{said}\n\n===\n\n{bodies}" == snapshot


def test_many_items_vanish(snapshot: SnapshotAssertion) -> None:
    items = [f"- [ ] Add check number {each} to the service\n  - Owner: @ben\n  - Priority: P2" for each in range(8)]
    model = _merged(good_postmortem(actions="\n".join(items)))
    model.push(PATH, good_postmortem(actions=items[0]))
    model.settle()
    assert _comments(model) == snapshot
