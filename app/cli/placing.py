"""Where `closeout new` writes: where the policy looks for postmortems."""

from __future__ import annotations

import os
import re
from pathlib import Path, PurePosixPath

from app.cli.documents import MARKDOWN
from app.cli.policies import Ground

_FOLDER = "postmortems"
_WILD = re.compile(r"[*?\[\\]")


class NoPlace(ValueError):
    """What was asked for is no place for a postmortem; the message says why, and what to ask for."""


def place_for(name: str, out: str | None, ground: Ground) -> Path:
    """The file to write, as seen from the current folder.

    `name` is its name where `out` does not say one: where that is a folder, or ends like one. Without `out`, it goes to
    the folder of the policy's globs, at the root of the repository. Raises NoPlace for a file that is no Markdown.
    """
    if out is None:
        return Path(os.path.relpath(ground.root / usual_folder(ground.policy.documents) / name))
    asked = Path(out)
    if asked.is_dir() or out.endswith(("/", os.sep)):
        return asked / name
    if asked.suffix.lower() not in MARKDOWN and not (ground.policy.documents and is_looked_at(asked, ground)):
        raise NoPlace(f"{out} is no Markdown file; end its name in .md, or in / if it is a folder")
    return asked


def usual_folder(globs: tuple[str, ...]) -> str:
    """The folder in front of the first wildcard of the first glob that includes something; `postmortems` without one.

    `postmortems`, too, for a glob that begins with a wildcard: it holds in every folder.
    """
    including = next((glob for glob in globs if not glob.startswith("!")), "")
    parts = PurePosixPath(including.strip("/")).parts
    fixed = next((parts[:count] for count, part in enumerate(parts) if _WILD.search(part)), parts)
    if fixed and fixed[-1].lower().endswith(MARKDOWN):  # a glob without a wildcard can name a file
        fixed = fixed[:-1]
    return "/".join(part for part in fixed if part != "..") or _FOLDER


def is_looked_at(file: Path, ground: Ground) -> bool:
    """Whether the policy's globs choose the file, or leave it open; so they do for one outside of the repository."""
    whole = Path(os.path.realpath(file.parent), file.name)
    root = Path(os.path.realpath(ground.root))
    if not ground.policy.documents or not whole.is_relative_to(root):
        return True
    from rules.policy_file import matches_document  # not at the top: pydantic, which only globs need

    return matches_document(ground.policy, whole.relative_to(root).as_posix()) is not False
