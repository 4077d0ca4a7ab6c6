"""A maintainer's word that a finding may pass in a pull request."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_SHOWN = re.compile(r"#issuecomment-(?P<said>\d+)\) \(\[record\]\([^\s)]*#issuecomment-(?P<record>\d+)\)\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """What `/waive` granted, as the comment that acknowledges it records it.

    Attributes:
        code: of the rule.
        reason: in their words.
        by: their login.
        who: the id of their account.
        permission: the role that let them, in GitHub's words.
        comment: the id of the comment in which they said it.
        record: the id of the comment that records it; 0 in the record itself.
    """

    code: str
    reason: str
    by: str
    who: int
    permission: str
    comment: int
    record: int = 0


def waiver_links(waiver: Waiver, by: str, page: str) -> str:
    """Who granted it, as Markdown that links to what they said and to the record of it, on the pull request's page."""
    return f"[{by}]({page}#issuecomment-{waiver.comment}) ([record]({page}#issuecomment-{waiver.record}))"


def counted_records(shown: str) -> Mapping[int, int]:
    """Which comments published checks show as waivers, each with the id of its record.

    So a record that is gone can be told from one that was never written.
    """
    return {int(each["said"]): int(each["record"]) for each in _SHOWN.finditer(shown)}
