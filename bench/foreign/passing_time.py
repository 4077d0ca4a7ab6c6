"""Time on another GitHub: whatever falls due is posted once, at the opening, restarted or not."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, time, timedelta

from bench.foreign.documents import POLICY, POLICY_PATH, Item, postmortem
from bench.foreign.script import Point, must
from bench.foreign.stage import Stage

MERGED = datetime(2027, 5, 5, 12, tzinfo=UTC)
"""A Wednesday."""

_OPENING = time(9, tzinfo=UTC)
_BEFORE = timedelta(seconds=3)
_AGENDA = "Postmortem actions, week "
_P0 = Item(
    "Alert when the connection pool of checkout is above 80 % for 5 minutes",
    "Ben Okafor (@ben)",
    date(2027, 5, 17),
    "P0",
    "the alert fires in staging within 6 minutes of an exhausted pool",
)
_P1 = Item(
    "Cap retries in the payment client at three, with exponential backoff",
    "@ana",
    date(2027, 6, 1),
    "P1",
    "the load test of retries stays below 1.5 times its normal request rate",
)


class PassingTime:
    """The script of the ninety days after a merge."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    @property
    def points(self) -> tuple[Point, ...]:
        """The points, in order."""
        return (
            self.merged,
            self.agenda,
            self.due_soon,
            self.next_agenda,
            self.escalated,
            self.overdue,
            self.after_30_days,
            self.after_60_days,
            self.after_90_days,
            self.once,
        )

    async def merged(self) -> str:
        """A postmortem with a P0 and a P1 is merged on a Wednesday; nothing is said yet."""
        await self._stage.start()
        await self._stage.commit(POLICY_PATH, POLICY)
        await self._stage.settled()
        text = postmortem(2041, "Checkout returned errors for 42 minutes", date(2027, 5, 3), (_P0, _P1))
        await self._stage.commit("postmortems/2027-05-03-checkout.md", text)
        await self._stage.settled()
        (tracking,), (first, second) = await self._stage.trackings(), await self._stage.actions()
        self._tracking, self._p0, self._p1 = tracking.number, first.number, second.number
        said = [await self._stage.said(each.number) for each in (tracking, first, second)]
        must(not any(said), f"it said {said}")
        return f"#{self._tracking}, #{self._p0} and #{self._p1}, and 0 comments"

    async def agenda(self) -> str:
        """Monday's agenda arrives at nine, once."""
        await self._start_at(date(2027, 5, 10))
        await self._stage.until(lambda: self._is_there(f"{_AGENDA}19"), "there is no agenda")
        await self._stage.restart(lose_queue=True)
        (agenda,) = await self._stage.issues(begins=_AGENDA)
        must(all(f"#{each}" in agenda.body for each in (self._p0, self._p1)), "the agenda lacks an item")
        return f"#{agenda.number} “{agenda.title}”: {agenda.body.splitlines()[1]}"

    async def due_soon(self) -> str:
        """Two working days before the deadline its owner is reminded, once."""
        await self._stage.set_clock(self._opening(date(2027, 5, 13)))
        await self._poke()
        return await self._said_once(self._p0, "@ben: this is due on Monday 2027-05-17")

    async def next_agenda(self) -> str:
        """The next Monday's agenda closes the one before, and links it."""
        await self._start_at(date(2027, 5, 17))
        await self._stage.until(lambda: self._is_there(f"{_AGENDA}20"), "there is no agenda")
        await self._stage.settled()
        before, now = await self._stage.issues(begins=_AGENDA)
        must(not before.is_open and now.is_open, "the agenda of the week before is open")
        must(f"#{before.number}" in now.body, "it does not link the one before")
        return f"#{before.number} is closed, #{now.number} “{now.title}” is open"

    async def escalated(self) -> str:
        """A P0 that is a working day late escalates to the manager at nine, once, and is labelled."""
        await self._start_at(date(2027, 5, 18))
        seen = await self._said_once(self._p0, "@dana, @ben: this P0 is 1 working day late")
        labels = (await self._stage.issue(self._p0)).labels
        must("overdue" in labels, f"its labels are {sorted(labels)}")
        return seen

    async def overdue(self) -> str:
        """A P1 that is late is brought up with its owner first."""
        await self._stage.set_clock(self._opening(date(2027, 6, 2)))
        await self._poke()
        return await self._said_once(self._p1, "@ana: this was due on Tuesday 2027-06-01 and is 1 working day late")

    async def after_30_days(self) -> str:
        """30 days after the merge the postmortem comes back, once, and lists the P0 that is open."""
        await self._start_at(date(2027, 6, 4))
        seen = await self._said_once(self._tracking, "30 days have passed")
        must(any(f"#{self._p0}" in each for each in await self._stage.said(self._tracking)), "the P0 is not listed")
        for number, login in ((self._p0, "ben"), (self._p1, "ana")):
            await self._stage.say(login, number, f"Done: https://ci.acme.example/{number}")
            await self._stage.change(login, number, state="closed")
        await self._stage.settled()
        must("2 of 2 done" in (await self._stage.issue(self._tracking)).body, "what is done is not counted")
        return seen

    async def after_60_days(self) -> str:
        """60 days are over on a Sunday: on Monday it asks for the verification, once, and takes the answer."""
        await self._stage.set_clock(self._opening(date(2027, 7, 5)))
        await self._poke()
        seen = await self._said_once(self._tracking, "60 days have passed")
        await self._stage.say("dana", self._tracking, "/verified pass https://ci.acme.example/1188")
        await self._stage.settled()
        tracking = await self._stage.issue(self._tracking)
        must(tracking.is_open and "**Passed.**" in tracking.body, f"open: {tracking.is_open}; {tracking.body}")
        return seen

    async def after_90_days(self) -> str:
        """After 90 days it asks whether it happened again; all being done, the answer closes the tracking issue."""
        await self._start_at(date(2027, 8, 3))
        seen = await self._said_once(self._tracking, "90 days have passed")
        await self._stage.say("dana", self._tracking, "/recurrence none")
        await self._stage.settled()
        must(not (await self._stage.issue(self._tracking)).is_open, "the tracking issue is open")
        epitaph = (await self._stage.said(self._tracking, "**Promised:**"))[-1]
        return f"{seen} | {' '.join(epitaph.splitlines()[:2])}"

    async def once(self) -> str:
        """After all that, and a start without its queue, nothing was said twice, and nothing is left to write."""
        await self._stage.restart(lose_queue=True)
        before = len(self._stage.bridge.writes)
        await self._stage.restart(lose_queue=True)
        written = self._stage.bridge.writes[before:]
        must(not written, f"it wrote {written}")
        said = {number: await self._stage.said(number) for number in (self._tracking, self._p0, self._p1)}
        for number, comments in said.items():
            must(len(set(comments)) == len(comments), f"#{number} has a comment twice")
        agendas = await self._stage.issues(begins=_AGENDA)
        must(len({each.title for each in agendas}) == len(agendas), "there is an agenda twice")
        counts = ", ".join(f"#{number}: {len(comments)}" for number, comments in said.items())
        return f"comments of Closeout's: {counts}; {len(agendas)} agendas; 0 writes"

    # Parts of the points.

    def _opening(self, day: date) -> datetime:
        return datetime.combine(day, _OPENING) - _BEFORE

    async def _start_at(self, day: date) -> None:
        """Start it a moment before a day's opening."""
        await self._stage.stop()
        await self._stage.set_clock(self._opening(day))
        await self._stage.start()

    async def _poke(self) -> None:
        """Have the running service look at the clock, which was put forward behind its back: timers do not notice."""
        await self._stage.commit("README.md", f"# Postmortems\n\n{self._stage.now().isoformat()}\n")

    async def _said_once(self, number: int, words: str) -> str:
        """What is said on an issue with those words: it comes, and stays the only one after a start without queue."""
        await self._stage.until(self._is_said(number, words), f"“{words}” is not said on #{number}")
        await self._stage.restart(lose_queue=True)
        said = await self._stage.said(number, words)
        must(len(said) == 1, f"“{words}” is said {len(said)} times on #{number}")
        return said[0].partition("\n")[0]

    def _is_said(self, number: int, words: str) -> Callable[[], Awaitable[bool]]:
        async def look() -> bool:
            return bool(await self._stage.said(number, words))

        return look

    async def _is_there(self, title: str) -> bool:
        return bool(await self._stage.issues(begins=title))
