"""Pull requests and reviews as JSON."""

from app.sandbox.shapes import Json, instant, node_id
from app.sandbox.shapes.accounts import account, association
from app.sandbox.shapes.issues import label as label_shape
from app.sandbox.shapes.issues import milestone as milestone_shape
from app.sandbox.shapes.repositories import repository as repository_shape
from app.sandbox.world.history import changes
from app.sandbox.world.pulling import merge_tree, pull_base_tree, pull_commits
from app.sandbox.world.records import Pull, Review
from app.sandbox.world.state import World


def _side(world: World, repository: int | None, ref: str, sha: str, owner: Json | None) -> Json:
    home = world.repositories.get(repository or 0)
    if home is not None:
        owner = account(world, world.accounts[home.owner])
    label = f"{owner['login'] if owner else 'unknown'}:{ref}"
    shape = None if home is None else repository_shape(world, home)
    return {"label": label, "ref": ref, "sha": sha, "user": owner, "repo": shape}


def simple(world: World, it: Pull) -> Json:
    """A pull request in a list."""
    home = world.repositories[it.repository]
    name = world.full_name(home)
    url, page = world.api(f"/repos/{name}/pulls/{it.number}"), world.web(f"/{name}/pull/{it.number}")
    issue = world.api(f"/repos/{name}/issues/{it.number}")
    statuses = world.api(f"/repos/{name}/statuses/{it.head_sha}")
    author = account(world, world.accounts[it.author])
    half = world.issues[it.repository, it.number]
    people = [account(world, world.accounts[who]) for who in half.assignees]
    planned = None if half.milestone is None else world.milestones.get((it.repository, half.milestone))
    links = {
        "self": url,
        "html": page,
        "issue": issue,
        "comments": f"{issue}/comments",
        "review_comments": f"{url}/comments",
        "review_comment": world.api(f"/repos/{name}/pulls/comments{{/number}}"),
        "commits": f"{url}/commits",
        "statuses": statuses,
    }
    return {
        "url": url,
        "id": it.id,
        "node_id": node_id("PullRequest", it.id),
        "html_url": page,
        "diff_url": f"{page}.diff",
        "patch_url": f"{page}.patch",
        "issue_url": issue,
        "commits_url": links["commits"],
        "review_comments_url": links["review_comments"],
        "review_comment_url": links["review_comment"],
        "comments_url": links["comments"],
        "statuses_url": statuses,
        "number": it.number,
        "state": it.state,
        "locked": False,
        "title": it.title,
        "user": author,
        "body": it.body,
        "labels": [label_shape(world, world.labels[one]) for one in half.labels if one in world.labels],
        "milestone": None if planned is None else milestone_shape(world, planned),
        "active_lock_reason": None,
        "created_at": instant(it.created_at),
        "updated_at": instant(it.updated_at),
        "closed_at": instant(it.closed_at),
        "merged_at": instant(it.merged_at),
        "merge_commit_sha": it.merge_sha,
        "assignee": people[0] if people else None,
        "assignees": people,
        "requested_reviewers": [],
        "requested_teams": [],
        "head": _side(world, it.head_repository, it.head_ref, it.head_sha, author),
        "base": _side(world, it.repository, it.base_ref, it.base_sha, None),
        "_links": {key: {"href": address} for key, address in links.items()},
        "author_association": association(world, home, it.author),
        "auto_merge": None,
        "draft": it.draft,
    }


def whole(world: World, it: Pull) -> Json:
    """A pull request when asked for by itself, and in its own events."""
    found = changes(world.objects, pull_base_tree(world, it), world.objects.commits[it.head_sha].tree)
    mergeable, state = _mergeable(world, it)
    merged_by = None if it.merged_by is None else account(world, world.accounts[it.merged_by])
    return {
        **simple(world, it),
        "merged": it.merged_at is not None,
        "mergeable": mergeable,
        "rebaseable": mergeable,
        "mergeable_state": state,
        "merged_by": merged_by,
        "comments": len(world.comments_of(it)),
        "review_comments": 0,
        "maintainer_can_modify": it.from_fork,
        "commits": len(pull_commits(world, it)),
        "additions": sum(change.additions for change in found),
        "deletions": sum(change.deletions for change in found),
        "changed_files": len(found),
    }


def _mergeable(world: World, it: Pull) -> tuple[bool | None, str]:
    if it.state == "closed":
        return None, "unknown"
    onto = world.branch_head(world.repositories[it.repository], it.base_ref) or it.base_sha
    if merge_tree(world, it, onto) is None:
        return False, "dirty"
    return True, "draft" if it.draft else "clean"


def review(world: World, it: Review, *, in_event: bool = False) -> Json:
    """A review. Events write its state in lower case, answers in upper case."""
    home = world.repositories[it.repository]
    name = world.full_name(home)
    page = world.web(f"/{name}/pull/{it.number}#pullrequestreview-{it.id}")
    pull_url = world.api(f"/repos/{name}/pulls/{it.number}")
    when = {"submitted_at": instant(it.submitted_at)} if it.state != "PENDING" else {}
    return {
        "id": it.id,
        "node_id": node_id("PullRequestReview", it.id),
        "user": account(world, world.accounts[it.author]),
        "body": (it.body or None) if in_event else it.body,
        "state": it.state.lower() if in_event else it.state,
        "html_url": page,
        "pull_request_url": pull_url,
        "_links": {"html": {"href": page}, "pull_request": {"href": pull_url}},
        "commit_id": it.commit,
        "author_association": association(world, home, it.author),
        **when,
    }
