"""Every notation in which people write the entries of a timeline, and what it resolves to."""

from __future__ import annotations

from datetime import UTC

import pytest

from rules.postmortem import TimelineEntry
from rules.reading import read

HEAD = "- Start: 2026-05-04 10:00 UTC\n"  # a Monday


def entries(body: str, heading: str = "## Timeline (UTC)", head: str = HEAD) -> tuple[TimelineEntry, ...]:
    return read(f"# Postmortem: x\n\n{head}\n{heading}\n\n{body}\n").timeline


def told(found: tuple[TimelineEntry, ...]) -> list[tuple[str | None, str]]:
    """Day, hour and minute in UTC, and the text."""
    return [(f"{entry.at.astimezone(UTC):%d %H:%M}" if entry.at else None, entry.text) for entry in found]


@pytest.mark.parametrize(
    ("line", "at"),
    [
        ("10:32 Deploy", "04 10:32"),
        ("**10:32**: Deploy", "04 10:32"),
        ("`10:32` - Deploy", "04 10:32"),
        ("[10:32](https://example.org/p1) Deploy", "04 10:32"),
        ("[10:32 UTC] Deploy", "04 10:32"),
        ("(10:32) Deploy", "04 10:32"),
        ("🕥 10:32 → Deploy", "04 10:32"),
        (":clock1030: 10:32 Deploy", "04 10:32"),
        ("10：32 － Deploy", "04 10:32"),
        ("10:32 – Deploy", "04 10:32"),
        ("10.32 Deploy", "04 10:32"),
        ("10h32: Deploy", "04 10:32"),
        ("10:32 hrs Deploy", "04 10:32"),
        ("0932 - Deploy", "04 09:32"),
        ("1032Z Deploy", "04 10:32"),
        ("10:32 AM Deploy", "04 10:32"),
        ("10: 32 AM - Deploy", "04 10:32"),
        ("@ 10:32 Deploy", "04 10:32"),
        ("At 10:32, Deploy", "04 10:32"),
        ("~10:32–10:40 Deploy", "04 10:32"),
        ("UTC 10:32 Deploy", "04 10:32"),
        ("10:32 UTC / 12:32 CEST Deploy", "04 10:32"),
        ("10:32 UTC (12:32 CEST) Deploy", "04 10:32"),
        ("Mon 10:32 Deploy", "04 10:32"),
        ("2026-05-04 10:32:00 +0000 UTC Deploy", "04 10:32"),
        ("2026-05-04T10:32:00.000Z Deploy", "04 10:32"),
        ("2026-05-04 23:50 – 2026-05-05 00:10 Deploy", "04 23:50"),
        ("May 4, 2026 at 3:32 AM PDT Deploy", "04 10:32"),
        ("5 May 10:32 Deploy", "05 10:32"),
        ("T+32m Deploy", "04 10:32"),
        ("T+1h 05m: Deploy", "04 11:05"),
        ("+00:32 Deploy", "04 10:32"),
        ("T-5 Deploy", "04 09:55"),
        ("T0: Deploy", "04 10:00"),
        ("Mon May  4 10:32:11 UTC 2026 - Deploy", "04 10:32"),
        ("**4. May, 10:32** Deploy", "04 10:32"),
        ("May 4th, 10:32: Deploy", "04 10:32"),
        ("10:32 (+7 min) Deploy", "04 10:32"),
        ("10:32 (+28 min) Deploy", "04 10:32"),
        ("10:32 (T+0:32) – Deploy", "04 10:32"),
        ("10:32 (+1) Deploy", "05 10:32"),
        ("10:32 +1 – Deploy", "05 10:32"),
        ("10:32 +1d Deploy", "05 10:32"),
        ("T+32m to T+40m: Deploy", "04 10:32"),
        ("T+32m – T+40m: Deploy", "04 10:32"),
        ("05/04 10:32 Deploy", None),
        ("5/4 9:32 AM: Deploy", None),
        ("2026-05-?? 10:32 Deploy", None),
    ],
)
def test_a_time_is_taken_off_whatever_its_notation(line: str, at: str | None) -> None:
    (entry,) = entries(f"- {line}")
    assert entry.text.lstrip("－ ") == "Deploy"
    assert told((entry,))[0][0] == at
    assert entry.time is not None


def test_a_length_of_time_resolves_only_where_the_start_is_known() -> None:
    (entry,) = entries("- T+12m Rollback", head="- Date: 2026-05-04\n")
    assert entry.at is None
    assert entry.time is not None
    assert entry.time.value == "T+12m"


