"""Timelines from bullets, tables, headings for each event, and lines of text."""

from __future__ import annotations

import pytest

from rules.postmortem import TimelineEntry
from rules.reading import read


def entries(
    body: str, heading: str = "## Timeline (UTC)", head: str = "- Date: 2026-05-04\n", path: str = ""
) -> tuple[TimelineEntry, ...]:
    return read(f"# Postmortem: x\n\n{head}\n{heading}\n\n{body}\n", path=path).timeline


def ats(found: tuple[TimelineEntry, ...]) -> list[str | None]:
    return [entry.at.isoformat(timespec="minutes") if entry.at else None for entry in found]


def test_bullets_are_entries_with_the_time_taken_off() -> None:
    found = entries("- 10:32 — Deploy starts\n- **10:40**: Alert fires (pager).\n- [11:14] Resolved\n")
    assert [entry.text for entry in found] == ["Deploy starts", "Alert fires (pager).", "Resolved"]
    assert [entry.time.value for entry in found if entry.time] == ["10:32", "10:40", "11:14"]
    assert ats(found) == ["2026-05-04T10:32+00:00", "2026-05-04T10:40+00:00", "2026-05-04T11:14+00:00"]


def test_an_entry_may_have_no_time() -> None:
    found = entries("- 10:32 Deploy\n- We looked around\n- 10:40 Alert\n")
    assert [entry.time is None for entry in found] == [False, True, False]
    assert found[1].text == "We looked around"


def test_a_time_may_stand_behind_the_words() -> None:
    found = entries("- First detected: 2026-05-04 08:15\n- Resolved 2026-05-04 12:42\n- Deployed at 13:00 by hand\n")
    assert [entry.text for entry in found] == ["First detected", "Resolved", "Deployed by hand"]
    assert ats(found)[0] == "2026-05-04T08:15+00:00"


def test_a_table_is_read_by_its_columns() -> None:
    found = entries(
        "| Date | Time (CET) | Event |\n|--|--|--|\n| 2026-05-04 | 10:32 | Deploy |\n| | 10:40 | Alert |\n| | | |\n"
    )
    assert [entry.text for entry in found] == ["Deploy", "Alert"]
    assert ats(found) == ["2026-05-04T10:32+01:00", "2026-05-04T10:40+01:00"]


def test_a_heading_for_each_event() -> None:
    found = entries(
        "All times in UTC\n\n### 10:32\n\nDeploy starts.\n\nMore.\n\n### 10:40 Alert fires\n\n### Later\n\nCalm.\n",
        "## Timeline",
    )
    assert [entry.text for entry in found] == ["Deploy starts.", "Alert fires", "Later"]
    assert ats(found) == ["2026-05-04T10:32+00:00", "2026-05-04T10:40+00:00", None]


def test_paragraphs_and_lines_that_begin_with_a_time() -> None:
    found = entries(
        "**10:32** Deploy\nstarts slowly\n10:40 Alert\n\nProse about it.\n\nJune 14th, 2026, 1:00 PM: Done\n"
    )
    assert [entry.text for entry in found] == ["Deploy starts slowly", "Alert", "Done"]
    assert ats(found)[2] == "2026-06-14T13:00+00:00"


def test_headings_and_lines_with_a_date_set_the_day_for_bare_times() -> None:
    found = entries("2026-05-03\n\n- 23:58 a\n\n### May 5, 2026\n\n- 00:10 b\n- 2026-05-06\n  - 00:20 c\n")
    assert ats(found) == ["2026-05-03T23:58+00:00", "2026-05-05T00:10+00:00", "2026-05-06T00:20+00:00"]


def test_a_clock_that_falls_back_by_most_of_a_day_passed_midnight() -> None:
    assert ats(entries("- 23:50 a\n- 00:05 b\n- 00:01 c\n")) == [
        "2026-05-04T23:50+00:00", "2026-05-05T00:05+00:00", "2026-05-05T00:01+00:00"
    ]  # fmt: skip


def test_nothing_resolves_without_a_day_or_with_a_zone_of_two_meanings() -> None:
    assert ats(entries("- 10:32 a\n", head="")) == [None]
    assert ats(entries("- 10:32 a\n", "## Timeline")) == [None]
    assert ats(entries("- 10:32 CST a\n", "## Timeline")) == [None]
    assert ats(entries("- 01/08/2026 10:32 a\n- 10:40 b\n")) == [None, None]


def test_the_day_may_come_from_the_title_or_the_files_name() -> None:
    body = "# 2026-05-04, lag\n\n## Timeline (UTC)\n\n- 10:32 a\n"
    assert ats(read(body).timeline) == ["2026-05-04T10:32+00:00"]
    assert ats(entries("- 10:32 a\n", head="", path="p/2026-05-04-lag.md")) == ["2026-05-04T10:32+00:00"]


