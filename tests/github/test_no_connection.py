"""Nobody answers at GitHub's address: the message says where it was sought, and why in vain."""

from __future__ import annotations

import errno
import socket

from aiohttp import ClientConnectorError
from aiohttp.client_reqrep import ConnectionKey

from app.github.client import _reason


def unconnected(error: OSError) -> ClientConnectorError:
    return ClientConnectorError(ConnectionKey("127.0.0.1", 1, False, True, None, None, None), error)


def test_a_refused_connection_is_told_without_speaking_of_ssl() -> None:
    refused = ConnectionRefusedError(errno.ECONNREFUSED, "Connect call failed ('127.0.0.1', 1)")  # as asyncio words it
    assert _reason(unconnected(refused)) == "cannot connect to 127.0.0.1:1 (Connection refused)"


def test_a_host_that_nobody_knows_is_told_in_the_resolver_s_words() -> None:
    unknown = socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    assert _reason(unconnected(unknown)) == "cannot connect to 127.0.0.1:1 (Name or service not known)"


def test_a_time_limit_is_told_in_words() -> None:
    assert _reason(TimeoutError()) == "it took too long"
