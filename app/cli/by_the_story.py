"""Closeout by the story's clock, which the file FILE holds: `python -m app.cli.by_the_story FILE [COMMAND ...]`.

Without a command it is `closeout serve`.
"""

from __future__ import annotations

import sys
from pathlib import Path

from app.cli.serving import run_service
from app.demo.clock import StoryClock


def main() -> None:
    """Serve until told to stop, or run a command; the clock is in the file that the first argument names."""
    clock = StoryClock(Path(sys.argv[1]))
    if command := sys.argv[2:]:
        from app.cli.commands import app  # not at the top: the service does without the commands

        app(command, prog_name="closeout", obj=clock)
        return
    run_service(clock=clock, sleep=clock.sleep)


if __name__ == "__main__":
    main()
