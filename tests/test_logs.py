"""No secret reaches a log."""

import pytest

from app.logs import redact
from app.sandbox.keys import key_pair


@pytest.mark.parametrize(
    "secret",
    [
        "ghs_16C7e42F292c6912E7710c838347Ae178B4a",
        "ghs_1_eyJhbGciOi.eyJpc3Mi.c2ln-na_t",
        "eyJhbGciOi.eyJpc3Mi.c2lnbmF0",
        key_pair()[0],
    ],
)
def test_tokens_and_keys_are_taken_out(secret: str) -> None:
    assert redact(f"before {secret} after") in {"before [secret] after", "before [secret]\n after"}


def test_anything_else_stays() -> None:
    assert redact("published 3 checks on ghs and eye") == "published 3 checks on ghs and eye"
