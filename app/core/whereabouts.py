"""Which document on the default branch each ledger speaks of, after edits, moves and renamings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from app.core.copies import (
    Words,
    folders_of,
    has_no_name,
    is_copy,
    originals_first,
    rank_of,
    words_of_contents,
    words_of_ledger,
)
from app.core.document_ids import without_ids_of_others
from app.core.known_versions import is_earlier
from app.core.ledger import Ledger
from app.core.matching import Known, Stated, match_items
from app.core.merged_document import Contents
from app.core.repository_facts import MergedDocument
from app.core.terms import terms_of
from rules.comparison import likeness, words_of

_ALIKE = 0.5  # of the words of two headlines, from which on they are one in other words


@dataclass(frozen=True, slots=True)
class Found:
    """A document that is followed up, or is to be.

    Attributes:
        document: where it is now.
        contents: what it holds; None where its ledger has read this version.
        tracking: the number of its tracking issue; None if it has none yet.
        copies: the blobs of other documents that only repeat it.
    """

    document: MergedDocument
    contents: Contents | None
    tracking: int | None
    copies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where everything is.

    Attributes:
        found: the documents that are followed up, or are to be, by path.
        lost: numbers of the tracking issues whose document is no longer there.
        duplicates: tracking issues that say the same as another one, with the number of that one, which stays.
    """

    found: tuple[Found, ...]
    lost: tuple[int, ...]
    duplicates: Mapping[int, int]


def locate(
    ledgers: Mapping[int, Ledger], documents: Iterable[MergedDocument], contents: Mapping[str, Contents]
) -> Whereabouts:
    """Find each ledger's document: by its path, its version, its id, GitHub's word that it was renamed, or its items.

    A path is used again: `latest.md` may hold the next incident, and what was there stands in an archive now. So what
    is at its path is the ledger's before anything else only if it reads like it; if it is of another day, after all
    else. `contents` holds what was read, by path; a document whose version no ledger knows and that is not in it is no
    postmortem.
    """
    first, duplicates = _without_duplicates(ledgers)
    words = {path: words_of_contents(path, each) for path, each in contents.items()}
    waiting = {document.path: document for document in documents}
    contents = without_ids_of_others(contents, first.values(), _paths_kept(first.values(), waiting, contents))
    pairs: dict[str, int] = {}
    for is_it in _SIGNS:
        for number, ledger in first.items():
            if number in pairs.values() or (is_it in _WHERE_ITS_PATH_IS_GONE and ledger.path in waiting):
                continue
            matches = [
                path for path in waiting if path not in pairs and is_it(ledger, waiting[path], contents.get(path))
            ]
            if len(matches) == 1 or (matches and is_it in _ANY_IS_AS_GOOD):
                pairs[matches[0]] = number
    before = {number: words_of_ledger(ledger) for number, ledger in first.items()}
    as_before = {path for path, number in pairs.items() if waiting[path].blob == first[number].blob}
    pairs = _with_originals(pairs, as_before, words, before)
    found = tuple(_found(waiting, contents, pairs, words, before))
    return Whereabouts(found, tuple(number for number in first if number not in pairs.values()), duplicates)


def _with_originals(
    pairs: Mapping[str, int], as_before: Collection[str], words: Mapping[str, Words], before: Mapping[int, Words]
) -> dict[str, int]:
    """The ledgers by path, where an original that goes on gets the one that its copy was taken for.

    The copy has to be as it was: of two that go on at once, the one that is followed stays so.
    """
    paths = dict(pairs)
    for path in sorted(words.keys() - pairs.keys()):
        for copy in sorted(paths.keys() & as_before):
            if is_copy(words[path], before[paths[copy]]):
                folders = folders_of(paths.keys() - {copy})
                if rank_of(path, folders) < rank_of(copy, folders):
                    paths[path] = paths.pop(copy)
                    break
    return paths


