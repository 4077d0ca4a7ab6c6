"""The count of mentions of an installation: what one repository takes is not left for the others."""

from __future__ import annotations

from datetime import date, timedelta

from app.github.mentions import Mentions

DAY = date(2026, 5, 19)
ONE, OTHER = 1, 2


def test_three_are_given_out_and_no_more_until_the_next_day() -> None:
    mentions = Mentions()
    assert [mentions.of(each).take(["dana"], DAY) for each in (ONE, OTHER, ONE, OTHER)] == [True, True, True, False]
    assert mentions.of(OTHER).take(["Emil"], DAY)
    assert mentions.of(OTHER).take(["Dana"], DAY + timedelta(days=1))
    assert mentions.of(OTHER).take([], DAY)


def test_where_one_of_two_was_mentioned_often_enough_neither_is_counted() -> None:
    mentions = Mentions()
    for _ in range(3):
        mentions.of(ONE).take(["dana"], DAY)
    assert not mentions.of(OTHER).take(["emil", "dana"], DAY)
    assert mentions.of(ONE).elsewhere() == {}


def test_what_the_records_say_counts_for_the_others_and_not_twice_for_their_own() -> None:
    mentions = Mentions()
    mentions.of(ONE).take(["dana"], DAY)
    mentions.of(ONE).learn({("dana", DAY): 2})
    assert mentions.of(OTHER).elsewhere() == {("dana", DAY): 2}
    assert mentions.of(ONE).elsewhere() == {}
