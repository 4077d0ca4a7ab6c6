"""Action items in the forms of many trackers and habits: tables, headings, groups, lines; and what is no item."""

from __future__ import annotations

from datetime import date

import pytest

from rules.postmortem import ActionItem
from rules.reading import read


def items(body: str, head: str = "- Date: 2026-05-04\n") -> tuple[ActionItem, ...]:
    return read(f"# Postmortem: x\n\n{head}\n## Action items\n\n{body}\n").actions


def facts(item: ActionItem) -> tuple[str, list[str], date | None, str | None]:
    return item.title, [owner.login or owner.name for owner in item.owners], item.due, item.priority


ADD_ALERT = ("Add alert", ["ana"], date(2026, 6, 1), "P0")


@pytest.mark.parametrize(
    "body",
    [
        (
            "| Status | Priority | Assignee | ETA | Ticket | Task |\n|--|--|--|--|--|--|\n"
            "| Open | P0 | @ana | 2026-06-01 | PAY-3 | Add alert |"
        ),
        "| Action |\n|--|\n| Add alert<br>Owner: @ana<br>Due: 2026-06-01<br>Priority: P0 |",
        "| Action | Owner | Due |\n|--|--|--|\n| **P0** | | |\n| Add alert | @ana | 2026-06-01 |",
        "### 1. Add alert\n\nIt shall page.\n\n- **Owner:** @ana\n- **Due:** 2026-06-01\n- **Priority:** P0",
        "### P0 — Add alert\n\nProse first.\n\n**Files:**\n\n- a.tf\n\n**Owner:** @ana\n**Due:** 2026-06-01",
        "Add alert\n: Owner: @ana. Due: 2026-06-01. Priority: P0.",
        "1. Add alert\n\nOwner: @ana\nDue: 2026-06-01\nPriority: P0\n\n2. Rotate keys\n\nOwner: @ben",
        "Owner: @ana\nDue: 2026-06-01\n\n- [P0] Add alert",
        "All items are due by 2026-06-01.\n\n- P0: Add alert → @ana",
        "### P0 actions\n\n- [ ] @ana: Add alert (by 2026-06-01)",
        "- 🔴 P0 [Prevent] Add alert — @ana, by 2026-06-01",
        "- [P0] Add alert, owner: @ana, due: 2026-06-01 https://example.org/i/1",
        "- P0 Add alert (PAY-3) — @ana — June 1, 2026",
    ],
)
def test_an_item_may_have_many_forms(body: str) -> None:
    assert facts(items(body)[0]) == ADD_ALERT


def test_a_table_whose_head_does_not_fit_is_read_by_its_cells() -> None:
    (item,) = items(
        "| # | Owner | Priority | Due |\n|--|--|--|--|\n| 1 | SRE | Alert on the queue's lag | 2026-06-01 |"
    )
    assert facts(item) == ("Alert on the queue's lag", ["SRE"], date(2026, 6, 1), None)


def test_items_with_headings_of_their_own() -> None:
    body = (
        "### 1) Watch the sockets\n\nProse.\n\n### 2) Check that cron runs\n\nProse.\n\n### Get a bigger host\n\nProse."
    )
    assert [item.title for item in items(body)] == [
        "Watch the sockets",
        "Check that cron runs",
        "Get a bigger host",
    ]
    (item,) = items("#### @ana Cleanup scheduled\n\nBy cron.")
    assert facts(item) == ("Cleanup scheduled", ["ana"], None, None)


def test_headings_that_sort_items_are_none() -> None:
    body = (
        "### Prevention\n\n- Add alert\n\n### Short-term fixes\n\nNow:\n\n- Rotate keys\n\n### Cause fixes\n\n- Cap it"
    )
    assert [item.title for item in items(body)] == ["Add alert", "Rotate keys", "Cap it"]


