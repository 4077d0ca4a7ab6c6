"""Examining the documents of a run: what is remembered is not done again, the rest is done on every processor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from app.cli.documents import Document
from app.cli.examination import Examination, Terms, decode
from app.cli.parallel import examine_all
from app.cli.progress import with_progress

if TYPE_CHECKING:
    from app.cli.recording import Memory


def examinations(
    documents: Sequence[Document], terms: Terms, memory: Memory | None
) -> Iterator[tuple[Document, Examination]]:
    """Each document with what was found in it, in order, without those that turn out not to be one."""
    known = _decoded(memory.recall(documents)) if memory else {}
    unknown = [document for document in documents if document not in known]
    coming = with_progress(examine_all(unknown, terms), len(unknown))
    results: dict[Document, str] = {}
    for document in documents:
        if document in known:
            examination = known[document]
        else:  # decoded while other processors are still examining
            results[document] = next(coming)
            examination = decode(results[document])
        if examination is not None:
            yield document, examination
    if memory:
        memory.remember(results)


def _decoded(results: Mapping[Document, str]) -> Mapping[Document, Examination | None]:
    """Without those that are damaged."""
    examined: dict[Document, Examination | None] = {}
    for document, result in results.items():
        try:
            examined[document] = decode(result)
        except (ValueError, TypeError, KeyError, IndexError):
            continue
    return examined
