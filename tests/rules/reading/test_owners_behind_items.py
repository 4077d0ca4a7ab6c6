"""Owners at the end of an item: a name cut short in brackets, or a last sentence that says who is to do it."""

from __future__ import annotations

import pytest

from rules.reading import read


def told(text: str) -> tuple[str, list[str]]:
    (item,) = read(f"# Postmortem: x\n\n## Action items\n\n- {text}\n").actions
    return item.title.rstrip("."), [person.text for person in item.owners]


@pytest.mark.parametrize("name", ["Rina P.", "Ana R.", "R. Patel", "A. B. Ruiz", "Å. Nóva"])
def test_a_name_cut_short_in_brackets_is_the_owner(name: str) -> None:
    title, (owner,) = told(f"Cap the pool ({name})")
    assert (title, owner.rstrip(".")) == ("Cap the pool", name.rstrip("."))


@pytest.mark.parametrize(
    "remark", ["Phase B", "Phase B.", "see Appendix C.", "N. Virginia", "v. 2", "e.g. R. Patel", "P. Q.", "Kafka A"]
)
def test_what_else_stands_in_brackets_with_a_letter_is_part_of_the_item(remark: str) -> None:
    assert told(f"Cap the pool ({remark})") == (f"Cap the pool ({remark})", [])


@pytest.mark.parametrize("name", ["Ana", "Ana Ruiz"])
@pytest.mark.parametrize("deed", ["to do", "to do.", "will do it.", "to do this."])
def test_a_last_sentence_says_who_is_to_do_it(name: str, deed: str) -> None:
    assert told(f"Cap the pool. {name} {deed}") == ("Cap the pool", [name])


def test_a_mention_is_to_do_it_too() -> None:
    assert told("Cap the pool. @rina to do.") == ("Cap the pool", ["@rina"])


@pytest.mark.parametrize("sentence", ["The script will do it", "Kafka will do that", "Nothing else to do"])
def test_a_last_sentence_about_a_thing_names_no_owner(sentence: str) -> None:
    assert told(f"Cap the pool. {sentence}") == (f"Cap the pool. {sentence}", [])
