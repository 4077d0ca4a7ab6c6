from __future__ import annotations

import pytest

from app.render.languages import rules_left_out

_WHY = "The rules about blaming language and vague wording know English only, so they were left out"


@pytest.mark.parametrize("languages", [[], ["en"], [None], ["en", None]])
def test_english_and_what_cannot_be_told_need_no_word(languages: list[str | None]) -> None:
    assert rules_left_out(languages) == ""


@pytest.mark.parametrize(
    ("languages", "said"),
    [
        (["de"], f"This postmortem is in German. {_WHY}."),
        (["xx"], f"This postmortem is in `xx`. {_WHY}."),
        (["en", "ja"], f"1 of 2 postmortems is not in English (Japanese). {_WHY} there."),
        (["fr", "de", "fr", None], f"3 of 4 postmortems are not in English (French, German). {_WHY} there."),
    ],
)
def test_what_was_left_out_is_said_with_its_reason(languages: list[str | None], said: str) -> None:
    assert rules_left_out(languages) == said
