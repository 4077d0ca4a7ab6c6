"""Blame and hindsight where it depends on the section, on who acts, and on what was possible."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.policy import Policy
from rules.rule import Finding, Severity, iter_rules
from rules.words import word_list
from tests.postmortems import good_postmortem
from tests.rules.linting import lint

TIMELINE = """
- 10:20 Ben deploys checkout 4.2 to production
- 10:32 The checkout error rate passes 5 %.
- 10:36 `checkout-errors` pages the on-call engineer.
- 11:14 The error rate is back at 0.1 %.
""".strip()
ALL_ON = Policy(rules={rule.code: Severity.WARNING for rule in iter_rules() if rule.code.startswith("CO5")})


def _findings(section: str, body: str, policy: Policy | None = None) -> list[Finding]:
    text = good_postmortem(sections={section: body}, timeline=TIMELINE)
    return [each for each in lint(text, policy=policy) if each.rule.code.startswith("CO5")]


def _codes(section: str, body: str) -> list[str]:
    return [each.rule.code for each in _findings(section, body)]


def _actual(body: str) -> list[str]:
    return _codes("What was actually happening", body)


def _root_cause(body: str) -> list[str]:
    return _actual(f"### Root cause\n\n{body}")


@pytest.mark.parametrize(
    "body",
    [
        "The responders did not know that c-7 was cold.",
        "The on-call did not notice that the graph was flat.",
        "Ben wrongly assumed that the primary was healthy.",
        "The team overlooked the second queue.",
        "Nobody noticed that the replica had stopped.",
        "The on-call was unaware of the failover.",
        "The responders had no idea that c-7 was cold.",
        "The team failed to notice that c-7 was cold.",
        "Ben missed the second alert.",
    ],
)
def test_what_people_believed_and_did_not_know_is_what_that_section_asks_for(body: str) -> None:
    assert not _codes("What we believed", body)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("Ben carelessly deleted the table.", "CO502"),
        ("The on-call ignored the alert.", "CO502"),
        ("Ana should have asked the vendor.", "CO503"),
    ],
)
def test_what_people_did_is_judged_there_as_anywhere(body: str, code: str) -> None:
    assert _codes("What we believed", body) == [code]


@pytest.mark.parametrize(
    "body",
    [
        "The on-call did not see an alert, since none was configured.",
        "The team missed the alert because the channel was archived.",
        "Since no alert was configured, the on-call did not check the queue.",
        "However, as the console shows both alike, the operator typed it into the wrong window.",
        "The responders did not know that the replica was cold.",
    ],
)
def test_a_reason_in_the_system_takes_the_blame_off_people(body: str) -> None:
    assert not _actual(body)


@pytest.mark.parametrize(
    "body",
    [
        "The team missed the alert because nobody looked.",
        "Because Ben was in a hurry, the engineer skipped the review.",
        "As a result, the on-call engineer ignored the page.",
    ],
)
def test_a_reason_in_people_does_not(body: str) -> None:
    assert "CO502" in _actual(body)


@pytest.mark.parametrize(
    "entry",
    [
        "10:14 Marco pushes it to main without approval",
        "10:14 DBA drops the wrong table",
        "10:14 QA missed the regression",
        "At 10:14 Ana deploys untested code",
    ],
)
def test_an_entry_of_a_timeline_blames_as_well(entry: str) -> None:
    assert _actual(f"- {entry}") == ["CO502"]


@pytest.mark.parametrize(
    "entry",
    [
        "10:14 Marco reverts it without approval, as the emergency policy allows",
        "10:14 Marco deploys without tests, as CI is down",
        "10:14 Ana finds that the wrong host is drained",
        "10:14 Ana rolls back without delay",
        "10:14 The pipeline deploys without approval",
        "An engineer runs the wrong command, and nothing stops it.",
    ],
)
def test_and_spares_what_has_a_reason_or_may_happen_to_anybody(entry: str) -> None:
    assert not _actual(f"- {entry}")


@pytest.mark.parametrize(
    "body",
    [
        "The Prometheus Operator forgot the rule.",
        "The etcd operator forgot to reconcile.",
        "The `orders` agent forgot to report.",
        "The Datadog Agent overlooked the label.",
        "The AWS provider forgot the tag.",
    ],
)
def test_a_program_named_like_a_role_is_no_person(body: str) -> None:
    assert not _actual(body)


@pytest.mark.parametrize("body", ["The night operator forgot the rule.", "The operator forgot to fail over."])
def test_a_role_without_a_product_is_one(body: str) -> None:
    assert _actual(body) == ["CO502"]


@pytest.mark.parametrize(
    "body",
    [
        "Ana could have seen it only with root access.",
        "The engineer could only have seen this in the vault.",
        "The reviewers could hardly have noticed it.",
        "The on-call could have noticed it if the dashboard had shown percentiles.",
        "The on-call should have had access to the console.",
        "The on-call should have been able to see the queue.",
        "The engineer should have been paged.",
        "The team could have lost a day of data.",
    ],
)
def test_what_was_possible_permitted_or_near_is_no_counterfactual(body: str) -> None:
    assert not _actual(body)


def test_that_somebody_could_have_seen_it_is_one() -> None:
    assert _actual("The on-call could easily have spotted this on the dashboard.") == ["CO503"]


@pytest.mark.parametrize(
    "body",
    [
        "Obviously-malformed requests are rejected.",
        "A non-obviously wrong value was accepted.",
        "The volume was bound to node 3.",
        "At 10:40 it was obvious that the deploy was not the cause.",
        "Customers only had to reload the page, and the script just had to read the file.",
    ],
)
def test_part_of_a_word_and_what_was_seen_then_are_no_hindsight(body: str) -> None:
    assert not _actual(body)


@pytest.mark.parametrize(
    "body",
    [
        "The migration was never going to fit into the window.",
        "It was bound to fail sooner or later.",
        "With the wisdom of hindsight, the limit was absurd.",
        "The outage was entirely avoidable.",
        "All the on-call had to do was look at the second screen.",
        "The warning signs were there for everyone to see.",
        "It should have been clear from the start that one node is not enough.",
    ],
)
def test_what_is_judged_from_the_end_is_hindsight(body: str) -> None:
    assert set(_actual(body)) <= {"CO503", "CO504"}
    assert _actual(body)


@pytest.mark.parametrize(
    "body",
    [
        "Ben ran the migration on the primary.",
        "- Ben ran the migration on the primary",
        "**Ben** ran the migration on the primary.",
        "On 1 May, Ben merged the pull request.",
        "At 10:25 the on-call engineer restarted the database.",
        "During maintenance, a technician pulled the cable of the live router.",
        "Because Ben ran the migration on the primary.",
        "The migration was run on the primary by Ben.",
        "The table was dropped by an engineer.",
        "The operations team upgraded the cluster to 1.29.",
        "We deployed checkout 4.1.",
    ],
)
def test_a_plain_act_under_root_cause_is_told_as_the_cause(body: str) -> None:
    assert _root_cause(body) == ["CO506"]


def test_what_came_of_an_act_makes_no_property_of_it() -> None:
    assert _root_cause("Ben restarted the queue. The workers went down.") == ["CO506"]


def test_one_that_went_wrong_blames() -> None:
    assert _root_cause("Ben ran the migration on the wrong host.") == ["CO502"]


@pytest.mark.parametrize(
    "body",
    [
        "Ben deploys checkout 4.2 to production",
        "10:20 Ben deploys checkout 4.2 to production",
        "checkout 4.2 was deployed to production.",
        "The deploy of checkout 4.2.",
        "The release of 4.2.",
        "The checkout error rate passed 5 %.",
    ],
)
def test_the_first_entry_of_the_timeline_is_no_root_cause_however_it_is_copied(body: str) -> None:
    assert _root_cause(body) == ["CO507"]


@pytest.mark.parametrize(
    "body",
    [
        "The pool holds 50 connections, and the new workers open 80.",
        "checkout 4.2 contains a regression that leaks connections.",
        "Ana found that the pool was exhausted.",
        "The migration tool connects to the primary unless told otherwise. Ben ran it at 10:20.",
        "An engineer can run the migration on the primary, since the tool does not ask.",
        "The disk was full.",
        "Ben restarted the queue. All workers reconnect at once and open 80 connections each.",
        "See below.",
    ],
)
def test_a_property_of_the_system_is_a_root_cause(body: str) -> None:
    assert not _root_cause(body)


_TEMPLATES = (
    "{} forgot the flag.",
    "It was {}'s fault.",
    "{} should have checked the dashboard.",
    "If {} had looked, it would not have happened.",
    "The root cause was that {} restarted the node.",
    "### Root cause\n\n{} restarted the node.",
    "### Root cause\n\n{} deploys checkout 4.2 to production",
    "All {} had to do was read the banner.",
    "{} only had to look at the graph.",
    "It was obvious that {} was asleep.",
    "The mistake was {}'s.",
    "It was {} who broke it.",
    "Looking back, it was clear that {} was wrong.",
    "Human error by {}.",
)


@given(st.sampled_from(word_list("given_names", "names")).map(str.title), st.sampled_from(_TEMPLATES))
def test_no_message_repeats_the_name_of_whoever_is_blamed(name: str, template: str) -> None:
    for finding in _findings("What was actually happening", template.format(name), ALL_ON):
        assert name not in finding.message


def test_each_template_of_these_is_found() -> None:
    assert all(_findings("What was actually happening", each.format("Marta"), ALL_ON) for each in _TEMPLATES)


@pytest.mark.parametrize(
    "body",
    [
        "The vendor said their engineer made a mistake.",
        "The vendor told us that one of their engineers made a mistake.",
        "The vendor's support later told us that their on-call engineer had forgotten to renew the certificate.",
        "According to the provider, their technician pulled the wrong cable.",
        "The provider confirmed that a technician of theirs cut the wrong fibre.",
        "AWS reported on Tuesday that one of its operators mistyped a command.",
    ],
)
def test_what_another_company_says_of_its_own_people_is_theirs_to_say(body: str) -> None:
    assert not _actual(body)


@pytest.mark.parametrize(
    "body",
    [
        "The vendor's engineer made a mistake.",
        "The vendor said Ben made a mistake.",
        "The vendor said our engineer made a mistake.",
        "The vendor said Ben ignored their warning.",
        "The vendor ignored their own warning.",
        "The vendor said their engineer made a mistake, and Ben forgot to check.",
        "The vendor said their API failed because our engineer ignored the deprecation.",
        "The manager said their engineer made a mistake.",
        "Ana said their engineer made a mistake.",
    ],
)
def test_what_it_says_of_others_and_what_others_say_is_blame(body: str) -> None:
    assert _actual(body) == ["CO502"]
