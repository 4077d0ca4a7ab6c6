"""Metadata from front matter, bullets, bold labels, tables and headings of its own."""

from __future__ import annotations

import pytest

from rules.frontmatter import LIMIT
from rules.reading import read


@pytest.mark.parametrize(
    "head",
    [
        "- Severity: SEV-1\n- Incident commander: @ana",
        "* **Severity:** SEV-1\n* **Incident commander**: @ana",
        "**Severity:** SEV-1  \n**Incident commander:** @ana",
        "**Severity**: SEV-1\n\n**Incident commander**: @ana",
        "Severity: SEV-1\nIC: @ana",
        "| Severity | SEV-1 |\n|--|--|\n| Incident Commander | @ana |",
        "| Field | Value |\n|--|--|\n| **Severity** | SEV-1 |\n| Incident Commander: | @ana |",
        "### Severity\n\nSEV-1\n\n### Incident commander\n\n@ana",
        "**Severity**\nSEV-1\n\n**Incident commander**\n@ana",
        "**Severity** SEV-1\n**Incident commander** @ana",
        "**Severity** · SEV-1\n**Incident commander** · @ana",
        "**Severity:** SEV-1 · **Incident commander:** @ana · **Status:** final",
        "**Severity:** SEV-1 | **IC:** @ana",
        "Incident commander: @ana. Status: resolved. Severity: SEV-1",
        "Severity\n: SEV-1\n\nIncident commander\n: @ana",
        "> **Severity:** SEV-1\n> **Incident commander:** @ana",
        "Severity : SEV-1\nIncident commander : @ana",
        "Severity：SEV-1\nIC：@ana",
    ],
)
def test_a_field_may_be_written_in_many_ways(head: str) -> None:
    postmortem = read(f"# Postmortem: x\n\n{head}\n\n## Timeline\n")
    assert postmortem.value("severity") == "SEV-1"
    assert [person.login for person in postmortem.commanders] == ["ana"]


def test_front_matter_stands_equal_to_bullets() -> None:
    postmortem = read(
        '---\nseverity: "SEV-1"\nincident_commander: "@ana"\nauthors:\n  - Ana Ruiz\n  - "Ben (@ben)"\n---\n\n# x\n'
    )
    assert postmortem.value("severity") == "SEV-1"
    assert postmortem.value("authors") == "Ana Ruiz, Ben (@ben)"
    assert [(person.name, person.login) for person in postmortem.authors] == [("Ana Ruiz", None), ("Ben", "ben")]
    assert postmortem.commanders[0].login == "ana"
    assert postmortem.source.slice(postmortem.fields["severity"].value.span) == "SEV-1"


def test_the_first_filled_in_value_wins() -> None:
    assert read("---\nseverity:\n---\n# x\n\n- Severity: SEV-2\n- Severity: SEV-3\n").value("severity") == "SEV-2"


def test_a_value_that_is_not_filled_in_is_empty() -> None:
    postmortem = read("# Postmortem: <one-line headline>\n\n- Authors: <names>\n- Severity:\n")
    assert postmortem.headline is None
    assert (postmortem.value("authors"), postmortem.value("severity"), postmortem.value("date")) == ("", "", "")
    assert postmortem.authors == ()


@pytest.mark.parametrize(
    ("value", "people"),
    [
        ("Ana Ruiz (@ana), Ben Okafor (@ben)", [("Ana Ruiz", "ana"), ("Ben Okafor", "ben")]),
        ("@ana and @ben", [("ana", "ana"), ("ben", "ben")]),
        ("[Ana Ruiz](https://github.com/ana) & Ben", [("Ana Ruiz", "ana"), ("Ben", None)]),
        ("@ana (Ana Ruiz, SRE)", [("Ana Ruiz, SRE", "ana")]),
        ("Ana Ruiz <ana@example.org>", [("Ana Ruiz", None)]),
        ("TBD", []),
    ],
)
def test_people(value: str, people: list[tuple[str, str | None]]) -> None:
    assert [(person.name, person.login) for person in read(f"# x\n\n- Authors: {value}\n").authors] == people


