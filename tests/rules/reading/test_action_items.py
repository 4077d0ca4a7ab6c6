"""Action items in every form people write them: their title, their four fields, and whether they are done."""

from __future__ import annotations

from datetime import date

import pytest

from rules.postmortem import ActionItem
from rules.reading import read


def items(body: str, head: str = "") -> tuple[ActionItem, ...]:
    return read(f"# Postmortem: x\n\n{head}\n## Action items\n\n{body}\n").actions


def facts(item: ActionItem) -> tuple[str, list[str], date | None, str | None, str | None]:
    owners = [owner.login or owner.name for owner in item.owners]
    return item.title, owners, item.due, item.priority, item.criterion.value if item.criterion else None


COMPLETE = ("Add alert", ["ana"], date(2026, 6, 1), "P0", "it fires in 5 min")


@pytest.mark.parametrize(
    "body",
    [
        "- Add alert; owner: @ana; due: 2026-06-01; priority: P0; success criterion: it fires in 5 min",
        "- Add alert, P0, @ana, due 2026-06-01, success criterion: it fires in 5 min",
        "- [P0] Add alert — @ana, by 2026-06-01. Done when: it fires in 5 min",
        "- [ ] Add alert (owner: @ana, due: Jun 1, 2026, P0) – measured by: it fires in 5 min",
        (
            "- **Add alert** · **Owner:** @ana · **Due:** 1 June 2026 · **Priority:** P0 · **Success "
            "criterion:** it fires in 5 min"
        ),
        "- Add alert [owner: @ana] [due: 2026-06-01] [P0] [criterion: it fires in 5 min]",
        "- **Owner**: @ana, **Due**: 2026-06-01, **Priority**: P0 — Add alert. Verified by: it fires in 5 min",
        (
            "1. Add alert\n   - Owner: @ana\n   - Deadline: 2026-06-01\n   - Priority: P0\n   - Success "
            "criterion: it fires in 5 min"
        ),
        "* P0: Add alert\n  Owner: @ana\n  Due: 2026-06-01\n  Definition of done: it fires in 5 min",
        "- Add alert\n- Owner: @ana\n- Due: 2026-06-01\n- Priority: P0\n- Success criterion: it fires in 5 min",
        (
            "1. **Add alert**\n\n   Owner: @ana | Due: 2026-06-01 | Priority: P0\n\n   Acceptance criteria: "
            "it fires in 5 min"
        ),
        (
            "### Add alert\n\n- **Owner:** @ana\n- **Due:** 2026-06-01\n- **Priority:** P0\n- **Success "
            "criterion:** it fires in 5 min"
        ),
        (
            "**Action:** Add alert\n**Owner:** @ana\n**Due:** 2026-06-01\n**Priority:** P0\n**Success "
            "criterion:** it fires in 5 min"
        ),
        (
            "| Action | Owner | Deadline | Priority | Success criterion |\n|--|--|--|--|--|\n| Add alert | "
            "@ana | 2026-06-01 | P0 | it fires in 5 min |"
        ),
        (
            "| # | What | Who | When | Prio | Done when |\n|--|--|--|--|--|--|\n| 1 | Add alert | @ana | "
            "June 1st, 2026 | p0 | it fires in 5 min |"
        ),
        "- @ana\n  - Add alert (P0, due 2026-06-01). Success criterion: it fires in 5 min",
        "### @ana\n\n- [P0] Add alert by 2026-06-01. Success criterion: it fires in 5 min",
    ],
)  # fmt: skip
def test_an_item_with_all_four_fields_may_be_written_in_many_ways(body: str) -> None:
    (item,) = items(body)
    title, *fields = facts(item)
    assert (title.rstrip("."), *fields) == COMPLETE
    assert not item.done
    assert not item.declined


@pytest.mark.parametrize(
    ("line", "owners"),
    [
        ("Rotate keys. Owner: Ana Ruiz (@ana), Ben Okafor", ["ana", "Ben Okafor"]),
        ("Rotate keys (@ana, @ben)", ["ana", "ben"]),
        ("Rotate keys — @ana and @ben", ["ana", "ben"]),
        ("Rotate keys, owned by Ana and Ben, due in Q3", ["Ana", "Ben"]),
        ("Rotate keys : Ana Ruiz", ["Ana Ruiz"]),
        ("Rotate keys @ana", ["ana"]),
        ("@ana: Rotate keys", ["ana"]),
        ("@ana to Rotate keys", ["ana"]),
        ("Cem Özil: Rotate keys", ["Cem Özil"]),
        ("Rotate keys. Owner: the team", ["the team"]),
        ("Rotate keys. Owner: TBD", []),
        ("Rotate keys. Owner: -", []),
        ("Rotate keys", []),
    ],
)
def test_owners(line: str, owners: list[str]) -> None:
    (item,) = items(f"- {line}", head="- Authors: Cem Özil\n")
    assert [owner.login or owner.name for owner in item.owners] == owners
    assert item.title.rstrip(".") == "Rotate keys"


@pytest.mark.parametrize(
    "line", ["Rotate keys with @ana", "Add owner: field to the schema", "See RFC-12: (draft)", "Call Ana (urgent)"]
)
def test_what_only_looks_like_a_field_stays_in_the_title(line: str) -> None:
    (item,) = items(f"- {line}")
    assert (item.title, item.owners, item.due) == (line, (), None)


