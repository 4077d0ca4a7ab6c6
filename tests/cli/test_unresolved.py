from __future__ import annotations

import pytest

from app.cli.describe_text import describe_text
from rules.reading import read


def reasons(timeline: str, metadata: str = "") -> list[str]:
    """What `inspect` says in place of each entry's instant."""
    text = f"# Postmortem: Checkout returned 502s\n\n{metadata}\n## Timeline\n\n{timeline}\n"
    described = describe_text("a.md", read(text)).partition("\n  Timeline\n")[2].partition("\n\n")[0]
    return [line.partition("(")[2].partition(")")[0] for line in described.splitlines()]


@pytest.mark.parametrize(
    ("timeline", "metadata", "reason"),
    [
        ("- 10:32 UTC Deploy", "", "no date"),
        ("- 10:32 Deploy", "", "no date, no time zone"),
        ("- 10:32 Deploy", "- Date: 2026-05-04\n", "no time zone"),
        ("- 2026-05-04 10:32 Deploy", "", "no time zone"),
        ("- 2026-05-04 Deploy", "", "no time of day"),
        ("- 2026-10-25 02:30 Europe/Berlin Deploy", "", "the clock does not tell"),
        ("- later, rolled back", "", "no time"),
        ("- 2026-05-04 10:32 UTC Deploy", "", ""),
    ],
)
def test_it_is_said_why_a_time_is_no_instant(timeline: str, metadata: str, reason: str) -> None:
    assert reasons(timeline, metadata) == [reason]
