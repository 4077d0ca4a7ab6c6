"""`closeout serve` by the story's clock: `python -m app.demo FILE`."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from app.demo.clock import StoryClock
from app.logs import configure_logs
from app.serve import serve
from app.settings import read_settings


def main() -> None:
    """Serve until told to stop; the clock is in the file that the first argument names."""
    settings = read_settings()
    configure_logs(settings.log)
    clock = StoryClock(Path(sys.argv[1]))
    asyncio.run(serve(settings, clock=clock, sleep=clock.sleep))


if __name__ == "__main__":
    main()
