"""Where the mail begins that a comment answers: mail programs set it below the answer, and not all of them quote it.

What stands there was said by somebody else. It begins with a block of `From:`, `Sent:`, `To:` and `Subject:` in the
languages that mail programs speak (in any other with what only GitHub's mail shows), a rule that says “Original
Message”, the heading of GitHub's mail, and a line that tells who wrote when, in any language, with nothing quoted right
below. A rule alone, fields of one's own, and “the vendor wrote:” begin none.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

QUOTED = ">"
"""What stands for each line that is quoted."""

_LONGEST_LINE = 400  # characters that a line of a head has; what is longer is looked at no further
_FIELDS = 9  # lines of a block, with those that are empty or go on
_GAP = r"[^\w\n:：]{0,4}"  # marks around a field's name: bold, a bar of a table
_FROM = (
    r"from|von|de|da|van|från|fra|od|от|від|kimden|feladó|lähettäjä|expéditeur|remitente|mittente"
    r"|afzender|absender|发件人|寄件者|寄件人|差出人|送信者|보낸 ?사람|발신"
)
_SENT = (
    r"sent|date|gesendet|datum|envoyé(?: le)?|enviad[oa](?: el| em)?|fecha|data|inviato|verzonden|skickat|sendt|dato"
    r"|wysłano|odesláno|дата|отправлено|gönderme|tarih|lähetetty|päivä"
    r"|发送时间|发送日期|日期|寄件日期|送信日時|日時|보낸 ?날짜|날짜"
)
_TO = r"to|an|à|para|a|aan|till|til|do|komu|кому|kime|vastaanottaja|收件人|收件者|宛先|받는 ?사람"
_SUBJECT = (
    r"subject|betreff|objet|asunto|assunto|oggetto|onderwerp|ämne|emne|temat|předmět|тема|konu|aihe|tárgy"
    r"|主题|主旨|件名|제목"
)
_COPY = r"cc|kopie|kopia|copie|copia|копия|抄送|副本"
_BEGINS_BLOCK = re.compile(rf"{_GAP}(?:{_FROM}){_GAP}[:：]", re.IGNORECASE)
_FIELD_KINDS = tuple(
    re.compile(rf"(?:^|\s){_GAP}(?:{each}){_GAP}[:：]", re.IGNORECASE) for each in (_SUBJECT, _SENT, _TO, _COPY)
)
_ANY_FIELD = re.compile(rf"{_GAP}[^\W\d_][\w ]{{0,20}}{_GAP}[:：]")
_ADDRESS = re.compile(r"[<\[(][^<>\[\]()\s@]{0,99}@|\*@\*")  # as mail programs set it, and as GitHub hides it
_OF_GITHUB = re.compile(r"@(?:reply\.|noreply\.)?github\.com\b|\*@\*|\[[\w.-]+/[\w.-]+\].*#\d", re.IGNORECASE)
_RULE = re.compile(
    r"-{3,}[ ]*(?:(?:original|forwarded)(?: e?-?mail)? message|ursprüngliche nachricht|original-?nachricht"
    r"|weitergeleitete nachricht|message (?:d['’]origine|original|transféré)|mensaje (?:original|reenviado)"
    r"|mensagem (?:original|encaminhada)|messaggio (?:originale|inoltrato)|oorspronkelijk bericht|doorgestuurd bericht"
    r"|ursprungligt meddelande|opprinnelig melding|oprindelig meddelelse|alkuperäinen viesti"
    r"|(?:wiadomość )?orygi?nalna(?: wiadomość)?|původní zpráva|исходное сообщение|пересылаемое сообщение"
    r"|原始邮件|原始郵件|元のメッセージ|원본 메일)[ ]*-{3,}|begin forwarded message:",
    re.IGNORECASE,
)
_HEADING = re.compile(  # of GitHub's mail
    r"\W{0,3}[\w\[\]-]{1,60}\W{0,3} (?:left a comment|created an issue|commented on this pull request) "
    r"\(\[?[\w.-]+/[\w.-]+#\d{1,9}"
)
_FOOTER = re.compile(r"\W{0,3}(?:Reply to this email directly|You are receiving this because )", re.IGNORECASE)
_COMMAND = re.compile(r"[ ]{0,3}/[a-z]", re.IGNORECASE)
_OPENS = re.compile(r"(?:-+ ?)?(?:On|At|Am|Le|El|Il|Op|Den|Em|No dia|W dniu|Dnia|Dne|På)\s", re.IGNORECASE)
_WROTE = re.compile(
    r"\b(?:wrote|schrieb|schreef|écrit|escribió|scritto|escreveu|skrev|skrifaði|napisał|napsal|písal|kirjoitti|yazdı|írta"
    r"|пише|написал)|写道|寫道|书写|のメール|작성",
    re.IGNORECASE,
)
_CLOSES = re.compile(r"(?:[:：]|wrote -+)[*_]{0,2}$", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_DAY = re.compile(r"(?<!\d)20\d\d-\d\d-\d\d")  # as people write it
_CLOCK = re.compile(r"(?<!\d)\d{1,2}[:.h時点]\d{2}(?!\d)")
_WRAPPED = 3  # lines that tell who wrote when


def answered_begins(lines: Sequence[str]) -> int:
    """The line at which an answered mail begins that is not quoted; the number of lines where there is none.

    Its footer unquoted, and nothing that tells where it begins: only the first paragraph is certainly the author's.
    """
    for index, line in enumerate(lines):
        if _BEGINS_BLOCK.match(line.strip()[:_LONGEST_LINE]) and _is_block(lines, index):
            return index
        if _is_three_of_github(lines, index) or _RULE.fullmatch(line.strip()) or _HEADING.match(line.strip()):
            return index
        begins = _told_from(lines, index)
        if begins is not None and not _quoted_below(lines, index) and _is_of_mail(lines, begins, index):
            return begins
        if _FOOTER.match(line.strip()):
            return min(index, _first_paragraph(lines))
    return len(lines)


def told_begins(lines: Sequence[str]) -> int:
    """The line that tells who wrote what stands below: by its address, or by what is quoted; else how many lines."""
    for index in range(len(lines)):
        begins = _told_from(lines, index)
        if begins is not None and (_quoted_below(lines, index) or "@" in _joined(lines, begins, index)):
            return begins
    return len(lines)


def _is_block(lines: Sequence[str], index: int) -> bool:
    """Whether a line that says from whom begins a mail: an address is told, or its subject with one field more."""
    block = [lines[index].strip()[:_LONGEST_LINE]]
    for line in lines[index + 1 : index + _FIELDS]:
        if _COMMAND.match(line) or line == QUOTED:
            break
        block.append(line.strip()[:_LONGEST_LINE])
    found = [any(map(kind.search, block)) for kind in _FIELD_KINDS]
    return any(found) and (any(map(_ADDRESS.search, block)) or (found[0] and sum(found) > 1))


def _is_three_of_github(lines: Sequence[str], index: int) -> bool:
    """Whether three fields, in whatever language, are those of GitHub's mail."""
    near = (line.strip()[:_LONGEST_LINE] for line in lines[index : index + 5])
    block = list(itertools.takewhile(_ANY_FIELD.match, near))
    return len(block) >= 3 and any(map(_OF_GITHUB.search, block))


