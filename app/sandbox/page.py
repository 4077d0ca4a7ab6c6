"""What every page needs: the world, the repository its address names, and a template."""

from typing import Any

import aiohttp_jinja2
from aiohttp import web

from app.sandbox.world.records import Refused, Repository
from app.sandbox.world.state import World

WORLD = web.AppKey("world", World)


def world_of(request: web.Request) -> World:
    """The world that the pages show."""
    return request.app[WORLD]


def repository_of(request: web.Request) -> Repository:
    """The repository that the address names; a 404 if there is none."""
    try:
        return world_of(request).repository(f"{request.match_info['owner']}/{request.match_info['repo']}")
    except Refused:
        raise web.HTTPNotFound(text="This sandbox has no such repository.") from None


def render_page(request: web.Request, template: str, **context: Any) -> web.Response:
    """The page, made from a template that knows the base address as `web`."""
    return aiohttp_jinja2.render_template(template, request, {"web": world_of(request).web_url, **context})
