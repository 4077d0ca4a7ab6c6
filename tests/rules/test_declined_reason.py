"""The reason for declining an action item, wherever it stands."""

from __future__ import annotations

import pytest

from rules.actions.declined_reason import reason_for_declining
from rules.layouts import layout_from
from rules.policy import Policy
from rules.reading import read_bytes

WHY = "the service is being retired"
TITLE = "Alert on dropped packets of checkout"
FIELDS = "\n  - Owner: @ana\n  - Deadline: 2026-05-18\n  - Success criterion: no packet is dropped"


def _reason(items: str) -> str:
    postmortem = read_bytes(
        f"# Checkout\n\n## Action items\n\n{items}\n".encode(), layout_from(Policy().layout), "a.md"
    )
    (item,) = postmortem.actions
    assert item.declined
    assert WHY not in item.title
    return reason_for_declining(postmortem, item)


@pytest.mark.parametrize(
    "items",
    [
        f"- [ ] {TITLE}{FIELDS}\n  - Won't do: {WHY}",
        f"- [ ] {TITLE} — WONTDO: {WHY}{FIELDS}",
        f"- [ ] {TITLE} (won't do: {WHY}){FIELDS}",
        f"- [ ] {TITLE}{FIELDS}\n  - Status: WONTDO, {WHY}",
        f"- [ ] ~~{TITLE}~~ Won't do: {WHY}{FIELDS}",
        f"- [ ] {TITLE}{FIELDS}\n  - Status: won't do\n  - Reason: {WHY}",
        f"| Action | Owner | Status |\n|---|---|---|\n| {TITLE} | @ana | WONTDO, {WHY} |",
    ],
)
def test_the_reason_for_declining_an_item_is_found_where_it_stands(items: str) -> None:
    assert _reason(items).rstrip(".") == WHY


@pytest.mark.parametrize(
    "items", [f"- ~~{TITLE}~~ Won't do.", f"- [ ] {TITLE}{FIELDS}\n  - Status: WONTDO", f"- Won't do: {TITLE}"]
)
def test_no_reason_is_made_up_where_none_is_given(items: str) -> None:
    assert _reason(items).strip(".") == ""
