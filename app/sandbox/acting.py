"""What whoever looks at the pages can do there in somebody's name: comment, close, reopen, and let a day pass."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Final

from aiohttp import web

from app.sandbox.page import SET_CLOCK, repository_of, world_of
from app.sandbox.people_on_issues import IssueVerbs
from app.sandbox.verbs import MAINTAINER
from app.sandbox.world.issue_records import Issue
from app.sandbox.world.records import Refused, Repository
from app.sandbox.world.state import World

PEOPLE: Final = web.AppKey("people", IssueVerbs)

_MORNING = time(9)  # UTC: the working day of a policy that names no other hours begins


def add_acting(app: web.Application, people: IssueVerbs, set_clock: Callable[[datetime], None] | None) -> None:
    """Let the pages take what people do there; without `set_clock`, time passes by itself only."""
    app[PEOPLE] = people
    app.router.add_post("/{owner}/{repo}/{kind:issues|pull}/{number:[0-9]+}", act)
    if set_clock is not None:
        app[SET_CLOCK] = set_clock
        app.router.add_post("/clock", let_a_day_pass)


def people_of(world: World, repository: Repository) -> list[str]:
    """The logins in whose name something can be done in a repository: whoever has a role there, by login.

    The maintainer whom every repository of the sandbox has is among them only where nobody else has a role.
    """
    accounts = (world.accounts[who] for who in repository.roles)
    logins = sorted(account.login for account in accounts if account.kind == "User")
    return [login for login in logins if login != MAINTAINER] or logins


async def act(request: web.Request) -> web.Response:
    """Comment on an issue or pull request, and close or reopen an issue, as one of its repository's people."""
    world, repository = world_of(request), repository_of(request)
    form = await request.post()
    who, words, then = (str(form.get(name, "")) for name in ("who", "words", "then"))
    if who not in people_of(world, repository):
        raise web.HTTPBadRequest(text="Nobody of that name works in this repository.")
    if not words.strip() and not then:
        raise web.HTTPBadRequest(text="There was nothing to say. Go back, and write something into the field.")
    try:
        _do(request.app[PEOPLE], world.issue(repository, int(request.match_info["number"])), who, words, then)
    except Refused as refused:
        raise web.HTTPBadRequest(text=f"That cannot be done: {refused.message}.") from None
    raise web.HTTPSeeOther(request.path)


def _do(people: IssueVerbs, issue: Issue, who: str, words: str, then: str) -> None:
    if words.strip():
        people.comment(issue, words, author=who)
    if then == "close":
        people.close_issue(issue, by=who)
    elif then == "reopen":
        people.reopen_issue(issue, by=who)


async def let_a_day_pass(request: web.Request) -> web.Response:
    """Put the clock forward to nine o'clock in the morning of the next day, in UTC."""
    tomorrow = world_of(request).now() + timedelta(days=1)
    request.app[SET_CLOCK](datetime.combine(tomorrow.date(), _MORNING, tomorrow.tzinfo))
    form = await request.post()
    back = str(form.get("back", ""))
    raise web.HTTPSeeOther(back if back.startswith("/ui") else "/ui")