@pytest.mark.parametrize(
    ("written", "due", "text"),
    [
        ("Due: 2026-06-01", date(2026, 6, 1), "2026-06-01"),
        ("Due date: 28 Jul 2026", date(2026, 7, 28), "28 Jul 2026"),
        ("(due Jul 28, 2026)", date(2026, 7, 28), "Jul 28, 2026"),
        ("Deadline: 01/08/2026", None, "01/08/2026"),
        ("Due: 2026-02-30", None, "2026-02-30"),
        ("Due: next sprint", None, "next sprint"),
        ("Due: TBD", None, None),
        ("", None, None),
    ],
)
def test_a_deadline_is_a_date_only_if_there_is_no_doubt(written: str, due: date | None, text: str | None) -> None:
    (item,) = items(f"- Rotate keys. {written}")
    assert item.due == due
    assert (item.due_text.value if item.due_text else None) == text


@pytest.mark.parametrize(
    ("written", "priority", "text"),
    [
        ("Priority: P1", "P1", "P1"),
        ("(p2)", "P2", "p2"),
        ("Priority: P3", None, "P3"),
        ("Priority: P0 | P1 | P2", None, "P0 | P1 | P2"),
        ("Priority: P1/P2", None, "P1/P2"),
        ("Priority: P0, P1 or P2", None, "P0, P1 or P2"),
        ("Priority: <P0 | P1 | P2>", None, None),
        ("Priority: P1 | Deadline: 2026-06-01", "P1", "P1"),
        ("Priority: P1 (was P0)", "P1", "P1 (was P0)"),
        ("Priority: high", None, "high"),
        ("", None, None),
    ],
)
def test_priorities(written: str, priority: str | None, text: str | None) -> None:
    (item,) = items(f"- Rotate keys. {written}")
    assert item.priority == priority
    assert (item.priority_text.value if item.priority_text else None) == text


@pytest.mark.parametrize(
    ("line", "done", "declined"),
    [
        ("[x] Rotate keys", True, False),
        ("[ ] Rotate keys", False, False),
        ("~~Rotate keys~~", True, False),
        ("✅ Rotate keys", True, False),
        ("Rotate keys (Done)", True, False),
        ("Rotate keys - DONE", True, False),
        ("Rotate keys. Status: done", True, False),
        ("WONTDO Rotate keys", False, True),
        ("Won't do: Rotate keys", False, True),
        ("Rotate keys (won’t do: too costly)", False, True),
        ("Rotate keys. Status: open", False, False),
    ],
)
def test_marks_of_done_and_declined(line: str, done: bool, declined: bool) -> None:
    (item,) = items(f"- {line}")
    assert (item.title.rstrip("."), item.done, item.declined) == ("Rotate keys", done, declined)


def test_identifiers_and_links() -> None:
    (item,) = items("- AI-3: Rotate keys, see acme/shop#12, [plan](https://example.org/p) and https://example.org/q.")
    assert item.id == "AI-3"
    assert item.links == ("https://example.org/p", "https://example.org/q", "acme/shop#12")
    assert items("- #2127")[0].links == ("#2127",)


def test_groups_lend_their_owner_priority_or_deadline() -> None:
    found = items(
        (
            "**P0**\n\n- a b\n\n### Long term (due: 2026-09-01)\n\n- c d\n- e f, by 2026-10-01\n\n- **Ana "
            "Ruiz**\n  - g h\n"
        ),
        head="- Authors: Ana Ruiz\n",
    )
    assert [(item.title, item.priority, item.due) for item in found[:3]] == [
        ("a b", "P0", None), ("c d", None, date(2026, 9, 1)), ("e f", None, date(2026, 10, 1))
    ]  # fmt: skip
    assert [owner.name for owner in found[3].owners] == ["Ana Ruiz"]


@pytest.mark.parametrize(
    "body",
    ["- {{ summary }} [link to issue]", "- TBD", "- ...", "- <action>", "- None.", "-",
    "| Action | Owner |\n|--|--|\n| | |\n| <action> | <owner> |", "Prose about it."],
)  # fmt: skip
def test_placeholders_and_prose_are_no_items(body: str) -> None:
    assert items(body) == ()


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("No action items, because this was a drill.", "this was a drill"),
        ("- No actions: the fix was in place already", "the fix was in place already"),
        ("There are no further action items.", ""),
        ("None", ""),
        ("- Rotate keys", None),
        ("No alert fired for an hour, so add one", None),
        ("", None),
    ],
)
def test_the_absence_of_items_may_have_a_reason(body: str, reason: str | None) -> None:
    assert read(f"# x\n\n## Action items\n\n{body}\n").no_actions_reason == reason


def test_nested_details_belong_to_their_item() -> None:
    first, second = items("- Rotate keys\n  - on all hosts\n    Owner: @ana\n- Add alert")
    assert (first.span.line, first.span.end_line, second.span.line) == (6, 8, 9)


def test_items_are_found_wherever_they_call_themselves_so() -> None:
    text = "# x\n\n## What happened\n\n**Action item:** Declare incidents earlier. Owner: @ana\n"
    assert [(item.title, item.owners[0].login) for item in read(text).actions] == [
        ("Declare incidents earlier.", "ana")
    ]


@pytest.mark.parametrize(
    ("cell", "done"),
    [
        ("**DONE** SRCH-882", True),
        ("SRCH-882 **DONE**", True),
        ("Merged: #12", True),
        ("done https://example.com/1", True),
        ("Fixed by SRCH-882", False),
        ("Done-ish queue", False),
        ("SRCH-882", False),
    ],
)
def test_a_status_on_either_side_of_a_ticket_in_a_table_counts(cell: str, done: bool) -> None:
    (item,) = items(f"| Action item | Owner | Bug |\n|---|---|---|\n| Alert on consumer lag | priya | {cell} |")
    assert item.done is done
