"""Timelines: zones, entries that lie outside, and words that judge."""

from __future__ import annotations

import pytest

from rules.policy import Policy
from rules.rule import Severity
from tests.postmortems import good_postmortem
from tests.rules.linting import found


def spans(code: str, *entries: str, policy: Policy | None = None, **metadata: str) -> list[int]:
    """The numbers of the entries, from 1, at which a rule finds something."""
    text = good_postmortem(timeline="\n".join(f"- {each}" for each in entries), metadata={**metadata})
    first = text.splitlines().index(f"- {entries[0]}")
    return [each.span.line - first for each in found(text, code, policy=policy)]


_BARE = ("10:32 Errors", "10:36 Alert", "11:14 Restored")


def test_bare_times_without_any_zone_are_told() -> None:
    assert len(spans("CO304", *_BARE, Duration="42 minutes")) == 1


def test_a_zone_anywhere_or_a_policy_that_names_one_will_do() -> None:
    assert not spans("CO304", *_BARE)
    assert not spans("CO304", "10:32 UTC Errors", *_BARE[1:], Duration="42 minutes")
    assert not spans("CO304", *_BARE, Duration="42 minutes", policy=Policy(timezone="Europe/Berlin"))


@pytest.mark.parametrize(
    ("one", "other", "mixed"),
    [("UTC", "CEST", True), ("CET", "CEST", False), ("UTC", "GMT", False), ("PST", "PT", False), ("EST", "PST", True)],
)
def test_winter_and_summer_of_one_place_are_no_two_zones(one: str, other: str, mixed: bool) -> None:
    assert bool(spans("CO305", f"10:32 {one} Errors", f"10:36 {other} Alert", f"11:14 {one} Restored")) is mixed


def test_one_time_in_another_zone_than_the_documents_is_told_as_that_alone() -> None:
    entries = ("10:32 Errors", "10:36 Alert", "10:41 PST The deploy is rolled back", "10:58 Found", "11:14 Restored")
    assert spans("CO305", *entries) == [3]
    assert not spans("CO303", *entries)


@pytest.mark.parametrize(
    ("zone", "entry"),
    [("Europe/Berlin", "CEST"), ("Europe/London", "BST"), ("UTC", "GMT"), ("America/New_York", "EDT")],
)
def test_a_place_and_what_its_clocks_are_called_are_one_zone(zone: str, entry: str) -> None:
    entries = ("10:32 Errors", f"10:36 {entry} Alert", "11:14 Restored")
    assert not spans("CO305", *entries, Duration=f"10:32 (start) → 11:14 (end), {zone}")


def test_a_bare_time_among_times_of_another_zone_than_the_documents_is_left_alone() -> None:
    entries = ("10:32 PST Errors", "10:36 PST Alert", "11:10 PST Fix", "11:14 Restored")
    assert not spans("CO305", *entries)
    assert not spans("CO303", *entries)


@pytest.mark.parametrize("date", ["2026-05-04", ""])
def test_order_can_be_told_without_a_zone(date: str) -> None:
    entries = ("10:32 Errors", "10:41 Rollback", "10:36 Alert", "11:14 Restored")
    assert spans("CO303", *entries, Duration="42 minutes", Date=date) == [3]


def test_a_minute_does_not_come_before_a_second_of_it() -> None:
    assert not spans("CO303", "10:32:45 Errors", "10:32–11:10 Orders are lost", "11:14 Restored")
    assert spans("CO303", "10:32:45 Errors", "10:32:30 Alert", "11:14:00 Restored")
    assert spans("CO303", "10:33:45 Errors", "10:32 Alert", "11:14 Restored")


def test_of_many_entries_the_one_that_is_out_of_place_is_told() -> None:
    assert spans("CO303", "10:32 Errors", "19:36 Alert", "10:41 Rollback", "10:58 Found", "11:14 Restored") == [2]


def test_a_timeline_with_its_last_entry_first_is_told_once() -> None:
    assert len(spans("CO303", "11:14 Restored", "10:58 Found", "10:41 Rollback", "10:36 Alert", "10:32 Errors")) == 1


