"""Where the cause is sought when GitHub does not take us for the App."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.github.connecting import look_at, not_connected
from app.github.errors import GitHubError, NotFound, RateLimited, Refused, Unavailable

CLOCK = "the clock of this machine, which must be right to the minute"
APP = "CLOSEOUT_APP_ID and CLOSEOUT_PRIVATE_KEY, which must be of the same App"


@pytest.mark.parametrize(
    ("error", "where"),
    [
        (Refused(401, "'Issued at' claim ('iat') must be an Integer representing the time of the assertion"), CLOCK),
        (Refused(401, "'Expiration time' claim ('exp') is too far in the future"), CLOCK),
        (Refused(401, "A JSON web token could not be decoded"), APP),
        (NotFound(404, "GitHub answered 404: Integration not found"), APP),
        (NotFound(404, "GitHub answered 404: Not Found"), "CLOSEOUT_API_URL, then CLOSEOUT_APP_ID"),
        (Unavailable("GitHub did not answer GET /app: no such host"), "CLOSEOUT_API_URL, and the network between"),
        (
            RateLimited(datetime(2026, 5, 4, 10, 32, tzinfo=UTC), "rate limit"),
            "nothing: GitHub answers again from 10:32",
        ),
    ],
)
def test_each_refusal_points_at_its_cause(error: GitHubError, where: str) -> None:
    assert look_at(error).startswith(where)


def test_it_is_one_sentence_with_the_reason() -> None:
    assert not_connected(Refused(401, "no")).startswith("not connected to GitHub: no; look at CLOSEOUT_APP_ID and ")
