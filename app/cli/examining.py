"""Examining the documents of a run: what is remembered is not done again, the rest is done on every processor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from app.cli.cache.examinations import key_of, look_up, remember
from app.cli.cache.file import CacheFile
from app.cli.cache.observations import digest_of
from app.cli.documents import Document
from app.cli.examination import Examination, Terms, decode
from app.cli.parallel import examine_all
from app.cli.progress import with_progress


class Memory:
    """What earlier runs found, as long as it was the same program and the same terms."""

    def __init__(self, file: CacheFile, program: str, terms: Terms) -> None:
        self._file = file
        self._terms = digest_of("\0".join((program, repr(terms))).encode("utf-8", "surrogatepass")).hex()

    def recall(self, documents: Sequence[Document]) -> Mapping[Document, str]:
        """The results that are known."""
        keys = {document: self._key(document) for document in documents if document.digest is not None}
        known = look_up(self._file, tuple(keys.values()))
        return {document: known[key] for document, key in keys.items() if key in known}

    def remember(self, results: Mapping[Document, str]) -> None:
        """Keep results for later runs; nothing of standard input."""
        rows = [(self._key(document), result) for document, result in results.items() if document.digest is not None]
        if rows:
            remember(self._file, rows)

    def _key(self, document: Document) -> bytes:
        return key_of(self._terms, document.repository_path, document.digest or b"", certain=document.certain)


def examinations(
    documents: Sequence[Document], terms: Terms, memory: Memory | None
) -> Iterator[tuple[Document, Examination]]:
    """Each document with what was found in it, in order, without those that turn out not to be one."""
    known = _decoded(memory.recall(documents)) if memory else {}
    unknown = [document for document in documents if document not in known]
    results = dict(zip(unknown, with_progress(examine_all(unknown, terms), len(unknown)), strict=True))
    if memory:
        memory.remember(results)
    for document in documents:
        examination = known[document] if document in known else decode(results[document])
        if examination is not None:
            yield document, examination


def _decoded(results: Mapping[Document, str]) -> Mapping[Document, Examination | None]:
    """Without those that are damaged."""
    examined: dict[Document, Examination | None] = {}
    for document, result in results.items():
        try:
            examined[document] = decode(result)
        except (ValueError, TypeError, KeyError, IndexError):
            continue
    return examined
