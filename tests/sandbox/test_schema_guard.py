from dataclasses import replace

import pytest

from app.sandbox.api.exchange import Exchange
from app.sandbox.api.front import ROUTES
from app.sandbox.driver import Sandbox
from tests.github_schema import OPERATIONS, check_answer, check_request, check_webhook, validator
from tests.sandbox.caller import REPOSITORY, Caller


def an_exchange(**fields: object) -> Exchange:
    base = Exchange("GET /repos/{owner}/{repo}/pulls", "GET", f"/repos/{REPOSITORY}/pulls", {}, None, 200, [])
    return replace(base, **fields)  # type: ignore[arg-type]


def test_every_operation_of_the_sandbox_has_a_schema() -> None:
    assert sorted(OPERATIONS) == ROUTES.operations


@pytest.mark.parametrize("operation", [it for it in OPERATIONS.values() if it.answer], ids=lambda it: it.answer)
def test_every_model_exists(operation: object) -> None:
    validator(operation.answer)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "exchange",
    [
        an_exchange(operation=None),
        an_exchange(operation="GET /repos/{owner}/{repo}/topics"),
        an_exchange(query={"pagesize": "10"}),
        an_exchange(answer=[{"id": 1}]),
        an_exchange(answer={"message": "no list"}),
        an_exchange(body={"state": "open"}),
        an_exchange(status=404, answer={"message": 404}),
        an_exchange(
            operation="POST /repos/{owner}/{repo}/check-runs",
            method="POST",
            body={"name": "x", "head_sha": "y", "verdict": "good"},
            injected=True,
        ),
    ],
)
def test_what_departs_from_githubs_description_is_found(exchange: Exchange) -> None:
    assert check_request(exchange) + check_answer(exchange)


def test_what_follows_it_is_not() -> None:
    exchange = an_exchange(query={"state": "all", "per_page": "100"})
    assert check_request(exchange) + check_answer(exchange) == []


async def test_a_payload_with_a_missing_or_unknown_field_is_found(home: Sandbox, call: Caller) -> None:
    home.open_pull(REPOSITORY, "inc", files={"a.md": "a"})
    delivery = home.deliveries[-1]
    assert check_webhook(delivery) == []
    assert check_webhook(replace(delivery, payload={**delivery.payload, "verdict": "good"}))
    assert check_webhook(replace(delivery, payload={"action": "opened"}))
    assert check_webhook(replace(delivery, event="no_such_event"))
