"""What a waiver does to a verdict."""

from __future__ import annotations

from datetime import UTC, datetime

from app.core.effects import CO_AUTHOR_CHECK, DOCUMENT_CHECK
from app.core.facts import ChangedDocument, PullFacts
from app.core.gate import gate, waive
from app.core.verdict import PullVerdict
from app.core.waiver import Waiver, counted_records, waiver_links
from tests.core.conversation import waiver
from tests.core.facts import PATH, commit, document, facts
from tests.service.documents import GOOD

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
BOTH = (commit("ana"), commit("bo"))
BAD_ITEM = GOOD.replace(" Success criterion: a deploy with pool size 20 is refused in staging.", "")
WORSE_ITEM = BAD_ITEM.replace(" Owner: @bo.", "")
NO_COMMANDER = GOOD.replace("- Incident commander: @ana\n", "")


def waived(case: PullFacts, *waivers: Waiver) -> PullVerdict:
    return waive(gate(case, NOW), waivers)


def conclusions(verdict: PullVerdict) -> tuple[str, str]:
    return verdict.conclusion(DOCUMENT_CHECK).value, verdict.conclusion(CO_AUTHOR_CHECK).value


def test_all_findings_of_the_code_pass_in_every_document_of_the_pull_request() -> None:
    case = facts(document(BAD_ITEM), document(BAD_ITEM, path="postmortems/other.md"), commits=BOTH)
    verdict = waived(case, waiver())
    assert conclusions(verdict) == ("success", "success")
    assert [len(each.waived) for each in verdict.documents] == [1, 1]
    assert verdict.waivers == (waiver(),)


def test_findings_of_other_codes_still_fail() -> None:
    verdict = waived(facts(document(WORSE_ITEM), commits=BOTH), waiver())
    assert conclusions(verdict) == ("failure", "success")
    assert verdict.failing_codes == {"CO402"}


def test_a_waiver_of_what_does_not_fail_is_not_shown() -> None:
    verdict = waived(facts(document(GOOD), commits=BOTH), waiver())
    assert verdict == gate(facts(document(GOOD), commits=BOTH), NOW)


def test_of_two_waivers_of_one_code_the_first_speaks() -> None:
    verdict = waived(facts(document(BAD_ITEM), commits=BOTH), waiver(comment=1), waiver(comment=2, by="will"))
    assert verdict.waivers == (waiver(comment=1),)


def test_the_waiver_of_somebody_who_is_an_author_now_is_void() -> None:
    verdict = waived(facts(document(BAD_ITEM), commits=BOTH), waiver(by="bo"), waiver(comment=2))
    assert verdict.void_waivers == (waiver(by="bo"),)
    assert verdict.waivers == (waiver(comment=2),)
    assert conclusions(waived(facts(document(BAD_ITEM), commits=BOTH), waiver(by="bo"))) == ("failure", "success")


def test_the_co_author_can_be_waived() -> None:
    alone = facts(document(GOOD))
    assert conclusions(waived(alone)) == ("success", "failure")
    assert conclusions(waived(alone, waiver("CO602"))) == ("success", "success")
    nobody = facts(document(GOOD.replace("- Authors: Ana Ruiz (@ana), Bo Chen (@bo)\n", "")))
    assert "CO602" in gate(nobody, NOW).failing_codes
    assert conclusions(waived(nobody, waiver("CO602")))[1] == "success"


def test_a_commander_who_is_waived_is_missed_by_neither_check() -> None:
    case = facts(document(NO_COMMANDER), commits=BOTH)
    assert conclusions(waived(case)) == ("failure", "failure")
    assert conclusions(waived(case, waiver("CO120"))) == ("success", "success")


def test_a_commander_missing_since_long_ago_can_be_waived_when_the_authors_change() -> None:
    before = NO_COMMANDER.replace(", Bo Chen (@bo)", "")
    case = facts(document(NO_COMMANDER, base=before), commits=BOTH)
    assert gate(case, NOW).failing_codes == {"CO120"}
    assert conclusions(waived(case, waiver("CO120"))) == ("success", "success")


def test_what_cannot_be_read_cannot_be_waived() -> None:
    unreadable = facts(ChangedDocument(PATH, None, unreadable="GitHub answered 404."))
    assert gate(unreadable, NOW).failing_codes == frozenset()
    assert conclusions(waived(unreadable, waiver())) == ("failure", "failure")
    gap = facts(document(BAD_ITEM), commits=BOTH, gaps=("GitHub lists only 3,000 of 4,000 files.",))
    assert conclusions(waived(gap, waiver())) == ("failure", "failure")


def test_what_a_check_shows_tells_which_waivers_it_counted() -> None:
    page = "https://github.test/acme/postmortems/pull/12"
    shown = [waiver_links(waiver(comment=each, record=each + 1), "gita", page) for each in (1, 30)]
    assert counted_records(f"**CO413** was waived by {shown[0]}: why\n\n{shown[1]}: see #issuecomment-7") == {
        1: 2,
        30: 31,
    }
    assert counted_records("") == {}