def test_the_zone_may_come_from_the_duration() -> None:
    found = entries("- 10:32 a\n", "## Timeline", "- Duration: 2026-05-04 10:32 (start) → 11:14 (end), UTC\n")
    assert ats(found) == ["2026-05-04T10:32+00:00"]


def test_nested_details_belong_to_their_entry() -> None:
    found = entries("- 10:32 a\n  - detail\n  - another\n- 10:40 b\n")
    assert [(entry.span.line, entry.span.end_line) for entry in found] == [(7, 9), (10, 10)]


def test_a_list_of_times_is_a_timeline_without_a_heading_that_says_so() -> None:
    assert len(entries("- 10:32 a\n- 10:40 b\n- 10:50 c\n", "## How it unfolded for us")) == 3
    assert entries("- one\n- two\n- three\n", "## How it unfolded for us") == ()


@pytest.mark.parametrize("heading", ["## Timeline of events", "**Timeline**", "Timeline\n--------", "- **Timeline**:"])
def test_the_section_may_be_marked_in_any_way(heading: str) -> None:
    body = "  - 10:32 a\n  - 10:40 b" if heading.startswith("-") else "- 10:32 a\n- 10:40 b"
    found = read(f"# x\n\n{heading}\n{body}\n" if heading.startswith("-") else f"# x\n\n{heading}\n\n{body}\n").timeline
    assert [entry.text for entry in found] == ["a", "b"]


@pytest.mark.parametrize(
    ("times", "days"),
    [
        (("23:50", "00:10 (+1)", "00:20"), (4, 5, 5)),
        (("23:50", "00:10", "00:20 (+1)"), (4, 5, 5)),
        (("22:50", "09:10 (+1)", "09:20 (+1)", "09:30"), (4, 5, 5, 5)),
        (("23:50", "24:00", "00:10"), (4, 5, 5)),
    ],
)
def test_a_day_that_is_counted_on_is_counted_once(times: tuple[str, ...], days: tuple[int, ...]) -> None:
    entries = "".join(f"- {time} x\n" for time in times)
    postmortem = read(f"# x\n\n- Date: 2026-05-04\n\n## Timeline (UTC)\n\n{entries}")
    assert [entry.at.day for entry in postmortem.timeline if entry.at] == list(days)


def test_without_a_zone_or_a_date_the_order_of_entries_is_known() -> None:
    first, second, third = read("# x\n\n## Timeline\n\n- 23:50 a\n- 00:10 b\n- 00:20 c\n").timeline
    assert first.at is None
    assert first.local is not None
    assert second.local is not None
    assert third.local is not None
    assert first.local < second.local < third.local


@pytest.mark.parametrize(
    "notes",
    [
        "Sources:\n\n- PagerDuty\n- the channel of the incident",
        "**Legend**\n\n* red: impact\n* green: action",
        "### Notes\n\n1. The dashboards lag by two minutes\n2. Nobody could see the vendor's log",
        "> See also\n\n- [dashboard](https://example.org/d/1)",
    ],
)
def test_a_list_in_which_nothing_has_a_time_holds_notes(notes: str) -> None:
    times = "- 10:32 a\n- 10:40 b"
    assert [entry.text for entry in entries(f"{notes}\n\n### Events\n\n{times}\n")] == ["a", "b"]
    assert [entry.text for entry in entries(f"{times}\n\n{notes}\n")] == ["a", "b"]


def test_a_list_without_times_is_kept_where_there_are_no_times_at_all() -> None:
    assert [entry.text for entry in entries("- Ana deploys\n- Ben is paged\n")] == ["Ana deploys", "Ben is paged"]


def test_below_a_date_an_entry_has_a_day_if_no_time() -> None:
    found = entries("### 2026-05-03\n\n- The limit is raised\n\n### 2026-05-04\n\n- 10:32 a\n- We looked around\n")
    assert [entry.text for entry in found] == ["The limit is raised", "a", "We looked around"]
    assert [f"{entry.local:%d %H:%M}" if entry.local else None for entry in found] == ["03 00:00", "04 10:32", None]


def test_a_clock_of_twelve_hours_without_its_half_of_the_day_tells_no_instant() -> None:
    found = entries("- 12:40 Alarm\n- 12:50 Call\n- 1:10 Restart")
    assert ats(found) == [None, None, None]
    assert [entry.local for entry in found] == [None, None, None]


@pytest.mark.parametrize(
    "body",
    [
        "- 12:40 Alarm\n- 12:50 Call\n- 13:10 Restart",
        "- 9:40 Alarm\n- 10:50 Call\n- 11:10 Restart",
        "- 10:50 Call\n- 9:40 Alarm\n- 11:10 Restart",
        "- 12:40 pm Alarm\n- 12:50 pm Call\n- 1:10 pm Restart",
    ],
)
def test_a_clock_that_tells_the_half_of_the_day_does(body: str) -> None:
    assert None not in ats(entries(body))