def test_people_may_head_groups_in_any_mark_up() -> None:
    body = (
        "### Grace Lindqvist\n\n- a b\n\n### Omar Haddad\n\n- c d\n\n### Storage team\n\n- e f\n\n"
        "**@ana**\n\n- g h\n\n- Sofia:\n  - i j"
    )
    owners = [[owner.name for owner in item.owners] for item in items(body)]
    assert owners == [["Grace Lindqvist"], ["Omar Haddad"], ["Storage team"], ["ana"], ["Sofia"]]


def test_a_checkbox_heads_no_group_of_bullets_without_boxes() -> None:
    assert [item.title for item in items("- [ ] **Stop** when seeing:\n  - many files\n  - odd names")] == [
        "Stop when seeing"
    ]


@pytest.mark.parametrize(
    "body",
    [
        "1. Immediate actions:\n",
        "**Success metrics:**\n\n- No secrets in repositories\n",
        "We talked about it.\nNothing came of it.\nThe end.",
    ],
)
def test_heads_measures_and_prose_are_no_items(body: str) -> None:
    assert items(body) == ()


def test_one_action_may_stand_behind_the_label_of_its_section() -> None:
    text = "# x\n\n- **Impact**: Much.\n- **Review actions**: {}\n"
    assert [item.title for item in read(text.format("Alert on lag (@ana)")).actions] == ["Alert on lag"]
    assert read(text.format("We have talked about it.")).actions == ()
    assert read(text.format("None needed.")).actions == ()


def test_lines_and_promises_are_items() -> None:
    assert len(items("Patch the login server.\nAdd monitoring for the settings.\nTrain on the new process.")) == 3
    (item,) = items("Bethan Hughes will cache answers by 8 March 2026, so that the page works.")
    assert facts(item) == (
        "cache answers by 8 March 2026, so that the page works.",
        ["Bethan Hughes"],
        date(2026, 3, 8),
        None,
    )


@pytest.mark.parametrize(
    ("written", "owners", "due"),
    [
        ("(Postgres, 2026-06-01)", [], date(2026, 6, 1)),
        ("(Farah Nazari, April 26, 2026)", ["Farah Nazari"], date(2026, 4, 26)),
        ("— Sofia, 10 Dec 2026", ["Sofia"], date(2026, 12, 10)),
        ("– Platform – ASAP", ["Platform"], None),
        ("-> Sanne Bakker, before 2026-09-06", ["Sanne Bakker"], date(2026, 9, 6)),
        ("(by end of May, Nadia)", ["Nadia"], None),
        ("(Cloud Run, 2026-06-01)", [], date(2026, 6, 1)),
    ],
)
def test_only_a_person_is_an_owner(written: str, owners: list[str], due: date | None) -> None:
    (item,) = items(f"- Rotate the keys {written}")
    assert [owner.name for owner in item.owners] == owners
    assert item.due == due


@pytest.mark.parametrize(
    ("written", "due"),
    [
        ("Due: in 2 weeks", date(2026, 5, 18)),
        ("(within 3 days)", date(2026, 5, 7)),
        ("Deadline: within one week of the incident", date(2026, 5, 11)),
        ("Due: in a few weeks", None),
        ("Due: 2 June", None),
    ],
)
def test_a_deadline_may_count_from_the_incident(written: str, due: date | None) -> None:
    (item,) = items(f"- Rotate the keys. {written}")
    assert item.due == due
    assert item.due_text is not None
    (undated,) = items(f"- Rotate the keys. {written}", head="")
    assert undated.due is None


@pytest.mark.parametrize(
    ("body", "done", "declined"),
    [
        ("| Action | Bug |\n|--|--|\n| Rotate keys | n/a **DONE** |", True, False),
        ("| Action | Bug |\n|--|--|\n| Rotate keys | #12 TODO |", False, False),
        ("| Action | Status |\n|--|--|\n| Rotate keys | Done ✅ |", True, False),
        ("| Action | Status |\n|--|--|\n| Rotate keys | :white_check_mark: |", True, False),
        ("| Action | Status |\n|--|--|\n| Rotate keys | Won't do |", False, True),
        ("- ~~Rotate keys~~ — DONE 2026-05-08 (Ben)", True, False),
        ("- ~~Rotate keys~~ WONTDO, the provider offers none", False, True),
        ("- [ ] Rotate keys", False, False),
    ],
)
def test_done_and_declined_are_said_in_many_ways(body: str, done: bool, declined: bool) -> None:
    (item,) = items(body)
    assert (item.done, item.declined) == (done, declined)
    assert item.title.startswith("Rotate keys")


