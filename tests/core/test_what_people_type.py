"""What people type in comments, and what comes of it: carried out, answered, or none of ours."""

from __future__ import annotations

import pytest

from app.core.commands import Malformed, find_command, name_of, tells_more

CARRIED_OUT = """\
/wontdo\\n- the vendor has fixed its driver
/wontdo\\nWe get the same through the mail gateway now
/extend 2026-12-20\\nthe Android client still retries what it sent
/extend 2026-12-20 the vendor is late
/Extend 2026-12-20 the vendor is late
/extend: 2026-12-20: the vendor is late
/extend, 2026-12-20 the vendor is late
/extend. 2026-12-20, the vendor is late
/extend by 2026-12-20 the vendor is late
/extend until the 2026-12-20 the vendor is late
/extend the deadline until 2026-12-20, the vendor is late
/extend deadline to 2026-12-20 the vendor is late
/extend the due date to 2026-12-20: the vendor is late
/extend it to 2026-12-20 the vendor is late
/extend this until 20 December 2026, the vendor is late
/extend 2026-12-20\\nThe vendor is late
/extend 2026-12-20\\nOn Monday the vendor wrote:\\nthey ship late
/extend 2026-12-20 the vendor is late\\n\\n> /wontdo why
/extend 2026-12-20 the vendor is late\\n<!-- a note -->
/wontdo nobody needs it
/wontdo, nobody needs it
/wontdo: nobody needs it
/wontdo:nobody needs it
/wontdo – nobody needs it
/wontdo – nobody needs it, see `/help`
/wontdo! Nobody needs it
/wontdo… nobody needs it
/wontdo\\nReplaced by the proxy
/wontdo\\n\\nSee https://vendor.example/7
/wontdo nobody needs it\\n\\n-- \\nBen
On Friday Ana wrote:\\n> can it go?\\n\\n/wontdo nobody needs it
<!-- /help -->\\n/wontdo nobody needs it
<!--\\n/help\\n-->\\n/wontdo nobody needs it
/reassign @ben
/reassign: @ben
/reassign, @ben.
/reassign to @ben please
/reassign ben
/reassign\\n@ben
/reassign\\n\\n@ben
/reassign\\n@ben\\nThanks!
/verified pass https://ci.example/7
/verified passed: https://ci.example/7
/verified, pass, https://ci.example/7
/verified: fail the alert was late
/verified pass\\nhttps://ci.example/7
/verified pass\\n\\nhttps://ci.example/7
/recurrence none
/recurrence none.
/recurrence: none
/recurrence, none
/recurrence no
/recurrence none #4
/recurrence yes #4
/recurrence yes, #4
/recurrence yes\\n#4
/recurrence yes\\n\\n#4
/recurrence yes\\nhttps://github.example/acme/shop/issues/4
/recurrence yes\\nacme/shop#4
/adopt
/adopt!
/adopt.
/adopt, please
/adopt please
/Adopt
- /adopt
`/adopt`
**/adopt**
- /adopt please
`/adopt`\\n\\nSent from my phone
/recheck
/recheck.
/recheck, please
* `/recheck`
/help
/help?
/help!
1. /help
/waive CO413 the vendor owns the test
/waive: CO413: the vendor owns the test
/waive, CO413, the vendor owns the test
/waive CO413\\nthe vendor owns the test
- /extend 2026-12-20 the vendor is late
`/wontdo nobody needs it`
Agreed with Ana.\\n\\n/wontdo nobody needs it
/recheck\\n/help
/lgtm\\n/recheck
"""

ANSWERED = """\
/extend 2026-12-20\\n\\nThe vendor has moved its release.
/wontdo\\n\\nThe vendor has fixed its driver, so nothing is left to do.
/wontdo\\n\\nThe vendor has fixed its driver.\\n\\nThanks!
/verified pass\\n\\nThe drill of Tuesday: all alerts fired.
/verified fail\\n\\nThe alert came after nine minutes.
/wontdo\\n\\nGet Outlook for iOS <https://aka.ms/o0ukef>
/wontdo\\nSent from Outlook for iOS
/wontdo\\n\\nVon meinem iPhone gesendet
/wontdo\\nVon meinem iPhone gesendet
/wontdo\\n\\nEnvoyé de mon iPhone
/verified pass\\n\\n—\\nReply to this email directly, view it on GitHub <https://github.example/x>
/extend 2026-12-20\\n________________________________\\nFrom: Ben <ben@acme.example>
/extend 2026-12-20\\n\\n@finn can you live with that date?
/wontdo\\nThanks,\\nBen
/wontdo\\n---\\nBen Okafor
/wontdo\\n-- Ben
/extend 2026-12-20\\ncc @dana
/wontdo\\n\\nMit freundlichen Grüßen\\nBen
/extend
/extend!
/extend soon
/extend the deadline until Friday
/extend 2026-12-20
/extend 2026-12-20\\n\\nThanks, Ben
/extend 2026-12-20\\nOn Mon, 18 May 2026, Closeout <\\nbot@git.example> wrote:\\n\\n> @ben: this is due
/extend 2026-12-20\\nOn Monday the vendor wrote:\\n> they ship late
/extend 2026-12-20\\n<!-- the vendor is late -->
/extend 2026-12-20 <!-- the vendor is late -->
/extend 2026-12-20\\n-- \\nBen Okafor, Payments, Berlin
/wontdo
/wontdo.
/wontdo\\n\\nThanks!
/wontdo\\n\\nThank you all for your patience
/wontdo\\n\\nBest regards from the whole team
/wontdo\\n\\ncc @gita as you asked for it
/wontdo\\n> The vendor has fixed its driver
/wontdo\\n/help
/reassign
/reassign\\nThanks
/reassign\\n@ana @ben
/reassign @ana @ben
/verified
/verified?
/verified pass
/verified pass\\n\\nThanks, Ben
/verified maybe\\n\\nThe drill of Tuesday: all alerts fired.
/recurrence
/recurrence?
/recurrence yes
/recurrence yes\\n2 customers wrote
/recurrence yes\\n3
/recurrence\\nNone of us knows yet
/waive
/waive CO413
/extned 2026-12-20 x
/extned, 2026-12-20 x
/recheckk!
/wont-do nobody needs it
/wontdoo nobody needs it
/wont do nobody needs it
/won't do nobody needs it
/won’t do: nobody needs it
/won´t do nobody needs it
/Wont Do
/won't-do nobody needs it
/re-assign @ben
/re assign @ben
/reassigned @ben
/reassing @ben
/reccurence yes #4
/reccurrence none
/recurance none
/reoccurence yes #4
/recurred yes #4
/extent 2026-12-20 the vendor is late
/extents 2026-12-20 the vendor is late
/extention 2026-12-20 the vendor is late
/extension until 2026-12-20 the vendor is late
/extended: 2026-12-20, the vendor is late
/verification passed https://ci.example/7
/verifed pass https://ci.example/7
/waived CO413 the vendor owns the test
/ad-opt
/verify pass https://ci.example/7
/verify, passed
- /adopt endpoint is slow
`/verified pass` https://ci.example/7
**/wontdo** nobody needs it
- /wontdo nobody needs it\\n- /help
"""

