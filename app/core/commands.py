"""Slash commands: what people tell Closeout in comments.

A command is the first line of a comment that begins with a slash and a word that Closeout knows, outside quotations and
code. A reason or evidence that it lacks there may stand right below it, and a link alone in the paragraph after; whom
or what it has to name, alone on the next line. A comment that is nothing else may have it in code, in bold or behind a
bullet, as mail shows it. Other slashes are other programs', unless they are one slip away from one of ours. Whether
somebody may give a command is decided where it is applied.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from app.core.comment_text import own_lines, said_in
from app.core.misspelt import is_parted, meant_by
from rules.parse.dates import day_at
from rules.placeholders import is_nothing

_LINE = re.compile(  # any program's, however it is set apart from what follows
    r" {0,3}/(?P<name>[a-z](?:[a-z'’‘´`_-]*[a-z])?)(?:[.,;!?:…]*(?:[^\S\n]+|$)|[:–—])(?P<rest>.*)$", re.IGNORECASE
)
_UNTIL = re.compile(  # before a day
    r"^(?:(?:it|this|(?:the[ \t]+)?(?:deadline|date|due date))[: \t]+)?(?:(?:by|till|to|until)\b[: \t]+)?"
    r"(?:the[ \t]+(?=\d))?",
    re.IGNORECASE,
)
_MARKS = " \t,:;.-–—"  # what people set between the words of a command
_AROUND = "`*_!"  # and what may stand around one of them
_BULLET = r"(?:[-*+]|\d{1,3}[.)])[ \t]+"
_DRESS = rf" {{0,3}}(?:{_BULLET}(?P<marks>`|\*\*|__|\*|_|)|(?P<bare>`|\*\*|__|\*|_))"
_DRESSED = re.compile(_DRESS + r"(?P<line>/.*?)(?(bare)(?P=bare)|(?P=marks))$")
_IN_DRESS = re.compile(_DRESS + r"/(?P<name>[a-z]+)(?![\w/.-])", re.IGNORECASE)
_GREETING = re.compile(r"(?:many |thank|cheers|bye|sorry|(?:best|kind|warm) |regards|greetings|cc\b)", re.IGNORECASE)
_LINK_ALONE = re.compile(r"(?:see:? )?https?://\S+", re.IGNORECASE)
_BY_MAIL = re.compile(  # what mail adds: a rule, an address, what it was written on, GitHub's footer
    r"(?:--|[—–_])|.*[\w*.+-]@[\w*]+\.\w|.*Reply to this email"
    r"|(?:sent|get|gesendet|envoy\w+|envia\w+|inviat\w+|verzonden|skickat)\b.*?"
    r"\b(?:iP(?:hone|ad)|Outlook|Samsung|Galaxy|Android|Superhuman|Proton|Yahoo|Gmail|\w*mail)\b"
    r"|von\b.*\bgesendet\b",
    re.IGNORECASE,
)
_BARE = frozenset({"adopt", "recheck", "help"})  # nothing follows them
_ASKING = frozenset({"", "please", "thanks"})  # but this
_REASONED = frozenset({"extend", "wontdo", "verified", "waive"})
_LOGIN = re.compile(r"@?(?P<login>[a-z\d](?:[a-z\d-]{0,38}))\b", re.IGNORECASE)
_ISSUE = re.compile(r"(?<![\w/.-])#(?P<number>\d{1,9})\b")  # of this repository: `acme/shop#12` is of another
_NAMED = re.compile(r"(?<![\w@/.-])@(?P<login>[a-z\d][a-z\d-]{0,38})(?![\w/-])", re.IGNORECASE)
_ELSEWHERE = re.compile(r"(?<![\w/.-])(?P<repository>[\w.-]+/[\w.-]+)#(?P<number>\d{1,9})\b")
_NUMBER = re.compile(r"(?P<number>\d{1,9})(?:[.\s]*$|[,:;]\s)")  # alone, or set apart: not “3 times”
_ALONE = re.compile(r"(?P<number>\d{1,9})[.\s]*")
_ADDRESS = re.compile(r"(?P<repository>https?://[^\s()<>]+?)/(?:issues|pull)/(?P<number>\d{1,9})\b", re.IGNORECASE)
# Copied from how a command is written; no <https://address>.
_PLACEHOLDER = re.compile(r"why|reason|evidence|<[a-z ]+>|<!--.*-->|or\s+`?/.*", re.IGNORECASE)
_CODES = re.compile(r"`?[a-z]{2}\d{3}(?:[\s,;/&+`]|\band\b)+[a-z]{2}\d{3}\b", re.IGNORECASE)
_FOR = re.compile(r"^(?:for|in)[ \t]+", re.IGNORECASE)
_LONGEST = 500  # characters of a reason that are kept
_NAMED_BELOW = {
    "recurrence": re.compile(r"#\d{1,9}|<?https?://\S+|[\w.-]+/[\w.-]+#\d{1,9}"),
    "reassign": re.compile(r"@[a-z\d][a-z\d-]{0,38}", re.IGNORECASE),
}


@dataclass(frozen=True, slots=True)
class Extend:
    """`/extend DATE reason`: move the deadline."""

    to: date
    reason: str


@dataclass(frozen=True, slots=True)
class WontDo:
    """`/wontdo reason`: decline the action item."""

    reason: str


@dataclass(frozen=True, slots=True)
class Reassign:
    """`/reassign @login`: give it to somebody else."""

    login: str


@dataclass(frozen=True, slots=True)
class Verified:
    """`/verified pass|fail evidence`: the verification was run."""

    passed: bool
    evidence: str


@dataclass(frozen=True, slots=True)
class Recurrence:
    """`/recurrence none|yes #N`: whether it happened again; `number` is the new incident's issue or pull request.

    With one that it did not happen again there, which takes back that it did.
    `repository` is the one that it is said to be in, where that was given: its page, or its full name; else empty.
    """

    happened: bool
    number: int | None
    repository: str = ""


@dataclass(frozen=True, slots=True)
class Adopt:
    """`/adopt`: follow up what waits for a word."""


@dataclass(frozen=True, slots=True)
class Recheck:
    """`/recheck`: look again."""


@dataclass(frozen=True, slots=True)
class Waive:
    """`/waive CODE reason`: let a finding pass in this pull request."""

    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Help:
    """`/help`: what can be said here."""


@dataclass(frozen=True, slots=True)
class Malformed:
    """A command of ours that cannot be understood: its name, what is wrong, and how it is written.

    `written` is what stood in the place of its name, where that is misspelt; else empty.
    """

    name: str
    problem: str
    written: str = ""


Command = Extend | WontDo | Reassign | Verified | Recurrence | Adopt | Recheck | Waive | Help

USAGE: Mapping[str, str] = {
    "extend": "/extend YYYY-MM-DD <why the date has to move>",
    "wontdo": "/wontdo <why it should not be done after all>",
    "reassign": "/reassign @login",
    "verified": "/verified pass <link to the run>\n/verified fail <what happened>",
    "recurrence": "/recurrence yes #<number>\n/recurrence none\n/recurrence none #<number>",
    "adopt": "/adopt",
    "recheck": "/recheck",
    "waive": "/waive CO413 <why it may pass>",
    "help": "/help",
}


ON_ITEMS = ("extend", "wontdo", "reassign", "verified", "recheck", "help")
"""What can be said on an action issue."""

ON_TRACKING = ("verified", "recurrence", "adopt", "recheck", "help")
"""What can be said on a tracking issue."""

ON_ADOPTION = ("adopt", "recheck", "help")
"""What can be said on the issue that asks about many new postmortems."""

ON_PULLS = ("waive", "recheck", "help")
"""What can be said on a pull request."""


def name_of(command: Command | Malformed) -> str:
    """What a command is called."""
    return command.name if isinstance(command, Malformed) else type(command).__name__.lower()


def find_command(body: str) -> Command | Malformed | None:
    """The command in a comment; None if it holds none of ours."""
    lines = _undressed(own_lines(body))
    spoken = next(_commands(lines), None)
    if spoken is None:
        return next(_misspelt(lines), None) or _in_dress(lines)
    found = _READERS[spoken.name](spoken.rest)
    more = _more_below(spoken) if isinstance(found, Malformed) else ""
    completed = _READERS[spoken.name](f"{spoken.rest} {more}".strip()[:_LONGEST]) if more else found
    return found if isinstance(completed, Malformed) else completed


def dropped_command(body: str) -> str:
    """What the second command of a comment is called, which is not carried out; empty if there is none."""
    lines = _undressed(own_lines(body))
    names = itertools.chain((each.name for each in _commands(lines)), (each.written for each in _misspelt(lines)))
    return next(itertools.islice(names, 1, None), "")


def tells_more(body: str) -> bool:
    """Whether a comment may tell how something was done: one that begins with a command only in what is besides it.

    What a command took as its reason is its own. That the verification passed tells it, that it failed does not.
    """
    lines = own_lines(body)
    said = [line for line in said_in(lines) if line]
    if not said or find_command(said[0]) is None:
        return not said or not all(map(_LINE.match, said))
    command, spoken = find_command(body), next(_commands(lines), None)
    if isinstance(command, Verified):
        return command.passed
    is_whole = spoken is None or command == find_command(said[0])
    taken = "" if is_whole or spoken is None else _more_below(spoken)
    return any(not (_LINE.match(line) or _is_added(line)) and line not in taken for line in said[1:])


@dataclass(frozen=True, slots=True)
class _Spoken:
    """A command as it stands: its name, what follows on its line, and the lines below it."""

    name: str
    rest: str
    below: tuple[str, ...]


def _commands(lines: list[str]) -> Iterator[_Spoken]:
    for index, line in enumerate(lines):
        match = _LINE.match(line)
        name = match["name"].lower() if match else ""
        if match and name in _READERS:
            yield _Spoken(name, match["rest"].strip()[:_LONGEST], tuple(lines[index + 1 : index + 1 + _LONGEST]))


def _more_below(spoken: _Spoken) -> str:
    """What below a command makes it whole: its reason, or the line that is nothing but whom or what it has to name."""
    said = said_in(spoken.below)
    paragraph = list(itertools.takewhile(bool, itertools.dropwhile(lambda line: not line, said)))
    if not paragraph:
        return ""
    if alone := _NAMED_BELOW.get(spoken.name):
        return paragraph[0] if alone.fullmatch(paragraph[0]) else ""
    if not said[0]:  # words apart may be what mail adds, in any language: to ask again costs less than to obey
        return paragraph[0] if _LINK_ALONE.fullmatch(paragraph[0]) and _lacks_reason(spoken) else ""
    own = " ".join(itertools.takewhile(lambda line: not _LINE.match(line), paragraph))
    return own if _lacks_reason(spoken) and not _is_added(own) else ""


def _is_added(line: str) -> bool:
    """Whether a line below a command is a greeting, or what a mail program adds."""
    return bool(_GREETING.match(line) or _BY_MAIL.match(line))


def _lacks_reason(spoken: _Spoken) -> bool:
    """Whether any words behind it would make a command whole."""
    return spoken.name in _REASONED and not isinstance(_READERS[spoken.name](f"{spoken.rest} something"), Malformed)


def _undressed(lines: list[str]) -> list[str]:
    """The lines of a comment; the command alone where that is all it says, and stands in code, in bold, as an item."""
    said = [line for line in said_in(lines) if line]
    dressed = _DRESSED.match(said[0]) if len(said) == 1 else None
    command = _LINE.match(dressed["line"]) if dressed else None
    if not dressed or not command:
        return lines
    is_bare = command["name"].lower() in _BARE
    return lines if is_bare and command["rest"].strip(_MARKS + _AROUND).lower() not in _ASKING else [dressed["line"]]


def _in_dress(lines: list[str]) -> Malformed | None:
    """A command at the beginning of a comment that is not alone, and stands in code, in bold or behind a bullet."""
    match = _IN_DRESS.match(next((line for line in lines if line), ""))
    name = match["name"].lower() if match else ""
    if name not in _READERS:
        return None
    return Malformed(name, "it does not begin its line, so it may be no more than talked of")


def _misspelt(lines: list[str]) -> Iterator[Malformed]:
    """The commands of ours that are one slip away from what a comment says."""
    for line in lines:
        match = _LINE.match(line)
        if match is None:
            continue
        written, rest = match["name"].lower(), match["rest"]
        behind = rest.partition(" ")[0].lower().rstrip(_MARKS + _AROUND)
        if line[match.end("name") : match.start("rest")].isspace() and is_parted(written, behind, _READERS):
            written = f"{written} {behind}"
        if meant := meant_by(written, rest, _READERS):
            yield Malformed(meant, f"there is no command /{written}", written)


def _extend(rest: str) -> Extend | Malformed:
    rest = _UNTIL.sub("", rest)
    found = day_at(rest)
    if found is None or found.day is None:
        first = rest.partition(" ")[0][:40]
        if first.upper() == "YYYY-MM-DD":
            return Malformed("extend", "it still says YYYY-MM-DD; put the new day there")
        problem = f"“{first}” is not one certain day" if first else "it gives no day"
        return Malformed("extend", f"{problem}; write it as YYYY-MM-DD")
    reason = _reason(rest[found.end :].rstrip(_MARKS))
    if not reason:
        return Malformed(
            "extend", "it gives no reason on its line or right below; those who wait for it will want to know"
        )
    return Extend(found.day, reason)


def _wont_do(rest: str) -> WontDo | Malformed:
    reason = _reason(rest)
    return (
        WontDo(reason)
        if reason
        else Malformed("wontdo", "it gives no reason on its line or right below; say why nobody will miss it")
    )


def _reassign(rest: str) -> Reassign | Malformed:
    named = _NAMED.findall(rest)  # the one who is mentioned, whatever is said around that
    login = _LOGIN.fullmatch(f"@{named[0]}" if len(named) == 1 else rest)
    return Reassign(login["login"]) if login else Malformed("reassign", "it names nobody, or more than one")


def _verified(rest: str) -> Verified | Malformed:
    verdict, evidence = _first_word(rest)
    passed = {"pass": True, "passed": True, "fail": False, "failed": False}.get(verdict.lower())
    if passed is None:
        return Malformed("verified", "it says neither pass nor fail")
    if not _reason(evidence):
        return Malformed(
            "verified", "it shows no evidence on its line or right below; link the run, or say what was seen"
        )
    return Verified(passed, evidence)


def _recurrence(rest: str) -> Recurrence | Malformed:
    answer, where = _first_word(rest)
    if answer.lower() in {"none", "no"}:
        return _none(where)
    if answer.lower() != "yes":
        return Malformed("recurrence", "it says neither none nor yes")
    if number := _ISSUE.search(where):
        return Recurrence(happened=True, number=int(number["number"]))
    if named := _ADDRESS.search(where) or _ELSEWHERE.search(where):
        return Recurrence(happened=True, number=int(named["number"]), repository=named["repository"])
    if number := _NUMBER.match(where):
        return Recurrence(happened=True, number=int(number["number"]))
    return Malformed("recurrence", "it names no issue or pull request here; open one for the new incident first")


def _none(where: str) -> Recurrence | Malformed:
    """That it did not happen: at all, or in what is named right after it, as `none #12`, `none for #12` or its page."""
    where = _FOR.sub("", where)
    if found := _ISSUE.match(where) or _ALONE.fullmatch(where):
        return Recurrence(happened=False, number=int(found["number"]))
    if named := _ADDRESS.match(where) or _ELSEWHERE.match(where):
        return Recurrence(happened=False, number=int(named["number"]), repository=named["repository"])
    if where.startswith("#<"):
        return Malformed("recurrence", "it still says “<number>”")
    return Recurrence(happened=False, number=None)


def _waive(rest: str) -> Waive | Malformed:
    code, said = _first_word(rest)
    reason = _reason(said)
    if not code:
        return Malformed("waive", "it names no finding")
    if _CODES.match(rest) or "," in code:
        return Malformed("waive", "it names more than one finding; say it of each in a comment of its own")
    if not reason:
        return Malformed("waive", "it gives no reason on its line or right below; it will be shown in the check")
    return Waive(code.upper(), reason)


def _reason(said: str) -> str:
    """What somebody gave as a reason or as evidence; empty if it says nothing, or how the command is written."""
    said = said.lstrip(_MARKS)
    return "" if is_nothing(said) or _PLACEHOLDER.fullmatch(said.rstrip(_MARKS)) else said


def _first_word(rest: str) -> tuple[str, str]:
    """The first word of what follows a command, and all after it, without the marks between them."""
    word, *more = rest.split(maxsplit=1)[:2] or [""]
    return word.strip(_MARKS + _AROUND), "".join(more).lstrip(_MARKS).rstrip()


_READERS: Mapping[str, Callable[[str], Command | Malformed]] = {
    "extend": _extend,
    "wontdo": _wont_do,
    "reassign": _reassign,
    "verified": _verified,
    "recurrence": _recurrence,
    "adopt": lambda _rest: Adopt(),
    "recheck": lambda _rest: Recheck(),
    "waive": _waive,
    "help": lambda _rest: Help(),
}
