"""A template filled in well passes, an untouched one does not, and each anti-pattern is found in its place."""

from __future__ import annotations

from importlib.resources import files

import pytest

from rules.layouts import LAYOUTS
from rules.postmortem import Postmortem
from rules.reading import read
from rules.rule import Severity
from tests.postmortems import METADATA, SECTIONS, good_postmortem
from tests.rules.linting import codes, lint

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
    section = "What was actually happening"
    assert _found_at(good_postmortem(sections={section: blaming}), "CO502") == ["Alice deployed without running tests"]
    assert not lint(good_postmortem(sections={section: systemic}))
