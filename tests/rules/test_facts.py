"""The facts at the head: what counts as an answer, and what does not."""

from __future__ import annotations

from typing import Any

import pytest

from rules.policy import Policy
from rules.reading import read
from rules.rule import Severity
from tests.postmortems import METADATA, good_postmortem
from tests.rules.linting import PEOPLE, codes, found, lint


@pytest.mark.parametrize(
    "value",
    [
        "synthetic check `checkout-probe`, by the SRE on call",
        "Customers on Twitter",
        "customer support ticket #4411",
        "noticed by Ana Ruiz while reviewing a dashboard",
        "Ana noticed it on the dashboard",
        "Zebulon spotted it in Grafana",
        "Grafana dashboard, Ana",
        "Grafana burn-rate alert → @bo",
        "a customer wrote to support",
        "unknown, because the chat was deleted",
    ],
)
def test_a_detection_that_says_how_and_by_whom_is_enough(value: str) -> None:
    assert not lint(good_postmortem(detection=value))


@pytest.mark.parametrize(
    ("value", "count"),
    [
        ("by monitoring", 1),
        ("Monitoring noticed it", 1),
        ("Ana Ruiz", 1),
        ("after four minutes", 2),
        ("by chance", 2),
        ("No alert fired", 2),
    ],
)
def test_each_half_that_a_detection_leaves_out_is_a_notice(value: str, count: int) -> None:
    findings = lint(good_postmortem(detection=value))
    assert [(each.rule.code, each.severity) for each in findings] == [("CO111", Severity.NOTICE)] * count


def test_a_missing_detection_is_one_finding() -> None:
    assert [(each.rule.code, each.severity) for each in lint(good_postmortem(detection=None))] == [
        ("CO111", Severity.WARNING)
    ]


def test_a_detection_section_counts_as_well() -> None:
    section = {"Detection": "The alert on checkout errors paged the on-call engineer."}
    assert not lint(good_postmortem(detection=None, sections=section))


@pytest.mark.parametrize(
    "value",
    [
        "~3% of users, 48k failed checkouts, 31% of monthly error budget",
        "no users affected; no failed requests; no SLO budget consumed",
        "unknown, because the access logs had been rotated",
        "2 tenants, 300 jobs delayed, error budget: 4.2%",
        "Everyone. All requests. The whole error budget.",
    ],
)
def test_an_impact_with_its_three_parts_is_enough(value: str) -> None:
    assert not lint(good_postmortem(impact=value))


def test_none_is_an_impact_but_not_that_of_a_severe_incident() -> None:
    assert not lint(good_postmortem(impact="none", severity="SEV-3"))
    assert codes(lint(good_postmortem(impact="none", severity="SEV-1"))) == ["CO112"]


@pytest.mark.parametrize("value", ["none", "No impact.", "nobody"])
def test_no_impact_is_no_answer_for_a_severe_incident(value: str) -> None:
    (finding,) = lint(good_postmortem(impact=value))
    assert (finding.rule.code, finding.severity) == ("CO112", Severity.WARNING)


def test_no_impact_is_an_answer_for_a_near_miss() -> None:
    assert not lint(good_postmortem(impact="none", kind="near-miss"))


def test_each_part_of_the_impact_is_named_separately() -> None:
    assert codes(lint(good_postmortem(impact=None))) == ["CO112", "CO113", "CO114"]
    assert codes(lint(good_postmortem(impact="checkout was slow"))) == ["CO112", "CO113", "CO114"]


def test_an_impact_section_counts_as_well() -> None:
    section = {"Impact": "12,400 users saw an error. 31,000 requests failed.\n\n18 % of the SLO budget went."}
    assert not lint(good_postmortem(impact=None, sections=section))


@pytest.mark.parametrize(
    "value",
    ["42m", "1h 5m", "about three quarters of an hour", "3 days", "2026-05-04 10:32 → 11:14, Europe/Berlin", "unknown"],
)
def test_a_length_or_a_start_and_an_end_is_a_duration(value: str) -> None:
    assert not {"CO107", "CO109"} & set(codes(lint(good_postmortem(duration=value))))


@pytest.mark.parametrize(
    ("value", "clock"),
    [
        ("10:32 → 25:20, UTC", "25:20"),
        ("10:32 (start) → 11:75 (end), UTC", "11:75"),
        ("10:32 UTC - 10:99 UTC", "10:99"),
    ],
)
def test_a_time_that_no_clock_shows_is_told(value: str, clock: str) -> None:
    (finding,) = found(good_postmortem(duration=value), "CO109")
    assert finding.message.startswith(f"“{clock}” is no time of day.")


