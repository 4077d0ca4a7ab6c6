"""Timelines that no heading announces and no list holds: accounts in sentences; bullets that are set in far."""

from __future__ import annotations

import pytest

from rules.reading import read
from tests.rules.linting import found


def told(body: str, heading: str = "## What happened") -> list[str]:
    document = f"# Postmortem: x\n\n{heading}\n\n{body}\n\n## Root cause\n\nA full disk.\n"
    return [entry.time.value.removeprefix("At ") for entry in read(document).timeline if entry.time]


@pytest.mark.parametrize(
    ("body", "times"),
    [
        (
            (
                "On 12 March 2024 the booking site was down. At exactly 09:10 UTC the disk of db-2 filled up. By 09:25"
                " the pager had gone off. Around 09:40 old logs were deleted, and the site was back."
            ),
            ["09:10 UTC", "By 09:25", "Around 09:40"],
        ),
        (
            (
                "The ferry terminals lost their timetable at 6:05 am. At 6:20 am the operator called us. We restarted"
                " the feed at 6:45 am.\n\nAt 7:00 am all displays were right again."
            ),
            ["6:05 am", "6:20 am", "6:45 am", "7:00 am"],
        ),
        (
            (
                "Our login page broke (14:02) when the certificate ran out. It took until at 14:31  somebody noticed."
                " The new certificate was deployed at 14:50."
            ),
            ["14:02", "14:31", "14:50"],
        ),
        (
            (
                "At 22:00 CET the nightly import began as usual. At approximately 23:15 its queue was full. At 00:20"
                " the workers ran out of memory and died."
            ),
            ["22:00 CET", "approximately 23:15", "00:20"],
        ),
    ],
)
def test_an_account_that_tells_three_times_of_day_is_a_timeline(body: str, times: list[str]) -> None:
    assert told(body) == times


def test_its_first_sentence_may_name_the_day_and_the_zone_of_all() -> None:
    text = "# Outage\n\nThe server went down at 15:00 GMT on 23 Nov 2020. At 15:20 mail came. At 15:45 it restarted.\n"
    assert [entry.at.isoformat() if entry.at else None for entry in read(text).timeline] == [
        "2020-11-23T15:00:00+00:00",
        "2020-11-23T15:20:00+00:00",
        "2020-11-23T15:45:00+00:00",
    ]


@pytest.mark.parametrize(
    "body",
    [
        "It was slow between 10:00 and 11:30. It was fast from 12:00 to 13:00. It had been slow since 13:10.",
        "The backup runs at 02:00. The report runs at 03:00. The export is made at 04:00.",
        "At 10:00 it broke. At 11:00 it was mended.",
    ],
)
def test_stretches_of_time_schedules_and_two_times_are_none(body: str) -> None:
    assert told(body) == []


def test_what_lessons_and_action_items_tell_is_none() -> None:
    body = "At 10:00 it broke. At 10:30 we were paged. At 11:00 it was mended."
    assert told(body, "## Lessons learned") == []
    assert told(body, "## Action items") == []


def test_a_list_of_times_comes_before_an_account() -> None:
    account = "It shook at 9:59. We were paged at 10:30. It was mended at 11:00."
    body = f"{account}\n\n- 10:00 Broke\n- 10:30 Page\n- 11:00 Mended"
    assert told(body) == ["10:00", "10:30", "11:00"]


@pytest.mark.parametrize("blanks", [5, 8, 12])
def test_bullets_set_in_so_far_that_markdown_takes_them_for_code_are_entries(blanks: int) -> None:
    lines = "\n".join(f"-{' ' * blanks}{line}" for line in ("15:00 Server off", "15:10 Page", "15:20 Server on"))
    found = read(f"# Postmortem: x\n\n## Timeline\n\n{lines}\n").timeline
    assert [entry.text for entry in found] == ["Server off", "Page", "Server on"]
    assert [entry.span.line for entry in found] == [5, 6, 7]


def test_bullets_set_in_so_far_are_action_items_and_code_below_a_bullet_stays_code() -> None:
    body = "-      Rotate the keys\n- Add an alert on lag\n\n      alert: Lag\n"
    assert [item.title for item in read(f"# P\n\n## Action items\n\n{body}").actions] == [
        "Rotate the keys",
        "Add an alert on lag",
    ]


DETECTED = "## Detection\n\nOn May 4, 2026 at 9:56AM EAT the mailbox was filled with alerts.\n\n"
MITIGATED = (
    "The patch was merged at 10:15AM. The deploy was completed at 10:19AM.\n\nAt 10:24AM we mailed the customer.\n"
)


def test_what_was_detected_belongs_to_the_account_of_what_was_done() -> None:
    text = f"# Outage\n\n{DETECTED}## Resolution\n\n{MITIGATED}"
    assert [entry.at.isoformat() if entry.at else None for entry in read(text).timeline] == [
        "2026-05-04T09:56:00+03:00",
        "2026-05-04T10:15:00+03:00",
        "2026-05-04T10:19:00+03:00",
        "2026-05-04T10:24:00+03:00",
    ]
    assert not found(text, "CO304")
    assert not found(text, "CO307")


def test_an_account_from_beginning_to_end_is_the_whole_timeline() -> None:
    text = f"# Outage\n\n{DETECTED}## What happened\n\nAt 9:50AM it broke. {MITIGATED}"
    assert [entry.time.value for entry in read(text).timeline if entry.time] == [
        "At 9:50AM",
        "10:15AM",
        "10:19AM",
        "At 10:24AM",
    ]


def test_phases_of_which_none_tells_three_times_are_no_timeline() -> None:
    assert read(f"# Outage\n\n{DETECTED}## Resolution\n\nThe patch was merged at 10:15AM.\n").timeline == ()