def _told_from(lines: Sequence[str], ends: int) -> int | None:
    """Where it begins to tell who wrote when, if that ends on a line: it may be wrapped."""
    if not _CLOSES.search(lines[ends].strip()[-40:]):
        return None
    for begins in range(ends, max(ends - _WRAPPED, -1), -1):
        line = lines[begins].strip()
        if not line or line == QUOTED or _COMMAND.match(lines[begins]) or len(line) > _LONGEST_LINE:
            return None
        told = _joined(lines, begins, ends)
        if _OPENS.match(line) and _WROTE.search(told):
            return begins
        if _YEAR.search(line) and _CLOCK.search(told) and _ADDRESS.search(told):
            return begins
    return None


def _is_of_mail(lines: Sequence[str], begins: int, ends: int) -> bool:
    """Whether who wrote when is told as a mail program does: with an address, or a year and a time of day."""
    told = _joined(lines, begins, ends)
    is_dated = _YEAR.search(told) and _CLOCK.search(told) and not _DAY.search(told)
    return bool(_ADDRESS.search(told) or is_dated)


def _joined(lines: Sequence[str], begins: int, ends: int) -> str:
    return " ".join(line.strip() for line in lines[begins : ends + 1])


def _quoted_below(lines: Sequence[str], index: int) -> bool:
    below = (lines[at] for at in range(index + 1, len(lines)))
    return next((line for line in below if line.strip()), "").startswith(QUOTED)


def _first_paragraph(lines: Sequence[str]) -> int:
    """Where the first paragraph ends."""
    begins = next((index for index, line in enumerate(lines) if line.strip()), len(lines))
    return next((index for index in range(begins, len(lines)) if not lines[index].strip()), len(lines))
