"""The template's words, left standing."""

from __future__ import annotations

from collections.abc import Iterator

from rules.folding import fold
from rules.placeholders import leftover_hints, passages_with_hints, stands_in, template_sections
from rules.places import layout_of
from rules.policy import Policy
from rules.postmortem import Postmortem
from rules.rule import Context, Problem, Severity, rule
from rules.sections.advice import advice
from rules.words import word_map


@rule("CO203", "section-template", Severity.ERROR)
def section_template(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """A section still holds the template's words.

    Why: a hint that was left standing reads like content until somebody needs the content. To fix it, write what
    belongs there in its place.

    Bad:

    ```markdown
    ## TL;DR

    Two sentences. What broke, what we did, what we changed.
    ```

    Good:

    ```markdown
    ## TL;DR

    Checkout failed for 42 minutes because its pool ran dry. We raised the limit and now alert before it is reached.
    ```
    """
    layout = layout_of(postmortem, policy)
    for section in template_sections(postmortem):
        kind = section.kind or ""
        is_usual = fold(section.title) == fold(layout.heading_for(kind)) and kind in word_map("sections", "advice")
        instead = f": {advice(kind)}" if is_usual else " with what it asks for"
        yield Problem(
            section.heading,
            f"“{section.title}” still holds the template's hint. Replace it{instead}.",
            subject=section.kind or section.title,
        )


@rule("CO204", "section-template-line", Severity.ERROR)
def section_template_line(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """One of the template's hints was left among what has been written.

    Why: a reader takes it for a fact about the incident, or wonders what is still missing. To fix it, replace it with
    what happened, or remove it.

    Bad:

    ```markdown
    ## What helped, what hurt

    Helped:

    - Name an action that made the incident shorter.

    Hurt:

    - The dashboard averaged over pools, which cost 17 minutes.
    ```

    Good:

    ```markdown
    ## What helped, what hurt

    Helped:

    - The runbook for the pool named the command that shows its state.

    Hurt:

    - The dashboard averaged over pools, which cost 17 minutes.
    ```
    """
    hints = [
        (passage, start, end)
        for passage in passages_with_hints(postmortem)
        if not passage.quoted
        for start, end in leftover_hints(passage.text)
    ]
    reported_whole = template_sections(postmortem) if hints else ()
    headings = {section.heading.line for section in postmortem.sections} if hints else set()
    for passage, start, end in hints:
        place = passage.span(start, end)
        if place.line not in headings and not stands_in(place, reported_whole):
            yield Problem(
                place,
                "This is still the template's hint. Replace it with what it asks for, or remove it.",
                subject=passage.text[start:end],
            )
