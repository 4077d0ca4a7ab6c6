"""A copy of a postmortem is no second one, however its original goes on; only what holds at its own path is read."""

from __future__ import annotations

import re

import pytest

from app.core.known_versions import MOST_EARLIER
from app.core.ledger import Ledger
from app.core.promise import Promise
from tests.follow_up.checkout import PATH, action, merged
from tests.follow_up.model import Model
from tests.postmortems import ACTIONS, good_postmortem

COPY = "docs/site/checkout.md"
FIRST = good_postmortem(actions=ACTIONS)


def _edited(number: int) -> str:
    return f"{FIRST}\nRead again by {number} people.\n"


def _issues(model: Model) -> list[int]:
    return sorted(model.facts.issues)


def _paths(model: Model) -> list[str]:
    return [each.record.path for each in model.facts.issues.values() if isinstance(each.record, Ledger)]


@pytest.fixture
def copied() -> Model:
    model = merged()
    model.push(COPY, FIRST)
    model.settle()
    return model


@pytest.mark.parametrize("edits", [1, MOST_EARLIER + 3])
def test_a_copy_stays_one_while_its_original_is_edited(copied: Model, edits: int) -> None:
    before = _issues(copied)
    for number in range(edits):
        copied.push(PATH, _edited(number))
        copied.settle()
    assert _issues(copied) == before
    assert _paths(copied) == [PATH]


def test_a_copy_stays_one_while_its_original_is_written_anew(copied: Model) -> None:
    before = {number for number, each in copied.facts.issues.items() if isinstance(each.record, Ledger)}
    item = "- [ ] Rotate the deploy key\n  - Owner: @gita\n  - Deadline: 2026-08-01\n  - Priority: P2"
    copied.push(PATH, good_postmortem(headline="A key leaked, and the pool ran dry", actions=item))
    copied.settle()
    assert _paths(copied) == [PATH]
    assert before <= copied.facts.issues.keys()


@pytest.mark.parametrize("incident", ["INC-2041", None])
def test_a_copy_stays_one_while_the_day_of_its_original_is_corrected(incident: str | None) -> None:
    first = good_postmortem(actions=ACTIONS, metadata={"Incident": incident})
    model = Model()
    model.push(PATH, first)
    model.settle()
    model.push(COPY, first)
    model.settle()
    before = _issues(model)
    metadata = {"Incident": incident, "Date": "2026-05-05"}
    model.push(PATH, good_postmortem(headline="Payments failed", actions=ACTIONS, metadata=metadata))
    model.settle()
    assert _issues(model) == before
    assert _paths(model) == [PATH]


def test_a_document_that_is_put_back_to_an_earlier_version_is_read() -> None:
    model = merged()
    model.push(PATH, FIRST.replace("2026-05-18", "2026-06-20"))
    model.settle()
    model.push(PATH, FIRST)
    model.settle()
    promises = [each.record for each in model.facts.issues.values() if isinstance(each.record, Promise)]
    assert "2026-06-20" not in {each.said.due.isoformat() for each in promises if each.said.due}


def test_a_document_that_is_moved_and_put_back_to_an_earlier_version_keeps_its_issues() -> None:
    model = merged()
    model.push(PATH, _edited(1))
    model.settle()
    before = _issues(model)
    model.push(PATH, None)
    model.push(COPY, FIRST)
    model.settle()
    assert _issues(model) == before
    assert _paths(model) == [COPY]


def test_a_copy_takes_the_place_of_its_original_once_that_is_deleted(copied: Model) -> None:
    copied.push(PATH, _edited(1))
    copied.settle()
    before = _issues(copied)
    copied.push(PATH, None)
    copied.settle()
    assert _issues(copied) == before
    assert _paths(copied) == [COPY]


def test_an_earlier_version_that_is_archived_is_the_document_where_its_path_is_used_again() -> None:
    model = merged()
    model.push(PATH, _edited(1))
    model.settle()
    model.push(COPY, FIRST)
    before = _issues(model)
    item = "- [ ] Rotate the deploy key\n  - Owner: @gita\n  - Deadline: 2026-08-01\n  - Priority: P2"
    metadata = {"Incident": "INC-3", "Date": "2026-05-05"}
    model.push(PATH, good_postmortem(headline="A key leaked", metadata=metadata, actions=item))
    model.settle()
    assert _paths(model) == [COPY, PATH]
    assert action(model, "Rotate").number not in before
    assert not model.facts.comments


# Copies that are not the same to the last byte, and originals that were not the first to be seen.

WITH_FRONT_MATTER = f"---\nlayout: post\n---\n\n{FIRST}"
MOVED_ON = FIRST.replace("2026-05-18", "2026-06-20")


def _with_incident(text: str, incident: str | None) -> str:
    return text if incident else text.replace("- Incident: INC-2041\n", "")


