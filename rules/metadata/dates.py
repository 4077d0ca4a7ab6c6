"""The day of the incident."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rules.metadata.as_written import as_written
from rules.parse.dates import Day, find_day, readings_of
from rules.patterns import Pattern
from rules.placeholders import is_template
from rules.places import top_of
from rules.policy import Policy
from rules.postmortem import Field, Postmortem, Span
from rules.rule import Context, Edit, Problem, Severity, rule

_ISO = Pattern(r"\d{4}-\d{2}-\d{2}")
_PATH_DATE = Pattern(r"(?<!\d)\d{4}[-_/]?\d{2}(?:[-_/]?\d{2})?(?!\d)")
_YEAR = Pattern(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DATED = ("date", "start", "end", "detected", "time", "duration", "title", "incident", "meeting")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_HEAD = 60  # lines before the first section in which a date of the incident is looked for
_LONGEST = 20_000  # characters of a section in which it is


@rule("CO105", "date-missing", Severity.WARNING)
def date_missing(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """Nothing tells on which day the incident was.

    Why: without the day, no time in the document can be told, no deadline counted, and a second incident of the same
    kind cannot be put beside the first. To fix it, give the date at the head; a file name that begins with it
    (`2026-05-04-checkout.md`), or dates in the timeline, will do, too.

    Bad:

    ```markdown
    - Date:
    ```

    Good:

    ```markdown
    - Date: 2026-05-04
    ```
    """
    if _PATH_DATE.search(context.path) or any(find_day(text) for text in _places(postmortem)):
        return
    field = postmortem.fields.get("date")
    if field is not None and (is_template(field.value.value) or any(each.isdigit() for each in field.value.value)):
        return  # it may be a date in another language; a placeholder has a rule of its own
    line = as_written(postmortem, "date", "Date", "2026-05-04")
    yield Problem(
        field.span if field else top_of(postmortem),
        f"Nothing tells on which day this was. Add `{line}` at the head.",
        subject="date",
    )


def _places(postmortem: Postmortem) -> Iterator[str]:
    """The texts that may hold the day of the incident, each of a bounded length."""
    yield from (postmortem.value(key)[:500] for key in _DATED)
    yield postmortem.headline.value if postmortem.headline else ""
    first = min((section.heading.line for section in postmortem.sections), default=_HEAD)
    yield from (postmortem.source.line(number)[:500] for number in range(1, min(first, _HEAD)))
    for kind in ("timeline", "tldr", "impact", "detection"):
        for section in postmortem.sections_of(kind)[:3]:
            yield section.title
            yield section.text[:_LONGEST]


@rule("CO125", "date-not-iso", Severity.NOTICE)
def date_not_iso(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """The date of the incident is not written as YYYY-MM-DD.

    Why: ISO dates sort, and everybody reads them in the same way. To fix it, write YYYY-MM-DD; this date can be told,
    so the fix does.

    Bad:

    ```markdown
    - Date: May 4th, 2026
    ```

    Good:

    ```markdown
    - Date: 2026-05-04
    ```
    """
    field = postmortem.fields.get("date")
    found = _only_day(field)
    if field is None or found is None or found.day is None:
        return
    written = field.value.value[found.start : found.end]
    if _ISO.fullmatch(written):
        return
    place = _place_of(postmortem, field, written)
    yield Problem(
        place or field.value.span,
        f"The date is written as “{written[:40]}”. Write `{found.day.isoformat()}`, which everybody reads alike.",
        subject="date",
        edit=Edit(place, found.day.isoformat()) if place else None,
    )


@rule("CO126", "date-ambiguous", Severity.WARNING)
def date_ambiguous(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """The date of the incident can be read in two ways, has no year, or does not exist.

    Why: `05/04/2026` is the fifth of April to some and the fourth of May to others. Nothing is guessed, so no time
    of the document can be told. To fix it, write the date as YYYY-MM-DD.

    Bad:

    ```markdown
    - Date: 05/04/2026
    ```

    Good:

    ```markdown
    - Date: 2026-05-04
    ```
    """
    field = postmortem.fields.get("date")
    found = _only_day(field)
    if field is None or found is None or found.day is not None:
        return
    if found.month_and_day is not None and _YEAR.search(field.value.value[:300]):
        return  # `January 14-19, 2026`
    written = field.value.value[found.start : found.end]
    how = "Write it as YYYY-MM-DD, for example `2026-05-04`."
    if found.month_and_day is not None:
        what = f"The date “{written[:40]}” has no year."
    elif _ISO.fullmatch(written):
        what = f"The calendar has no {written}."
    elif readings := readings_of(written):
        what, how = _both(written, readings)
    else:
        what = f"The date “{written[:40]}” can be read in more than one way."
    yield Problem(
        _place_of(postmortem, field, written) or field.value.span,
        f"{what} {how}",
        subject="date",
    )


def _both(written: str, readings: tuple[date, date]) -> tuple[str, str]:
    """What to say of a date that has two readings, and what to do about it."""
    first, second = readings
    what = f"“{written[:40]}” is {_in_words(first)} to some, and {_in_words(second)} to others."
    return what, f"Write `{first.isoformat()}` or `{second.isoformat()}`, whichever it was."


def _in_words(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]}"


def _only_day(field: Field | None) -> Day | None:
    """The date that a field gives, if it gives exactly one."""
    if field is None or is_template(field.value.value):
        return None
    text = field.value.value[:300]
    first = find_day(text)
    return first if first is not None and find_day(text, first.end) is None else None


def _place_of(postmortem: Postmortem, field: Field, written: str) -> Span | None:
    """Where a date stands in a field, if it stands there once and as it was read."""
    source = postmortem.source
    raw = source.slice(field.value.span)
    if raw.count(written) != 1:
        return None
    start = source.offset(*field.value.span[:2]) + raw.index(written)
    return source.span(start, start + len(written))
