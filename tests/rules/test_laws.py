"""Reading, checking and fixing hold their laws on documents that nobody would write on purpose."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.postmortems import METADATA, SECTIONS, good_postmortem
from tests.rules.laws import assert_fixing_holds, assert_reading_and_checking_hold
from tests.rules.marked import read_marked
from tests.rules.reading.documents import RICH
from tests.rules.reading.test_robustness import PIECES, mutants, soup

FIXTURES = Path(__file__).parent / "fixtures"
NAMES = sorted(path.name for path in FIXTURES.iterdir() if (path / "bad.md").exists())
SPELLINGS = {
    "Severity": ("Severety", "severity ", "SEVERITY", "Sevrity"),
    "Date": ("Dat", "Incident date"),
    "Incident commander": ("Incident comander", "Commander", "IC"),
    "Authors": ("Author", "Auhtors"),
    "Status": ("Stauts",),
}
VALUES = {
    "Date": ("4 May 2026", "May 4, 2026", "04/05/2026", "2026-05-04 10:32 UTC", "", "Monday, 4 May 2026"),
    "Duration": ("42 minutes", "", "10:32 → 11:14", "1h 35m (10:32 - 12:07)"),
    "Severity": ("SEV-1", "high", "", "SEV-3"),
    "Status": ("resolved", "draft", "whatever"),
    "Impact": ("none", "some users", "18 % of the budget"),
}
DEADLINES = (
    "  - Deadline: 2026-05-18\n",
    "  - Deadline: 28 May 2026\n",
    "  - Due: in 2 weeks\n",
    "  - Deadline: 01/06/2026\n",
    "  - Deadline:\n",
    "",
)
TABLE = """\
| Action | Owner | Priority | Deadline | Success criterion |
|---|---|---|---|---|
| Cap retries at three | Gita Rao (@gita) | P1 |  | the load test `retry-storm` passes |
| Alert on a full pool | Ben Okafor (@ben) | P0 | Jun 3, 2026 | the alert fires in staging within 6 minutes |"""

every_fixture = pytest.mark.parametrize("name", NAMES)


@st.composite
def drafts(draw: st.DrawFn) -> bytes:
    """Good postmortems in which people left things out, misspelt them, or wrote them their own way."""
    metadata: dict[str, str | None] = {}
    for label, value in METADATA.items():
        key = draw(st.sampled_from([label, label, *SPELLINGS.get(label, ())]))
        if key != label:
            metadata[label] = None
        said = draw(st.sampled_from([value, value, value, *VALUES.get(label, ()), None]))
        metadata[key] = said
    sections: dict[str, str | None] = {
        title: draw(st.sampled_from([body, body, body, "", None])) for title, body in SECTIONS.items()
    }
    if draw(st.booleans()) and sections["Action items"]:
        sections["Action items"] = TABLE
    text = good_postmortem(metadata=metadata, sections=sections)
    for deadline in ("  - Deadline: 2026-05-18\n", "  - Deadline: 2026-06-01\n"):
        text = text.replace(deadline, draw(st.sampled_from(DEADLINES)))
    return draw(dressed(text))


@st.composite
def dressed(draw: st.DrawFn, text: str) -> bytes:
    """The text with other line ends, a byte order mark, or without the end of its last line."""
    if draw(st.booleans()):
        text = text.rstrip("\n")
    if draw(st.booleans()):
        text = text.replace("\n", draw(st.sampled_from(["\r\n", "\r"])))
    return (draw(st.sampled_from(["", "", "\ufeff"])) + text).encode("utf-8", "replace")


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """Fixtures and drafts with stretches cut out, doubled or replaced."""
    fixture = read_marked((FIXTURES / draw(st.sampled_from(NAMES)) / "bad.md").read_bytes()).data
    text = draw(st.sampled_from([fixture.decode("utf-8", "replace"), RICH, good_postmortem()]))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 200)))
        text = text[:start] + draw(st.sampled_from([*PIECES, "", text[start:end] * 2])) + text[end:]
    return draw(dressed(text)) if draw(st.booleans()) else text.encode("utf-8", "replace")


@given(soup)
@settings(max_examples=60, deadline=None)
def test_any_text_can_be_checked_and_fixed(text: str) -> None:
    assert_fixing_holds(text.encode("utf-8", "replace"))


@given(st.binary(max_size=300))
@settings(max_examples=30, deadline=None)
def test_any_bytes_can_be_checked_and_fixed(data: bytes) -> None:
    assert_fixing_holds(data)


@given(mutants())
@settings(max_examples=40, deadline=None)
def test_a_damaged_rich_document_can_be_checked(text: str) -> None:
    assert_reading_and_checking_hold(text.encode("utf-8", "replace"))


@given(drafts())
@settings(max_examples=60, deadline=None)
def test_a_draft_is_fixed_without_harm(data: bytes) -> None:
    assert_fixing_holds(data)


@given(damaged())
@settings(max_examples=60, deadline=None)
def test_a_damaged_document_is_fixed_without_harm(data: bytes) -> None:
    assert_fixing_holds(data)


@every_fixture
def test_what_can_be_fixed_in_the_bad_document_is_fixed_at_once(name: str) -> None:
    data = read_marked((FIXTURES / name / "bad.md").read_bytes()).data
    fixed = assert_fixing_holds(data)
    assert [finding.rule.code for finding in fixed.findings if finding.edit is not None] == []


@every_fixture
def test_fixing_the_good_document_does_no_harm(name: str) -> None:
    assert_fixing_holds(read_marked((FIXTURES / name / "good.md").read_bytes()).data)


@pytest.mark.parametrize("zone", ["UTC", "PST", "-12:00", "+14:00", "America/New_York"])
@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "31 Dec 9999", "2199-12-31", "1900-01-01"])
def test_days_at_the_ends_of_the_calendar_do_no_harm(day: str, zone: str) -> None:
    timeline = f"- 23:59 {zone} a\n- 00:01 {zone} an alert pages\n- {day} 23:59 {zone} b\n- T+5h mitigated"
    for duration in (f"{day} 23:59 (start) → 00:00 (end), {zone}", f"00:01 → 23:59 {zone}", "99 hours"):
        assert_fixing_holds(good_postmortem(metadata={"Date": day, "Duration": duration}, timeline=timeline).encode())
