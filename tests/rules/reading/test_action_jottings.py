"""Action items as people jot them down: names and days in brackets, tags, imprecise deadlines, details below."""

from __future__ import annotations

from datetime import date

import pytest

from rules.postmortem import ActionItem
from rules.reading import read


def items(body: str, head: str = "- Date: 2026-05-04\n") -> tuple[ActionItem, ...]:
    return read(f"# Postmortem: x\n\n{head}\n## Action items\n\n{body}\n").actions


def owners(item: ActionItem) -> list[str]:
    return [owner.login or owner.name for owner in item.owners]


@pytest.mark.parametrize("title", ["[SRE] Add an alert", "[PoMo] Add an alert", "[Edge/CDN] Add an alert on [5xx]"])
def test_a_tag_keeps_its_brackets(title: str) -> None:
    assert [item.title for item in items(f"- {title}")] == [title]


@pytest.mark.parametrize("text", ["[unassigned] Add an alert", "Add an alert (TBD)", "Add an alert (owner tbd)"])
def test_that_nobody_has_it_yet_is_no_part_of_the_title(text: str) -> None:
    (item,) = items(f"- {text}")
    assert (item.title, item.owners) == ("Add an alert", ())


@pytest.mark.parametrize("text", ["Add an alert (owner: @ana", "Add an alert [due: 2026-06-01", "Add an alert ("])
def test_a_bracket_that_nothing_closes_is_no_part_of_the_title(text: str) -> None:
    assert [item.title for item in items(f"- {text}")] == ["Add an alert"]


def test_fields_and_a_criterion_stand_in_one_pair_of_brackets() -> None:
    (item,) = items("- Add a canary (@ana, P0, due 2026-06-01, done when a bad file is rejected, with a reason)")
    assert (item.title, owners(item), item.due, item.priority) == ("Add a canary", ["ana"], date(2026, 6, 1), "P0")
    assert item.criterion is not None
    assert item.criterion.value == "a bad file is rejected, with a reason"


@pytest.mark.parametrize("end", [". Done when the alert fires", " — verified by: the alert fires"])
def test_a_criterion_needs_no_label(end: str) -> None:
    (item,) = items(f"- Add an alert (@ana){end}")
    assert (item.title, item.criterion is not None and item.criterion.value) == ("Add an alert", "the alert fires")


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("Add an alert (Joe, end of Q4)", "end of Q4"),
        ("Add an alert (Joe, 3/14)", "3/14"),
        ("Add an alert (Joe, June)", "June"),
        ("Add an alert (Joe, mid November)", "mid November"),
        ("Add an alert by 3/14", "3/14"),
        ("Add an alert by next Friday", "next Friday"),
        ("Add an alert before the end of the quarter", "before the end of the quarter"),
        ("Add an alert (by end-of-year)", "end-of-year"),
        ("Add an alert — Joe, within two sprints", "within two sprints"),
        ("Add an alert, Joe, H1 2027", "H1 2027"),
    ],
)
def test_a_deadline_that_names_no_certain_day_is_read_but_not_guessed(text: str, due: str) -> None:
    (item,) = items(f"- {text}")
    assert (item.title, item.due, item.due_text and item.due_text.value) == ("Add an alert", None, due)


@pytest.mark.parametrize(
    "title",
    [
        "Reduce the memory of the worker by 1/4",
        "Run the load test before release",
        "Keep the old endpoint until next quarter",
        "Reject the request before early validation",
        "Sort the report by month",
        "Raise the limit from 3/4 to 4/4",
    ],
)
def test_what_only_sounds_like_a_deadline_is_none(title: str) -> None:
    (item,) = items(f"- {title}")
    assert (item.title, item.due_text) == (title, None)


@pytest.mark.parametrize("text", ["Add an alert @ana/@ben", "@ana/@ben: Add an alert", "Add an alert (@ana+@ben)"])
def test_two_mentions_without_a_blank_are_two_owners(text: str) -> None:
    (item,) = items(f"- {text}")
    assert (item.title, owners(item)) == ("Add an alert", ["ana", "ben"])


def test_two_names_with_a_slash_are_two_owners() -> None:
    (item,) = items("- Add an alert. Owner: Ana Ruiz/Ben Okafor")
    assert owners(item) == ["Ana Ruiz", "Ben Okafor"]


@pytest.mark.parametrize("owner", ["@acme/sre", "CI/CD"])
def test_a_slash_within_a_name_parts_nothing(owner: str) -> None:
    (item,) = items(f"- Add an alert. Owner: {owner}")
    assert [person.text for person in item.owners] == [owner]


def test_a_name_may_lead_an_item() -> None:
    (item,) = items("- Lee: backup the config")
    assert (item.title, owners(item)) == ("backup the config", ["Lee"])


def test_what_stands_where_names_stand_is_a_name() -> None:
    assert [owners(item) for item in items("- Ana: cap the pool\n- Tarkan: page on lag\n- Ben: drop the flag")] == [
        ["Ana"], ["Tarkan"], ["Ben"]
    ]  # fmt: skip


@pytest.mark.parametrize("head", ["Kafka", "Security", "Checkout"])
def test_a_field_of_work_leads_no_item_as_its_owner(head: str) -> None:
    body = f"- Ana: cap the pool\n- {head}: page on lag\n- Ben: drop the flag"
    assert [owners(item) for item in items(body)] == [["Ana"], [], ["Ben"]]


