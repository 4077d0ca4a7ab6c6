"""Action items: who owns them, until when, and whether they say the same or too much."""

from __future__ import annotations

import pytest

from rules.actions.promises import promise_count
from rules.policy import PersonPolicy, Policy
from tests.cpu_time import assert_takes_less
from tests.postmortems import good_postmortem
from tests.rules.linting import found


def item(title: str = "Cap retries in the payment client at three", **fields: str) -> str:
    given = {"Owner": "@ben", "Deadline": "2026-05-18", "Priority": "P0", "Criterion": "it fires in staging"} | fields
    return "\n".join([f"- [ ] {title}", *(f"  - {label}: {value}" for label, value in given.items())])


def findings(code: str, *items: str, policy: Policy | None = None, **metadata: str) -> int:
    return len(found(good_postmortem(actions="\n".join(items), metadata={**metadata}), code, policy=policy))


@pytest.mark.parametrize("owner", ["@ana, @ben", "Ana Ruiz and Ben Okafor", "@ana / @ben"])
def test_two_owners_need_a_lead(owner: str) -> None:
    assert findings("CO416", item(Owner=owner)) == 1


@pytest.mark.parametrize(
    "owner",
    [
        "@ana (lead), @ben",
        "lead: @ana, @ben",
        "@ana, supported by @ben",
        "**@ana**, @ben",
        "@ana",
        "@ana and the SRE team",
    ],
)
def test_one_who_leads_is_enough(owner: str) -> None:
    assert findings("CO416", item(Owner=owner)) == 0


def test_a_name_without_a_login_is_told_once() -> None:
    assert findings("CO404", item(Owner="Gita Rao"), item("Remove the flag", Owner="gita rao")) == 1


def test_a_login_anywhere_in_the_document_will_do() -> None:
    assert findings("CO404", item(Owner="Gita Rao"), item("Remove the flag", Owner="Gita Rao (@gita)")) == 0


@pytest.mark.parametrize("known", [PersonPolicy(name="Gita Rao"), PersonPolicy(name="Gita Rao", sponsor="ana")])
def test_whom_the_policy_knows_needs_no_login(known: PersonPolicy) -> None:
    assert findings("CO404", item(Owner="Gita Rao"), policy=Policy(people={"gita": known})) == 0


@pytest.mark.parametrize("owner", ["the team", "TBD", "Payments Core", "@acme/sre"])
def test_a_group_is_no_name(owner: str) -> None:
    assert findings("CO404", item(Owner=owner)) == 0


def test_a_deadline_that_the_calendar_moved_forward_is_not_too_far() -> None:
    assert findings("CO409", item(Deadline="2026-05-20")) == 0
    assert findings("CO409", item(Deadline="2026-05-21")) == 1
    assert findings("CO409", item(Deadline="2026-05-22"), policy=Policy(deadlines={}, rules={})) == 0


def test_what_is_past_is_told_once_and_not_of_resolved_documents() -> None:
    late = item(Deadline="2026-05-05")
    assert findings("CO415", late, Date="2026-05-01", Duration="42 minutes, UTC") == 1
    assert findings("CO415", late, Date="2026-05-01", Duration="42 minutes, UTC", Status="resolved") == 0
    assert (findings("CO408", item(Deadline="2025-05-18")), findings("CO415", item(Deadline="2025-05-18"))) == (1, 0)


@pytest.mark.parametrize(
    ("priorities", "severity", "expected"),
    [
        (("P2", "P2"), "SEV-1", 1),
        (("P2", "P1"), "SEV-1", 0),
        (("P2", "P2"), "SEV-3", 0),
        (("P2", "high"), "SEV-1", 0),
        (("TBD", "TBD"), "SEV-1", 0),
    ],
)
def test_a_grave_incident_has_something_urgent(priorities: tuple[str, ...], severity: str, expected: int) -> None:
    items = [item(f"Cap retries in client number {index}", Priority=each) for index, each in enumerate(priorities)]
    assert findings("CO418", *items, Severity=severity) == expected


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (item("Cap the retries in the payment client, at three"), 1),
        (item("Cap retries in the payment client at four"), 0),
        (item("Cap retries in the payment client at three", Owner="@gita"), 0),
        (item().replace("[ ]", "[x]"), 0),
    ],
)
def test_two_items_say_the_same(other: str, expected: int) -> None:
    assert findings("CO419", item(), other) == expected


