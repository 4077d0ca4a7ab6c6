"""What the rules about sections let pass, and what they do not."""

from __future__ import annotations

import pytest

from rules.policy import Policy
from rules.reading import read
from rules.rule import Severity
from tests.postmortems import ACTIONS, SECTIONS, good_postmortem
from tests.rules.linting import codes, found, lint

LISTS = "What helped, what hurt"
EXPORT = """
- [ ] Move the nightly export to the replica
  - Owner: Ben Okafor (@ben)
  - Deadline: 2026-05-18
  - Priority: P1
  - Success criterion: the primary sees no connection of it"""


@pytest.mark.parametrize(
    "body",
    [
        "**What helped**\n\n- the runbook\n\n**What hurt**\n\n- the dashboard",
        "### Helped\n\n- the runbook\n\n### Hurt\n\n- the dashboard",
        "### What went right\n\n- the runbook\n\n### What went wrong\n\n- the dashboard",
        "- Helped: the runbook\n- Hurt: the dashboard",
        "| Helped | Hurt |\n|---|---|\n| the runbook | the dashboard |",
        "- 👍 the runbook\n- 👎 the dashboard",
        "Helped: the rollback button.\n\nHurt: nothing.",
        "The rollback shortened it. The dashboard cost us 17 minutes.",
        "- Difficult to see which pool was full.\n- Missing alert on pools.",
    ],
)
def test_both_lists_may_come_in_many_forms(body: str) -> None:
    assert not found(good_postmortem(sections={LISTS: body}), "CO210")


@pytest.mark.parametrize(
    "body",
    [
        "Helped:\n\n- the runbook",
        "Hurt:\n\n- the dashboards",
        "Helped:\n\n- the rollback\n\nHurt:\n",
        "### What helped\n\n- the runbook\n\n### What hurt\n",
        "- What went well: the runbook",
        "### What went right\n\n- the runbook",
    ],
)
def test_one_list_without_the_other_is_found(body: str) -> None:
    assert codes(lint(good_postmortem(sections={LISTS: body}))) == ["CO210"]


@pytest.mark.parametrize(
    "said",
    [
        "Item 3 is tried by hand each quarter.",
        "Items 1–3 are tried in a drill.",
        "Items 1, 2 and 3 are tried in a drill.",
        "All action items are tried in a drill.",
        "An alert fires when a batch job opens a connection to the primary.",
        "Exports are tested against the replica.",
    ],
)
def test_an_item_is_covered_by_its_number_by_its_words_or_with_all_others(said: str) -> None:
    text = good_postmortem(actions=ACTIONS + EXPORT, sections={"Verification": f"{SECTIONS['Verification']} {said}"})
    assert not lint(text)


@pytest.mark.parametrize("said", ["", "Item 2 is tried by hand each quarter."])
def test_an_item_that_nothing_speaks_of_is_not_covered(said: str) -> None:
    text = good_postmortem(actions=ACTIONS + EXPORT, sections={"Verification": f"{SECTIONS['Verification']} {said}"})
    assert codes(lint(text)) == ["CO211"]


def test_what_is_done_or_declined_needs_no_verification_any_more() -> None:
    done = EXPORT.replace("[ ]", "[x]")
    assert not found(good_postmortem(actions=ACTIONS + done), "CO211")


def test_sections_in_the_order_of_the_layout_that_the_policy_names_are_asked_for() -> None:
    text = "# Queue\n\n## Overview\n\nx\n\n## Timeline\n\n- 10:32 x\n\n## Contributing Factors\n\ny\n"
    assert not found(text, "CO206")
    assert [each.subject for each in found(text, "CO206", policy=Policy(layout="pagerduty"))] in (
        [],
        ["timeline"],
        ["actual"],
    )


def test_one_section_that_was_moved_is_one_finding() -> None:
    body = SECTIONS["Verification"]
    text = good_postmortem(sections={"Verification": None}).replace(
        "## TL;DR", f"## Verification\n\n{body}\n\n## TL;DR"
    )
    assert [each.subject for each in lint(text)] == ["verification"]


@pytest.mark.parametrize(
    "proof",
    ["It passed on 2026-06-01.", "- [x] ran in staging", "Run: https://ci.example/42", "Verified in the June drill ✅"],
)
def test_a_verification_that_passed_lets_the_status_be_resolved(proof: str) -> None:
    body = f"{SECTIONS['Verification']}\n\n{proof}"
    assert not found(good_postmortem(status="resolved", sections={"Verification": body}), "CO703")


@pytest.mark.parametrize(
    "body",
    [
        "A load test exhausts the pool. It has not passed yet.",
        "The drill is to be completed in June.",
        "We will run the load test; it should have passed by June.",
        "The [drill](https://ci.example/42) has not passed yet.",
        "- [ ] ran in staging",
    ],
)
def test_a_verification_that_is_to_come_has_not_passed(body: str) -> None:
    assert found(good_postmortem(status="resolved", sections={"Verification": body}), "CO703")


