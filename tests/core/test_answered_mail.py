"""What a mail program leaves of the answered mail in a comment is nobody's command, and takes none away."""

from __future__ import annotations

import pytest

from app.core.commands import Malformed, WontDo, dropped_command, find_command, name_of, tells_more
from tests.cpu_time import assert_takes_less

FOOTER = (
    "\n\n—\nReply to this email directly, view it on GitHub<https://github.com/acme/shop/issues/2#issuecomment-1>.\n"
    "You are receiving this because you were assigned.Message ID: <acme/shop/issues/2/1@github.com>\n"
)
COMMANDS = ("/waive CO413 the vendor owns the test", "/wontdo nobody needs it", "/extend 2027-01-01 foo")

HEADS = {
    "Outlook": """\
From: Ana Ruiz <notifications@github.com>
Sent: Tuesday, November 24, 2026 10:00:00 AM
To: acme/shop <shop@noreply.github.com>
Cc: Ben Okafor <ben@acme.example>; Assign <assign@noreply.github.com>
Subject: Re: [acme/shop] Alert on symptom 0 (Issue #2)

""",
    "Outlook on the web": """\
Get Outlook for iOS<https://aka.ms/o0ukef>
________________________________
From: Ana Ruiz ***@***.***>
Sent: Tuesday, November 24, 2026 10:00:00 AM
To: acme/shop ***@***.***>

""",
    "Outlook in bold": "**From:** Ana <ana@acme.example>\n**Sent:** Tuesday\n**To:** acme/shop\n**Subject:** Alert\n\n",
    "Outlook in italics": "*From:* Ana\n*Sent:* Tuesday\n*To:* acme/shop\n*Subject:* Alert\n\n",
    "Outlook on one line": "From: Ana Ruiz Sent: Tuesday, November 24 To: acme/shop Subject: Alert (Issue #2)\n",
    "Outlook with lines between": "From: Ana Ruiz\n\nSent: Tuesday\n\nTo: acme/shop\n\nSubject: Alert\n\n",
    "Outlook within a company": "From: Ana Ruiz\nSent: Tuesday\nTo: acme/shop\nSubject: RE: Alert\n\n",
    "Outlook, what answers a passage": "From: Ana <a@acme.example>\nSent: Tuesday\nSubject: Alert\n\n> a passage\n\n",
    "Outlook Classic": "-----Original Message-----\n",
    "Apple Mail, forwarded": "Begin forwarded message:\n\n",
    "German Outlook": "Von: Ana <notifications@github.com>\nGesendet: Dienstag\nAn: acme/shop\nBetreff: Alert\n\n",
    "German Outlook Classic": "-----Ursprüngliche Nachricht-----\n",
    "French Outlook": "De : Ana Ruiz <notifications@github.com>\nEnvoyé : mardi\nÀ : acme/shop\nObjet : Alert\n\n",
    "Spanish Outlook": "De: Ana Ruiz <notifications@github.com>\nEnviado: martes\nPara: acme/shop\nAsunto: Alert\n\n",
    "Chinese Outlook": "发件人: Ana <notifications@github.com>\n发送时间: 2026年11月24日\n收件人: x\n主题: y\n\n",
    "any other Outlook": "Nga: Ana <notifications@github.com>\nDërguar: e martë\nPër: acme/shop\nTema: Alert\n\n",
    "Yahoo": (
        "    On Tuesday, November 24, 2026 at 10:00:00 AM GMT+1, Ana Ruiz <notifications@github.com> wrote:  \n \n "
    ),
    "Yahoo, address hidden": "On Tuesday, November 24, 2026 at 10:00:00 AM GMT+1, Ana Ruiz ***@***.***> wrote:\n\n",
    "Zoho": "---- On Tue, 24 Nov 2026 10:00:00 +0100 Ana Ruiz <notifications@github.com> wrote ----\n\n",
    "Apple Mail": "On 24 Nov 2026, at 10:00, Ana Ruiz wrote:\n\n",
    "wrapped": "On Tue, 24 Nov 2026 at 10:00, closeout[bot] <\nnotifications@github.com> wrote:\n\n",
    "in German": "Am Di., 24. Nov. 2026 um 10:00 Uhr schrieb Ana Ruiz <\nnotifications@github.com>:\n\n",
    "in French": "Le mar. 24 nov. 2026 à 10:00, Ana Ruiz <notifications@github.com> a écrit :\n\n",
    "in Spanish": "El mar, 24 nov 2026 a las 10:00, Ana Ruiz (<notifications@github.com>)\nescribió:\n\n",
    "in Italian": "Il giorno mar 24 nov 2026 alle ore 10:00 Ana <notifications@github.com> ha scritto:\n\n",
    "in Dutch": "Op di 24 nov 2026 om 10:00 schreef Ana Ruiz <notifications@github.com>:\n\n",
    "in Portuguese": "Em ter., 24 de nov. de 2026 às 10:00, Ana <notifications@github.com> escreveu:\n\n",
    "in Russian": "вт, 24 нояб. 2026 г. в 10:00, Ana Ruiz <notifications@github.com>:\n\n",
    "in Japanese": "2026年11月24日(火) 10:00 Ana Ruiz <notifications@github.com>:\n\n",
    "GitHub's own heading": "ana left a comment (acme/shop#2)<https://github.com/acme/shop/issues/2>\n\n",
    "nothing": "",
}

