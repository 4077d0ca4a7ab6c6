"""Writing to the terminal: standard output and error, and what the terminal can show.

Imports next to nothing, see `app.cli.cache`.
"""

from __future__ import annotations

import os
import sys

WRONG_USE = 2  # the exit status of wrong use, and of what could not be read
_BROKEN_PIPE = 141  # 128 + SIGPIPE, as a shell reports a tool whose reader went away


def write(text: str | bytes) -> None:
    """Write to standard output, bytes as they are. Ends the run quietly when nobody reads it, as `| head` does."""
    try:
        if isinstance(text, bytes):
            sys.stdout.buffer.write(text)
        else:
            sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        # The interpreter flushes once more when it ends; that must not fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(_BROKEN_PIPE) from None


def complain(message: str, command: str = "") -> None:
    """Write a message about a problem to standard error, under the program's name and that of its command."""
    sys.stderr.write(f"{f'closeout {command}'.rstrip()}: {printable(message)}\n")


def give_up(*messages: str, command: str = "") -> SystemExit:
    """Say what is wrong, each problem on its line; returns the exit to raise."""
    for message in messages:
        complain(message, command)
    return SystemExit(WRONG_USE)


def is_terminal() -> bool:
    """Whether a person reads standard output."""
    return sys.stdout.isatty()


def wants_colour() -> bool:
    """Whether to write colours: on a terminal that has them, unless NO_COLOR is set (https://no-color.org)."""
    return is_terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def width() -> int | None:
    """The terminal's width in cells, or None where output is piped and nothing should be wrapped."""
    if not is_terminal():
        return None
    from shutil import get_terminal_size

    return get_terminal_size().columns


def printable(text: str) -> str:
    """The text with what could steer a terminal (escape sequences, direction overrides) made visible.

    Line breaks become spaces: it is meant for one line. Documents come from anybody.
    """
    if text.isprintable():
        return text
    return "".join(_visible(character) for character in text)


def _visible(character: str) -> str:
    if character.isprintable() or character in "\u200c\u200d":  # joiners, as in family emoji
        return character
    if character in "\t\n\r":
        return " "
    if character < " ":
        return chr(0x2400 + ord(character))  # the pictures of control characters: ␀ ␛
    return "\ufffd"
