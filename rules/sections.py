"""CO2: the sections of a postmortem."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from rules.placeholders import is_answer_none, is_nothing, is_template, leftover_hints, stands_in, template_sections
from rules.places import layout_of, top_of
from rules.policy import Policy
from rules.postmortem import Postmortem, Section
from rules.rule import Context, Problem, Severity, rule
from rules.words import alternatives, word_list, word_map

_IN_METADATA = frozenset({"impact", "detection"})
_HAVE_THEIR_OWN_RULES = frozenset({"timeline", "actions", "verification"})
_SENTENCE = re.compile(r"[^.!?\s][^.!?]{2,}(?:[.!?](?=\w)[^.!?]*)*(?:[.!?]+(?=\s|$|[)\"”’])|$)")
_NO_SENTENCE_END = re.compile(
    r"\b(?:e\.g|i\.e|approx|ca|vs|no|etc|incl|min|max|Dr|Mr|Ms|U\.S|a\.m|p\.m)\.(?=\s)", re.IGNORECASE
)
_MOST_SENTENCES = 2


def _advice(kind: str) -> str:
    return word_map("sections", "advice").get(kind, "write what a reader has to know")


def _of_kind(postmortem: Postmortem, kind: str) -> tuple[Section, ...]:
    return tuple(section for section in postmortem.sections if section.kind == kind)


@rule("CO201", "section-missing", Severity.ERROR, other=Severity.NOTICE)
def section_missing(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """A section that the layout asks for is missing.

    Why: each section answers a question that somebody will have. Open questions are the one that may be left out, so
    their absence is a notice; a timeline, action items and the verification have rules of their own.

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
    layout = layout_of(postmortem, policy)
    for kind in layout.required:
        if kind in _HAVE_THEIR_OWN_RULES or postmortem.section(kind) or _is_answered_above(postmortem, kind):
            continue
        heading = layout.heading_for(kind)
        yield Problem(
            top_of(postmortem),
            f"There is no “{heading}” section. Add `## {heading}`: {_advice(kind)}.",
            subject=kind,
            severity=Severity.NOTICE if kind == "questions" else None,
        )


def _is_answered_above(postmortem: Postmortem, kind: str) -> bool:
    """Whether the metadata says what the section would: `- Impact: …` instead of `## Impact`."""
    return kind in _IN_METADATA and not is_nothing(postmortem.value(kind))


@rule("CO202", "section-empty", Severity.ERROR, other=Severity.NOTICE)
def section_empty(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """A section has a heading and nothing under it.

    Why: it looks complete in the outline, and tells the reader nothing. Open questions that were left empty are a
    notice: they may be left out, too.

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
    required = layout_of(postmortem, policy).required
    for kind in required:
        sections = _of_kind(postmortem, kind)
        if kind in _HAVE_THEIR_OWN_RULES or not sections or not all(is_nothing(each.text) for each in sections):
            continue
        section = sections[0]
        if kind == "questions" and is_answer_none(section.text):
            continue
        yield Problem(
            section.heading,
            f"Nothing stands under “{section.title}” yet. In this section, {_advice(kind)}.",
            subject=kind,
            severity=Severity.NOTICE if kind == "questions" else None,
        )


@rule("CO203", "section-template", Severity.ERROR)
def section_template(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """A section still holds the template's words.

    Why: a hint that was left standing reads like content until somebody needs the content.

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
    for section in template_sections(postmortem):
        yield Problem(
            section.heading,
            f"“{section.title}” still holds the template's hint. Replace it: {_advice(section.kind or '')}.",
            subject=section.kind or section.title,
        )


@rule("CO204", "section-template-line", Severity.ERROR)
def section_template_line(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """One of the template's hints was left among what has been written.

    Why: a reader takes it for a fact about the incident, or wonders what is still missing.

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
    reported_whole = template_sections(postmortem)
    headings = {section.heading.line for section in postmortem.sections}
    for passage in postmortem.passages:
        if passage.quoted:
            continue
        for start, end in leftover_hints(passage.text):
            place = passage.span(start, end)
            if place.line in headings or stands_in(place, reported_whole):
                continue
            yield Problem(
                place,
                "This is still the template's hint. Replace it with what happened, or remove it.",
                subject=passage.text[start:end],
            )


@rule("CO205", "tldr-long", Severity.NOTICE)
def tldr_long(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """The TL;DR is longer than two sentences.

    Why: many people read nothing else. Two sentences get read: what broke, what was done and changed.

    Bad:

    ```markdown
    ## TL;DR

    Checkout failed for 42 minutes. The connection pool ran dry. Retries made it worse. We raised the limit.
    ```

    Good:

    ```markdown
    ## TL;DR

    Checkout failed for 42 minutes because its pool ran dry. We raised the limit and now alert before it is reached.
    ```
    """
    section = postmortem.section("tldr")
    if postmortem.layout != "closeout" or section is None or is_template(section.text):
        return
    count = sum(1 for _ in _SENTENCE.finditer(_NO_SENTENCE_END.sub("", section.text[:20_000])))
    if count > _MOST_SENTENCES:
        yield Problem(
            section.heading,
            f"“{section.title}” has {count} sentences. Keep two: what broke, and what was done and changed.",
            subject="tldr",
        )


@rule("CO208", "verification-missing", Severity.ERROR)
def verification_missing(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """Nothing says how it will be verified that this cannot happen again.

    Why: an action item without verification is a wish. If nothing is tested, the incident is not resolved but put off.

    Bad:

    ```markdown
    ## Verification

    None.
    ```

    Good:

    ```markdown
    ## Verification

    A load test in staging exhausts the pool every night; it fails if the alert does not fire within five minutes.
    ```
    """
    sections = _of_kind(postmortem, "verification")
    if sections and not all(is_nothing(each.text) for each in sections):
        return
    heading = layout_of(postmortem, policy).heading_for("verification")
    what = f"Nothing stands under “{sections[0].title}”." if sections else f"There is no “{heading}” section."
    yield Problem(
        sections[0].heading if sections else top_of(postmortem),
        f"{what} Write under `## {heading}` which test, experiment or alert will show that this cannot happen again.",
        subject="verification",
    )


@rule("CO209", "verification-untested", Severity.WARNING)
def verification_untested(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """The verification names no test, experiment or change of monitoring.

    Why: keeping an eye on something ends when the eye moves on. A test goes on looking.

    Bad:

    ```markdown
    ## Verification

    We will keep an eye on it for the next few weeks.
    ```

    Good:

    ```markdown
    ## Verification

    A load test in staging exhausts the pool every night; it fails if the alert does not fire within five minutes.
    ```
    """
    if postmortem.language not in (None, "en"):
        return
    sections = _of_kind(postmortem, "verification")
    text = "\n".join(section.text for section in sections)
    if not sections or is_nothing(text) or is_template(text) or "\ufffc" in text or _proof().search(text):
        return
    yield Problem(
        sections[0].heading,
        f"“{sections[0].title}” names nothing that is tested. "
        "Say which test, experiment or alert will show that this cannot happen again, who runs it, and when.",
        subject="verification",
    )


@cache
def _proof() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){alternatives(word_list('sections', 'proof'))}(?![\w-])", re.IGNORECASE)
