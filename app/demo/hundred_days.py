"""What becomes of the promises in the hundred days after the merge: time passes, and Closeout keeps its word."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import UTC, date, datetime, timedelta

from app.core.follow_through import TITLE
from app.core.repository_facts import MILESTONE_PREFIX
from app.demo.scene import REPOSITORY, Scene, Stage, StoryError
from app.sandbox.world.issue_records import Comment, Issue

_A_WEEK = timedelta(days=7)
_EXTENSION = "/extend 2026-12-08 The staging cluster gets its card provider back on Monday."
_VERIFIED = "/verified pass https://ci.acme.example/chaos/1188: deploy refused, page after 3 minutes"


def at(day: str, time: str = "09:00") -> datetime:
    """An instant of the story."""
    return datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=UTC)


class HundredDays:
    """The story after the merge, told by setting the clock forward to what must come."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._github = github = stage.github
        tracking, urgent, slower = sorted(github.issues(REPOSITORY), key=lambda each: each.number)
        self._tracking, self._urgent, self._slower = tracking, urgent, slower

    async def play(self) -> AsyncIterator[Scene]:
        """The scenes. Raises StoryError if something that must come does not."""
        yield await self._agenda()
        yield await self._escalation()
        yield await self._extension()
        yield await self._done()
        yield await self._first_return()
        yield await self._second_return()
        yield await self._third_return()
        yield await self._number()

    async def _agenda(self) -> Scene:
        await self._opening("2026-11-23", lambda: len(self._agendas()) == 1, "there is no agenda of week 48")
        await self._opening("2026-11-26", lambda: self._is_told(self._urgent, "due on"), "Ana is not reminded")
        await self._opening("2026-11-30", lambda: len(self._agendas()) == 2, "there is no agenda of week 49")
        return self._scene(
            "Each Monday at nine there is an agenda for the stand-up",
            "Every open action item, five minutes each: are you blocked, is the deadline still real? The agenda of the "
            "week before is closed by itself. On Thursday Ana was told that her P0 would be due today.",
            *self._agendas()[-1:],
            read=True,
        )

    async def _escalation(self) -> Scene:
        await self._opening("2026-12-01", lambda: self._is_told(self._urgent, "working day late"), "nobody escalates")
        return self._scene(
            "The P0 is one working day late, and Dana, who sets the priorities, is told",
            "No punishment, but a signal: something else came first. The comment says what was promised and names "
            "three honest ways out.",
            self._urgent,
            said=self._said(self._urgent)[-1:],
        )

    async def _extension(self) -> Scene:
        """Ana asks for a week by a command; Bo takes one by hand."""
        self._stage.set_clock(at("2026-12-01", "11:20"))
        asked = self._github.comment(self._urgent, _EXTENSION, author="ana")
        moved = date(2026, 12, 8)
        await self._stage.expect(lambda: self._due(self._urgent) == moved, "the deadline is not moved")
        later = self._due(self._slower) + _A_WEEK
        milestone = self._github.create_milestone(REPOSITORY, f"{MILESTONE_PREFIX}{later}", later, by="bo")
        self._github.set_milestone(self._slower, milestone, by="bo")
        shown = (moved.isoformat(), later.isoformat())
        await self._stage.expect(
            lambda: all(each in self._body(self._tracking) for each in shown), "the days are not shown"
        )
        return self._scene(
            "Ana moves her date by a command, Bo moves his by hand",
            "An extension takes a reason, and is never forgotten: the tracking issue shows the day that was promised "
            "beside the day it is now. People win: what Bo set by hand stays.",
            *(self._tracking, self._urgent, self._slower),
            said=(asked,),
        )

    async def _done(self) -> Scene:
        """Ana and Bo keep their promises."""
        await self._opening(
            "2026-12-04", lambda: self._is_told(self._urgent, "is due on Tuesday 2026-12-08"), "Ana is not reminded"
        )
        await self._opening("2026-12-07", lambda: len(self._agendas()) == 3, "there is no agenda of week 50")
        self._stage.set_clock(at("2026-12-07", "15:10"))
        done = self._github.comment(
            self._urgent, "Done: blocking the card provider in staging paged me after 3 minutes.", author="ana"
        )
        self._github.close_issue(self._urgent, by="ana")
        await self._stage.expect(lambda: "1 of 2 done" in self._body(self._tracking), "Ana's item is not counted")
        await self._opening(
            "2026-12-10", lambda: self._is_told(self._slower, "is due on Monday 2026-12-14"), "Bo is not reminded"
        )
        self._stage.set_clock(at("2026-12-10", "14:00"))
        self._github.comment(self._slower, "Merged in payments#311; pool size 20 is refused in staging.", author="bo")
        self._github.close_issue(self._slower, by="bo")
        await self._stage.expect(lambda: "2 of 2 done" in self._body(self._tracking), "Bo's item is not counted")
        return self._scene(
            "Both keep the dates they moved to, and close their issues with what shows it",
            "Ana on Monday, for 8 December; Bo today, for 14 December. By the days first promised, 30 November and "
            "7 December, both are late: the two are counted apart. The label “overdue” is gone, the milestones that "
            "Closeout made close by themselves (Bo made one by hand, so that is his to close), and the tracking issue "
            "counts.",
            *(self._tracking, self._urgent, self._slower),
            said=(done,),
        )

    async def _first_return(self) -> Scene:
        await self._opening(
            "2026-12-17", lambda: self._is_told(self._tracking, "30 days have passed"), "day 30 is lost"
        )
        return self._scene(
            "Day 30: the postmortem comes back. Are the P0s done?",
            "They are, so there is nothing to answer, and nobody is mentioned. Open ones would be listed, with owner "
            "and lateness.",
            self._tracking,
            said=self._said(self._tracking)[-1:],
        )

    async def _second_return(self) -> Scene:
        """Sixty days are over on a Saturday, so it comes on the Monday after it."""
        told = "60 days have passed"
        await self._opening("2027-01-18", lambda: self._is_told(self._tracking, told), "day 60 is lost")
        asked = self._said(self._tracking)[-1]
        answer = await self._answer("2027-01-18", _VERIFIED, "Passed")
        return self._scene(
            "Day 60: did the verification run, and pass?",
            "Day 60 is a Saturday, so the question waits for Monday, nine o'clock. Dana answers with the run.",
            self._tracking,
            said=(asked, answer),
        )

    async def _third_return(self) -> Scene:
        told = "90 days have passed"
        await self._opening("2027-02-15", lambda: self._is_told(self._tracking, told), "day 90 is lost")
        asked = self._said(self._tracking)[-1]
        answer = await self._answer("2027-02-15", "/recurrence none", "not happened again")
        await self._stage.expect(self._is_over, "the tracking issue stays open")
        epitaph = self._said(self._tracking)[-1]
        return self._scene(
            "Day 90: has it happened again?",
            "It has not. The last answer closes the tracking issue, with two lines on what became of it. "
            "Late is meant by the days first promised.",
            self._tracking,
            said=(asked, answer, epitaph),
        )

    async def _number(self) -> Scene:
        """A hundred days after the merge."""
        await self._opening("2027-02-25", lambda: bool(self._called(TITLE)), "nobody counts")
        return self._scene(
            "Day 100: one number",
            "Which share of the P0s was closed within the deadline that was promised? None of one: an extension is "
            "honest, and does not move the date that counts. It is shown beside it.",
            *self._called(TITLE),
            read=True,
        )

    async def _answer(self, day: str, command: str, shown: str) -> Comment:
        """Dana says a command on the tracking issue: her comment, once the issue shows what it did."""
        self._stage.set_clock(at(day, "09:30"))
        answer = self._github.comment(self._tracking, command, author="dana")
        await self._stage.expect(lambda: shown in self._body(self._tracking), f"{command} is not heeded")
        return answer

    async def _opening(self, day: str, is_so: Callable[[], bool], otherwise: str) -> None:
        self._stage.set_clock(at(day))
        await self._stage.expect(is_so, otherwise)

    def _scene(
        self, title: str, narration: str, *issues: Issue, said: tuple[Comment, ...] = (), read: bool = False
    ) -> Scene:
        current = tuple(self._github.issue(REPOSITORY, each.number) for each in issues)
        comments = tuple(self._github.world.comments[each.id] for each in said)
        return Scene(title, narration, self._github.world.snapshot(), issues=current, said=comments, read=read)

    def _agendas(self) -> list[Issue]:
        return self._called("Postmortem actions, week")

    def _called(self, title: str) -> list[Issue]:
        """The issues whose titles begin so, oldest first."""
        issues = sorted(self._github.issues(REPOSITORY), key=lambda each: each.number)
        return [each for each in issues if each.title.startswith(title)]

    def _said(self, issue: Issue) -> tuple[Comment, ...]:
        """What Closeout has said on an issue."""
        comments = self._github.comments(issue)
        return tuple(each for each in comments if self._github.author(each).endswith("[bot]"))

    def _is_told(self, issue: Issue, words: str) -> bool:
        said = self._said(issue)
        return bool(said) and words in said[-1].body

    def _body(self, issue: Issue) -> str:
        return self._github.issue(REPOSITORY, issue.number).body or ""

    def _due(self, issue: Issue) -> date:
        due = self._github.due(issue)
        if due is None:
            raise StoryError(f"“{issue.title}” has no deadline")
        return due

    def _is_over(self) -> bool:
        return self._github.issue(REPOSITORY, self._tracking.number).state == "closed"
