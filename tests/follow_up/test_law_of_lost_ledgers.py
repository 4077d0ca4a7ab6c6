"""The law of lost ledgers: the figures after a tracking issue's body was written over are those of before.

The same history is played twice; in one of them somebody empties the tracking issue now and then.

That an item is gone from its document is known to the ledger alone. So none comes back here, and the one that is added
has an identifier: else it might be one of those that are gone, in other words.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.promised_items import PromisedItem, promised_items
from app.core.remembered import remember
from tests.follow_up.drawn import DAMAGED
from tests.follow_up.ended import tracking
from tests.follow_up.figures import PATH, QUIET, action, at, item, measured
from tests.follow_up.model import Model
from tests.postmortems import good_postmortem

TITLES = ("Cap the retries of client one", "Alert on the pool of client two", "Write the runbook of client three")
FIRST = {TITLES[0]: "2026-05-18", TITLES[1]: "", TITLES[2]: "2026-06-30"}
LATER = "Add an index on orders.created_at"
LAST_DAY = date(2026, 9, 1)
ZONES = ("UTC", "Pacific/Auckland", "America/Los_Angeles")
ON_ISSUES = ("done", "not_planned", "duplicate", "reopen", "slip", "wontdo", "extend", "fail")
ON_DOCUMENT = ("date", "add", "add undated", "drop")


@dataclass(frozen=True)
class Happened:
    """What happens so many days after what came before; whether a pass sees it, and whether the ledger is lost then."""

    after: int
    title: str
    what: str
    is_seen: bool
    lost: str | None


HISTORIES = st.lists(
    st.builds(
        Happened,
        after=st.integers(0, 20),
        title=st.sampled_from((*TITLES, LATER)),
        what=st.sampled_from((*ON_ISSUES, *ON_DOCUMENT)),
        is_seen=st.booleans(),
        lost=st.none() | DAMAGED,
    ),
    min_size=1,
    max_size=9,
)


class Story:
    """A postmortem, its document as it is edited, and what becomes of its items."""

    def __init__(self, zone: str, priority: str) -> None:
        self.model = Model(replace(QUIET, timezone=zone))
        self.model.tells_turns = True
        self.due = dict(FIRST)
        self.priority = priority
        self.is_added = False
        self.push()
        self.model.settle()

    def push(self) -> None:
        lines = [item(title, due=due, priority=self.priority if due else "") for title, due in self.due.items()]
        text = (
            "\n".join(lines)
            .replace(LATER, f"AI-9: {LATER}")
            .replace("  - Deadline: \n", "")
            .replace("  - Priority: \n", "")
        )
        self.model.push(PATH, good_postmortem(actions=text))

    def play(self, happened: Happened, day: date) -> None:
        self.model.wait(at(day.isoformat()))
        if happened.what in ON_DOCUMENT:
            self.edit(happened, day)
        elif any(each.title == happened.title for each in self.model.facts.issues.values()):
            self.happen(action(self.model, happened.title), happened.what, day)

    def edit(self, happened: Happened, day: date) -> None:
        """Give an item a day, or take it out; add one, once."""
        if happened.what == "drop":
            self.due.pop(happened.title, None)
        elif happened.what.startswith("add"):
            if not self.is_added:
                self.due[LATER] = (day - timedelta(days=3)).isoformat() if happened.what == "add" else ""
            self.is_added = True
        elif happened.title in self.due:
            self.due[happened.title] = (day + timedelta(days=5)).isoformat()
        self.push()

    def happen(self, number: int, what: str, day: date) -> None:
        model, now = self.model, at(day.isoformat())
        is_open = model.facts.issues[number].open
        match what:
            case "reopen" | "slip":
                if is_open:
                    return
                model.edit(number, open=True, state_reason="reopened", closed_at=None)
                if what == "slip":
                    model.edit(number, open=False, state_reason="completed", closed_at=now + timedelta(minutes=1))
            case "wontdo" | "extend" | "fail":
                words = {"wontdo": "/wontdo why not", "fail": "/verified fail the alert was late"}
                model.say(number, "gita", words.get(what, f"/extend {day + timedelta(days=9)} it takes longer"), now)
            case _:
                if is_open:
                    model.proven.add(number)
                    reason = "completed" if what == "done" else what
                    model.edit(number, open=False, state_reason=reason, closed_at=now)

    def items(self) -> list[PromisedItem]:
        facts = self.model.observed()
        return sorted(promised_items(remember(facts), facts).items, key=repr)


@given(HISTORIES, st.sampled_from(ZONES), st.sampled_from(["P0", "P2"]))
@settings(max_examples=settings().max_examples // 3)
def test_the_figures_after_a_lost_ledger_are_those_of_before(history: list[Happened], zone: str, priority: str) -> None:
    kept, lost = Story(zone, priority), Story(zone, priority)
    day = date(2026, 5, 6)
    for each in history:
        day += timedelta(days=each.after)
        if day >= LAST_DAY:
            break
        for story in (kept, lost):
            story.play(each, day)
        if each.lost is not None:
            lost.model.edit(tracking(lost.model, PATH).number, body=each.lost)
        if each.is_seen or each.lost is not None:
            for story in (kept, lost):
                story.model.settle(now=at(day.isoformat(), 13))
    for story in (kept, lost):
        story.model.settle(now=at(LAST_DAY.isoformat()))
    assert lost.items() == kept.items()
    for zoned in (LAST_DAY, LAST_DAY + timedelta(days=90)):
        assert measured(lost.model, zoned.isoformat()) == measured(kept.model, zoned.isoformat())
