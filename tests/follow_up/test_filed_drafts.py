"""A draft that gets its incident's name when it is filed: it was followed up before, and stays the same document."""

from __future__ import annotations

import pytest

from app.core.ledger import Ledger
from tests.follow_up.checkout import PATH
from tests.follow_up.model import Model
from tests.postmortems import HEADLINE, good_postmortem

DRAFT = "postmortems/drafts/checkout.md"
POOL = "Alert when the pool of checkout is above 80 %"
DAY, ANOTHER = "2026-05-04", "An exhausted pool took down payments"


def _item(title: str, owner: str = "@ana") -> str:
    return (
        f"- [ ] {title}\n  - Owner: {owner}\n  - Deadline: 2026-06-01\n  - Priority: P1\n"
        "  - Success criterion: it was tried in staging"
    )


OTHERS = (_item("Cap retries towards the vendor", "@gita"), _item("Rotate the keys of the vendor", "@ben"))


def _followed_draft() -> Model:
    model = Model()
    metadata = {"Incident": "TBD", "Status": "Draft"}
    model.push(DRAFT, good_postmortem(metadata=metadata, actions=f"- [ ] {POOL}"))
    model.settle()
    return model


def _final(*items: str, headline: str = ANOTHER, day: str = DAY) -> str:
    return good_postmortem(headline=headline, metadata={"Incident": "INC-2041", "Date": day}, actions="\n".join(items))


def _trackings(model: Model) -> dict[int, str]:
    return {n: each.record.path for n, each in model.facts.issues.items() if isinstance(each.record, Ledger)}


@pytest.mark.parametrize("is_renamed", [True, False], ids=["renamed", "deleted and written anew"])
@pytest.mark.parametrize("headline", [ANOTHER, HEADLINE], ids=["new headline", "same headline"])
def test_a_draft_that_is_finished_named_and_moved_at_once_keeps_its_issues(is_renamed: bool, headline: str) -> None:
    model = _followed_draft()
    before = _trackings(model)
    if is_renamed:
        model.move(DRAFT, PATH)
    else:
        model.push(DRAFT, None)
    model.push(PATH, _final(_item(POOL), *OTHERS, headline=headline))
    model.settle()
    assert _trackings(model) == dict.fromkeys(before, PATH)
    assert len(model.facts.issues) == len(before) + 3
    assert not model.facts.comments
    assert model.plan() == ()


def test_it_stays_the_same_when_it_is_moved_and_edited_once_more() -> None:
    model, archive = _followed_draft(), "postmortems/2026/checkout.md"
    model.move(DRAFT, PATH)
    model.push(PATH, _final(_item(POOL), *OTHERS))
    model.settle()
    before = model.facts.issues.keys()
    model.move(PATH, archive)
    model.push(archive, _final(_item("Page somebody before the pool is full"), *OTHERS, headline=HEADLINE))
    model.settle()
    assert list(_trackings(model).values()) == [archive]
    assert model.facts.issues.keys() == before


def test_a_named_incident_of_another_day_does_not_take_over_a_draft_that_was_deleted() -> None:
    model = _followed_draft()
    model.push(DRAFT, None)
    model.push(PATH, _final(_item(POOL), headline=HEADLINE, day="2026-05-05"))
    model.settle()
    assert len(_trackings(model)) == 2


def test_a_named_incident_of_the_same_day_does_not_take_over_a_draft_that_is_still_there() -> None:
    model = _followed_draft()
    model.push(PATH, _final(_item(POOL), *OTHERS, headline=HEADLINE))
    model.settle()
    assert sorted(_trackings(model).values()) == sorted([DRAFT, PATH])


def test_another_incident_of_the_same_day_does_not_take_over_a_draft_that_was_deleted() -> None:
    model = _followed_draft()
    model.push(DRAFT, None)
    model.push(PATH, _final(*OTHERS, headline="A deploy key leaked"))
    model.settle()
    assert len(_trackings(model)) == 2


def test_one_that_is_named_dated_anew_and_archived_at_once_keeps_its_issues_while_its_path_is_used_again() -> None:
    model, latest, archive = Model(), "postmortems/latest.md", "postmortems/archive.md"
    items = (_item(POOL), *OTHERS)
    model.push(latest, good_postmortem(metadata={"Incident": None}, actions="\n".join(items)))
    model.settle()
    (number,) = _trackings(model)
    model.push(archive, _final(*items, day="2026-05-03"))
    following = {"Incident": None, "Date": "2026-05-05"}
    model.push(latest, good_postmortem(headline="A key leaked", metadata=following, actions=_item("Scan for keys")))
    model.settle()
    assert _trackings(model)[number] == archive
    assert sorted(_trackings(model).values()) == [archive, latest]
    assert not model.facts.comments
