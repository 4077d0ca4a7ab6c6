"""File contents. What a SHA names never changes, so it is read once."""

from __future__ import annotations

import base64
from urllib.parse import quote

from app.github.app import Access
from app.github.errors import NotFound, TooLarge


async def read_blob(access: Access, sha: str) -> bytes:
    """A blob's bytes. Raises TooLarge if it is larger than a document may be, and GitHubError."""
    key = (access.repository.id, sha)
    if key in access.files:
        return access.files[key]
    answer = await access.client.get_file(f"{access.path}/git/blobs/{sha}")
    return _keep(access, key, base64.b64decode(answer["content"]))


async def read_file_at(access: Access, path: str, commit: str) -> bytes | None:
    """A file's bytes at a commit, or None if it is not there, or larger than a document may be.

    Raises GitHubError.
    """
    key = (access.repository.id, f"{commit}:{path}")
    if key in access.files:
        return access.files[key]
    try:
        answer = await access.client.get_file(f"{access.path}/contents/{quote(path)}?ref={commit}")
    except (NotFound, TooLarge):
        return None
    if answer.get("encoding") != "base64":  # GitHub hands out larger files another way
        return None
    return _keep(access, key, base64.b64decode(answer["content"]))


def _keep(access: Access, key: tuple[int, str], content: bytes) -> bytes:
    access.files[key] = content
    return content
