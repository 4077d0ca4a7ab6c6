"""Time zones as people write them. An abbreviation that several zones share resolves to nothing."""

from __future__ import annotations

import re
from datetime import UTC, timedelta, timezone, tzinfo
from functools import lru_cache

from rules.patterns import Pattern

_FIXED = {
    "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "WEST": 60, "CET": 60, "CEST": 120, "EET": 120, "EEST": 180, "MSK": 180,
    "MEZ": 60, "MESZ": 120, "EST": -300, "EDT": -240, "CDT": -300, "MST": -420, "MDT": -360, "PST": -480, "PDT": -420,
    "HKT": 480, "SGT": 480, "JST": 540, "KST": 540, "AEST": 600, "AEDT": 660, "NZST": 720, "NZDT": 780,
    "WAT": 60, "CAT": 120, "SAST": 120, "EAT": 180, "TRT": 180, "PKT": 300, "WIB": 420, "PHT": 480, "AWST": 480,
    "BRT": -180,
}  # fmt: skip
"""Abbreviations in common use for one offset alone, in minutes; IST, CST, BST and their like are left out."""

_PLACES = {"PT": "America/Los_Angeles", "MT": "America/Denver", "CT": "America/Chicago", "ET": "America/New_York"}
"""The zones of North America by the names that they have all year, whose offset depends on the day."""

_AMBIGUOUS = frozenset({"IST", "CST", "BST", "AST", "ECT", "SST", "AMT", "GST", "WST", "LOCAL"})
"""Abbreviations of several zones."""

ZONE = Pattern(
    r"(?:(?:UTC|GMT)\s?[+\-−]\d{1,2}(?::?\d{2})?(?!\d)"
    r"|[+\-−](?:0\d|1[0-4]):?[0-5]\d(?!\d)"
    r"|(?:Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific|Etc)/[A-Z][A-Za-z_]{1,30}(?:/[A-Z][A-Za-z_]{1,30})?"
    r"|(?:"
    + "|".join(sorted({*_FIXED, *_PLACES, *_AMBIGUOUS} - {"Z", "LOCAL"}, key=lambda name: (-len(name), name)))
    + r")\b"
    r"|[zZ]\b)"
)
"""A zone: an IANA name, an offset, `UTC+2`, `Z`, or an abbreviation, ambiguous ones included."""

LOWER_ZONE = Pattern(r"(?:utc|gmt|pst|pdt|est|edt|cst|cdt|cet|cest|ist|bst)\b")
"""Abbreviations that are no words in lower case, for behind a time of day."""

_UTC = Pattern(r"\butc\b", re.IGNORECASE)
_OFFSET = Pattern(r"(?:UTC|GMT)?\s?([+\-−])(\d{1,2}):?(\d{2})?$")
_ANYWHERE = Pattern(r"(?<!\w)" + ZONE.pattern)


@lru_cache(maxsize=256)
def zone_from(text: str) -> tzinfo | None:
    """The zone that a text names; None for an unknown or ambiguous one."""
    name = text.strip().strip("()")
    if name.upper() in _FIXED:
        minutes = _FIXED[name.upper()]
        return UTC if minutes == 0 else timezone(timedelta(minutes=minutes))
    if match := _OFFSET.match(name.upper()):
        minutes = int(match[2]) * 60 + int(match[3] or 0)
        if minutes > 14 * 60:
            return None
        return timezone(timedelta(minutes=minutes if match[1] == "+" else -minutes))
    name = _PLACES.get(name.upper(), name)
    if "/" not in name or ".." in name:
        return None
    from zoneinfo import ZoneInfo  # not at the top: most documents name no place

    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):  # not a key, or no such zone
        return None


def zone_in(text: str) -> str | None:
    """The first zone named anywhere in a text, as written; None if there is none.

    `CET/CEST` and `GMT and UTC` name a changing zone unless both mean the same: the result is then the whole, which
    `zone_from` cannot resolve.
    """
    found = [match[0] for match in _ANYWHERE.finditer(text[:500]) if match[0] not in ("Z", "z")]
    if not found:
        return "UTC" if _UTC.search(text[:500]) else None
    if len({zone_from(each) for each in found}) > 1:
        return "/".join(found)
    return found[0]
