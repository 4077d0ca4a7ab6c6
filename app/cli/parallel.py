"""Examining many documents on every processor there is."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from app.cli.documents import Document
from app.cli.examination import Terms, examine

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

_WORTH_IT = 128 * 1024  # bytes in all from which processes gain more time than it takes to start them
_MOST_IN_BATCH = 32 * 1024  # bytes; small enough for all processors to be done at about the same time
_MOST_PROCESSORS = 16

_terms: list[Terms] = []  # a worker's own


def examine_all(documents: Sequence[Document], terms: Terms) -> Iterator[str]:
    """What `examine` says of each document, in order; what it raises is raised here."""
    batches = list(_batches(documents))
    workers = min(_processors(), len(batches), _MOST_PROCESSORS)
    if workers < 2 or sum(len(document.data) for document in documents) < _WORTH_IT:
        return (examine(document, terms) for document in documents)
    return _on_workers(batches, terms, workers)


def _on_workers(batches: Sequence[Sequence[Document]], terms: Terms, workers: int) -> Iterator[str]:
    # Not at the top: a few documents need none of it, and it takes as long to import as three of them.
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    # A forked worker has the rules already. Forking is safe while there is but one thread, which holds here; only
    # macOS has libraries that start threads of their own.
    start = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    pool = ProcessPoolExecutor(workers, mp_context=start, initializer=_begin_work, initargs=(terms,))
    try:
        with _without_interruption():
            started = pool.map(_examine_batch, batches)
        for results in started:
            yield from results
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _without_interruption() -> Iterator[None]:
    """Hold Ctrl-C back for a moment: one that falls into a fork is lost, since Python cannot raise anything there."""
    import signal

    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _batches(documents: Sequence[Document]) -> Iterator[Sequence[Document]]:
    batch: list[Document] = []
    size = 0
    for document in documents:
        if batch and size + len(document.data) > _MOST_IN_BATCH:
            yield batch
            batch, size = [], 0
        batch.append(document)
        size += len(document.data)
    if batch:
        yield batch


def _processors() -> int:
    """How many processors this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)  # where the system has it
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def _begin_work(terms: Terms) -> None:
    import signal
    from multiprocessing import parent_process
    from threading import Thread

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process; the first one ends the others
    _terms.append(terms)
    parent = parent_process()
    if parent is not None:  # one that is killed cannot end its workers, which would wait for work for ever
        Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def _examine_batch(batch: Sequence[Document]) -> list[str]:
    return [examine(document, _terms[0]) for document in batch]
