"""How a document writes its headings, so that one more looks like them."""

from __future__ import annotations

from rules.patterns import Pattern
from rules.postmortem import Section
from rules.source import Source

_LABEL_END = Pattern(r"(?:\*\*|__):?|:(?:\*\*|__)")


def is_label(source: Source, section: Section) -> bool:
    """Whether a section begins with a bold line or a label, rather than with a heading."""
    heading = section.heading
    return heading.line == heading.end_line and not source.line(heading.line).lstrip().startswith("#")


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
