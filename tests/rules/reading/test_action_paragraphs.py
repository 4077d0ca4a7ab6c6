"""Action items that are paragraphs, and what stands among action items without being one."""

from __future__ import annotations

import pytest

from rules.postmortem import ActionItem
from rules.reading import read


def items(body: str, *, heading: str = "## Action items") -> tuple[ActionItem, ...]:
    return read(f"# Postmortem: x\n\n- Date: 2026-05-04\n\n{heading}\n\n{body}\n").actions


def titles(body: str, *, heading: str = "## Action items") -> list[str]:
    return [item.title for item in items(body, heading=heading)]


@pytest.mark.parametrize("heading", ["## Action items", "## Lessons learned", "## Resolution"])
def test_a_paragraph_that_calls_itself_to_do_or_done_is_an_item(heading: str) -> None:
    body = (
        "It is a good idea to look at the graph.\n\n**DONE**: Alex added the blog to the probes.\n\n"
        "**TODO**: Alert on failed units.\nThe exporter for that exists.\n\n"
        "**TODO** the import should check for space before it copies."
    )
    assert [(item.title, item.done) for item in items(body, heading=heading)] == [
        ("Alex added the blog to the probes.", True),
        ("Alert on failed units.", False),
        ("the import should check for space before it copies.", False),
    ]


@pytest.mark.parametrize("heading", ["## Summary", "## Timeline", "## Root cause"])
def test_what_is_still_to_be_written_is_no_item(heading: str) -> None:
    assert titles("**TODO**: write this section", heading=heading) == []


@pytest.mark.parametrize("call", ["Action point:", "Action item:", "**Action point:**", "Action:", "**Action:**"])
@pytest.mark.parametrize("heading", ["## Lessons learned", "## Root cause", "## Mirrors"])
def test_a_paragraph_that_calls_itself_an_action_is_an_item_wherever_it_stands(call: str, heading: str) -> None:
    body = f"The mirror was restarted twice.\n\n{call} add an alert on the lag of the mirror.\n\nIt held since."
    assert titles(body, heading=heading) == ["add an alert on the lag of the mirror."]


def test_a_called_item_is_done_if_the_list_below_it_says_so() -> None:
    body = (
        "Action point: open a list for those who mirror us.\n- This has been done, see the front page.\n\n"
        "Action point: add an alert on the lag.\n- The graph for it is there."
    )
    assert [item.done for item in items(body, heading="## Lessons learned")] == [True, False]


@pytest.mark.parametrize(
    ("body", "heading"),
    [
        ("Action: restart the mirror.", "## Resolution"),
        ("Action: restart the mirror.", "## Timeline"),
        ("Action: the mirror was restarted.", "## Lessons learned"),
        ("Symptom: the mirror is late.\n\nAction: restart the mirror with a new token.", "## Runbook"),
        ("Action: none", "## Lessons learned"),
        ("Action item: none", "## Lessons learned"),
        ("Actionable alerts: add more of them.", "## Lessons learned"),
    ],
)
def test_an_action_that_was_taken_or_answers_a_symptom_is_no_item(body: str, heading: str) -> None:
    assert titles(body, heading=heading) == []


def test_a_bold_word_that_is_no_call_is_none() -> None:
    assert (
        titles("**Action** was taken at once.\n\n**Done** is better than perfect.", heading="## Lessons learned") == []
    )


def test_a_label_in_a_list_of_lines_does_not_end_it() -> None:
    body = (
        "Improvements:\nAdd a health check to the pool.\nRaise the limit of the pool to 50.\n"
        "Test the backups every week.\nTasks for next week:\n\nDeploy the check by July 31, 2026.\n"
        "Run the backup test by July 15, 2026.\nWrite the runbook by July 20, 2026.\nConclusion:\n"
        "The outage was caused by a full pool. It will not happen again."
    )
    assert titles(body) == [
        "Add a health check to the pool.",
        "Raise the limit of the pool to 50.",
        "Test the backups every week.",
        "Deploy the check",
        "Run the backup test",
        "Write the runbook",
    ]


