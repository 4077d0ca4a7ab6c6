"""What this installation of Closeout is, so that nothing is remembered beyond a change of it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

_PACKAGES = ("app", "rules")
_ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), *[os.pardir] * 3))


def fingerprint(root: str = _ROOT) -> str:
    """A text that changes with Closeout's code and data, with the packages it stands on, and with Python.

    Of its own files it has names, sizes and times of change, so that an edit in a working copy counts at once; of the
    others the names of their `.dist-info` folders, which hold their versions. Raises OSError if they cannot be seen.
    `root` is the folder that holds Closeout's packages.
    """
    own = [line for package in _PACKAGES for line in _files(os.path.join(root, package))]
    return "\n".join([sys.version, *sorted(own), *sorted(_installed())])


def _files(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name == "__pycache__":
                continue
            if entry.is_dir():
                yield from _files(entry.path)
            else:
                state = entry.stat()
                yield f"{entry.path} {state.st_size} {state.st_mtime_ns}"


def _installed() -> Iterator[str]:
    for folder in sys.path:
        if folder.endswith("-packages") and os.path.isdir(folder):
            yield from (name for name in os.listdir(folder) if name.endswith(".dist-info"))
