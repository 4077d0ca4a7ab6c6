"""Items that are done: as their authors say what they have done, or a heading says what was."""

from __future__ import annotations

import pytest

from rules.reading import read


def done(body: str) -> list[bool]:
    return [item.done for item in read(f"# Postmortem: x\n\n## Action items\n\n{body}\n").actions]


@pytest.mark.parametrize(
    "text",
    ["We have enabled the limit", "We've added an alert on lag", "We enabled alerts on lag", "We've rebuilt the index",
     "We have already moved the export to the replica", "The storage team has capped the pool",
     "I have fixed the probe", "We have automated the restore"],
)  # fmt: skip
def test_what_its_authors_have_done_is_done(text: str) -> None:
    assert done(f"- {text}") == [True]


@pytest.mark.parametrize(
    "text",
    ["We have to enable the limit", "We have decided to enable the limit", "We have not enabled the limit",
     "We have no alert on lag", "We have scheduled a restore test", "We have created a ticket for the limit",
     "We've opened an issue for the limit", "We have enabled the limit and will watch it", "We have limited insight",
     "We have automated backups only once a week", "We have temporarily disabled the export", "We need an alert",
     "- [ ] We have enabled the limit", "We have enabled the limit, due 2026-06-01"],
)  # fmt: skip
def test_what_its_authors_have_yet_to_do_is_open(text: str) -> None:
    assert done(text if text.startswith("- ") else f"- {text}") == [False]


@pytest.mark.parametrize("head", ["### {}", "**{}**"])
@pytest.mark.parametrize(
    "title",
    ["Immediate actions taken", "Actions taken", "Actions already taken", "Corrective measures taken", "What we did",
     "Steps we have taken so far", "What we've done so far", "What we have done"],
)  # fmt: skip
def test_what_stands_below_measures_that_were_taken_is_done(head: str, title: str) -> None:
    assert done(f"{head.format(title)}\n\n- Raise the pool size\n- Restart the workers") == [True, True]


@pytest.mark.parametrize(
    "title",
    ["Actions to be taken", "What we will do", "Actions being taken", "Preventive measures taken", "Steps to take"],
)
def test_what_stands_below_measures_that_are_to_be_taken_is_open(title: str) -> None:
    assert done(f"### {title}\n\n- Raise the pool size\n- Restart the workers") == [False, False]


def test_a_deadline_below_such_a_heading_keeps_an_item_open() -> None:
    assert done("### Actions taken\n\n- Raise the pool size, due 2026-06-01\n- Cap the pool") == [False, True]


@pytest.mark.parametrize("remark", ["now implemented", "all done", "all completed ✅"])
def test_what_stands_below_a_heading_that_says_in_brackets_that_it_is_done_is_done(remark: str) -> None:
    text = f"# x\n\n## Preventive measures ({remark})\n\n- The pool is capped at 50\n- No export on the primary\n"
    assert [item.done for item in read(text).actions] == [True, True]


@pytest.mark.parametrize("remark", ["to be implemented", "not yet done", "now planned", "implemented by June"])
def test_what_stands_below_a_heading_that_says_in_brackets_that_it_is_not_is_open(remark: str) -> None:
    text = f"# x\n\n## Preventive measures ({remark})\n\n- Cap the pool at 50\n- Move the export to the replica\n"
    assert [item.done for item in read(text).actions] == [False, False]


def test_neither_a_heading_that_says_what_was_done_nor_prose_below_it_is_an_item() -> None:
    body = "### For the operators\n\n1. Cap the pool\n\n### What I've done\n\n✅ Removed the export\n✅ Reset the pool"
    assert [item.title for item in read(f"# x\n\n## Action items\n\n{body}\n").actions] == ["Cap the pool"]


def test_a_paragraph_with_fields_below_a_heading_that_says_it_is_done_stays_an_item() -> None:
    body = (
        "### Next\n\n- Rotate the token\n\n### Immediate (completed)\n\nCap the pool at 50\nOwner: @ana\nTicket: #12\n"
    )
    found = read(f"# x\n\n## Action items\n\n{body}").actions
    assert [(item.title, item.done) for item in found] == [("Rotate the token", False), ("Cap the pool at 50", True)]


@pytest.mark.parametrize("title", ["Cap the pool at 50", "1. Cap the pool at 50", "2. Monitoring of the pool"])
def test_a_heading_that_is_an_item_may_say_that_it_is_done(title: str) -> None:
    body = f"### {title} (done)\n\nIt holds since Monday.\n\n### 3. Rotate the token\n\nBy hand.\n"
    assert [item.done for item in read(f"# x\n\n## Action items\n\n{body}").actions] == [True, False]
