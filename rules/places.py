"""Where to report what is missing, and what to call it."""

from __future__ import annotations

from rules.layouts import LAYOUTS, Layout, layout_from
from rules.policy import Policy
from rules.postmortem import Postmortem, Span


def layout_of(postmortem: Postmortem, policy: Policy) -> Layout:
    """The layout that the document was read with; `generic` if it is not known by name."""
    if postmortem.layout in LAYOUTS:
        return LAYOUTS[postmortem.layout]
    return (None if isinstance(policy.layout, str) else layout_from(policy.layout)) or LAYOUTS["generic"]


def top_of(postmortem: Postmortem) -> Span:
    """The document's headline, else its first line that is not blank."""
    if postmortem.headline is not None:
        return postmortem.headline.span
    source = postmortem.source
    first = next((number for number in range(1, source.lines + 1) if source.line(number).strip()), 1)
    return Span(first, 1, first, len(source.line(first)) + 1)


def place_for(postmortem: Postmortem, kind: str) -> Span:
    """The heading of the section of that kind, else the top of the document."""
    section = postmortem.section(kind)
    return top_of(postmortem) if section is None else section.heading


def first_line(postmortem: Postmortem, span: Span) -> Span:
    """As much of a span as stands on its first line: enough to point at."""
    if span.line == span.end_line:
        return span
    return Span(span.line, span.column, span.line, len(postmortem.source.line(span.line)) + 1)