def test_bold_labels_that_sort_items_do_not_end_a_section_in_bold() -> None:
    text = (
        "**Summary**\n\nx\n\n**Action items**\n\n**Short term**\n\n- Add a probe\n\n**Long term**\n\n"
        "- Replace the pool\n\n**Thanks**\n\n- everybody\n"
    )
    assert [item.title for item in read(text).actions] == ["Add a probe", "Replace the pool"]


def test_bare_paragraphs_in_the_imperative_are_items() -> None:
    body = "Going forward we will:\n\nReview the power strategy\n\nAdd a battery to the controller\n\nHardened caches"
    assert titles(body) == ["Review the power strategy", "Add a battery to the controller", "Hardened caches"]
    assert titles("Add a probe.\n\nRaise the limit to 50.") == ["Add a probe.", "Raise the limit to 50."]


def test_a_paragraph_that_goes_on_to_say_why_is_an_item_by_its_first_sentence() -> None:
    body = (
        "Short answer: a lot.\n\nReplace the balancer. Nobody can\npatch it.\n\nMove sessions to Redis. They get lost."
    )
    assert titles(body) == ["Replace the balancer.", "Move sessions to Redis."]


@pytest.mark.parametrize(
    "body",
    [
        "The team looked at this for a week.\n\nIt will be discussed again.",
        "Add a probe.\n\nThe pool was full, and nobody saw it.",
        "Looking back, this was avoidable.\n\nMonitoring was there, and it was muted.",
        "Pool restored\n\nAll services recovered\n\nNo errors detected",
        "Review: done in May.",
    ],
)
def test_prose_below_the_heading_is_no_item(body: str) -> None:
    assert titles(body) == []


def test_findings_listed_among_the_measures_are_no_items() -> None:
    body = (
        "All of the errors were due to missing tests:\n\n- `upgrade` didn't have a test.\n"
        "- The new default only had partial coverage.\n- `delete` never had a test of its own.\n\n"
        "1. All features have a test, or they can't be merged."
    )
    assert titles(body, heading="## Prevention") == ["All features have a test, or they can't be merged."]


def test_a_finding_may_begin_with_a_word_that_is_a_verb_too() -> None:
    body = "- Backup had not been tested\n- Runbook was outdated\n- No alert existed"
    assert titles(body, heading="## Prevention") == []


@pytest.mark.parametrize("item", ["Alert when the pool had no free slot", "The export must not be empty (@ana)"])
def test_a_promise_about_a_fault_is_no_finding(item: str) -> None:
    assert len(titles(f"- {item}\n- {item} again")) == 2


def test_measures_that_were_taken_are_no_items_beside_those_to_come() -> None:
    text = (
        "# Postmortem: x\n\n## Prevention\n\n- Added a limit.\n- Increased the memory to 1 GiB.\n\n"
        "## Action items\n\n- [ ] Add the limit to the checklist\n"
    )
    assert [item.title for item in read(text).actions] == ["Add the limit to the checklist"]


TABLE = (
    "## Action items\n\n| Action | Owner | Due |\n|---|---|---|\n"
    "| Alert on certificates 30 days before expiry | @ana | 2026-06-01 |\n"
    "| Rotate the admin password (seen in chat) | @ben | 2026-06-02 |\n| Move the proxy to code | @ben | 2026-06-03 |\n"
)


def test_a_list_that_says_again_what_a_table_says_is_not_read_twice() -> None:
    text = (
        f"# Postmortem: x\n\n{TABLE}\n## Action items status\n\n- [x] Certificate expiry alert\n"
        "- [ ] Admin password rotation\n- [ ] Proxy as code\n"
    )
    postmortem = read(text)
    assert [(item.title.split()[0], item.done) for item in postmortem.actions] == [
        ("Alert", True),
        ("Rotate", False),
        ("Move", False),
    ]


def test_a_list_of_other_items_is_kept() -> None:
    text = (
        f"# Postmortem: x\n\n{TABLE}\n## Follow-ups\n\n- [ ] Restore a backup in staging\n- [ ] Cap retries at three\n"
    )
    assert len(read(text).actions) == 5


