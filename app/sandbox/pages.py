"""The pages of the sandbox: what a person would see on GitHub."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import aiohttp_jinja2
from aiohttp import web
from markupsafe import escape

from app.sandbox.acting import add_acting, people_of
from app.sandbox.issue_pages import add_issue_pages
from app.sandbox.page import WORLD, render_page, repository_of, world_of
from app.sandbox.people_on_issues import IssueVerbs
from app.sandbox.story import LOADER
from app.sandbox.views import initials, view_check, view_checks, view_commit, view_file, view_pull
from app.sandbox.world.checking import latest
from app.sandbox.world.history import changes
from app.sandbox.world.records import Repository
from app.sandbox.world.state import World

HUES = 360


def pages(people: IssueVerbs, set_clock: Callable[[datetime], None] | None = None) -> web.Application:
    """The application that serves them; to be mounted under `/ui`. With `set_clock`, a visitor can let a day pass."""
    app = web.Application()
    app[WORLD] = people.world
    aiohttp_jinja2.setup(app, loader=LOADER, trim_blocks=True, lstrip_blocks=True)
    app.router.add_get("", show_home)
    app.router.add_get("/", show_home)
    app.router.add_get("/avatars/{id:[0-9]+}", show_avatar)
    app.router.add_get("/{owner}/{repo}", show_pulls)
    app.router.add_get("/{owner}/{repo}/pulls", show_pulls)
    app.router.add_get("/{owner}/{repo}/pull/{number:[0-9]+}", show_pull)
    app.router.add_get("/{owner}/{repo}/runs/{id:[0-9]+}", show_run)
    app.router.add_get("/{owner}/{repo}/commit/{sha}", show_commit)
    app.router.add_get("/{owner}/{repo}/blob/{sha}/{path:.+}", show_file)
    add_issue_pages(app)
    add_acting(app, people, set_clock)
    return app


async def show_home(request: web.Request) -> web.Response:
    """All repositories with their pull requests."""
    world = world_of(request)
    rows = [(world.full_name(it), _rows(world, it)) for it in world.repositories.values() if it.parent is None]
    return render_page(request, "home.html", repositories=rows)


def _rows(world: World, repository: Repository) -> list[tuple[Any, Any]]:
    """Each pull request with its checks, newest first."""
    return [
        (view_pull(world, pull), view_checks(world, latest(world.runs_of(repository, pull.head_sha))))
        for pull in world.pulls_of(repository)
    ]


async def show_pulls(request: web.Request) -> web.Response:
    """The pull requests of a repository."""
    repository, world = repository_of(request), world_of(request)
    return render_page(request, "home.html", repositories=[(world.full_name(repository), _rows(world, repository))])


async def show_pull(request: web.Request) -> web.Response:
    """One pull request: its timeline, its checks, and the documents with their annotations."""
    repository, world = repository_of(request), world_of(request)
    pull = world.pulls.get((repository.id, int(request.match_info["number"])))
    if pull is None:
        raise web.HTTPNotFound(text="This repository has no such pull request.")
    return render_page(request, "pull.html", pull=view_pull(world, pull), people=people_of(world, repository))


async def show_run(request: web.Request) -> web.Response:
    """One check run: what it says, and its annotations."""
    repository, world = repository_of(request), world_of(request)
    run = world.runs.get(int(request.match_info["id"]))
    if run is None or run.repository != repository.id:
        raise web.HTTPNotFound(text="This repository has no such check run.")
    name = world.full_name(repository)
    return render_page(request, "run.html", check=view_check(world, run), repository=name, sha=run.sha)


async def show_commit(request: web.Request) -> web.Response:
    """One commit and what it changed."""
    repository, world = repository_of(request), world_of(request)
    commit = world.commit_at(repository, request.match_info["sha"])
    if commit is None:
        raise web.HTTPNotFound(text="This repository has no such commit.")
    before = world.objects.commits[commit.parents[0]].tree if commit.parents else None
    found = changes(world.objects, before, commit.tree)
    view = view_commit(world, commit)
    return render_page(request, "commit.html", commit=view, changes=found, repository=world.full_name(repository))


async def show_file(request: web.Request) -> web.Response:
    """One file at a commit, with what its checks remarked."""
    repository, world = repository_of(request), world_of(request)
    commit = world.commit_at(repository, request.match_info["sha"])
    document = view_file(world, repository, commit, request.match_info["path"]) if commit else None
    if commit is None or document is None:
        raise web.HTTPNotFound(text="This repository has no such file at that commit.")
    return render_page(request, "file.html", document=document, repository=world.full_name(repository), sha=commit.sha)


async def show_avatar(request: web.Request) -> web.Response:
    """A picture for an account: its initials on a colour of its own."""
    account = world_of(request).accounts.get(int(request.match_info["id"]))
    if account is None:
        raise web.HTTPNotFound(text="Nobody has this picture.")
    picture = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40" font-family="sans-serif">'
        f'<circle cx="20" cy="20" r="20" fill="hsl({account.id * 47 % HUES} 55% 45%)"/>'
        f'<text x="20" y="26" font-size="16" text-anchor="middle" fill="#fff">{escape(initials(account))}</text></svg>'
    )
    return web.Response(text=picture, content_type="image/svg+xml")