@pytest.mark.parametrize("incident", ["INC-2041", None])
@pytest.mark.parametrize("at_once", [True, False])
def test_a_copy_with_front_matter_is_no_second_postmortem_and_may_lag_behind(
    incident: str | None, at_once: bool
) -> None:
    model = Model()
    model.push(PATH, _with_incident(FIRST, incident))
    if not at_once:
        model.settle()
    model.push(COPY, _with_incident(WITH_FRONT_MATTER, incident))
    model.settle()
    before = _issues(model)
    model.push(PATH, _with_incident(MOVED_ON, incident))
    model.settle()
    milestone = model.facts.milestones[action(model, "Alert").milestone or 0]
    assert str(milestone.due) == "2026-06-20"
    model.push(COPY, _with_incident(WITH_FRONT_MATTER, incident) + "\nBuilt again.\n")
    model.settle()
    assert [each for each in _issues(model) if each in before] == before
    assert _paths(model) == [PATH]
    assert not model.facts.comments


def test_a_copy_with_front_matter_stays_one_while_its_original_is_written_anew(copied: Model) -> None:
    copied.push(COPY, WITH_FRONT_MATTER)
    copied.settle()
    item = "- [ ] Rotate the deploy key\n  - Owner: @gita\n  - Deadline: 2026-08-01\n  - Priority: P2"
    copied.push(PATH, good_postmortem(headline="A key leaked, and the pool ran dry", actions=item))
    copied.settle()
    assert _paths(copied) == [PATH]
    assert copied.plan() == ()


@pytest.mark.parametrize("incident", ["INC-2041", None])
def test_of_two_equal_ones_the_one_where_postmortems_are_is_the_original(incident: str | None) -> None:
    model = Model()
    for path in (COPY, PATH):
        model.push(path, _with_incident(FIRST, incident))
    model.settle()
    assert _paths(model) == [PATH]


def test_an_original_that_comes_after_its_copy_is_read_once_it_goes_on() -> None:
    model = Model()
    model.push(COPY, FIRST)
    model.settle()
    before = _issues(model)
    model.push(PATH, MOVED_ON)
    model.settle()
    assert _paths(model) == [PATH]
    model.push(COPY, MOVED_ON)
    model.settle()
    assert _paths(model) == [PATH]
    assert _issues(model) == before
    assert len([each for each in model.facts.issues.values() if isinstance(each.record, Promise)]) == 2


def test_two_postmortems_of_one_incident_and_headline_that_share_a_promise_are_both_followed() -> None:
    model = merged()
    item = "- [ ] Rotate the deploy key\n  - Owner: @gita\n  - Deadline: 2026-08-01\n  - Priority: P2"
    shared = ACTIONS.partition("\n- [ ]")[0]
    model.push("postmortems/payments.md", good_postmortem(actions=f"{shared}\n{item}"))
    model.settle()
    assert len(_paths(model)) == 2


@pytest.mark.parametrize("at_once", [True, False])
def test_two_teams_postmortems_of_one_day_and_headline_are_both_followed_without_an_incident(at_once: bool) -> None:
    model = Model()
    first = _with_incident(good_postmortem(headline="Outage", actions=ACTIONS), None)
    model.push("postmortems/payments/2026-05-04.md", first)
    if not at_once:
        model.settle()
    second = good_postmortem(
        headline="Outage", metadata={"Authors": "Gita Rao (@gita)"}, actions=re.sub(r"@\w+", "@gita", ACTIONS)
    )
    model.push("postmortems/search/2026-05-04.md", _with_incident(second, None))
    model.settle()
    assert sorted(_paths(model)) == ["postmortems/payments/2026-05-04.md", "postmortems/search/2026-05-04.md"]
    assert model.plan() == ()


@pytest.mark.parametrize("incident", ["INC-2041", None])
def test_a_copy_of_the_same_authors_stays_one_when_it_lags_behind_a_new_owner(incident: str | None) -> None:
    """A new owner is the commonest edit: were the copy none after it, all that it says would be opened again."""
    first = good_postmortem(actions=ACTIONS, metadata={"Incident": incident})
    model = Model()
    model.push(PATH, first)
    model.push(COPY, first)
    model.settle()
    before = _issues(model)
    model.push(PATH, first.replace("Owner: Ben Okafor (@ben)", "Owner: Finn Berg (@finn)"))
    model.settle()
    model.push(COPY, f"---\nlayout: page\n---\n\n{first}\n")
    model.settle()
    assert _issues(model) == before
    assert _paths(model) == [PATH]


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize(
    ("what", "by"),
    [
        (r"(- Authors: ).*\n|  - Owner: .*\n", ""),  # for the public
        (r"- Authors: .*\n", ""),
        (
            r"- Authors: (?P<first>.*)\n(?P<rest>[\s\S]*)Owner: Ben Okafor \(@ben\)",
            r"- Authors: \g<first>, Gita Rao (@gita)\n\g<rest>Owner: Gita Rao (@gita)",
        ),
    ],
    ids=["no names", "no authors", "one author more, another owner"],
)
def test_a_copy_that_names_fewer_people_or_one_more_is_one_without_an_incident(
    what: str, by: str, at_once: bool
) -> None:
    original = _with_incident(FIRST, None)
    copy = re.sub(what, by, original)
    assert copy != original
    model = Model()
    model.push(PATH, original)
    if not at_once:
        model.settle()
    model.push(COPY, copy)
    model.settle()
    assert _paths(model) == [PATH]
    assert len([each for each in model.facts.issues.values() if isinstance(each.record, Promise)]) == 2
