"""What to type in another shell, so that closeout's commands look at the sandbox while it is open."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Mapping
from pathlib import Path

KEY_FILE = "sandbox.private-key.pem"
_KEY = "CLOSEOUT_PRIVATE_KEY"

FOR_ANOTHER_SHELL = """\
To look at it from another shell, paste the lines below there. Then try

    closeout plan acme/postmortems
    closeout report acme/postmortems

Type `closeout` just so, not `.venv/bin/closeout`: the last line gives that
name the story's clock, without which the sandbox refuses what is signed.
The key and the secret are this sandbox's own: they open nothing else.
"""
"""What to say above those lines, no line so long that a terminal would break it."""


def lines_for_another_shell(environment: Mapping[str, str], folder: Path, clock: Path) -> str:
    """Shell lines that set the sandbox's environment, one a variable, and have `closeout` go by the story's clock.

    Writes the private key into the folder, for its owner alone. Without the story's clock the sandbox would refuse what
    is signed today: by its own clock that has long expired.
    """
    key_file = (folder / KEY_FILE).resolve()
    _write_key(key_file, environment[_KEY])
    variables = {name: value for name, value in environment.items() if name != _KEY}
    variables[f"{_KEY}_FILE"] = str(key_file)
    program = shlex.join((sys.executable, "-m", "app.cli.by_the_story", str(clock.resolve())))
    return "\n".join(
        (
            f"unset {_KEY}",
            *(f"export {name}={shlex.quote(value)}" for name, value in variables.items()),
            f'closeout() {{ {program} "$@"; }}',
        )
    )


def _write_key(file: Path, key: str) -> None:
    file.unlink(missing_ok=True)  # an existing file would keep its mode
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as opened:
        opened.write(key)
