"""What has been said of one action item, as it is put together."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from rules.blocks import Stretch
from rules.parse.action_words import DECLINED, DONE, DONE_MARKS, field_label_meant
from rules.patterns import Pattern

_DONE_FIRST = Pattern(
    r"(?:done|completed?|closed|fixed|resolved|shipped|merged|finished|implemented|deployed)\b(?!\s(?:when|if|by|on|in)\b)"
    r"|:white_check_mark:|:heavy_check_mark:|:tada:",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Facts:
    """What has been said of an item so far; the first word on a field holds.

    Attributes:
        values: fields (`owner`, `due`, `priority`, `criterion`, `link`, `id`) to where they stand.
        title: where the action itself stands; `cuts` are the stretches of it that are fields (indexes in its inline).
        description: what a line below it tells about it, which is its title if it has no other.
        names: the people the document names, in lower case.
        done, declined: whether anything says so.
        misspelled: the labels of its fields that have a slip of the keyboard in them.
        boxed: whether a box says that it is done or not.
        beside: the cells of its row that are no field of it, or links, each with what their column is called.
    """

    title: Stretch | None = None
    cuts: list[tuple[int, int]] = field(default_factory=list)
    description: Stretch | None = None
    names: frozenset[str] = frozenset()
    values: dict[str, list[Stretch]] = field(default_factory=dict)
    misspelled: list[Stretch] = field(default_factory=list)
    done: bool = False
    declined: bool = False
    boxed: bool = False
    beside: list[tuple[str, Stretch]] = field(default_factory=list)

    def add(self, name: str, value: Stretch) -> None:
        """Note a field; `status` decides done and declined, people may be several, anything else is said once."""
        value = value.trimmed(" \t\n*_,;").trimmed()
        if not value.text:
            return
        if name == "status":
            self.note_status(value.text)
        elif name in ("owner", "link") or name not in self.values:
            self.values.setdefault(name, []).append(value)

    def note_label(self, label: Stretch) -> None:
        """Note a field's label, with its colon or without, if it is misspelled."""
        label = label.trimmed(" \t\n*_:=：")
        if field_label_meant(label.text) is not None:
            self.misspelled.append(label)

    def title_text(self) -> str:
        """The title's words, without what is a field."""
        if self.title is None:
            return ""
        pieces, position = [], self.title.start
        for start, end in sorted(self.cuts):
            if position <= start and end <= self.title.end:
                pieces.append(self.title.inline.text[position:start])
                position = end
        pieces.append(self.title.inline.text[position : self.title.end])
        title = " ".join(" ".join(pieces).split())
        return title.replace(" :", ":") if self.cuts else title

    def note_status(self, text: str) -> None:
        """Take done or declined from a word of status."""
        bare = text.strip(" \t*_()[].")
        if (
            DONE.match(bare)
            or _DONE_FIRST.match(bare)
            or bare.lower() in ("yes", "x", "✅", "☑", "✔", "✓")
            or bare[:1] in DONE_MARKS
        ):
            self.done = True
        elif DECLINED.match(bare):
            self.declined = True
