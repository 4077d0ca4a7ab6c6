"""What a folder holds. Imports next to nothing, see `app.cli.cache`."""

from __future__ import annotations

import os


class Folder:
    """A folder's members by name, in alphabetical order.

    Attributes:
        folders: those that may be entered: folders, but no links to any.
        files: regular ones; a link in a repository may lead anywhere, and a pipe may never say anything.
    """

    __slots__ = ("files", "folders")

    def __init__(self, folders: tuple[str, ...], files: tuple[str, ...]) -> None:
        self.folders = folders
        self.files = files


def list_folder(path: str) -> Folder:
    """What the folder holds. Raises OSError if it cannot be read."""
    folders, files = [], []
    with os.scandir(path) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.name)
            elif entry.is_file(follow_symlinks=False):
                files.append(entry.name)
    return Folder(tuple(sorted(folders)), tuple(sorted(files)))
