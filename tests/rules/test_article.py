"""A template filled in well passes, an untouched one does not, and each anti-pattern is found in its place."""

from __future__ import annotations

from importlib.resources import files

import pytest

from rules.layouts import LAYOUTS
from rules.policy import Policy
from rules.postmortem import Postmortem
from rules.reading import read
from rules.rule import Severity
from tests.postmortems import METADATA, SECTIONS, good_postmortem
from tests.rules.linting import PEOPLE, codes, lint

PLAINEST = """\
# Postmortem: Checkout returned errors for 42 minutes

- Severity: SEV-2
- Duration: 10:32 (start) → 11:14 (end), UTC
- Detection: the checkout alert, by the on-call engineer
- Impact: 12,400 users affected, 31,000 requests failed, 18% of the SLO budget consumed
- Authors: Ana Ruiz, Ben Okafor
- Status: review
- Date: 2026-05-04
- Incident commander: Ana Ruiz

## TL;DR
Checkout failed for 42 minutes because its connection pool ran dry. We raised the limit and alert before it is reached.

## Timeline
- 10:32 The checkout error rate passes 5%.
- 10:36 The alert on checkout errors pages the on-call engineer.
- 10:41 The deploy of 10:20 is rolled back; the error rate does not change.
- 11:10 The limit of the pool is raised from 50 to 200 connections.
- 11:14 The error rate is back at 0.1%.

## What was actually happening
A slow query held connections for longer than the pool's timeout. Clients retried without backoff, so that each failure
took three more connections.

## What we believed was happening (during)
The responders took the deploy of 10:20 for the cause, since it touched checkout.

## What helped, what hurt
Helped:
- The runbook for the pool named the command that shows its state.

Hurt:
- The dashboard averaged over pools, which cost 17 minutes.

## Action items
- Alert when the pool of checkout is above 80% for 5 minutes
  - Owner: Ben Okafor
  - Deadline: 2026-05-18
  - Success criterion: the alert fires in staging within 6 minutes of an exhausted pool
  - Priority: P0
- Cap retries in the payment client at three, with exponential backoff
  - Owner: Gita Rao
  - Deadline: 2026-06-01
  - Success criterion: a load test with a failing backend stays below 1.5 times the normal request rate
  - Priority: P1

## Verification
A chaos experiment in staging exhausts the pool every night; it fails if the alert does not fire within six minutes or
if retries exceed three a request.

## Open questions
- Why did the slow query appear on this day, and not before?
"""
"""The article's template as the article gives it, with nothing added but the date and the incident commander."""

ACTUAL, BELIEVED = "What was actually happening", "What we believed was happening (during)"
TEMPLATE = files("rules").joinpath("templates", "closeout.md").read_text(encoding="utf-8")
FIELDS = "Owner: @ben. Deadline: 2026-05-18. Priority: P1. Criterion: done"


def _found_at(text: str, code: str) -> list[str]:
    """What each finding of that rule points at."""
    source = read(text).source
    return [source.slice(each.span) for each in lint(text) if each.rule.code == code]


def test_the_filled_in_template_is_green() -> None:
    assert not lint(good_postmortem())


def test_the_template_has_every_section_and_field_of_the_filled_in_one() -> None:
    template: Postmortem = read(TEMPLATE)
    assert [section.title for section in template.sections] == list(SECTIONS)
    assert {field.label for field in template.fields.values()} == set(METADATA)
    assert [section.kind for section in template.sections] == list(LAYOUTS["closeout"].required)


def test_the_untouched_template_does_not_pass() -> None:
    findings = lint(TEMPLATE)
    untouched = [each.subject for each in findings if each.rule.code == "CO203"]
    assert untouched == list(LAYOUTS["closeout"].required)
    assert {"CO120", "CO115"} <= {each.rule.code for each in findings if each.severity is Severity.ERROR}


@pytest.mark.parametrize("title", list(SECTIONS))
def test_a_single_section_left_as_in_the_template_does_not_pass(title: str) -> None:
    body = TEMPLATE.split(f"## {title}\n")[1].split("\n## ")[0].strip()
    findings = lint(good_postmortem(sections={title: body}))
    assert "CO203" in codes(findings)
    assert any(each.severity is Severity.ERROR for each in findings)


def test_better_monitoring_is_vague() -> None:
    assert _found_at(good_postmortem(actions=f"- Better monitoring. {FIELDS}"), "CO410") == ["Better monitoring."]


def test_improve_documentation_is_vague() -> None:
    assert _found_at(good_postmortem(actions=f"- Improve documentation. {FIELDS}"), "CO410") == [
        "Improve documentation."
    ]


def test_a_vague_item_with_a_testable_criterion_is_only_a_warning() -> None:
    text = good_postmortem(actions=f"- Better monitoring. {FIELDS.replace('done', 'the alert fires in staging')}")
    assert [(each.rule.code, each.severity) for each in lint(text)] == [("CO410", Severity.WARNING)]


def test_the_team_is_no_owner() -> None:
    text = good_postmortem(actions=f"- Cap retries at three. {FIELDS.replace('@ben', 'the team')}")
    assert _found_at(text, "CO403") == ["the team"]


