"""Dates, times and zones as people write them, and what is left unresolved."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone

import pytest

from rules.parse.dates import date_of
from rules.parse.times import moment_at
from rules.parse.zones import zone_from, zone_in


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-07-28", date(2026, 7, 28)),
        ("2026/07/28", date(2026, 7, 28)),
        ("28 Jul 2026", date(2026, 7, 28)),
        ("28th of July 2026", date(2026, 7, 28)),
        ("Jul 28, 2026", date(2026, 7, 28)),
        ("Tuesday, July 28th, 2026", date(2026, 7, 28)),
        ("28/07/2026", date(2026, 7, 28)),
        ("28. Juli 2026", date(2026, 7, 28)),
        ("3 Okt 2026", date(2026, 10, 3)),
        ("5 décembre 2026", date(2026, 12, 5)),
        ("4 de mayo de 2026", date(2026, 5, 4)),
        ("7 de março de 2026", date(2026, 3, 7)),
        ("7/7/2026", date(2026, 7, 7)),
        ("01/08/2026", None),
        ("2026-02-30", None),
        ("28 July", None),
        ("28/07/26", None),
        ("Q3 2026", None),
        ("next week", None),
        ("2026-07-28 or 2026-08-01", None),
        ("", None),
    ],
)
def test_a_date_is_read_only_if_there_is_no_doubt(text: str, day: date | None) -> None:
    assert date_of(text) == day


@pytest.mark.parametrize(
    ("text", "written", "clock"),
    [
        ("10:32 Deploy", "10:32", "10:32"),
        ("~10:32: Deploy", "~10:32", "10:32"),
        ("around 10:32 UTC, Deploy", "around 10:32 UTC", "10:32"),
        ("10:45a Deploy", "10:45a", "10:45"),
        ("10:45 pm PST Deploy", "10:45 pm PST", "22:45"),
        ("12:10 am Deploy", "12:10 am", "00:10"),
        ("13:06 PM Deploy", "13:06 PM", "13:06"),
        ("10am Deploy", "10am", "10:00"),
        ("10.32 Deploy", "10.32", "10:32"),
        ("1936 UTC Deploy", "1936 UTC", "19:36"),
        ("2026-05-04T10:32:05Z - Deploy", "2026-05-04T10:32:05Z", "10:32"),
        ("2026-05-04 10:32+02:00 Deploy", "2026-05-04 10:32+02:00", "10:32"),
        ("10:32-10:40 Deploy", "10:32-10:40", "10:32"),
        ("10:32 – 10:40 CET Deploy", "10:32 – 10:40 CET", "10:32"),
        ("June 14th, 2022, 10:00 AM: Deploy", "June 14th, 2022, 10:00 AM", "10:00"),
        ("February 15, 2026: 7:56am UTC Deploy", "February 15, 2026: 7:56am UTC", "07:56"),
        ("2pm on 4 May 2026 Deploy", "2pm on 4 May 2026", "14:00"),
        ("24:00 Deploy", "24:00", "00:00"),
    ],
)
def test_a_moment_is_read_with_its_place(text: str, written: str, clock: str) -> None:
    moment = moment_at(text)
    assert moment is not None
    assert text[moment.start : moment.end] == written
    assert moment.clock is not None
    assert f"{moment.clock:%H:%M}" == clock


@pytest.mark.parametrize(
    "text", ["10 servers died", "2.5 GB", "v1.10 is out", "May be it", "1.10 release", "Deploy", "", "25:10"]
)
def test_other_numbers_are_no_moments(text: str) -> None:
    assert moment_at(text) is None


@pytest.mark.parametrize(
    "text", ["2026-05-?? HH:mm Deploy", "HH:MM Deploy", "T+5m Deploy", "2026-05-04 Deploy", "5-26-21 Deploy"]
)
def test_a_time_that_is_not_told_is_still_a_time_as_written(text: str) -> None:
    moment = moment_at(text)
    assert moment is not None
    assert moment.clock is None
    assert text[moment.end :] == " Deploy"


@pytest.mark.parametrize("zone", ["UTC", "GMT", "Z", "UTC+2", "+02:00", "-0330", "CET", "PST", "Europe/Berlin"])
def test_these_zones_resolve(zone: str) -> None:
    assert zone_from(zone) is not None


@pytest.mark.parametrize("zone", ["IST", "CST", "BST", "Mars/Base", "", "../../etc/passwd", "+99:00", "local"])
def test_these_do_not(zone: str) -> None:
    assert zone_from(zone) is None


@pytest.mark.parametrize(("zone", "winter", "summer"), [("PT", -8, -7), ("MT", -7, -6), ("CT", -6, -5), ("ET", -5, -4)])
def test_the_zones_of_north_america_have_names_that_hold_all_year(zone: str, winter: int, summer: int) -> None:
    where = zone_from(zone)
    for month, hours in ((1, winter), (7, summer)):
        assert datetime(2026, month, 1, 12, tzinfo=where).utcoffset() == timedelta(hours=hours)


def test_two_zones_for_one_timeline_resolve_to_none() -> None:
    named = zone_in("All times in CET/CEST")
    assert named == "CET/CEST"
    assert zone_from(named) is None
    assert zone_in("all times in CET (GMT+1)") == "CET"


def test_a_moment_resolves_with_the_documents_day_and_zone() -> None:
    moment = moment_at("00:10 (+1)")
    assert moment is not None
    assert moment.resolve(date(2026, 5, 4), "UTC+2") == datetime(2026, 5, 5, 0, 10, tzinfo=timezone(timedelta(hours=2)))
    assert moment.resolve(None, "UTC") is None
    assert moment.resolve(date(2026, 5, 4), None) is None
    assert moment.resolve(date(2026, 5, 4), "CST") is None


def test_an_hour_that_the_clock_shows_twice_does_not_resolve() -> None:
    moment = moment_at("2026-10-25 02:30 Europe/Berlin")
    assert moment is not None
    assert moment.resolve(None, None) is None


@pytest.mark.parametrize(
    ("text", "clock", "zone"),
    [
        ("2026-05-04 10:35-12:43 UTC the queue drains", time(10, 35), "UTC"),
        ("May 4 13:15-13:55 the watchdog restarts it", time(13, 15), None),
        ("2026-05-04 10:00-11:00 the imports fail", time(10), None),
        ("2026-05-04 10:32-07:00 the imports fail", time(10, 32), "-07:00"),
        ("2026-05-04T10:32-11:00 the imports fail", time(10, 32), "-11:00"),
        ("2026-05-04 10:32:05-11:00 the imports fail", time(10, 32, 5), "-11:00"),
    ],
)
def test_the_end_of_a_stretch_of_time_is_no_zone(text: str, clock: time, zone: str | None) -> None:
    moment = moment_at(text)
    assert moment is not None
    assert (moment.clock, moment.zone) == (clock, zone)


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("2026-05-04 0616: the queue fills", time(6, 16)),
        ("4 May 2026, 1936 - the queue fills", time(19, 36)),
        ("2026-05-04 2025 people are logged out", None),
        ("May 4 2026: the queue fills", None),
    ],
)
def test_four_digits_behind_a_date_with_its_year_are_a_time_of_day(text: str, clock: time | None) -> None:
    moment = moment_at(text)
    assert moment is not None
    assert moment.clock == clock
