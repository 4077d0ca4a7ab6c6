"""How a document writes its headings, so that one more looks like them."""

from __future__ import annotations

from collections.abc import Iterable

from rules.patterns import Pattern
from rules.postmortem import Section
from rules.source import Source

_WORD = Pattern(r"[^\W\d_][\w'’]*")
_SMALL = frozenset({"a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"})
_FEWEST = 2  # words, behind a heading's first one, by which its capitals can be told
_LABEL_END = Pattern(r"(?:\*\*|__):?|:(?:\*\*|__)")
_MOST_TITLES = 60  # looked at


def is_label(source: Source, section: Section) -> bool:
    """Whether a section begins with a bold line or a label, rather than with a heading."""
    heading = section.heading
    return heading.line == heading.end_line and not source.line(heading.line).lstrip().startswith("#")


def in_capitals_of(titles: Iterable[str], heading: str) -> str:
    """A heading with as many capitals as others: `Root Cause` beside `Action Items`, `ROOT CAUSE` beside `IMPACT`."""
    listed = [title for title, _ in zip(titles, range(_MOST_TITLES), strict=False)]
    words = [word for title in listed for word in _WORD.findall(title)]
    if len(listed) > 1 and words and all(word.isupper() for word in words):
        return heading.upper()
    following = [word for title in listed for word in _WORD.findall(title)[1:] if word.lower() not in _SMALL]
    if len(following) < _FEWEST or not all(word[0].isupper() for word in following):
        return heading
    return _WORD.sub(lambda match: _capitalised(match[0], is_first=match.start() == 0), heading)


def marked_like(source: Source, anchor: Section, title: str) -> str:
    """A title as a heading in the style of another: its signs, its level, its colon."""
    if is_label(source, anchor):
        line = source.line(anchor.heading.line)
        behind = line.partition(anchor.title)[2].strip()
        end = behind if _LABEL_END.fullmatch(behind) else "**"
        sign = "__" if "__" in end else "**"
        return f"{sign}{title}{end}"
    if anchor.heading.end_line > anchor.heading.line:
        underline = source.line(anchor.heading.end_line).strip()[:1]
        if underline in ("=", "-"):
            return f"{title}\n{underline * len(title)}"
    colon = ":" if source.line(anchor.heading.line).rstrip("# \t\r\n").endswith(":") else ""
    return f"{'#' * anchor.level} {title}{colon}"


def _capitalised(word: str, *, is_first: bool) -> str:
    return word if word.lower() in _SMALL and not is_first else word[0].upper() + word[1:]
