"""What to look at where GitHub does not take us for the App. Every command says it in these words."""

from __future__ import annotations

import http

from app.github.errors import GitHubError, RateLimited, Refused

_CLOCK = ("claim ('iat')", "claim ('exp')")  # what GitHub's message names when it finds a proof too old, or too new


def look_at(error: GitHubError) -> str:
    """Where the cause of an answer to `GET /app` that is no answer is to be sought."""
    message = str(error)
    if isinstance(error, RateLimited):
        return f"nothing: GitHub answers again from {error.until:%H:%M} UTC on"
    if not isinstance(error, Refused):
        return "CLOSEOUT_API_URL, and the network between"
    if any(claim in message for claim in _CLOCK):
        return "the clock of this machine, which must be right to the minute"
    if error.status == http.HTTPStatus.UNAUTHORIZED or "Integration" in message:
        return "CLOSEOUT_APP_ID and CLOSEOUT_PRIVATE_KEY, which must be of the same App"
    return "CLOSEOUT_API_URL, then CLOSEOUT_APP_ID and CLOSEOUT_PRIVATE_KEY"


def not_connected(error: GitHubError) -> str:
    """The same as one sentence."""
    return f"not connected to GitHub: {error}; look at {look_at(error)}"
