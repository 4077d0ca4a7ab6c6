"""Running the rules: the policy's severities, suppressions, order, and that nothing a document contains can raise."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.policy import PersonPolicy, Policy
from rules.reading import read
from rules.rule import Severity, iter_rules
from tests.cpu_time import assert_linear_time
from tests.postmortems import SECTIONS, good_postmortem
from tests.rules.linting import codes, found, lint

ITEM_WITHOUT_OWNER = (
    "- [ ] Reject hotfix deploys that have not run the test suite. Deadline: 2026-05-18. Priority: P1. "
    "Criterion: the load test is refused as a hotfix without tests in staging."
)
EVERYTHING_ON = Policy(rules={rule.code: Severity.ERROR for rule in iter_rules()})
FIXTURES = sorted((Path(__file__).parent / "fixtures").glob("*/*.md"))


def _blameful(comment: str = "") -> str:
    return good_postmortem(sections={"What was actually happening": f"{comment}\nThe root cause was human error."})


def test_the_policy_sets_a_severity_by_code_or_by_name() -> None:
    for key in ("CO402", "action-owner-missing"):
        (finding,) = lint(good_postmortem(actions=ITEM_WITHOUT_OWNER), policy=Policy(rules={key: Severity.NOTICE}))
        assert (finding.rule.code, finding.severity) == ("CO402", Severity.NOTICE)


def test_a_rule_that_is_off_reports_nothing() -> None:
    text = good_postmortem(actions=ITEM_WITHOUT_OWNER)
    assert codes(lint(text)) == ["CO402"]
    assert not lint(text, policy=Policy(rules={"CO402": Severity.OFF}))


def test_the_policy_outweighs_a_finding_that_has_its_own_severity() -> None:
    text = good_postmortem(
        actions="- Improve documentation. Owner: @ben. Deadline: 2026-05-18. Priority: P1. Criterion: done"
    )
    severities = {
        each.rule.code: each.severity for each in lint(text, policy=Policy(rules={"CO410": Severity.WARNING}))
    }
    assert severities == {"CO410": Severity.WARNING, "CO414": Severity.ERROR}


def test_findings_come_in_the_order_of_the_document() -> None:
    findings = lint("# Postmortem\n\n## Timeline\n\n## Action items\n\n- Better monitoring\n")
    assert [each.span for each in findings] == sorted(each.span for each in findings)


def test_a_suppression_with_a_reason_holds_back_a_warning() -> None:
    for name in ("CO501", "human-error", "co501"):
        assert not lint(_blameful(f"<!-- closeout: ignore {name} because the vendor wrote so -->"))


def test_what_an_example_has_in_the_place_of_a_reason_is_none() -> None:
    for reason in ("…", "...", "x", "why", "<why>", "TBD", "your reason"):
        assert codes(lint(_blameful(f"<!-- closeout: ignore CO501 because {reason} -->"))) == ["CO005", "CO501"]


def test_a_suppression_that_is_written_wrongly_is_told_how_to_write_it() -> None:
    for comment, advice in (
        ("ignore CO501 - the vendor wrote it", "`<!-- closeout: ignore CO501 because the vendor wrote it -->`"),
        ("ignore because the vendor wrote it", "names no rule"),
        ("ignore CO599 because the vendor wrote it", "There is no rule `CO599`, so this suppresses nothing."),
    ):
        finding, _ = lint(_blameful(f"<!-- closeout: {comment} -->"))
        assert advice in finding.message
        assert "Did you mean" not in finding.message


@pytest.mark.parametrize(
    "comment",
    [
        "closeout-disable CO501 because the vendor wrote it",
        "closeout: disable CO501 because the vendor wrote it",
        "closeout:disable-next-line human-error because the vendor wrote it",
        "Closeout ignore CO501 because the vendor wrote it",
        "closeout_ignore CO501 because the vendor wrote it",
        "closeout: ignroe CO501 because the vendor wrote it",
        "closeout CO501 because the vendor wrote it",
        "closeout:\n  ignore CO501 because the vendor wrote it",
    ],
)
def test_a_suppression_in_another_form_is_told_the_right_one(comment: str) -> None:
    finding, blame = lint(_blameful(f"<!-- {comment} -->"))
    name = "human-error" if "human-error" in comment else "CO501"
    assert (finding.rule.code, blame.rule.code) == ("CO007", "CO501")
    assert f"Write it as `<!-- closeout: ignore {name} because the vendor wrote it -->`." in finding.message


def test_where_a_suppression_in_another_form_names_no_rule_and_no_reason_their_places_are_shown() -> None:
    for comment in ("closeout: disable", "closeout-enable", "closeout skip", "closeout:noqa"):
        finding, _ = lint(_blameful(f"<!-- {comment} -->"))
        assert "`<!-- closeout: ignore CODE because … -->` with what makes it right to stay" in finding.message


@pytest.mark.parametrize(
    "comment",
    [
        "closeout",
        "closeout: pending",
        "Closeout meeting on Friday, skip the review of CO501",
        "closeout skip the review",
        "closeout-checklist",
        "closeouts: ignore CO501",
        "closeout:begin",
        "closeout:end",
        'closeout {"v":1,"kind":"action"}',
        "the closeout: disable CO501",
    ],
)
def test_a_comment_that_only_begins_like_one_is_left_alone(comment: str) -> None:
    assert codes(lint(_blameful(f"<!-- {comment} -->"))) == ["CO501"]


def test_suppressions_above_each_other_apply_to_the_same_line() -> None:
    first, second = (f"<!-- closeout: ignore {code} because the vendor wrote so -->" for code in ("CO501", "CO502"))
    assert codes(lint(_blameful(f"{first}\n{second}"))) == ["CO006"]
    assert codes(lint(_blameful(f"{second}\n\n{first}"))) == ["CO006"]
    assert codes(lint(_blameful(f"{second} {first}"))) == ["CO006"]


def test_an_unused_suppression_may_be_meant_to_stay() -> None:
    unused = "<!-- closeout: ignore CO505 because the vendor wrote so -->"
    meant = "<!-- closeout: ignore CO006 because the text comes back next week -->"
    assert codes(lint(_blameful(f"{meant}\n{unused}"))) == ["CO501"]
    assert codes(lint(_blameful(f"{meant}\n"))) == ["CO006", "CO501"]


def test_a_suppression_without_a_reason_holds_back_nothing() -> None:
    assert codes(lint(_blameful("<!-- closeout: ignore CO501 -->"))) == ["CO005", "CO501"]


def test_an_error_cannot_be_suppressed_and_the_attempt_is_a_finding() -> None:
    comment = "<!-- closeout: ignore CO402 because we are in a hurry -->"
    findings = lint(good_postmortem(actions=f"{comment}\n{ITEM_WITHOUT_OWNER}"))
    assert codes(findings) == ["CO006", "CO402"]
    assert "cannot be suppressed" in findings[0].message


TABLE = """\
| Region | What was seen |
|---|---|
| Europe | errors for 42 minutes |
"""
IN_TABLE = "<!-- closeout: ignore CO501 because the vendor wrote so -->"


def test_a_suppression_between_the_rows_of_a_table_is_told_where_it_can_stand() -> None:
    findings = lint(_blameful(f"{TABLE}{IN_TABLE}\n| Asia | some errors |\n{IN_TABLE}\n| Africa | none |\n"))
    assert codes(findings) == ["CO008", "CO008", "CO501"]
    assert "into the last cell of the row" in findings[0].message


@pytest.mark.parametrize(
    "text",
    [
        f"> | Region | Seen |\n> |---|---|\n> | Asia | errors |\n> {IN_TABLE}\n> | Africa | none |\n",
        f"Region | Seen\n---|---\n{IN_TABLE}\nAfrica | none\n",
        f"{TABLE}{IN_TABLE} | Asia | errors |\n",
        f"{TABLE}{IN_TABLE} <!-- by Ana -->\n| Asia | errors |\n",
        f"{TABLE}{IN_TABLE}\n| Asia | errors <!-- left | right --> |\n",
    ],
)
def test_a_table_is_parted_in_a_quotation_below_its_head_and_without_outer_bars(text: str) -> None:
    assert codes(lint(_blameful(text))) == ["CO008", "CO501"]


@pytest.mark.parametrize(
    "text",
    [
        f"{IN_TABLE}\n{TABLE}",
        f"{TABLE}{IN_TABLE}\n",
        f"{TABLE}{IN_TABLE}\n{TABLE}",
        f"{TABLE}{IN_TABLE}\n\nThe tool prints `left | right`.\n",
        f"{TABLE}| Asia | none {IN_TABLE} |\n| Africa | none |\n",
        f"Not a table | at all\n{IN_TABLE}\n| Africa | none |\n",
    ],
)
def test_a_suppression_around_a_table_or_in_a_cell_parts_nothing(text: str) -> None:
    assert "CO008" not in codes(lint(_blameful(text)))


def test_of_a_document_that_is_not_read_only_that_is_said() -> None:
    assert codes(lint(b"# Postmortem: \xff\xfe")) == ["CO001"]
    assert codes(lint("x" * (1024 * 1024 + 1))) == ["CO002"]


def test_a_draft_is_an_error_only_where_a_pull_request_is_ready_for_review() -> None:
    text = good_postmortem(status="draft")
    assert codes(lint(text)) == ["CO117"]
    assert not lint(text, in_review=False)


def test_findings_without_a_subject_of_their_own_are_known_by_their_line() -> None:
    assert all(finding.subject for finding in lint("## Action items\n\n- Better monitoring\n"))


def test_rules_about_language_are_silent_on_other_languages() -> None:
    german = (
        "# Postmortem: Ausfall der Kasse\n\n## Was wirklich geschah\n\nDie Ursache war human error, so der Bericht. "
        "Das System hat die Verbindungen nicht mehr geschlossen, und die Kunden konnten nicht bezahlen, weil der "
        "Dienst keine neuen mehr bekam. Wir haben das Limit erhöht und einen Alarm eingerichtet.\n"
    )
    assert not [code for code in codes(lint(german)) if code.startswith("CO5")]


def test_a_system_that_shares_its_name_with_a_team_or_a_package_is_no_person() -> None:
    body = "Platform failed to start, since @angular/core was missing. Angular failed to compile. Hugo failed to build."
    text = good_postmortem(sections={"What was actually happening": body}, authors="Platform team, Ben Okafor (@ben)")
    assert not lint(text)


def test_no_message_about_blame_repeats_a_name() -> None:
    body = (
        "Ana forgot to renew it. @ben should have checked. It was Gita's mistake, and Ben failed to follow the runbook."
    )
    findings = [
        each
        for each in lint(good_postmortem(sections={"What was actually happening": body}))
        if each.rule.code[:3] == "CO5"
    ]
    assert len(findings) == 4
    assert not any(name in each.message.lower() for each in findings for name in ("ana", "ben", "gita"))


@pytest.mark.parametrize("title", [name for name in SECTIONS if name != "Open questions"])
def test_each_section_that_is_missing_or_empty_is_an_error(title: str) -> None:
    for body in (None, ""):
        findings = lint(good_postmortem(sections={title: body}))
        assert [each.severity for each in findings] == [Severity.ERROR]


def test_open_questions_that_are_missing_are_a_notice() -> None:
    findings = lint(good_postmortem(sections={"Open questions": None}))
    assert [(each.rule.code, each.severity) for each in findings] == [("CO201", Severity.NOTICE)]


def test_several_commanders_do_not_make_a_co_author_of_one_another() -> None:
    text = good_postmortem(incident_commander="@ana, @ben", authors="Ana Ruiz (@ana), Ben Okafor (@ben)")
    assert codes(lint(text)) == ["CO601"]


def test_without_authors_there_is_no_co_author_in_a_pull_request() -> None:
    text = good_postmortem(authors=None)
    assert codes(lint(text)) == ["CO115"]
    assert codes(lint(text, took_part=frozenset())) == ["CO115", "CO602"]


def test_a_timeline_that_runs_backwards_is_reported_once() -> None:
    entries = [f"- 10:{minute} The error rate is measured." for minute in range(50, 40, -1)]
    (finding,) = found(good_postmortem(timeline="\n".join(entries)), "CO303")
    assert (finding.rule.code, finding.message.split(".")[0]) == ("CO303", "The timeline runs backwards")


def test_what_the_metadata_says_needs_no_section() -> None:
    sections: dict[str, str | None] = dict.fromkeys(SECTIONS)
    sections |= {
        "Summary": "Checkout failed.",
        "Root causes": "The pool ran dry.",
        "Resolution": "The limit was raised.",
    }
    sections |= {"Lessons learned": "Averages hide a full pool.", "Verification": SECTIONS["Verification"]}
    text = good_postmortem(sections=sections, timeline=SECTIONS["Timeline"], actions=SECTIONS["Action items"])
    assert read(text).layout == "google"
    assert not lint(text)
    (finding,) = lint(text.replace("- Impact: ", "- Remark: "))
    assert (finding.rule.code, finding.subject) == ("CO201", "impact")


def test_a_document_that_says_its_actions_are_in_progress_may_call_itself_complete() -> None:
    assert not lint(good_postmortem(status="Complete, action items in progress"))
    assert codes(lint(good_postmortem(status="Complete"))) == ["CO701", "CO703"]


def test_a_commander_named_by_login_is_recognised_as_the_author_with_that_name() -> None:
    policy = Policy(people={"ana": PersonPolicy(name="Ana Ruiz")})
    assert found(good_postmortem(incident_commander="@ana", authors="Ana Ruiz"), "CO601", policy=policy)
    assert not found(good_postmortem(incident_commander="@ana", authors="Ben Okafor"), "CO601", policy=policy)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=400))
def test_no_text_makes_a_rule_raise(text: str) -> None:
    lint(text, policy=EVERYTHING_ON)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32), st.sampled_from(FIXTURES))
def test_no_mutation_of_a_postmortem_makes_a_rule_raise(seed: int, path: Path) -> None:
    chance = random.Random(seed)
    data = bytearray(path.read_bytes())
    for _ in range(chance.randint(1, 12)):
        _mutate(data, chance)
    findings = lint(bytes(data), policy=EVERYTHING_ON, took_part=frozenset())
    assert [each.span for each in findings] == sorted(each.span for each in findings)


def _mutate(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data) + 1)
    end = min(len(data), start + chance.choice([0, 1, 5, 80]))
    pieces = [
        b"",
        b"\n",
        b"\r\n",
        b"|",
        b"- ",
        b"# ",
        b"**",
        b"---\n",
        b"`",
        b"<!--",
        b"-->",
        "é😀\u2028".encode(),
        b"> ",
        b"\t",
        bytes(data[start:end]) * 2,
    ]
    data[start:end] = chance.choice(pieces)


@pytest.mark.parametrize(
    "unit",
    [
        "The engineer failed to check, ",
        "human error ",
        "should have been ",
        "by mistake ",
        "by by by ",
        "not because ",
        "the engineer on the on the ",
        "'s mistake ",
        "Better and better and ",
        "- Improve it\n",
        "the " * 40,
        "a@b.c @x ",
        "# Timeline\n- 10:32 x\n",
        "# a\n{{x}}\n",
    ],
)
def test_long_repetitions_take_no_more_than_linear_time(unit: str) -> None:
    heading = "# Postmortem: x\n\n## Action items\n\n"
    assert_linear_time(lambda size: lint(heading + unit * (size // len(unit)), policy=EVERYTHING_ON), 20_000)
