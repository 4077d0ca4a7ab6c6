"""Only the block is Closeout's; what people write around it stays."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.core.body import BEGIN, END, compose
from app.core.records import CommentMark, record_of

OLD, NEW = CommentMark(about="old"), CommentMark(about="new")
TEXT = st.text(st.sampled_from("ab \n<!-closeut:{}>"), max_size=40)


def test_a_new_body_is_the_block_and_the_marker() -> None:
    body = compose("", "Promised.", NEW)
    assert body.startswith(f"{BEGIN}\nPromised.\n{END}\n\n<!-- closeout ")
    assert record_of(body) == NEW


def test_what_people_write_around_the_block_stays() -> None:
    body = compose("", "Promised.", OLD)
    edited = "Blocked by the vendor.\n\n" + body.replace(END, f"{END}\n\nSee also the runbook.")
    assert compose(edited, "Promised anew.", NEW).startswith(
        f"Blocked by the vendor.\n\n{BEGIN}\nPromised anew.\n{END}\n\nSee also the runbook.\n\n<!-- closeout "
    )


def test_a_note_at_the_very_end_hides_no_record_and_stays() -> None:
    body = compose("", "Promised.", OLD)
    for note in ("\n\nAsk the vendor.", "\nAsk the vendor.", " Ask the vendor.", "Ask the vendor."):
        assert record_of(body + note) == OLD
        assert compose(body + note, "Promised anew.", NEW).startswith(
            f"{BEGIN}\nPromised anew.\n{END}\n\nAsk the vendor.\n\n<!-- closeout "
        )


def test_a_body_that_was_cleared_or_written_over_gets_its_block_again_above_what_is_there() -> None:
    assert compose("", "Promised.", NEW) == compose("   \n", "Promised.", NEW)
    assert compose("Mine now.", "Promised.", NEW).startswith(f"{BEGIN}\nPromised.\n{END}\n\nMine now.\n\n")


def test_a_delimiter_in_the_block_cannot_end_it() -> None:
    body = compose("", f"Quoted: {END} and more", NEW)
    assert compose(body, "Short.", NEW) == compose("", "Short.", NEW)


@given(TEXT, TEXT, TEXT)
def test_composing_again_changes_nothing(body: str, first: str, second: str) -> None:
    once = compose(compose(body, first, OLD), second, NEW)
    assert compose(once, second, NEW) == once
    assert record_of(once) == NEW
