"""What people do on GitHub: each verb changes the world and publishes the events that follow from it.

Repositories go by full name, people by login, pull requests as `Pull` (any age of it: the current one is looked up).
"""

from collections.abc import Iterable, Mapping

from app.sandbox.people_on_issues import IssueVerbs
from app.sandbox.verbs import MAINTAINER
from app.sandbox.world import checking, installing, members, pulling, pushing
from app.sandbox.world.objects import Signature
from app.sandbox.world.pushing import Content
from app.sandbox.world.records import (
    Annotation,
    CheckRun,
    CheckSuite,
    Installation,
    MergeGroup,
    Pull,
    Repository,
    Review,
    ReviewState,
    Role,
)


class People(IssueVerbs):
    """All verbs. A subclass says where events go."""

    # Repositories.

    def create_repository(
        self,
        name: str,
        files: Mapping[str, Content] | None = None,
        *,
        private: bool = True,
        default_branch: str = "main",
        roles: Mapping[str, Role] | None = None,
        author: str = MAINTAINER,
    ) -> Repository:
        """A repository with a first commit (of a README, if nothing else is given)."""
        granted: Mapping[str, Role] = {MAINTAINER: "admin", **(roles or {})}
        repository = pushing.create_repository(
            self.world, name, private=private, default_branch=default_branch, roles=granted
        )
        content = files or {"README.md": f"# {repository.name}\n"}
        self.commit(name, default_branch, content, "Initial commit", author)
        return self.world.repositories[repository.id]

    def fork(self, repository: str, owner: str) -> str:
        """A person's fork; its full name."""
        return self.world.full_name(pushing.fork(self.world, self.world.repository(repository), owner))

    def delete_repository(self, repository: str) -> None:
        """Delete a repository, of which Apps are not told."""
        pushing.delete_fork(self.world, self.world.repository(repository))

    def rename(self, repository: str, name: str, by: str = MAINTAINER) -> str:
        """Rename a repository; its new full name. The old one redirects."""
        found = self.world.repository(repository)
        self.publish(pushing.rename(self.world, found, name, by))
        return self.world.full_name(self.world.repositories[found.id])

    def archive(self, repository: str, by: str = MAINTAINER) -> None:
        """Make a repository read-only."""
        self.publish(pushing.archive(self.world, self.world.repository(repository), by))

    def unarchive(self, repository: str, by: str = MAINTAINER) -> None:
        """Let a repository be written to again."""
        self.publish(pushing.unarchive(self.world, self.world.repository(repository), by))

    def switch_issues(self, repository: str, *, on: bool) -> None:
        """Let a repository have issues, or none."""
        pushing.switch_issues(self.world, self.world.repository(repository), on=on)

    # People.

    def grant(self, repository: str, login: str, role: Role) -> None:
        """Give a person a role, in place of the one they had."""
        pushing.grant(self.world, self.world.repository(repository), self.world.account(login), role)

    def leave_organization(self, login: str, organization: str = "acme", *, unassign: bool = False) -> None:
        """A person leaves: all their roles there are gone. Their issues stay with them unless `unassign`."""
        person, owner = self.world.account(login), self.world.account(organization, "Organization")
        self.publish(members.leave(self.world, owner, person, unassign=unassign))

    def rename_login(self, login: str, new_login: str) -> None:
        """A person (or an organisation) takes another login; the id stays."""
        self.publish(members.rename_account(self.world, self.world.account(login), new_login))

    # Installing.

    def install(self, account: str, repositories: Iterable[str] | None = None, by: str = MAINTAINER) -> Installation:
        """Install the App on an account: on the named repositories, or on all."""
        chosen = None if repositories is None else [self.world.repository(name) for name in repositories]
        app = next(iter(self.world.apps.values()))
        installation, happened = installing.install(self.world, app, account, chosen, by)
        self.publish(happened)
        return installation

    def add_to_installation(
        self, installation: Installation, repositories: Iterable[str], by: str = MAINTAINER
    ) -> None:
        """Let an installation cover more repositories."""
        chosen = [self.world.repository(name) for name in repositories]
        current = self.world.installations[installation.id]
        self.publish(installing.add_repositories(self.world, current, chosen, by))

    def remove_from_installation(
        self, installation: Installation, repositories: Iterable[str], by: str = MAINTAINER
    ) -> None:
        """Take repositories away from an installation."""
        chosen = [self.world.repository(name) for name in repositories]
        current = self.world.installations[installation.id]
        self.publish(installing.remove_repositories(self.world, current, chosen, by))

    def suspend(self, installation: Installation, by: str = MAINTAINER) -> None:
        """Suspend an installation."""
        self.publish(installing.suspend(self.world, self.world.installations[installation.id], by))

    def unsuspend(self, installation: Installation, by: str = MAINTAINER) -> None:
        """Take a suspension back."""
        self.publish(installing.unsuspend(self.world, self.world.installations[installation.id], by))

    def uninstall(self, installation: Installation, by: str = MAINTAINER) -> None:
        """Remove the App from the account."""
        self.publish(installing.uninstall(self.world, self.world.installations[installation.id], by))

    # Commits and branches.

    def commit(
        self,
        repository: str,
        branch: str,
        files: Mapping[str, Content],
        message: str = "Update",
        author: str | tuple[str, str] = MAINTAINER,
    ) -> str:
        """Commit files (None removes one) on a branch, made from the default branch if it is new; the commit's SHA.

        `author` is a login, or a (name, e-mail) that perhaps no account has.
        """
        home = self.world.repository(repository)
        tip = self.world.branch_head(home, branch) or self.world.branch_head(home, home.default_branch)
        who = self._signature(author)
        commit = pushing.write_commit(self.world, home, (tip,) if tip else (), files, message, who)
        return self.push(repository, branch, commit.sha, author if isinstance(author, str) else MAINTAINER)

    def push(self, repository: str, branch: str, sha: str, by: str = MAINTAINER) -> str:
        """Move a branch to a commit that exists (also backwards, which is a forced push); the SHA."""
        home, sender = self.world.repository(repository), self.world.account(by)
        self.publish(pushing.move_ref(self.world, home, f"refs/heads/{branch}", sha, sender))
        return sha

    def edit_document(self, repository: str, path: str, content: Content, by: str = MAINTAINER) -> str:
        """Push a file straight to the default branch (None deletes it); the commit's SHA."""
        branch = self.world.repository(repository).default_branch
        verb = "Delete" if content is None else "Edit"
        return self.commit(repository, branch, {path: content}, f"{verb} {path}", by)

    def delete_document(self, repository: str, path: str, by: str = MAINTAINER) -> str:
        """Delete a file on the default branch; the commit's SHA."""
        return self.edit_document(repository, path, None, by)

    def move_document(
        self, repository: str, path: str, to: str, by: str = MAINTAINER, *, content: Content = None
    ) -> str:
        """Move a file on the default branch, perhaps with other content; the commit's SHA."""
        branch = self.world.repository(repository).default_branch
        text = self.read_document(repository, path) if content is None else content
        return self.commit(repository, branch, {path: None, to: text}, f"Move {path} to {to}", by)

    def read_document(self, repository: str, path: str) -> str:
        """A text file as it is on the default branch.

        Raises:
            KeyError: when there is no such file.
        """
        home = self.world.repository(repository)
        tip = self.world.commit_at(home, home.default_branch)
        files = self.world.objects.files(tip.tree) if tip is not None else {}
        return self.world.objects.blobs[files[path]].decode()

    def delete_branch(self, repository: str, branch: str, by: str = MAINTAINER) -> None:
        """Delete a branch."""
        home, sender = self.world.repository(repository), self.world.account(by)
        self.publish(pushing.move_ref(self.world, home, f"refs/heads/{branch}", None, sender))

    def head(self, repository: str, branch: str | None = None) -> str | None:
        """The SHA of a branch (the default branch if none is named), or None."""
        home = self.world.repository(repository)
        return self.world.branch_head(home, branch or home.default_branch)

    def _signature(self, who: str | tuple[str, str]) -> Signature:
        return pushing.signature(self.world, self.world.account(who) if isinstance(who, str) else who)

    # Pull requests.

    def open_pull(
        self,
        repository: str,
        branch: str,
        *,
        files: Mapping[str, Content] | None = None,
        title: str | None = None,
        body: str | None = None,
        author: str = MAINTAINER,
        message: str | None = None,
        base: str | None = None,
        draft: bool = False,
        fork: str | None = None,
    ) -> Pull:
        """Open a pull request; with `files`, commit them on its branch first; with `fork`, the branch is there."""
        home = self.world.repository(repository)
        head_home = fork or repository
        if files is not None:
            self.commit(head_home, branch, files, message or title or f"Add {branch}", author)
        pull, happened = pulling.open_pull(
            self.world,
            home,
            self.world.account(author),
            head=(self.world.repository(head_home), branch),
            base=base or home.default_branch,
            title=title or branch,
            body=body,
            draft=draft,
        )
        self.publish(happened)
        return pull

    def pull(self, pull: Pull) -> Pull:
        """The pull request as it is now."""
        return self.world.pulls[pull.repository, pull.number]

    def edit(
        self,
        pull: Pull,
        *,
        title: str | None = None,
        body: str | None = None,
        base: str | None = None,
        by: str = MAINTAINER,
    ) -> None:
        """Change title, text or base branch."""
        sender = self.world.account(by)
        self.publish(pulling.edit_pull(self.world, self.pull(pull), sender, title=title, body=body, base=base))

    def mark_ready(self, pull: Pull, by: str = MAINTAINER) -> None:
        """End its being a draft."""
        self.publish(pulling.set_draft(self.world, self.pull(pull), self.world.account(by), draft=False))

    def convert_to_draft(self, pull: Pull, by: str = MAINTAINER) -> None:
        """Make it a draft again."""
        self.publish(pulling.set_draft(self.world, self.pull(pull), self.world.account(by), draft=True))

    def close(self, pull: Pull, by: str = MAINTAINER) -> None:
        """Close it unmerged."""
        self.publish(pulling.close_pull(self.world, self.pull(pull), self.world.account(by)))

    def reopen(self, pull: Pull, by: str = MAINTAINER) -> None:
        """Open it again."""
        self.publish(pulling.reopen_pull(self.world, self.pull(pull), self.world.account(by)))

    def review(self, pull: Pull, author: str, state: ReviewState = "APPROVED", body: str = "") -> Review:
        """Submit a review of the head."""
        who = self.world.account(author)
        review, happened = pulling.review_pull(self.world, self.pull(pull), who, state, body)
        self.publish(happened)
        return review

    def dismiss_review(self, review: Review, by: str = MAINTAINER) -> None:
        """Dismiss a review."""
        self.publish(pulling.dismiss_review(self.world, review, self.world.account(by)))

    def merge(self, pull: Pull, by: str = MAINTAINER, *, squash: bool = False) -> str:
        """Merge it; the SHA of the commit on the base branch."""
        commit, happened = pulling.merge_pull(self.world, self.pull(pull), self.world.account(by), squash=squash)
        self.publish(happened)
        return commit.sha

    def enqueue(self, pull: Pull, by: str = MAINTAINER) -> MergeGroup:
        """Put it into the merge queue, which asks for checks on the merge group."""
        group, happened = pulling.enqueue(self.world, self.pull(pull), self.world.account(by))
        self.publish(happened)
        return group

    def merge_group(self, group: MergeGroup, by: str = MAINTAINER) -> None:
        """Let a merge group through: its commit becomes the base branch."""
        self.publish(pulling.leave_queue(self.world, group, self.world.account(by), merge=True))

    def dequeue(self, group: MergeGroup, by: str = MAINTAINER) -> None:
        """Take a merge group out of the queue, unmerged."""
        self.publish(pulling.leave_queue(self.world, group, self.world.account(by), merge=False))

    # Checks.

    def rerequest(self, run: CheckRun, by: str = MAINTAINER) -> None:
        """Press "Re-run" beside a check."""
        self.publish(checking.rerequest_run(self.world, run, self.world.account(by)))

    def rerequest_all(self, suite: CheckSuite, by: str = MAINTAINER) -> None:
        """Press "Re-run all checks"."""
        self.publish(checking.rerequest_suite(self.world, suite, self.world.account(by)))

    def checks(self, repository: str, sha: str) -> dict[str, CheckRun]:
        """The newest run of each name on a commit."""
        runs = self.world.runs_of(self.world.repository(repository), sha)
        return {run.name: run for run in checking.latest(runs)}

    def suite(self, run: CheckRun) -> CheckSuite:
        """The suite of a run."""
        return self.world.suites[run.suite]

    def annotations(self, repository: str, sha: str) -> list[Annotation]:
        """All remarks of the newest runs on a commit."""
        return [remark for run in self.checks(repository, sha).values() for remark in run.output.annotations]