@pytest.mark.parametrize(
    "entries",
    [
        ("23:50 Errors", "00:10 Alert", "00:20 Restored"),
        ("23:50 Errors", "00:10 (+1) Alert", "00:20 Restored"),
        ("11:32 Errors", "11:50 Alert", "1:05 Fix", "1:10 Restored"),
        ("T+1h Errors", "T+2 Alert", "T+3 Restored"),
        ("T0 is the end of the rollout", "T-6m Errors", "T+2m Alert"),
        ("Monday 17:00 Errors", "Tuesday 09:00 Alert", "Tuesday 09:20 Restored"),
    ],
)
def test_midnight_days_and_twelve_hours_put_nothing_out_of_order(entries: tuple[str, ...]) -> None:
    assert not spans("CO303", *entries, Duration="42 minutes", Date="")
    assert not spans("CO303", *entries, Duration="42 minutes")


@pytest.mark.parametrize("time", ["05-04 ~10:36", "05-04 ~11:xx", "05-04 evening"])
def test_a_day_without_a_year_is_a_time(time: str) -> None:
    assert not spans("CO302", "10:32 Errors", f"{time} Alert", "05-04 11:14 Restored")


def test_a_zone_in_the_head_of_a_column_will_do_for_days_without_a_year_too() -> None:
    table = (
        "| Time (EDT) | Event |\n|---|---|\n| 05-04 ~10:32 | Errors |\n| 05-04 ~10:36 | Alert |\n| 05-04 noon | Over |"
    )
    assert not found(good_postmortem(timeline=table, duration="42 minutes"), "CO304")


def test_a_remark_in_the_heading_is_not_repeated_where_a_zone_is_asked_for() -> None:
    text = good_postmortem(duration="42 minutes").replace("## Timeline", "## Timeline (local)")
    assert "“Timeline (UTC)”" in found(text, "CO304")[0].message


def test_a_time_that_no_clock_shows_is_named() -> None:
    text = good_postmortem(timeline="- 10:32 Errors\n- 25:36 Alert\n- 11:14 Restored")
    (finding,) = found(text, "CO302")
    assert finding.message.startswith("“25:36” is no time of day.")


@pytest.mark.parametrize(
    "entry", ["08:20 The new release is deployed", "2026-04-30 09:00 The pool gets its limit", "10:29 The pool is full"]
)
def test_a_run_up_is_no_mistake(entry: str) -> None:
    assert not spans("CO306", entry, "2026-05-04 10:32 Errors", "10:36 Alert", "11:14 Restored")


@pytest.mark.parametrize("entry", ["15:00 The vendor confirms the fault", "11:18 The pool stands at 40 %"])
def test_an_aftermath_is_no_mistake(entry: str) -> None:
    assert not spans("CO306", *_BARE, entry)


@pytest.mark.parametrize(
    ("entry", "severity"),
    [("11:40 The pool stands at 40 %", Severity.NOTICE), ("12:40 The pool stands at 40 %", Severity.WARNING)],
)
def test_beyond_the_detection_gap_an_entry_is_outside_and_from_an_hour_on_a_warning(
    entry: str, severity: Severity
) -> None:
    timeline = "\n".join(f"- {each}" for each in (*_BARE, entry))
    assert [each.severity for each in found(good_postmortem(timeline=timeline), "CO306")] == [severity]


@pytest.mark.parametrize("entry", ["13:30 Customers report errors", "13:30 Support sees more tickets"])
def test_who_reports_errors_after_the_end_tells_of_no_aftermath(entry: str) -> None:
    assert spans("CO306", *_BARE, entry) == [4]


def test_a_mistyped_hour_and_a_wrong_year_are_told() -> None:
    assert spans("CO306", *_BARE, "19:20 The pool stands at 40 %") == [4]
    assert spans("CO306", "2025-05-04 10:31 The pool is full", "2026-05-04 10:32 Errors", "11:14 Restored") == [1]


def test_of_several_in_a_row_the_first_is_told() -> None:
    assert spans("CO306", *_BARE, "19:20 The pool stands at 40 %", "19:40 The pool stands at 30 %") == [4]


