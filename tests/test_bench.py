"""The documents to measure with are worth measuring with."""

from __future__ import annotations

from bench.postmortems import postmortems
from rules.reading import read
from rules.recognition import is_postmortem


def test_the_documents_are_the_same_in_every_run_and_no_two_are_alike() -> None:
    made = dict(postmortems(60))
    assert made == dict(postmortems(60))
    assert len(set(made.values())) == 60


def test_the_documents_are_postmortems_of_ordinary_length() -> None:
    for name, text in postmortems(30):
        assert is_postmortem(text, name), name
        assert 2_500 < len(text) < 8_000
        postmortem = read(text, None, name)
        assert len(postmortem.timeline) >= 9
        assert len(postmortem.actions) >= 3
