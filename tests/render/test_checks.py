"""The check runs as a reviewer reads them. Look at the difference, then run pytest with --snapshot-update."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from app.core.effects import CHECK_NAMES, CO_AUTHOR_CHECK, DOCUMENT_CHECK, PublishCheckRun
from app.core.facts import ChangedDocument, PullFacts
from app.core.gate import gate, waive
from app.core.open_p0s import OpenP0
from app.core.waiver import Waiver
from app.render.checks import MOST_ANNOTATIONS, render_check, render_failure
from app.render.open_p0s import open_p0s_note
from app.render.text import MOST_CHARACTERS
from rules.policy import Policy, PolicyError
from tests.core.conversation import waiver
from tests.core.facts import MANAGED, PATH, REPOSITORY, SHA, commit, document, facts, policy_file, review
from tests.service.documents import BAD, GOOD

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
BROKEN = PolicyError("There is no key `enforced`. Did you mean `enforce`?", 2, 1)
MANY = GOOD.replace("## Verification", "".join(f"- Improve part {n}.\n" for n in range(6)) + "\n## Verification")
BOTH = (commit("ana"), commit("bo", sha="b" * 40))

GERMAN = """# Postmortem: Die Kasse antwortete mit 502

- Severity: SEV-2
- Authors: Ana Ruiz (@ana), Bo Chen (@bo)
- Incident commander: @ana

## Summary