def test_a_year_is_no_time_of_day() -> None:
    (entry,) = entries("- 2024 - the rewrite begins")
    assert entry.time is None


def test_days_counted_or_called_by_their_names_set_the_day() -> None:
    found = entries(
        "### Day 1\n\n- 10:32 a\n\n### Day 3\n\n- 09:00 b\n\n### Thursday\n\n- 08:00 c\n\n**Next day**\n\n- 07:00 d"
    )
    assert told(found) == [("04 10:32", "a"), ("06 09:00", "b"), ("07 08:00", "c"), ("08 07:00", "d")]


def test_a_day_that_may_be_before_or_after_the_incident_resolves_nothing() -> None:
    assert told(entries("### Friday\n\n- 22:00 a")) == [(None, "a")]


def test_headings_may_tell_phases_and_even_causes() -> None:
    found = entries("### Trigger\n\n- 10:32 a\n\n### Detection\n\n- 10:40 b\n\n### Mitigation\n\n10:50 c\n")
    assert told(found) == [("04 10:32", "a"), ("04 10:40", "b"), ("04 10:50", "c")]


def test_what_happened_may_stand_in_a_list_below_its_heading() -> None:
    found = entries("### 10:32\n\n- Deploy\n- by hand\n\n### 10:40\n\nAlert\nfires.\n\nMore.\n")
    assert told(found) == [("04 10:32", "Deploy"), ("04 10:40", "Alert fires.")]


def test_a_time_in_a_nested_sentence_is_no_entry() -> None:
    found = entries("- 10:32 Deploy\n  - rolled out at 09:10, too\n- 10:40 Alert\n- The 10:32 deploy is suspected\n")
    assert [(entry.time is None, entry.text) for entry in found] == [
        (False, "Deploy"), (False, "Alert"), (True, "The 10:32 deploy is suspected")
    ]  # fmt: skip


def test_lists_below_lines_with_times_are_details() -> None:
    found = entries("**10:32** - Deploy\n- by hand\n- without a canary\n\n**10:40** - Alert\n")
    assert told(found) == [("04 10:32", "Deploy"), ("04 10:40", "Alert")]


def test_a_code_block_is_a_timeline_where_nothing_else_is() -> None:
    fenced = "```\n10:32 Deploy\n10:40 Alert\n```"
    assert told(entries(fenced)) == [("04 10:32", "Deploy"), ("04 10:40", "Alert")]
    assert told(entries(f"- 10:50 Rollback\n\n{fenced}")) == [("04 10:50", "Rollback")]


def test_sentences_are_a_timeline_where_nothing_else_is() -> None:
    found = entries("The deploy began at 10:32 UTC. The first alert fired at 10:40. Nobody was hurt.")
    assert told(found) == [
        ("04 10:32", "The deploy began at 10:32 UTC."), ("04 10:40", "The first alert fired at 10:40.")
    ]  # fmt: skip
    assert told(entries("At 10:32 we deployed. **10:40:** alert. We rolled back at once.")) == [
        ("04 10:32", "we deployed."), ("04 10:40", "alert. We rolled back at once.")
    ]  # fmt: skip


@pytest.mark.parametrize(
    "table",
    [
        "| Time | Event |\n|--|--|\n| 10:32 | Deploy |\n| 10:40 | Alert |",
        "| Event | Time (UTC) |\n|--|--|\n| Deploy | 10:32 |\n| Alert | 10:40 |",
        "| What | Moment |\n|--|--|\n| Deploy | 10:32 |\n| Alert | 10:40 |",
        "| 10:32 | Deploy |\n|--|--|\n| 10:40 | Alert |",
        "| Local (CEST) | UTC | Event |\n|--|--|--|\n| 12:32 | 10:32 | Deploy |\n| 12:40 | 10:40 | Alert |",
        "| Day | Date | Time | Event |\n|--|--|--|--|\n| Mon | 4 May | 10:32 | Deploy |\n| Mon | | 10:40 | Alert |",
        "| Start | End | Event |\n|--|--|--|\n| 10:32 | 10:35 | Deploy |\n| 10:40 ~ | | Alert |",
        "| Time | Event |\n|--|--|\n| 10:32 (approx.) | Deploy |\n| ca. 10:40 | Alert |",
        "| Time | Event |\n|--|--|\n| **4 May** | |\n| 10:32 | Deploy |\n| 10:40 | Alert |",
    ],
)
def test_the_columns_of_a_table_may_have_any_order_and_names(table: str) -> None:
    assert told(entries(table)) == [("04 10:32", "Deploy"), ("04 10:40", "Alert")]


