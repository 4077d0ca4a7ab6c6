"""Documents that were written to be slow: anybody may send one. Each grows by repeating something."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import count, product

Grow = Callable[[int], str]
"""From a number of characters to a document of about that length."""

_TITLE = "# Postmortem: x\n\n"
_DATED = f"{_TITLE}- Date: 2026-05-04\n- Duration: 10:32 (start) → 11:14 (end), UTC\n- Authors: Ana Ruiz (@ana), Bo\n\n"


def repeated(unit: str, head: str = _TITLE, tail: str = "") -> Grow:
    """The unit, again and again, between a head and a tail."""
    return lambda length: head + unit * max((length - len(head) - len(tail)) // len(unit), 1) + tail


def numbered(unit: str, head: str = _TITLE) -> Grow:
    """The unit with a number of its own each time, at `{n}`; `{h}` and `{m}` are hours and minutes that rise."""

    def grow(length: int) -> str:
        parts, size = [head], len(head)
        for number in count():
            minute = number // 8 % 1440
            parts.append(unit.format(n=number, h=f"{minute // 60:02}", m=f"{minute % 60:02}"))
            size += len(parts[-1])
            if size >= length:
                return "".join(parts)
        raise AssertionError

    return grow


def indented(unit: str, head: str = _TITLE, most: int = 100) -> Grow:
    """The unit on lines of which each is deeper than the one before, up to `most` levels, and then again."""
    staircase = "".join(f"{'  ' * depth}{unit}\n" for depth in range(most))
    return repeated(staircase, head)


_ITEM = "- [ ] Cap the retries of service {n} at three\n"
_FULL_ITEM = (
    _ITEM
    + "  - Owner: Ana Ruiz (@ana)\n  - Deadline: 4 Jun 2026\n  - Priority: P1\n  - Success criterion: test {n} passes\n"
)
_ROW = "| Cap the retries of {n} | @ana | P1 |  | test {n} passes |\n"
_COLUMNS = "| Action | Owner | Priority | Deadline | Success criterion |\n|---|---|---|---|---|\n"
_ACTIONS = f"{_DATED}## Action items\n\n"
_TIMELINE = f"{_DATED}## Timeline\n\n"
_CAUSE = f"{_DATED}## What was actually happening\n\n"
_BLAME = "Ana forgot to check the queue because she was careless. "


def _wide_table(length: int) -> str:
    columns = max(length // 16, 1)
    return f"{_ACTIONS}|{' Action |' * columns}\n|{'-|' * columns}\n|{' Cap |' * columns}\n"


def _front_matter(unit: str, tail: str = "", head: str = "") -> Grow:
    """Within the 64 KiB that are read, and a body that goes on."""
    return lambda length: (
        f"---\n{head}{unit * (min(length, 60_000) // len(unit))}{tail}\n---\n{_TITLE}{'a ' * (length // 2)}"
    )


WORST: Mapping[str, Grow] = {
    "opening brackets": repeated("["),
    "brackets and parentheses": repeated("[]("),
    "opening images": repeated("!["),
    "links": repeated("[a](b) "),
    "autolinks": repeated("<https://example.org/> "),
    "bare links": repeated("https://example.org/a?b=c "),
    "reference definitions": numbered("[a{n}]: b\n"),
    "footnotes": numbered("[^{n}] "),
    "pipes": repeated("|"),
    "pipes in lines": repeated("|\n"),
    "stars": repeated("*"),
    "emphasis that opens": repeated("*a "),
    "strong that opens": repeated("**a "),
    "underscores": repeated("_"),
    "underscores that open": repeated("_a "),
    "backticks": repeated("`"),
    "backticks of all lengths": numbered("`{n:`>8}a"),
    "tildes": repeated("~~a "),
    "hashes": repeated("#"),
    "headings": repeated("# a\n"),
    "sections": numbered("## Section {n}\n\nText.\n\n"),
    "sections of one kind": repeated("## Timeline\n\nText.\n\n"),
    "bold labels": numbered("**Label {n}:** text\n\n"),
    "setext headings": repeated("a\n=\n"),
    "quotation marks": repeated('"'),
    "quotes that open": repeated('"a '),
    "typographic quotes": repeated("“a "),
    "apostrophes": repeated("'a "),
    "block quotes": repeated("> a\n"),
    "nested block quotes": repeated(">"),
    "nested lists": indented("- a"),
    "nested bullets": repeated("- "),
    "nested numbers": repeated("1. "),
    "deep items": indented("- Cap the retries: Owner: @ana", _ACTIONS),
    "blanks": repeated(" ", tail="x"),
    "tabs": repeated("\t", tail="x"),
    "blank lines": repeated("\n", tail="x"),
    "one long word": repeated("a"),
    "one long line": repeated("a b "),
    "one long sentence": repeated("the queue grew and ", _CAUSE, "."),
    "short sentences": repeated("It broke. ", _CAUSE),
    "full stops": repeated(". "),
    "colons": repeated("a: "),
    "dashes": repeated(" — "),
    "hyphens": repeated("-"),
    "commas": repeated("a, "),
    "HTML comments": repeated("<!-- a -->"),
    "HTML comments that open": repeated("<!-- "),
    "HTML tags": repeated("<b>"),
    "tags that open": repeated("<a "),
    "line breaks in HTML": repeated("<br>"),
    "HTML lines": repeated("<!-- a -->\n"),
    "entities": repeated("&amp;"),
    "entities that do not end": repeated("&#0"),
    "escapes": repeated("\\*"),
    "code blocks": repeated("```\na\n```\n"),
    "code that opens": repeated("```\n"),
    "emoji": repeated("🙂"),
    "emoji and words": repeated("🙂 a "),
    "capitals that change length": repeated("İ"),
    "combining marks": repeated("a\u0301"),
    "right to left": repeated("\u202eא "),
    "NULs": repeated("\0"),
    "carriage returns": repeated("a\r"),
    "Windows lines": repeated("a b\r\n"),
    "rules": repeated("---\n\n"),
    "mentions": repeated("@ana "),
    "many mentions": numbered("@u{n} "),
    "at signs": repeated("@"),
    "dates": repeated("2026-05-04 "),
    "dates in words": repeated("4 May 2026, "),
    "digits": repeated("1"),
    "times": repeated("10:32 "),
    "time ranges": repeated("10:32 - 10:40 "),
    "durations": repeated("4 minutes "),
    "suppressions": repeated("<!-- closeout: ignore CO501 because x -->\n\n"),
    "suppressions in a line": repeated("<!-- closeout: ignore CO501 because x --> human error. ", _CAUSE),
    "suppressions without an end": repeated("<!-- closeout: ignore ", _CAUSE),
    "metadata bullets": numbered("- Key {n}: value\n"),
    "metadata bullets of one key": repeated("- Severity: SEV-1\n"),
    "misspelt keys": repeated("- Severety: SEV-1\n"),
    "many misspelt keys": numbered("- Severety{n}: SEV-1\n"),
    "a metadata table": numbered("| Key {n} | value |\n", f"{_TITLE}| Key | Value |\n|---|---|\n"),
    "authors": repeated("Ana Ruiz (@ana), ", f"{_TITLE}- Authors: "),
    "many authors": numbered("Ana N{n} (@a{n}), ", f"{_TITLE}- Authors: "),
    "a long duration": repeated("10:32 → ", f"{_TITLE}- Duration: "),
    "a long detection": repeated("alert by the team after 4 minutes, ", f"{_TITLE}- Detection: "),
    "a long impact": repeated("12,400 users 18 % ", f"{_TITLE}- Impact: "),
    "a long headline": repeated("incident report ", "# Postmortem: "),
    "a long front matter": _front_matter("a: b\n"),
    "front matter that nests": _front_matter("[", "x"),
    "front matter of braces": _front_matter("{a: "),
    "front matter of dashes": _front_matter("- "),
    "front matter of questions": _front_matter("? "),
    "front matter of anchors": _front_matter("&a "),
    "front matter of one key": _front_matter("severity: SEV-1\n"),
    "front matter of quotes": _front_matter('a: "\n'),
    "front matter of blanks": _front_matter("  ", "x: y"),
    "front matter of authors": _front_matter("- Ana Ruiz\n", head="authors:\n"),
    "items": numbered(_ITEM, _ACTIONS),
    "equal items": repeated(_ITEM.format(n=1), _ACTIONS),
    "full items": numbered(_FULL_ITEM, _ACTIONS),
    "one long item": repeated("Cap the retries and ", f"{_ACTIONS}- [ ] "),
    "an item of owners": repeated("@ana, ", f"{_ACTIONS}- [ ] Cap it. Owner: "),
    "an item of many owners": numbered("@a{n}, ", f"{_ACTIONS}- [ ] Cap it. Owner: "),
    "an item of priorities": repeated("P0 ", f"{_ACTIONS}- [ ] Cap it. "),
    "an item of deadlines": repeated("Due: 2026-06-01 ", f"{_ACTIONS}- [ ] Cap it. "),
    "an item of criteria": repeated("Success criterion: a ", f"{_ACTIONS}- [ ] Cap it. "),
    "an item of brackets": repeated("[P0] ", f"{_ACTIONS}- [ ] Cap it. "),
    "an item of parentheses": repeated("(", f"{_ACTIONS}- [ ] Cap it. "),
    "an item of links": repeated("#12 https://a.b ", f"{_ACTIONS}- [ ] Cap it. "),
    "an item of dashes": repeated("-", f"{_ACTIONS}- ", " y"),
    "an item of blank marks": repeated("? ", f"{_ACTIONS}- ", "y"),
    "deadlines of commas": repeated(f"- Cap it. Due: {', ' * 1900}y\n", _ACTIONS),
    "owners of commas": repeated(f"- Cap it. Owner: {'a, ' * 1200}y\n", _ACTIONS),
    "items in paragraphs": numbered("Cap {n}. Owner: @ana. Due: 2026-06-01\n\n", _ACTIONS),
    "items under owners": numbered("### Ana N{n}\n\n- Cap the retries\n\n", _ACTIONS),
    "an action table": numbered(_ROW, _ACTIONS + _COLUMNS),
    "a wide table": _wide_table,
    "a table of short rows": repeated("|a\n", f"{_ACTIONS}|a|b|c|d|e|f|g|h|\n|-|-|-|-|-|-|-|-|\n"),
    "entries": numbered("- {h}:{m} The error rate is {n}.\n", _TIMELINE),
    "equal entries": repeated("- 10:32 The error rate rises.\n", _TIMELINE),
    "entries without time": numbered("- The error rate is {n}.\n", _TIMELINE),
    "entries in paragraphs": numbered("{h}:{m} UTC The rate is {n}.\n\n", _TIMELINE),
    "entries in a table": numbered("| {h}:{m} | The rate is {n} |\n", f"{_TIMELINE}| Time | Event |\n|---|---|\n"),
    "entries under headings": numbered("### {h}:{m}\n\nThe rate is {n}.\n\n", _TIMELINE),
    "entries out of order": repeated("- 10:32 a\n- 10:31 b\n- 2026-05-03 10:00 PST c\n", _TIMELINE),
    "one long entry": repeated("unfortunately the alert fired, ", f"{_TIMELINE}- 10:32 "),
    "editorial entries": repeated("- 10:32 Unfortunately, it finally failed.\n", _TIMELINE),
    "blame": repeated(_BLAME, _CAUSE),
    "blame in lines": repeated(f"{_BLAME}\n\n", _CAUSE),
    "blame without full stops": repeated("Ana forgot because she was careless and ", _CAUSE),
    "names": repeated("Ana Ruiz ", _CAUSE),
    "capitalised words": repeated("Queue Limit ", _CAUSE),
    "human error": repeated("human error ", _CAUSE),
    "counterfactuals": repeated("should have could have would have ", _CAUSE),
    "hindsight": repeated("obviously clearly in hindsight ", _CAUSE),
    "negations": repeated("not nobody no one never ", _CAUSE),
    "mistakes after blanks": repeated(f"Somebody{'  ' * 990}did x by mistake y.\n", _CAUSE),
    "causes": repeated("The root cause was that ", f"{_DATED}## Root cause\n\n"),
    "people as causes": repeated("Ana Ruiz deployed the change. ", f"{_DATED}## Root cause\n\n"),
    "believed and actual": lambda length: (
        f"{_DATED}## What we believed was happening\n\n{'the queue grew ' * (length // 30)}\n\n"
        f"## What was actually happening\n\n{'the queue grew ' * (length // 30)}\n"
    ),
    "believed and actual in other words": lambda length: (
        numbered("w{n} ", f"{_DATED}## What we believed was happening\n\n")(length // 2)
        + numbered("w{n} ", "\n\n## What was actually happening\n\n")(length // 2)
    ),
    "a long TL;DR": repeated("It broke. We fixed it. ", f"{_DATED}## TL;DR\n\n"),
    "a long verification": repeated("we will keep an eye on it ", f"{_DATED}## Verification\n\n"),
    "items and verifications": lambda length: (
        numbered(_ITEM, _ACTIONS)(length // 2)
        + numbered("A load test of service {n} runs. ", "\n\n## Verification\n\n")(length // 2)
    ),
    "helped and hurt": numbered("- Helped: thing {n}\n- Hurt: thing {n}\n", f"{_DATED}## What helped, what hurt\n\n"),
    "questions": numbered("- Why did {n} fail?\n", f"{_DATED}## Open questions\n\n"),
    "placeholders": repeated("TBD TODO <name> [fill in] ", _CAUSE),
    "template lines": repeated("- [ ] <what will be changed, so that the outcome can be seen>\n", _ACTIONS),
}

_PLACES = {
    "a paragraph": f"{_DATED}## Summary\n\n",
    "a cause": _CAUSE,
    "an item": f"{_ACTIONS}- [ ] ",
    "an owner": f"{_ACTIONS}- [ ] Cap it\n  - Owner: ",
    "a deadline": f"{_ACTIONS}- [ ] Cap it\n  - Deadline: ",
    "a criterion": f"{_ACTIONS}- [ ] Cap it\n  - Success criterion: ",
    "an entry": f"{_TIMELINE}- 10:32 ",
    "a field": f"{_TITLE}- Impact: ",
    "a duration": f"{_TITLE}- Duration: ",
    "people": f"{_TITLE}- Authors: ",
    "a headline": "# ",
    "a cell": f"{_ACTIONS}{_COLUMNS}| ",
}
_UNITS = (
    "[", "](", "![", "(", ")", "[]", "|", "*", "_", "**a", "`", "`a", "#", "> ", "- ", '"', "“a", "'", "@", "@a ",
    "<!--", "<", "&amp;", "http://a.b ", "10:32 ", "10:", "2026-05-04 ", "4 May ", "in 2 weeks ", "human error ",
    "should have ", "Ana ", "Ana R", "because ", "? ", "— ", ": ", ":", ", ", "; ", ". ", " and ", "İ", "🙂", "\u202e",
    "\0", "\t", "  ", "~~", "[^1]", "<br>", "\\", "a", "A", "1", "1.", "1 ", "é", "unfortunately ", "TBD ", "P0 ",
    "if we had ", "Owner: ", "Owner: a ", "Due: ", "Success criterion: ", "UTC ", "→ ", "… ", "/", "%", "18 % ",
    "users ", "the ", "not ", "\n", "a\n", "- a\n", "\n\n", "a\n\n", "\r\n", "\n- ", "  - a: b\n", "the team ",
    "we will ", "→", "-", "=", "~",
)  # fmt: skip


def crossed() -> Iterator[tuple[str, Grow]]:
    """Every unit at every place."""
    for (place, head), unit in product(_PLACES.items(), _UNITS):
        yield f"{unit!r} in {place}", repeated(unit, head, " y")
