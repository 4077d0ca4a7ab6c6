"""Action items that two postmortems have in common: moved from one to the other, or linked to one issue."""

from __future__ import annotations

import pytest

from app.core.repository_facts import Issue
from tests.follow_up.model import Model
from tests.postmortems import ACTIONS, good_postmortem

CHECKOUT, SEARCH = "postmortems/2026-05-04-checkout.md", "postmortems/2026-05-05-search.md"
CART = "postmortems/2026-05-06-cart.md"
ALERT, CAP = (ACTIONS[: ACTIONS.index("\n- [ ] Cap")], ACTIONS[ACTIONS.index("- [ ] Cap") :])
INDEX = (
    "- [ ] Rebuild the index of search every night, and swap it in\n  - Owner: Ana (@ana)\n  - Deadline: 2026-06-01\n"
    "  - Priority: P1\n  - Success criterion: the index of staging is never older than a day"
)


def _search(*actions: str) -> str:
    return good_postmortem(
        headline="Search was stale for a day", metadata={"Date": "2026-05-05"}, actions="\n".join(actions)
    )


def _day(path: str) -> dict[str, str]:
    """The date that a file's name gives, and an incident of its own."""
    return {"Date": path[len("postmortems/") :][:10], "Incident": f"INC-{path[-7:-3]}"}


def _checkout(*actions: str) -> str:
    return good_postmortem(actions="\n".join(actions))


def _both(checkout: str, search: str) -> Model:
    model = Model()
    model.push_together({CHECKOUT: checkout, SEARCH: search})
    model.settle()
    return model


def _called(model: Model, words: str) -> list[Issue]:
    found = (each for each in model.facts.issues.values() if words in each.title)
    return sorted(found, key=lambda each: each.number)


def _said(model: Model, number: int) -> list[str]:
    said = sorted(model.facts.comments, key=lambda each: each.id)
    return [each.body for each in said if each.issue == number and each.ours]


@pytest.mark.parametrize("pushes", [("both",), ("gone", "new"), ("new", "gone")], ids=" then ".join)
def test_an_item_that_moved_to_another_postmortem_is_linked_with_its_issue_there(pushes: tuple[str, ...]) -> None:
    model = _both(_checkout(ALERT, CAP), _search(INDEX))
    for each in pushes:
        gone = {CHECKOUT: _checkout(CAP)} if each != "new" else {}
        new = {SEARCH: _search(INDEX, ALERT)} if each != "gone" else {}
        model.push_together(gone | new)
        model.settle()
    old, new_one = _called(model, "Alert")
    said = _said(model, old.number)
    assert len(said) == (2 if pushes == ("gone", "new") else 1)
    assert f"close this issue as a duplicate of #{new_one.number}" in said[-1]
    assert "Search was stale for a day" in said[-1]
    assert "2026-05-18" in said[-1]
    assert _said(model, new_one.number) == []
    assert model.plan() == ()


@pytest.mark.parametrize("at_once", [True, False])
def test_an_item_that_moved_to_a_new_postmortem_is_linked_with_one_word(at_once: bool) -> None:
    model = Model()
    model.push(CHECKOUT, _checkout(ALERT, CAP))
    model.settle()
    pushes = [{CHECKOUT: _checkout(CAP)}, {SEARCH: _search(INDEX, ALERT)}]
    for texts in [pushes[0] | pushes[1]] if at_once else pushes:  # both before the next pass
        model.push_together(texts)
    model.settle()
    old, new = _called(model, "Alert")
    (said,) = _said(model, old.number)
    assert f"close this issue as a duplicate of #{new.number}" in said
    model.push(CHECKOUT, _checkout(ALERT, CAP))
    model.settle()
    (said,) = _said(model, old.number)
    assert "it is back" in said
    assert model.plan() == ()


def test_an_item_that_comes_back_is_no_longer_said_to_have_moved() -> None:
    model = _both(_checkout(ALERT, CAP), _search(INDEX))
    for times in (1, 2):
        model.push_together({CHECKOUT: _checkout(CAP), SEARCH: _search(INDEX, ALERT)})
        model.settle()
        old = _called(model, "Alert")[0].number
        said = _said(model, old)
        assert len(said) == times
        assert sum("as a duplicate of" in each for each in said) == 1
        model.push(CHECKOUT, _checkout(ALERT, CAP))
        model.settle()
        assert all("it is back" in each for each in _said(model, old))
        assert model.plan() == ()


def test_one_that_moves_on_to_a_third_postmortem_has_one_word_that_names_the_last() -> None:
    model = Model()
    texts: dict[str, str | None] = {CHECKOUT: _checkout(ALERT)}
    model.push_together({CHECKOUT: _checkout(ALERT)})
    model.settle()
    for path, headline in ((SEARCH, "Search was stale"), (CART, "The cart was empty")):
        texts = dict.fromkeys(texts) | {path: good_postmortem(headline=headline, metadata=_day(path), actions=ALERT)}
        model.push_together(texts)
        model.settle()
    first, second, third = _called(model, "Alert")
    for each, folded in ((first, 1), (second, 0)):
        *before, last = _said(model, each.number)
        assert f"as a duplicate of #{third.number}" in last
        assert len(before) == folded
        assert all("duplicate" not in word and "see below" in word for word in before)
    assert _said(model, third.number) == []
    assert model.plan() == ()


