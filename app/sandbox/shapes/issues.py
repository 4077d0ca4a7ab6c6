"""Issues, comments, labels, milestones, reactions and lines of history as JSON."""

from collections import Counter
from typing import get_args

from app.sandbox.shapes import Json, instant, node_id
from app.sandbox.shapes.accounts import account, association
from app.sandbox.shapes.accounts import app as app_shape
from app.sandbox.world.commenting import reactions_to
from app.sandbox.world.issue_records import Comment, Issue, IssueEvent, Label, Milestone, Reacted, Reaction
from app.sandbox.world.nesting import sub_issues_of
from app.sandbox.world.records import Pull
from app.sandbox.world.state import World


def label(world: World, it: Label) -> Json:
    """A label."""
    name = world.full_name(world.repositories[it.repository])
    return {
        "id": it.id,
        "node_id": node_id("Label", it.id),
        "url": world.api(f"/repos/{name}/labels/{it.name}"),
        "name": it.name,
        "color": it.color,
        "default": False,
        "description": it.description,
        "archived_at": None,
        "archived_by": None,
    }


def milestone(world: World, it: Milestone) -> Json:
    """A milestone with how many of its issues (and pull requests) are open and closed."""
    name = world.full_name(world.repositories[it.repository])
    url = world.api(f"/repos/{name}/milestones/{it.number}")
    place = (it.repository, it.number)
    states = Counter(issue.state for issue in world.issues.values() if (issue.repository, issue.milestone) == place)
    return {
        "url": url,
        "html_url": world.web(f"/{name}/milestone/{it.number}"),
        "labels_url": f"{url}/labels",
        "id": it.id,
        "node_id": node_id("Milestone", it.id),
        "number": it.number,
        "title": it.title,
        "description": it.description,
        "creator": account(world, world.accounts[it.creator]),
        "open_issues": states["open"],
        "closed_issues": states["closed"],
        "state": it.state,
        "created_at": instant(it.created_at),
        "updated_at": instant(it.updated_at),
        "due_on": instant(it.due_on),
        "closed_at": instant(it.closed_at),
    }


def issue(world: World, it: Issue, *, in_event: bool = False) -> Json:
    """An issue, or a pull request as an issue. Webhooks leave out who closed it and what it is a part of."""
    home = world.repositories[it.repository]
    name = world.full_name(home)
    url = world.api(f"/repos/{name}/issues/{it.number}")
    people = [account(world, world.accounts[who]) for who in it.assignees]
    planned = None if it.milestone is None else world.milestones.get((it.repository, it.milestone))
    shape = {
        "url": url,
        "repository_url": world.api(f"/repos/{name}"),
        "labels_url": f"{url}/labels{{/name}}",
        "comments_url": f"{url}/comments",
        "events_url": f"{url}/events",
        "timeline_url": f"{url}/timeline",
        "html_url": page_of(world, it),
        "id": it.id,
        "node_id": node_id("PullRequest" if it.is_pull else "Issue", it.id),
        "number": it.number,
        "title": it.title,
        "user": account(world, world.accounts[it.author]),
        "labels": [label(world, world.labels[one]) for one in it.labels if one in world.labels],
        "state": it.state,
        "locked": False,
        "assignee": people[0] if people else None,
        "assignees": people,
        "milestone": None if planned is None else milestone(world, planned),
        "comments": len(world.comments_of(it)),
        "created_at": instant(it.created_at),
        "updated_at": instant(it.updated_at),
        "closed_at": instant(it.closed_at),
        "author_association": association(world, home, it.author),
        "active_lock_reason": None,
        "body": it.body,
        "reactions": rollup(world, url, "issue", it.id),
        "performed_via_github_app": through(world, it.app, in_event=in_event),
        "state_reason": it.state_reason,
    }
    shape |= _pull_half(world, it) if it.is_pull else _relations(world, it)
    return shape if in_event else {**shape, **_closed_by(world, it), **_parent(world, it)}


def page_of(world: World, it: Issue) -> str:
    """The address of its page."""
    name = world.full_name(world.repositories[it.repository])
    return world.web(f"/{name}/{'pull' if it.is_pull else 'issues'}/{it.number}")


def _pull_half(world: World, it: Issue) -> Json:
    pull = world.pulls[it.repository, it.number]
    name, page = world.full_name(world.repositories[it.repository]), page_of(world, it)
    links = {
        "url": world.api(f"/repos/{name}/pulls/{it.number}"),
        "html_url": page,
        "diff_url": f"{page}.diff",
        "patch_url": f"{page}.patch",
        "merged_at": instant(pull.merged_at),
    }
    return {"draft": pull.draft, "pull_request": links}


