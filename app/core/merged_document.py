"""What a postmortem on the default branch promises: its action items, and what is said of it, in plain data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from app.core.ledger import About
from app.core.linked_issues import links_it_is_tracked_by, links_of_its_own
from app.core.promise import LONGEST_TITLE, Said, shortened
from app.core.references import references_in
from app.core.repository_facts import MergedDocument
from rules.actions.declined_reason import reason_for_declining
from rules.actions.items import is_given
from rules.incident_day import incident_day
from rules.layouts import layout_from
from rules.metadata.status import status_of
from rules.owners import is_collective
from rules.placeholders import is_nothing, unfilled_value
from rules.policy import Policy, Priority
from rules.policy_file import matches_document
from rules.postmortem import ActionItem, Postmortem
from rules.reading import read_bytes
from rules.recognition import MARKDOWN, is_postmortem
from rules.recurrence import declared_recurrence, explains_recurrence

_ROW_NUMBER = re.compile(r"[#(\[]*\d{1,3}[.:)\]]*")
"""What stands in a column of numbers and says where an item stands, not which it is: `1`, `#1`, `1.`"""

_LONGEST_VERIFICATION = 1000  # characters: the tracking issue repeats it, the document has all of it
_LONGEST_DECLARATION = 300  # characters
_LONGEST_CRITERION = 1000  # characters, as for the verification
_LONGEST_REASON = 500  # characters
_LONGEST_NAME = 200  # characters of what somebody, something or an incident is called
_MOST_AUTHORS = 30


@dataclass(frozen=True, slots=True)
class Item:
    """An action item.

    Attributes:
        said: what is said of it.
        links: what it links that may be its own issue.
        tracked: those of them that it says it is tracked by.
    """

    said: Said
    links: tuple[str, ...]
    tracked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contents:
    """What is needed of a postmortem to follow it up.

    Attributes:
        document: its id: what its `Incident` says, else its path. Another document may say the same: then its path.
        day: of the incident, or None.
        about: what its tracking issue repeats.
        author_logins: of the authors whose login is known, in order.
        items: its action items, in order.
    """

    document: str
    day: date | None
    about: About
    author_logins: tuple[str, ...]
    items: tuple[Item, ...]


def read_contents(document: MergedDocument, policy: Policy) -> Contents | None:
    """What a document holds; None if it is no postmortem, or cannot be read. `document.data` has to be there."""
    data = document.data or b""
    if not is_followed(document.path, data, policy):
        return None
    postmortem = read_bytes(data, layout_from(policy.layout), document.path)
    if any(defect.kind in {"encoding", "size", "markdown"} for defect in postmortem.defects):
        return None
    day = incident_day(postmortem)
    return Contents(
        document=incident_of(postmortem) or document.path,
        day=day,
        about=_about(postmortem, document.path, day, policy),
        author_logins=_author_logins(postmortem, policy),
        items=tuple(_item(item, postmortem, policy) for item in postmortem.actions),
    )


def may_be_postmortem(path: str, policy: Policy) -> bool:
    """Whether a file is looked into: by the policy's globs, else because it is Markdown."""
    chosen = matches_document(policy, path)
    return path.lower().endswith(MARKDOWN) if chosen is None else chosen


def is_followed(path: str, data: bytes, policy: Policy) -> bool:
    """Whether a file is a postmortem: by the policy's globs, else because it reads as one."""
    chosen = matches_document(policy, path)
    return is_postmortem(data.decode("utf-8", errors="replace"), path) if chosen is None else chosen


def incident_of(postmortem: Postmortem) -> str:
    """What the incident is called; empty where nobody has written that yet (`TBD`), or there is none (`n/a`)."""
    field = postmortem.fields.get("incident")
    if field is None or is_nothing(field.value.value) or unfilled_value(postmortem.source, field) is not None:
        return ""
    name = " ".join(field.value.value.split())
    return name if len(name) <= _LONGEST_NAME else ""


def _about(postmortem: Postmortem, path: str, day: date | None, policy: Policy) -> About:
    verification = "\n".join(section.text for section in postmortem.sections_of("verification"))
    return About(
        headline=shortened(
            postmortem.headline.value if postmortem.headline else PurePosixPath(path).stem, LONGEST_TITLE
        ),
        severity=shortened(postmortem.value("severity"), _LONGEST_NAME),
        day=day,
        authors=tuple(shortened(person.text, _LONGEST_NAME) for person in postmortem.authors[:_MOST_AUTHORS]),
        verification=verification[:_LONGEST_VERIFICATION],
        draft=status_of(postmortem) == "draft",
        logins=_author_logins(postmortem, policy),
        recurrence_of=_recurrence_of(postmortem),
        names=references_in(postmortem.source.text),
        explains=explains_recurrence(postmortem),
    )


def _recurrence_of(postmortem: Postmortem) -> str:
    field = declared_recurrence(postmortem)
    return postmortem.source.slice(field.span)[:_LONGEST_DECLARATION] if field else ""


def _author_logins(postmortem: Postmortem, policy: Policy) -> tuple[str, ...]:
    authors = postmortem.authors[:_MOST_AUTHORS]
    return tuple(login for person in authors if (login := policy.login_of(person)))


def _item(item: ActionItem, postmortem: Postmortem, policy: Policy) -> Item:
    owner = next((each for each in item.owners if not is_collective(each, policy)), None)
    text = owner or next(iter(item.owners), None)
    login = next((login for person in item.owners if (login := policy.login_of(person))), None)
    said = Said(
        title=shortened(" ".join(item.title.split()), LONGEST_TITLE),
        owner=login,
        owner_text=shortened(text.text, _LONGEST_NAME) if text else "",
        due=item.due,
        priority=Priority(item.priority) if item.priority else None,
        criterion=shortened(item.criterion.value, _LONGEST_CRITERION) if item.criterion else None,
        done=item.done,
        declined=item.declined,
        why_declined=shortened(reason_for_declining(postmortem, item), _LONGEST_REASON) if item.declined else "",
        lines=(item.span.line, item.span.end_line),
        collective=owner is None and text is not None and login is None,
        priority_text=_unknown_priority(item),
        id=None if item.id is None or _ROW_NUMBER.fullmatch(item.id.strip()) else item.id,
    )
    written = postmortem.source.slice(item.span)
    links = links_of_its_own(written, item.links, item.linked_beside)
    return Item(said, links, links_it_is_tracked_by(written, links, item.linked_beside))


def _unknown_priority(item: ActionItem) -> str:
    text = item.priority_text
    is_unknown = text is not None and item.priority is None and is_given(text)
    return shortened(text.value, _LONGEST_NAME) if text and is_unknown else ""