def test_what_was_only_said_to_be_gone_is_shortened_once_it_is_known_where_it_went() -> None:
    model = _both(_checkout(ALERT, CAP), _search(INDEX))
    model.push(CHECKOUT, _checkout(CAP))
    model.settle()
    model.push(SEARCH, _search(INDEX, ALERT))
    model.settle()
    old, new = _called(model, "Alert")
    gone, moved = _said(model, old.number)
    assert "see below" in gone
    assert "Close this issue" not in gone
    assert f"as a duplicate of #{new.number}" in moved
    model.push(CHECKOUT, _checkout(ALERT, CAP))
    model.settle()
    assert "it is back" in _said(model, old.number)[-1]
    assert model.plan() == ()


def test_an_item_whose_whole_postmortem_is_gone_is_linked_with_its_issue_elsewhere() -> None:
    model = _both(_checkout(ALERT, CAP), _search(INDEX))
    model.push_together({CHECKOUT: None, SEARCH: _search(INDEX, ALERT)})
    model.settle()
    old, new = _called(model, "Alert")
    (said,) = _said(model, old.number)
    assert f"as a duplicate of #{new.number}" in said
    assert model.plan() == ()


def test_one_that_only_has_the_same_title_elsewhere_is_let_be() -> None:
    model = _both(_checkout(ALERT, CAP), _search(INDEX, ALERT))
    assert not model.facts.comments
    model.push(SEARCH, _search(INDEX))
    model.settle()
    (gone,) = [each.body for each in model.facts.comments]
    assert "no longer has this action item" in gone
    assert "duplicate" not in gone


def test_what_was_closed_is_not_linked_anew() -> None:
    model = _both(_checkout(ALERT, CAP), _search(INDEX))
    model.edit(_called(model, "Alert")[0].number, open=False, state_reason="not_planned")
    model.push_together({CHECKOUT: _checkout(CAP), SEARCH: _search(INDEX, ALERT)})
    model.settle()
    assert not model.facts.comments


def test_a_second_postmortem_that_links_an_issue_says_that_it_is_followed_up_for_the_first() -> None:
    model = Model()
    number = model.open_by_hand("Alert on the pool of checkout")
    linked = ALERT.replace("for 5 minutes", f"for 5 minutes (#{number})")
    model.push_together({CHECKOUT: _checkout(linked, CAP), SEARCH: _search(INDEX, linked)})
    model.settle()
    (own,) = _called(model, "Alert when")
    (said,) = _said(model, own.number)
    assert f"links #{number} here, which is followed up already for “Checkout returned errors" in said
    assert f"close this one as a duplicate of #{number}" in said
    model.push(SEARCH, _search(linked, INDEX))
    model.settle()
    assert len(_said(model, own.number)) == 1
    assert not _said(model, number)


def test_a_crash_after_any_write_says_it_once() -> None:
    for writes in range(1, 14):
        model = Model()
        number = model.open_by_hand("Alert on the pool of checkout")
        linked = ALERT.replace("for 5 minutes", f"for 5 minutes (#{number})")
        model.push_together({CHECKOUT: _checkout(linked, CAP), SEARCH: _search(INDEX, linked)})
        model.settle(stop_after=writes)
        model.lose_disk()
        model.settle()
        (own,) = _called(model, "Alert when")
        assert len(_said(model, own.number)) == 1


@pytest.mark.parametrize("pushes", [("both",), ("gone", "new"), ("new", "gone")], ids=" then ".join)
@pytest.mark.parametrize("words", ["Alert when", "Page us when"])
def test_an_item_that_goes_with_the_number_of_its_issue_is_spoken_of_in_one_way(
    pushes: tuple[str, ...], words: str
) -> None:
    model = Model()
    model.push(CHECKOUT, _checkout(ALERT, CAP))
    model.push(SEARCH, _search(INDEX))
    model.settle()
    (old,) = _called(model, "Alert")
    moved = f"{ALERT.replace('Alert when', words)}\n  - Issue: #{old.number}"
    for each in pushes:
        gone: dict[str, str | None] = {CHECKOUT: _checkout(CAP)} if each != "new" else {}
        model.push_together(gone | ({SEARCH: _search(INDEX, moved)} if each != "gone" else {}))
        model.settle()
    new = next(each for each in _called(model, words) if each.number != old.number)
    assert not any("as a duplicate" in each for each in _said(model, new.number))
    assert any(f"#{new.number}" in each for each in _said(model, old.number)) is (words == "Alert when")
    assert model.plan() == ()
    model.push_together({CHECKOUT: _checkout(ALERT, CAP), SEARCH: _search(moved, INDEX)})
    model.settle()
    assert any(f"as a duplicate of #{old.number}" in each for each in _said(model, new.number))
    assert not any("as a duplicate" in each for each in _said(model, old.number))
    assert model.plan() == ()
