"""Sections that are missing or empty."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules.patterns import Pattern
from rules.placeholders import is_answer_none, is_nothing
from rules.places import layout_of, top_of
from rules.policy import Policy
from rules.postmortem import Postmortem
from rules.requirements import may_be_none, may_lack_impact, required_sections
from rules.rule import Context, Problem, Severity, rule
from rules.sections.advice import advice
from rules.sections.skeleton import heading_to_write, line_to_write, skeleton_edit

_FACTS = {
    "impact": "impact",
    "detection": "detection",
    "tldr": "summary",
    "actual": "root_cause",
    "resolution": "resolution",
}
"""Kinds of section, and the fact at the head that says the same in a line: `- Root causes: …`."""

_JOINT = Pattern(r"\s*(?:[&+/,;]|\band\b)\s*", re.IGNORECASE)
_LONGEST_TITLE = 120  # characters of a heading that are looked at
_HAVE_THEIR_OWN_RULES = frozenset({"timeline", "actions", "verification"})


@rule("CO201", "section-missing", Severity.ERROR, other=Severity.NOTICE)
def section_missing(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """A section that the layout asks for is missing.

    Why: each section answers a question that somebody will have. Open questions are the one that may be left out, so
    their absence is a notice; a timeline, action items and the verification have rules of their own. The short form
    for a known cause needs the TL;DR alone. To fix it, write the section; the fix puts its heading in place, with a
    hint of what belongs there, but for open questions, which may be left out.

    Bad:

    ```markdown
    ## What we believed was happening (during)
    <!-- remove this section -->
    ```

    Good:

    ```markdown
    ## What we believed was happening (during)

    The responders took the errors for the effect of the deploy at 10:20, and spent twelve minutes rolling it back.
    ```
    """
    for kind in required_sections(postmortem, policy):
        if kind in _HAVE_THEIR_OWN_RULES or postmortem.section(kind) or _is_answered(postmortem, policy, kind):
            continue
        heading = heading_to_write(postmortem, policy, kind)
        yield Problem(
            top_of(postmortem),
            f"There is no “{heading}” section. Add `{line_to_write(postmortem, policy, kind)}`: {advice(kind)}.",
            subject=kind,
            severity=Severity.NOTICE if kind == "questions" else None,
            edit=None if kind == "questions" else skeleton_edit(postmortem, policy, kind),
        )


def _is_answered(postmortem: Postmortem, policy: Policy, kind: str) -> bool:
    """Whether a fact at the head says what the section would, or one with a joint heading does."""
    if kind in _FACTS and (not is_nothing(postmortem.value(_FACTS[kind])) or may_be_none(postmortem, kind)):
        return True
    layout = layout_of(postmortem, policy)
    return any(
        layout.names_exactly(name) and layout.kind_of(name) == kind
        for section in postmortem.sections
        if len(names := _JOINT.split(section.title[:_LONGEST_TITLE])) > 1
        for name in names
    )


@rule("CO202", "section-empty", Severity.ERROR, other=Severity.NOTICE)
def section_empty(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """A section has a heading and nothing under it.

    Why: it looks complete in the outline, and tells the reader nothing. Open questions that were left empty are a
    notice: they may be left out, too. A near-miss may have no impact. To fix it, write the section.

    Bad:

    ```markdown
    ## What helped, what hurt

    TBD
    ```

    Good:

    ```markdown
    ## What helped, what hurt

    Helped: the runbook for the pool named the right limit.

    Hurt: the dashboard showed averages, which hid the spike for nine minutes.
    ```
    """
    for kind in required_sections(postmortem, policy):
        sections = postmortem.sections_of(kind)
        if kind in _HAVE_THEIR_OWN_RULES or not sections or not all(is_nothing(each.text) for each in sections):
            continue
        section = sections[0]
        if is_answer_none(section.text) and (kind == "questions" or (kind == "impact" and may_lack_impact(postmortem))):
            continue
        yield Problem(
            section.heading,
            f"Nothing stands under “{section.title}” yet. In this section, {advice(kind)}.",
            subject=kind,
            severity=Severity.NOTICE if kind == "questions" else None,
        )
