"""Repositories as JSON, in the three sizes GitHub uses."""

from app.sandbox.shapes import Json, instant, node_id
from app.sandbox.shapes.accounts import account
from app.sandbox.world.records import Repository
from app.sandbox.world.state import World

SIMPLE_PATHS = {
    "url": "",
    "archive_url": "/{archive_format}{/ref}",
    "assignees_url": "/assignees{/user}",
    "blobs_url": "/git/blobs{/sha}",
    "branches_url": "/branches{/branch}",
    "collaborators_url": "/collaborators{/collaborator}",
    "comments_url": "/comments{/number}",
    "commits_url": "/commits{/sha}",
    "compare_url": "/compare/{base}...{head}",
    "contents_url": "/contents/{+path}",
    "contributors_url": "/contributors",
    "deployments_url": "/deployments",
    "downloads_url": "/downloads",
    "events_url": "/events",
    "forks_url": "/forks",
    "git_commits_url": "/git/commits{/sha}",
    "git_refs_url": "/git/refs{/sha}",
    "git_tags_url": "/git/tags{/sha}",
    "hooks_url": "/hooks",
    "issue_comment_url": "/issues/comments{/number}",
    "issue_events_url": "/issues/events{/number}",
    "issues_url": "/issues{/number}",
    "keys_url": "/keys{/key_id}",
    "labels_url": "/labels{/name}",
    "languages_url": "/languages",
    "merges_url": "/merges",
    "milestones_url": "/milestones{/number}",
    "notifications_url": "/notifications{?since,all,participating}",
    "pulls_url": "/pulls{/number}",
    "releases_url": "/releases{/id}",
    "stargazers_url": "/stargazers",
    "statuses_url": "/statuses/{sha}",
    "subscribers_url": "/subscribers",
    "subscription_url": "/subscription",
    "tags_url": "/tags",
    "teams_url": "/teams",
    "trees_url": "/git/trees{/sha}",
}


def minimal(world: World, it: Repository) -> Json:
    """What installation events list."""
    return {
        "id": it.id,
        "node_id": node_id("Repository", it.id),
        "name": it.name,
        "full_name": world.full_name(it),
        "private": it.private,
    }


def simple(world: World, it: Repository) -> Json:
    """Identity and addresses only."""
    path = f"/repos/{world.full_name(it)}"
    return {
        **minimal(world, it),
        "owner": account(world, world.accounts[it.owner]),
        "html_url": world.web(f"/{world.full_name(it)}"),
        "description": None,
        "fork": it.parent is not None,
        **{key: world.api(path + suffix) for key, suffix in SIMPLE_PATHS.items()},
    }


def repository(world: World, it: Repository) -> Json:
    """A repository in a list, inside a pull request, and in webhooks."""
    page = world.web(f"/{world.full_name(it)}")
    is_open = sum(issue.state == "open" for issue in world.issues.values() if issue.repository == it.id)
    forks = sum(other.parent == it.id for other in world.repositories.values())
    return {
        **simple(world, it),
        "git_url": f"{page}.git",
        "ssh_url": f"git@github.com:{world.full_name(it)}.git",
        "clone_url": f"{page}.git",
        "svn_url": page,
        "mirror_url": None,
        "homepage": None,
        "language": None,
        "license": None,
        "size": len(world.known[it.id]),
        "forks_count": forks,
        "forks": forks,
        "stargazers_count": 0,
        "watchers_count": 0,
        "watchers": 0,
        "open_issues_count": is_open,
        "open_issues": is_open,
        "default_branch": it.default_branch,
        "is_template": False,
        "topics": [],
        "has_issues": it.has_issues,
        "has_projects": True,
        "has_wiki": True,
        "has_pages": False,
        "has_downloads": True,
        "has_discussions": False,
        "archived": it.archived,
        "disabled": False,
        "visibility": "private" if it.private else "public",
        "allow_forking": True,
        "web_commit_signoff_required": False,
        "pushed_at": instant(it.pushed_at),
        "created_at": instant(it.created_at),
        "updated_at": instant(it.updated_at),
    }


def full(world: World, it: Repository) -> Json:
    """A repository when asked for by itself."""
    parent = world.repositories.get(it.parent or 0)
    shape = {
        **repository(world, it),
        "permissions": {"admin": False, "maintain": False, "push": False, "triage": False, "pull": False},
        "allow_rebase_merge": True,
        "allow_squash_merge": True,
        "allow_merge_commit": True,
        "allow_auto_merge": False,
        "allow_update_branch": False,
        "delete_branch_on_merge": False,
        "subscribers_count": 0,
        "network_count": 0,
        "custom_properties": {},
    }
    if world.accounts[it.owner].kind == "Organization":
        shape["organization"] = account(world, world.accounts[it.owner])
    if parent is not None:
        shape["parent"] = repository(world, parent)
        shape["source"] = repository(world, parent)
    return shape


def in_event(world: World, it: Repository) -> Json:
    """A repository in a webhook."""
    return {**repository(world, it), "custom_properties": {}}
