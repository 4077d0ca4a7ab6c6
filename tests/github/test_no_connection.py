"""Nobody answers at GitHub's address: the message says where it was sought, and why in vain."""

from __future__ import annotations

from aiohttp import ClientConnectorError
from aiohttp.client_reqrep import ConnectionKey

from app.github.client import _reason


def refused() -> ClientConnectorError:
    key = ConnectionKey("127.0.0.1", 1, False, True, None, None, None)
    return ClientConnectorError(key, ConnectionRefusedError(111, "Connection refused"))


def test_a_refused_connection_is_told_without_speaking_of_ssl() -> None:
    assert _reason(refused()) == "cannot connect to 127.0.0.1:1 (Connection refused)"


def test_a_time_limit_is_told_in_words() -> None:
    assert _reason(TimeoutError()) == "it took too long"
