"""The labels of the facts, at the head and in action items."""

from __future__ import annotations

from collections.abc import Iterator

from rules.field_keys import key_of
from rules.parse.action_words import field_label_meant
from rules.parse.misspelled import BETWEEN, label_meant
from rules.policy import Policy
from rules.postmortem import Postmortem, Span, Text
from rules.rule import Context, Edit, Problem, Severity, rule


@rule("CO124", "metadata-key-misspelled", Severity.WARNING)
def metadata_key_misspelled(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """A label at the head, or of an action item, is that of a fact, with a slip of the keyboard in it.

    Why: a misspelled label is read by people and lost to every search and every other tool. Closeout reads it as what
    it nearly certainly means, so the fact is not missed as well. To fix it, write the label as it is known; the fix
    does.

    Bad:

    ```markdown
    - Known cuase: [INC-1987](2026-03-11-pool.md)
    ```

    Good:

    ```markdown
    - Known cause: [INC-1987](2026-03-11-pool.md)
    ```
    """
    if not postmortem.may_be_english:
        return
    for label in postmortem.unknown_labels:
        meant = label_meant(label.value)
        key = key_of(meant) if meant is not None else None
        if meant is not None and key is not None and _stands_for(postmortem, key, label):
            yield _problem(postmortem, label, meant, subject=key)
    yield from _in_action_items(postmortem)


def _in_action_items(postmortem: Postmortem) -> Iterator[Problem]:
    """The misspelled labels of action items; that of a column, which all of its rows have, once."""
    told: set[Span] = set()
    for action in postmortem.actions:
        for label in action.misspelled:
            meant = field_label_meant(label.value)
            if meant is not None and label.span not in told:
                told.add(label.span)
                yield _problem(postmortem, label, meant, subject=f"{action.title}: {meant}")


def _problem(postmortem: Postmortem, label: Text, meant: str, *, subject: str) -> Problem:
    wanted = _in_the_style_of(label.value, meant)
    is_plain = postmortem.source.slice(label.span) == label.value
    return Problem(
        label.span,
        f"“{label.value}” looks like a misspelling of “{wanted}”, and is read as that. Write “{wanted}”.",
        subject=subject,
        edit=Edit(label.span, wanted) if is_plain else None,
    )


def _stands_for(postmortem: Postmortem, key: str, label: Text) -> bool:
    """Whether the fact is not given under its right name, too."""
    field = postmortem.fields.get(key)
    return field is None or field.label == label.value


def _in_the_style_of(written: str, label: str) -> str:
    """A label with the capitals, and with what stands between words, of another."""
    if written.islower():
        label = label.lower()
    elif written.isupper():
        label = label.upper()
    elif all(word[:1].isupper() for word in BETWEEN.split(written)):
        label = label.title()
    between = BETWEEN.search(written)
    return label.replace(" ", between[0]) if between else label
