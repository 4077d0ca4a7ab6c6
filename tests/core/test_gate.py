"""What decides whether a pull request may merge."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.core.effects import CO_AUTHOR_CHECK, DOCUMENT_CHECK, Conclusion
from app.core.facts import ChangedDocument, PullFacts
from app.core.gate import gate
from app.core.verdict import PullVerdict, worst
from rules.policy import Policy, PolicyError
from rules.rule import Severity
from tests.core.facts import PATH, commit, document, facts, policy_file, review
from tests.service.documents import BAD, GOOD

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
BROKEN = policy_file(PolicyError("There is no key `enforced`.", 2, 1))
BOTH = (commit("ana"), commit("bo"))


def conclusions(case: PullFacts) -> tuple[str, str]:
    verdict = gate(case, NOW)
    return verdict.conclusion(DOCUMENT_CHECK).value, verdict.conclusion(CO_AUTHOR_CHECK).value


def judged(case: PullFacts) -> PullVerdict:
    return gate(case, NOW)


def test_a_good_postmortem_with_its_co_author_passes() -> None:
    assert conclusions(facts(document(GOOD), commits=BOTH)) == ("success", "success")


def test_a_bad_one_fails() -> None:
    assert conclusions(facts(document(BAD))) == ("failure", "failure")


def test_nothing_to_judge_is_skipped() -> None:
    assert conclusions(facts()) == ("skipped", "skipped")


@pytest.mark.parametrize("text", [GOOD, BAD])
def test_a_draft_and_an_advisory_policy_end_neutral(text: str) -> None:
    assert conclusions(facts(document(text), draft=True)) == ("neutral", "neutral")
    advisory = policy_file(Policy(enforce=False))
    assert conclusions(facts(document(text), policy_file=advisory)) == ("neutral", "neutral")


def test_status_draft_fails_only_when_the_pull_request_is_ready() -> None:
    text = GOOD.replace("Status: review", "Status: draft")
    assert conclusions(facts(document(text), commits=BOTH))[0] == "failure"
    (only,) = judged(facts(document(text), commits=BOTH, draft=True)).documents
    assert not only.document_fails


def test_what_was_wrong_before_does_not_fail() -> None:
    (only,) = judged(facts(document(BAD.replace("yellow", "amber"), base=BAD))).documents
    assert not only.findings
    assert only.standing > 5


def test_a_problem_that_is_moved_is_no_new_one() -> None:
    before = BAD
    moved = BAD.replace("## Action items\n", "## Action items\n\nThese were promised in the review.\n\n")
    (only,) = judged(facts(document(moved, base=before))).documents
    assert not only.findings


def test_a_new_problem_in_an_old_document_fails() -> None:
    worse = GOOD.replace("## Verification", "- Improve documentation.\n\n## Verification")
    case = facts(document(worse, base=GOOD), commits=BOTH)
    assert conclusions(case)[0] == "failure"


def test_the_co_author_is_not_asked_for_again_while_the_authors_stay() -> None:
    case = facts(document(GOOD + "\nMore.\n", base=GOOD))
    assert conclusions(case)[1] == "success"
    assert judged(case).documents[0].authors is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Authors: Ana Ruiz (@ana)\n", "Authors: Ana Ruiz (@ana), Bo Chen (@bo)\n"),
        ("Incident commander: @cy\n", "Incident commander: @ana\n"),
        ("Status: draft\n", "Status: review\n"),
        ("Status: WIP\n", "Status: review\n"),
    ],
)
def test_it_is_when_the_authors_or_the_commander_change_or_the_draft_ends(before: str, after: str) -> None:
    assert after in GOOD
    case = facts(document(GOOD, base=GOOD.replace(after, before)))
    assert conclusions(case)[1] == "failure"
    assert conclusions(replace(case, reviews=(review("bo"),)))[1] == "success"


def test_without_a_named_commander_both_checks_fail() -> None:
    text = GOOD.replace("- Incident commander: @ana\n", "")
    case = facts(document(text), commits=BOTH)
    assert conclusions(case) == ("failure", "failure")


def test_without_authors_there_is_no_co_author() -> None:
    text = GOOD.replace("- Authors: Ana Ruiz (@ana), Bo Chen (@bo)\n", "")
    assert conclusions(facts(document(text), commits=BOTH))[1] == "failure"


def test_findings_about_authorship_stand_on_the_co_author_check_alone() -> None:
    (only,) = judged(facts(document(BAD))).documents
    assert {finding.rule.code[:3] for finding in only.authorship} == {"CO6"}
    assert not any(finding.rule.code.startswith("CO6") for finding in only.findings)


def test_a_document_that_could_not_be_read_fails_both() -> None:
    unreadable = ChangedDocument(PATH, None, unreadable="GitHub answered 404.")
    assert conclusions(facts(unreadable)) == ("failure", "failure")


def test_a_list_that_was_cut_fails_even_without_a_postmortem() -> None:
    assert conclusions(facts(gaps=("GitHub lists only 3,000 of 4,000 files.",))) == ("failure", "failure")


def test_a_broken_policy_fails_whatever_changed() -> None:
    assert conclusions(facts(policy_file=BROKEN)) == ("failure", "failure")
    assert conclusions(facts(document(GOOD), policy_file=BROKEN, draft=True)) == ("failure", "failure")


def test_a_pull_request_that_mends_the_policy_is_judged_by_its_own_version() -> None:
    mended = policy_file(Policy())
    assert conclusions(facts(policy_file=BROKEN, proposed_policy=mended)) == ("success", "success")
    assert conclusions(facts(document(BAD), policy_file=BROKEN, proposed_policy=mended))[0] == "failure"


def test_a_pull_request_that_would_break_the_policy_fails() -> None:
    assert conclusions(facts(proposed_policy=BROKEN))[0] == "failure"


def test_the_policys_globs_say_what_a_postmortem_is() -> None:
    policy = policy_file(Policy(documents=("incidents/**/*.md",)))
    assert conclusions(facts(document(BAD), policy_file=policy)) == ("skipped", "skipped")
    assert conclusions(facts(document("x", path="incidents/1.md"), policy_file=policy))[0] == "failure"


def test_without_globs_it_has_to_read_as_one() -> None:
    assert conclusions(facts(document("# How to deploy\n\nPush.\n", path="docs/deploy.md"))) == ("skipped", "skipped")


def test_emptying_a_postmortem_leaves_it_one() -> None:
    assert conclusions(facts(document("Gone.\n", base=GOOD, path="notes/1.md")))[0] == "failure"


def test_a_stub_that_was_no_postmortem_excuses_nothing() -> None:
    case = facts(document(BAD, base="TODO\n", path="notes/1.md"))
    assert conclusions(case) == ("failure", "failure")


def test_a_document_that_comes_from_where_nobody_looked_is_new() -> None:
    policy = policy_file(Policy(documents=("postmortems/**/*.md",)))
    case = facts(document(BAD, base=BAD, path="postmortems/1.md", base_path="notes/1.md"), policy_file=policy)
    assert conclusions(case) == ("failure", "failure")


def test_the_template_that_was_moved_is_new() -> None:
    case = facts(document(BAD, base=BAD, path="postmortems/1.md", base_path="postmortems/TEMPLATE.md"))
    assert conclusions(case) == ("failure", "failure")


def test_a_policy_can_weigh_a_rule_differently() -> None:
    light = policy_file(Policy(rules={"commander-only-author": Severity.WARNING}))
    alone = GOOD.replace(", Bo Chen (@bo)", "")
    assert conclusions(facts(document(alone)))[1] == "failure"
    assert conclusions(facts(document(alone), policy_file=light))[1] == "success"


def test_of_several_verdicts_the_strictest_counts_for_each_check() -> None:
    red = judged(facts(document(BAD)))
    draft = judged(facts(document(BAD), draft=True, number=13))
    skipped = judged(facts(number=14))
    assert worst([skipped, draft, red], DOCUMENT_CHECK) is red
    assert worst([skipped, draft], DOCUMENT_CHECK) is draft
    assert worst([skipped], DOCUMENT_CHECK).conclusion(DOCUMENT_CHECK) is Conclusion.SKIPPED


SHORT = GOOD.replace("SEV-1", "SEV-3").replace(
    "- Status: review", "- Known cause: [INC-7](2026-01-12-pool.md)\n- Status: review"
)


def test_the_short_form_for_a_known_cause_needs_no_co_author() -> None:
    alone = SHORT.replace(", Bo Chen (@bo)", "")
    assert conclusions(facts(document(alone))) == ("success", "success")
    assert conclusions(facts(document(SHORT.replace("- Incident commander: @ana\n", "")))) == ("success", "success")


def test_what_was_short_and_is_no_longer_needs_its_co_author() -> None:
    alone = SHORT.replace(", Bo Chen (@bo)", "")
    assert conclusions(facts(document(alone.replace("SEV-3", "SEV-1"), base=alone)))[1] == "failure"


def test_a_near_miss_that_nobody_commanded_needs_an_author_who_took_part() -> None:
    text = GOOD.replace("- Incident commander: @ana", "- Kind: near-miss\n- Incident commander: none")
    assert conclusions(facts(document(text))) == ("success", "success")
    assert conclusions(facts(document(text), commits=(commit("eve"),)))[1] == "failure"


def test_an_incident_cannot_say_that_nobody_commanded_it() -> None:
    text = GOOD.replace("- Incident commander: @ana", "- Incident commander: none")
    assert conclusions(facts(document(text), commits=BOTH)) == ("failure", "failure")


WHY = "\n## Why the first postmortem did not prevent this\n\nIt raised the limit of one pool, and no other.\n"


def _codes(case: PullFacts) -> list[list[str]]:
    return [[finding.rule.code for finding in each.findings] for each in judged(case).documents]


def test_where_people_say_that_it_happened_before_the_new_document_has_to_say_why() -> None:
    case = facts(document(GOOD), commits=BOTH, recurrences=((7, 12),))
    assert conclusions(case)[0] == "failure"
    ((finding,),) = [each.findings for each in judged(case).documents]
    assert finding.message.startswith("#7 says that this is a recurrence, but nothing tells why")
    assert finding.edit is not None
    assert conclusions(facts(document(GOOD + WHY), commits=BOTH, recurrences=((7, 12),)))[0] == "success"


def test_of_several_documents_only_the_new_one_is_asked() -> None:
    old = document(GOOD, base=GOOD.replace("42 minutes", "41 minutes"), path="postmortems/a.md")
    assert _codes(facts(old, document(GOOD, path="postmortems/b.md"), recurrences=((7, 12),))) == [[], ["CO702"]]


def test_without_a_new_document_the_changed_one_is_asked_though_it_lacked_it_before() -> None:
    assert _codes(facts(document(GOOD + "\n", base=GOOD), recurrences=((7, 12),))) == [["CO702"]]


def test_the_postmortem_of_an_incident_s_issue_is_asked_where_people_name_that_issue() -> None:
    said = ((7, 70), (8, 12))
    called = GOOD.replace("INC-42", "#70")
    other = document(GOOD, path="postmortems/b.md")
    assert called != GOOD
    ((finding,),) = [each.findings for each in judged(facts(document(called), recurrences=((7, 70),))).documents]
    assert finding.message.startswith("#7 says that this is a recurrence")
    assert _codes(facts(document(called), other, recurrences=((7, 70),))) == [["CO702"], []]
    assert _codes(facts(document(GOOD.replace("INC-42", "#7")), recurrences=((7, 70),))) == [[]]
    ((both,),) = [each.findings for each in judged(facts(document(called), recurrences=said)).documents]
    assert both.message.startswith("#7, #8 ")
