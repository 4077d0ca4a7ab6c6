"""The law of waking: what people said counts from when they said it, whether it is read at once or after a month.

The same history is played twice: to a Closeout that runs all the time, and to one that wakes at its end. What each then
remembers, counts and has said to people is the same; the one that woke has said less of it.

A history has none of what leaves no instant behind on GitHub, so that nobody who wakes can tell when it was, or in
which order with what was said: nobody assigns by hand what is handed over by a command, or is commanded by somebody
who may do so only while they have it; nobody moves a milestone by hand. Nor does anybody close an issue twice: who
would close it again finds it closed while nobody has read what opens it.

An issue's history tells when it was opened again by hand, however often: that is read where it was seen closed before.
So whoever sleeps through that falls asleep only then; and nothing is said there, since what it does depends on that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.calendar.levels import Level
from app.core.calendar.working_time import working_time
from app.core.closing import closed_as
from app.core.promise import Promise
from app.core.promised_items import promised_items
from app.core.remembered import remember
from rules.policy import Policy
from tests.follow_up.ended import MERGED, POLICY, actions, ledger, merged, tracking
from tests.follow_up.figures import measured
from tests.follow_up.model import Model
from tests.follow_up.model_github import PEOPLE

CLOSE, DROP, REOPEN, HAND_OVER = "close", "close as not planned", "open again", "hand over by hand to "
ZONES = ("UTC", "Pacific/Auckland", "America/Los_Angeles")
_SAID = st.one_of(
    st.integers(-5, 30).map(lambda days: f"/extend {days}"),
    st.sampled_from(
        [
            "/wontdo the service is being retired",
            "/reassign @gita",
            "/reassign @ana",
            "/reassign @ben",
            "/verified pass the drill",
            "/verified fail it fell over",
            "/recurrence yes",
            "/recurrence none",
        ]
    ),
)
_DONE = st.sampled_from([CLOSE, CLOSE, HAND_OVER + "gita", HAND_OVER + "ana"])


@dataclass(frozen=True)
class Happened:
    """What somebody says or does: so long after what came before it, on an action issue or the tracking issue (2).

    A day to extend to is so many days after the one on which that is said.
    """

    after: timedelta
    place: int
    login: str
    what: str


Happenings = st.lists(
    st.builds(
        Happened,
        after=st.integers(2, 14 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes)),
        place=st.integers(0, 2),
        login=st.sampled_from(["ana", "ben", "gita"]),
        what=st.one_of(_SAID, _SAID, _DONE),
    ),
    min_size=1,
    max_size=5,
)


def _is_known_when(history: Sequence[Happened], place: int) -> bool:
    """Whether what happens on an issue can be told from GitHub afterwards."""
    there = [each for each in history if each.place == place]
    if sum(1 for each in there if each.what == CLOSE) > 1:
        return False
    by_hand = any(each.what.startswith(HAND_OVER) for each in there)
    is_theirs = any(each.login == "ben" or each.what.startswith("/reassign") for each in there)
    return not (by_hand and is_theirs)


def _play(history: Sequence[Happened], policy: Policy, *, awake_for: int) -> tuple[Model, dict[int, int]]:
    """The model at the end, and which of the events each comment is; after so many of these, it sleeps."""
    model, said, now = merged(policy=policy), {}, MERGED
    model.tells_turns = True
    numbers = [*(each.number for each in actions(model)), tracking(model).number]
    for index, each in enumerate(history):
        then = now + each.after
        if index < awake_for:
            _run(model, now, then)
        elif index == awake_for:
            model.settle(now=now)
        now, number = then, numbers[each.place]
        model.wait(now)
        if (comment := _happens(model, each, number, now)) is not None:
            said[comment] = index
    end = working_time(policy).next_opening(now + timedelta(hours=1))
    assert end is not None
    if awake_for >= len(history):
        _run(model, now, end)
    for _ in range(4):  # no manager is told everything on one day
        model.settle(now=end)
        end = _next(policy, end)
    return model, said


def _happens(model: Model, happened: Happened, number: int, now: datetime) -> int | None:
    """Let it happen on an issue; the id of the comment, if it is one."""
    issue, what = model.facts.issues[number], happened.what
    if what in {CLOSE, DROP}:
        if issue.open:
            model.proven.add(number)
            reason = "completed" if what == CLOSE else "not_planned"
            model.edit(number, open=False, state_reason=reason, closed_at=now)
    elif what == REOPEN:
        if not issue.open:
            model.edit(number, open=True, state_reason="reopened", closed_at=None)
    elif what.startswith(HAND_OVER):
        model.edit(number, assignees=(PEOPLE[what.removeprefix(HAND_OVER)],))
    else:
        return model.say(number, happened.login, _words(happened, now, model.facts.policy), now).id
    return None


def _words(happened: Happened, now: datetime, policy: Policy) -> str:
    if not happened.what.startswith("/extend"):
        return happened.what
    day = working_time(policy).day_of(now) + timedelta(days=int(happened.what.partition(" ")[2]))
    return f"/extend {day} the vendor is late"


def _next(policy: Policy, now: datetime) -> datetime:
    time = working_time(policy)
    day = time.working_day_after(time.day_of(now), 1)
    assert day is not None
    opening = time.opening(day)
    assert opening is not None
    return opening


def _run(model: Model, now: datetime, end: datetime) -> None:
    """A pass, and one whenever an alarm rings until the end."""
    while now < end:
        model.settle(now=now)
        alarm = model.alarm(now)
        if alarm is None or alarm >= end:
            return
        now = alarm


def _of_item(model: Model, number: int, said: dict[int, int]) -> dict[str, object]:
    """What is remembered of an item, and how its issue stands."""
    issue = model.facts.issues[number]
    promise = issue.record
    assert isinstance(promise, Promise)
    verdict, tenure = promise.verdict, promise.tenure
    return {
        "extensions": [replace(each, comment=said[each.comment or 0]) for each in promise.extensions],
        "verdict": replace(verdict, comment=said[verdict.comment]) if verdict else None,
        "declined": (promise.declined, promise.declined_by),
        "reopened": (promise.reopened, promise.closed, promise.dropped),
        "deadline": (promise.due, promise.deadline),
        "open": (issue.open, closed_as(issue, promise)),
        "having": [each.login for each in issue.assignees],
        "since": tenure.since if tenure else None,
        "dealt with": [said[each] for each in promise.commands],
    }


def _of_whole(model: Model, said: dict[int, int]) -> dict[str, object]:
    """What is remembered of the postmortem."""
    whole, verdict = ledger(model), ledger(model).verdict
    return {
        "open": tracking(model).open,
        "verification": (whole.verification, whole.evidence, whole.verify_again),
        "verdict": replace(verdict, comment=said[verdict.comment]) if verdict else None,
        "recurrences": [replace(each, comment=said[each.comment]) for each in whole.recurrences],
        "entries": [(each.closed, each.closed_on, each.dropped, each.since, each.deadline) for each in whole.entries],
        "dealt with": [said[each] for each in whole.commands],
    }


def _answers(model: Model, said: dict[int, int]) -> list[tuple[int, str]]:
    """What was answered, without what the answer is known by."""
    ours = [each for each in model.facts.comments if (each.about or "").startswith("answer:")]
    return sorted((said[int((each.about or "").partition(":")[2])], each.body.partition("<!--")[0]) for each in ours)


def _notices(model: Model) -> dict[str, list[str]]:
    """What was said to remind people, by the item, without the levels."""
    found: dict[str, list[str]] = {}
    for each in sorted(model.facts.comments, key=lambda comment: comment.id):
        if (each.about or "").startswith("notice:"):
            _, uid, key = (each.about or "").split(":", 2)
            found.setdefault(uid, []).append(key)
    return found


def _kind(key: str) -> tuple[str, int | str]:
    """What a notice is about: the day that it counts from, and whether it reminds, or escalates however often."""
    since, _, last = key.rpartition(" ")
    return (since, min(int(last), Level.MANAGER)) if last.isdigit() else (since, last)


@settings(max_examples=settings().max_examples // 10)
@given(
    history=Happenings.filter(lambda found: all(_is_known_when(found, place) for place in range(3))),
    zone=st.sampled_from(ZONES),
)
def test_whoever_wakes_after_a_month_remembers_what_whoever_never_slept_does(
    history: list[Happened], zone: str
) -> None:
    policy = replace(POLICY, timezone=zone)
    (awake, heard), (woken, read) = (_play(history, policy, awake_for=each) for each in (len(history), 0))
    by_hand = {each.place for each in history if each.what.startswith(HAND_OVER)}
    for place, issue in enumerate(actions(awake)):
        early, late = _of_item(awake, issue.number, heard), _of_item(woken, issue.number, read)
        if place in by_hand:  # since when they have it, GitHub does not tell
            del early["since"], late["since"]
        assert late == early
    _check_rest(awake, heard, woken, read)


_TURNS = st.lists(
    st.builds(
        Happened,
        after=st.one_of(st.integers(2, 30 * 60), st.integers(2, 14 * 24 * 60)).map(
            lambda most: timedelta(minutes=most)
        ),
        place=st.integers(0, 1),
        login=st.just("ana"),
        what=st.sampled_from([CLOSE, DROP, REOPEN]),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=settings().max_examples // 10)
@given(turns=_TURNS, zone=st.sampled_from(ZONES), waits=st.integers(2, 14 * 24 * 60))
def test_what_is_opened_again_while_it_sleeps_is_open_since_then(turns: list[Happened], zone: str, waits: int) -> None:
    closed = [Happened(timedelta(minutes=waits), place, "ana", CLOSE) for place in range(2)]
    history, policy = [*closed, *turns], replace(POLICY, timezone=zone)
    (awake, heard), (woken, read) = (_play(history, policy, awake_for=each) for each in (len(history), len(closed)))
    for early, late in zip(actions(awake), actions(woken), strict=True):
        assert _of_item(woken, late.number, read) == _of_item(awake, early.number, heard)
    _check_rest(awake, heard, woken, read)


def _check_rest(awake: Model, heard: dict[int, int], woken: Model, read: dict[int, int]) -> None:
    assert _of_whole(woken, read) == _of_whole(awake, heard)
    assert _answers(woken, read) == _answers(awake, heard)
    _check_figures(woken, awake)
    early_notices = _notices(awake)
    for uid, keys in _notices(woken).items():
        assert set(keys) <= set(early_notices[uid])
        assert _kind(keys[-1]) == _kind(early_notices[uid][-1])


def _check_figures(woken: Model, awake: Model) -> None:
    found = []
    for model in (woken, awake):
        facts = model.observed()
        found.append((promised_items(remember(facts), facts), measured(model, "2026-12-01")))
    assert found[0] == found[1]
