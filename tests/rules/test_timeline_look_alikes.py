"""Timelines in which nothing is wrong, however they tell their times: by lengths, full hours, two clocks or days."""

from __future__ import annotations

import pytest

from rules.checking import check
from rules.policy import Policy
from rules.postmortem import Postmortem
from rules.reading import read
from tests.rules.laws import CONTEXT


def document(timeline: str, heading: str = "## Timeline (UTC)") -> Postmortem:
    return read(f"# Postmortem: x\n\n- Start: 2026-05-04 08:00 UTC\n\n{heading}\n\n{timeline}\n")


def complaints(postmortem: Postmortem, *codes: str) -> list[str]:
    return [each.rule.code for each in check(postmortem, Policy(), CONTEXT) if each.rule.code in codes]


@pytest.mark.parametrize("length", ["+10 minutes", "+ 10m", "T+10m", "T+10", "+0:10", "+5 min"])
def test_a_length_of_time_among_times_of_day_is_no_step_back(length: str) -> None:
    found = document(f"- 10:00 Deploy\n- {length}: The alert fires\n- +25 minutes: Rollback\n- 10:40 Over")
    assert complaints(found, "CO303") == []


def test_times_of_day_around_a_length_are_still_put_in_order() -> None:
    assert complaints(document("- 10:00 Deploy\n- +10 minutes: Alert\n- 09:40 Over"), "CO303") == ["CO303"]


def test_lengths_alone_are_still_put_in_order() -> None:
    assert complaints(document("- T+0 Deploy\n- T+10m Alert\n- T+5m Over"), "CO303") == ["CO303"]


@pytest.mark.parametrize(("line", "clock"), [("9h - ack", "09:00"), ("**9h**: ack", "09:00"), ("9 h : ack", "09:00")])
def test_a_full_hour_ends_in_its_letter_where_others_have_minutes_behind_it(line: str, clock: str) -> None:
    found = document(f"- 8h50 - deploy\n- {line}\n- 9h12 - rollback")
    assert [f"{entry.at:%H:%M}" for entry in found.timeline if entry.at] == ["08:50", clock, "09:12"]
    assert found.timeline[1].text == "ack"
    assert complaints(found, "CO302") == []


@pytest.mark.parametrize("around", [("08:50", "09:12"), ("8h50", "9h12")])
def test_a_number_of_hours_is_no_time_of_day(around: tuple[str, str]) -> None:
    found = document(f"- {around[0]} deploy\n- 9h of downtime in all\n- {around[1]} rollback")
    assert [entry.at is None for entry in found.timeline] == [False, True, False]


@pytest.mark.parametrize(
    "line",
    ["10:00 (= 23:00 PT) Deploy", "10:00 (=03:00 PDT): Deploy", "10:00 (03:00 PDT) Deploy", "10:00 = 03:00 PDT: Deploy",
     "10:00 UTC (= 12:00 CEST) Deploy", "Deploy (10:00 = 03:00 PDT)", "Deploy at 10:00 (= 03:00 PDT)"],
)  # fmt: skip
def test_the_same_moment_by_another_clock_is_no_part_of_what_happened(line: str) -> None:
    (entry,) = document(f"- {line}").timeline
    assert entry.text == "Deploy"
    assert f"{entry.at:%H:%M}" == "10:00"


@pytest.mark.parametrize("remark", ["(5 minutes late)", "(23:13 was the first)", "(23:13)"])
def test_a_remark_behind_a_time_is_what_happened(remark: str) -> None:
    (entry,) = document(f"- 10:00 {remark} Deploy").timeline
    assert entry.text == f"{remark} Deploy"


@pytest.mark.parametrize("head", ["### {}", "**{}**", "### {}:"])
def test_paragraphs_below_headings_that_are_dates_are_a_timeline(head: str) -> None:
    days = ("2026-05-04", "5 May 2026", "May 6")
    found = document("\n\n".join(f"{head.format(day)}\n\nStep on {day[:1]}." for day in days), "## Timeline")
    assert [(entry.time and entry.time.value, entry.text) for entry in found.timeline] == [
        (day, f"Step on {day[:1]}.") for day in days
    ]
    assert complaints(found, "CO301", "CO302", "CO303") == []


@pytest.mark.parametrize("below", ["", "<!-- tell what happened -->"])
def test_a_date_with_nothing_below_it_tells_nothing(below: str) -> None:
    assert complaints(document(f"### 2026-05-04\n\n{below}"), "CO301") == ["CO301"]


def test_the_entries_below_a_date_are_the_timeline_and_not_what_leads_up_to_them() -> None:
    found = document("### 2026-05-04\n\nThe night was quiet.\n\n- 10:00 Deploy\n- 10:10 Alert")
    assert [entry.text for entry in found.timeline] == ["Deploy", "Alert"]


@pytest.mark.parametrize("facts", ["- **Duration:** 30 minutes\n- **Impact:** 5 %\n- **Root cause:** a full pool"])
def test_a_list_of_facts_below_a_bold_line_is_what_stands_under_it(facts: str) -> None:
    found = read(f"# Postmortem: x\n\n**Issue Summary**\n\n{facts}\n\n**Timeline**\n\n- 10:00 UTC Deploy\n")
    assert complaints(found, "CO202") == []
    assert "30 minutes" in found.sections_of("tldr")[0].text


def test_a_bold_line_with_the_next_one_behind_it_is_empty() -> None:
    found = read("# Postmortem: x\n\n**Issue Summary**\n\n**Timeline**\n\n- 10:00 UTC Deploy\n")
    assert complaints(found, "CO202") == ["CO202"]
