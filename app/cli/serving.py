"""`closeout serve`."""

from __future__ import annotations

import asyncio

from app.cli.terminal import give_up
from app.logs import configure_logs
from app.queue import QueueError
from app.serve import serve
from app.settings import SettingsError, read_settings


def serve_command() -> None:
    """Run the service: webhooks in, checks out. Its settings are in the environment."""
    try:
        settings = read_settings()
        configure_logs(settings.log)
        asyncio.run(serve(settings))
    except SettingsError as error:
        raise give_up(*error.problems, command="serve") from None
    except QueueError as error:
        raise give_up(str(error), command="serve") from None
    except OSError as error:
        address = f"{settings.host}:{settings.port}"
        raise give_up(f"cannot listen on {address}: {error.strerror}", command="serve") from None
