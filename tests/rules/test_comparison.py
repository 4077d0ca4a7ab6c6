"""Which findings a new version of a document brings with it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.comparison import MOST_PAIRS, comparable, introduced
from rules.postmortem import Span
from rules.rule import Finding, Severity, registry
from tests.postmortems import good_postmortem
from tests.rules.linting import codes, lint


def _finding(code: str, subject: str, line: int = 1, severity: Severity = Severity.ERROR) -> Finding:
    return Finding(registry()[code], "message", Span(line, 1, line, 2), severity, subject)


def test_what_was_there_before_is_not_introduced_wherever_it_stands_now() -> None:
    base = [_finding("CO402", "Cap retries at three", line=40)]
    assert introduced([_finding("CO402", "Cap retries at three", line=52)], base) == ()


def test_each_old_finding_accounts_for_one_new_one() -> None:
    head = [_finding("CO402", "Cap retries at three", line=line) for line in (40, 50)]
    assert introduced(head, head[:1]) == (head[1],)


def test_a_reworded_item_is_the_same_item() -> None:
    base = [_finding("CO402", "Cap retries at three")]
    assert introduced([_finding("CO402", "Cap the retries at three, with backoff")], base) == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Improve monitoring", "Improve the monitoring"),
        ("Fix the flaky tests", "Fix that flaky test"),
        ("Retry uploads: three times", "Retrying an upload, three times"),
        ("監視を改善する", "監視をさらに改善する"),
    ],
)
def test_endings_marks_and_small_words_do_not_make_another_item(before: str, after: str) -> None:
    assert introduced([_finding("CO402", after)], [_finding("CO402", before)]) == ()


def test_a_reworded_item_is_the_same_item_for_every_rule() -> None:
    base = [_finding(code, "Cap retries at three") for code in ("CO402", "CO405")]
    head = [_finding(code, "Cap the retries at three") for code in ("CO402", "CO405", "CO411")]
    assert introduced(head, base) == (head[2],)


def test_of_two_new_wordings_the_one_that_is_more_like_the_old_is_the_same_item() -> None:
    head = [_finding("CO402", "Cap retries at five in checkout"), _finding("CO402", "Cap the retries at three")]
    assert introduced(head, [_finding("CO402", "Cap retries at three")]) == (head[0],)


def test_a_new_wording_that_is_an_error_is_introduced_where_the_old_one_was_a_warning() -> None:
    head = [_finding("CO410", "Improve the monitoring")]
    assert introduced(head, [_finding("CO410", "Improve monitoring", severity=Severity.WARNING)]) == tuple(head)


def test_text_without_words_has_no_other_wording() -> None:
    assert introduced([_finding("CO302", "???")], [_finding("CO302", "--")])
    assert introduced([_finding("CO302", "")], [_finding("CO302", "--")])


def test_another_item_is_introduced() -> None:
    head = [_finding("CO402", "Rotate the signing key")]
    assert introduced(head, [_finding("CO402", "Cap retries at three")]) == tuple(head)


def test_an_exact_match_comes_before_a_similar_one() -> None:
    base = [_finding("CO402", "Cap retries at three")]
    head = [_finding("CO402", "Cap retries at four"), _finding("CO402", "Cap retries at three")]
    assert introduced(head, base) == (head[0],)


def test_a_missing_section_does_not_account_for_another() -> None:
    head = [_finding("CO201", "actual")]
    assert introduced(head, [_finding("CO201", "actuals")]) == tuple(head)


def test_another_rule_about_the_same_item_is_introduced() -> None:
    head = [_finding("CO405", "Cap retries at three")]
    assert introduced(head, [_finding("CO402", "Cap retries at three")]) == tuple(head)


def test_a_warning_that_becomes_an_error_is_introduced_but_not_the_other_way_round() -> None:
    error, warning = (_finding("CO410", "Improve it", severity=each) for each in (Severity.ERROR, Severity.WARNING))
    assert introduced([error], [warning]) == (error,)
    assert introduced([warning], [error]) == ()


def test_the_heavier_old_finding_is_kept_for_the_heavier_new_one() -> None:
    error, warning = (_finding("CO410", "Improve it", severity=each) for each in (Severity.ERROR, Severity.WARNING))
    assert introduced([warning, error], [error, warning]) == ()


def test_an_edit_elsewhere_in_the_document_introduces_nothing() -> None:
    bad = "- Better monitoring\n- Cap retries at three"
    base = lint(good_postmortem(actions=bad))
    head = lint(
        good_postmortem(
            actions=bad, impact="no users affected, no requests failed, no SLO", headline="Another headline"
        )
    )
    assert base
    assert introduced(head, base) == ()


def test_a_new_item_without_owner_is_introduced() -> None:
    whole = "Deadline: 2026-05-18. Priority: P1. Criterion: the load test passes"
    base = lint(good_postmortem(actions=f"- Cap retries at three. {whole}"))
    head = lint(good_postmortem(actions=f"- Cap retries at three. {whole}\n- Rotate the signing key. {whole}"))
    assert codes(introduced(head, base)) == ["CO402"]


def test_thousands_of_reworded_items_are_known_again() -> None:
    numbers = range(5_000)
    base = [_finding("CO410", f"Improve the monitoring of service {number}") for number in numbers]
    assert introduced([_finding("CO410", f"Better monitoring of service {number}") for number in numbers], base) == ()


def test_the_pairs_that_are_compared_grow_with_the_document_and_no_further_than_their_limit() -> None:
    assert [len(_pairs(count)) for count in (500, 1_000, 20_000)] == [500, 1_000, 20_000]
    alike = [frozenset({"cap", "the", "retr"})] * 20_000
    assert comparable(alike, alike) == set()
    assert len(comparable(alike[:180], alike[:180])) == 180**2 < MOST_PAIRS


def _pairs(count: int) -> set[tuple[int, int]]:
    """What is compared of items with one word of their own each, and three that all have."""
    words = [frozenset({"cap", "the", "retr", str(number)}) for number in range(count)]
    return comparable(words, words)


_findings = st.lists(
    st.builds(
        _finding,
        st.sampled_from(["CO402", "CO410", "CO201"]),
        st.sampled_from(
            ["Cap retries", "Cap the retries", "Cap the retry limit", "Rotate the key", "tldr", "", "actual"]
        ),
        st.integers(1, 9),
        st.sampled_from([Severity.ERROR, Severity.WARNING, Severity.NOTICE]),
    ),
    max_size=8,
)


@given(_findings, _findings)
def test_what_is_introduced_is_part_of_the_new_version(head: list[Finding], base: list[Finding]) -> None:
    new = introduced(head, base)
    assert [each for each in head if any(each is other for other in new)] == list(new)
    assert len(new) >= len(head) - len(base)


@given(_findings)
def test_nothing_is_introduced_by_an_unchanged_document(findings: list[Finding]) -> None:
    assert introduced(findings, findings) == ()
    assert introduced(findings, []) == tuple(findings)
