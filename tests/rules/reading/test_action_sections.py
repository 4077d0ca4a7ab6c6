"""Which headings announce action items: beside others that do, in two halves, or only by the sound of their words."""

from __future__ import annotations

import pytest

from rules.layouts import LAYOUTS
from rules.reading import read

HEAD = "# Till outage\n\n## Root cause\n\nA full disk.\n\n"
ITEMS = "- Alert on a disk that is 80 % full\n- Move the logs to the second disk\n"
TITLES = ["Alert on a disk that is 80 % full", "Move the logs to the second disk"]
DEEDS = "- Restarted the till\n- Freed some space on the disk\n"


def titles(text: str) -> list[str]:
    return [item.title for item in read(HEAD + text).actions]


def kind_of(title: str) -> str | None:
    return LAYOUTS["generic"].kind_of(title)


@pytest.mark.parametrize(
    "heading",
    [
        "Prevention and release gates",
        "Still recommended (manual steps)",
        "Recommended hardening",
        "Remaining work",
        "Outstanding tasks",
        "Proposed changes",
        "Future safeguards",
        "Long-term fixes",
    ],
)
def test_work_that_is_announced_beside_another_section_of_items_is_read(heading: str) -> None:
    first = "## Action items\n\n- Replace the disk of till 4\n\n"
    assert titles(f"{first}## {heading}\n\n{ITEMS}") == ["Replace the disk of till 4", *TITLES]


@pytest.mark.parametrize(
    "heading", ["Follow-up actions required", "Recommended follow-ups", "Remaining action items", "Future improvements"]
)
@pytest.mark.parametrize("other", ["", "## Prevention\n\n- Replace the disk of till 4\n\n"])
def test_what_is_still_to_be_done_is_read_below_the_resolution_too(heading: str, other: str) -> None:
    found = titles(f"{other}## Resolution\n\nThe till was restarted.\n\n### {heading}\n\n{ITEMS}")
    assert found[-2:] == TITLES


@pytest.mark.parametrize(
    ("heading", "body"),
    [
        ("Remaining symptoms", "- Receipts are printed twice\n- The clock of till 4 is slow\n"),
        ("Fixes that prevented more", DEEDS),
        ("Planned work that was done", DEEDS),
        ("Pending orders", "- 14 orders of Monday\n- 3 orders of Tuesday\n"),
        ("Next of kin", ITEMS.replace("Alert", "An alert").replace("Move", "A move of")),
    ],
)
def test_what_is_told_beside_a_section_of_items_is_not(heading: str, body: str) -> None:
    first = "## Action items\n\n- Replace the disk of till 4\n\n"
    assert titles(f"{first}## {heading}\n\n{body}") == ["Replace the disk of till 4"]


def test_deeds_below_the_resolution_are_no_items() -> None:
    assert titles(f"## Resolution\n\n### Actions taken\n\n{DEEDS}\n## Action items\n\n{ITEMS}") == TITLES


@pytest.mark.parametrize(
    "title",
    [
        "Preventing the issue from happening again / What we have learnt",
        "What we have learnt | Next steps",
        "Lessons learned / Action items",
        "Lessons learned & next steps",
        "Follow-up/Prevention",
        "Prevention and release gates",
        "What went wrong and next steps",
        "Factors and what we're changing",
        "7 Follow‑up",
    ],
)
def test_a_heading_of_two_halves_announces_items_if_one_of_them_does(title: str) -> None:
    assert kind_of(title) == "actions"


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Timeline & actions", "timeline"),
        ("Impact & root cause", "impact"),
        ("Trigger / background facts", "actual"),
        ("Customers & who was affected", "impact"),
        ("Corrective and preventive measures", "actions"),
        ("CI/CD", None),
        ("Q&A", None),
    ],
)
def test_a_heading_of_two_halves_names_what_is_known_of_them(title: str, kind: str | None) -> None:
    assert kind_of(title) == kind


def test_what_remains_to_be_done_is_read_below_a_heading_for_the_resolution_as_well() -> None:
    assert titles(f"## Resolution and follow-up\n\nThe till was restarted.\n\n{ITEMS}") == TITLES
    assert titles(f"## Resolution and follow-up\n\n{DEEDS}") == []


@pytest.mark.parametrize(
    "title", ["Evidence from GitHub Actions", "GitHub Actions", "Gitea Actions", "Server Actions", "Redux actions"]
)
def test_a_product_called_actions_announces_none(title: str) -> None:
    told = f"## {title}\n\n- Deploy 44 never became ready\n- Deploy 47 ran into a timeout\n\n"
    assert titles(told) == []
    assert titles(f"{told}## Still recommended\n\n{ITEMS}") == TITLES


@pytest.mark.parametrize("title", ["GitHub Actions follow-up", "Actions for GitHub", "Server team actions"])
def test_items_about_such_a_product_are_items(title: str) -> None:
    assert titles(f"## {title}\n\n{ITEMS}") == TITLES


def test_numbered_headings_with_prose_steps_or_a_line_across_below_them_are_items() -> None:
    text = (
        "## Still recommended\n\n### 1. Enlarge the disk\n\nIt holds a week.\n\n"
        "### 2. Attach a role to the till\n\nThe till has none. Create one and attach it:\n\n1. Open the console\n"
        "2. Name: `till-role`\n\n### 3. Enable protection\n\nIt is off.\n\n---\n\n## Timeline\n\n- 10:32 It broke.\n"
    )
    assert titles(text) == ["Enlarge the disk", "Attach a role to the till", "Enable protection"]
    assert read(HEAD + text).actions[1].owners == ()


ROWS = "| Alert on a full disk | Ana Ruiz | #12 |\n| Move the logs | Ben Okafor | #13 |\n"


