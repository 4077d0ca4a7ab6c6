"""What helped and what hurt."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules.folding import fold
from rules.patterns import Pattern
from rules.phrases import phrase_list
from rules.placeholders import is_nothing, is_template
from rules.policy import Policy
from rules.postmortem import Postmortem, Section
from rules.rule import Context, Problem, Severity, rule

_LONGEST = 20_000  # characters of the section that are looked at
_MARKS = Pattern(r"\W{0,4}")
_BEHIND_LABEL = Pattern(r"(?: us)?\s{0,2}(?:\([^()]{0,60}\)\s{0,2})?[?!]?(?::|\s*$)", re.IGNORECASE)
_KEYS = ("helped", "hurt")


@rule("CO210", "helped-or-hurt-missing", Severity.WARNING, other=Severity.NOTICE)
def helped_or_hurt_missing(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """Only one of the two lists is there: what helped, or what hurt.

    Why: what made the incident longer is the question that nobody asks by themselves; what made it shorter is worth
    keeping. To fix it, add the other list; if nothing belongs there, say so. In another house style than Closeout's
    this is a notice.

    Bad:

    ```markdown
    ## What helped, what hurt

    Helped:

    - The runbook for the pool named the command that shows its state.
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
    sections = postmortem.sections_of("helped_hurt")
    if not sections or not postmortem.may_be_english or all(_is_unwritten(each) for each in sections):
        return
    lists = tuple(_lists(postmortem, sections))
    helped, hurt = ("helped" in lists), ("hurt" in lists)
    if helped == hurt or _is_mentioned("hurt" if helped else "helped", sections):
        return
    missing = (
        "what hurt: which action or gap made the incident longer"
        if helped
        else "what helped: which action made the incident shorter"
    )
    yield Problem(
        sections[0].heading,
        f"Only one of the two lists is here. Add {missing}; if there is nothing, say so.",
        subject="hurt" if helped else "helped",
        severity=None if postmortem.layout == "closeout" else Severity.NOTICE,
    )


def _is_unwritten(section: Section) -> bool:
    return is_nothing(section.text) or is_template(section.text)


def _lists(postmortem: Postmortem, sections: tuple[Section, ...]) -> Iterator[str]:
    """Which of the two lists are there, `helped` or `hurt`, with something in them."""
    begin, end = sections[0].span[:2], sections[-1].span[2:]
    for section in postmortem.sections:
        if begin <= section.span[:2] < end and section.text.strip():
            yield from (key for key in _KEYS if _label(key, fold(section.title)))
    for section in sections:
        lines = section.text[:_LONGEST].split("\n")
        for index, line in enumerate(lines):
            for key in _KEYS:
                label = _label(key, line)
                if label and (line[label.end() :].strip() or _is_content(line, lines[index + 1 : index + 2])):
                    yield key


def _is_content(label: str, lines: list[str]) -> bool:
    """Whether what follows a label belongs to it, and is not the next label; the heads of a table's columns may be."""
    return bool(lines) and (":" not in label or not any(_label(key, lines[0]) for key in _KEYS))


def _is_mentioned(key: str, sections: tuple[Section, ...]) -> bool:
    """Whether any word of the other list is found: it may be there in a form that is not known."""
    titles = [section.title for section in sections if "," not in section.title and section.text.strip()]
    lines = [line for section in sections for line in section.text[:_LONGEST].split("\n")]
    told = (line for line in lines if not ((label := _label(key, line)) and not line[label.end() :].strip()))
    return phrase_list("lists", key, parted=True).is_in("\n".join((*titles, *told)))


def _label(key: str, line: str) -> re.Match[str] | None:
    """The end of a list's name with which a line begins, if a colon follows, or nothing."""
    marks = _MARKS.match(line)
    end = phrase_list("lists", f"{key}_labels", parted=True).end_at(line, marks.end() if marks else 0)
    return _BEHIND_LABEL.match(line, end) if end else None
