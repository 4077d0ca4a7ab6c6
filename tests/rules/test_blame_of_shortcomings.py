"""Blame of what people lack, of what they have too much of, and of acts that get a verdict."""

from __future__ import annotations

import pytest

from tests.rules.linting import codes, lint

BLAMING = """
Developer unaware of the retention setting.
On-call engineer not familiar with the proxy.
Root cause: lack of operator awareness.
Insufficient attention by the release engineer during the cutover.
The testers lacked knowledge of the ledger.
The developers did not have enough experience with queues.
Dropping the table by hand was irresponsible.
The choice to leave the pager off was short-sighted.
Use of the admin account was reckless.
There was an excess of confidence in the importer.
Hubris played a part.
Complacency led to stale backups.
The team had a week to renew it and did not.
The engineer muted the pager because it annoyed him.
The rollout lead ignored the warning.
The on-call engineer showed little care.
Maria and the build bot did not check the quota.
Maria and Claude did not check the quota.
Claude (and Maria) should have verified the disk first.
"""
SPARING = """
Users unaware of the move kept the old address.
The proxy was unaware of the new node.
Lack of monitoring on the importer.
Lack of operator documentation.
The cluster lacked capacity.
The team did not have enough disks.
Dropping the table was harmless.
Lazy loading was slow.
Use of swap was high.
There was an excess of connections.
The scheduler's greed left no memory for the sidecar.
The collector's laziness delays the release of pages.
The job changed tables they had not mentioned.
It dropped an index the team hadn't added yet.
The team had two nodes and did not lose data.
The engineer stopped the job because it filled the disk.
The deployment lead time is a week.
The rollout lead restarted the service.
The vendor was slow to respond.
We do not think that overconfidence led to this.
The agent deleted the table without asking.
Copilot did not run the tests.
Claude did not run the tests.
Claude (and I) should have verified the disk first.
The importer (and Redis) did not check the quota.
The lack of attention markers hid the banner.
The kernel's stubbornness about locks is documented.
Ana left to get home on time.
"""


def blame_in(line: str) -> list[str]:
    found = codes(lint(f"# Postmortem: x\n\n- Date: 2026-05-04\n\n## Root cause\n\n{line}\n"))
    return [code for code in found if code in ("CO501", "CO502", "CO503")]


@pytest.mark.parametrize("line", BLAMING.strip().splitlines())
def test_what_people_lack_or_choose_rashly_is_blame(line: str) -> None:
    assert blame_in(line)


@pytest.mark.parametrize("line", SPARING.strip().splitlines())
def test_what_only_looks_like_a_shortcoming_of_people_is_let_pass(line: str) -> None:
    assert not blame_in(line)


@pytest.mark.parametrize(("author", "expected"), [("Ana Lima", []), ("Claude Dubois", ["CO502"])])
def test_a_name_that_is_a_products_too_is_a_persons_where_the_document_names_one(
    author: str, expected: list[str]
) -> None:
    text = f"# Postmortem: x\n\n- Authors: {author}\n\n## Root cause\n\nClaude ignored the alert.\n"
    assert [code for code in codes(lint(text)) if code.startswith("CO50")] == expected
