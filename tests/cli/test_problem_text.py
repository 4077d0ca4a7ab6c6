from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from app.cli.excerpt import cells
from app.cli.paint import Paint
from app.cli.problem_text import Problem, ProblemText, wrap
from rules.postmortem import Span
from rules.rule import Severity
from rules.source import Source

_WORDS = st.lists(
    st.sampled_from(["Name", "one", "person,", "`- Authors: Ana (@ana)`,", "https://example.org/a-b?c=d", "修复", "-"]),
    min_size=1,
)


def test_code_is_never_broken() -> None:
    assert wrap("Add `- Severity: SEV-2`, with the number your scale gives.", 23) == [
        "Add",
        "`- Severity: SEV-2`,",
        "with the number your",
        "scale gives.",
    ]


def test_a_url_longer_than_the_line_stays_whole() -> None:
    assert wrap("See https://example.org/a-very-long-path now", 12) == [
        "See",
        "https://example.org/a-very-long-path",
        "now",
    ]


def test_a_backtick_without_its_partner_is_a_letter() -> None:
    assert wrap("a ` b c", 3) == ["a `", "b c"]


def test_an_empty_message_is_no_line() -> None:
    assert wrap("", 40) == []


@given(_WORDS, st.integers(5, 60))
def test_lines_fit_unless_one_word_does_not_and_nothing_is_lost(words: list[str], width: int) -> None:
    text = " ".join(words)
    lines = wrap(text, width)
    assert " ".join(lines) == text
    for line in lines:
        assert cells(line) <= width or len(re.findall(r"(?:`[^`]*`|\S)+", line)) == 1


TEXT = Source("- Better monitoring\n- Fix the pool\n\0PNG\n")
NO_OWNER = "This action item has no owner. Name one person, for example `Owner: Ana Ruiz (@ana)`."


def _told(width: int | None, *problems: Problem) -> list[str]:
    return list(ProblemText(width, Paint(colour=False)).lines(TEXT, problems))


def _problem(line: int, message: str = NO_OWNER, severity: Severity = Severity.ERROR) -> Problem:
    return Problem(Span(line, 3, line, 8), severity, message, "CO402", "action-owner-missing")


def test_advice_that_was_given_above_is_not_given_again() -> None:
    assert _told(80, _problem(1), _problem(2)) == [
        "",
        "  1:3     error    CO402 action-owner-missing",
        "          This action item has no owner. Name one person, for example",
        "          `Owner: Ana Ruiz (@ana)`.",
        "      1 | - Better monitoring",
        "        |   ^^^^^",
        "",
        "  2:3     error    CO402  This action item has no owner.",
        "      2 | - Fix the pool",
        "        |   ^^^^^",
    ]


def test_where_there_is_no_room_beside_the_head_it_stands_below_in_short() -> None:
    assert _told(40, _problem(1), _problem(2))[-4:-1] == [
        "  2:3     error    CO402",
        "          This action item has no owner.",
        "      2 | - Fix the pool",
    ]


def test_where_output_is_piped_every_line_says_it_all() -> None:
    assert [line.endswith(NO_OWNER) for line in _told(None, _problem(1), _problem(2))[1::4]] == [True, True]


def test_a_quotation_is_not_cut_in_its_middle() -> None:
    message = "“Declare earlier. We must” is vague. Name the thing: “Alert. Page.”"
    assert "  2:3     error    CO402  “Declare earlier. We must” is vague." in _told(
        80, _problem(1, message), _problem(2, message)
    )


def test_at_one_place_the_gravest_comes_first() -> None:
    told = _told(None, _problem(1, "A hint.", Severity.NOTICE), _problem(1, "An error."))
    assert [line.split()[-1] for line in told[1:3]] == ["error.", "hint."]


def test_a_line_that_is_no_text_is_not_shown() -> None:
    assert len(_told(80, _problem(3))) == 4


def test_a_problem_of_no_rule_is_told_beside_its_place() -> None:
    message = "There is no time zone `Europe/Berln`. Did you mean `Europe/Berlin`?"
    problem = Problem(Span(1, 3, 1, 8), Severity.ERROR, message)
    assert _told(80, problem)[1:3] == [
        "  1:3     error    There is no time zone `Europe/Berln`. Did you mean",
        "                   `Europe/Berlin`?",
    ]
