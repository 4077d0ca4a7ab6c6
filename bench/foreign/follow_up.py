"""The follow-up on another GitHub: what was promised becomes issues, and stays true whatever happens."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from app.core.effects import CHECK_NAMES
from app.core.repository_facts import ACTION_LABEL, MILESTONE_PREFIX
from bench.foreign.documents import POLICY, POLICY_PATH, Item, postmortem
from bench.foreign.emulator import BOT
from bench.foreign.script import Point, must
from bench.foreign.stage import Json, Seen, Stage

NOW = datetime(2027, 5, 5, 12, tzinfo=UTC)
"""A Wednesday at noon, on which nothing falls due; where the clock cannot be shifted, it is what it is."""

_CREDIT = "Write the postmortem\n\nCo-authored-by: Ben Okafor <ben@acme.example>\n"


class FollowUp:
    """The script of one postmortem and its neighbours."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._today = stage.now().date()
        self._path = self._path_of(1)
        self._first = Item(
            "Alert when the connection pool of checkout is above 80 % for 5 minutes",
            "Ben Okafor (@ben)",
            self._in(20),
            "P0",
            "the alert fires in staging within 6 minutes of an exhausted pool",
        )
        self._second = Item(
            "Cap retries in the payment client at three, with exponential backoff",
            "@ana",
            self._in(34),
            "P1",
            "the load test of retries stays below 1.5 times its normal request rate",
        )

    @property
    def points(self) -> tuple[Point, ...]:
        """The points, in order."""
        return (
            self.installed,
            self.red_check,
            self.waived,
            self.green_checks,
            self.merged,
            self.repeated_pushes,
            self.reassigned,
            self.reworded,
            self.label_removed,
            self.bodies_removed,
            self.commands,
            self.refused_commands,
            self.closed_by_hand,
            self.killed,
            self.declined,
            self.planned,
            self.queue_lost,
            self.answers_lost,
            self.settled,
        )

    async def installed(self) -> str:
        """Installed, it says nothing until there is a policy, nor when there is one and nothing to do."""
        await self._stage.start()
        await self._stage.commit("README.md", "# Postmortems\n")
        await self._stage.settled()
        await self._stage.commit(POLICY_PATH, POLICY)
        await self._stage.settled()
        must(not self._stage.bridge.writes, f"it wrote {self._stage.bridge.writes}")
        return "0 writes"

    async def red_check(self) -> str:
        """A pull request with a postmortem whose promise nobody can test gets a red check, at the line."""
        vague = replace(self._first, criterion="")
        runs = await self._proposed("vague", self._text(vague, self._second))
        document = runs[CHECK_NAMES[0]]
        must(document["conclusion"] == "failure", f"the document check is {document['conclusion']}")
        listed = await self._stage.ask("ana", "GET", f"/check-runs/{document['id']}/annotations")
        remarks = listed["check_annotations"]  # GitHub has them without the wrapping
        line = self._text(vague, self._second).splitlines().index(f"- [ ] {vague.title}") + 1
        must(any(each["start_line"] == line for each in remarks), f"no annotation at line {line}: {remarks}")
        return f"{document['output']['title']}; line {line}: {remarks[0]['message'].splitlines()[0]}"

    async def waived(self) -> str:
        """A maintainer's /waive lets it pass, with their name and reason in the check."""
        pull = (await self._stage.ask("ana", "GET", "/pulls"))[0]
        await self._stage.say("dana", pull["number"], "/waive CO413 The vendor tests it.")
        await self._stage.settled()
        found = await self._stage.ask("ana", "GET", f"/commits/{pull['head']['sha']}/check-runs?filter=latest")
        document = next(each for each in found["check_runs"] if each["name"] == CHECK_NAMES[0])
        must(document["conclusion"] == "success", f"the document check is {document['conclusion']}")
        must("The vendor tests it." in document["output"]["summary"], "the check does not show the reason")
        await self._stage.ask("ana", "PATCH", f"/pulls/{pull['number']}", {"state": "closed"})
        return f"{document['conclusion']}: {document['output']['title']}"

    async def green_checks(self) -> str:
        """A good one, with a co-author, gets two green checks."""
        runs = await self._proposed("good", self._text(self._first, self._second))
        ended = {name: run["conclusion"] for name, run in runs.items()}
        shown = {name: run["output"]["title"] for name, run in runs.items()}
        must(set(ended.values()) == {"success"}, f"{ended}: {shown}")
        return ", ".join(f"{name}: {title}" for name, title in shown.items())

    async def merged(self) -> str:
        """Merged: one tracking issue, two action issues with assignee, milestone, labels and criterion."""
        number = (await self._stage.ask("ana", "GET", "/pulls"))[0]["number"]
        await self._stage.ask("ana", "PUT", f"/pulls/{number}/merge", {})
        await self._stage.settled()
        trackings, actions = await self._stage.trackings(), await self._stage.actions()
        must(len(trackings) == 1 and len(actions) == 2, f"{len(trackings)} tracking issues, {len(actions)} actions")
        first, second = actions
        self._tracking, self._p0, self._p1 = trackings[0].number, first.number, second.number
        _must_be(first, self._first, "ben")
        _must_be(second, self._second, "ana")
        must(trackings[0].assignees == ("dana",), f"the tracking issue is with {trackings[0].assignees}")
        table = [f"#{each.number} {each.title}" in trackings[0].body for each in actions]
        must(all(table), "the tracking issue's table lacks an item")
        milestones = await self._stage.milestones()
        wanted = {f"{MILESTONE_PREFIX}{each.due}": "open" for each in (self._first, self._second)}
        must(milestones == wanted, f"the milestones are {milestones}")
        return f"{_line(trackings[0])} | {_line(first)} | {_line(second)}"

    async def repeated_pushes(self) -> str:
        """Five pushes create nothing."""
        before = len(self._stage.bridge.writes)
        for number in range(5):
            await self._stage.commit("README.md", f"# Postmortems, {number}\n")
            await self._stage.settled()
        written = self._stage.bridge.writes[before:]
        must(not written, f"it wrote {written}")
        return "0 writes"

    async def reassigned(self) -> str:
        """A person's reassignment survives an edited deadline, and that reaches the milestone."""
        await self._stage.change("dana", self._p0, assignees=["gita"])
        await self._stage.settled()
        self._first = replace(self._first, due=self._in(23))
        await self._write_document()
        seen = await self._stage.issue(self._p0)
        must(seen.assignees == ("gita",), f"it is with {seen.assignees}")
        must(seen.due == self._first.due.isoformat(), f"it is due on {seen.due}")
        old = f"{MILESTONE_PREFIX}{self._in(20)}"
        state = (await self._stage.milestones())[old]
        must(state == "closed", f"the milestone “{old}”, now empty, is {state}")
        return f"{_line(seen)}; the empty milestone is closed"

    async def reworded(self) -> str:
        """A reworded item keeps its issue."""
        self._second = replace(
            self._second, title="Cap the payment client's retries at three and back off exponentially"
        )
        await self._write_document()
        seen = await self._stage.issue(self._p1)
        must(seen.title == self._second.title, f"it is still called “{seen.title}”")
        must(len(await self._stage.actions()) == 2, "there is another issue")
        return _line(seen)

    async def label_removed(self) -> str:
        """A label taken off by hand stays off, and does no harm."""
        await self._stage.ask("ana", "DELETE", f"/issues/{self._p1}/labels/{ACTION_LABEL}")
        await self._stage.settled()
        self._second = replace(self._second, due=self._in(35))
        await self._write_document()
        seen = await self._stage.issue(self._p1)
        must(ACTION_LABEL not in seen.labels, f"it has {sorted(seen.labels)}")
        must(seen.due == self._second.due.isoformat(), f"it is due on {seen.due}")
        must(len(await self._stage.issues()) == 3, "there is another issue")
        await self._stage.ask("ana", "POST", f"/issues/{self._p1}/labels", {"labels": [ACTION_LABEL]})
        return f"{sorted(seen.labels)}, and the document's new date is followed: {seen.due}"

    async def bodies_removed(self) -> str:
        """The whole body of an action issue, then of the tracking issue, removed by hand comes back."""
        for number, words in ((self._p0, self._first.criterion), (self._tracking, self._second.title)):
            await self._stage.change("ana", number, body="")
            await self._stage.settled()
            seen = await self._stage.issue(number)
            must(words in seen.body, f"the body of #{number} is “{seen.body[:80]}”")
        must((await self._stage.issue(self._p0)).assignees == ("gita",), "the person's reassignment is undone")
        must(len(await self._stage.issues()) == 3, "there is another issue")
        return f"#{self._p0} and #{self._tracking} have their text again; nothing was opened; Gita still has hers"

    async def commands(self) -> str:
        """Slash commands: /extend, /reassign, /verified and /help are heeded."""
        later = self._in(41)
        await self._stage.say("ana", self._p1, f"/extend {later} The vendor ships next week.")
        await self._stage.say("ana", self._p1, "/reassign @ben")
        await self._stage.say("ana", self._tracking, "/verified pass https://ci.acme.example/1188")
        await self._stage.say("ben", self._p1, "/help")
        await self._stage.settled()
        seen, tracking = await self._stage.issue(self._p1), await self._stage.issue(self._tracking)
        must(seen.due == later.isoformat(), f"it is due on {seen.due}")
        must(seen.assignees == ("ben",), f"it is with {seen.assignees}")
        must("**Passed.**" in tracking.body, f"the tracking issue says {_after(tracking.body, '### Verification')}")
        helped = await self._stage.said(self._p1, "/extend")
        must(len(helped) == 1, f"/help was answered {len(helped)} times")
        return f"{_line(seen)}; {_after(tracking.body, '### Verification')}; one answer to /help"

    async def refused_commands(self) -> str:
        """Who may not command is told so once, and so is who misspells one; nothing changes."""
        before = await self._stage.said(self._p1)
        await self._stage.say("gita", self._p1, "/wontdo It is not worth it.")
        await self._stage.say("ben", self._p1, "/extend soon")
        await self._stage.settled()
        await self._stage.restart(lose_queue=True)
        answers = (await self._stage.said(self._p1))[len(before) :]
        answers = [each.partition("\n")[0] for each in answers]
        must(len(answers) == 2, f"there are {len(answers)} answers: {answers}")
        must((await self._stage.issue(self._p1)).is_open, "it was closed")
        return " | ".join(answers)

    async def closed_by_hand(self) -> str:
        """Closing by a person stands; a P0 closed without a word is asked for its evidence, once."""
        await self._stage.change("gita", self._p0, state="closed")
        await self._stage.settled()
        self._first = replace(self._first, due=self._in(24))
        await self._write_document()
        await self._stage.restart(lose_queue=True)
        seen, asked = await self._stage.issue(self._p0), await self._stage.said(self._p0)
        must(not seen.is_open, "it was opened again")
        must(len(asked) == 1, f"it was asked {len(asked)} times: {asked}")
        tracking = await self._stage.issue(self._tracking)
        must("1 of 2 done" in tracking.body, "the tracking issue does not count it")
        return f"closed as {seen.reason}; {asked[0].partition(chr(10))[0]}"

    async def killed(self) -> str:
        """Killed with -9 in the middle of a follow-up, it opens nothing twice after its start."""
        await self._stage.commit(self._path_of(2), self._neighbour(2))
        await self._stage.until(lambda: self._is_there("Do A of 2"), "no issue comes")
        await self._stage.kill()
        left = len(await self._stage.issues())
        await self._stage.start()
        await self._stage.settled()
        return f"killed with {left} issues there; {await self._waited()}{await self._complete(2)}"

    async def declined(self) -> str:
        """`/wontdo` closes an issue as not planned, with the reason, and it stays closed."""
        (item,) = await self._stage.issues(begins="Do B of 2")
        await self._stage.say("ben", item.number, "/wontdo The client is being replaced.")
        await self._stage.settled()
        await self._stage.restart(lose_queue=True)
        seen, (tracking,) = await self._stage.issue(item.number), await self._stage.issues(begins="Outage 2")
        must(not seen.is_open and seen.reason == "not_planned", f"open: {seen.is_open}, as {seen.reason}")
        must("The client is being replaced." in seen.body + tracking.body, "the reason is nowhere")
        return f"#{seen.number} is closed as {seen.reason}"

    async def planned(self) -> str:
        """`closeout plan` has nothing to announce, and announces what a push would bring."""
        before = await self._stage.plan()
        await self._stage.stop()
        self._second = replace(self._second, title="Cap the payment client's retries, and back off")
        await self._stage.commit(self._path, self._text(self._first, self._second))
        after = await self._stage.plan()
        must(f"#{self._p1}" in after and f"#{self._p1}" not in before, f"before: {before}; then: {after}")
        await self._stage.start()
        await self._stage.settled()
        must((await self._stage.issue(self._p1)).title == self._second.title, "it did not do what it announced")
        return f"{before.splitlines()[-1]} Then: {after.splitlines()[0]}"

    async def queue_lost(self) -> str:
        """Its queue deleted and a merge missed, it finds what there is to do at its start."""
        await self._stage.stop(lose_queue=True)
        await self._stage.commit(self._path_of(3), self._neighbour(3))
        await self._stage.start()
        await self._stage.settled()
        return await self._complete(3)

    async def answers_lost(self) -> str:
        """Every third write loses its answer after it landed: nothing is there twice."""
        bridge = self._stage.bridge
        bridge.lose_every = 3
        await self._stage.commit(self._path_of(4), self._neighbour(4))
        await self._stage.say("ana", self._p1, "/help")
        for number in range(12):
            await self._stage.settled()
            if await self._is_complete(4) and len(await self._stage.said(self._p1, "/extend")) >= 3:
                break
            await asyncio.sleep(1)
            await self._stage.commit("README.md", f"# Postmortems, after {number}\n")  # a push ends the wait
        bridge.lose_every = 0
        await self._stage.restart()
        return f"{bridge.lost} answers were lost; {await self._complete(4)}"

    async def settled(self) -> str:
        """In the end nothing is left to write, and nothing is there twice: issues, milestones, comments."""
        await self._stage.restart(lose_queue=True)
        before = len(self._stage.bridge.writes)
        await self._stage.restart(lose_queue=True)
        written = self._stage.bridge.writes[before:]
        must(not written, f"it wrote {written}")
        issues = [each for each in await self._stage.issues() if each.by == BOT]
        twice = [title for title, times in Counter(each.title for each in issues).items() if times > 1]
        must(not twice, f"there twice: {twice}")
        comments = 0
        for issue in issues:
            said = await self._stage.said(issue.number)
            comments += len(said)
            must(len(set(said)) == len(said), f"#{issue.number} has a comment twice")
        milestones = await self._stage.milestones()
        return f"{len(issues)} issues, {len(milestones)} milestones, {comments} comments, each once; 0 writes"

    # Parts of the points.

    async def _proposed(self, branch: str, text: str) -> dict[str, Json]:
        """Open a pull request; returns its check runs, ended, by name."""
        pull = await self._stage.propose(branch, self._path, text, _CREDIT)
        await self._stage.settled()
        found = await self._stage.ask("ana", "GET", f"/commits/{pull['head']['sha']}/check-runs")
        runs = {each["name"]: each for each in found["check_runs"] if each["status"] == "completed"}
        must(len(found["check_runs"]) == len(runs) == len(CHECK_NAMES), f"the checks are {sorted(runs)}")
        return runs

    async def _write_document(self) -> None:
        await self._stage.commit(self._path, self._text(self._first, self._second))
        await self._stage.settled()

    def _text(self, *items: Item) -> str:
        return postmortem(2041, "Checkout returned errors for 42 minutes", self._in(-2), items)

    def _neighbour(self, number: int) -> str:
        return postmortem(2041 + number, f"Outage {number}", self._in(-2), self._neighbours(number))

    def _neighbours(self, number: int) -> tuple[Item, ...]:
        criterion = f"the test {number} passes in staging"
        return tuple(
            Item(f"Do {each} of {number}", owner, self._in(21 + 7 * number), "P1", criterion)
            for each, owner in (("A", "@ana"), ("B", "@ben"))
        )

    async def _complete(self, number: int) -> str:
        """What is there of a neighbour, which must be all of it, once."""
        trackings = await self._stage.issues(begins=f"Outage {number}")
        must(len(trackings) == 1, f"there are {len(trackings)} tracking issues")
        for item, owner in zip(self._neighbours(number), ("ana", "ben"), strict=True):
            found = await self._stage.issues(begins=item.title)
            must(len(found) == 1, f"“{item.title}” is there {len(found)} times")
            _must_be(found[0], item, owner)
            must(f"#{found[0].number} {item.title}" in trackings[0].body, "the table lacks an item")
        await self._stage.milestones()
        return f"#{trackings[0].number} with its two action issues, each once"

    async def _waited(self) -> str:
        """Wait for what may have been sent in the last moment: GitHub's lists have five minutes to show it."""
        if await self._is_complete(2):
            return ""
        if self._stage.clock is None:
            await self._stage.until(lambda: self._is_complete(2), "the rest does not come", 400)
        else:
            await self._stage.set_clock(self._stage.now() + timedelta(minutes=6))
            await self._stage.restart()
        return "after five minutes "

    async def _is_complete(self, number: int) -> bool:
        issues = await self._stage.issues(begins=f"Outage {number}")
        return bool(issues) and issues[0].body.count("| #") == 2

    async def _is_there(self, title: str) -> bool:
        return bool(await self._stage.issues(begins=title))

    def _path_of(self, number: int) -> str:
        return f"postmortems/{self._today.isoformat()}-{number}.md"

    def _in(self, days: int) -> date:
        return self._today + timedelta(days=days)


def _must_be(seen: Seen, item: Item, owner: str) -> None:
    """Raise Failed unless an issue is as an action item wants it."""
    must(seen.assignees == (owner,), f"#{seen.number} is with {seen.assignees}, not {owner}")
    must(seen.due == item.due.isoformat(), f"#{seen.number} is due on {seen.due or 'no day'}, not {item.due}")
    must(seen.labels == {ACTION_LABEL, item.priority}, f"#{seen.number} has the labels {sorted(seen.labels)}")
    must(item.criterion in seen.body, f"#{seen.number} lacks its criterion")
    must(seen.by == BOT and seen.is_open, f"#{seen.number} was opened by {seen.by}; open: {seen.is_open}")


def _line(seen: Seen) -> str:
    due = f", due {seen.due}" if seen.due else ""
    return f"#{seen.number} “{seen.title}” @{' @'.join(seen.assignees)}{due} {sorted(seen.labels)}"


def _after(body: str, heading: str) -> str:
    """The paragraph with the state of the verification."""
    lines = [line for line in body.partition(heading)[2].splitlines() if line.startswith("**")]
    return lines[0] if lines else "nothing"
