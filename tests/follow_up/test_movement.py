"""How long an item has been quiet: what a person did counts, a reminder of ours does not."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from app.core.promise import Promise
from app.core.repository_facts import Issue
from rules.policy import Policy, Reminders, Revisits
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
