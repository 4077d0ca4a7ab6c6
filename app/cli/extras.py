"""How to install what only some need."""

from __future__ import annotations

from app.links import PROJECT_URL


def how_to_install(extra: str) -> str:
    """The commands that install one of Closeout's extras, as the end of a sentence: a package's, and a clone's."""
    return (
        f'install it by: pip install "closeout[{extra}] @ git+{PROJECT_URL}", '
        f"or, in a clone: .venv/bin/uv sync --extra {extra}"
    )


def with_the_way_there(message: str, extra: str) -> str:
    """A message about an extra that is missing, with the commands that install it; as it is where `extra` is empty."""
    return f"{message} To have the extra, {how_to_install(extra)}" if extra else message
