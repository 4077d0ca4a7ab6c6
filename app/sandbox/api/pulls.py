"""Pull requests, their commits, files and reviews."""

from app.sandbox.api.call import Call, Reply, Route, choice_of, flag_of, invalid, listed, required_text, text_of
from app.sandbox.api.git import WRITE_CONTENTS
from app.sandbox.api.repositories import CONTENTS
from app.sandbox.shapes import commits, pulls
from app.sandbox.world.history import ancestors, changes
from app.sandbox.world.pulling import (
    close_pull,
    dismiss_review,
    edit_pull,
    merge_pull,
    open_pull,
    pull_base_tree,
    pull_commits,
    reopen_pull,
    review_pull,
)
from app.sandbox.world.records import Event, Pull, Refused, Repository, ReviewState

READ_PULLS = (("pull_requests", "read"),)
WRITE_PULLS = (("pull_requests", "write"),)
MOST_COMMITS = 250  # that a pull request lists
MOST_FILES = 3000
REVIEW_STATES: dict[str, ReviewState] = {
    "APPROVE": "APPROVED",
    "REQUEST_CHANGES": "CHANGES_REQUESTED",
    "COMMENT": "COMMENTED",
}


def _pull(call: Call) -> Pull:
    return call.world.pull(call.repository, call.number("pull_number"))


def list_pulls(call: Call) -> Reply:
    """Pull requests by state, head (`owner:branch`) and base; the newest first unless asked otherwise."""
    state, head, base = call.query.get("state", "open"), call.query.get("head"), call.query.get("base")
    found = [
        pull
        for pull in call.world.pulls_of(call.repository)
        if state in ("all", pull.state)
        and base in (None, pull.base_ref)
        and (head is None or head == pulls.simple(call.world, pull)["head"]["label"])
    ]
    sort = call.query.get("sort", "created")
    if sort != "created":
        found.sort(key=lambda pull: pull.updated_at, reverse=True)
    if call.query.get("direction", "desc" if sort == "created" else "asc") == "asc":
        found.reverse()
    return listed(call, found, lambda pull: pulls.simple(call.world, pull))


def create_pull(call: Call) -> Reply:
    """Open a pull request."""
    head = _head(call, required_text(call.body, "head"))
    pull, events = open_pull(
        call.world,
        call.repository,
        call.bot,
        head=head,
        base=required_text(call.body, "base"),
        title=required_text(call.body, "title"),
        body=text_of(call.body, "body"),
        draft=flag_of(call.body, "draft") or False,
    )
    return Reply(201, pulls.whole(call.world, pull), tuple(events))


def _head(call: Call, name: str) -> tuple[Repository, str]:
    owner, colon, branch = name.rpartition(":")
    if not colon or owner == call.world.accounts[call.repository.owner].login:
        return call.repository, branch
    for fork in call.world.repositories.values():
        if fork.parent == call.repository.id and call.world.accounts[fork.owner].login == owner:
            return fork, branch
    raise Refused(422, "Validation Failed", ({"resource": "PullRequest", "field": "head", "code": "invalid"},))


def show_pull(call: Call) -> Reply:
    """One pull request."""
    return Reply(body=pulls.whole(call.world, _pull(call)))


def update_pull(call: Call) -> Reply:
    """Change title, body, base or state."""
    pull, world = _pull(call), call.world
    state = choice_of(call.body, "state", ("open", "closed"))
    texts = {key: text_of(call.body, key) for key in ("title", "body", "base")}
    events: list[Event] = edit_pull(world, pull, call.bot, **texts)
    pull = _pull(call)
    if state == "closed":
        events += close_pull(world, pull, call.bot)
    if state == "open":
        events += reopen_pull(world, pull, call.bot)
    return Reply(200, pulls.whole(world, _pull(call)), tuple(events))


def list_pull_commits(call: Call) -> Reply:
    """What it brings, oldest first."""
    found = pull_commits(call.world, _pull(call))[:MOST_COMMITS]
    return listed(call, found, lambda commit: commits.commit(call.world, call.repository, commit))