def test_an_account_without_times_is_left_out_beside_a_timeline() -> None:
    found = entries("- 10:32 Deploy\n\n## Sequence of events\n\n1. Somebody pushed\n2. The check was off\n")
    assert told(found) == [("04 10:32", "Deploy")]


@pytest.mark.parametrize(
    ("heading", "body", "zone"),
    [
        ("## Timeline (all times CEST)", "- 10:32 a", "CEST"),
        ("## Timeline", "All times are in Europe/Berlin.\n\n- 10:32 a", "Europe/Berlin"),
        ("## Timeline", "Times: UTC+2\n\n- 10:32 a", "UTC+2"),
        ("## Timeline", "- 10:32 a", "UTC"),
    ],
)
def test_the_zone_of_a_timeline_is_told_once_for_all(heading: str, body: str, zone: str) -> None:
    postmortem = read(f"# x\n\n{HEAD}\n{heading}\n\n{body}\n")
    assert postmortem.zone == zone
    assert [entry.zone for entry in postmortem.timeline] == [None]


def test_an_entry_or_its_column_may_name_a_zone_of_its_own() -> None:
    postmortem = read(
        "# x\n\n## Timeline\n\n- 10:32 PST a\n- 10:40 b\n\n| Time (UTC) | Event |\n|--|--|\n| 10:50 | c |\n"
    )
    assert [entry.zone for entry in postmortem.timeline] == ["PST", None, "UTC"]
    assert postmortem.zone is None


def test_what_is_added_at_a_time_is_no_day() -> None:
    assert told(entries("- 10:32 +3 replicas\n- 10:40 back to 2 replicas")) == [
        ("04 10:32", "+3 replicas"), ("04 10:40", "back to 2 replicas")
    ]  # fmt: skip


@pytest.mark.parametrize("line", ["May 3: Deploy", "May 3rd: Deploy", "**3. May:** Deploy", "**May 3**: Deploy"])
def test_a_date_before_a_colon_is_taken_off(line: str) -> None:
    first, second = entries(f"- {line}\n- May 4, 10:32: Alert")
    assert first.text == "Deploy"
    assert first.time is not None
    assert told((second,)) == [("04 10:32", "Alert")]


def test_a_date_in_a_sentence_between_entries_sets_no_day() -> None:
    found = entries(
        "10:32 Reindex starts\n\nI begin by deleting the 2026-04-14 pipeline, which was never used.\n\n10:40 b"
    )
    assert told(found)[1] == ("04 10:40", "b")
    assert told(entries("10:32 a\n\nOn 2026-05-05 in the morning:\n\n10:20 b"))[1] == ("05 10:20", "b")


@pytest.mark.parametrize("day", ["_5/9/26_", "### 5/9", "**09.05.26**", "Sat 5/9"])
def test_a_date_that_cannot_be_told_begins_another_day_all_the_same(day: str) -> None:
    first, second, third = entries(f"14:57 a\n\n{day}\n\n09:00 b\n\n09:10 c")
    assert (first.at is not None, second.at) == (True, None)
    assert first.local is not None
    assert second.local is not None
    assert third.local is not None
    assert first.local < second.local < third.local


@pytest.mark.parametrize("day", ["_5/4/26_", "### 5/4", "04.05.26"])
def test_a_date_that_may_be_the_incidents_is_taken_for_it(day: str) -> None:
    assert told(entries(f"{day}\n\n09:00 b")) == [("04 09:00", "b")]


@pytest.mark.parametrize(
    ("line", "at"),
    [
        ("5 minutes later: b", "04 10:37"),
        ("~5 min later b", "04 10:37"),
        ("Twenty minutes later – b", "04 10:52"),
        ("About half an hour later, b", "04 11:02"),
        ("14 hours later: b", "05 00:32"),
    ],
)
def test_a_length_of_time_may_count_from_the_entry_before(line: str, at: str) -> None:
    found = entries(f"- 10:32 a\n- {line}\n- {line}")
    assert told(found)[1] == (at, "b")
    assert found[2].at is not None
    assert found[1].at is not None
    assert found[0].at is not None
    assert found[2].at - found[1].at == found[1].at - found[0].at


