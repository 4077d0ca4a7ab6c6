r"""The sandbox as people use it: start it, and do by name what a person would do on GitHub.

async with Sandbox() as github:
    github.create_repository("acme/postmortems", files={"README.md": "# Postmortems\n"})
    github.install("acme")
    github.deliver_to("http://127.0.0.1:8080/webhook")
    pull = github.open_pull("acme/postmortems", "inc-42", files={"postmortems/42.md": text}, author="ana")
    github.merge(pull)
    await github.delivered()
    for issue in github.issues("acme/postmortems"):
        print(issue.title, github.assignees(issue), github.due(issue))
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from types import TracebackType
from typing import Self

from aiohttp import web

from app.sandbox.api.exchange import Exchange
from app.sandbox.api.front import LARGEST_BODY, Front
from app.sandbox.faults import Faults
from app.sandbox.keys import key_pair
from app.sandbox.pages import pages
from app.sandbox.people import People
from app.sandbox.shapes import events
from app.sandbox.webhooks import HOOK_ID, Courier, Delivery
from app.sandbox.world import checking, installing
from app.sandbox.world.records import Account, Event, GithubApp, Installation, Output
from app.sandbox.world.state import Clock, World, system_clock

PERMISSIONS = {
    "checks": "write",
    "contents": "read",
    "issues": "write",
    "merge_queues": "read",
    "metadata": "read",
    "pull_requests": "write",
}
EVENTS = (
    "check_run",
    "check_suite",
    "issue_comment",
    "issues",
    "label",
    "merge_group",
    "milestone",
    "pull_request",
    "pull_request_review",
    "push",
    "repository",
    "sub_issues",
)
# What the follow-up of merged postmortems needs beyond that.
# These reach every App without being subscribed to; the check events come with `checks: write`.
ALWAYS_SENT = frozenset(
    {"installation", "installation_repositories", "installation_target", "ping", "check_run", "check_suite"}
)
# Sent to the App that owns the run or suite, and to no other.
OWNER_ONLY = frozenset({("check_run", "rerequested"), ("check_suite", "requested"), ("check_suite", "rerequested")})


class Sandbox(People):
    """A GitHub on 127.0.0.1 with one App that is ready to be installed.

    Attributes:
        world: its state.
        url: base of the API, also what `CLOSEOUT_API_URL` wants; known once started.
        web_url: base of the pages, what `CLOSEOUT_GITHUB_URL` wants.
        app_id: of the App; its `private_key` (PEM) and `webhook_secret` stand beside.
        faults: what shall go wrong.
    """

    def __init__(
        self,
        *,
        clock: Clock = system_clock,
        set_clock: Callable[[datetime], None] | None = None,
        base_path: str = "",
        slug: str = "closeout",
        owner: str = "acme",
        permissions: Mapping[str, str] | None = None,
        subscribed: Iterable[str] = EVENTS,
        webhook_secret: str = "It's a Secret to Everybody",  # noqa: S107 - of a GitHub that only exists here
        port: int = 0,
    ) -> None:
        self.private_key, public_key = key_pair()
        self.webhook_secret = webhook_secret
        self.faults = Faults()
        self._base, self._port, self._set_clock = base_path, port, set_clock
        self._app = (slug, owner, public_key, permissions or PERMISSIONS, tuple(subscribed))
        super().__init__(World(clock))
        self._front = Front(self.world, self.publish, base_path, self.faults)
        self.app = self._register()
        self.courier = Courier(self.world, self.app.id, webhook_secret)
        self._runner: web.AppRunner | None = None

    def _register(self) -> GithubApp:
        slug, owner, public_key, permissions, subscribed = self._app
        return installing.register_app(self.world, slug, owner, public_key, permissions, subscribed)

    @property
    def app_id(self) -> int:
        """The App's id."""
        return self.app.id

    @property
    def url(self) -> str:
        """Base address of the API, without a slash at the end."""
        return self.world.api_url

    @property
    def web_url(self) -> str:
        """Base address of the pages, without a slash at the end."""
        return self.world.web_url

    async def __aenter__(self) -> Self:
        server = web.Application(client_max_size=LARGEST_BODY)
        server.add_subapp("/ui", pages(self, self._set_clock))
        server.router.add_route("*", self._base + "/{path:.*}", self._front.answer)
        self._runner = web.AppRunner(server, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.world.api_url = f"http://{host}:{port}{self._base}"
        self.world.web_url = f"http://{host}:{port}/ui"
        self.courier.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.courier.stop()
        if self._runner is not None:
            await self._runner.cleanup()

    def publish(self, happened: Iterable[Event]) -> None:
        """Send events to the App where it is installed and listens; lists may learn of them later."""
        happened = tuple(happened)
        if happened:
            self.faults.note_change()
        for event in happened:
            for installation in self._audience(event):
                self.courier.send(event.name, events.payload(self.world, event, installation))

    def _audience(self, event: Event) -> list[Installation]:
        if isinstance(event.subject, Installation):
            found: Installation | None = event.subject
        else:
            repository = self.world.repositories.get(event.repository or 0)
            found = self.world.installation_on(self.app.id, repository) if repository else None
        if found is None or found.app != self.app.id or (found.suspended_at and event.name != "installation"):
            return []
        if event.name not in ALWAYS_SENT and event.name not in found.events:
            return []
        owner = getattr(event.subject, "app", self.app.id)
        if (event.name, event.action) in OWNER_ONLY and owner != self.app.id:
            return []
        return [found]

    # What the App is told, and what it asks.

    def deliver_to(self, url: str) -> None:
        """Send webhooks to this address from now on, beginning with a ping."""
        self.courier.url = self.world.hook_url = url
        self.courier.send("ping", events.ping(self.world, self.app.id, HOOK_ID, url))

    @property
    def deliveries(self) -> list[Delivery]:
        """Every webhook that was sent, oldest first, with what was answered."""
        return self.courier.deliveries

    async def delivered(self) -> None:
        """Wait until all webhooks that are in line have been answered."""
        await self.courier.delivered()

    async def redeliver(self, delivery: Delivery) -> None:
        """Send a webhook again under its old GUID, and wait for the answer."""
        self.courier.redeliver(delivery)
        await self.courier.delivered()

    @property
    def requests(self) -> list[Exchange]:
        """Every request that the API received, oldest first, with its answer."""
        return self._front.exchanges

    def on_exchange(self, watch: Callable[[Exchange], None]) -> None:
        """Call this with each request and its answer, just before the answer leaves."""
        self._front.watchers.append(watch)

    def on_webhook(self, watch: Callable[[Delivery], None]) -> None:
        """Call this with each webhook as it is made."""
        self.courier.watchers.append(watch)

    def expire_tokens(self) -> None:
        """Make every token that was minted so far useless, as the hour does."""
        past = self.world.now() - timedelta(seconds=1)
        for value, token in list(self.world.tokens.items()):
            self.world.tokens[value] = replace(token, expires_at=past)

    # Other Apps.

    def report_check(self, repository: str, sha: str, name: str, conclusion: str = "success") -> int:
        """A check run of another App on a commit, as continuous integration leaves them; its id."""
        other = self._other_app()
        wish = checking.CheckRequest(name, conclusion=conclusion, output=Output(name, f"{name}: {conclusion}"))
        run, happened = checking.create_run(self.world, other, self.world.repository(repository), sha, wish)
        self.publish(happened)
        return run.id

    def _other_app(self) -> GithubApp:
        found = next((app for app in self.world.apps.values() if app.slug == "continuous-integration"), None)
        if found is not None:
            return found
        _, owner, public_key, _, _ = self._app
        permissions = {"checks": "write"}
        return installing.register_app(self.world, "continuous-integration", owner, public_key, permissions, ())

    def person(self, login: str, *, name: str | None = None, email: str | None = None) -> Account:
        """An account, with the name and the e-mail address under which its commits are known."""
        account = self.world.account(login)
        known = replace(account, name=name or account.name, email=email or account.email)
        self.world.accounts[account.id] = known
        return known