def test_a_status_is_quoted_as_it_is_written() -> None:
    (finding,) = found(good_postmortem(status="Complete"), "CO701")
    assert finding.message.startswith("The status says “Complete”, but 2 action items are open.")
    assert finding.severity is Severity.WARNING


@pytest.mark.parametrize("status", ["Published", "Final (2026-05-20)", "complete, action items in progress"])
def test_a_status_of_the_text_promises_nothing_about_the_items(status: str) -> None:
    assert not {"CO701", "CO703"} & set(codes(lint(good_postmortem(status=status))))


def test_in_a_house_style_whose_status_may_be_the_incidents_it_is_a_notice() -> None:
    text = (
        "# Lag\n\n**Status:** Resolved\n\n## Summary\n\nIt lagged.\n\n## Timeline\n\n- 10:32 Lag\n\n"
        "## Root cause\n\nA limit.\n\n## Action items\n\n- Cap the queue at 100 messages\n"
    )
    assert [each.severity for each in found(text, "CO701")] == [Severity.NOTICE]


@pytest.mark.parametrize(
    "body",
    [
        "We will monitor the situation.",
        "We will keep an eye on the alerts.",
        "We will watch the dashboard for two weeks.",
        "Monitor error rates closely over the next 30 days.",
        "The team will check the logs regularly.",
        "Metrics will be reviewed weekly.",
        "We stay vigilant.",
        "No test is possible.",
        "There is no test for this.",
        "The fix cannot be tested.",
        "Testing is impossible.",
        "We'll verify that it does not recur.",
        "We will be careful with the next drain.",
        "We will take more care in staging.",
        "Everybody thinks twice before the next failover.",
    ],
)
def test_a_promise_to_look_and_a_test_that_is_denied_verify_nothing(body: str) -> None:
    assert codes(lint(good_postmortem(sections={"Verification": body}))) == ["CO209"]


@pytest.mark.parametrize(
    "body",
    [
        "Monitor that the p99 latency stays below 200 ms for two weeks.",
        "A new dashboard shows how full each pool is.",
        "Added a monitor on queue depth.",
        "A query counts rows without an owner, nightly.",
        "An alert on the pool pages on-call.",
        "Re-run the migration in staging.",
        "We will carefully drain a node on 2026-06-01, and count the requests that it loses.",
        "Drain one node of each pool on 2026-06-01.",
        "CI fails if the configuration has no limit.",
        "The nightly job ran on 2026-07-06 and failed as it should.",
    ],
)
def test_a_threshold_a_schedule_or_something_new_to_look_at_is_a_verification(body: str) -> None:
    assert not found(good_postmortem(sections={"Verification": body}), "CO209")


@pytest.mark.parametrize("priority", ["P0", "P1", "P2"])
def test_an_item_that_no_verification_covers_is_a_warning_whatever_its_priority(priority: str) -> None:
    text = good_postmortem(actions=f"{ACTIONS}{EXPORT}".replace("Priority: P1", f"Priority: {priority}"))
    assert [each.severity for each in found(text, "CO211")] == [Severity.WARNING]


def test_an_item_whose_own_criterion_names_a_test_is_told_what_makes_it_a_notice() -> None:
    tested = EXPORT.replace("criterion: the primary sees no", "criterion: CI fails if the primary sees a")
    for item, severity, words in (
        (EXPORT, Severity.WARNING, "this action item."),
        (tested, Severity.NOTICE, "this action item; only its own success criterion names a proof."),
    ):
        (finding,) = found(good_postmortem(actions=ACTIONS + item), "CO211")
        assert finding.severity is severity
        assert finding.message.startswith(f"“Verification” does not cover {words} Say there")


@pytest.mark.parametrize("value", ["none", "no", "n/a", "first time"])
def test_no_recurrence_needs_no_explanation(value: str) -> None:
    assert not found(good_postmortem(metadata={"Recurrence of": value}), "CO702")


@pytest.mark.parametrize(
    "title", ["Why the earlier postmortem did not catch this", "Recurrence", "Why did this happen again"]
)
def test_a_recurrence_may_be_explained_under_several_headings(title: str) -> None:
    text = good_postmortem(metadata={"Recurrence of": "INC-7"}, sections={title: "Its items raised one limit only."})
    assert not found(text, "CO702")


def test_the_fix_begins_the_section_on_the_recurrence() -> None:
    text = good_postmortem(metadata={"Recurrence of": "INC-7"})
    (finding,) = found(text, "CO702")
    assert finding.edit is not None
    fixed = read(text.rstrip("\n") + finding.edit.replacement)
    assert fixed.section("recurrence") is not None