def test_rows_of_a_spreadsheet_are_items() -> None:
    body = 'Action,Owner,Due\nAdd a probe,Ana Ruiz,2026-06-01\n"Cap retries, and log them",Ben Okafor,2026-06-02'
    assert [(item.title, item.owners[0].name) for item in items(body)] == [
        ("Add a probe", "Ana Ruiz"),
        ("Cap retries, and log them", "Ben Okafor"),
    ]


@pytest.mark.parametrize(
    ("line", "done"),
    [("🟢 Done — Purge the cache", True), ("🔴 Not started — Purge the cache", False), ("[*] Purge the cache", True)],
)
def test_a_status_before_an_item_is_no_part_of_its_title(line: str, *, done: bool) -> None:
    (item,) = items(f"{line}\n" if line[0] != "[" else f"- {line}")
    assert (item.title, item.done) == ("Purge the cache", done)


def test_whom_a_list_is_addressed_to_may_be_an_organisation_or_in_brackets() -> None:
    addressed = items("- Ana to add a probe\n- ACX to rotate the key\n- ACX will raise the limit")
    assert [item.owners[0].name for item in addressed] == ["Ana", "ACX", "ACX"]
    bracketed = items("+ [Ana] Add a probe\n+ [Zubin] Write up the rules\n+ ✔︎ [Xola] Pull request for the docs")
    assert [(item.owners[0].name, item.done) for item in bracketed] == [
        ("Ana", False),
        ("Zubin", False),
        ("Xola", True),
    ]


@pytest.mark.parametrize("body", ["- CI to run the tests\n- API to reject it", "- [Docs] Add it\n- [Infra] Add that"])
def test_a_system_or_a_field_of_work_is_nobodys_name(body: str) -> None:
    assert all(not item.owners for item in items(body))


def test_mentions_need_no_sign_behind_them() -> None:
    (item,) = items("- @ana add a second worker by 2026-05-20")
    assert (item.title, item.owners[0].login) == ("add a second worker", "ana")
    (copied,) = items("- [ ] Add an alert @Ana Ruiz @June 1, 2026")
    assert (copied.title, copied.owners[0].name, str(copied.due)) == ("Add an alert", "Ana Ruiz", "2026-06-01")


def test_what_items_are_for_may_head_a_group_without_any_mark() -> None:
    body = (
        "- Prevent\n  - Cap partitions at 20\n    - Owner: Ana\n- Detect\n  - Alert on lag over 30 s\n    - Owner: Ben"
    )
    assert titles(body) == ["Cap partitions at 20", "Alert on lag over 30 s"]


def test_names_may_stand_above_the_lines_that_are_theirs() -> None:
    body = "**Ana**\nAdd an index on orders\nCap page size at 100\n\n**Ben**\nAlert on queries over 2 s"
    assert [(item.title, item.owners[0].name) for item in items(body)] == [
        ("Add an index on orders", "Ana"),
        ("Cap page size at 100", "Ana"),
        ("Alert on queries over 2 s", "Ben"),
    ]


def test_lines_that_begin_with_mentions_are_items() -> None:
    found = items("@ana – fix the rounding (due Friday)\n@ben – recompute all invoices")
    assert [(item.title, item.owners[0].login) for item in found] == [
        ("fix the rounding", "ana"),
        ("recompute all invoices", "ben"),
    ]


def test_a_state_on_a_line_of_its_own_holds_for_the_list_below_it() -> None:
    body = "DONE\n* raise the limit\n\nIN PROGRESS\n* alert at 80 % of the limit"
    assert [(item.title, item.done) for item in items(body)] == [
        ("raise the limit", True),
        ("alert at 80 % of the limit", False),
    ]


def test_the_dot_of_a_title_does_not_end_a_name() -> None:
    (item,) = items("- Set up a test printer (responsible: Hr. Schmidt)")
    assert item.owners[0].name == "Hr. Schmidt"


