"""What every page needs: the world, the repository its address names, and a template."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

import aiohttp_jinja2
from aiohttp import web

from app.sandbox.world.records import Refused, Repository
from app.sandbox.world.state import World

WORLD = web.AppKey("world", World)
SET_CLOCK: Final[web.AppKey[Callable[[datetime], None]]] = web.AppKey("set_clock")


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
    """The page, made from a template that knows the base address as `web`, its own as `here`, and what time it is."""
    world = world_of(request)
    known = {"web": world.web_url, "here": request.path, "moment": world.now(), "can_wait": SET_CLOCK in request.app}
    return aiohttp_jinja2.render_template(template, request, {**known, **context})
