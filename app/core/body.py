"""The body of an issue: a block that is Closeout's, what people wrote around it, and the marker on the last line."""

from __future__ import annotations

import re

from app.core.markers import with_marker, without_marker
from app.core.records import Record, as_record

BEGIN = "<!-- closeout:begin -->"
END = "<!-- closeout:end -->"

_DELIMITER = re.compile(r"<!--(?=\s*closeout:(?:begin|end)\b)", re.IGNORECASE)


def compose(body: str, block: str | None, record: Record, *, below: bool = False) -> str:
    """The body with the block and the record put in place of the old ones; what people wrote stays.

    Where the block is not there it goes to the top, since somebody took away more than they meant to; or, with `below`,
    to the end: the issue is somebody else's. `block` None leaves it as it is.
    """
    text = without_marker(body)
    if block is not None:
        framed = f"{BEGIN}\n{_DELIMITER.sub('&lt;!--', block)}\n{END}"
        before, after = _around(text)
        if below and BEGIN not in text:
            before, after = after, ""
        text = "\n\n".join(part for part in (before, framed, after) if part)
    return with_marker(text, as_record(record))


def _around(text: str) -> tuple[str, str]:
    """What stands before and after the block."""
    start, end = text.find(BEGIN), text.find(END)
    if start < 0 or end < start:
        return "", text.replace(BEGIN, "").replace(END, "").strip()
    return text[:start].strip(), text[end + len(END) :].strip()