@pytest.mark.parametrize(
    ("title", "count"),
    [
        ("Add a circuit breaker to checkout, migrate the sessions table and write the runbook for failover", 3),
        ("Cap the retries of the client. Remove the shared credential from the job. Pin the image by digest.", 3),
        ("Rotate, revoke and delete keys", 0),
        ("Add a flag for the pool, turn it on in staging and remove it after a week", 1),
        ("Alert when the pool is full, the queue is long or the disk is full", 1),
        ("Review and merge PR #12", 1),
        ("Add an alert on queue depth and rewrite the runbook for failover", 2),
        ("Upgrade the Kafka brokers to 3.7 and move the billing cron to Airflow", 2),
        ("Increase the replica count of Longhorn and configure backups for Kafka volumes", 2),
        ("Rotate the database credentials; raise the connection limit of the proxy to 500", 2),
        ("Fix the dashboard and write docs and train on-call", 3),
        ("Fix the dashboard, write docs, train on-call", 3),
        ("Pin the base image by digest and revoke the shared credentials of the build agents", 2),
    ],
)
def test_promises_are_counted(title: str, count: int) -> None:
    assert promise_count(title) == count


@pytest.mark.parametrize(
    "title",
    [
        "Build and deploy the new ingress controller",
        "Add a flag, update callers and remove it",
        "Find and fix the memory leak in the fetcher",
        "Write and test the failover runbook",
        "Add metrics and alert rules for the queue",
        "Upgrade Redis to 7.2 and verify that failover works",
        "Migrate the sessions table to Postgres and drop the old MySQL table",
        "Add a canary stage to reduce risk and protect the database",
        "Move secrets to Vault and rotate the old secrets",
        "Alert when the queue exceeds 500 messages and page the on-call engineer",
        "Define the schema for events and implement the consumer of the queue",
        "Fix the race in the scheduler and add a regression test for two workers",
        "Create a dashboard for lag and share the link with support",
        "Reject uploads that are too large and return a reason to the client",
    ],
)
def test_steps_of_one_thing_are_one_promise(title: str) -> None:
    assert promise_count(title) == 1


@pytest.mark.parametrize(
    "line",
    [
        "- ~~Move the sessions to a second region~~ WONTDO",
        "- [ ] Move the sessions to a second region (won't do)",
        "- [ ] Declined: move the sessions to a second region. Owner: @ben. Priority: P1",
    ],
)
def test_a_declined_item_says_why(line: str) -> None:
    assert findings("CO421", line) == 1
    assert findings("CO421", f"{line}\n  - the cost would double") == 0


@pytest.mark.parametrize(
    "verdict", ["(won't do): it doubles the cost", "(won't do, it doubles the cost)", "WONTFIX, costs too much"]
)
def test_the_reason_may_stand_behind_the_verdict(verdict: str) -> None:
    assert findings("CO421", f"- [ ] Move the sessions to a second region {verdict}") == 0


def test_where_it_was_declined_is_reason_enough() -> None:
    assert findings("CO421", "- [ ] Declined: move the sessions to a second region, see #123") == 0


def test_neither_done_nor_declined_items_are_asked_for_anything_else() -> None:
    lines = ("- [x] Improve things", "- ~~Improve more things~~ WONTDO: nobody needs them")
    for code in ("CO402", "CO405", "CO410", "CO411", "CO413", "CO420"):
        assert findings(code, *lines) == 0


def test_a_p2_that_is_far_away_is_not_told_to_lower_its_priority() -> None:
    text = good_postmortem(actions=item(Priority="P2", Deadline="2027-05-18"), metadata={})
    (finding,) = found(text, "CO409")
    assert "lower the priority" not in finding.message


def test_many_items_take_linear_time() -> None:
    many = [
        item(f"Cap retries in the payment client number {index} at three", Owner="Gita Rao") for index in range(500)
    ]
    assert_takes_less(5, lambda: findings("CO419", *many))
