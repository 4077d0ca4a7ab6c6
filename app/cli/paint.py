"""Colours and weights, or none of them."""

from __future__ import annotations

from typing import Any, NamedTuple


class Paint(NamedTuple):
    """Styles text where `colour` is wanted, else leaves it as it is."""

    colour: bool

    def bold(self, text: str, fg: str | None = None) -> str:
        """Bold, in colour `fg` if there is one."""
        return _styled(text, fg=fg, bold=True) if self.colour else text

    def faint(self, text: str) -> str:
        """Less visible than the rest."""
        return _styled(text, dim=True) if self.colour else text

    def title(self, text: str) -> str:
        """The heading of a group."""
        return _styled(text, bold=True, underline=True) if self.colour else text

    def good(self, text: str) -> str:
        """Good news."""
        return _styled(text, fg="green") if self.colour else text


def _styled(text: str, **style: Any) -> str:
    from typer import style as styled  # not at the top: `lint` goes without typer where it can

    return styled(text, **style)
