"""What the pages of issues and milestones show, ready for a template."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from markupsafe import Markup

from app.sandbox.markup import Relink, render_markdown
from app.sandbox.world.commenting import reactions_to
from app.sandbox.world.issue_records import Comment, Issue, IssueEvent, Label, Milestone, Reacted
from app.sandbox.world.nesting import sub_issues_of
from app.sandbox.world.records import Pull, Repository
from app.sandbox.world.scheduling import PACIFIC
from app.sandbox.world.state import World

TASK = re.compile(r"<li>(<p>)?\[([ xX])\] ")
EVENT_WORDS = {
    "closed": "closed this",
    "reopened": "reopened this",
    "labeled": "added the label",
    "unlabeled": "removed the label",
    "milestoned": "added this to the milestone",
    "demilestoned": "removed this from the milestone",
    "assigned": "assigned",
    "unassigned": "unassigned",
    "renamed": "changed the title to",
    "referenced": "named this in commit",
    "transferred": "transferred this here",
    "sub_issue_added": "added a sub-issue",
    "sub_issue_removed": "removed a sub-issue",
    "parent_issue_added": "added a parent issue",
    "parent_issue_removed": "removed the parent issue",
}
SIGNS: Mapping[Reacted, str] = {
    "+1": "👍",
    "-1": "👎",
    "laugh": "😄",
    "confused": "😕",
    "heart": "❤️",
    "hooray": "🎉",
    "rocket": "🚀",
    "eyes": "👀",
}
REASON_WORDS = {"not_planned": " as not planned", "duplicate": " as a duplicate", "completed": " as completed"}


@dataclass(frozen=True, slots=True)
class Chip:
    """A label as it looks."""

    name: str
    color: str


@dataclass(frozen=True, slots=True)
class CommentView:
    """A comment, or the text an issue was opened with. `text` is safe HTML, `reactions` are signs with their number."""

    anchor: str
    who: str
    is_bot: bool
    when: datetime
    text: Markup
    edited: bool = False
    reactions: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of an issue's timeline: a comment, or what somebody did and to what."""

    when: datetime
    comment: CommentView | None = None
    who: str = ""
    what: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class IssueRow:
    """An issue in a list. `state` is open, closed or not planned."""

    number: int
    title: str
    author: str
    state: str
    labels: tuple[Chip, ...]
    assignees: tuple[str, ...]
    milestone: str | None
    comments: int


@dataclass(frozen=True, slots=True)
class IssueView:
    """An issue with all that its page shows."""

    row: IssueRow
    repository: str
    opened: CommentView
    entries: tuple[Entry, ...]
    parts: tuple[IssueRow, ...]
    parent: IssueRow | None
    due: date | None


@dataclass(frozen=True, slots=True)
class MilestoneView:
    """A milestone. `percent` is how much of it is closed."""

    number: int
    title: str
    state: Literal["open", "closed"]
    due: date | None
    is_open: int
    is_closed: int
    percent: int
    issues: tuple[IssueRow, ...]


def view_row(world: World, issue: Issue) -> IssueRow:
    """An issue in a list."""
    planned = None if issue.milestone is None else world.milestones.get((issue.repository, issue.milestone))
    not_done = issue.state == "closed" and issue.state_reason in ("not_planned", "duplicate")
    return IssueRow(
        number=issue.number,
        title=issue.title,
        author=world.accounts[issue.author].login,
        state="not planned" if not_done else issue.state,
        labels=_chips([world.labels[one] for one in issue.labels if one in world.labels]),
        assignees=tuple(world.accounts[who].login for who in issue.assignees),
        milestone=None if planned is None else planned.title,
        comments=len(world.comments_of(issue)),
    )


def _chips(labels: Sequence[Label]) -> tuple[Chip, ...]:
    return tuple(Chip(label.name, label.color) for label in labels)


