"""Which Markdown files are postmortems, where the policy does not say where they are.

Plans and proposals have summaries, timelines, impacts and next steps, too. So, but for a title that says it, three
headings of a layout are not enough: something has to speak of an incident as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from pathlib import PurePosixPath

from rules.layouts import heading_count
from rules.parse.wrapped import unwrapped
from rules.patterns import Pattern

MARKDOWN = (".md", ".markdown")
"""What the names of Markdown files end with, in lower case."""

_MANY_HEADINGS = 3  # kinds of section in one house style
_LONGEST = 64 * 1024  # characters that are looked at
_FEWEST_TIMES = 2  # lines that begin with a time of day
_MANY_SIGNS = 2

_TEMPLATE = Pattern(r"_?\.?(?:[\w-]*[-_])?template\b")
_FENCE = Pattern(r"^ {0,3}(```+|~~~+).*?(?:^ {0,3}\1|\Z)", re.MULTILINE | re.DOTALL)
_HEADING = Pattern(
    r"^ {0,3}#{1,6}(?:[ \t]{1,9}|(?=[A-Z]))([^\n]{1,120})$|^\*\*([^*\n]{1,100})\*\*:?[ \t]*$", re.MULTILINE
)
_TITLE = Pattern(r"^#(?:[ \t]{1,9}|(?=[A-Z]))([^\n]{1,300})$|^title:[ \t]*([^\n]{1,300})$", re.MULTILINE)
_ANY_TITLE = Pattern(  # also one that is underlined, for which each line is read twice
    r"^#(?:[ \t]{1,9}|(?=[A-Z]))([^\n]{1,300})$|^([^\n]{1,300})\n={3,}[ \t]*$|^title:[ \t]*([^\n]{1,300})$",
    re.MULTILINE,
)
_SAYS_SO = Pattern(r"post[- ]?mortem|incident (?:report|review)|outage report", re.IGNORECASE)
_ABOUT_THEM = Pattern(
    r"\b(?:templates?|process(?:es)?|guide(?:lines?|s)?|how[- ]to|how (?:we|to)|policy|policies|handbook|playbooks?|rfc"
    r"|adr|proposal|writing|culture|checklist|training|workshop|tool(?:s|ing)?|index|archive|examples?|collection"
    r"|awesome|introduc(?:e|es|ing|tion)|adopt(?:ing|ion)?|documentation)\b"
    r"|^(?:blameless |public |our |all |the )*(?:post[- ]?mortems|incident (?:reports|reviews))\W*$",
    re.IGNORECASE,
)
"""Titles of what is about postmortems, or lists them."""
_ANOTHER_KIND = Pattern(
    r"\b(?:rfcs?|adrs?|proposal|proposed|design(?: doc\w*)?|run-?book|play-?book|plan|plans|planning|roadmap"
    r"|release notes|change-?log|release (?:plan|checklist)|meeting|minutes|agenda|notes|onboarding|handbook|guide"
    r"|tutorial|how[- ]to|spec|specification|sprint|iteration|strategy|okrs?|kick-?off|status report|weekly|standup"
    r"|readme|faq|policy|checklist|experiment|evaluation|comparison|migration to|request for|project)\b"
    r"|\bv?\d+\.\d+\.\d+\b",
    re.IGNORECASE,
)
"""Titles of other documents, whose headings may be much the same."""
_BEGINS_TITLE = Pattern(r"\s*(?:[:#\d–—-]|for\b|of\b|$)")
"""What follows the name of a kind of document that is meant as such: `Runbook: …`, `Sprint 41`."""
_INCIDENT = Pattern(
    r"post[-_ ]?mortems?|\bincidents?\b|outages?\b|downtime|\bretro(?:spective)?s?\b|\brcas?\b|\bcoes?\b|\bpir\b"
    r"|root[- _]cause"
    r"|\bsev-?[0-5]\b|unavailab|degrad(?:ed|ation)|disrupt(?:ed|ion)|\b(?:was|were|went) (?:down|slow|offline|lost)\b"
    r"|\binc-?\d|failures?\b|failed\b|for \d+ (?:min|hour|day)|\bcrash\w*|\blost\b",
    re.IGNORECASE,
)
_OF_AN_INCIDENT = Pattern(
    r"root causes?\b|contributing\b|5 (?:or more )?whys|five (?:or more )?whys"
    r"|what (?:was actually happening|we believed|went\b|happened|broke|failed|helped)|where we got lucky|how'?d we do"
    r"|lessons? learn|corrective (?:actions?|and preventative)|preventative|incident|outage|post-?mortem|lead-?up\b"
    r"|what caused|detection\b|recovery\b|how (?:it was|was it|did we|we) (?:detect|fix|notice|find|resolve)"
    r"|(?:user|customer|business) impact|time to (?:detect|mitigat|resol|recover)|resolution\b|causes?$"
    r"|key events|chain of events|retrospective",
    re.IGNORECASE,
)
"""Headings that few other documents have."""
_FACT = Pattern(
    r"^[ \t>*|_-]{0,8}(?:severity|sev|incident commander|incident manager|incident lead|duration|downtime|time to \w+"
    r"|detected(?: by| at)?|impact(?:ed \w+)?|affected (?:service|system|team|user)s?|outage (?:start|end))"
    r"[ \t*_]{0,4}[:|][ \t*_]",
    re.IGNORECASE | re.MULTILINE,
)
_TIME = Pattern(
    r"^[ \t>*|_#`\[~-]{0,10}(?:\d{4}-\d\d-\d\d[T ,]{0,2})?(?:[01]?\d|2[0-3])[:.h][0-5]\d\b"
    r"(?!\s?(?:-|–|to)\s?\d)|^[ \t>*|-]{0,6}T[+-]\d",
    re.MULTILINE,
)


def is_postmortem(text: str, path: str) -> bool:
    """Whether a Markdown file reads as a postmortem: by its title, or by headings and signs of an incident.

    Never a template. `path` is the file's in its repository.
    """
    name = PurePosixPath(path).name.lower()
    if not name.endswith(MARKDOWN) or _TEMPLATE.match(name):
        return False
    head = text[:_LONGEST].replace("\r\n", "\n").removeprefix("\ufeff")
    if "```" in head or "~~~" in head:
        head = _FENCE.sub("", unwrapped(head))
    titles = _titles(head)
    if any(_SAYS_SO.search(title) and not _ABOUT_THEM.search(title) for title in titles):
        return True
    headings = sorted({(match[1] or match[2]).strip() for match in _HEADING.finditer(head)})
    if heading_count(headings) < _MANY_HEADINGS:
        return False
    return _signs(head, titles, headings, path) >= _MANY_SIGNS


def _titles(head: str) -> list[str]:
    pattern = _ANY_TITLE if "\n===" in head else _TITLE
    return [match[match.lastindex or 0].strip() for match in pattern.finditer(head)]


def _signs(head: str, titles: list[str], headings: Iterable[str], path: str) -> int:
    """How much in a document speaks of an incident; less by two where its title is that of another kind."""
    of_an_incident = sum(1 for heading in headings if _OF_AN_INCIDENT.search(heading))
    title = titles[0] if titles else ""
    named = _INCIDENT.search(title) is not None or _INCIDENT.search(path) is not None
    times = len(list(islice(_TIME.finditer(head), _FEWEST_TIMES)))
    kind = _ANOTHER_KIND.search(title)
    other = kind is not None and (_BEGINS_TITLE.match(title, kind.end()) or not _INCIDENT.search(title))
    found = (named, times == _FEWEST_TIMES, _FACT.search(head) is not None)
    return min(of_an_incident, 2) + sum(found) - (2 if other else 0)
