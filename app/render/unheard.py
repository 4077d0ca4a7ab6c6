"""Whose late action items no manager would hear of, and what to add to the policy."""

from __future__ import annotations

from collections.abc import Iterable

from app.render.text import enumerated, quoted

_SHOWN = 10


def unheard_note(owners: Iterable[str], *, muted: bool) -> str:
    """The note, as Markdown; empty where there are none.

    `owners` are logins, or names as written; `muted` says whether managers are not to be mentioned in the repository.
    """
    names = list(dict.fromkeys(owners))
    if not names:
        return ""
    listed = [quoted(each) for each in names[:_SHOWN]]
    listed += [f"{len(names) - _SHOWN} more"] if len(names) > _SHOWN else []
    if muted:
        return (
            "**Escalations reach nobody here.** The repository is public, so when an action item of "
            f"{enumerated(listed, 'or')} is late, no manager is mentioned. To change that, add `public: true` to the "
            "policy."
        )
    return (
        f"**Escalations reach nobody for {enumerated(listed)}.** The policy leads to no manager who would hear "
        "when an action item of theirs is late. Add `people.LOGIN.manager` to it, or `managers.default` for everybody."
    )