def view_issue(world: World, issue: Issue, relink: Relink | None = None) -> IssueView:
    """An issue as it is in this world. `relink` is for the links inside Markdown."""
    planned = None if issue.milestone is None else world.milestones.get((issue.repository, issue.milestone))
    above = world.parent_of(issue)
    text = _markdown(issue.body, relink) or Markup("<p class='soft'>No description provided.</p>")
    bot = world.accounts[issue.author].kind == "Bot"
    author = world.accounts[issue.author].login
    return IssueView(
        row=view_row(world, issue),
        repository=world.full_name(world.repositories[issue.repository]),
        opened=CommentView(f"issue-{issue.id}", author, bot, issue.created_at, text),
        entries=_entries(world, issue, relink),
        parts=tuple(view_row(world, part) for part in sub_issues_of(world, issue)),
        parent=None if above is None else view_row(world, above),
        due=None if planned is None else _day(planned),
    )


def _entries(world: World, issue: Issue, relink: Relink | None) -> tuple[Entry, ...]:
    lines = [_line(world, it) for it in world.events_of(issue)]
    said = [Entry(it.when, it) for it in view_comments(world, issue, relink)]
    return tuple(sorted([*said, *lines], key=lambda entry: entry.when))


def _line(world: World, it: IssueEvent) -> Entry:
    what = EVENT_WORDS.get(it.event, it.event.replace("_", " ")) + REASON_WORDS.get(it.reason or "", "")
    detail = it.milestone or (it.label[0] if it.label else "") or (it.rename[1] if it.rename else "")
    if it.assignee is not None:
        detail = world.accounts[it.assignee].login
    if it.commit is not None:
        what, detail = (f"{what} in", it.commit[:7]) if it.event == "closed" else (what, it.commit[:7])
    return Entry(it.created_at, None, world.accounts[it.actor].login, what, detail)


def view_comments(world: World, on: Issue | Pull, relink: Relink | None = None) -> tuple[CommentView, ...]:
    """The comments on an issue or a pull request, oldest first."""
    return tuple(_comment(world, it, relink) for it in world.comments_of(on))


def _comment(world: World, it: Comment, relink: Relink | None) -> CommentView:
    who = world.accounts[it.author]
    return CommentView(
        anchor=f"issuecomment-{it.id}",
        who=who.login,
        is_bot=who.kind == "Bot",
        when=it.created_at,
        text=_markdown(it.body, relink),
        edited=it.updated_at > it.created_at,
        reactions=_reactions(world, it),
    )


def _reactions(world: World, on: Comment) -> tuple[tuple[str, int], ...]:
    given = Counter(it.content for it in reactions_to(world, "comment", on.id))
    return tuple((SIGNS[content], count) for content, count in given.items())


def _markdown(text: str | None, relink: Relink | None) -> Markup:
    """Markdown with the boxes of task lists drawn."""

    def box(found: re.Match[str]) -> str:
        ticked = " ticked" if found[2] != " " else ""
        return f'<li class="task">{found[1] or ""}<span class="tick{ticked}"></span> '

    return Markup(TASK.sub(box, render_markdown(text, relink, breaks=True)))  # noqa: S704 - safe already; only boxes are added


def view_milestone(world: World, milestone: Milestone) -> MilestoneView:
    """A milestone with its issues, the newest first."""
    place = (milestone.repository, milestone.number)
    home = world.repositories[milestone.repository]
    inside = [it for it in world.issues_of(home) if (it.repository, it.milestone) == place]
    is_open = sum(issue.state == "open" for issue in inside)
    return MilestoneView(
        number=milestone.number,
        title=milestone.title,
        state=milestone.state,
        due=_day(milestone),
        is_open=is_open,
        is_closed=len(inside) - is_open,
        percent=100 * (len(inside) - is_open) // len(inside) if inside else 0,
        issues=tuple(view_row(world, issue) for issue in inside),
    )


def _day(milestone: Milestone) -> date | None:
    return None if milestone.due_on is None else milestone.due_on.astimezone(PACIFIC).date()


def view_issues(world: World, repository: Repository) -> tuple[IssueRow, ...]:
    """The issues of a repository without its pull requests: open ones first, each the newest first."""
    found = [issue for issue in world.issues_of(repository) if not issue.is_pull]
    return tuple(view_row(world, issue) for issue in sorted(found, key=lambda issue: issue.state == "closed"))