def test_a_short_item_with_details_below_it_heads_no_group() -> None:
    assert titles("- Prevent deploys\n  - on Fridays\n- Detect stale locks\n  - by their age") == [
        "Prevent deploys",
        "Detect stale locks",
    ]


@pytest.mark.parametrize("heading", ["## Action items", "## Long-term fix", "## Permanent solution"])
@pytest.mark.parametrize(
    "text", ["We will rotate the keys every month.", "We'll rotate the keys", "We are going to rotate\nthe keys."]
)
def test_one_sentence_that_says_what_will_be_done_is_an_item_where_nothing_else_stands(heading: str, text: str) -> None:
    assert titles(text, heading=heading) == [" ".join(text.split())]


@pytest.mark.parametrize("heading", ["## Action items", "## 7 Follow-up", "## Next steps"])
def test_one_sentence_that_asks_for_something_by_a_day_is_an_item_where_nothing_else_stands(heading: str) -> None:
    (item,) = items("Schedule a test of the restore by 2026-06-01.", heading=heading)
    assert (item.title, str(item.due)) == ("Schedule a test of the restore", "2026-06-01")


@pytest.mark.parametrize(
    "text",
    [
        "Send feedback to the storage team by 2026-06-01.",
        "Report what you saw by 2026-06-01.",
        "Hold the postmortem meeting by 2026-06-01.",
        "See the report of 2026-06-01.",
        "The restore was tested by 2026-06-01.",
        "Read the runbook for the restore.",
        "We rotated the keys.",
        "We will do the following:",
        "We will be more careful.",
        "We will not rotate the keys.",
        "It will be discussed.",
        "The keys were rotated. The old ones are gone.",
    ],
)
def test_any_other_lone_sentence_is_prose(text: str) -> None:
    assert titles(text) == []


def test_a_sentence_of_what_will_be_done_is_prose_below_a_heading_that_speaks_of_the_past() -> None:
    assert titles("We will rotate the keys.", heading="## Immediate fix") == []


def test_a_lone_sentence_belongs_to_whom_the_heading_names() -> None:
    (item,) = items("### @ana\n\nWe will rotate the keys.")
    assert [owner.login for owner in item.owners] == ["ana"]


def test_numbered_clauses_are_an_item_each_whatever_they_say() -> None:
    body = (
        "4.1 The ferry office will keep a paper list.\n\n4.2 `gate.lock` is held open during a power cut.\n\n"
        "4.3 Staff needs to be trained."
    )
    assert titles(body) == [
        "The ferry office will keep a paper list.",
        "gate.lock is held open during a power cut.",
        "Staff needs to be trained.",
    ]


SENTENCES = (
    "We will print the timetable each morning.\n\nThe gate was fitted with a second battery.\n\n"
    "The display shows the age of its data.\n\nWe are going to test the battery every month."
)


def test_paragraphs_of_one_sentence_are_an_item_each_where_several_promise() -> None:
    found = items(f"{SENTENCES}\n\nWe apologise to all passengers.")
    assert [(item.title, item.done) for item in found] == [
        ("We will print the timetable each morning.", False),
        ("The gate was fitted with a second battery.", True),
        ("The display shows the age of its data.", False),
        ("We are going to test the battery every month.", False),
    ]


@pytest.mark.parametrize(
    "body",
    [
        SENTENCES.replace("every month.", "every month. It takes an hour."),
        SENTENCES.replace("We will print the timetable", "We printed the timetable"),
        SENTENCES.replace("The display shows the age of its data.\n\n", ""),
        f"{SENTENCES}\n\n10:30 The gate was open.",
    ],
)
def test_a_fact_among_promises_in_other_prose_is_no_item(body: str) -> None:
    assert "The gate was fitted with a second battery." not in titles(body)


def test_versions_and_figures_number_no_clauses() -> None:
    assert titles("1.2 was the version.\n\n1.3 came later.\n\n99.5 % was the target.", heading="## Summary") == []
    assert titles("1.2 % of orders were lost.\n\n1.3 % were late.\n\n0.5 % were sent twice.") == []
