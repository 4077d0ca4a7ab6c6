"""The last word and the figures say the same, whatever became of the promises."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.metrics import Outcome, outcome
from app.core.promised_items import PromisedItem, promised_items
from app.core.remembered import remember
from tests.follow_up.ended import tracking
from tests.follow_up.figures import PATH, QUIET, action, at, item, merged
from tests.follow_up.model import Model

TITLES = ("Cap the retries of client one", "Alert on the pool of client two", "Write the runbook of client three")
DUES = (date(2026, 5, 8), date(2026, 5, 18), date(2026, 6, 30))
LAST_DAY = date(2026, 9, 1)
EVENTS = ("done", "not_planned", "duplicate", "reopen", "slip", "wontdo", "extend", "fail", "remove")
HISTORIES = st.lists(
    st.tuples(st.integers(0, 20), st.sampled_from(TITLES), st.sampled_from(EVENTS), st.booleans()), max_size=9
)


def _happens(model: Model, title: str, event: str, day: date) -> None:
    number = action(model, title)
    now = at(day.isoformat())
    match event:
        case "reopen":
            model.edit(number, open=True, state_reason="reopened", closed_at=None)
        case "slip":
            if model.facts.issues[number].open:
                return
            model.edit(number, open=True, state_reason="reopened", closed_at=None)
            model.settle(now=now)
            model.edit(number, open=False, state_reason="completed", closed_at=now + timedelta(minutes=1))
        case "wontdo" | "extend" | "fail":
            words = {"wontdo": "/wontdo why not", "fail": "/verified fail the alert was late"}
            model.say(number, "gita", words.get(event, f"/extend {day + timedelta(days=9)} it takes longer"))
        case "remove":
            model.remove(number)
        case _:
            reason = "completed" if event == "done" else event
            model.edit(number, open=False, state_reason=reason, closed_at=now)


def _end(model: Model) -> datetime:
    """Whatever is still open is done, and the whole is verified."""
    now = at(LAST_DAY.isoformat())
    model.settle(now=now)
    for number, issue in list(model.facts.issues.items()):
        if issue.title in TITLES and issue.open:
            model.edit(number, open=False, state_reason="completed", closed_at=now)
    model.say(tracking(model, PATH).number, "ana", "/verified pass the drill")
    model.settle(now=now)
    return now


def _last_word(model: Model) -> str:
    number = tracking(model, PATH).number
    said = [each for each in model.facts.comments if each.issue == number and (each.about or "").startswith("epitaph")]
    return said[-1].body.splitlines()[0]


def _is_missed(promised: PromisedItem) -> bool:
    return promised.due is not None and outcome(promised, promised.due, LAST_DAY) is Outcome.MISSED


def _words(items: list[PromisedItem]) -> dict[str, int]:
    """What the last word has to say of them, by the figures."""
    done = [each for each in items if not each.declined]
    missed = [each for each in done if _is_missed(each)]
    late = max(((each.closed - each.due).days for each in missed if each.closed and each.due), default=0)
    return {
        "promised": len(TITLES),
        "done": len(done),
        "late": len(missed),
        "by": late,
        "declined": len(items) - len(done),
        "declined late": sum(_is_missed(each) for each in items if each.declined),
        "removed": len(TITLES) - len(items),
    }


def _how_many(words: str, everything: int) -> int:
    """How many some words speak of: `both late`, `2 of them late`, `one of them 3 days late`, `3 days late`."""
    which = re.match(r", (both|all|\d+|one) (?:of them )?(?!days? )", words)
    return {"both": everything, "all": everything, "one": 1}.get(which[1]) or int(which[1]) if which else 1


def _read(line: str) -> dict[str, int]:
    """The figures that the last word says, in its own words."""
    found = re.fullmatch(
        r"\*\*Promised:\*\* (\d+) action items?\. \*\*Done:\*\* (\d+|none)(?P<late>, [^;.]*)?"
        r"(?:; (?P<declined>\d+) declined(?P<too_late>, [^;.]*)?)?(?:; (?P<removed>\d+) removed)?\.",
        line,
    )
    assert found, line
    done, late = int(found[2].replace("none", "0")), found["late"] or ""
    days = re.search(r"(\d+) days? late|up to (\d+) days?", late)
    declined = int(found["declined"] or 0)
    return {
        "promised": int(found[1]),
        "done": done,
        "late": _how_many(late, done) if days else 0,
        "by": int(days[1] or days[2]) if days else 0,
        "declined": declined,
        "declined late": _how_many(found["too_late"], declined) if found["too_late"] else 0,
        "removed": int(found["removed"] or 0),
    }


@given(HISTORIES)
@settings(max_examples=settings().max_examples // 3)
def test_the_last_word_says_what_the_figures_say(history: list[tuple[int, str, str, bool]]) -> None:
    model = merged(*(item(title, due=due.isoformat()) for title, due in zip(TITLES, DUES, strict=True)), policy=QUIET)
    day, gone = date(2026, 5, 6), set[str]()
    for days, title, event, is_seen in history:
        day += timedelta(days=days)
        if title in gone or day >= LAST_DAY:
            continue
        _happens(model, title, event, day)
        gone |= {title} if event == "remove" else set()
        if is_seen:
            model.settle(now=at(day.isoformat(), 13))
    now = _end(model)
    assert not tracking(model, PATH).open
    facts = model.observed(now)
    items = list(promised_items(remember(facts), facts).items)
    assert _read(_last_word(model)) == _words(items)
