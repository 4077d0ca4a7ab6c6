import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiohttp import web

from app.sandbox.driver import Sandbox
from app.sandbox.webhooks import sign
from tests.github_schema import SchemaGuard
from tests.sandbox.caller import REPOSITORY, Caller


@dataclass(slots=True)
class Inbox:
    """A receiver of webhooks over real HTTP."""

    url: str = ""
    status: int = 202
    received: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        self.received.append((dict(request.headers), await request.read()))
        return web.Response(status=self.status)

    @property
    def events(self) -> list[str]:
        return [headers["X-GitHub-Event"] for headers, _ in self.received]


@pytest.fixture
async def inbox() -> AsyncIterator[Inbox]:
    inbox, server = Inbox(), web.Application(client_max_size=2**25)
    server.router.add_post("/webhook", inbox.take)
    runner = web.AppRunner(server)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    inbox.url = f"http://127.0.0.1:{runner.addresses[0][1]}/webhook"
    yield inbox
    await runner.cleanup()


def test_signatures_agree_with_githubs_own_example() -> None:
    expected = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
    assert sign("It's a Secret to Everybody", b"Hello, World!") == expected


async def test_a_webhook_arrives_signed_and_with_githubs_headers(home: Sandbox, inbox: Inbox) -> None:
    home.deliver_to(inbox.url)
    home.open_pull(REPOSITORY, "inc", files={"a.md": "ä\n"})
    await home.delivered()
    assert inbox.events == ["ping", "push", "check_suite", "pull_request"]
    headers, body = inbox.received[-1]
    assert headers["X-Hub-Signature-256"] == sign(home.webhook_secret, body)
    assert headers["X-Hub-Signature"] == sign(home.webhook_secret, body, "sha1")
    assert headers["X-GitHub-Hook-Installation-Target-ID"] == str(home.app_id)
    assert headers["X-GitHub-Delivery"] == home.deliveries[-1].guid
    assert json.loads(body) == home.deliveries[-1].payload


async def test_our_own_writes_come_back_from_the_bot(home: Sandbox, call: Caller, inbox: Inbox) -> None:
    sha = home.head(REPOSITORY)
    body = {"name": "x", "head_sha": sha, "conclusion": "success"}
    await call("POST", f"/repos/{REPOSITORY}/check-runs", body)
    sender = home.deliveries[-1].payload["sender"]
    assert (sender["login"], sender["type"]) == ("closeout[bot]", "Bot")


async def test_a_redelivery_keeps_its_guid(home: Sandbox, inbox: Inbox) -> None:
    home.deliver_to(inbox.url)
    home.commit(REPOSITORY, "main", {"a.md": "a"})
    await home.delivered()
    original = home.deliveries[-1]
    await home.redeliver(original)
    assert [headers["X-GitHub-Delivery"] for headers, _ in inbox.received].count(original.guid) == 2
    assert home.deliveries[-1].redelivery
    assert home.deliveries[-1].id != original.id


async def test_webhooks_can_be_held_back_doubled_and_turned_round(home: Sandbox, inbox: Inbox) -> None:
    home.deliver_to(inbox.url)
    await home.delivered()
    home.courier.hold()
    home.open_pull(REPOSITORY, "inc", files={"a.md": "a\n"})
    await home.delivered()
    assert inbox.events == ["ping"]
    home.courier.release(lambda held: [*reversed(held), held[0]])
    await home.delivered()
    assert inbox.events == ["ping", "pull_request", "check_suite", "push", "push"]


async def test_a_failed_delivery_is_noted_and_not_repeated(home: Sandbox, inbox: Inbox) -> None:
    inbox.status = 500
    home.deliver_to(inbox.url)
    await home.delivered()
    assert [delivery.status for delivery in home.deliveries if delivery.event == "ping"] == [500]
    home.courier.url = "http://127.0.0.1:9/nobody"
    home.commit(REPOSITORY, "main", {"a.md": "a"})
    await home.delivered()
    assert home.deliveries[-1].status is None


async def test_only_where_the_app_is_installed_and_listens(schema_guard: SchemaGuard) -> None:
    async with Sandbox(subscribed=("push",)) as github:
        schema_guard.watch(github)
        github.create_repository(REPOSITORY)
        github.create_repository("acme/other")
        github.install("acme", [REPOSITORY])
        github.commit("acme/other", "main", {"a.md": "a"})
        github.open_pull(REPOSITORY, "inc", files={"a.md": "a"})
        assert [(it.event, it.action) for it in github.deliveries] == [
            ("installation", "created"),
            ("push", None),
            ("check_suite", "requested"),
        ]


async def test_every_event_of_a_pull_requests_life_follows_githubs_schema(home: Sandbox) -> None:
    pull = home.open_pull(REPOSITORY, "inc", files={"a.md": "a\n"}, draft=True, author="ana")
    home.mark_ready(pull)
    home.convert_to_draft(pull)
    home.mark_ready(pull)
    home.edit(pull, title="Better", body="Text")
    home.dismiss_review(home.review(pull, "bo", "CHANGES_REQUESTED", "No"))
    home.close(pull)
    home.reopen(pull)
    home.commit(REPOSITORY, "inc", {"a.md": None, "b.md": "b\n"})
    home.merge(pull)
    home.delete_branch(REPOSITORY, "inc")
    home.rename(REPOSITORY, "incidents")
    home.archive("acme/incidents")
    installation = next(iter(home.world.installations.values()))
    home.suspend(installation)
    home.unsuspend(installation)
    actions = [delivery.action for delivery in home.deliveries if delivery.event == "pull_request"]
    assert actions == [
        "opened",
        "ready_for_review",
        "converted_to_draft",
        "ready_for_review",
        "edited",
        "closed",
        "reopened",
        "synchronize",
        "closed",
    ]


async def test_choosing_repositories_is_told(home: Sandbox) -> None:
    home.create_repository("globex/one")
    home.create_repository("globex/two")
    installation = home.install("globex", ["globex/one"])
    home.add_to_installation(installation, ["globex/two"])
    assert [row["full_name"] for row in home.deliveries[-1].payload["repositories_added"]] == ["globex/two"]
    home.remove_from_installation(installation, ["globex/one"])
    assert home.deliveries[-1].payload["repository_selection"] == "selected"


async def test_two_sandboxes_that_live_the_same_have_the_same_ids() -> None:
    seen = []
    for _ in range(2):
        async with Sandbox() as github:
            github.create_repository(REPOSITORY)
            github.install("acme")
            github.open_pull(REPOSITORY, "inc", files={"a.md": "a"})
            seen.append((github.app_id, [delivery.id for delivery in github.deliveries], list(github.world.pulls)))
    assert seen[0] == seen[1]
