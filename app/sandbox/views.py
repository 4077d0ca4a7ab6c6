"""What a page shows: the state of a pull request, its checks and its annotated documents, ready for a template."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from markupsafe import Markup

from app.sandbox.annotated import DocumentView, annotate
from app.sandbox.issue_views import CommentView, view_comments
from app.sandbox.markup import Relink, render_markdown
from app.sandbox.world.checking import latest
from app.sandbox.world.history import changes
from app.sandbox.world.objects import Commit
from app.sandbox.world.pulling import merge_tree, pull_base_tree, pull_commits
from app.sandbox.world.records import Account, Annotation, CheckRun, Pull, Repository
from app.sandbox.world.state import World

# What a conclusion looks like; a required check lets a merge pass with the first three.
MOODS = {"success": "good", "neutral": "calm", "skipped": "calm"}
REVIEW_WORDS = {
    "APPROVED": "approved these changes",
    "CHANGES_REQUESTED": "requested changes",
    "COMMENTED": "reviewed",
    "DISMISSED": "had their review dismissed",
    "PENDING": "is reviewing",
}


@dataclass(frozen=True, slots=True)
class CheckView:
    """A check run. `mood` is good, bad, calm or busy; the texts are safe HTML."""

    id: int
    name: str
    app: str
    mood: str
    conclusion: str
    title: str
    summary: Markup
    text: Markup
    remarks: tuple[Annotation, ...]
    completed_at: datetime | None


@dataclass(frozen=True, slots=True)
class CommitView:
    """A commit. `people` are its author and whoever is credited in a trailer."""

    sha: str
    title: str
    body: str
    people: tuple[str, ...]
    when: datetime


@dataclass(frozen=True, slots=True)
class Moment:
    """One entry of a pull request's timeline."""

    when: datetime
    kind: Literal["opened", "commit", "review", "merged", "closed"]
    who: str
    what: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ChecksView:
    """The box at the foot of a pull request: a mood, a headline, a sentence, and the runs."""

    mood: str
    headline: str
    sentence: str
    runs: tuple[CheckView, ...]


@dataclass(frozen=True, slots=True)
class PullView:
    """A pull request with all that its page shows. `state` is open, draft, merged or closed."""

    repository: str
    number: int
    title: str
    body: Markup
    author: str
    state: str
    head: str
    base: str
    sha: str
    checks: ChecksView
    mergeable: bool
    commits: tuple[CommitView, ...]
    timeline: tuple[Moment, ...]
    documents: tuple[DocumentView, ...]
    comments: tuple[CommentView, ...]


def view_pull(world: World, pull: Pull, relink: Relink | None = None) -> PullView:
    """A pull request as it is in this world. `relink` is for the links inside Markdown."""
    repository = world.repositories[pull.repository]
    runs = latest(world.runs_of(repository, pull.head_sha))
    return PullView(
        repository=world.full_name(repository),
        number=pull.number,
        title=pull.title,
        body=render_markdown(pull.body, relink, breaks=True),
        author=world.accounts[pull.author].login,
        state=_state(pull),
        head=_head_label(world, pull),
        base=pull.base_ref,
        sha=pull.head_sha,
        checks=view_checks(world, runs, relink),
        mergeable=_mergeable(world, pull),
        commits=tuple(view_commit(world, commit) for commit in pull_commits(world, pull)),
        timeline=_timeline(world, pull),
        documents=_documents(world, pull, runs),
        comments=view_comments(world, pull, relink),
    )


def _state(pull: Pull) -> str:
    if pull.merged_at is not None:
        return "merged"
    return "draft" if pull.state == "open" and pull.draft else pull.state


def _head_label(world: World, pull: Pull) -> str:
    head = world.repositories.get(pull.head_repository or 0)
    if not pull.from_fork:
        return pull.head_ref
    return f"{world.accounts[head.owner].login if head else 'unknown'}:{pull.head_ref}"


def _mergeable(world: World, pull: Pull) -> bool:
    onto = world.branch_head(world.repositories[pull.repository], pull.base_ref)
    return pull.state == "open" and onto is not None and merge_tree(world, pull, onto) is not None


def mood(run: CheckRun) -> str:
    """How a run looks: good, bad, calm (neutral, skipped) or busy (not ended)."""
    return MOODS.get(run.conclusion or "", "bad") if run.status == "completed" else "busy"