Die Kasse war nicht erreichbar, weil der neue Dienst die Verbindungen nicht schloss. Wir haben das auf den alten Stand
gesetzt, und die Kunden konnten wieder mit der Karte zahlen.
"""

CASES: dict[str, PullFacts] = {
    "red": facts(document(BAD)),
    "green": facts(document(GOOD), commits=BOTH, reviews=(review("bo"),)),
    "draft": facts(document(BAD), draft=True),
    "advisory": facts(document(BAD), policy_file=policy_file(replace(MANAGED, enforce=False))),
    "nothing changed": facts(),
    "several": facts(document(BAD, path="postmortems/a|b.md"), document(GOOD), commits=BOTH),
    "many findings": facts(document(MANY), commits=BOTH),
    "older findings": facts(document(BAD.replace("yellow", "amber"), base=BAD)),
    "nobody took part": facts(document(GOOD)),
    "an unknown author": facts(document(GOOD.replace("Bo Chen (@bo)", "Bo Chen"))),
    "no commander": facts(document(GOOD.replace("- Incident commander: @ana\n", ""))),
    "no authors": facts(document(GOOD.replace("- Authors: Ana Ruiz (@ana), Bo Chen (@bo)\n", ""))),
    "unreadable": facts(ChangedDocument(PATH, None, unreadable="Its contents could not be read: GitHub answered 404.")),
    "a gap": facts(document(GOOD), commits=BOTH, gaps=("GitHub lists only 3,000 of the 4,000 changed files.",)),
    "broken policy": facts(policy_file=policy_file(BROKEN)),
    "broken policy of the organisation": facts(policy_file=policy_file(BROKEN, own=False)),
    "not in English": facts(document(GERMAN), commits=BOTH),
    "owners without access": facts(document(GOOD), commits=BOTH, assignable=frozenset({"ana"})),
    "owners without a manager": facts(document(GOOD), commits=BOTH, policy_file=policy_file(Policy())),
    "a public repository": facts(document(GOOD), commits=BOTH, repository=replace(REPOSITORY, private=False)),
    "mended policy": facts(policy_file=policy_file(BROKEN), proposed_policy=policy_file()),
}


def rendered(case: PullFacts, name: str, **how: Any) -> PublishCheckRun:
    return render_check(gate(case, NOW), name, SHA, **how)


UNMEASURED = GOOD.replace(" Success criterion: a deploy with pool size 20 is refused in staging.", "")
NO_COMMANDER = GOOD.replace("- Incident commander: @ana\n", "")
WAIVED: dict[str, tuple[PullFacts, tuple[Waiver, ...]]] = {
    "all": (facts(document(UNMEASURED), commits=BOTH), (waiver(reason="see #4, ask @ops | <b>", record=2),)),
    "not all": (facts(document(UNMEASURED.replace(" Owner: @bo.", "")), commits=BOTH), (waiver(record=2),)),
    "the co-author": (facts(document(GOOD)), (waiver("CO602", record=2),)),
    "the commander": (facts(document(NO_COMMANDER), commits=BOTH), (waiver("CO120", record=2),)),
    "by an author": (facts(document(UNMEASURED), commits=BOTH), (waiver(by="bo", record=2),)),
    "a draft": (facts(document(UNMEASURED), commits=BOTH, draft=True), (waiver(record=2),)),
}


@pytest.mark.parametrize("case", WAIVED)
def test_waivers_read_like_this(case: str, snapshot: SnapshotAssertion) -> None:
    verdict = waive(gate(WAIVED[case][0], NOW), WAIVED[case][1])
    shown = [render_check(verdict, name, SHA) for name in CHECK_NAMES]
    text = "\n\n".join(f"# {run.name}: {run.title} [{run.conclusion}]\n\n{run.summary}" for run in shown)
    assert text.replace("\u200b", "·") == snapshot


def test_a_waived_finding_is_annotated_as_a_notice() -> None:
    verdict = waive(gate(WAIVED["all"][0], NOW), WAIVED["all"][1])
    (annotation,) = render_check(verdict, DOCUMENT_CHECK, SHA).annotations
    assert (annotation.level, annotation.title) == ("notice", "CO413 action-criterion-missing, waived")
    assert render_check(verdict, CO_AUTHOR_CHECK, SHA).annotations == ()


@pytest.mark.parametrize("case", CASES)
def test_the_checks_read_like_this(case: str, snapshot: SnapshotAssertion) -> None:
    shown = [rendered(CASES[case], name) for name in CHECK_NAMES]
    text = "\n\n".join(f"# {run.name}: {run.title} [{run.conclusion}]\n\n{run.summary}" for run in shown)
    assert text.replace("\u200b", "·") == snapshot


def test_whoever_opened_it_and_has_a_p0_open_is_told_and_nothing_fails(snapshot: SnapshotAssertion) -> None:
    owed = (
        OpenP0(number=7, title="Alert on @everyone, fixes #3", deadline=date(2026, 11, 2), days_late=15),
        OpenP0(number=9, title="Cap retries", deadline=None, days_late=0),
    )
    verdict = replace(gate(CASES["green"], NOW), author="ana", open_p0s=owed)
    run = render_check(verdict, DOCUMENT_CHECK, SHA)
    assert f"{run.title} [{run.conclusion}]\n\n{run.summary}".replace("\u200b", "·") == snapshot
    assert render_check(verdict, CO_AUTHOR_CHECK, SHA) == rendered(CASES["green"], CO_AUTHOR_CHECK)


def test_where_another_app_follows_up_the_check_says_that_this_one_does_not() -> None:
    verdict = replace(gate(CASES["green"], NOW), rivals=("other[bot]",))
    summary = render_check(verdict, DOCUMENT_CHECK, SHA).summary
    assert "**Closeout has stopped following up postmortems here**, since `other[bot]` opened issues" in summary


def test_an_open_p0_that_was_closed_is_not_said_to_be_late_meanwhile() -> None:
    again = OpenP0(number=7, title="Cap", deadline=date(2026, 5, 18), days_late=3, reopened=date(2026, 6, 11))
    note = open_p0s_note(replace(gate(CASES["green"], NOW), author="ana", open_p0s=(again,)))
    assert note.endswith("Cap: was due on 2026-05-18, open again since 2026-06-11")


def test_any_number_of_open_p0s_takes_few_lines() -> None:
    owed = tuple(OpenP0(number=each, title="x" * 256, deadline=None, days_late=0) for each in range(500))
    verdict = replace(gate(CASES["green"], NOW), author="ana", open_p0s=owed)
    assert "- and 490 more" in render_check(verdict, DOCUMENT_CHECK, SHA).summary


def test_annotations_stand_at_the_exact_place() -> None:
    run = rendered(CASES["red"], DOCUMENT_CHECK)
    vague = next(each for each in run.annotations if "action-vague" in each.title)
    line = BAD.splitlines()[vague.start_line - 1]
    assert vague.start_column is not None
    assert vague.end_column is not None
    assert line[vague.start_column - 1 : vague.end_column].startswith("Better monitoring of checkout")
    assert vague.title == "CO410 action-vague"


def test_a_draft_softens_errors_to_warnings() -> None:
    levels = {each.level for each in rendered(CASES["draft"], DOCUMENT_CHECK).annotations}
    assert levels == {"warning"}


def test_an_equal_result_has_an_equal_external_id_and_another_one_has_not() -> None:
    red, again = rendered(CASES["red"], DOCUMENT_CHECK), rendered(CASES["red"], DOCUMENT_CHECK)
    assert red.external_id == again.external_id
    assert red.external_id != rendered(CASES["draft"], DOCUMENT_CHECK).external_id
    assert red.external_id != rendered(CASES["red"], CO_AUTHOR_CHECK).external_id


def test_any_number_of_findings_keeps_to_githubs_limits_and_says_what_is_missing() -> None:
    items = "".join(f"- Improve part {number} of the system that failed.\n" for number in range(600))
    run = rendered(facts(document(GOOD.replace("## Verification", items + "\n## Verification"))), DOCUMENT_CHECK)
    assert len(run.summary) <= MOST_CHARACTERS
    assert len(run.annotations) == MOST_ANNOTATIONS
    assert "Only the first 1,000 findings are annotated" in run.summary
    assert "more did not fit here" in run.summary


def test_any_number_of_documents_keeps_to_githubs_limits() -> None:
    documents = tuple(document(BAD, path=f"postmortems/{number:03}.md") for number in range(300))
    for name in CHECK_NAMES:
        assert len(rendered(facts(*documents), name).summary) <= MOST_CHARACTERS


def test_a_document_can_neither_mention_nor_close_anything() -> None:
    evil = GOOD.replace("Ana Ruiz (@ana), Bo Chen (@bo)", "Ana (@ana), @everyone <b>fixes #1</b>")
    evil = evil.replace(
        "- Alert the on-call", "- Improve @everyone, closes #1, | `x` <!-- closeout {} -->\n- Alert the on-call"
    )
    for name in CHECK_NAMES:
        summary = rendered(facts(document(evil)), name).summary
        assert "@everyone" not in summary
        assert "closes #" not in summary
        assert "<b>" not in summary
        assert "<!--" not in summary.replace("\\<!--", "")


def test_a_check_that_was_given_up_says_why(snapshot: SnapshotAssertion) -> None:
    run = render_failure(DOCUMENT_CHECK, SHA, "GitHub answered 502: Server Error")
    assert f"{run.title} [{run.conclusion}]\n\n{run.summary}" == snapshot
