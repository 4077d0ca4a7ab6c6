"""Writing to the terminal: standard output and error, and what the terminal can show."""

from __future__ import annotations

import os
import shutil
import sys

import typer

WRONG_USE = 2  # the exit status of wrong use, and of what could not be read
_BROKEN_PIPE = 141  # 128 + SIGPIPE, as a shell reports a tool whose reader went away


def write(text: str) -> None:
    """Write to standard output. Ends the run quietly when nobody reads it any more, as `| head` does."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        # The interpreter flushes once more when it ends; that must not fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(_BROKEN_PIPE) from None


def complain(message: str) -> None:
    """Write a message about a problem to standard error, under the program's name."""
    sys.stderr.write(f"closeout: {printable(message)}\n")


def give_up(message: str) -> typer.Exit:
    """Say what is wrong; returns the exit to raise."""
    complain(message)
    return typer.Exit(WRONG_USE)


def is_terminal() -> bool:
    """Whether a person reads standard output."""
    return sys.stdout.isatty()


def wants_colour() -> bool:
    """Whether to write colours: on a terminal that has them, unless NO_COLOR is set (https://no-color.org)."""
    return is_terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def width() -> int | None:
    """The terminal's width in cells, or None where output is piped and nothing should be wrapped."""
    return shutil.get_terminal_size().columns if is_terminal() else None


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
