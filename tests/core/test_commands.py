"""What people say with a slash, and what they only quote."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.commands import (
    USAGE,
    Adopt,
    Command,
    Extend,
    Help,
    Malformed,
    Reassign,
    Recheck,
    Recurrence,
    Verified,
    Waive,
    WontDo,
    dropped_command,
    find_command,
)


@pytest.mark.parametrize(
    ("body", "command"),
    [
        ("/extend 2026-06-15 the vendor ships on the 12th", Extend(date(2026, 6, 15), "the vendor ships on the 12th")),
        ("/wontdo the service goes away in June", WontDo("the service goes away in June")),
        ("/reassign @gita", Reassign("gita")),
        ("/reassign gita", Reassign("gita")),
        ("/reassign @gita please", Reassign("gita")),
        ("/reassign this to @gita, who knows it", Reassign("gita")),
        (
            "/recurrence yes https://github.com/acme/shop/issues/12",
            Recurrence(True, 12, "https://github.com/acme/shop"),
        ),
        (
            "/recurrence yes see https://github.com/acme/shop/pull/41#issuecomment-7",
            Recurrence(True, 41, "https://github.com/acme/shop"),
        ),
        ("/recurrence yes acme/shop#12", Recurrence(True, 12, "acme/shop")),
        ("/recurrence yes, #41", Recurrence(True, 41)),
        ("/recurrence: Yes. See #41.", Recurrence(True, 41)),
        ("/recurrence yes 41, on Friday", Recurrence(True, 41)),
        ("/recurrence yes 41", Recurrence(True, 41)),
        ("/recurrence None.", Recurrence(False, None)),
        ("/recurrence No, it has not", Recurrence(False, None)),
        ("/recurrence none #41", Recurrence(False, 41)),
        ("/recurrence none: #41 was something else", Recurrence(False, 41)),
        ("/recurrence none 41", Recurrence(False, 41)),
        ("/recurrence none 90 days later", Recurrence(False, None)),
        ("/recurrence none since #41", Recurrence(False, None)),
        ("/extend by 2026-06-15 the vendor ships late", Extend(date(2026, 6, 15), "the vendor ships late")),
        ("/extend until 15 June 2026, the vendor ships late", Extend(date(2026, 6, 15), "the vendor ships late")),
        ("/extend: To: 2026-06-15: the vendor ships late", Extend(date(2026, 6, 15), "the vendor ships late")),
        ("/extend till 2026-06-15 to be sure", Extend(date(2026, 6, 15), "to be sure")),
        ("/extend: 2026-06-15: the vendor ships late", Extend(date(2026, 6, 15), "the vendor ships late")),
        ("/wontdo: nobody uses it", WontDo("nobody uses it")),
        ("/wontdo – nobody uses it", WontDo("nobody uses it")),
        ("/wontdo:nobody uses it", WontDo("nobody uses it")),
        ("  /wontdo nobody uses it", WontDo("nobody uses it")),
        ("/verified: passed, see https://ci.example/runs/7", Verified(True, "see https://ci.example/runs/7")),
        ("/verified pass: https://ci.example/runs/7", Verified(True, "https://ci.example/runs/7")),
        ("/reassign: @gita.", Reassign("gita")),
        ("/waive: CO413: the vendor owns the test", Waive("CO413", "the vendor owns the test")),
        ("/verified pass https://ci.example/runs/7", Verified(True, "https://ci.example/runs/7")),
        ("/verified pass none of the alerts was late", Verified(True, "none of the alerts was late")),
        ("/verified fail the alert came after 9 minutes", Verified(False, "the alert came after 9 minutes")),
        ("/recurrence none", Recurrence(False, None)),
        ("/recurrence none for #41", Recurrence(False, 41)),
        ("/recurrence none in 90 days", Recurrence(False, None)),
        ("/recurrence none https://h.example/a/b/issues/41", Recurrence(False, 41, "https://h.example/a/b")),
        ("/recurrence none a/b#41", Recurrence(False, 41, "a/b")),
        ("/recurrence yes #41", Recurrence(True, 41)),
        ("/adopt", Adopt()),
        ("/recheck", Recheck()),
        ("/waive CO413 as CO402 says the same", Waive("CO413", "as CO402 says the same")),
        ("/waive co413 the vendor owns the test", Waive("CO413", "the vendor owns the test")),
        ("/help", Help()),
        ("We talked about it.\n\n/wontdo nobody uses it\nThanks!", WontDo("nobody uses it")),
        ("/WontDo nobody uses it\r\n", WontDo("nobody uses it")),
    ],
)
def test_a_command_is_understood(body: str, command: Command) -> None:
    assert find_command(body) == command


@pytest.mark.parametrize(
    "body",
    [
        "",
        "Done, see #12.",
        "Use /extend to move it.",
        "> /wontdo nobody uses it",
        "```\n/wontdo nobody uses it\n```",
        "~~~~\n```\n/adopt\n~~~\n/adopt",
        "    /adopt",
        "/lgtm",
        "/",
        "/extendable 2026-06-15 x",
        "/etc/hosts was wrong",
    ],
)
def test_what_is_quoted_mentioned_or_another_program_s_is_no_command(body: str) -> None:
    assert find_command(body) is None


@pytest.mark.parametrize(
    ("body", "name", "problem"),
    [
        ("/extend", "extend", "gives no day"),
        ("/extend by", "extend", "“by” is not one certain day"),
        ("/extend by Friday, the vendor is late", "extend", "“Friday,” is not one certain day"),
        ("/extend to YYYY-MM-DD why", "extend", "still says YYYY-MM-DD"),
        ("/extend today 2026-06-15 x", "extend", "“today” is not one certain day"),
        ("/extend YYYY-MM-DD <why the date has to move>", "extend", "still says YYYY-MM-DD"),
        ("/extend soon please", "extend", "“soon” is not one certain day"),
        ("/extend 01/08/2026 vendor", "extend", "not one certain day"),
        ("/extend 2026-06-15", "extend", "no reason"),
        ("/wontdo", "wontdo", "no reason"),
        ("/reassign", "reassign", "names nobody"),
        ("/reassign @ana @ben", "reassign", "more than one"),
        ("/reassign gita please", "reassign", "more than one"),
        ("/reassign @acme/payments", "reassign", "more than one"),
        ("/verified", "verified", "neither pass nor fail"),
        ("/verified pass", "verified", "no evidence"),
        ("/recurrence maybe", "recurrence", "neither none nor yes"),
        ("/recurrence yes", "recurrence", "names no issue"),
        ("/recurrence yes, twice", "recurrence", "names no issue"),
        ("/recurrence yes 2nd time", "recurrence", "names no issue"),
        ("/recurrence yes 3.5 hours long", "recurrence", "names no issue"),
        ("/recurrence yes 3 times", "recurrence", "names no issue"),
        ("/wontdo:", "wontdo", "no reason"),
        ("/waive", "waive", "names no finding"),
        ("/waive CO413", "waive", "no reason"),
        ("/verified pass TBD", "verified", "no evidence"),
        ("/verified pass: n/a", "verified", "no evidence"),
        ("/verified fail …", "verified", "no evidence"),
        ("/verified pass evidence", "verified", "no evidence"),
        ("/extend 2026-06-15 tbd.", "extend", "no reason"),
        ("/extend 2026-06-15 - none", "extend", "no reason"),
        ("/wontdo WIP", "wontdo", "no reason"),
        ("/waive CO413 reason", "waive", "no reason"),
        ("/waive CO413 **TODO**", "waive", "no reason"),
        ("/waive CO405,CO403 the vendor does both", "waive", "more than one finding"),
        ("/waive CO405, CO403 the vendor does both", "waive", "more than one finding"),
        ("/waive `CO405` and `CO403` the vendor does both", "waive", "more than one finding"),
        ("/waive CO405 CO403", "waive", "more than one finding"),
        ("/waive action-owner-missing,action-criterion-missing both", "waive", "more than one finding"),
    ],
)
def test_a_command_that_cannot_be_understood_is_named_and_says_why(body: str, name: str, problem: str) -> None:
    found = find_command(body)
    assert isinstance(found, Malformed)
    assert found.name == name
    assert problem in found.problem
    assert found.name in USAGE


@pytest.mark.parametrize(
    ("body", "meant"),
    [
        ("/extned 2026-12-08 the vendor is late", "extend"),
        ("/extend2 2026-12-08", ""),
        ("/exten 2026-12-08 x", "extend"),
        ("/exxtend: 2026-12-08 x", "extend"),
        ("/ectend 2026-12-08 x", "extend"),
        ("/Extned 2026-12-08 x", "extend"),
        ("/iwave CO413 x", "waive"),
        ("/recheckk", "recheck"),
        ("/re-check", "recheck"),
        ("/wont-do nobody uses it", "wontdo"),
        ("/won'tdo nobody uses it", "wontdo"),
        ("/reasign @gita", "reassign"),
        ("/recurence none", "recurrence"),
        ("/recurrance none", "recurrence"),
        ("/verfied pass https://ci.example/7", "verified"),
        ("/verify pass https://ci.example/7", "verified"),
        ("/verify: Failed, run 7 did not fire", "verified"),
        ("/verify passwords", ""),
        ("/verify owners", ""),
        ("Late again.\n\n/extned 2026-12-08 x", "extend"),
        ("> /extned 2026-12-08 x", ""),
        ("```\n/extned 2026-12-08 x\n```", ""),
        ("see /extned", ""),
        ("/extned/var is full", ""),
    ],
)
def test_a_slip_of_the_keyboard_is_told_from_another_program_s_command(body: str, meant: str) -> None:
    found = find_command(body)
    assert (found.name if isinstance(found, Malformed) else "") == meant
    assert not isinstance(found, Malformed) or found.written in body.lower()


_OTHERS = (
    "adapt approve area assign build cc check cherrypick close cla deploy duplicate format hello held hold home "
    "kind label lgtm lifecycle lint lock merge milestone move override precheck preview priority ready rebase "
    "reject release remove reopen rerun reset resolve restart retest retitle retry review revert run shrug sig skip "
    "snooze stage tada test todo unassign undo unhold update usr/bin verify wait wave welp wontfix"
)


@pytest.mark.parametrize("word", _OTHERS.split())
def test_what_other_programs_listen_to_is_theirs(word: str) -> None:
    assert find_command(f"/{word} please") is None


def test_a_command_goes_before_a_misspelt_one_which_is_named() -> None:
    body = "/extned 2026-12-08 the vendor is late\n/recheck"
    assert find_command(body) == Recheck()
    assert dropped_command(body) == "extned"


@given(st.text())
def test_any_comment_can_be_read(body: str) -> None:
    find_command(body)


@given(st.sampled_from(sorted(USAGE)), st.text(max_size=30))
def test_whatever_follows_a_command_it_is_answered(name: str, rest: str) -> None:
    first = rest.splitlines()[0] if rest.splitlines() else ""
    assert find_command(f"/{name} {first}") is not None


@pytest.mark.parametrize("name", sorted(name for name, usage in USAGE.items() if "<" in usage))
def test_how_a_command_is_written_copied_as_it_stands_is_not_carried_out(name: str) -> None:
    filled = [line for line in USAGE[name].splitlines() if "<" in line]
    assert all(isinstance(find_command(line), Malformed) for line in filled)


@pytest.mark.parametrize("body", ["/wontdo why", "/extend 2026-06-15 why.", "/waive CO413: why"])
def test_nor_is_one_that_our_words_showed_in_short(body: str) -> None:
    assert isinstance(find_command(body), Malformed)


def test_a_reason_that_begins_with_why_and_evidence_in_angle_brackets_are_kept() -> None:
    assert find_command("/wontdo why bother: the service is gone") == WontDo("why bother: the service is gone")
    assert find_command("/verified pass <https://ci.example/7>") == Verified(
        passed=True, evidence="<https://ci.example/7>"
    )


MAIL = "\n\nOn Mon, 18 May 2026 at 09:00, closeout[bot] <\nnotifications@git.example> wrote:\n\n> @ben: this is due\n"


@pytest.mark.parametrize(
    ("body", "command"),
    [
        ("/verified pass\nhttps://ci.example/7", Verified(passed=True, evidence="https://ci.example/7")),
        (
            "/verified pass\n\nSee https://ci.example/7\n\nBye",
            Verified(passed=True, evidence="See https://ci.example/7"),
        ),
        ("/wontdo\nReplaced by\nthe proxy.\n\nThanks!", WontDo("Replaced by the proxy.")),
        ("/extend 2026-06-01\nThe vendor is late", Extend(date(2026, 6, 1), "The vendor is late")),
        ("/wontdo the service goes away\n\nThanks!", WontDo("the service goes away")),
    ],
)
def test_a_reason_or_evidence_may_stand_below_its_command(body: str, command: object) -> None:
    assert find_command(body) == command
    assert find_command(f"{body}{MAIL}") == command


@pytest.mark.parametrize("command", ["/wontdo", "/verified pass", "/extend 2026-06-01", "/recurrence", "/reassign"])
@pytest.mark.parametrize(
    "below",
    [
        MAIL,
        "\n> https://ci.example/7",
        "\n/help",
        "\n\n/lgtm\n\nso",
        "\n\nThanks,\nBen",
        "\n-- \nBen Okafor",
        "\nSent from my phone",
        "\n<!-- why -->",
        "\n",
    ],
)
def test_neither_mail_nor_greetings_nor_other_commands_are_a_reason(command: str, below: str) -> None:
    assert isinstance(find_command(command + below), Malformed)


@pytest.mark.parametrize(
    "body", ["/recurrence\nNone of us knows yet", "/recurrence yes\n2 customers wrote", "/reassign\nThanks"]
)
def test_an_answer_itself_is_not_looked_for_below(body: str) -> None:
    assert isinstance(find_command(body), Malformed)


@pytest.mark.parametrize("dress", ["`{}`", "**{}**", "*{}*", "- {}", "* `{}`", "1. {}", "{}"])
def test_a_command_that_is_the_whole_comment_may_be_dressed_as_in_mail(dress: str) -> None:
    line = dress.format("/extend 2026-06-01 the vendor is late")
    moved = Extend(date(2026, 6, 1), "the vendor is late")
    assert find_command(f"{line}\n\n> - move the date: `/extend YYYY-MM-DD why`\n") == moved
    assert find_command(f"{line}{MAIL}") == moved
    if dress != "{}":
        assert find_command(f"You can say:\n\n{line}") is None


@pytest.mark.parametrize(
    "body",
    [
        "`/verified pass` https://ci.example/7",
        "**/verified pass** https://ci.example/7",
        "- `/verified pass` https://ci.example/7",
        "`/verified pass`\nhttps://ci.example/7",
        "- `/verified pass https://ci.example/7` if it passed\n- `/verified fail why`, if not",
    ],
)
def test_one_that_may_be_no_more_than_talked_of_is_answered_and_not_carried_out(body: str) -> None:
    found = find_command(body)
    assert isinstance(found, Malformed)
    assert found.problem == "it does not begin its line, so it may be no more than talked of"


def test_a_return_s_own_words_are_no_evidence() -> None:
    found = find_command("/verified pass or /verified fail, and a link to the run.")
    assert isinstance(found, Malformed)


@pytest.mark.parametrize("answer", ["none!", "**none**", "`none`"])
def test_an_answer_may_be_emphatic(answer: str) -> None:
    assert find_command(f"/recurrence {answer}") == Recurrence(happened=False, number=None)