def test_a_deadline_is_needed() -> None:
    text = good_postmortem(actions="- Cap retries at three. Owner: @ben. Priority: P1. Criterion: the load test passes")
    assert _found_at(text, "CO405") == ["Cap retries at three."]


def test_the_commander_alone_is_no_author() -> None:
    assert _found_at(good_postmortem(authors="Ana Ruiz (@ana)"), "CO601") == ["Ana Ruiz (@ana)"]


def test_a_timeline_is_needed() -> None:
    assert codes(lint(good_postmortem(sections={"Timeline": None}))) == ["CO301"]


def test_a_retry_that_was_added_is_no_verification() -> None:
    assert codes(lint(good_postmortem(sections={"Verification": "We added a retry."}))) == ["CO209"]


def test_blaming_a_person_for_a_deploy_without_tests_is_found_and_the_systemic_framing_is_not() -> None:
    blaming = "Alice deployed without running tests."
    systemic = (
        "Our deploy tool does not ask for tests on hotfixes, and Alice took the hotfix path because the playbook "
        "recommends it here."
    )
    (place,) = _found_at(good_postmortem(sections={ACTUAL: blaming}), "CO502")
    assert place.startswith("Alice")
    assert not lint(good_postmortem(sections={ACTUAL: systemic}))


def test_the_plainest_reading_of_the_template_gives_nothing_above_notice() -> None:
    assert [each.rule.code for each in lint(PLAINEST) if each.severity is not Severity.NOTICE] == []


def test_what_the_plainest_reading_leaves_open_is_told_as_notices() -> None:
    assert {"CO121", "CO404"} == set(codes(lint(PLAINEST)))


@pytest.mark.parametrize("field", ["Severity", "Duration", "Detection", "Impact", "Authors", "Status"])
def test_each_fact_of_the_template_is_missed(field: str) -> None:
    without = "".join(line for line in PLAINEST.splitlines(keepends=True) if not line.startswith(f"- {field}:"))
    assert set(codes(lint(without))) > set(codes(lint(PLAINEST)))


def test_the_first_question_needs_what_was_believed_beside_what_was_true() -> None:
    assert codes(lint(good_postmortem(sections={BELIEVED: None}))) == ["CO201"]
    same = good_postmortem(sections={BELIEVED: SECTIONS[ACTUAL]})
    assert _found_at(same, "CO207") == [f"## {BELIEVED}"]


def test_the_second_question_needs_the_signal() -> None:
    assert _found_at(good_postmortem(detection="after four minutes"), "CO111") == ["after four minutes"] * 2


def test_the_third_question_needs_what_lengthened_the_incident_too() -> None:
    section = "What helped, what hurt"
    text = good_postmortem(sections={section: "Helped:\n\n- The runbook for the pool named the command."})
    assert _found_at(text, "CO210") == [f"## {section}"]


@pytest.mark.parametrize(
    ("cause", "code"),
    [
        ("The root cause was that Alice ran the migration by hand.", "CO506"),
        ("The root cause was the deploy at 10:20.", "CO507"),
    ],
)
def test_the_fourth_question_is_about_a_property_not_a_person_or_the_first_event(cause: str, code: str) -> None:
    assert len(_found_at(good_postmortem(sections={ACTUAL: cause}), code)) == 1


def test_the_fifth_question_needs_a_test() -> None:
    assert codes(lint(good_postmortem(sections={"Verification": None}))) == ["CO208"]
    assert codes(lint(good_postmortem(sections={"Verification": "We will keep an eye on it."}))) == ["CO209"]


def test_a_retry_that_nobody_tests_is_not_verified() -> None:
    retry = "- Cap retries at three. Owner: @ben. Deadline: 2026-05-18. Priority: P1. Criterion: three per call at most"
    assert _found_at(good_postmortem(actions=retry), "CO211") == ["Cap retries at three."]


def test_a_facilitator_is_needed_who_has_no_side() -> None:
    assert codes(lint(good_postmortem(facilitator=None))) == ["CO121"]
    assert _found_at(good_postmortem(facilitator="Ana Ruiz (@ana)"), "CO603") == ["Ana Ruiz (@ana)"]
    text = good_postmortem(facilitator="Emil Sand (@emil)")
    assert codes(lint(text, policy=Policy(people=PEOPLE))) == ["CO122"]


def test_a_postmortem_is_not_resolved_while_its_actions_are_open_or_its_verification_has_not_passed() -> None:
    assert codes(lint(good_postmortem(status="resolved"))) == ["CO701", "CO703"]


def test_a_recurrence_has_to_say_why_the_first_postmortem_did_not_prevent_it() -> None:
    text = good_postmortem(metadata={"Recurrence of": "INC-1987"})
    assert _found_at(text, "CO702") == ["INC-1987"]


def test_an_editorial_word_in_the_timeline_is_found() -> None:
    timeline = SECTIONS["Timeline"].replace("The limit is raised", "Luckily the limit is raised")
    assert codes(lint(good_postmortem(timeline=timeline))) == ["CO309"]
