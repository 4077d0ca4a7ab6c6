"""`closeout serve`."""

from __future__ import annotations

import asyncio
import errno
import os
import socket

from app.cli.terminal import give_up
from app.logs import configure_logs
from app.queue import Clock, QueueError, Sleep, utc_now
from app.serve import serve
from app.settings import Settings, SettingsError, read_settings

_CURES = {
    errno.EADDRINUSE: "it is in use; end what listens there, or set CLOSEOUT_PORT to another port",
    errno.EACCES: "this user may not listen there; set CLOSEOUT_PORT to 1024 or more, which any user may",
    errno.EADDRNOTAVAIL: "it is no address of this machine; set CLOSEOUT_HOST to one, or to 0.0.0.0 for all",
}


def serve_command() -> None:
    """Run the service: webhooks in, checks out. Its settings are in the environment."""
    run_service()


def run_service(*, clock: Clock = utc_now, sleep: Sleep = asyncio.sleep) -> None:
    """Serve until told to stop, by that clock. What keeps it from it is said on plain lines, and ends the run."""
    try:
        settings = read_settings()
    except SettingsError as error:
        raise give_up(*error.problems, command="serve") from None
    configure_logs(settings.log)
    try:
        asyncio.run(serve(settings, clock=clock, sleep=sleep))
    except QueueError as error:
        raise give_up(str(error), command="serve") from None
    except OSError as error:
        raise give_up(_cannot_listen(settings, error), command="serve") from None


def _cannot_listen(settings: Settings, error: OSError) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"cannot listen on {host}:{settings.port}: {_cure(error)}"


def _cure(error: OSError) -> str:
    """What is the matter, and which setting mends it."""
    if isinstance(error, socket.gaierror):
        return "no such host is known here; set CLOSEOUT_HOST to an address of this machine, or to 0.0.0.0 for all"
    number = error.errno or 0
    return _CURES.get(number) or (os.strerror(number) if number else str(error))