def test_hours_and_minutes_beyond_a_day_are_a_length() -> None:
    assert not found(good_postmortem(duration="36:15"), "CO109")


def test_an_end_that_no_clock_shows_is_told() -> None:
    times = {"Duration": None, "Started": "2026-05-04 10:32 UTC", "Ended": "2026-05-04 25:14 UTC"}
    (finding,) = found(good_postmortem(metadata=times), "CO109")
    assert finding.span.line > 10


@pytest.mark.parametrize("value", ["all morning", "42", "several times"])
def test_anything_else_is_none(value: str) -> None:
    assert "CO109" in codes(lint(good_postmortem(duration=value)))


def test_a_start_and_an_end_of_their_own_count_as_well() -> None:
    times = {"Duration": None, "Started": "2026-05-04 10:32 UTC", "Ended": "2026-05-04 11:14 UTC"}
    assert not lint(good_postmortem(metadata=times))


def test_a_duration_past_midnight_does_not_contradict_its_timeline() -> None:
    timeline = "- 23:50 The error rate passes 5 %.\n- 23:54 An alert pages the engineer.\n- 00:20 The rate is at 0.1 %."
    assert not found(good_postmortem(duration="23:50 (start) → 00:20 (end), UTC", timeline=timeline), "CO119")


@pytest.mark.parametrize(("value", "count"), [("42m", 0), ("90m", 0), ("5h", 1), ("3 days", 1)])
def test_a_duration_far_longer_than_the_timeline_contradicts_it_without_a_zone_too(value: str, count: int) -> None:
    assert len(found(good_postmortem(duration=value), "CO119")) == count


def test_a_duration_on_another_day_contradicts_the_timeline() -> None:
    assert found(good_postmortem(duration="2026-05-14 10:32 → 2026-05-14 11:14, UTC"), "CO119")


@pytest.mark.parametrize("headline", ["Outage", "Incident 2026-05-04", "SEV-1", "INC-2041", "Major production outage"])
def test_a_headline_that_every_postmortem_could_bear_is_generic(headline: str) -> None:
    assert codes(lint(good_postmortem(headline=headline))) == ["CO106"]


@pytest.mark.parametrize("headline", ["Database outage", "Payments API 5xx", "The day the cache died"])
def test_a_short_headline_may_say_enough(headline: str) -> None:
    assert not lint(good_postmortem(headline=headline))


@pytest.mark.parametrize("title", ["# Incident report", "# Postmortem", "# Retrospective"])
def test_a_title_that_names_the_kind_of_document_only_is_generic(title: str) -> None:
    text = good_postmortem().replace("# Postmortem: Checkout returned errors for 42 minutes", title)
    (finding,) = lint(text)
    assert (finding.rule.code, read(text).source.slice(finding.span)) == ("CO106", title[2:])


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("May 4, 2026", "2026-05-04"),
        ("4 May 2026", "2026-05-04"),
        ("13.05.2026", "2026-05-13"),
        ("2026-5-4", "2026-05-04"),
    ],
)
def test_a_clear_date_is_written_anew(value: str, iso: str) -> None:
    (finding,) = found(good_postmortem(date=value), "CO125")
    assert finding.edit is not None
    assert finding.edit.replacement == iso


@pytest.mark.parametrize("value", ["05/04/2026", "04.05.2026", "Mon 4 May", "2026-02-30"])
def test_a_date_that_cannot_be_told_is_not_guessed(value: str) -> None:
    assert found(good_postmortem(date=value), "CO126")


@pytest.mark.parametrize("value", ["05/04/2026", "05.04.2026", "05-04-2026"])
def test_both_readings_of_an_ambiguous_date_are_named(value: str) -> None:
    (finding,) = found(good_postmortem(date=value), "CO126")
    assert finding.message == (
        f"“{value}” is 5 April to some, and 4 May to others. Write `2026-04-05` or `2026-05-04`, whichever it was."
    )


@pytest.mark.parametrize(
    ("label", "wanted"),
    [("Severty", "Severity"), ("incident comander", "incident commander"), ("Incident Comander", "Incident Commander")],
)
def test_a_misspelled_label_is_written_as_it_is_known(label: str, wanted: str) -> None:
    right = "Severity" if label == "Severty" else "Incident commander"
    (finding,) = found(good_postmortem(metadata={right: None, label: "x"}), "CO124")
    assert finding.edit is not None
    assert finding.edit.replacement == wanted