def list_files(call: Call) -> Reply:
    """What it changes against where it parted from its base."""
    pull = _pull(call)
    head = call.world.objects.commits[pull.head_sha]
    found = changes(call.world.objects, pull_base_tree(call.world, pull), head.tree)[:MOST_FILES]
    if not call.world.features.lists_changed_files:
        found = []
    return listed(call, found, lambda it: commits.changed_file(call.world, call.repository, pull.head_sha, it))


def list_reviews(call: Call) -> Reply:
    """Its reviews, oldest first."""
    return listed(call, call.world.reviews_of(_pull(call)), lambda it: pulls.review(call.world, it))


def create_review(call: Call) -> Reply:
    """Submit a review in the App's name."""
    event = choice_of(call.body, "event", tuple(REVIEW_STATES))
    if event is None:
        raise invalid('Pending reviews are not kept here: "event" wasn\'t supplied.')
    body = text_of(call.body, "body") or ""
    if not body and event != "APPROVE":
        raise Refused(422, "Unprocessable Entity")
    pull, commit = _pull(call), text_of(call.body, "commit_id")
    review, events = review_pull(call.world, pull, call.bot, REVIEW_STATES[event], body, commit)
    return Reply(200, pulls.review(call.world, review), tuple(events))


def dismiss(call: Call) -> Reply:
    """Dismiss a review."""
    required_text(call.body, "message")
    review = call.world.reviews.get(call.number("review_id"))
    if review is None or review not in call.world.reviews_of(_pull(call)):
        raise Refused(404, "Not Found")
    events = dismiss_review(call.world, review, call.bot)
    return Reply(200, pulls.review(call.world, call.world.reviews[review.id]), tuple(events))


def merge(call: Call) -> Reply:
    """Merge it, with a merge commit or squashed."""
    method = choice_of(call.body, "merge_method", ("merge", "squash", "rebase")) or "merge"
    if method == "rebase":
        raise Refused(405, "Rebase merges are not allowed on this repository.")
    title, message = text_of(call.body, "commit_title"), text_of(call.body, "commit_message")
    words = "\n\n".join(part for part in (title, message) if part) or None
    pull, sha = _pull(call), text_of(call.body, "sha")
    commit, events = merge_pull(call.world, pull, call.bot, squash=method == "squash", message=words, sha=sha)
    body = {"sha": commit.sha, "merged": True, "message": "Pull Request successfully merged"}
    return Reply(200, body, tuple(events))


def list_pulls_of_commit(call: Call) -> Reply:
    """The open pull requests that hold a commit, or for one on the default branch those that brought it."""
    sha = call.params["commit_sha"]
    if call.world.commit_at(call.repository, sha) is None:
        raise Refused(422, f"No commit found for SHA: {sha}")
    found = [pull for pull in call.world.pulls_of(call.repository) if _holds(call, pull, sha)]
    return listed(call, found, lambda pull: pulls.simple(call.world, pull))


def _holds(call: Call, pull: Pull, sha: str) -> bool:
    # GitHub looks at the branches of this repository only: the pull requests of forks are not found this way.
    if pull.from_fork and pull.merged_at is None:
        return False
    if sha == pull.merge_sha:
        return True
    behind_base = {commit.sha for commit in ancestors(call.world.objects, pull.base_sha)}
    return sha not in behind_base and any(it.sha == sha for it in pull_commits(call.world, pull))


BASE = "/repos/{owner}/{repo}/pulls"
ONE = BASE + "/{pull_number}"
ROUTES = (
    Route("GET", BASE, list_pulls, READ_PULLS),
    Route("POST", BASE, create_pull, WRITE_PULLS),
    Route("GET", ONE, show_pull, READ_PULLS),
    Route("PATCH", ONE, update_pull, WRITE_PULLS),
    Route("GET", ONE + "/commits", list_pull_commits, READ_PULLS),
    Route("GET", ONE + "/files", list_files, READ_PULLS),
    Route("GET", ONE + "/reviews", list_reviews, READ_PULLS),
    Route("POST", ONE + "/reviews", create_review, WRITE_PULLS),
    Route("PUT", ONE + "/reviews/{review_id}/dismissals", dismiss, WRITE_PULLS),
    Route("PUT", ONE + "/merge", merge, WRITE_CONTENTS),
    Route("GET", "/repos/{owner}/{repo}/commits/{commit_sha}/pulls", list_pulls_of_commit, READ_PULLS + CONTENTS),
)
