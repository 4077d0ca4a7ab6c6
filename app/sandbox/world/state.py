"""The whole state of the sandbox, and how to find things in it. Mutations live in the modules beside this one."""

from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from typing import Literal, TypeAlias
from urllib.parse import quote

from app.sandbox.world.issue_records import Comment, Issue, IssueEvent, Label, Milestone, Reaction
from app.sandbox.world.objects import Commit, ObjectStore
from app.sandbox.world.records import (
    Account,
    AccountKind,
    CheckRun,
    CheckSuite,
    GithubApp,
    Installation,
    MergeGroup,
    Pull,
    Refused,
    Relocated,
    Repository,
    Review,
    Role,
    Token,
)

Clock: TypeAlias = Callable[[], datetime]

# Ids start far from numbers and from each other, and grow in steps, so that code that mixes them up fails at once.
# Runs and suites start above 32 bits, as on github.com.
FIRST_IDS = {
    "account": 5_832_310,
    "app": 384_100,
    "installation": 61_440_200,
    "repository": 186_853_000,
    "pull": 1_927_914_700,
    "review": 2_273_611_000,
    "suite": 49_857_814_700,
    "run": 71_286_202_200,
    "delivery": 90_071_992_547,
    "token": 1_000,
    "issue": 2_684_354_500,
    "comment": 3_571_902_300,
    "label": 8_412_300_100,
    "milestone": 12_400_700,
    "reaction": 295_100_400,
    "issue_event": 15_300_200_100,
}
ID_STEP = 13


def system_clock() -> datetime:
    """The present, in UTC."""
    return datetime.now(UTC)


@dataclass(slots=True)
class Features:
    """Where one GitHub differs from another, or where nobody knows for sure; tests switch these.

    Attributes:
        sub_issues: whether the API has them (GitHub Enterprise Server does not).
        names_apps: whether `performed_via_github_app` tells; otherwise it is null.
        lists_changed_files: whether a pull request's files are listed, which GitHub works out after the push.
        comments_in_histories: whether an issue's timeline holds its comments.
        edits_touch_issues: whether editing or deleting a comment changes the `updated_at` of its issue.
        largest_tree: entries of a tree; more, and the answer is cut and says so.
    """

    sub_issues: bool = True
    names_apps: bool = True
    lists_changed_files: bool = True
    comments_in_histories: bool = True
    edits_touch_issues: bool = True
    largest_tree: int = 100_000