@pytest.mark.parametrize(
    ("label", "right"),
    [
        ("Severty", "Severity"),
        ("Stauts", "Status"),
        ("Incident comander", "Incident commander"),
        ("Authros", "Authors"),
        ("Detction", "Detection"),
        ("Facillitater", "Facilitator"),
        ("Affectd team", "Affected team"),
        ("Duraton", "Duration"),
        ("Imapct", "Impact"),
    ],
)
def test_a_misspelled_label_counts_as_what_it_means_and_is_the_only_finding(label: str, right: str) -> None:
    assert codes(lint(good_postmortem(metadata={right: None, label: METADATA[right]}))) == ["CO124"]


def test_a_misspelled_label_is_no_way_round_another_rule() -> None:
    text = good_postmortem(metadata={"Incident commander": None, "Incident comander": "Ana"}, authors="Ana")
    assert sorted(codes(lint(text))) == ["CO124", "CO601"]


@pytest.mark.parametrize("label", ["Affected item", "Affected tier", "Known case", "Stats", "Retention", "Security"])
def test_another_word_is_no_misspelling(label: str) -> None:
    assert not found(good_postmortem(metadata={"Affected team": None, "Status": None, label: "x"}), "CO124")


def test_a_misspelled_key_in_front_matter_keeps_its_style() -> None:
    text = good_postmortem(metadata={"Incident commander": None}, front_matter="incident_comander: Ana Ruiz (@ana)")
    (finding,) = found(text, "CO124")
    assert finding.edit is not None
    assert finding.edit.replacement == "incident_commander"


@pytest.mark.parametrize("label", ["Services", "Security", "Slack channel", "Detected by us", "Root", "Severity note"])
def test_a_label_of_somebodys_own_is_left_alone(label: str) -> None:
    assert not lint(good_postmortem(metadata={label: "x"}))


def test_a_label_that_is_there_in_its_right_spelling_is_not_looked_for_again() -> None:
    assert not lint(good_postmortem(metadata={"Severty": "SEV-2"}))


@pytest.mark.parametrize(
    ("team", "count"), [("payments", 1), ("The Payments team", 1), ("checkout, payments", 1), ("platform", 0), ("", 0)]
)
def test_a_facilitator_of_the_affected_team_is_found_by_the_policys_people(team: str, count: int) -> None:
    text = good_postmortem(facilitator="Emil Sand", affected_team=team)
    assert len(found(text, "CO122", policy=Policy(people=PEOPLE))) == count


@pytest.mark.parametrize("value", ["the team", "SRE", "Platform team, the on-call"])
def test_a_group_is_no_author(value: str) -> None:
    (finding,) = found(good_postmortem(authors=value), "CO115")
    assert value.split(",")[0] in finding.message


@pytest.mark.parametrize(("commander", "author"), [("Marta Kowalski", "Marta (SRE)"), ("Marta", "Marta Kowalski")])
def test_a_first_name_that_one_person_has_is_that_persons(commander: str, author: str) -> None:
    assert found(good_postmortem(incident_commander=commander, authors=author), "CO601")


@pytest.mark.parametrize(
    "fields",
    [
        {"authors": "Marta, Ben Okafor"},
        {"authors": "Mart"},
        {"authors": "Marta Nowak"},
        {"authors": "Marta", "facilitator": "Marta Nowak"},
        {"authors": "Marta", "timeline": "- 10:32 Marta Nowak joins the call."},
        {"authors": "Marta (@marta-n)", "incident_commander": "Marta Kowalski (@marta-k)"},
        {"authors": "Marta", "incident_commander": "Marta Kowalski (@marta-k)", "facilitator": "Marta (@marta-n)"},
    ],
)
def test_a_first_name_that_may_be_somebody_elses_is_not_the_commanders(fields: dict[str, Any]) -> None:
    assert not found(good_postmortem(**{"incident_commander": "Marta Kowalski", **fields}), "CO601")


def test_a_group_beside_the_commander_is_no_co_author() -> None:
    assert found(good_postmortem(authors="Ana Ruiz (@ana), the payments team"), "CO601")
    assert not found(good_postmortem(authors="Ana Ruiz (@ana), the payments team, Ben Okafor"), "CO601")


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("Detection", "how, by whom"),
        ("Impact", "users affected, requests failed, SLO budget consumed (%)"),
        ("Duration", "HH:MM (start) → HH:MM (end), TZ"),
    ],
)
def test_words_of_the_template_are_told_once_as_such(label: str, value: str) -> None:
    findings = lint(good_postmortem(metadata={label: value}))
    assert [code for code in codes(findings) if code.startswith("CO1")] == ["CO102"]


def test_other_house_styles_are_not_asked_for_the_facts_of_this_one() -> None:
    text = "# Queue lost messages\n\n## Summary\n\nThe queue lost messages on 2026-05-04 for two hours.\n"
    asked = {"CO111", "CO112", "CO113", "CO114", "CO118", "CO121", "CO107"}
    assert not asked & set(codes(lint(text)))