def view_check(world: World, run: CheckRun, relink: Relink | None = None) -> CheckView:
    """One check run."""
    return CheckView(
        id=run.id,
        name=run.name,
        app=world.apps[run.app].name,
        mood=mood(run),
        conclusion=(run.conclusion or run.status).replace("_", " "),
        title=run.output.title or "",
        summary=render_markdown(run.output.summary, relink),
        text=render_markdown(run.output.text, relink),
        remarks=run.output.annotations,
        completed_at=run.completed_at,
    )


def view_checks(world: World, runs: list[CheckRun], relink: Relink | None = None) -> ChecksView:
    """The checks of a commit, those with most to say first, under a headline that counts them."""
    order = ("bad", "busy", "calm", "good")
    views = [view_check(world, run, relink) for run in runs]
    views.sort(key=lambda view: (order.index(view.mood), -len(view.remarks), view.name))
    moods = Counter(view.mood for view in views)
    words = {"bad": "failing", "busy": "in progress", "calm": "neutral or skipped", "good": "successful"}
    counted = [f"{moods[name]} {words[name]}" for name in order if moods[name]]
    sentence = f"{', '.join(counted)} check{'' if len(views) == 1 else 's'}" if views else "No App has reported here."
    if not views:
        return ChecksView("calm", "No checks yet", sentence, ())
    worst = next(name for name in order if moods[name])
    headlines = {"bad": "Some checks were not successful", "busy": "Some checks haven't completed yet"}
    if not moods["good"] and worst == "calm":
        return ChecksView("calm", "All checks are neutral or skipped", sentence, tuple(views))
    mood_of_box = worst if worst in headlines else "good"
    return ChecksView(mood_of_box, headlines.get(worst, "All checks have passed"), sentence, tuple(views))


def view_commit(world: World, commit: Commit) -> CommitView:
    """One commit."""
    title, _, body = commit.message.partition("\n")
    trailers = [line for line in body.splitlines() if line.lower().startswith("co-authored-by:")]
    credited = [line.partition(":")[2].partition("<")[0].strip() for line in trailers]
    account = world.account_of_email(commit.author.email)
    author = account.login if account else commit.author.name
    return CommitView(commit.sha, title, body.strip(), (author, *credited), commit.committer.when)


def _timeline(world: World, pull: Pull) -> tuple[Moment, ...]:
    def login(identity: int) -> str:
        return world.accounts[identity].login

    moments = [Moment(pull.created_at, "opened", login(pull.author), "opened this pull request")]
    for commit in pull_commits(world, pull):
        view = view_commit(world, commit)
        moments.append(Moment(view.when, "commit", ", ".join(view.people), view.title, commit.sha))
    for review in world.reviews_of(pull):
        words = REVIEW_WORDS[review.state]
        moments.append(Moment(review.submitted_at, "review", login(review.author), words, review.body))
    if pull.merged_at is not None and pull.merged_by is not None:
        words = f"merged this into {pull.base_ref}"
        moments.append(Moment(pull.merged_at, "merged", login(pull.merged_by), words, pull.merge_sha or ""))
    elif pull.closed_at is not None:
        moments.append(Moment(pull.closed_at, "closed", "", "closed without merging"))
    return tuple(sorted(moments, key=lambda moment: moment.when))


def _documents(world: World, pull: Pull, runs: list[CheckRun]) -> tuple[DocumentView, ...]:
    head = world.objects.commits[pull.head_sha]
    remarks = [remark for run in reversed(runs) for remark in run.output.annotations]
    base = pull_base_tree(world, pull)
    old = world.objects.files(world.objects.commits[pull.base_sha].tree if base is None else base)
    views = []
    for change in changes(world.objects, base, head.tree):
        if change.status != "removed" and change.patch is not None:
            before = old.get(change.previous_path or change.path)
            data = world.objects.blobs[before] if before else b""
            here = [remark for remark in remarks if remark.path == change.path]
            views.append(annotate(change.path, change.status, world.objects.blobs[change.sha], data, here))
    return tuple(sorted(views, key=lambda view: -view.counted))


def view_file(world: World, repository: Repository, commit: Commit, path: str) -> DocumentView | None:
    """A file at a commit with the remarks that its checks left there, or None if there is no such file."""
    entry = world.objects.entry_at(commit.tree, path)
    if entry is None or entry.is_folder:
        return None
    runs = latest(world.runs_of(repository, commit.sha))
    remarks = [remark for run in runs for remark in run.output.annotations if remark.path == path]
    data = world.objects.blobs[entry.sha]
    return annotate(path, "", data, data, remarks, fold=False)


def initials(account: Account) -> str:
    """One or two letters for a picture."""
    return "".join(word[0] for word in account.name.split()[:2]).upper() or "?"