@dataclass(slots=True)
class World:
    """Everything there is. Keys: ids, except what people number: (repository id, number), and refs (…, full name).

    Attributes:
        clock: where every instant comes from.
        api_url: base of API addresses in answers, without a slash at the end.
        web_url: base of the addresses a person opens.
        hook_url: where webhooks go; empty while they go nowhere.
        known: the ids of all git objects that a repository can show.
        moved: former full names, in lower case -> repository id.
        gone: issues that are no longer here -> where they were transferred to, or None for deleted ones.
        counted: (repository id, what) -> the last number given out.
    """

    clock: Clock = system_clock
    api_url: str = "https://api.github.com"
    web_url: str = "https://github.com"
    hook_url: str = ""
    objects: ObjectStore = field(default_factory=ObjectStore)
    accounts: dict[int, Account] = field(default_factory=dict)
    apps: dict[int, GithubApp] = field(default_factory=dict)
    installations: dict[int, Installation] = field(default_factory=dict)
    tokens: dict[str, Token] = field(default_factory=dict)
    repositories: dict[int, Repository] = field(default_factory=dict)
    moved: dict[str, int] = field(default_factory=dict)
    refs: dict[tuple[int, str], str] = field(default_factory=dict)
    known: dict[int, set[str]] = field(default_factory=dict)
    pulls: dict[tuple[int, int], Pull] = field(default_factory=dict)
    reviews: dict[int, Review] = field(default_factory=dict)
    suites: dict[int, CheckSuite] = field(default_factory=dict)
    runs: dict[int, CheckRun] = field(default_factory=dict)
    groups: dict[str, MergeGroup] = field(default_factory=dict)
    issues: dict[tuple[int, int], Issue] = field(default_factory=dict)
    gone: dict[tuple[int, int], tuple[int, int] | None] = field(default_factory=dict)
    comments: dict[int, Comment] = field(default_factory=dict)
    labels: dict[int, Label] = field(default_factory=dict)
    milestones: dict[tuple[int, int], Milestone] = field(default_factory=dict)
    reactions: dict[int, Reaction] = field(default_factory=dict)
    issue_events: dict[int, IssueEvent] = field(default_factory=dict)
    issued: dict[str, int] = field(default_factory=dict)
    counted: dict[tuple[int, str], int] = field(default_factory=dict)
    features: Features = field(default_factory=Features)

    def snapshot(self) -> "World":
        """A copy that later changes do not touch. Git objects never change, so both share them."""
        copied = copy(self)
        for attribute in fields(self):
            value = getattr(self, attribute.name)
            if isinstance(value, dict):
                setattr(copied, attribute.name, dict(value))
        copied.known = {repository: set(shas) for repository, shas in self.known.items()}
        return copied

    def now(self) -> datetime:
        """The present to the second, as GitHub tells it."""
        return self.clock().astimezone(UTC).replace(microsecond=0)

    def next_id(self, kind: str) -> int:
        """A new id of that kind: deterministic, and never equal to a number a person sees."""
        count = self.issued.get(kind, 0)
        self.issued[kind] = count + 1
        return FIRST_IDS[kind] + ID_STEP * count

    def next_number(self, repository: Repository, of: Literal["issue", "milestone"]) -> int:
        """The next number: issues and pull requests share theirs, and none is ever given out again."""
        number = self.counted.get((repository.id, of), 0) + 1
        self.counted[repository.id, of] = number
        return number

    def account(self, login: str, kind: AccountKind = "User") -> Account:
        """The account of that login, made on first use; `…[bot]` is always a bot."""
        found = self.find_account(login)
        if found is not None:
            return found
        kind = "Bot" if login.endswith("[bot]") else kind
        name = login.removesuffix("[bot]").replace("-", " ").title()
        account = Account(self.next_id("account"), login, kind, name, f"{login.removesuffix('[bot]')}@example.com")
        self.accounts[account.id] = account
        return account

    def find_account(self, login: str) -> Account | None:
        """The account of that login, in any case, or None."""
        return next((found for found in self.accounts.values() if found.login.lower() == login.lower()), None)

    def account_of_email(self, email: str) -> Account | None:
        """Whose commits carry that address, or None."""
        wanted = email.lower()
        for account in self.accounts.values():
            legacy = f"{account.login}@users.noreply.github.com"
            if wanted in (account.email.lower(), account.noreply.lower(), legacy.lower()):
                return account
        return None

    def full_name(self, repository: Repository) -> str:
        """`owner/name`."""
        return f"{self.accounts[repository.owner].login}/{repository.name}"

    def find_repository(self, full_name: str) -> Repository | None:
        """The repository that bears this name today, in any case, or None."""
        wanted = full_name.lower()
        return next((found for found in self.repositories.values() if self.full_name(found).lower() == wanted), None)

    def repository(self, full_name: str) -> Repository:
        """The repository of that name.

        Raises:
            Refused: 404, when there is none.
        """
        found = self.find_repository(full_name)
        if found is None:
            raise Refused(404, "Not Found")
        return found

    def role(self, repository: Repository, account: Account) -> Role | None:
        """What the account may do: as granted, admin for the owner, read for everyone where it is public."""
        if account.id == repository.owner:
            return "admin"
        return repository.roles.get(account.id) or (None if repository.private else "read")

    def branch_head(self, repository: Repository, branch: str) -> str | None:
        """The SHA a branch stands at, or None."""
        return self.refs.get((repository.id, f"refs/heads/{branch}"))

    def refs_of(self, repository: Repository) -> dict[str, str]:
        """Full name -> SHA of every ref of the repository, by name."""
        return {name: sha for (owner, name), sha in sorted(self.refs.items()) if owner == repository.id}

    def commit_at(self, repository: Repository, ref: str) -> Commit | None:
        """The commit that a SHA, branch, tag or ref names in this repository, or None."""
        if ref == "HEAD":
            ref = repository.default_branch
        for name in (ref, f"refs/{ref}", f"refs/heads/{ref}", f"refs/tags/{ref}"):
            sha = self.refs.get((repository.id, name))
            if sha is not None:
                return self.objects.commits[sha]
        known = self.known[repository.id]
        if ref in known:
            return self.objects.commits.get(ref)
        if len(ref) >= 7:
            return next(
                (self.objects.commits[sha] for sha in known if sha.startswith(ref) and sha in self.objects.commits),
                None,
            )
        return None

    def pulls_of(self, repository: Repository) -> list[Pull]:
        """Its pull requests, newest first."""
        return sorted(
            (pull for pull in self.pulls.values() if pull.repository == repository.id), key=lambda pull: -pull.number
        )

    def pull(self, repository: Repository, number: int) -> Pull:
        """The pull request of that number.

        Raises:
            Refused: 404, when there is none.
        """
        found = self.pulls.get((repository.id, number))
        if found is None:
            raise Refused(404, "Not Found")
        return found

    def reviews_of(self, pull: Pull) -> list[Review]:
        """Its reviews, oldest first."""
        return [
            review
            for review in self.reviews.values()
            if (review.repository, review.number) == (pull.repository, pull.number)
        ]

    def runs_of(self, repository: Repository, sha: str) -> list[CheckRun]:
        """Every check run on a commit, newest first."""
        runs = (run for run in self.runs.values() if (run.repository, run.sha) == (repository.id, sha))
        return sorted(runs, key=lambda run: -run.id)

    def issues_of(self, repository: Repository) -> list[Issue]:
        """Its issues and pull requests, newest first."""
        found = [issue for issue in self.issues.values() if issue.repository == repository.id]
        return sorted(found, key=lambda issue: -issue.number)

    def issue(self, repository: Repository, number: int) -> Issue:
        """The issue (or pull request) of that number.

        Raises:
            Refused: 404, when there never was one, 410 when it was deleted.
            Relocated: when it was transferred.
        """
        key = (repository.id, number)
        found = self.issues.get(key)
        if found is not None:
            return found
        if key not in self.gone:
            raise Refused(404, "Not Found")
        moved_to = self.gone[key]
        if moved_to is None:
            raise Refused(410, "This issue was deleted")
        raise Relocated(*moved_to)

    def issue_of_id(self, identity: int) -> Issue | None:
        """The issue of that id, in whatever repository, or None."""
        return next((issue for issue in self.issues.values() if issue.id == identity), None)

    def parent_of(self, issue: Issue) -> Issue | None:
        """The issue that has this one as a sub-issue, or None."""
        return next((found for found in self.issues.values() if issue.id in found.sub_issues), None)

    def comments_of(self, issue: Issue | Pull) -> list[Comment]:
        """Its comments, oldest first."""
        key = (issue.repository, issue.number)
        return [found for found in self.comments.values() if (found.repository, found.number) == key]

    def events_of(self, issue: Issue) -> list[IssueEvent]:
        """Its history, oldest first."""
        key = (issue.repository, issue.number)
        return [found for found in self.issue_events.values() if (found.repository, found.number) == key]

    def labels_of(self, repository: Repository) -> list[Label]:
        """Its labels, by name."""
        found = [label for label in self.labels.values() if label.repository == repository.id]
        return sorted(found, key=lambda label: label.name.lower())

    def find_label(self, repository: Repository, name: str) -> Label | None:
        """The label of that name, in any case, or None."""
        return next((found for found in self.labels_of(repository) if found.name.lower() == name.lower()), None)

    def milestones_of(self, repository: Repository) -> list[Milestone]:
        """Its milestones, oldest first."""
        return [found for (home, _), found in sorted(self.milestones.items()) if home == repository.id]

    def milestone(self, repository: Repository, number: int) -> Milestone:
        """The milestone of that number.

        Raises:
            Refused: 404, when there is none.
        """
        found = self.milestones.get((repository.id, number))
        if found is None:
            raise Refused(404, "Not Found")
        return found

    def installation_on(self, app: int, repository: Repository) -> Installation | None:
        """The App's installation that covers the repository, or None."""
        for installation in self.installations.values():
            if installation.app == app and repository in self.covered(installation):
                return installation
        return None

    def covered(self, installation: Installation) -> list[Repository]:
        """The repositories an installation covers, oldest first."""
        return [
            repository
            for repository in self.repositories.values()
            if repository.owner == installation.account
            and (installation.repositories is None or repository.id in installation.repositories)
        ]

    def learn(self, repository: Repository, shas: Iterable[str]) -> None:
        """Let the repository show these commits, all before them, and all they hold."""
        known = self.known.setdefault(repository.id, set())
        waiting = list(shas)
        while waiting:
            commit = self.objects.commits[waiting.pop()]
            if commit.sha not in known:
                known.update((commit.sha, commit.tree), (entry.sha for _, entry in self.objects.walk(commit.tree)))
                waiting += commit.parents

    def api(self, path: str) -> str:
        """The address of an API path, which begins with a slash."""
        return f"{self.api_url}{quote(path, safe='/:?=&{}+')}"

    def web(self, path: str) -> str:
        """The address of a page, for a path that begins with a slash."""
        return f"{self.web_url}{quote(path, safe='/:?=&#')}"
