"""How a document names another postmortem."""

from __future__ import annotations

import pytest

from app.core.references import MOST_REFERENCES, names, references_in, speaks_of

HERE = "postmortems/2026/june.md"
THERE = "postmortems/2026/may.md"


def _is_named(text: str, *, path: str = THERE, document: str = "INC-7") -> bool:
    return names(references_in(text), HERE, path=path, document=document, tracking=12)


@pytest.mark.parametrize(
    "text",
    [
        "[the first](may.md)",
        "[the first](./may.md#timeline)",
        "[the first](../2026/may.md)",
        "[the first](/postmortems/2026/may.md)",
        "see postmortems/2026/may.md",
        "https://github.com/acme/postmortems/blob/main/postmortems/2026/may.md?plain=1#L3",
        "INC-7",
        "as in inc-7, and worse",
        "tracked in #12",
        "https://github.com/acme/postmortems/issues/12",
    ],
)
def test_a_postmortem_is_named(text: str) -> None:
    assert _is_named(text)


@pytest.mark.parametrize(
    "text",
    [
        "[another](april.md)",
        "[another](../may.md)",
        "INC-70",
        "INC-7-b",
        "#123",
        "acme/shop#12",
        "https://github.com/acme/postmortems/pull/12",
        "may",
        "",
    ],
)
def test_something_else_is_named(text: str) -> None:
    assert not _is_named(text)


def test_a_postmortem_without_an_incident_is_known_by_its_first_path() -> None:
    assert _is_named("[it](old.md)", path="moved/may.md", document="postmortems/2026/old.md")


def test_an_incident_with_a_name_of_its_own_is_found_as_a_whole() -> None:
    assert speaks_of("a repeat of Black Friday 2025, again", "Black Friday 2025")
    assert not speaks_of("a repeat of Black Friday 20251", "Black Friday 2025")
    assert not speaks_of("it is 7 again", "7")


def test_the_names_that_are_kept_are_few_and_short() -> None:
    text = " ".join(f"INC-{number}" for number in range(1000)) + " " + "a" * 250 + ".md"
    found = references_in(text)
    assert len(found) == MOST_REFERENCES
    assert max(map(len, found)) <= 200
