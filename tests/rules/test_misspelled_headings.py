"""Headings with a slip of the keyboard: read as what they mean, told, and mended."""

from __future__ import annotations

import pytest

from rules.fixing import fix
from rules.parse.misspelled_headings import heading_meant
from rules.policy import Policy
from rules.reading import read
from rules.rule import Context
from tests.postmortems import good_postmortem
from tests.rules.linting import PATH, TODAY, codes, found, lint

SLIPS = {
    "Timeline": "Timline",
    "Action items": "Acton items",
    "What was actually happening": "What was actualy happening",
    "What we believed was happening (during)": "What we beleived was happening (during)",
    "What helped, what hurt": "What heplped, what hurt",
    "Verification": "Verifcation",
    "Open questions": "Open quesitons",
}


def misspelled(text: str) -> str:
    for right, wrong in SLIPS.items():
        assert f"## {right}\n" in text
        text = text.replace(f"## {right}\n", f"## {wrong}\n")
    return text


def test_a_misspelled_heading_counts_as_what_it_means_and_is_the_only_finding() -> None:
    assert codes(lint(misspelled(good_postmortem()))) == ["CO212"] * len(SLIPS)


def test_the_fix_mends_the_headings_and_nothing_else() -> None:
    fixed = fix(misspelled(good_postmortem()).encode(), None, Policy(), Context(PATH, TODAY))
    assert fixed.data.decode() == good_postmortem()
    assert not fixed.findings


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("## Root Casue\n", "## Root Cause\n"),
        ("## ROOT CASUE:\n", "## ROOT CAUSE:\n"),
        ("## 3. Root casues\n", "## 3. Root causes\n"),
        ("**Root casue**\n", "**Root cause**\n"),
        ("## 🔥 *Root* casue ##\n", "## 🔥 *Root* cause ##\n"),
        ("Root casue\n----------\n", "Root cause\n----------\n"),
        ("## Contibuting factors (so far)\n", "## Contributing factors (so far)\n"),
    ],
)
def test_the_heading_keeps_its_numbers_marks_and_capitals(written: str, mended: str) -> None:
    text = f"# Checkout returned errors\n\n{written}\nThe pool had no limit.\n\n## Timeline\n\n- 10:32 UTC Down\n"
    (finding,) = found(text, "CO212")
    fixed = fix(text.encode(), None, Policy(), Context(PATH, TODAY), {"CO212"})
    assert mended in fixed.data.decode()
    assert finding.message.endswith(" is read as that. Write " + finding.message.rpartition("Write ")[2])


@pytest.mark.parametrize(
    "heading",
    [
        "Time line",
        "Timelines",
        "Reactions",
        "Auctions",
        "Rot cause",
        "Root clause",
        "Revolution",
        "Summery",
        "Factory",
        "Lesson learned",
        "Recommendation",
        "Recover",
        "Detention",
        "Impacto",
        "Détection",
        "Verified",
        "Preventing",
        "Caption items",
        "Timline for the next 3 releases",
    ],
)
def test_a_heading_of_its_own_is_left_alone(heading: str) -> None:
    assert heading_meant(heading) is None


def test_a_section_under_a_misspelled_heading_is_not_missed_as_well() -> None:
    text = good_postmortem().replace("## Timeline\n", "## Timelime\n")
    assert read(text, None, PATH).section("timeline") is not None
    assert codes(lint(text)) == ["CO212"]