def test_what_is_later_than_a_length_from_the_start_is_a_length_from_the_start() -> None:
    assert told(entries("- T+5m a\n- 5 minutes later b")) == [("04 10:05", "a"), ("04 10:10", "b")]


def test_what_comes_later_than_nothing_is_known_to_come_later() -> None:
    (entry,) = entries("- 5 minutes later: b")
    assert (entry.text, entry.at) == ("b", None)
    assert entry.time is not None


@pytest.mark.parametrize(
    ("line", "at"),
    [
        ("T+~30 min: a", "04 10:30"),
        ("T+1.5h – a", "04 11:30"),
        ("T+ 1.5 hours: a", "04 11:30"),
        ("10:3x a", None),
        ("1x:xx a", None),
        ("Tuesday: a", None),
        ("**Day 2** – a", None),
        ("Next morning: a", None),
    ],
)
def test_a_rough_time_is_a_time(line: str, at: str | None) -> None:
    entry = entries(f"- 09:00 z\n- {line}")[1]
    assert told((entry,)) == [(at, "a")]
    assert entry.time is not None


@pytest.mark.parametrize("line", ["Sunlight: a", "Friday deploys are frozen", "3x more errors", "Later: a"])
def test_what_only_looks_like_a_rough_time_is_none(line: str) -> None:
    assert entries(f"- 09:00 z\n- {line}")[1].time is None


def test_a_time_alone_in_its_line_is_told_by_the_paragraph_below() -> None:
    found = entries("10:32 UTC\n\nWe deployed 2.3.\n\nThe canary was fine.\n\n10:40\n\n- Alert\n- by mail\n\n10:50 c")
    assert told(found) == [("04 10:32", "We deployed 2.3."), ("04 10:40", "Alert"), ("04 10:50", "c")]


@pytest.mark.parametrize(
    "chat",
    [
        "**ana** [14:03] it is down\n**ben.ito** [14:05] on it. Paged, too\n**ana** [14:31] rolled back",
        "ana 2:03 PM\nit is down\n\nben 2:05 PM\non it. Paged, too\n\nana 2:31 PM\nrolled back",
        "Ana Ruiz (14:03) it is down\nBen Ito (14:05) on it. Paged, too\nAna Ruiz (14:31) rolled back",
    ],
)
def test_chat_is_a_timeline_of_what_each_says(chat: str) -> None:
    assert [at for at, _ in told(entries(chat))] == ["04 14:03", "04 14:05", "04 14:31"]


@pytest.mark.parametrize("mark", ["- ", "", "* **"])
def test_hours_below_ten_may_be_set_off_by_a_dot_where_others_are(mark: str) -> None:
    close = "**" if "**" in mark else ""
    lines = [f"{mark}{time}{close} {what}" for time, what in (("9.32", "a"), ("9.40 - 9.44", "b"), ("10.05", "c"))]
    assert told(entries("\n\n".join(lines))) == [("04 09:32", "a"), ("04 09:40", "b"), ("04 10:05", "c")]


def test_a_version_is_no_time() -> None:
    found = entries("- 09:32 Deploy\n- 2.14 is built\n- 09:40 Alert\n- 2.15 is built\n- 09:50 c\n")
    assert [entry.time is None for entry in found] == [False, True, False, True, False]
    assert entries("- 2.14 GB are free\n- 2.10 GB are free\n- 1.55 % is left\n- 10:32 Full\n")[0].time is None


def test_noon_is_a_time_and_midnight_is_one_or_another() -> None:
    found = entries("- noon: a\n- **Midnight** – b\n- Noon is busy\n- 12:32 c")
    assert told(found) == [("04 12:00", "a"), (None, "b"), (None, "Noon is busy"), ("04 12:32", "c")]
    assert [entry.time is None for entry in found] == [False, False, True, False]


def test_a_group_without_times_beside_groups_of_times_holds_notes() -> None:
    found = entries("- Detection\n  - 10:32 a\n- Recovery\n  - 10:40 b\n- Links\n  - the dashboard\n  - the channel\n")
    assert told(found) == [("04 10:32", "a"), ("04 10:40", "b")]


def test_bare_times_behind_a_dated_run_up_are_of_the_incidents_day_where_they_would_go_back() -> None:
    found = entries("- 2026-04-28 14:00 a\n- 10:32 b\n- 10:40 c", head=HEAD)
    assert told(found) == [("28 14:00", "a"), ("04 10:32", "b"), ("04 10:40", "c")]
    assert told(entries("- 2026-04-28 14:00 a\n- 14:10 b"))[1] == ("28 14:10", "b")
    assert told(entries("### 2026-04-28\n\n- 14:00 a\n- 13:40 b"))[1] == ("28 13:40", "b")


