"""Pull requests: opening, editing, reviewing, merging, and the queue in front of a merge."""

from dataclasses import replace

from app.sandbox.world.conversation import note
from app.sandbox.world.history import commits_between, merge_base, merged_files
from app.sandbox.world.issue_records import Issue
from app.sandbox.world.mentioning import heed_merge
from app.sandbox.world.objects import Commit
from app.sandbox.world.pushing import move_ref, signature
from app.sandbox.world.records import Account, Event, MergeGroup, Pull, Refused, Repository, Review, ReviewState
from app.sandbox.world.state import World


def open_pull(
    world: World,
    repository: Repository,
    author: Account,
    *,
    head: tuple[Repository, str],
    base: str,
    title: str,
    body: str | None = None,
    draft: bool = False,
) -> tuple[Pull, list[Event]]:
    """Open a pull request for a branch of this repository or of a fork.

    Raises:
        Refused: 422 when a branch is missing, has nothing new, or already has an open pull request.
    """
    head_repository, branch = head
    head_sha, base_sha = world.branch_head(head_repository, branch), world.branch_head(repository, base)
    for field, sha in (("head", head_sha), ("base", base_sha)):
        if sha is None:
            raise Refused(422, "Validation Failed", ({"resource": "PullRequest", "field": field, "code": "invalid"},))
    assert head_sha is not None  # noqa: S101 - told to the type checker; refused above
    assert base_sha is not None  # noqa: S101
    _refuse_unopenable(world, repository, head_repository, branch, base, head_sha, base_sha)
    now = world.now()
    number = world.next_number(repository, "issue")
    pull = Pull(
        id=world.next_id("pull"),
        number=number,
        repository=repository.id,
        author=author.id,
        title=title,
        body=body,
        draft=draft,
        head_repository=head_repository.id,
        head_ref=branch,
        head_sha=head_sha,
        base_ref=base,
        base_sha=base_sha,
        created_at=now,
        updated_at=now,
    )
    world.pulls[repository.id, number] = pull
    _mirror(world, pull, author)
    world.refs[repository.id, f"refs/pull/{number}/head"] = head_sha
    world.learn(repository, [head_sha])
    return pull, [Event("pull_request", "opened", author.id, repository.id, pull)]


def _refuse_unopenable(
    world: World, repository: Repository, head: Repository, branch: str, base: str, head_sha: str, base_sha: str
) -> None:
    whole = {"resource": "PullRequest", "code": "custom"}
    label = f"{world.accounts[head.owner].login}:{branch}"
    for pull in world.pulls_of(repository):
        if pull.state == "open" and (pull.head_repository, pull.head_ref, pull.base_ref) == (head.id, branch, base):
            message = f"A pull request already exists for {label}."
            raise Refused(422, "Validation Failed", ({**whole, "message": message},))
    if not commits_between(world.objects, base_sha, head_sha):
        message = f"No commits between {base} and {branch}"
        raise Refused(422, "Validation Failed", ({**whole, "message": message},))


def edit_pull(
    world: World, pull: Pull, sender: Account, *, title: str | None, body: str | None, base: str | None
) -> list[Event]:
    """Change title, body or base branch; None leaves as it is. One `edited` event tells what was before."""
    changes: dict[str, object] = {}
    changed = pull
    if title is not None and title != pull.title:
        changes["title"] = {"from": pull.title}
        changed = replace(changed, title=title)
    if body is not None and body != pull.body:
        changes["body"] = {"from": pull.body or ""}
        changed = replace(changed, body=body)
    if base is not None and base != pull.base_ref:
        sha = world.branch_head(world.repositories[pull.repository], base)
        if sha is None:
            raise Refused(422, "Validation Failed", ({"resource": "PullRequest", "field": "base", "code": "invalid"},))
        changes["base"] = {"ref": {"from": pull.base_ref}, "sha": {"from": pull.base_sha}}
        changed = replace(changed, base_ref=base, base_sha=sha)
    if not changes:
        return []
    return [_keep(world, changed, "edited", sender, {"changes": changes})]


def set_draft(world: World, pull: Pull, sender: Account, *, draft: bool) -> list[Event]:
    """Make it a draft, or ready for review."""
    if pull.draft == draft:
        return []
    action = "converted_to_draft" if draft else "ready_for_review"
    return [_keep(world, replace(pull, draft=draft), action, sender)]


