"""What to say of postmortems that are not in English, whose words the rules therefore did not judge."""

from __future__ import annotations

from collections.abc import Sequence

from app.render.text import count

_NAMES = {
    "de": "German",
    "es": "Spanish",
    "fr": "French",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "nl": "Dutch",
    "pt": "Portuguese",
    "ru": "Russian",
    "zh": "Chinese",
}
_LEFT_OUT = "The rules about blaming language and vague wording know English only, so they were left out"


def rules_left_out(languages: Sequence[str | None]) -> str:
    """Which rules were not checked, and why; empty if all were.

    `languages` are those of the postmortems, as ISO 639-1 codes; None, a language that cannot be told, is checked.
    """
    foreign = [code for code in languages if code not in (None, "en")]
    if not foreign:
        return ""
    names = ", ".join(sorted({_NAMES.get(code or "", f"`{code}`") for code in foreign}))
    if len(languages) == 1:
        return f"This postmortem is in {names}. {_LEFT_OUT}."
    are = "is" if len(foreign) == 1 else "are"
    return f"{len(foreign)} of {count(len(languages), 'postmortem')} {are} not in English ({names}). {_LEFT_OUT} there."