@pytest.mark.parametrize(
    "entry",
    [
        "10:36 Ana: unfortunately it is down",
        "10:36 Support writes “Sadly we cannot say more.”",
        "10:36 The cause is not clearly visible",
        "10:36 `luckily-named-job` starts",
    ],
)
def test_quotations_and_denials_judge_nothing(entry: str) -> None:
    assert not spans("CO309", "10:32 Errors", entry, "11:14 Restored")


@pytest.mark.parametrize("entry", ["10:36 Obviously the wrong pool", "10:36 The page is, of course, down"])
def test_words_that_judge_are_told(entry: str) -> None:
    assert spans("CO309", "10:32 Errors", entry, "11:14 Restored") == [2]


def test_what_no_clock_shows_is_told_in_a_table_as_in_a_list() -> None:
    table = "| Time | What |\n|---|---|\n| 10:32 | Errors |\n| 25:36 | Alert |\n| 11:14 | Restored |"
    (finding,) = found(good_postmortem(timeline=table), "CO302")
    assert finding.message.startswith("“25:36” is no time of day.")


@pytest.mark.parametrize("label", ["Start – end", "Start/End", "Start and end time", "From – to"])
def test_a_start_and_end_in_one_fact_name_the_zone(label: str) -> None:
    text = good_postmortem(timeline="".join(f"- {each}\n" for each in _BARE))
    lines = [line for line in text.splitlines() if not line.startswith("- Duration")]
    assert found("\n".join(lines), "CO304")
    lines.insert(2, f"- {label}: 10:32 – 11:14 Europe/Berlin")
    assert not found("\n".join(lines), "CO304")


@pytest.mark.parametrize(
    "remark",
    [
        "Note: the status page was not updated",
        "All times are UTC",
        "Time to detect: 4 minutes",
        "Total downtime of 42 minutes",
        "Outage of 42 minutes",
        "(see also the dashboard)",
    ],
)
def test_a_remark_on_the_timeline_needs_no_time(remark: str) -> None:
    assert not spans("CO302", *_BARE, remark)
    assert spans("CO302", *_BARE, "The on-call engineer notes the pool's limit") == [4]
    assert spans("CO302", *_BARE, "Outage of the pool is declared") == [4]


def test_a_list_of_notes_and_one_below_a_date_need_no_times() -> None:
    bare = "\n".join(f"- {each}" for each in _BARE)
    text = good_postmortem(timeline=f"{bare}\n\nNotes:\n\n- The dashboards lag\n- The vendor was not asked")
    assert not found(text, "CO302")
    text = good_postmortem(timeline=f"### 2026-05-03\n\n- The pool gets its limit\n\n### 2026-05-04\n\n{bare}")
    assert not found(text, "CO302")


def test_a_sentence_may_look_back() -> None:
    prose = (
        "At 10:36 the first alert fired, and Ana joined. The deploy that began at 10:32 was suspected. "
        "It was rolled back at 11:10 UTC."
    )
    assert not found(good_postmortem(timeline=prose), "CO303")


@pytest.mark.parametrize(
    "sign", ["**After the rollback**", "**--- incident ends ---**", "--- incident ends ---", "![errors](errors.png)"]
)
def test_what_parts_the_entries_needs_no_time(sign: str) -> None:
    assert not spans("CO302", *_BARE[:2], sign, _BARE[2])


@pytest.mark.parametrize("entry", ["**Ana** is paged", "The *limit* is raised", "![](a.png) The pool is full"])
def test_emphasis_and_images_do_not_excuse_an_entry(entry: str) -> None:
    assert spans("CO302", *_BARE[:2], entry, _BARE[2]) == [3]


def test_the_full_stop_of_an_abbreviation_is_not_doubled() -> None:
    text = good_postmortem(timeline="- 4:00 p.m.: Errors\n- 3:00 p.m.: Alert\n- 5:00 p.m.: Restored")
    (complaint,) = found(text, "CO303")
    assert ".." not in complaint.message