def close_pull(world: World, pull: Pull, sender: Account) -> list[Event]:
    """Close without merging."""
    if pull.state == "closed":
        return []
    return [_keep(world, replace(pull, state="closed", closed_at=world.now()), "closed", sender)]


def reopen_pull(world: World, pull: Pull, sender: Account) -> list[Event]:
    """Open a closed, unmerged pull request again."""
    if pull.state == "open":
        return []
    if pull.merged_at is not None:
        error = {"resource": "PullRequest", "field": "state", "code": "invalid", "message": "state cannot be changed."}
        raise Refused(422, "Validation Failed", (error,))
    return [_keep(world, replace(pull, state="open", closed_at=None), "reopened", sender)]


def _keep(world: World, pull: Pull, action: str, sender: Account, extra: dict[str, object] | None = None) -> Event:
    kept = replace(pull, updated_at=world.now())
    world.pulls[pull.repository, pull.number] = kept
    _mirror(world, kept, sender)
    if action in ("closed", "reopened"):
        note(world, world.issues[kept.repository, kept.number], sender, action)
    return Event("pull_request", action, sender.id, pull.repository, kept, extra or {})


def _mirror(world: World, pull: Pull, sender: Account) -> None:
    """Let the issue half of a pull request say the same; it is made with the pull request, under its own id."""
    key = (pull.repository, pull.number)
    half = world.issues.get(key)
    if half is None:
        app = next((found.id for found in world.apps.values() if found.bot == pull.author), None)
        half = Issue(
            id=world.next_id("issue"),
            number=pull.number,
            repository=pull.repository,
            author=pull.author,
            title=pull.title,
            body=pull.body,
            created_at=pull.created_at,
            updated_at=pull.updated_at,
            app=app,
            is_pull=True,
        )
    closed_by = None if pull.state == "open" else half.closed_by or sender.id
    world.issues[key] = replace(
        half,
        title=pull.title,
        body=pull.body,
        state=pull.state,
        closed_at=pull.closed_at,
        closed_by=closed_by,
        updated_at=pull.updated_at,
    )


def review_pull(
    world: World, pull: Pull, author: Account, state: ReviewState, body: str, commit: str | None = None
) -> tuple[Review, list[Event]]:
    """Submit a review on the head, or on the given commit.

    Raises:
        Refused: 422 when an author approves, or asks changes of, their own pull request.
    """
    if author.id == pull.author and state in ("APPROVED", "CHANGES_REQUESTED"):
        verb = "approve" if state == "APPROVED" else "request changes on"
        raise Refused(422, f"Review Can not {verb} your own pull request")
    review = Review(
        id=world.next_id("review"),
        repository=pull.repository,
        number=pull.number,
        author=author.id,
        state=state,
        body=body,
        commit=commit or pull.head_sha,
        submitted_at=world.now(),
    )
    world.reviews[review.id] = review
    return review, [Event("pull_request_review", "submitted", author.id, pull.repository, review)]


def dismiss_review(world: World, review: Review, sender: Account) -> list[Event]:
    """Take the force out of a review."""
    changed = replace(review, state="DISMISSED")
    world.reviews[review.id] = changed
    return [Event("pull_request_review", "dismissed", sender.id, review.repository, changed)]


def merge_tree(world: World, pull: Pull, onto: str) -> str | None:
    """The tree of the pull request merged onto a commit, or None on a conflict."""
    store = world.objects
    origin = merge_base(store, onto, pull.head_sha)
    files = merged_files(
        store,
        store.commits[origin].tree if origin else None,
        store.commits[onto].tree,
        store.commits[pull.head_sha].tree,
    )
    return None if files is None else store.add_tree(files)


def _merge_commit(world: World, pull: Pull, onto: str, by: Account, message: str, *, squash: bool) -> Commit:
    tree = merge_tree(world, pull, onto)
    if tree is None:
        raise Refused(405, "Pull Request is not mergeable")
    author = world.accounts[pull.author] if squash else by
    parents = (onto,) if squash else (onto, pull.head_sha)
    commit = world.objects.add_commit(tree, parents, signature(world, author), signature(world, by), message)
    world.learn(world.repositories[pull.repository], [commit.sha])
    return commit