@pytest.mark.parametrize(
    "columns",
    [
        "Action Item | Owner | Bug",
        "**Action items** | **Owner** | **Status**",
        "Follow-up | Owner | Ticket",
        "Corrective action | Who | Link",
        "To do | Assignee | Issue",
    ],
)
@pytest.mark.parametrize("heading", ["", "## What went wrong\n\n", "## Notes\n\n", "## Resolution\n\n"])
def test_a_table_whose_head_says_that_its_rows_are_items_needs_no_heading(heading: str, columns: str) -> None:
    text = f"# Till outage\n\n**Impact**: 3 tills\n\n{heading}| {columns} |\n|---|---|---|\n{ROWS}\n## Timeline\n"
    actions = read(text).actions
    assert [item.title for item in actions] == ["Alert on a full disk", "Move the logs"]
    assert [item.owners[0].name for item in actions] == ["Ana Ruiz", "Ben Okafor"]


def test_a_column_of_actions_needs_a_deadline_or_priority_beside_the_owner() -> None:
    table = "## Notes\n\n| Action | Owner | {} |\n|---|---|---|\n| Restart the till | Ana Ruiz | {} |\n"
    assert titles(table.format("Due", "2026-06-01")) == ["Restart the till"]
    assert titles(table.format("Priority", "P1")) == ["Restart the till"]
    assert titles(table.format("Result", "it came up")) == []


@pytest.mark.parametrize(
    "table",
    [
        "## Timeline\n\n| Time | Action item | Owner |\n|---|---|---|\n| 10:32 | Restart the till | Ana Ruiz |\n",
        "## Response\n\n| Date | Action | Owner | Priority |\n|---|---|---|---|\n| 4 May | Restart it | Ana | P1 |\n",
        "## Related incidents\n\n| Action item | Owner |\n|---|---|\n| Restart the till | Ana Ruiz |\n",
        "## Services\n\n| Summary | Owner | Severity |\n|---|---|---|\n| The till went dark | Ana Ruiz | SEV-2 |\n",
        "## Notes\n\n| Action item | Meaning |\n|---|---|\n| Something to be done | A promise |\n",
    ],
)
def test_a_table_that_logs_what_was_done_holds_no_items(table: str) -> None:
    assert titles(table) == []


def test_items_that_a_table_at_the_head_holds_in_full_are_read_once() -> None:
    table = (
        f"## Notes\n\n| Action item | Owner |\n|---|---|\n| {TITLES[0]} | Ana Ruiz |\n| {TITLES[1]} | Ben Okafor |\n\n"
    )
    assert titles(f"{table}## Action items\n\n{ITEMS}") == TITLES


def test_what_is_done_of_a_plan_is_read_beside_what_is_not() -> None:
    plan = "## Recovery plan\n\n### Immediate (done)\n\n- ✅ Seal the vent\n- ✅ Tag the valve\n\n"
    document = read(f"{HEAD}{plan}### Short-term (to do)\n\n{ITEMS.replace('- ', '- [ ] ')}")
    assert [(item.title, item.done) for item in document.actions] == [
        ("Seal the vent", True), ("Tag the valve", True), (TITLES[0], False), (TITLES[1], False),
    ]  # fmt: skip


@pytest.mark.parametrize("head", ["Immediate (done)", "Immediate actions", "Sealed vents (done)"])
def test_deeds_beside_items_below_the_resolution_are_no_items(head: str) -> None:
    later = f"### Short-term (to do)\n\n{ITEMS.replace('- ', '- [ ] ')}"
    assert titles(f"## Resolution\n\n### {head}\n\n{DEEDS}\n{later}") == TITLES


@pytest.mark.parametrize(
    "parts",
    [
        ("Process improvements", "Documentation updates"),
        ("Action items", "Drawings changed"),
        ("Improvements", "Updates of the tools"),
    ],
)
def test_all_parts_of_a_section_of_prevention_are_read_though_one_tells_deeds(parts: tuple[str, str]) -> None:
    deeds = "- Drew a plan of the vents\n- Added `vents.md` with all limits\n"
    text = f"## Prevention\n\n### {parts[0]}\n\n{ITEMS}\n### {parts[1]}\n\n{deeds}"
    assert titles(text) == [*TITLES, "Drew a plan of the vents", "Added vents.md with all limits"]
    assert titles(f"{text}\n## Action items\n\n- Buy a disk\n")[:2] == TITLES


@pytest.mark.parametrize("title", ["To-do's", "To-do’s", "Next release and to-do’s", "Our todo's"])
def test_the_plural_of_to_do_may_have_an_apostrophe(title: str) -> None:
    assert kind_of(title) == "actions"
    assert titles(f"**{title}:** till 4.18\n\n{ITEMS}") == TITLES
    assert kind_of("What the tills do's and don'ts are") is None


@pytest.mark.parametrize("heading", ["Immediate actions required", "Urgent actions needed", "Further actions to take"])
@pytest.mark.parametrize("whose", ["For you (the operator)", "For the storage team", "Operators"])
def test_actions_that_are_required_are_items_whoever_they_are_for(heading: str, whose: str) -> None:
    text = f"# x\n\n## {heading}\n\n### {whose}\n\n1. **Restore the index** from the copy\n2. Rotate the token\n"
    assert [item.title for item in read(text).actions] == ["Restore the index from the copy", "Rotate the token"]


@pytest.mark.parametrize("heading", ["Why actions required two people", "Action required of customers during it"])
def test_a_heading_that_tells_of_required_actions_holds_no_items(heading: str) -> None:
    assert read(f"# x\n\n## {heading}\n\n1. The old token\n2. The new one\n").actions == ()
