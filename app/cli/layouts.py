"""The layout a person asked for."""

from __future__ import annotations

import typer

from rules.layouts import LAYOUTS, Layout, layout_from
from rules.nearest import nearest
from rules.policy import Policy

_FEWEST = 3  # letters of a name's beginning that stand for the name


def choose_layout(name: str | None, policy: Policy) -> Layout | None:
    """The layout that was named, else the policy's; None to recognise it. Raises typer.BadParameter if unknown."""
    if name is None:
        return layout_from(policy.layout)
    return None if _folded(name) == "auto" else named_layout(name, auto=True)


def named_layout(name: str, *, auto: bool = False) -> Layout:
    """The layout of that name, or of a beginning that only one has (`aws`), whatever its capitals and hyphens.

    Raises typer.BadParameter, which lists the names (`auto` among them, if it may be said), for any other word.
    """
    begun = {layout.name: layout for known, layout in LAYOUTS.items() if _begins(_folded(name), _folded(known))}
    exact = [layout for known, layout in LAYOUTS.items() if _folded(known) == _folded(name)]
    if exact or len(begun) == 1:
        return (exact or list(begun.values()))[0]
    names = [*(["auto"] if auto else []), *sorted({layout.name for layout in LAYOUTS.values()})]
    near = nearest(name, [*names, *LAYOUTS])
    meant = f"; did you mean {near}?" if near else "."
    raise typer.BadParameter(
        f"there is no layout {name!r}{meant} There are {', '.join(names[:-1])} and {names[-1]}", param_hint="--layout"
    )


def _begins(beginning: str, name: str) -> bool:
    return len(beginning) >= _FEWEST and name.startswith(beginning)


def _folded(name: str) -> str:
    """A name without what people write differently: `AWS COE`, `aws_coe`, `GOV.UK`."""
    return "".join(filter(str.isalnum, name.casefold()))
