"""Each template, filled in well, is ready to merge."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from rules.layouts import LAYOUTS, Layout
from rules.reading import read
from rules.rule import Severity
from tests.postmortems import METADATA, SECTIONS
from tests.rules.linting import lint

TEMPLATES = sorted((Path(__file__).parents[2] / "rules" / "templates").glob("*.md"))
FACTS = {**METADATA, "Title": "Checkout returned errors", "Team": "payments", "Service": "checkout", "Kind": "incident"}
FACTS |= dict.fromkeys(("Owner", "Postmortem owner"), METADATA["Authors"])
FACTS |= {"Incident lead": METADATA["Incident commander"], "Comms lead": "Gita Rao (@gita)"}
_HEADLINE = re.compile(r"<[^<>\n]*one[ -]line[^<>\n]*>")
HELPED = "- The runbook for the pool named the command that shows its state."
HURT = "- The dashboard averaged over pools, which cost 17 minutes."
BY_TITLE = {
    "went well": HELPED,
    "helped": HELPED,
    "lucky": "- The deploy was frozen for the holiday, so that nothing else changed.",
    "hurt": HURT,
    "wrong": HURT,
    "go so well": HURT,
    "poorly": HURT,
}
BY_KIND = {
    "tldr": SECTIONS["TL;DR"],
    "actual": SECTIONS["What was actually happening"],
    "believed": SECTIONS["What we believed was happening (during)"],
    "timeline": SECTIONS["Timeline"],
    "helped_hurt": SECTIONS["What helped, what hurt"],
    "verification": SECTIONS["Verification"],
    "questions": SECTIONS["Open questions"],
    "impact": "12,400 users saw an error. 31,000 requests failed. 18 % of the SLO budget went.",
    "detection": "The alert `checkout-errors` paged the on-call engineer after 4 minutes.",
    "resolution": "The limit was raised from 50 to 200 connections at 11:10 UTC.",
    "people": "- Ana Ruiz (@ana), incident commander\n- Ben Okafor (@ben)",
}
CELLS = {
    "action": ("Alert when the connection pool of checkout is above 80 % for 5 minutes", "Cap retries at three"),
    "owner": ("Ben Okafor (@ben)", "Gita Rao (@gita)"),
    "deadline": ("2026-05-18", "2026-06-01"),
    "due": ("2026-05-18", "2026-06-01"),
    "priority": ("P0", "P1"),
    "criterion": ("the alert fires in staging within 6 minutes", "the load test `retry-storm` stays below 1.5 times"),
}


def filled(path: Path) -> str:
    """A template with the facts and sections of the tests' good postmortem."""
    layout = LAYOUTS[path.stem]
    head, *parts = re.split(r"^(?=#{2,4} )", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    head = _HEADLINE.sub("Checkout returned errors for 42 minutes", head, count=1)
    title, *facts = head.replace("# YYYY-MM-DD", "# 2026-05-04").splitlines()
    sections: list[str] = []
    for part in parts:
        heading, _, body = part.partition("\n")
        if heading == "### HH:MM":
            continue  # its entries are under the timeline
        sections.append(f"{heading}\n\n{_body(layout, heading.lstrip('# '), body, sections)}\n")
    return "\n".join((title, *map(_fact, facts), *sections))


def _fact(line: str) -> str:
    match = re.match(r"(\s*[-*|]?\s*\**)([\w ]+?)(\**\s*[:|]\**)", line)
    value = FACTS.get(match[2].strip().capitalize()) if match else None
    if match is None or value is None:
        return line
    return f"{match[0]} {value}{' |' if line.rstrip().endswith('|') else ''}"


def _body(layout: Layout, title: str, hint: str, above: Sequence[str]) -> str:
    """What to write under a heading, with the sections above it."""
    kind = layout.kind_of(title) or ""
    if not hint.strip() and kind in ("actions", "helped_hurt"):
        return ""  # it has parts
    if kind == "actions" or "Success criterion" in hint:
        return "None." if any(CELLS["deadline"][0] in section for section in above) else _actions(hint)
    listed = next((text for key, text in BY_TITLE.items() if key in title.lower()), None)
    return BY_KIND.get(kind, "Nothing further.") if listed is None or "helped" in title.lower() else listed


def _actions(body: str) -> str:
    head = next((line for line in body.splitlines() if line.startswith("|")), None)
    if head is None:
        return SECTIONS["Action items"]
    columns = [cell.strip().lower() for cell in head.strip("|").split("|")]
    rows = ["".join(f"| {_cell(column, row)} " for column in columns) + "|" for row in range(2)]
    return "\n".join([head, "|" + "---|" * len(columns), *rows])


def _cell(column: str, row: int) -> str:
    return next((cells[row] for key, cells in CELLS.items() if key in column), "prevent")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_filled_in_well_a_template_has_no_finding_above_notice(path: Path) -> None:
    text = filled(path)
    assert read(text).layout == LAYOUTS[path.stem].name or path.stem == "generic"
    findings = [each for each in lint(text) if each.severity in (Severity.ERROR, Severity.WARNING)]
    assert not [(each.rule.code, each.span.line, each.message) for each in findings]