HEARD = (
    "On Tue, Nov 24, 2026 at 10:00 AM closeout[bot] <notifications@github.com> wrote:\n\n> hi\n\n/wontdo mine",
    "On Tue, Nov 24, 2026 at 10:00 AM Ana <\nnotifications@github.com> wrote:\n> From: x\n> To: y\n\n/wontdo mine",
    "> From: Ana <notifications@github.com>\n> Sent: Tuesday\n> Subject: Alert\n\n/wontdo mine",
    "On Monday the vendor wrote:\nwe ship late\n\n/wontdo mine",
    "On 2026-11-20 at 10:00 the vendor wrote:\nwe ship late\n\n/wontdo mine",
    "As Ana wrote:\n\n/wontdo mine",
    "Owner: Ana <ana@acme.example>\nDate: 2026-11-24\nReason: late\n/wontdo mine",
    "From: 2026-11-20\nTo: 2026-12-20\n\n/wontdo mine",
    "From: staging\nTo: production\nDate: tomorrow\n\n/wontdo mine",
    "From: ana\n/wontdo mine",
    "Agreed.\n\n---\n\n/wontdo mine",
    "Agreed.\n\n________________________________\n\n/wontdo mine",
    "--- Update ---\n/wontdo mine",
    "```\nFrom: Ana <a@acme.example>\nSubject: Alert\n```\n/wontdo mine",
    "The mail said “Reply to this email directly”.\n\n/wontdo mine",
)


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
@pytest.mark.parametrize("command", COMMANDS)
def test_what_somebody_else_said_is_not_carried_out_in_the_name_of_who_answers(head: str, command: str) -> None:
    for own in ("No, please leave it as it is.\n\n", "No, please leave it as it is.\n"):
        body = f"{own}{head}{command}{FOOTER}"
        if head or own.endswith("\n\n"):
            assert find_command(body) is None
            assert dropped_command(body) == ""


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_a_command_above_the_answered_mail_is_carried_out_alone(head: str) -> None:
    body = f"/wontdo mine\n\n{head}/extend 2027-01-01 foo{FOOTER}"
    assert find_command(body) == WontDo("mine")
    assert dropped_command(body) == ""
    assert not tells_more(body) or "Outlook for" in head


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_no_head_of_a_mail_is_a_reason(head: str) -> None:
    assert not head or isinstance(find_command(f"/wontdo\n{head}Can it go?{FOOTER}"), Malformed)


@pytest.mark.parametrize("body", HEARD)
def test_what_is_no_answered_mail_takes_no_command_away(body: str) -> None:
    found = find_command(body)
    assert found is not None
    assert name_of(found) == "wontdo"


@pytest.mark.parametrize(
    "piece",
    [
        "On 2026 wrote:\n",
        "From:\n",
        "From: \nTo: To: To:",
        "a:\n",
        "On\n",
        "<a",
        "2026 10:00 <a@:\n",
        "-",
        "On x wrote:\n\n",
    ],
)
def test_the_longest_comment_is_read_in_time(piece: str) -> None:
    assert_takes_less(2, lambda: find_command(piece * (65_536 // len(piece))))
