"""Which check runs are still to be published."""

from __future__ import annotations

from app.core.effects import CHECK_NAMES, Conclusion, PublishCheckRun
from app.core.facts import PublishedCheck
from app.core.plan_checks import last_recheck, plan_checks

DESIRED = [PublishCheckRun(name, "a" * 40, Conclusion.SUCCESS, "Ready", "", (), "digest") for name in CHECK_NAMES]


def standing(*ids: str) -> list[PublishedCheck]:
    return [PublishedCheck(name, external_id) for name, external_id in zip(CHECK_NAMES, ids, strict=False)]


def test_what_stands_is_not_published_twice() -> None:
    assert plan_checks(DESIRED, standing("digest", "digest")) == ()
    assert [each.name for each in plan_checks(DESIRED, standing("digest", "other"))] == [CHECK_NAMES[1]]


def test_again_publishes_all() -> None:
    assert len(plan_checks(DESIRED, standing("digest", "digest"), again=True)) == 2


def test_a_recheck_is_published_once_and_remembered_by_what_is_published() -> None:
    first = plan_checks(DESIRED, standing("digest", "digest"), recheck=7)
    assert [each.external_id for each in first] == ["digest/recheck-7"] * 2
    after = standing("digest/recheck-7", "digest/recheck-7")
    assert last_recheck(after) == 7
    assert plan_checks(DESIRED, after, recheck=7) == ()
    assert len(plan_checks(DESIRED, after, recheck=8)) == 2


def test_a_recheck_that_was_interrupted_is_finished() -> None:
    halfway = standing("digest/recheck-7", "digest")
    assert [each.name for each in plan_checks(DESIRED, halfway, recheck=last_recheck(halfway))] == [CHECK_NAMES[1]]
    unfinished = standing("digest/recheck-7/unfinished", "digest")
    assert last_recheck(unfinished) == 0