@pytest.mark.parametrize(
    ("line", "links"),
    [
        ("Rotate keys (PAY-3)", ("PAY-3",)),
        ("Rotate keys. Ticket: PAY-3", ("PAY-3",)),
        ("PAY-3: Rotate keys", ("PAY-3",)),
        ("AI-3: Rotate keys", ()),
        ("Rotate keys to SHA-256 and UTF-8", ()),
        ("Rotate keys (#12)", ("#12",)),
    ],
)
def test_ticket_keys_are_links(line: str, links: tuple[str, ...]) -> None:
    assert items(f"- {line}")[0].links == links


@pytest.mark.parametrize(
    "title",
    [
        'Move the `status == "open"` check before the lock',
        "Run `DELETE FROM jobs WHERE success=0` once",
        "Set `priority=high` on the consumer group",
        "Warn where status == done and nobody signed",
    ],
)
def test_code_that_compares_or_sets_something_is_no_field(title: str) -> None:
    (item,) = items(f"- {title}")
    assert item.title == title.replace("`", "")
    assert (item.priority_text, item.criterion, item.done) == (None, None, False)


def test_a_file_below_target_is_no_deadline() -> None:
    head = "| Action | Target |\n|--|--|\n"
    assert items(f"{head}| Rotate keys | `docs/keys.md` |")[0].due_text is None
    assert items(f"{head}| Rotate keys | src/keys/rotation.py |")[0].due_text is None
    assert items(f"{head}| Rotate keys | 2026-06-01 |")[0].due_text is not None
    assert items(f"{head}| Rotate keys | soon |")[0].due_text is not None


@pytest.mark.parametrize(
    ("cell", "owners", "done"),
    [
        ("Added along with the fix", [], True),
        ("fixed in the same PR", [], True),
        ("Addie Withers", ["Addie Withers"], False),
        ("Ana Ruiz", ["Ana Ruiz"], False),
    ],
)
def test_what_was_done_alongside_in_an_owners_cell_names_nobody(cell: str, owners: list[str], done: bool) -> None:
    (item,) = items(f"| Action | Owner |\n|--|--|\n| Rotate keys | {cell} |")
    assert ([owner.name for owner in item.owners], item.done) == (owners, done)


@pytest.mark.parametrize(
    "body",
    [
        "- Rotate keys\n  - Owner - Ana Ruiz\n  - ETA - 3 Jun 2026",
        "- Rotate keys\n  Owner – Ana Ruiz\n  Due – 2026-06-03",
        "- Rotate keys\n  - Assignee — Ana Ruiz\n  - Deadline — 2026-06-03",
    ],
)
def test_a_dash_may_stand_for_the_colon_of_a_field(body: str) -> None:
    (item,) = items(body)
    assert facts(item)[:3] == ("Rotate keys", ["Ana Ruiz"], date(2026, 6, 3))


@pytest.mark.parametrize(
    "title",
    ["Owner - add a column for it to the form", "Due - dates slip, so remind weekly", "Priority - rework the form"],
)
def test_a_dash_before_anything_else_sets_a_topic_apart(title: str) -> None:
    (item,) = items(f"- {title}")
    assert (item.title, item.owners, item.due_text, item.priority_text) == (title, (), None, None)


def test_a_ticket_of_a_named_tracker_is_nobody() -> None:
    (item,) = items("- Rotate keys — Jira OPS-12, Ana Ruiz, end of June")
    assert [owner.name for owner in item.owners] == ["Ana Ruiz"]
