"""The pages of issues and milestones."""

from aiohttp import web

from app.sandbox.acting import people_of
from app.sandbox.issue_views import view_issue, view_issues, view_milestone
from app.sandbox.page import render_page, repository_of, world_of
from app.sandbox.world.records import Refused


def add_issue_pages(app: web.Application) -> None:
    """Give the application these pages, too."""
    app.router.add_get("/{owner}/{repo}/issues", show_issues)
    app.router.add_get("/{owner}/{repo}/issues/{number:[0-9]+}", show_issue)
    app.router.add_get("/{owner}/{repo}/milestones", show_milestones)
    app.router.add_get("/{owner}/{repo}/milestone/{number:[0-9]+}", show_milestone)


async def show_issues(request: web.Request) -> web.Response:
    """The issues of a repository."""
    repository, world = repository_of(request), world_of(request)
    rows = view_issues(world, repository)
    return render_page(request, "issues.html", issues=rows, repository=world.full_name(repository))


async def show_issue(request: web.Request) -> web.Response:
    """One issue: what it says, what was said and done, and what is part of it."""
    repository, world = repository_of(request), world_of(request)
    try:
        issue = world.issue(repository, int(request.match_info["number"]))
    except Refused as refused:
        raise web.HTTPNotFound(text=f"This repository has no such issue ({refused.message}).") from None
    if issue.is_pull:
        raise web.HTTPFound(f"{world.web_url}/{world.full_name(repository)}/pull/{issue.number}")
    return render_page(request, "issue.html", issue=view_issue(world, issue), people=people_of(world, repository))


async def show_milestones(request: web.Request) -> web.Response:
    """The milestones of a repository, open ones first, the next to be due first."""
    repository, world = repository_of(request), world_of(request)
    found = [view_milestone(world, it) for it in world.milestones_of(repository)]
    found.sort(key=lambda it: (it.state == "closed", it.due is None, it.due, it.number))
    return render_page(request, "milestones.html", milestones=found, repository=world.full_name(repository))


async def show_milestone(request: web.Request) -> web.Response:
    """One milestone with its issues."""
    repository, world = repository_of(request), world_of(request)
    try:
        milestone = world.milestone(repository, int(request.match_info["number"]))
    except Refused:
        raise web.HTTPNotFound(text="This repository has no such milestone.") from None
    view = view_milestone(world, milestone)
    return render_page(request, "milestones.html", milestones=[view], repository=world.full_name(repository))
