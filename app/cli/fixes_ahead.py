"""How many findings `closeout fix` would settle: the fixes are tried, and nothing is written."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.cli.documents import Document
    from app.cli.examination import Examination, Terms

_MOST_TEXT = 32 * 1024  # bytes; trying takes as long as checking did, which is too long after a run over many documents


def fixes_ahead(
    examined: Sequence[tuple[Document, Examination]], terms: Terms, codes: Collection[str] | None
) -> int | None:
    """How many changes `closeout fix` would make because of findings of these rules, None for all rules.

    It is fewer than edits are offered where two are for the same place, or one would do harm. None where the documents
    that are offered any are too long to try.
    """
    offered = [document for document, examination in examined if any(each.edit for each in examination.findings)]
    if sum(len(document.data) for document in offered) > _MOST_TEXT:
        return None
    return sum(_changes(document, terms, codes) for document in offered)


def _changes(document: Document, terms: Terms, codes: Collection[str] | None) -> int:
    from rules.fixing import fix  # not at the top: only a document with something to fix needs it
    from rules.rule import Context

    fixed = fix(document.data, terms.layout, terms.policy, Context(document.repository_path, terms.today))
    return sum(1 for change in fixed.changes if codes is None or change.rule.code in codes)
