"""Which words of a timeline judge, and whose they are."""

from __future__ import annotations

import pytest

from tests.postmortems import good_postmortem
from tests.rules.linting import lint


def _judging(entry: str) -> list[str]:
    text = good_postmortem(timeline=f"- 10:32 Errors rise.\n- 10:33 {entry}\n- 11:14 All is well.")
    lines = text.split("\n")
    return [
        lines[each.span.line - 1][each.span.column - 1 : each.span.end_column - 1]
        for each in lint(text)
        if each.rule.code == "CO309"
    ]


@pytest.mark.parametrize(
    "entry",
    [
        "Ana wrote that luckily the backup was fresh",
        "Ana says luckily nobody was logged in",
        "Support reports that unfortunately all orders are lost",
        "Ben told the channel, in short, that sadly the restart did not help",
        "According to the vendor the disk is obviously full",
        "The status page reads sadly no orders today",
        "Ana (in chat): sadly it did not help",
        "“Luckily it works”, says Ana",
        "Ana says 'luckily it works'",
    ],
)
def test_what_somebody_is_reported_to_have_said_is_theirs(entry: str) -> None:
    assert not _judging(entry)


@pytest.mark.parametrize("entry", ["The obviously-malformed header is rejected", "The label is clearly visible"])
def test_a_word_that_describes_a_thing_does_not_judge(entry: str) -> None:
    assert not _judging(entry)


@pytest.mark.parametrize(
    ("entry", "word"),
    [
        ("Luckily Ana wrote a script", "Luckily"),
        ("Ana restarts it, luckily it works", "luckily"),
        ("Ana asks support to wait. Unfortunately they do not", "Unfortunately"),
        ("Ana wrote to support, unfortunately without an answer", "unfortunately"),
        ("Ana reports the database down, luckily nobody uses it", "luckily"),
        ("Clearly the database is down", "Clearly"),
    ],
)
def test_a_word_of_the_writer_judges(entry: str, word: str) -> None:
    assert _judging(entry) == [word]