def merge_message(world: World, pull: Pull, *, squash: bool) -> str:
    """What GitHub writes by itself: a squash keeps the co-authors of what it squashes."""
    if not squash:
        owner = _head_owner(world, pull)
        return f"Merge pull request #{pull.number} from {owner}/{pull.head_ref}\n\n{pull.title}"
    author = world.accounts[pull.author]
    trailers: dict[str, None] = {}
    for commit in commits_between(world.objects, pull.base_sha, pull.head_sha):
        account = world.account_of_email(commit.author.email)
        if account is None or account.id != author.id:
            trailers[f"Co-authored-by: {commit.author.name} <{commit.author.email}>"] = None
        trailers |= dict.fromkeys(
            line for line in commit.message.splitlines() if line.lower().startswith("co-authored-by:")
        )
    tail = "\n\n" + "\n".join(trailers) if trailers else ""
    return f"{pull.title} (#{pull.number}){tail}"


def _head_owner(world: World, pull: Pull) -> str:
    head = world.repositories.get(pull.head_repository or 0)
    return world.accounts[head.owner].login if head else "unknown"


def merge_pull(
    world: World, pull: Pull, by: Account, *, squash: bool = False, message: str | None = None, sha: str | None = None
) -> tuple[Commit, list[Event]]:
    """Merge into the base branch.

    Raises:
        Refused: 405 when closed, a draft, or in conflict; 409 when the head is not the `sha` that was expected.
    """
    if pull.state == "closed" or pull.draft:
        raise Refused(405, "Pull Request is not mergeable")
    if sha is not None and sha != pull.head_sha:
        raise Refused(409, "Head branch was modified. Review and try the merge again.")
    repository = world.repositories[pull.repository]
    onto = world.branch_head(repository, pull.base_ref) or pull.base_sha
    commit = _merge_commit(world, pull, onto, by, message or merge_message(world, pull, squash=squash), squash=squash)
    events = move_ref(world, repository, f"refs/heads/{pull.base_ref}", commit.sha, by)
    return commit, [*events, _merged(world, pull, commit, by), *heed_merge(world, pull, commit, by)]


def _merged(world: World, pull: Pull, commit: Commit, by: Account) -> Event:
    now = world.now()
    merged = replace(pull, state="closed", closed_at=now, merged_at=now, merged_by=by.id, merge_sha=commit.sha)
    return _keep(world, merged, "closed", by)


def enqueue(world: World, pull: Pull, by: Account) -> tuple[MergeGroup, list[Event]]:
    """Put the pull request into the merge queue: merge it on a temporary branch and ask for checks there."""
    repository = world.repositories[pull.repository]
    base_sha = world.branch_head(repository, pull.base_ref) or pull.base_sha
    commit = _merge_commit(world, pull, base_sha, by, merge_message(world, pull, squash=False), squash=False)
    ref = f"refs/heads/gh-readonly-queue/{pull.base_ref}/pr-{pull.number}-{base_sha}"
    group = MergeGroup(repository.id, pull.number, ref, commit.sha, f"refs/heads/{pull.base_ref}", base_sha)
    world.groups[commit.sha] = group
    events = move_ref(world, repository, ref, commit.sha, by)
    return group, [*events, Event("merge_group", "checks_requested", by.id, repository.id, group)]


def leave_queue(world: World, group: MergeGroup, by: Account, *, merge: bool) -> list[Event]:
    """End a merge group: its commit becomes the base branch, or the pull request is taken out of the queue."""
    repository = world.repositories[group.repository]
    pull = world.pull(repository, group.pull)
    del world.groups[group.head_sha]
    events = []
    if merge:
        commit = world.objects.commits[group.head_sha]
        events += move_ref(world, repository, group.base_ref, commit.sha, by)
        events += [_merged(world, pull, commit, by), *heed_merge(world, pull, commit, by)]
    events += move_ref(world, world.repositories[repository.id], group.head_ref, None, by)
    reason = {"reason": "merged" if merge else "dequeued"}
    return [*events, Event("merge_group", "destroyed", by.id, repository.id, group, reason)]


def pull_commits(world: World, pull: Pull) -> list[Commit]:
    """The commits of a pull request, oldest first: what its head has and its base had not."""
    return commits_between(world.objects, pull.base_sha, pull.head_sha)


def pull_base_tree(world: World, pull: Pull) -> str | None:
    """The tree its files are compared with: where head and base parted."""
    origin = merge_base(world.objects, pull.base_sha, pull.head_sha)
    return world.objects.commits[origin].tree if origin else None