def _relations(world: World, it: Issue) -> Json:
    nothing = {"blocked_by": 0, "blocking": 0, "total_blocked_by": 0, "total_blocking": 0}
    shape: Json = {"type": None, "issue_dependencies_summary": nothing}
    if world.features.sub_issues:
        parts = sub_issues_of(world, it) if it.sub_issues else []
        done = sum(part.state == "closed" for part in parts)
        percent = 100 * done // len(parts) if parts else 0
        shape["sub_issues_summary"] = {"total": len(parts), "completed": done, "percent_completed": percent}
    return shape


def _closed_by(world: World, it: Issue) -> Json:
    return {"closed_by": None if it.closed_by is None else account(world, world.accounts[it.closed_by])}


def _parent(world: World, it: Issue) -> Json:
    above = world.parent_of(it) if world.features.sub_issues else None
    if above is None:
        return {}
    name = world.full_name(world.repositories[above.repository])
    return {"parent_issue_url": world.api(f"/repos/{name}/issues/{above.number}")}


def through(world: World, app: int | None, *, in_event: bool = False) -> Json | None:
    """`performed_via_github_app`; an issue in a webhook shows it without the client id."""
    if app is None or not world.features.names_apps:
        return None
    shape = app_shape(world, world.apps[app])
    if in_event:
        del shape["client_id"]
    return shape


def rollup(world: World, url: str, on: str, target: int) -> Json:
    """How often each reaction was given."""
    given = Counter(it.content for it in reactions_to(world, "issue" if on == "issue" else "comment", target))
    counts = {content: given[content] for content in get_args(Reacted)}
    return {"url": f"{url}/reactions", "total_count": given.total(), **counts}


def comment(world: World, it: Comment) -> Json:
    """A comment."""
    home = world.repositories[it.repository]
    name = world.full_name(home)
    url = world.api(f"/repos/{name}/issues/comments/{it.id}")
    on = world.issues[it.repository, it.number]
    return {
        "url": url,
        "html_url": f"{page_of(world, on)}#issuecomment-{it.id}",
        "issue_url": world.api(f"/repos/{name}/issues/{it.number}"),
        "id": it.id,
        "node_id": node_id("IssueComment", it.id),
        "user": account(world, world.accounts[it.author]),
        "created_at": instant(it.created_at),
        "updated_at": instant(it.updated_at),
        "author_association": association(world, home, it.author),
        "body": it.body,
        "reactions": rollup(world, url, "comment", it.id),
        "performed_via_github_app": through(world, it.app),
    }


def reaction(world: World, it: Reaction) -> Json:
    """A reaction."""
    return {
        "id": it.id,
        "node_id": node_id("Reaction", it.id),
        "user": account(world, world.accounts[it.author]),
        "content": it.content,
        "created_at": instant(it.created_at),
    }


def history(world: World, it: IssueEvent, *, with_issue: bool = False, in_timeline: bool = False) -> Json:
    """A line of history; lists of a whole repository name the issue with each."""
    name = world.full_name(world.repositories[it.repository])
    who = account(world, world.accounts[it.actor])
    shape: Json = {
        "id": it.id,
        "node_id": node_id("IssueEvent", it.id),
        "url": world.api(f"/repos/{name}/issues/events/{it.id}"),
        "actor": who,
        "event": it.event,
        "commit_id": it.commit,
        "commit_url": None if it.commit is None else world.api(f"/repos/{name}/commits/{it.commit}"),
        "created_at": instant(it.created_at),
        "performed_via_github_app": through(world, it.app),
        **_details(world, it),
    }
    if it.assignee is not None and not in_timeline:
        shape["assigner"] = who
    if in_timeline and it.event == "closed":
        shape["state_reason"] = it.reason
    if with_issue:
        shape["issue"] = issue(world, world.issues[it.repository, it.number])
    return shape


def _details(world: World, it: IssueEvent) -> Json:
    shape: Json = {}
    if it.label is not None:
        shape["label"] = {"name": it.label[0], "color": it.label[1]}
    if it.milestone is not None:
        shape["milestone"] = {"title": it.milestone}
    if it.assignee is not None:
        shape["assignee"] = account(world, world.accounts[it.assignee])
    if it.rename is not None:
        shape["rename"] = {"from": it.rename[0], "to": it.rename[1]}
    return shape


def commented(world: World, it: Comment) -> Json:
    """A comment in a timeline."""
    shape = comment(world, it)
    return {"event": "commented", "actor": shape["user"], **shape}


def cross_reference(world: World, pull: Pull) -> Json:
    """A pull request that names an issue, in the issue's timeline."""
    return {
        "event": "cross-referenced",
        "actor": account(world, world.accounts[pull.author]),
        "created_at": instant(pull.created_at),
        "updated_at": instant(pull.created_at),
        "source": {"type": "issue", "issue": issue(world, world.issues[pull.repository, pull.number])},
    }
