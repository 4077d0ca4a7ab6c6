"""Which of the issues that an action item links may be its own."""

from __future__ import annotations

import pytest

from app.core.facts import Repository
from app.core.linked_issues import links_of_its_own, numbers_linked

ACME = Repository(7, "acme/postmortems", "https://github.example/acme/postmortems")
ADDRESS = "https://github.example/acme/postmortems/issues/12"


@pytest.mark.parametrize(
    "text",
    [
        "- [ ] Fix the retry loop (#12)",
        "#12",
        "- [ ] #12: fix the retry loop",
        "Fix #12",
        "Close #12",
        "See #12 for the work",
        "Review the rollout plan in #12",
        "Fix the retry loop ([#12](X))",
        "[Fix the retry loop](X)",
        "| Fix the retry loop | @ana | #12 |",
        "Fix the retry loop\n  - Issue: #12",
        "Alert after 5 minutes (#12)",
        "Alert after 5 minutes #12",
        "Retry like the other clients do: #12",
        "Retry at most once (#12)",
        "Alert on what has happened since. #12",
        "Rewrite what depends on redis, #12",
        "Wait for the pool until it is free; X",
        "Fix the retry loop (#12), like the other clients",
        "Fix the retry loop (#12), blocked by #12",
        "Alert the same way as before\n  - #12",
        "Alert when a request is waiting for a connection #12",
        "Alert when a request is waiting for a connection - #12",
        "Add an alert for each service that depends on the pool #12",
        "Page us when retries are blocked by the limiter - #12",
    ],
)
def test_an_item_may_be_the_issue_that_it_links(text: str) -> None:
    text = text.replace("X", ADDRESS)
    assert links_of_its_own(text, ["#12", ADDRESS]) == ("#12", ADDRESS)


@pytest.mark.parametrize(
    "text",
    [
        "Alert on the pool (blocked by #12)",
        "Alert on the pool, which is blocked by the migration of the vendor #12",
        "Alert on the pool - blocked by the vendor #12",
        "Alert on the pool, duplicate of #12",
        "Alert on the pool (not #12)",
        "Alert on the pool, related: #12",
        "Alert on the pool, because of #12",
        "Alert on the pool, in addition to #12",
        "Alert on the pool (Blocked by: #12)",
        "Alert on the pool\n  - **Blocked by:** [#12](X)",
        "Alert on the pool, blocked by [the vendor](X)",
        "Alert on the pool, blocked by the migration of the vendor #12",
        "Alert on the pool, depends\n  on #12",
        "Alert on the pool once #12 is done",
        "Alert on the pool once the fix in #12 is live",
        "Alert on the pool after #12",
        "Alert on the pool, but not until #12 is closed",
        "Alert on what has happened since #12",
        "Alert on the pool, like the one from #12",
        "Alert on the pool as in #12",
        "Alert on the pool, similar to X.",
        "Alert on the pool, follow-up of #12",
        "Follow-up to [#12](X): alert on the pool",
        "Alert on the slow queries caused by #12",
        "Drop the flag introduced in #12",
        "Alert on the pool, as discussed in issue #12",
        "Alert on the pool instead of #12",
        "Revert #12 and alert on the pool",
        "Alert on the pool, which reverts acme/postmortems#12",
        "Alert on the pool (depends on #11, [#10](Y) and #12)",
    ],
)
def test_an_issue_that_is_another_thing_is_not_the_item_s(text: str) -> None:
    text = text.replace("X", ADDRESS)
    links = [each for each in ("acme/postmortems#12", "#12", ADDRESS) if each in text]
    assert links
    assert 12 not in numbers_linked(links_of_its_own(text, [links[0], *links[2:]]), ACME)


def test_of_two_links_only_the_one_that_is_another_thing_is_left_out() -> None:
    text = "Alert on the pool (#13), once #12 is done"
    assert links_of_its_own(text, ["#13", "#12"]) == ("#13",)


def test_a_link_that_cannot_be_found_in_the_text_counts() -> None:
    assert links_of_its_own("Alert on [the pool][1], after a day", [ADDRESS]) == (ADDRESS,)


def test_however_many_links_an_item_has_they_are_read() -> None:
    text = "- [ ] Fix " + " ".join(f"blocked by #{number}" for number in range(100_000))
    assert len(links_of_its_own(text, [f"#{number}" for number in range(100_000)])) < 100_000