@pytest.mark.parametrize(
    ("yaml", "line", "part"),
    [
        ("severity: SEV-1\nauthors: @ana\n", 3, "quotes"),
        ("severity: SEV-1\nb: [1\n", 4, "cannot be read"),
        ("severity: SEV-1\nb: [1,\n  2\nauthors: @ana\n", 5, "(the list begun on line 3)"),
        ("severity: SEV-1\nb: &x 1\n", 3, "anchors"),
        ("severity: SEV-1\nb: !!python/object:x {}\n", 3, "tags"),
        ("severity: SEV-1\n<<: {a: 1}\n", 3, "merge keys"),
        ("severity: SEV-1\nb: " + "[" * 20 + "\n", 3, "deeper"),
        ("severity: SEV-1\n" + "a: b\n" * 3000, 2501, "parts"),
        ("severity: SEV-1\nb: \x01\n", 3, "character"),
    ],
)
def test_broken_front_matter_is_a_defect_at_its_line_and_the_rest_is_read(yaml: str, line: int, part: str) -> None:
    postmortem = read(f"---\n{yaml}---\n\n# Postmortem: lag\n\n## Timeline\n\n- 10:32 Deploy\n")
    (defect,) = postmortem.defects
    assert (defect.kind, defect.span.line) == ("front-matter", line)
    assert part in defect.message
    assert postmortem.value("severity") == "SEV-1"
    assert postmortem.headline is not None
    assert len(postmortem.timeline) == 1


def test_a_key_given_twice_is_a_defect_and_the_first_holds() -> None:
    postmortem = read("---\nseverity: SEV-1\nseverity: SEV-2\n---\n# x\n")
    assert [(defect.kind, defect.span.line) for defect in postmortem.defects] == [("duplicate-key", 3)]
    assert postmortem.value("severity") == "SEV-1"


def test_rules_at_the_top_are_no_front_matter() -> None:
    for text in (
        "---\n\nJust text.\n\n---\n# x\n",
        "---\nseverity: SEV-1\n",
        " ---\na: b\n---\n",
        "text\n---\na: b\n---\n",
    ):
        postmortem = read(text)
        assert postmortem.defects == ()
        assert "a" not in postmortem.fields


def test_front_matter_over_its_limit_is_not_read() -> None:
    postmortem = read("---\nseverity: SEV-1\nnotes: " + "x" * LIMIT + "\n---\n# x\n")
    assert [defect.kind for defect in postmortem.defects] == ["front-matter"]


def test_the_headline_goes_without_its_prefix() -> None:
    for title in ("Postmortem: Lag", "Post-mortem – Lag", "Incident report: Lag", "Postmortem for Lag", "Lag"):
        headline = read(f"# {title}\n").headline
        assert headline is not None
        assert headline.value == "Lag"


def test_what_a_field_tells_is_not_cut_at_words_that_are_keys_elsewhere() -> None:
    postmortem = read("# x\n\n- Impact: 500 users, date: unknown. SLO budget: 3 %, Status: all red\n")
    assert postmortem.value("impact").endswith("all red")
    assert set(postmortem.fields) == {"impact"}


@pytest.mark.parametrize(
    "people",
    [
        "## Responders\n\n- Ana Ruiz (IC)\n- Ben Okafor (scribe)\n- Finn Olsen (facilitator)",
        "- Participants: Ana Ruiz (IC), Ben Okafor, Finn Olsen – Facilitator",
        "- Responders:\n  - Ana Ruiz, incident commander\n  - Finn Olsen, moderator",
        "## People involved\n\n| Name | Role |\n|--|--|\n| Ana Ruiz | Incident lead |\n| Finn Olsen | Facilitator |",
        "**Responders**\n\n* **Ana Ruiz** (Incident Commander, SRE)\n* Finn Olsen (the facilitator)",
        "- Authors: Ana Ruiz (@ana, IC), Ben Okafor, Finn Olsen (facilitator)",
        "## Participants\n\nAna Ruiz: incident lead\nFinn Olsen: facilitator",
    ],
)
def test_a_role_beside_a_name_in_a_list_of_people_counts(people: str) -> None:
    postmortem = read(f"# Postmortem: x\n\n{people}\n\n## Timeline\n\n- 10:32 x\n")
    assert [person.name for person in postmortem.commanders] == ["Ana Ruiz"]
    assert [person.name for person in postmortem.facilitators] == ["Finn Olsen"]


