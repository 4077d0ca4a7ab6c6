"""Which issue the words of an action item, or the column of its table, call its own."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.core.facts import Repository
from app.core.linked_issues import numbers_linked
from app.core.merged_document import read_contents
from app.core.repository_facts import Commit, MergedDocument
from rules.policy import Policy
from tests.postmortems import good_postmortem

ACME = Repository(7, "acme/postmortems", "https://github.example/acme/postmortems")
ADDRESS = "https://github.example/acme/postmortems/issues/12"
MERGED = datetime(2026, 5, 6, tzinfo=UTC)

OWN = (
    "Fix the retry loop (#12)",
    "#12: Fix the retry loop",
    "Fix the retry loop, tracked in #12",
    "Fix the retry loop (tracked by #12)",
    "Fix the retry loop (issue #12)",
    "Fix the retry loop, see #12",
    "Fix the retry loop (see #12)",
    "Fix the retry loop [#12]",
    "Fix the retry loop - #12",
    "Fix the retry loop — filed as #12",
    "Fix the retry loop; opened #12 for this",
    "Fix the retry loop. Ticket: #12",
    "Fix the retry loop. This is #12.",
    "Fix the retry loop, which is issue #12",
    "Fix the retry loop, now in #12",
    "Land the fix in #12",
    "Finish #12",
    "Finish the work on the retry loop (#12)",
    "Complete #12: cap the retries",
    "Work through #12",
    "Implement #12",
    "Fix the retry loop, reported as #12",
    "Fix the retry loop, followed up in #12",
    "Fix the retry loop (being worked on in #12)",
    "Fix the retry loop, logged as #12",
    "Fix the retry loop (GitHub #12)",
    "Fix the retry loop, work continues in #12",
    "Fix the retry loop, will be done under #12",
    "Resolve X",
    "Fix the retry loop (details in #12)",
    "Fix the retry loop. We will do this in #12.",
    "Fix the retry loop (created #12)",
    "Document the workaround #12",
    "Find the root cause #12",
    "Add a runbook for the outage #12",
    "Alert on a blocker in the pipeline #12",
    "Retry the job when the pool was exhausted (#12)",
    "Alert when a deploy was reverted #12",
    "Fix the retry loop; it is now #12",
    "Fix the retry loop. Issue #12 is open for it.",
    "Fix the retry loop. #12 tracks this.",
    "#12 tracks the fix of the retry loop",
    "Fix the retry loop, ticketed as #12",
    "Fix the retry loop, in progress under #12",
    "Fix the retry loop (was filed as #12)",
    "Fix the retry loop; this has been logged in #12",
    "Fix the retry loop, see issue #12",
    "Fix the retry loop, the issue is #12",
    "Fix the retry loop: X",
    "Fix the retry loop ([issue 12](X))",
    "Fix the retry loop *(#12)*",
    "Fix the retry loop — #12 — before the next release",
    "Fix the retry loop (#12) once the vendor answers",
    "Fix the retry loop (@ana, #12)",
    "Fix the retry loop, planned in #12",
    "Ship #12",
    "Merge #12",
    "Deploy the fix in #12 to every region",
    "Roll out #12 to all regions",
    "Follow up on #12",
    "#12 moved to the next sprint: alert on the pool",
    "#12 already started, finish the alert",
    "#12 only needs a review",
    "Follow through with #12",
    "Continue with #12",
    "Remove duplicates #12",
    "Fix the related bug #12",
    "Move the related alerts #12",
    "Alert if replicas are not ready #12",
    "Alert when requests are blocked by a lock #12",
    "Alert on jobs that depend on the pool #12",
    "Retry, so that jobs waiting for the pool go on #12",
)
ANOTHER = (
    "Alert on the pool (cf. #12)",
    "Alert on the pool, see also #12",
    "Alert on the pool (see also: #12)",
    "Alert on the pool; the fix itself was #12",
    "Alert on the pool. The fix itself was #12.",
    "Alert on the pool (the outage was fixed in #12)",
    "Alert on the pool, which was introduced by #12",
    "Alert on the pool; #12 fixed the symptom",
    "Alert on the pool, #12 only fixed the symptom",
    "Alert on the pool. #12 was the quick fix.",
    "Alert on the pool (#12 is the incident)",
    "Alert on the pool (incident #12)",
    "Alert on the pool. Related: #12",
    "Alert on the pool. Related to #12",
    "Alert on the pool, which #12 did not cover",
    "Alert on the pool, as #12 does for the cache",
    "Alert on the pool, as #12 did",
    "Alert on the pool, the way #12 does it",
    "Alert on the pool, inspired by #12",
    "Alert on the pool, complementary to #12",
    "Alert on the pool, on top of #12",
    "Alert on the pool, needs #12",
    "Alert on the pool, needs #12 first",
    "Alert on the pool (requires #12)",
    "Alert on the pool (prerequisite: #12)",
    "Alert on the pool (dependency: #12)",
    "Alert on the pool, blocked until #12 lands",
    "Alert on the pool; the cause was #12",
    "Alert on the pool; the regression came with #12",
    "Alert on the pool; the regression came from #12",
    "Alert on the pool; we found it in #12",
    "Alert on the pool, found in #12",
    "Alert on the pool; the hotfix was #12",
    "Alert on the pool; the mitigation was merged in #12",
    "Alert on the pool; the revert is #12",
    "Alert on the pool, reverted in #12",
    "Alert on the pool; the bug was fixed by #12",
    "Alert on the pool, unlike what #12 did",
    "Alert on the pool, beyond #12",
    "Alert on the pool, besides what #12 does",
    "Alert on the pool, precursor #12",
    "Alert on the pool (blocks #12)",
    "Alert on the pool (blocking #12)",
    "Alert on the pool (parent #12)",
    "Alert on the pool (epic #12)",
    "Alert on the pool (parent: #12)",
    "Alert on the pool (background in #12)",
    "Alert on the pool (context: #12)",
    "Alert on the pool (supersedes #12)",
    "Alert on the pool (superseded by #12)",
    "Alert on the pool, previously #12",
    "Alert on the pool (previous attempt: #12)",
    "Alert on the pool, compare with #12",
    "Alert on the pool, compare #12",
    "Alert on the pool, e.g. #12",
    "Alert on the pool to catch bugs such as #12",
    "Alert on the pool for regressions like #12",
    "Alert on the pool, like we did in #12",
    "Alert on the pool. The underlying bug was fixed in #12.",
    "Alert on the pool; the limit was raised by #12",
    "Alert on the pool, now that #12 is merged",
    "Alert on the pool, now that #12 has landed",
    "Alert on the pool as soon as #12 is merged",
    "Alert on the pool as soon as #12 lands",
    "Alert on the pool (cf #12)",
    "Alert on the pool (Cf. [#12](X))",
    "Alert on the pool (the hotfix is #12)",
    "Alert on the pool, the root cause of #12",
    "Alert on the pool. Earlier attempt: #12",
    "Alert on the pool, see also X",
    "Alert on the pool; [#12](X) fixed the leak itself",
    "Alert on the pool. #12 already fixed the leak.",
    "Alert on the pool. #12 did not help.",
    "Alert on the pool so that #12 cannot happen again",
    "Alert on the pool to prevent another #12",
    "Alert on the pool, to avoid a repeat of #12",
    "Alert on the pool (hotfix: #12)",
    "Alert on the pool (the fix: was #12)",
    "Alert on the pool; the incident itself is #12",
    "Alert on the pool, pending #12",
    "Alert on the pool, contingent on #12",
    "Alert on the pool, subject to #12",
    "Alert on the pool (parent issue #12)",
    "Alert on the pool, subsumed by #12",
    "Alert on the pool, in contrast to #12",
    "Alert on the pool, together with #12",
    "Alert on the pool, alongside #12",
    "Alert on the pool, in parallel to #12",
    "Alert on the pool which depends on the vendor's fix #12",
    "Alert on the pool depending on the outcome of #12",
    "Alert on the pool while blocked by the vendor's ticket #12",
    "Alert on the pool, now blocked by the platform team #12",
    "Alert on the pool (we are blocked by the limiter #12)",
    "Alert on the pool, since we depend on the limiter #12",
    "Alert on the pool – this work depends on the limiter #12",
    "Alert on the pool. Needs the limiter #12",
    "Alert on the pool. The team is waiting for the limiter #12",
    "Alert on the pool as a follow-up of the limiter's work #12",
    "Alert on the pool, a follow-up to the limiter's change #12",
    "Alert on the pool, partially blocked by the limiter #12",
    "Alert on the pool, part of the limiter's epic #12",
    "#12 only moved it: alert on the pool",
    "#12 only moved the limit; alert on the pool",
    "#12 merely delayed it, so alert on the pool",
    "Alert on the pool. #12 never tested it.",
)
COLUMNS = ("Issue", "Ticket", "Tracking", "Tracking issue", "Link", "PR", "Bug", "Ref", "GitHub")
OTHER_COLUMNS = (
    "Blocked by", "Blocked on", "Depends on", "Dependencies", "Related", "Related issues", "Related to", "Blocks",
    "Parent", "Epic", "See also", "Incident", "Root cause", "Caused by", "Prerequisites", "Follow-up of", "Context",
    "Duplicate of", "Waiting for",
)  # fmt: skip


def _adopted(actions: str) -> tuple[int, ...]:
    """Numbers of the issues that the one item of a postmortem may adopt."""
    data = good_postmortem(actions=actions.replace("X", ADDRESS)).encode()
    merged = MergedDocument("postmortems/checkout.md", "b", data, Commit("c" * 40, MERGED), ())
    contents = read_contents(merged, Policy())
    assert contents is not None
    (item,) = contents.items
    return numbers_linked(item.links, ACME)


def _item(sentence: str) -> str:
    return f"- [ ] {sentence}\n  - Owner: @ana\n"


def _row(column: str, cell: str) -> str:
    head = f"| Action | Owner | Due | {column} |\n|---|---|---|---|\n"
    return f"{head}| Alert on the pool | @ana | 2026-06-01 | {cell} |\n"


@pytest.mark.parametrize("sentence", OWN)
def test_the_item_s_own_issue(sentence: str) -> None:
    assert _adopted(_item(sentence)) == (12,)


@pytest.mark.parametrize("sentence", ANOTHER)
def test_an_issue_that_is_another_thing(sentence: str) -> None:
    assert _adopted(_item(sentence)) == ()


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("cell", ["#12", "[#12](X)", "X"])
def test_a_column_for_the_item_s_own_issue(column: str, cell: str) -> None:
    assert _adopted(_row(column, cell)) == (12,)


@pytest.mark.parametrize("column", OTHER_COLUMNS)
@pytest.mark.parametrize("cell", ["#12", "[#12](X)", "X"])
def test_a_column_for_issues_that_are_other_things(column: str, cell: str) -> None:
    assert _adopted(_row(column, cell)) == ()


@pytest.mark.parametrize("label", ["Blocked by", "Depends on", "Related", "Parent", "See also", "Incident", "Epic"])
def test_a_line_of_its_own_for_issues_that_are_other_things(label: str) -> None:
    assert _adopted(f"{_item('Alert on the pool')}  - {label}: #12\n") == ()


def test_of_two_columns_the_one_for_the_issue_counts() -> None:
    head = "| Action | Owner | Issue | Blocked by |\n|---|---|---|---|\n"
    assert _adopted(f"{head}| Alert on the pool | @ana | #12 | #13 |\n") == (12,)
