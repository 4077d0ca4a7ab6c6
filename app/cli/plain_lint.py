"""The command lines of `lint` that need no help with being read.

They are nearly all that editors and hooks run. typer takes as long to load as four documents to check; it is left to
what needs it: options whose values may be wrong, abbreviations, mistakes, `--help`.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.cli.cache import NO_CACHE
from app.cli.linting import Format, Request

_DOCUMENTS_ONLY = "--documents-only"
_FORMATS = {f"--format={each}": each for each in Format}


def read_plain(arguments: Sequence[str]) -> Request | None:
    """The request that the arguments behind `lint` make; None if it takes more to read them."""
    paths: list[str] = []
    output = Format.TEXT
    for argument in _joined(arguments):
        if argument in _FORMATS:
            output = _FORMATS[argument]
        elif not argument.startswith("-") or argument == "-":
            paths.append(argument)
        elif argument not in (NO_CACHE, _DOCUMENTS_ONLY):
            return None
    return Request(paths, output=output, documents_only=_DOCUMENTS_ONLY in arguments) if paths else None


def _joined(arguments: Sequence[str]) -> Sequence[str]:
    """With `--format NAME` as one argument."""
    joined: list[str] = []
    for argument in arguments:
        if joined and joined[-1] == "--format":
            joined[-1] = f"--format={argument}"
        else:
            joined.append(argument)
    return joined
