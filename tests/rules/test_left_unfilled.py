"""A template that was filled in but for one line is never clean; somebody's own words are never taken for its."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.placeholders import leftover_hints
from rules.reading import read
from tests.postmortems import ACTIONS, METADATA, SECTIONS, good_postmortem
from tests.rules.linting import codes, lint

TEMPLATE = files("rules").joinpath("templates", "closeout.md").read_text(encoding="utf-8")
HEAD, *PARTS = TEMPLATE.split("\n## ")
PLACEHOLDERS = dict(line[2:].split(": ", 1) for line in HEAD.splitlines() if line.startswith("- "))
FIELDS = ("Owner", "Deadline", "Priority", "Success criterion")


def _hint_lines() -> Iterator[tuple[str, str]]:
    """Each hint of the template that stands for a line to be written, with its section."""
    for part in PARTS:
        title, _, body = part.partition("\n")
        for line in body.splitlines():
            if line.strip() and not line.endswith(":") and not line.strip(" -").startswith(FIELDS):
                yield title, line


HINTS = tuple(_hint_lines())
ACTION_FIELDS = dict(
    line.strip(" -").split(": ", 1) for line in TEMPLATE.splitlines() if line.strip(" -").startswith(FIELDS)
)


@pytest.mark.parametrize("label", list(METADATA))
def test_one_placeholder_put_back_is_found(label: str) -> None:
    assert lint(good_postmortem(metadata={label: PLACEHOLDERS[label]}))


@given(st.sets(st.sampled_from(list(METADATA)), min_size=1), st.data())
def test_any_placeholders_put_back_are_found_in_their_lines(labels: set[str], data: st.DataObject) -> None:
    text = good_postmortem(metadata={label: PLACEHOLDERS[label] for label in labels})
    lines = {text.splitlines()[finding.span.line - 1] for finding in lint(text)}
    assert {f"- {label}: {PLACEHOLDERS[label]}" for label in labels} <= lines


@given(st.sampled_from(HINTS), st.data())
def test_one_hint_put_back_anywhere_in_its_section_is_found_at_its_line(
    hint: tuple[str, str], data: st.DataObject
) -> None:
    title, line = hint
    lines = SECTIONS[title].split("\n")
    starts = [index for index in range(len(lines) + 1) if not "".join(lines[index : index + 1]).startswith(" ")]
    at = data.draw(st.sampled_from(starts))
    gap = [] if line.startswith("-") else [""]
    text = good_postmortem(sections={title: "\n".join([*lines[:at], *gap, line, *gap, *lines[at:]])})
    place = text.splitlines().index(line) + 1
    assert [each.span.line for each in lint(text) if each.rule.code == "CO204"] == [place]


@pytest.mark.parametrize("label", FIELDS)
def test_one_field_of_an_action_item_put_back_is_found(label: str) -> None:
    lines = [
        f"  - {label}: {ACTION_FIELDS[label]}" if line.startswith(f"  - {label}:") else line
        for line in ACTIONS.splitlines()
    ]
    assert len(codes(lint(good_postmortem(actions="\n".join(lines))))) == 2


def _told(text: str) -> dict[str, str]:
    return {finding.rule.code: finding.message for finding in lint(text)}


def test_a_deadline_as_the_template_has_it_is_not_called_missing() -> None:
    told = _told(good_postmortem(actions=ACTIONS.replace("2026-05-18", "YYYY-MM-DD")))
    assert told == {
        "CO405": "The deadline still holds the template's placeholder. Write a date in its place: year, month and day."
    }


@pytest.mark.parametrize("label", ["Severity", "Incident commander", "Authors", "Status", "Impact", "Affected team"])
def test_every_placeholder_is_told_in_the_same_words(label: str) -> None:
    (message,) = _told(good_postmortem(metadata={label: PLACEHOLDERS[label]})).values()
    assert message.startswith(f"“{label}” still holds the template's placeholder. ")


@pytest.mark.parametrize("label", ["Severity", "Status", "Impact", "Authors", "Incident commander", "Facilitator"])
def test_to_remove_a_line_is_advised_only_where_nobody_misses_it(label: str) -> None:
    (message,) = _told(good_postmortem(metadata={label: PLACEHOLDERS[label]})).values()
    assert "remove" not in message
    assert lint(good_postmortem(metadata={label: None}))


@pytest.mark.parametrize("label", ["Incident", "Affected team"])
def test_where_it_is_advised_nothing_is_missed_without_the_line(label: str) -> None:
    (message,) = _told(good_postmortem(metadata={label: PLACEHOLDERS[label]})).values()
    assert message.endswith("or remove the line.")
    assert not lint(good_postmortem(metadata={label: None}))


def test_an_example_is_no_promise_while_its_section_holds_nothing_else() -> None:
    example = TEMPLATE.partition("## Action items\n\n")[2].partition("\n\n## ")[0]
    assert codes(lint(good_postmortem(actions=example))) == ["CO203"]
    assert codes(lint(good_postmortem(actions=f"{ACTIONS}\n{example}")))[:2] == ["CO204", "CO402"]


def test_a_time_that_was_not_filled_in_is_no_time() -> None:
    text = good_postmortem(timeline=SECTIONS["Timeline"].replace("10:36", "HH:MM", 1))
    assert codes(lint(text)) == ["CO302"]


@pytest.mark.parametrize(
    "value",
    [
        "HH:MM (start) → HH:MM (end), UTC",
        "10:32 (start) → HH:MM (end), UTC",
        "10:32 (start) → 11:14 (end), <time zone>",
        "{{ duration }}",
    ],
)
def test_a_duration_that_is_half_filled_in_is_found(value: str) -> None:
    assert codes(lint(good_postmortem(duration=value, time_zone="UTC"))) == ["CO102"]


@pytest.mark.parametrize(
    ("label", "row"),
    [
        ("Affected team", "| Affected team | <team> |"),
        ("Facilitator", "| **Facilitator** | <name (@login)> |"),
    ],
)
def test_a_placeholder_in_a_table_is_found_at_its_cell(label: str, row: str) -> None:
    text = good_postmortem(metadata={label: None}).replace(
        "\n## TL;DR", f"\n| Fact | Value |\n|---|---|\n{row}\n\n## TL;DR"
    )
    source = read(text).source
    assert [source.slice(each.span) for each in lint(text)] == [row.split("|")[2].strip()]


def test_a_section_that_is_reported_whole_is_not_reported_by_its_lines() -> None:
    assert "CO204" not in codes(lint(TEMPLATE))


@pytest.mark.parametrize(
    "sentence",
    [
        "Two lists.",
        "Real timestamps. Diagrams welcome.",
        "Name an action that made the incident shorter: the drain of eu-west did.",
        "List what is still unknown about the query.",
        "We wrote two sentences: what broke, and what was done.",
        "",
    ],
)
def test_a_sentence_of_somebodys_own_is_no_hint(sentence: str) -> None:
    assert not list(leftover_hints(sentence))


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("Impact", "<5 % of users affected, no requests failed, 18 % of the SLO budget used"),
        ("Detection", "the alert `pages <team>` after 4 minutes"),
        ("Detection", "a parser that took HH:MM-like text for a time (HH:MM) paged"),
        ("Incident", "<https://tracker.example/INC-2041>"),
        ("Incident", "<INC-2041>"),
        ("Affected team", "Team <br> payments"),
    ],
)
def test_a_value_of_somebodys_own_is_no_placeholder(label: str, value: str) -> None:
    assert not lint(good_postmortem(metadata={label: value}))