def _found(
    documents: Mapping[str, MergedDocument],
    contents: Mapping[str, Contents],
    pairs: Mapping[str, int],
    words: Mapping[str, Words],
    before: Mapping[int, Words],
) -> Iterable[Found]:
    """Those that have a ledger, and the new ones; a copy of one of them is no postmortem of its own.

    What a followed document said before counts, too: a copy may lag behind.
    """
    seen = {documents[path].blob for path in pairs}
    said = {path: [before[number], words.get(path, before[number])] for path, number in pairs.items()}
    copies: defaultdict[str, list[str]] = defaultdict(list)
    for path in originals_first(words.keys() - pairs.keys(), folders_of(pairs)):
        if documents[path].blob in seen:
            continue
        original = next((each for each, known in said.items() if any(is_copy(words[path], one) for one in known)), None)
        if original is None:
            seen.add(documents[path].blob)
            said[path] = [words[path]]
        else:
            copies[original].append(documents[path].blob)
    for path in sorted(said):
        yield Found(documents[path], contents.get(path), pairs.get(path), tuple(copies[path]))


def _without_duplicates(ledgers: Mapping[int, Ledger]) -> tuple[dict[int, Ledger], dict[int, int]]:
    """The lowest-numbered ledger of each document, and the others with the number of that one."""
    lowest: dict[str, int] = {}
    duplicates: dict[int, int] = {}
    for number in sorted(ledgers):
        document = ledgers[number].document
        if document in lowest:
            duplicates[number] = lowest[document]
        else:
            lowest[document] = number
    return {number: ledgers[number] for number in lowest.values()}, duplicates


def _paths_kept(
    ledgers: Iterable[Ledger], documents: Mapping[str, MergedDocument], contents: Mapping[str, Contents]
) -> frozenset[str]:
    """Paths at which a ledger's document still is."""
    return frozenset(
        ledger.path
        for ledger in ledgers
        if ledger.path in documents and _is_kept(ledger, documents[ledger.path], contents.get(ledger.path))
    )


def _is_kept(ledger: Ledger, document: MergedDocument, contents: Contents | None) -> bool:
    return any(is_it(ledger, document, contents) for is_it in (_edited, _same_id, _same_path_and_day))


def _unchanged(ledger: Ledger, document: MergedDocument, contents: Contents | None) -> bool:
    return ledger.path == document.path and ledger.blob == document.blob


def _edited(ledger: Ledger, document: MergedDocument, contents: Contents | None) -> bool:
    if ledger.path != document.path or contents is None:
        return False
    return _resembles(ledger, contents) or _promises_the_same(ledger, contents)


def _same_path(ledger: Ledger, document: MergedDocument, contents: Contents | None) -> bool:
    return ledger.path == document.path and (contents is None or _may_be(ledger, contents))


def _same_path_and_id(ledger: Ledger, document: MergedDocument, contents: Contents | None) -> bool:
    """Whether what is there names the ledger's incident: a path alone is an id only as long as nobody uses it again."""
    return ledger.path == document.path != ledger.document and _same_id(ledger, document, contents)


def _same_path_and_day(ledger: Ledger, document: MergedDocument, contents: Contents | None) -> bool:
    return _same_path(ledger, document, contents) and not (contents and _is_of_another_day(ledger, contents))


def _same_version(ledger: Ledger, document: MergedDocument, contents: Contents | None) -> bool:
    return ledger.blob == document.blob


def _earlier_version(ledger: Ledger, document: MergedDocument, contents: Contents | None) -> bool:
    return is_earlier(ledger, document.blob)


def _same_id(ledger: Ledger, document: MergedDocument, contents: Contents | None) -> bool:
    if contents is None or ledger.document != contents.document:
        return False
    return contents.document != document.path or not _is_of_another_day(ledger, contents)


def _one_of_its_incident(ledger: Ledger, document: MergedDocument, contents: Contents | None) -> bool:
    """As `_same_id`, where several name its incident: were it none of them, all that it opened would come again."""
    return _same_id(ledger, document, contents)


def _same_items(ledger: Ledger, document: MergedDocument, contents: Contents | None) -> bool:
    """Whether most of the items are the same, of at least one, and it is not clearly another incident's.

    That of another day is, if it names another incident, or if it was said before that the ledger's is gone. Where the
    ledger goes by a path, nobody had named its incident: what says all the same as well may have been given its name.
    """
    if contents is None:
        return False
    is_other = _has_other_id(ledger, document, contents)
    is_named = is_other and has_no_name(ledger) and _promises_the_same(ledger, contents)
    is_another = (is_other and not is_named) or ledger.about_loss in ledger.told
    if is_another and _is_of_another_day(ledger, contents):
        return False
    known = {" ".join(entry.title.casefold().split()) for entry in ledger.entries}
    titles = {" ".join(item.said.title.casefold().split()) for item in contents.items}
    return 2 * len(known & titles) > max(len(known), len(titles), 1)


