"""`closeout serve`."""

from __future__ import annotations

import asyncio

import typer

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
    except (SettingsError, QueueError) as error:
        typer.echo(f"closeout serve: {error}", err=True)
        raise typer.Exit(2) from None
    except OSError as error:
        typer.echo(f"closeout serve: cannot listen on {settings.host}:{settings.port}: {error.strerror}", err=True)
        raise typer.Exit(2) from None
