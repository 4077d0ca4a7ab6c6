"""An organisation whose people act at random: they keep promises, put them off, hand them on, forget them."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from app.core.ledger import Ledger, VerificationState
from app.core.records import record_of
from app.core.repository_facts import ACTION_LABEL, MILESTONE_PREFIX, POSTMORTEM_LABEL
from app.sandbox.driver import Sandbox
from app.sandbox.world.issue_records import Issue

REPOSITORY = "acme/postmortems"
ZONE = "Europe/Berlin"
BOT = "closeout[bot]"
_DAYS = {"P0": 7, "P1": 28, "P2": 56}  # what the policy allows
_WORDS = ("pool", "cache", "queue", "search", "login", "invoice", "mail", "upload", "index", "session")


@dataclass(frozen=True, slots=True)
class Organisation:
    """Who works there: so many people, every seventh of them a manager, who promises nothing."""

    size: int

    @property
    def managers(self) -> tuple[str, ...]:
        """Their logins."""
        return tuple(f"lead{number}" for number in range(max(1, self.size // 7)))

    @property
    def staff(self) -> tuple[str, ...]:
        """The logins of everybody else."""
        return tuple(f"eng{number}" for number in range(self.size - len(self.managers)))

    def policy(self) -> str:
        """The policy file."""
        managers = self.managers
        people = "\n".join(
            f"  {login}: {{manager: {managers[number % len(managers)]}}}" for number, login in enumerate(self.staff)
        )
        return (
            f'version: 1\ndocuments: ["postmortems/**/*.md"]\ntimezone: {ZONE}\n'
            f"people:\n{people}\nmanagers: {{default: {managers[0]}}}\n"
        )


@dataclass(slots=True)
class Shown:
    """What a person last did to an issue: it must stay so. None where nobody did anything."""

    open: bool | None = None
    assignees: list[str] | None = None
    due: date | None = None


@dataclass(slots=True)
class People:
    """Everybody, acting on the sandbox. The same seed does the same.

    Attributes:
        shown: what people did, by issue.
        said: what people said, by the comment's id.
        acts: how often they did what.
    """

    github: Sandbox
    organisation: Organisation
    chance: random.Random
    items_each: int
    shown: dict[int, Shown] = field(default_factory=dict)
    said: dict[int, str] = field(default_factory=dict)
    acts: dict[str, int] = field(default_factory=dict)
    merged: int = 0

    def merge(self, day: date) -> None:
        """Merge a postmortem of the day before."""
        self.merged += 1
        text = self._postmortem(self.merged, day)
        self.github.commit(REPOSITORY, "main", {f"postmortems/{day}-{self.merged}.md": text}, "Merge a postmortem")
        self._count("merge")

    def _postmortem(self, number: int, day: date) -> str:
        author = self.chance.choice(self.organisation.staff)
        actions = "\n".join(self._action(number, item, day) for item in range(self.items_each))
        return (
            f"# Postmortem: Incident {number} kept customers from paying\n\n- Incident: INC-{number}\n"
            f"- Date: {day - timedelta(days=1)}\n- Severity: SEV-2\n- Authors: @{author}\n\n"
            f"## Action items\n{actions}\n\n## Verification\n"
            f"The load test of case {number} runs every night, and fails if the alert does not fire within 6 minutes.\n"
        )

    def _action(self, number: int, item: int, day: date) -> str:
        priority = self.chance.choices(("P0", "P1", "P2"), (2, 4, 4))[0]
        due = day + timedelta(days=self.chance.randint(2, _DAYS[priority]))
        word = self.chance.choice(_WORDS)
        return (
            f"- Alert on symptom {number}-{item} of the {word} service. Owner: "
            f"@{self.chance.choice(self.organisation.staff)}. Due: {due}. Priority: {priority}. "
            f"Success criterion: alert {number}-{item} fires in staging within 6 minutes."
        )

    def act(self, today: date) -> int:
        """What everybody does in half a day; how many acts that were."""
        before = sum(self.acts.values())
        for issue in self.github.issues(REPOSITORY):
            labels = self.github.labels(issue)
            if ACTION_LABEL in labels:
                self._on_action(issue, today)
            elif POSTMORTEM_LABEL in labels and issue.state == "open":
                self._on_tracking(issue)
        return sum(self.acts.values()) - before

    def _on_action(self, issue: Issue, today: date) -> None:
        if issue.state == "closed":
            if self.chance.random() < 0.0003:
                self.github.reopen_issue(issue, self._somebody())
                self._note(issue, "reopen").open = True
            return
        due = self.github.due(issue)
        left = (due - today).days if due else 30
        dice = self.chance.random()
        for chance, act in (
            (0.05 if left <= 5 else 0.004, self._close),
            (0.02 if abs(left) <= 3 else 0, self._extend),
            (0.006 if abs(left) <= 3 else 0, self._move),
            (0.01, self._comment),
            (0.002, self._reassign),
            (0.002, self._reassign_by_word),
            (0.001, self._unassign),
            (0.0015, self._decline),
            (0.001, self._tidy),
        ):
            dice -= chance
            if dice < 0:
                act(issue, today)
                return

    def _close(self, issue: Issue, _today: date) -> None:
        self._say(issue, f"Done, see pull request {self.chance.randint(100, 999)}.", self._owner(issue))
        self.github.close_issue(issue, self._owner(issue))
        self._note(issue, "close").open = False

    def _extend(self, issue: Issue, today: date) -> None:
        to = today + timedelta(days=self.chance.randint(3, 14))
        self._say(issue, f"/extend {to} the vendor is late", self._owner(issue))
        self._note(issue, "extend").due = to

    def _move(self, issue: Issue, today: date) -> None:
        to = today + timedelta(days=self.chance.randint(3, 14))
        title = f"{MILESTONE_PREFIX}{to}"
        found = next((each for each in self.github.milestones(REPOSITORY) if each.title == title), None)
        if found is not None and found.state == "closed":
            return  # GitHub offers open ones only
        milestone = found or self.github.create_milestone(REPOSITORY, title, to, by=self._owner(issue))
        self.github.set_milestone(issue, milestone, self._owner(issue))
        self._note(issue, "move").due = to

    def _comment(self, issue: Issue, _today: date) -> None:
        self._say(issue, f"Still waiting for the {self.chance.choice(_WORDS)} team.", self._somebody())
        self._count("comment")

    def _reassign(self, issue: Issue, _today: date) -> None:
        to = self._somebody()
        self.github.unassign(issue, *self.github.assignees(issue), by=self._owner(issue))
        self.github.assign(issue, to, by=to)
        self._note(issue, "reassign").assignees = [to]

    def _reassign_by_word(self, issue: Issue, _today: date) -> None:
        to = self._somebody()
        self._say(issue, f"/reassign @{to}", self._owner(issue))
        self._note(issue, "/reassign").assignees = [to]

    def _unassign(self, issue: Issue, _today: date) -> None:
        self.github.unassign(issue, *self.github.assignees(issue), by=self._owner(issue))
        self._note(issue, "unassign").assignees = []

    def _decline(self, issue: Issue, _today: date) -> None:
        self._say(issue, "/wontdo the service is going away", self._owner(issue))
        self._note(issue, "/wontdo").open = False

    def _tidy(self, issue: Issue, _today: date) -> None:
        """Delete something that Closeout said."""
        said = [each for each in self.github.comments(issue) if self.github.author(each) == BOT]
        if said:
            self.github.delete_comment(said[-1], self._owner(issue))
            self._count("delete a comment of Closeout's")

    def _on_tracking(self, issue: Issue) -> None:
        record = record_of(issue.body or "")
        if not isinstance(record, Ledger):
            return
        asked = {each.about for each in record.noticed}
        who = next(iter(self.github.assignees(issue)), self.organisation.managers[0])
        dice = self.chance.random()
        if "day 60" in asked and record.verification is VerificationState.NOT_RUN and dice < 0.1:
            self._say(issue, f"/verified {'pass' if dice < 0.08 else 'fail'} run 17", who)
            self._count("/verified")
        elif "day 90" in asked and not record.recurrences and dice < 0.1:
            self._say(issue, "/recurrence none" if dice < 0.08 else f"/recurrence yes #{self._happened_again()}", who)
            self._count("/recurrence")

    def _happened_again(self) -> int:
        """The number of a new incident's issue."""
        return self.github.open_issue(REPOSITORY, "It happened again", author=self._somebody()).number

    def _somebody(self) -> str:
        return self.chance.choice(self.organisation.staff)

    def _owner(self, issue: Issue) -> str:
        return next(iter(self.github.assignees(issue)), self.organisation.staff[0])

    def _say(self, issue: Issue, text: str, who: str) -> None:
        comment = self.github.comment(issue, text, author=who)
        self.said[comment.id] = text

    def _note(self, issue: Issue, act: str) -> Shown:
        self._count(act)
        return self.shown.setdefault(issue.number, Shown())

    def _count(self, act: str) -> None:
        self.acts[act] = self.acts.get(act, 0) + 1

    def lost(self) -> list[str]:
        """What people did, and what is not so any more; the words say what."""
        found = [
            f"comment {number} was changed" for number, text in self.said.items() if not self._stands(number, text)
        ]
        for number, shown in self.shown.items():
            issue = self.github.issue(REPOSITORY, number)
            if shown.open is not None and (issue.state == "open") != shown.open:
                found.append(f"#{number} is {issue.state}")
            if shown.assignees is not None and self.github.assignees(issue) != shown.assignees:
                found.append(f"#{number} is {self.github.assignees(issue)}'s, not {shown.assignees}'s")
            if shown.due is not None and self.github.due(issue) != shown.due:
                found.append(f"#{number} is due on {self.github.due(issue)}, not {shown.due}")
        return found

    def _stands(self, number: int, text: str) -> bool:
        comment = self.github.world.comments.get(number)
        return comment is not None and comment.body == text
