"""How fixes are applied: edits made by hand stand in for those of the rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import pytest

from rules.checking import check
from rules.fixing import MOST_ROUNDS, Fixed, fix, fix_by
from rules.policy import Policy
from rules.postmortem import Postmortem, Span
from rules.reading import LIMIT, read_bytes
from rules.rule import Context, Edit, Finding, Rule, Severity
from rules.source import Source
from tests.postmortems import good_postmortem
from tests.rules.linting import PATH, TODAY

WORD = Rule("CO998", "word", Severity.WARNING, "A word.", lambda *_: ())
OTHER = Rule("CO999", "other-word", Severity.ERROR, "Another word.", lambda *_: ())
CONTEXT = Context(PATH, TODAY)

Findings = Callable[[Source], Sequence[Finding]]


def finding(source: Source, start: int, end: int, replacement: str | None, rule: Rule = WORD) -> Finding:
    """At the characters from `start` to `end`, which are its subject, too."""
    span = source.span(start, end)
    edit = None if replacement is None else Edit(span, replacement)
    return Finding(rule, "Write it otherwise.", span, rule.severity, source.text[start:end], edit)


def replacing(pattern: str, replacement: str | None, rule: Rule = WORD) -> Findings:
    """A finding for each match, with an edit unless there is no replacement."""

    def findings(source: Source) -> Sequence[Finding]:
        return [finding(source, *match.span(), replacement, rule) for match in re.finditer(pattern, source.text)]

    return findings


def fixed(data: bytes | str, *rules: Findings, codes: Sequence[str] | None = None) -> Fixed:
    def examine(version: bytes) -> tuple[Postmortem, tuple[Finding, ...]]:
        postmortem = read_bytes(version)
        return postmortem, tuple(each for rule in rules for each in rule(postmortem.source))

    return fix_by(examine, data if isinstance(data, bytes) else data.encode(), codes)


def text(result: Fixed) -> str:
    return result.data.decode()


def test_edits_are_made_where_they_belong() -> None:
    result = fixed("a bad day, a bad night 🙂 bad\n", replacing("bad", "good"))
    assert text(result) == "a good day, a good night 🙂 good\n"
    assert not result.findings
    assert [(each.rule, each.line, each.before, each.after) for each in result.changes] == [
        (WORD, 1, "bad", "good")
    ] * 3


def test_without_edits_the_very_bytes_come_back() -> None:
    data = "\ufeffa\rb\r\nbad \u2028 x".encode()
    result = fixed(data, replacing("bad", None))
    assert (result.data, result.changes) == (data, ())
    assert len(result.findings) == 1


def test_edits_that_touch_wait_for_the_next_round() -> None:
    rounds: list[str] = []

    def seen(source: Source) -> Sequence[Finding]:
        rounds.append(source.text)
        return replacing("b", "c")(source)

    assert text(fixed("abb ab\n", seen)) == "acc ac\n"
    assert rounds == ["abb ab\n", "acb ac\n", "acc ac\n"]


def test_of_two_edits_of_one_place_the_second_is_asked_for_again() -> None:
    def missing(source: Source) -> Sequence[Finding]:
        wanted = [heading for heading in ("# One", "# Two") if heading not in source.text]
        end = len(source.text)
        span = source.span(end, end)
        return [Finding(WORD, "", span, WORD.severity, each, Edit(span, f"\n{each}\n")) for each in wanted]

    result = fixed("# Zero\n", missing)
    assert text(result) == "# Zero\n\n# One\n\n# Two\n"
    assert [(each.line, each.after) for each in result.changes] == [(3, "\n# One\n"), (5, "\n# Two\n")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_inserted_lines_end_as_the_line_they_are_put_at(end: str) -> None:
    result = fixed(f"a{end}bad{end}c", replacing("bad", "x\ny\r\nz"))
    assert text(result) == f"a{end}x{end}y{end}z{end}c"


def test_line_ends_that_are_mixed_stay_mixed() -> None:
    result = fixed("a bad\r\nb bad\nc bad", replacing("bad", "x\ny"))
    assert text(result) == "a x\r\ny\r\nb x\ny\nc x\ny"


def test_a_byte_order_mark_stays() -> None:
    assert fixed("\ufeffbad\n", replacing("bad", "good")).data == "\ufeffgood\n".encode()
    assert fixed("\ufeff\ufeffbad\n", replacing("bad", "good")).data == "\ufeff\ufeffgood\n".encode()


@pytest.mark.parametrize("end", ["", "\n", "\r\n", "\n\n"])
@pytest.mark.parametrize("replacement", ["good", "good\n", "good\n\n"])
def test_whether_the_last_line_is_ended_does_not_change(end: str, replacement: str) -> None:
    """Whatever an edit that reaches the end of the document puts there."""
    written = text(fixed(f"a\r\nbad{end}", replacing(r"bad\s*\Z", replacement)))
    assert written.rstrip() == "a\r\ngood"
    assert written.endswith("\n") == bool(end)


def test_only_the_chosen_rules_edits_are_made() -> None:
    result = fixed("bad worse\n", replacing("bad", "good"), replacing("worse", "better", OTHER), codes=["CO999"])
    assert text(result) == "bad better\n"
    assert [each.rule for each in result.findings] == [WORD]


def test_an_edit_that_leaves_its_finding_is_not_made() -> None:
    result = fixed("bad\n", replacing("bad", "bad bad"))
    assert (text(result), result.changes) == ("bad\n", ())
    assert len(result.findings) == 1


def test_an_edit_that_brings_more_findings_is_left_out_and_the_others_are_made() -> None:
    worse = replacing("bad", "awful awful awful")
    result = fixed("one bad two wrong three\n", worse, replacing("awful", None), replacing("wrong", "right", OTHER))
    assert text(result) == "one bad two right three\n"
    assert [each.rule for each in result.findings] == [WORD]


def test_an_edit_that_turns_a_warning_into_an_error_is_left_out() -> None:
    result = fixed("bad\n", replacing("bad", "awful"), replacing("awful", None, OTHER))
    assert text(result) == "bad\n"


@pytest.mark.parametrize(
    ("wrong", "replacement"),
    [
        ("## Timeline\n", "It went on.\n"),
        ("- 10:36 `checkout-errors`", "- then `checkout-errors`"),
        ("- 10:58 ", "- 10:59 "),
        ("Owner: Ben", "Owner: Bea"),
        ("Deadline: 2026-05-18", "Deadline: 2026-05-19"),
        ("Priority: P0", "Priority: P1"),
        ("- [ ] Alert", "- [x] Alert"),
        ("- Severity: SEV-2\n", ""),
        ("\n## TL;DR", "\n```\n## TL;DR"),
        ("# Postmortem: Checkout returned errors", "# Postmortem: Checkout lost errors"),
        ("10:32 (start)", "10:31 (start)"),
    ],
)
def test_an_edit_that_costs_understanding_is_left_out(wrong: str, replacement: str) -> None:
    document = good_postmortem()
    assert wrong in document
    result = fixed(document, replacing(re.escape(wrong), replacement))
    assert (text(result), result.changes) == (document, ())


def test_an_edit_may_tell_what_was_not_known() -> None:
    document = good_postmortem().replace("- Date: 2026-05-04\n", "- Date: some day\n")
    result = fixed(document, replacing("some day", "2026-05-04"))
    assert text(result) == good_postmortem()
    assert result.postmortem.timeline[0].at is not None


def test_edits_without_end_are_made_a_bounded_number_of_times() -> None:
    result = fixed("0\n", lambda source: replacing(r"^\d+", str(int(source.text) + 1))(source))
    assert len(result.changes) == MOST_ROUNDS


def test_edits_that_do_harm_are_found_among_thousands_in_few_trials() -> None:
    trials = 0

    def counted(source: Source) -> Sequence[Finding]:
        nonlocal trials
        trials += 1
        return [*replacing("bad", "good")(source), *replacing("worst", "worst")(source)]

    document = "bad\n" * 3000 + "worst\n" + "bad\n" * 3000
    result = fixed(document, counted)
    assert text(result) == document.replace("bad", "good")
    assert trials < 60


def test_the_changes_are_told_by_their_lines_in_the_fixed_document() -> None:
    result = fixed("worse\nbad\n", replacing("bad", "good"), replacing("worse", "1\n2\nbad"))
    assert text(result) == "1\n2\ngood\ngood\n"
    assert [(each.line, each.before) for each in result.changes] == [(1, "worse"), (3, "bad"), (4, "bad")]


@pytest.mark.parametrize("document", ["# Outage\n", "# Outage\n\n## Action items\n\n- Cap retries\n", "Outage"])
def test_each_section_that_was_begun_is_told_at_its_heading(document: str) -> None:
    result = fix(document.encode(), None, Policy(), CONTEXT)
    lines = text(result).split("\n")
    told = [(lines[change.line - 1], change.after.split("\n")) for change in result.changes]
    assert len(told) >= 3
    assert all(line in after for line, after in told)
    assert [change.line for change in result.changes] == sorted(change.line for change in result.changes)


@pytest.mark.parametrize("data", [b"# Postmortem \xff\n", b"a" * (LIMIT + 1)], ids=["bytes", "too long"])
def test_what_cannot_be_read_is_not_touched(data: bytes) -> None:
    result = fix(data, None, Policy(), CONTEXT)
    assert (result.data, result.changes) == (data, ())
    assert [each.severity for each in result.findings] == [Severity.ERROR]


def test_a_document_that_would_grow_too_long_is_left_as_it_is() -> None:
    document = "bad\n" + "a" * (LIMIT - 4)
    assert text(fixed(document, replacing("bad", "good"))) == document


def test_a_good_postmortem_is_not_touched() -> None:
    data = good_postmortem().encode()
    result = fix(data, None, Policy(), CONTEXT)
    assert (result.data, result.findings) == (data, check(read_bytes(data, None, PATH), Policy(), CONTEXT))


def test_places_count_characters() -> None:
    assert Source("é🙂bad").span(2, 5) == Span(1, 3, 1, 6)
    assert text(fixed("é🙂bad é\r\n", replacing("bad", "gut"))) == "é🙂gut é\r\n"


def test_what_the_author_suppressed_stays() -> None:
    date = "4 May 2026 <!-- closeout: ignore CO125 because the wiki sorts by it -->"
    data = good_postmortem(metadata={"Date": date}).encode()
    assert fix(data, None, Policy(), CONTEXT).data == data
    unsuppressed = good_postmortem(metadata={"Date": "4 May 2026"}).encode()
    assert fix(unsuppressed, None, Policy(), CONTEXT).data == unsuppressed.replace(b"4 May 2026", b"2026-05-04")


def test_a_rule_that_is_off_changes_nothing() -> None:
    data = good_postmortem(metadata={"Date": "4 May 2026"}).encode()
    assert fix(data, None, Policy(rules={"date-not-iso": Severity.OFF}), CONTEXT).data == data
