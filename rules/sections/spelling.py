"""Headings with a slip of the keyboard in them."""

from __future__ import annotations

from collections.abc import Iterator

from rules.parse.misspelled_headings import HeadingMeant, heading_meant
from rules.patterns import Pattern
from rules.places import layout_of
from rules.policy import Policy
from rules.postmortem import Postmortem, Section
from rules.rule import Context, Edit, Problem, Severity, rule

_WORD = Pattern(r"[^\W\d_]+")


@rule("CO212", "section-misspelled", Severity.WARNING)
def section_misspelled(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """A heading is that of a section that is known, with a slip of the keyboard in it.

    Why: a misspelled heading is read by people and lost to every search and every other tool. Closeout reads the
    section as what it nearly certainly is, so it is not missed as well. To fix it, write the heading as it is known;
    the fix does.

    Bad:

    ```markdown
    ## Verifcation

    A load test in staging exhausts the pool every night. It fails if the alert does not fire within six minutes.
    ```

    Good:

    ```markdown
    ## Verification

    A load test in staging exhausts the pool every night. It fails if the alert does not fire within six minutes.
    ```
    """
    if not postmortem.may_be_english:
        return
    layout = layout_of(postmortem, policy)
    for section in postmortem.sections:
        if section.kind is None or layout.kind_of(section.title) is not None:
            continue
        meant = heading_meant(section.title)
        if meant is not None and layout.kind_of(meant.known) == section.kind:
            yield _problem(postmortem, section, meant)


def _problem(postmortem: Postmortem, section: Section, meant: HeadingMeant) -> Problem:
    wanted = _mended(section.title, meant)
    written = postmortem.source.slice(section.heading)
    mended = _mended(written, meant)
    return Problem(
        section.heading,
        f"“{section.title}” looks like a misspelling of “{wanted}”, and is read as that. Write “{wanted}”.",
        subject=meant.known,
        edit=Edit(section.heading, mended) if mended != written else None,
    )


def _mended(text: str, meant: HeadingMeant) -> str:
    """The text with the right words in place of the wrong ones, capitals as they were."""
    right = dict(meant.slips)
    return _WORD.sub(lambda match: _in_capitals_of(match[0], right.get(match[0].lower(), match[0])), text)


def _in_capitals_of(written: str, word: str) -> str:
    if word == written:
        return word
    if written.isupper():
        return word.upper()
    return word.capitalize() if written[0].isupper() else word
