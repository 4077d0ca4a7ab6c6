"""What people do with issues: each verb changes the world and publishes the events that follow from it.

Issues, comments and milestones may be of any age: the current ones are looked up. Where an issue is asked for, a pull
request will do for what both have: comments, labels, assignees, a milestone.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Literal, TypeAlias

from app.sandbox.verbs import MAINTAINER, Verbs
from app.sandbox.world import commenting, issuing, labelling, nesting, scheduling
from app.sandbox.world.issue_records import Comment, Issue, Label, Milestone
from app.sandbox.world.records import Account, Pull
from app.sandbox.world.scheduling import PACIFIC

Subject: TypeAlias = Issue | Pull


class IssueVerbs(Verbs):
    """The verbs on issues, comments, labels and milestones, and how to look at them."""

    # Looking.

    def issue(self, repository: str, number: int) -> Issue:
        """The issue of that number, as it is now."""
        return self.world.issue(self.world.repository(repository), number)

    def issues(self, repository: str) -> list[Issue]:
        """Its issues without pull requests, oldest first."""
        return [it for it in reversed(self.world.issues_of(self.world.repository(repository))) if not it.is_pull]

    def comments(self, issue: Subject) -> list[Comment]:
        """The comments on an issue or pull request, oldest first."""
        return self.world.comments_of(issue)

    def labels(self, issue: Subject) -> list[str]:
        """The names of its labels, by name."""
        return sorted(self.world.labels[it].name for it in self._issue(issue).labels)

    def assignees(self, issue: Subject) -> list[str]:
        """The logins of those who have it, by login."""
        return sorted(self.world.accounts[who].login for who in self._issue(issue).assignees)

    def author(self, it: Subject | Comment) -> str:
        """Who wrote it: a login."""
        return self.world.accounts[it.author].login

    def milestone(self, issue: Subject) -> Milestone | None:
        """Its milestone."""
        found = self._issue(issue)
        return None if found.milestone is None else self.world.milestones[found.repository, found.milestone]

    def due(self, issue: Subject) -> date | None:
        """The day on which its milestone is due, as people see it."""
        found = self.milestone(issue)
        return found.due_on.astimezone(PACIFIC).date() if found is not None and found.due_on is not None else None

    def milestones(self, repository: str) -> list[Milestone]:
        """All milestones, oldest first."""
        return self.world.milestones_of(self.world.repository(repository))

    def sub_issues(self, issue: Issue) -> list[Issue]:
        """Its parts, in the order they were added."""
        return nesting.sub_issues_of(self.world, self._issue(issue))

    def _issue(self, issue: Subject) -> Issue:
        return self.world.issue(self.world.repositories[issue.repository], issue.number)

    def _now(self, issue: Subject, by: str) -> tuple[Issue, Account]:
        return self._issue(issue), self.world.account(by)

    # Issues.

    def open_issue(
        self,
        repository: str,
        title: str,
        body: str | None = None,
        *,
        author: str = MAINTAINER,
        labels: Iterable[str] = (),
        assignees: Iterable[str] = (),
        milestone: Milestone | None = None,
    ) -> Issue:
        """Open an issue."""
        number = None if milestone is None else milestone.number
        draft = issuing.IssueDraft(title, body, tuple(labels), tuple(assignees), number)
        home, who = self.world.repository(repository), self.world.account(author)
        issue, happened = issuing.open_issue(self.world, home, who, draft)
        self.publish(happened)
        return issue

    def edit_issue_title(self, issue: Issue, title: str, by: str = MAINTAINER) -> None:
        """Give it another title."""
        found, who = self._now(issue, by)
        self.publish(issuing.edit_issue(self.world, found, who, title=title))

    def edit_issue_body(self, issue: Issue, body: str, by: str = MAINTAINER, *, in_browser: bool = False) -> None:
        """Replace its text. A browser ends every line of it with CR LF."""
        found, who = self._now(issue, by)
        text = "\r\n".join(body.splitlines()) if in_browser else body
        self.publish(issuing.edit_issue(self.world, found, who, body=text))

    def close_issue(
        self,
        issue: Issue,
        by: str = MAINTAINER,
        reason: Literal["completed", "not_planned", "duplicate"] = "completed",
    ) -> None:
        """Close it, as completed unless another reason is given."""
        found, who = self._now(issue, by)
        self.publish(issuing.close_issue(self.world, found, who, reason))

    def reopen_issue(self, issue: Issue, by: str = MAINTAINER) -> None:
        """Open it again."""
        self.publish(issuing.reopen_issue(self.world, *self._now(issue, by)))

    def delete_issue(self, issue: Issue, by: str = MAINTAINER) -> None:
        """Delete it for good."""
        self.publish(issuing.delete_issue(self.world, *self._now(issue, by)))

    def transfer_issue(self, issue: Issue, repository: str, by: str = MAINTAINER) -> Issue:
        """Move it to another repository of the owner; the issue there."""
        found, who = self._now(issue, by)
        moved, happened = issuing.transfer_issue(self.world, found, self.world.repository(repository), who)
        self.publish(happened)
        return moved

    def assign(self, issue: Subject, *logins: str, by: str = MAINTAINER) -> None:
        """Give it to more people."""
        found, who = self._now(issue, by)
        home = self.world.repositories[found.repository]
        come = issuing.resolve_assignees(self.world, home, logins, found)
        people = [*(self.world.accounts[it] for it in found.assignees), *come]
        self.publish(issuing.set_assignees(self.world, found, people, who))

    def unassign(self, issue: Subject, *logins: str, by: str = MAINTAINER) -> None:
        """Take it from people."""
        found, who = self._now(issue, by)
        kept = [it for it in (self.world.accounts[it] for it in found.assignees) if it.login not in logins]
        self.publish(issuing.set_assignees(self.world, found, kept, who))

    def add_sub_issue(self, parent: Issue, child: Issue, by: str = MAINTAINER) -> None:
        """Make an issue a part of another."""
        found, who = self._now(parent, by)
        _, happened = nesting.add_sub_issue(self.world, found, self._issue(child), who)
        self.publish(happened)

    def remove_sub_issue(self, parent: Issue, child: Issue, by: str = MAINTAINER) -> None:
        """Let a part stand alone again."""
        found, who = self._now(parent, by)
        _, happened = nesting.remove_sub_issue(self.world, found, self._issue(child), who)
        self.publish(happened)

    # Comments.

    def comment(self, issue: Subject, body: str, author: str = MAINTAINER) -> Comment:
        """Comment on an issue or a pull request."""
        found, who = self._now(issue, author)
        comment, happened = commenting.comment_on(self.world, found, who, body)
        self.publish(happened)
        return comment

    def edit_comment(self, comment: Comment, body: str, by: str = MAINTAINER) -> None:
        """Change what a comment says, one's own or another's."""
        current, who = self.world.comments[comment.id], self.world.account(by)
        _, happened = commenting.edit_comment(self.world, current, who, body)
        self.publish(happened)

    def delete_comment(self, comment: Comment, by: str = MAINTAINER) -> None:
        """Delete a comment."""
        current, who = self.world.comments[comment.id], self.world.account(by)
        self.publish(commenting.delete_comment(self.world, current, who))

    # Labels.

    def create_label(
        self, repository: str, name: str, color: str | None = None, description: str = "", by: str = MAINTAINER
    ) -> Label:
        """A new label."""
        home, who = self.world.repository(repository), self.world.account(by)
        label, happened = labelling.create_label(self.world, home, name, who, color, description)
        self.publish(happened)
        return label

    def rename_label(self, repository: str, name: str, new_name: str, by: str = MAINTAINER) -> None:
        """Give a label another name, on every issue that has it."""
        _, happened = labelling.edit_label(
            self.world, self._label(repository, name), self.world.account(by), name=new_name
        )
        self.publish(happened)

    def delete_label(self, repository: str, name: str, by: str = MAINTAINER) -> None:
        """Delete a label, which takes it off every issue."""
        self.publish(labelling.delete_label(self.world, self._label(repository, name), self.world.account(by)))

    def _label(self, repository: str, name: str) -> Label:
        found = self.world.find_label(self.world.repository(repository), name)
        if found is None:
            raise KeyError(name)
        return found

    def add_label(self, issue: Subject, *names: str, by: str = MAINTAINER) -> None:
        """Put labels on an issue; those that don't exist yet are created."""
        found, who = self._now(issue, by)
        self.publish(labelling.add_labels(self.world, found, names, who))

    def remove_label(self, issue: Subject, name: str, by: str = MAINTAINER) -> None:
        """Take a label off an issue."""
        found, who = self._now(issue, by)
        self.publish(labelling.remove_label(self.world, found, name, who))

    # Milestones.

    def create_milestone(
        self, repository: str, title: str, due: date | None = None, description: str | None = None, by: str = MAINTAINER
    ) -> Milestone:
        """A milestone, due on a day or on none."""
        home, who = self.world.repository(repository), self.world.account(by)
        milestone, happened = scheduling.create_milestone(
            self.world, home, title, who, description=description, due_on=_noon(due)
        )
        self.publish(happened)
        return milestone

    def move_milestone(self, milestone: Milestone, due: date | None, by: str = MAINTAINER) -> None:
        """Let a milestone be due on another day, or on none."""
        self.publish(
            scheduling.edit_milestone(self.world, self._milestone(milestone), self.world.account(by), due_on=_noon(due))
        )

    def close_milestone(self, milestone: Milestone, by: str = MAINTAINER) -> None:
        """Close a milestone; its issues stay as they are."""
        self._set_milestone_state(milestone, by, is_open=False)

    def reopen_milestone(self, milestone: Milestone, by: str = MAINTAINER) -> None:
        """Open a milestone again."""
        self._set_milestone_state(milestone, by, is_open=True)

    def _set_milestone_state(self, milestone: Milestone, by: str, *, is_open: bool) -> None:
        current, who = self._milestone(milestone), self.world.account(by)
        self.publish(scheduling.set_milestone_state(self.world, current, who, is_open=is_open))

    def delete_milestone(self, milestone: Milestone, by: str = MAINTAINER) -> None:
        """Delete a milestone; its issues are left without one."""
        self.publish(scheduling.delete_milestone(self.world, self._milestone(milestone), self.world.account(by)))

    def set_milestone(self, issue: Subject, milestone: Milestone | None, by: str = MAINTAINER) -> None:
        """Put an issue into a milestone, or into none."""
        found, who = self._now(issue, by)
        number = None if milestone is None else milestone.number
        self.publish(scheduling.set_milestone(self.world, found, number, who))

    def clear_milestone(self, issue: Subject, by: str = MAINTAINER) -> None:
        """Take an issue out of its milestone."""
        self.set_milestone(issue, None, by)

    def _milestone(self, milestone: Milestone) -> Milestone:
        return self.world.milestones[milestone.repository, milestone.number]


def _noon(day: date | None) -> datetime | None:
    """An instant that is that day in California, too."""
    return None if day is None else datetime.combine(day, time(20), UTC)
