"""How long an item has been quiet: what a person did counts, a reminder of ours does not."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from app.core.effects import UpdateIssue
from app.core.promise import Promise
from app.core.repository_facts import Issue
from rules.policy import PersonPolicy, Policy, Reminders, Revisits
from tests.follow_up.model import Model
from tests.postmortems import good_postmortem

MERGED = datetime(2026, 5, 6, 12, tzinfo=UTC)  # a Wednesday
POLICY = Policy(public=True, revisits=Revisits(days=()), reminders=Reminders(before=8))


def _text(second: str = "2026-07-01") -> str:
    actions = "\n".join(
        f"- [ ] {title}\n  - Owner: @ana\n  - Deadline: {due}\n  - Priority: P1\n  - Success criterion: it works"
        for title, due in (("Add an index", "2026-05-27"), ("Cap retries", second))
    )
    return good_postmortem(actions=actions)


def _merged() -> Model:
    model = Model(POLICY, merged=MERGED)
    model.push("a.md", _text())
    model.settle(now=MERGED)
    return model


def _at(day: str, hour: int = 9) -> datetime:
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC) + timedelta(hours=hour)


def _item(model: Model, title: str) -> Issue:
    return model.issue(lambda each: isinstance(each.record, Promise) and each.title == title)


def _agenda(model: Model, day: str) -> str:
    model.settle(now=_at(day))
    return max(model.facts.issues.values(), key=lambda each: each.number).body


def test_a_reminder_is_no_movement() -> None:
    model = _merged()
    assert "due soon" in [each.reason for each in model.settle(now=_at("2026-05-15"))]
    index = _item(model, "Add an index")
    assert index.updated_at.date() == date(2026, 5, 15)
    agenda = _agenda(model, "2026-05-18")
    assert f"#{index.number} Add an index: due on Wed 2026-05-27, quiet since 2026-05-06" in agenda


def test_an_edit_of_ours_is_none_where_its_lines_in_the_document_moved() -> None:
    model = _merged()
    for lines, day in enumerate(("2026-05-08", "2026-05-13"), start=1):  # the second keeps what the first knew
        model.push("a.md", _text().replace("\n## ", "\nOne more line.\n" * lines + "\n## ", 1))
        model.settle(now=_at(day))
        assert _item(model, "Cap retries").updated_at.date() == _at(day).date()
    assert "Cap retries: due on Wed 2026-07-01, quiet since 2026-05-06" in _agenda(model, "2026-05-18")


def _written(model: Model, day: str) -> set[int]:
    return {each.number for each in model.settle(now=_at(day)) if isinstance(each, UpdateIssue)}


def test_an_edit_that_does_not_touch_an_item_writes_nothing_to_its_issue() -> None:
    model = _merged()
    model.push("a.md", f"{_text()}\nSee also the runbook.\n")
    written = _written(model, "2026-05-13")
    assert _item(model, "Cap retries").number not in written
    assert _item(model, "Add an index").number not in written
    agenda = _agenda(model, "2026-05-18")
    assert "Cap retries: due on Wed 2026-07-01, quiet since 2026-05-06" in agenda


def test_an_issue_links_the_version_in_which_its_item_last_changed() -> None:
    model = _merged()
    (first,) = _versions(_item(model, "Cap retries"))
    model.push("a.md", f"{_text()}\nSee also the runbook.\n")
    model.settle(now=_at("2026-05-07"))
    assert _versions(_item(model, "Cap retries")) == [first]
    model.push("a.md", _text("2026-07-08"))
    model.settle(now=_at("2026-05-08"))
    (second,) = _versions(_item(model, "Cap retries"))
    assert second != first
    assert _versions(_item(model, "Add an index")) == [first]


def _versions(issue: Issue) -> list[str]:
    return re.findall(r"/blob/(\w{40})/a\.md\?plain=1#L", issue.body)


def test_a_new_headline_is_no_movement_of_its_items() -> None:
    model = _merged()
    model.push("a.md", _text().replace("# ", "# Again: ", 1))
    assert _item(model, "Cap retries").number in _written(model, "2026-05-13")
    assert "Cap retries: due on Wed 2026-07-01, quiet since 2026-05-06" in _agenda(model, "2026-05-18")


def test_other_words_of_ours_are_none_either() -> None:
    model = _merged()
    model.facts = replace(model.facts, policy=replace(POLICY, people={"ana": PersonPolicy()}))
    assert _item(model, "Cap retries").number in _written(model, "2026-05-13")
    assert not _written(model, "2026-05-14")
    assert "Cap retries: due on Wed 2026-07-01, quiet since 2026-05-06" in _agenda(model, "2026-05-18")


def test_what_the_document_says_anew_of_an_item_is_one() -> None:
    model = _merged()
    model.push("a.md", _text("2026-07-08"))
    model.settle(now=_at("2026-05-08"))
    assert "Cap retries: due on Wed 2026-07-08, quiet since 2026-05-08" in _agenda(model, "2026-05-18")


def test_what_a_person_does_after_it_is() -> None:
    model = _merged()
    model.settle(now=_at("2026-05-15"))
    model.wait(_at("2026-05-16"))
    model.edit(_item(model, "Add an index").number, labels=frozenset({"postmortem-action", "db"}))
    assert "quiet since 2026-05-16" in _agenda(model, "2026-05-18")


def test_what_they_say_on_the_day_of_the_reminder_counts_where_it_was_read() -> None:
    model = _merged()
    model.settle(now=_at("2026-05-15"))
    model.wait(_at("2026-05-15", 15))
    model.say(_item(model, "Add an index").number, "ana", "Half of it is there")
    assert "quiet since 2026-05-15" in _agenda(model, "2026-05-18")


def test_the_longest_without_movement_comes_first() -> None:
    model = _merged()
    model.wait(_at("2026-05-13"))
    model.edit(_item(model, "Cap retries").number, labels=frozenset({"postmortem-action"}))
    model.settle(now=_at("2026-05-15"))
    agenda = _agenda(model, "2026-05-18")
    assert agenda.index("Add an index") < agenda.index("Cap retries")
