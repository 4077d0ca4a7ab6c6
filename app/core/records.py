"""Everything that Closeout remembers in markers: read from the text of an issue or a comment, and written into it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import TypeAdapter, ValidationError

from app.core.ledger import Ledger
from app.core.markers import VERSION, Unreadable, read_marker
from app.core.promise import Promise
from app.core.waiver import Waiver


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentMark:
    """The record on a comment of ours: what it is there for, so that it is posted once.

    Attributes:
        about: what it is there for.
        waiver: what it grants, on a pull request: it counts as long as nobody has edited the comment.
    """

    kind: Literal["comment"] = "comment"
    about: str
    waiver: Waiver | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """The record on the issue that asks whether many new postmortems are to be followed up.

    Attributes:
        waiting: the documents it speaks of, by path and id, see `document_digest`. They wait while the issue is open,
            and are left alone once a person has closed it.
        adopted: whether somebody said `/adopt`: then they are followed up, and the issue is closed.
        closed: whether Closeout has closed it, since nothing waits any more.
        commands: ids of the comments whose commands were applied.
    """

    kind: Literal["adoption"] = "adoption"
    waiting: tuple[str, ...] = ()
    adopted: bool = False
    closed: bool = False
    commands: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """The record on an issue that says something about the whole repository, once: what it is about."""

    kind: Literal["notice"] = "notice"
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaMark:
    """The record on a weekly agenda.

    Attributes:
        week: of which, as `2026-W19`.
        closed: whether Closeout has closed it, since its week is over.
        followed_by: the week of the agenda after it: one that is not there any more was removed by a person.
    """

    kind: Literal["agenda"] = "agenda"
    week: str
    closed: bool = False
    followed_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresMark:
    """The record on the issue that shows the figures.

    Attributes:
        closed: whether Closeout has closed it, since another one shows them.
    """

    kind: Literal["figures"] = "figures"
    closed: bool = False


Record = Ledger | Promise | CommentMark | Adoption | Notice | AgendaMark | FiguresMark

_RECORDS: Mapping[str, TypeAdapter[Any]] = {
    "tracking": TypeAdapter(Ledger),
    "action": TypeAdapter(Promise),
    "comment": TypeAdapter(CommentMark),
    "adoption": TypeAdapter(Adoption),
    "notice": TypeAdapter(Notice),
    "agenda": TypeAdapter(AgendaMark),
    "figures": TypeAdapter(FiguresMark),
}


def record_of(text: str) -> Record | Unreadable | None:
    """The record that an issue's or comment's text ends with; None if it ends with none."""
    found = read_marker(text)
    if found is None or isinstance(found, Unreadable):
        return found
    adapter = _RECORDS.get(str(found.get("kind")))
    if adapter is None:
        return Unreadable(str(dict(found))[:200])
    try:
        record: Record = adapter.validate_python({key: value for key, value in found.items() if key != "v"})
    except ValidationError as error:
        return Unreadable(f"{error.error_count()} fields cannot be read")
    return record


def as_record(record: Record) -> Mapping[str, Any]:
    """The record as a marker holds it. What has its default value is left out."""
    written: Mapping[str, Any] = _RECORDS[record.kind].dump_python(record, mode="json", exclude_defaults=True)
    return {"v": VERSION, "kind": record.kind, **written}