def test_dots_alone_are_no_entry() -> None:
    assert told(entries("- 10:32 a\n- ...\n- …\n- 10:40 b")) == [("04 10:32", "a"), ("04 10:40", "b")]
    table = "| Time | Event |\n|--|--|\n| 10:32 | a |\n| … | … |\n| 10:40 | b |\n| **Total** | 8 min |"
    assert told(entries(table)) == [("04 10:32", "a"), ("04 10:40", "b")]


def test_a_table_in_which_nothing_has_a_time_holds_figures() -> None:
    times = "| Time | Event |\n|--|--|\n| 10:32 | a |\n| 10:40 | b |"
    found = entries(f"{times}\n\n| Phase | Time |\n|--|--|\n| Detection | 4 min |\n| Mitigation | 8 min |")
    assert told(found) == [("04 10:32", "a"), ("04 10:40", "b")]


@pytest.mark.parametrize("mark", ["- ", "* ", "+ ", ""])
@pytest.mark.parametrize(
    ("days", "month"), [(("3", "3", "4"), "May 2026,"), (("3", "4", "5"), "Mai 2026 um"), (("3", "4", "4"), "mai")]
)
def test_a_day_that_markdown_takes_for_a_number_is_one(mark: str, days: tuple[str, ...], month: str) -> None:
    body = "\n".join(f"{mark}{day}. {month} 09:1{index}: Step {index}" for index, day in enumerate(days))
    assert told(entries(body)) == [(f"0{day} 09:1{index}", f"Step {index}") for index, day in enumerate(days)]


def test_the_words_of_such_a_date_stand_where_they_are_written() -> None:
    (entry, _) = entries("- 3. **Mai** 2026, 09:12: Alarm\n- 3. Mai 2026, 09:14: Ende")
    assert entry.time is not None
    assert (entry.time.value, entry.time.span.column, entry.time.span.end_column) == ("3. Mai 2026, 09:12", 3, 25)


def test_numbers_that_may_only_count_are_no_days_and_nothing_is_guessed() -> None:
    body = "1. May 2026, 09:12: Deploy\n2. May 2026, 09:20: Rollback\n3. May 2026, 09:30: Over"
    assert [(entry.at, entry.local) for entry in entries(body)] == [(None, None)] * 3


@pytest.mark.parametrize("line", ["May 4, 09:12 Deploy", "09:12 May the deploy go on", "At 09:12 on May 4: Deploy"])
def test_a_numbered_list_whose_entries_tell_their_days_only_counts(line: str) -> None:
    found = entries(f"1. {line}\n2. {line.replace('09:12', '09:13')}")
    assert [day for day, _ in told(found)] == ["04 09:12", "04 09:13"]


@pytest.mark.parametrize(
    ("line", "at", "text"),
    [
        ("Some time before 10:32: The export stops.", "04 10:32", "The export stops."),
        ("No later than 10:32: The export stops.", "04 10:32", "The export stops."),
        ("On May 4, 2026 at ~10:32am, the export stops.", "04 10:32", "the export stops."),
        ("The export was back by 2:00 PM on Wednesday.", "06 14:00", "The export was back."),
        ("The export was back by May 5, 2026 at ~2:00pm.", "05 14:00", "The export was back."),
        ("The export was back at 10:32 a.m.", "04 10:32", "The export was back"),
    ],
)
def test_a_time_in_a_sentence_among_others_is_read_whole(line: str, at: str, text: str) -> None:
    found = entries(f"- 09:00 z\n- {line}")
    assert told(found[1:]) == [(at, text)]


def test_the_full_stop_of_a_sentence_is_no_part_of_its_time() -> None:
    times = [entry.time.value for entry in entries("- It stopped by 2:00pm.\n- It was back by 4:00 p.m.") if entry.time]
    assert times == ["2:00pm", "4:00 p.m."]


def test_a_date_since_when_something_had_been_is_not_when_it_was_seen() -> None:
    body = "- On May 4, 2026 at 10:32, the graph was empty.\n- It had no rows since May 1, 2026 at 09:10.\n- 11:14 Over"
    assert [entry.time is not None for entry in entries(body)] == [True, False, True]