SILENT = """\
Done, see #12
Use /extend to move it
I would say /wontdo here
/users returns 500
/wont work on Windows
/won't fix this in time
/do it, won't you
/re: the deadline
/re: check the alert
/re-open this
/extent/of the damage
/extended family
/extension of the pool is slow
/extensions 2026-12-20 x
/reassigned twice
/recurring jobs fail
/recurrences are listed in the wiki
/verification of the fix is pending
/waived for now
/waivers CO413
/pre-check
/assign @ben
/occurrence none
/resign @ben
/api/v1/extent returns 500
/won't do/x
/lgtm
/retest please
/verify owners
/verify pass-through works?
/verify passwords
/verified/users returns 500
/help/center is broken
/help.html is broken
/recheck-all
/adopt-a-dog
/extend_now
/extendable 2026-12-20 x
/extend/2026
/etc/hosts was wrong
/adopt.py fails
- /help/center is broken
**/verified/users** returns 500
`/recheck-all` does more
> /wontdo nobody needs it
```\\n/adopt\\n```
~~~\\n/adopt\\n~~~
    /adopt
\\t/adopt
<!-- /adopt -->
<!--\\n/extend 2026-12-24 x\\n-->
Fine.\\n<!--\\n/adopt\\n-->\\nThanks
<!--\\n/adopt
Fine. <!--\\n/adopt\\n-->
You can say:\\n\\n- /adopt
You can say:\\n\\n`/wontdo why`
/
/2026
//adopt
\\\\/adopt
"""


def _bodies(listed: str) -> list[str]:
    lines = (line for line in listed.splitlines() if line)
    return [line.replace("\\n", "\n").replace("\\t", "\t") for line in lines]


@pytest.mark.parametrize("body", _bodies(CARRIED_OUT))
def test_what_is_meant_plainly_is_carried_out(body: str) -> None:
    found = find_command(body)
    assert found is not None
    assert not isinstance(found, Malformed)
    assert f"/{name_of(found)}" in body.lower()


@pytest.mark.parametrize("body", _bodies(ANSWERED))
def test_what_is_not_whole_is_answered(body: str) -> None:
    assert isinstance(find_command(body), Malformed)


@pytest.mark.parametrize("body", _bodies(SILENT))
def test_what_only_looks_like_a_command_is_left_alone(body: str) -> None:
    assert find_command(body) is None


@pytest.mark.parametrize(
    "body", ["/extend\u00a02026-12-20\u00a0the vendor is late", "\u200b/recheck", "\ufeff/wontdo nobody needs it"]
)
def test_characters_that_nobody_sees_change_nothing(body: str) -> None:
    assert find_command(body) == find_command(body.replace("\u00a0", " ").strip("\u200b\ufeff"))
    assert not isinstance(find_command(body), Malformed)


@pytest.mark.parametrize("body", ["/lgtm", "/recheck\n\nThanks, Ben", "/recheck\n\nGet Outlook for iOS"])
def test_what_mail_adds_and_other_programs_are_told_is_no_evidence(body: str) -> None:
    assert not tells_more(body)


@pytest.mark.parametrize("body", ["/adopt!", "/recheck.", "/help?", "/wontdo, nobody needs it", "/extend, soon"])
def test_a_mark_behind_its_name_leaves_a_command_at_the_beginning_of_its_line(body: str) -> None:
    found = find_command(body)
    assert not isinstance(found, Malformed) or "begin" not in found.problem


@pytest.mark.parametrize("body", ["/wontdo\n\nVendor fixed it.", "/verified pass\n\nAll fine."])
def test_what_stands_apart_and_was_not_taken_is_not_denied(body: str) -> None:
    found = find_command(body)
    assert isinstance(found, Malformed)
    assert "on its line or right below" in found.problem