def test_a_role_that_may_mean_something_else_does_not() -> None:
    postmortem = read("# Postmortem: x\n\n- Responders: Ana Ruiz (lead), Ben Okafor (owner)\n\n## Timeline\n")
    assert (postmortem.commanders, postmortem.authors) == ((), ())


def test_the_fact_itself_comes_before_what_stands_beside_names() -> None:
    head = "- Incident commander: Ben Okafor\n- Responders: Ana Ruiz (IC), Ben Okafor"
    assert [each.name for each in read(f"# Postmortem: x\n\n{head}\n\n## Timeline\n").commanders] == ["Ben Okafor"]


def test_a_misspelled_label_counts_in_the_head_where_the_right_one_is_not_there() -> None:
    assert read("# x\n\n- Severty: SEV-1\n\n## Timeline\n").value("severity") == "SEV-1"
    assert read("# x\n\n- Severty: SEV-1\n- Severity: SEV-2\n\n## Timeline\n").value("severity") == "SEV-2"
    assert read("# x\n\n## Root cause\n\nSeverty: SEV-1\n").value("severity") == ""


def test_a_byline_names_the_authors() -> None:
    authors = read("# x\n\nBy Camille Roy and Jonas Blom.\n").authors
    assert [person.name for person in authors] == ["Camille Roy", "Jonas Blom"]
    assert read("# x\n\nBy then it was late.\n").authors == ()


@pytest.mark.parametrize(
    "byline",
    [
        "Written by Camille Roy and Jonas Blom on 2026-05-05",
        "*Written by Camille Roy and Jonas Blom, 5 May 2026*",
        "By Camille Roy & Jonas Blom (May 5, 2026)",
        "This postmortem was written by Camille Roy and Jonas Blom.",
    ],
)
def test_a_byline_may_tell_the_day_and_what_was_written(byline: str) -> None:
    authors = read(f"# x\n\n{byline}\n").authors
    assert [person.name for person in authors] == ["Camille Roy", "Jonas Blom"]


@pytest.mark.parametrize(
    "line", ["Written by May 5, 2026", "The report was due by Camille's birthday", "Written by hand"]
)
def test_other_lines_name_no_author(line: str) -> None:
    assert read(f"# x\n\n{line}\n").authors == ()


def test_words_that_may_be_about_anything_are_metadata_in_the_head_alone() -> None:
    text = "# x\n\nPriority: P1\nWhen: 2026-05-04\n\n## Lessons\n\n**Owner:** Tom\n\nPriority: P2\n"
    postmortem = read(text)
    assert (postmortem.value("severity"), postmortem.value("date")) == ("P1", "2026-05-04")
    assert postmortem.authors == ()


def test_a_middle_dot_sets_the_headline_apart_from_its_prefix() -> None:
    headline = read("# Postmortem · The crane stopped\n").headline
    assert headline is not None
    assert headline.value == "The crane stopped"


_SIGNED = (
    "# Postmortem: x\n\n## Timeline\n\n- 10:00 UTC It broke.\n\n## Action items\n\n- Add a limit. Owner: @ben.\n\n"
)


@pytest.mark.parametrize(
    "signature",
    ["-- Ana Lima, SRE", "— Ana Lima", "Written by Ana Lima", "Written by: Ana Lima", "---\n\n*Author: Ana Lima*"],
)
def test_who_signs_the_document_in_its_last_line_wrote_it(signature: str) -> None:
    postmortem = read(f"{_SIGNED}{signature}\n")
    assert [each.name for each in postmortem.authors] == ["Ana Lima"]
    assert len(postmortem.actions) == 1


@pytest.mark.parametrize(
    "end",
    [
        "-- done",
        "— The Platform Team",
        "— Next Steps",
        "> All is well.\n\n— Ana Lima",
        "By Friday we know.",
        "Owner: Ana Lima",
        "\\\n",
    ],
)
def test_not_every_last_line_is_a_signature(end: str) -> None:
    assert not read(f"{_SIGNED}{end}\n").authors


def test_the_head_tells_the_authors_before_a_signature_does() -> None:
    signed = _SIGNED.replace("x\n", "x\n\n- Authors: Ben Okoro\n", 1)
    assert [each.name for each in read(f"{signed}-- Ana Lima\n").authors] == ["Ben Okoro"]
