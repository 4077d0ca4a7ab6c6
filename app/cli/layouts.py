"""The layout a person asked for."""

from __future__ import annotations

from rules.layouts import Layout, layout_from
from rules.policy import Policy


def choose_layout(name: str | None, policy: Policy) -> Layout | None:
    """The layout that was named, else the policy's; None to recognise it. Raises typer.BadParameter if unknown."""
    try:
        return layout_from(name if name is not None else policy.layout)
    except ValueError as problem:
        from typer import BadParameter  # not at the top: `lint` goes without typer where it can

        raise BadParameter(str(problem), param_hint="--layout") from None