def _renamed(ledger: Ledger, document: MergedDocument, contents: Contents | None) -> bool:
    """Whether GitHub says that it was moved there, and it is not the postmortem of another incident by now."""
    if contents is None or ledger.path not in document.origins:
        return False
    is_another = _has_other_id(ledger, document, contents)
    return not is_another or _resembles(ledger, contents) or _promises_the_same(ledger, contents)


def _resembling(ledger: Ledger, document: MergedDocument, contents: Contents | None) -> bool:
    """Whether it reads like the ledger's document, and names no other incident."""
    return contents is not None and not _has_other_id(ledger, document, contents) and _resembles(ledger, contents)


def _filed(ledger: Ledger, document: MergedDocument, contents: Contents | None) -> bool:
    """Whether it is a draft of which nobody had said which incident it is about, finished, and moved when it was named.

    By GitHub's word, or since it reads like it, or has, of that day, most of the items that the draft had.
    """
    if contents is None or not has_no_name(ledger) or _is_of_another_day(ledger, contents):
        return False
    return ledger.path in document.origins or _resembles(ledger, contents) or _goes_on(ledger, contents)


def _goes_on(ledger: Ledger, contents: Contents) -> bool:
    known = {entry.title.casefold() for entry in ledger.entries if not entry.gone}
    kept = known & {item.said.title.casefold() for item in contents.items}
    return ledger.about.day == contents.about.day is not None and 2 * len(kept) > max(len(known), 1)


def _is_of_another_day(ledger: Ledger, contents: Contents) -> bool:
    before, now = ledger.about.day, contents.about.day
    return before is not None and now is not None and before != now


def _has_other_id(ledger: Ledger, document: MergedDocument, contents: Contents) -> bool:
    return contents.document not in {document.path, ledger.document}


def _may_be(ledger: Ledger, contents: Contents) -> bool:
    """Whether a document at the ledger's path is the ledger's: not if it is clearly that of another incident.

    A path may be used again for the next one, as `postmortems/latest.md` is.
    """
    own = contents.document
    if own in {ledger.document, ledger.path} or ledger.document == ledger.path:
        return True
    return _same_titles(ledger, contents) or _resembles(ledger, contents)


def _resembles(ledger: Ledger, contents: Contents) -> bool:
    """Whether it may be about the same day, and half of the items, or the day and the headline, are alike."""
    before, now = ledger.about, contents.about
    if _is_of_another_day(ledger, contents):
        return False
    headlines = words_of(before.headline), words_of(now.headline)
    if before.day and now.day and all(headlines) and likeness(*headlines) >= _ALIKE:
        return True
    known = [Known(each.uid, each.id, each.title) for each in ledger.entries if not each.gone]
    stated = [Stated(each.said.id, each.said.title) for each in contents.items]
    matched = sum(1 for each in match_items(known, stated).uids if each)
    return 2 * matched >= max(len(known), len(stated), 1)


def _promises_the_same(ledger: Ledger, contents: Contents) -> bool:
    """Whether most of the items are the same, and of the same terms: then it was the day that was wrong."""
    known = {(entry.title.casefold(), entry.terms) for entry in ledger.entries if not entry.gone}
    stated = {(item.said.title.casefold(), terms_of(item.said)) for item in contents.items}
    return 2 * len(known & stated) > max(len(known), len(stated), 1)


def _same_titles(ledger: Ledger, contents: Contents) -> bool:
    known = {entry.title.casefold() for entry in ledger.entries}
    return bool(known & {item.said.title.casefold() for item in contents.items})


_SIGNS = (
    _unchanged,
    _edited,
    _same_path_and_id,
    _same_version,
    _same_id,
    _same_path_and_day,
    _renamed,
    _same_items,
    _resembling,
    _filed,
    _earlier_version,
    _same_path,
    _one_of_its_incident,
)
"""By what a ledger's document is known, the surest sign first."""

_WHERE_ITS_PATH_IS_GONE = (_filed,)
"""Signs that count for nothing where something stands at the ledger's path still."""

_ANY_IS_AS_GOOD = (_same_version, _one_of_its_incident)
"""Signs by which the first of several documents is taken."""