@pytest.mark.parametrize("label", ["Details", "Description", "What"])
def test_details_below_an_item_do_not_replace_its_title(label: str) -> None:
    (item,) = items(f"- Rewrite the failover runbook\n  - {label}: the old one names dead hosts\n  - Owner: @ana")
    assert (item.title, owners(item)) == ("Rewrite the failover runbook", ["ana"])


@pytest.mark.parametrize("line", ["AI-3", "**Action item 3**", "#3"])
def test_details_are_the_title_of_an_item_that_has_none(line: str) -> None:
    (item,) = items(f"- {line}\n  - Description: Cap the retries at 3\n  - Owner: @ana")
    assert (item.title, owners(item)) == ("Cap the retries at 3", ["ana"])


def test_the_action_below_what_is_wrong_is_the_title() -> None:
    (item,) = items("- **Monitoring gap**\n  - Action: Alert on lag over 30 s\n  - Owner: @ana")
    assert item.title == "Alert on lag over 30 s"


def test_the_number_of_an_item_in_a_paragraph_is_no_part_of_its_title() -> None:
    fields = "    Owner : Ana Ruiz\n    Due : 2026-06-01"
    body = f"1 – Add an alert\n{fields}\n\n2 – Drop the flag\n{fields}"
    assert [item.title for item in items(body)] == ["Add an alert", "Drop the flag"]


def test_an_initial_does_not_end_an_owner() -> None:
    (item,) = items("- Add an alert. *Lead: M. Okafor. By: 15 Dec 2026*")
    assert (owners(item), item.due) == (["M. Okafor"], date(2026, 12, 15))


@pytest.mark.parametrize("head", ["Already completed:", "What has been done already:", "Done so far:"])
def test_what_stands_below_words_that_say_so_is_done(head: str) -> None:
    first, second = items(f"{head}\n\n- Cap the pool\n\nScheduled:\n\n- Page on lag")
    assert (first.done, second.done) == (True, False)


def test_an_open_box_stays_open_below_words_that_say_done() -> None:
    assert [item.done for item in items("Done:\n\n- [ ] Cap the pool\n- [x] Page on lag")] == [False, True]


@pytest.mark.parametrize("head", ["Completed", "Done", "Corrective measures implemented"])
def test_ticked_boxes_below_a_heading_that_says_done_are_items(head: str) -> None:
    found = items(f"### {head}\n\n- [x] Cap the pool\n\n### Short term\n\n- [ ] Page on lag")
    assert [(item.title, item.done) for item in found] == [("Cap the pool", True), ("Page on lag", False)]


@pytest.mark.parametrize("head", ["Immediate (completed)", "Immediate actions (Done ✅)", "First day (all shipped):"])
def test_a_heading_may_say_in_brackets_that_its_items_are_done(head: str) -> None:
    found = items(f"### {head}\n\n- Cap the pool\n\n### Short term (planned)\n\n- Page on lag")
    assert [item.done for item in found] == [True, False]


def test_measures_implemented_among_action_items_are_done() -> None:
    found = items("### Corrective measures implemented\n\n- Cap the pool\n\n### Short term\n\n- Page on lag")
    assert [item.done for item in found] == [True, False]


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("Added an alert on lag", True),
        ("Switched the sessions to Redis", True),
        ("Created a ticket to add an alert on lag", False),
        ("Add an alert on lag", False),
        ("Improved alerts on lag", False),
        ("Automated backups for the cart", False),
        ("[ ] Added an alert on lag", False),
        ("Added alerts on lag by 2026-06-01", False),
    ],
)
def test_what_tells_what_has_been_done_is_done(text: str, done: bool) -> None:
    assert [item.done for item in items(f"- {text}")] == [done]


@pytest.mark.parametrize(
    ("text", "title", "owner"),
    [
        ("Depot Ops: upgrade the printers", "upgrade the printers", "Depot Ops"),
        ("everyone: read the runbook", "read the runbook", "everyone"),
        ("Upgrade the printers (Storage team)", "Upgrade the printers", "Storage team"),
        ("Upgrade the printers (AK, this month)", "Upgrade the printers", "AK"),
        ("Security: rotate the keys", "Security: rotate the keys", None),
        ("Upgrade the printers — ask the Storage team", "Upgrade the printers — ask the Storage team", None),
        ("Upgrade the printers (EU, Q3)", "Upgrade the printers (EU, Q3)", None),
    ],
)
def test_a_group_or_initials_are_read_as_the_owner(text: str, title: str, owner: str | None) -> None:
    (item,) = items(f"- {text}")
    assert (item.title, owners(item)) == (title, [owner] if owner else [])


def test_what_is_struck_through_and_declined_keeps_its_title() -> None:
    (item,) = items("- ~~Add a cache~~ won't fix: the vendor retires it in May")
    assert (item.title, item.declined) == ("Add a cache", True)


@pytest.mark.parametrize("lead", ["Ben/Ana — ", "Ben & Ana: ", "Ben and Ana to "])
def test_two_names_may_lead_an_item(lead: str) -> None:
    (item,) = items(f"- {lead}write the runbook")
    assert (item.title, owners(item)) == ("write the runbook", ["Ben", "Ana"])


@pytest.mark.parametrize("end", ["ETA 2026-06-01", "to be done by 2026-06-01", "deadline: 2026-06-01"])
def test_a_deadline_at_the_end_is_read_whatever_leads_to_it(end: str) -> None:
    (item,) = items(f"- Add an alert {end}")
    assert (item.title, item.due) == ("Add an alert", date(2026, 6, 1))
