"""The issues that speak of a whole repository: many postmortems at once, and another App."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.followed import Adopting, Rivalry
from app.core.own_issues import RIVALRY_TITLE, RIVALS, is_adoption_title
from app.core.records import Notice
from app.core.repository_facts import Issue
from app.core.uids import adoption_uid, notice_uid
from app.core.wanted import WantedIssue
from app.render.text import code, count

_MOST_LISTED = 100


def adoption_issue(adopting: Adopting, issue: Issue | None = None) -> WantedIssue:
    """The issue that asks whether many new postmortems are to be followed up; `issue` is it as it is.

    One that a person has closed is left as it is; and so is a title that people gave it.
    """
    came, title = len(adopting.paths), issue.title if issue else ""
    is_left_alone = not (adopting.open or adopting.record.adopted or adopting.record.closed)
    is_ours = came and (not title or is_adoption_title(title))
    return WantedIssue(
        uid=adoption_uid() if adopting.number is None else f"adoption: {adopting.number}",
        number=adopting.number,
        title=f"{count(came, 'postmortem')} at once: follow them up?" if is_ours else title,
        block=None if is_left_alone else _adoption_block(adopting),
        record=adopting.record,
        open=adopting.open,
        state_reason=None if adopting.open else "completed",
        reason=f"{count(came, 'new postmortem')} came at once" if came else "what it asks has been answered",
    )


def _adoption_block(adopting: Adopting) -> str:
    if adopting.record.adopted:
        closes = " This issue closes by itself when all of them are." if adopting.open else ""
        return f"They are being followed up.{closes}"
    if not adopting.paths:
        return "Nothing is left to decide: the postmortems are gone, or are followed up."
    listed = [f"- {code(path)}" for path in adopting.paths[:_MOST_LISTED]]
    if len(adopting.paths) > _MOST_LISTED:
        listed.append(f"- and {len(adopting.paths) - _MOST_LISTED:,} more")
    what = (
        f"**{count(len(adopting.paths), 'postmortem')} came to the default branch at once.** That looks like an "
        "import, so no issue was opened for any of them."
    )
    choice = (
        "- To follow them up, comment `/adopt`: each gets a tracking issue, and an issue for each action item.\n"
        "- To leave them alone, close this issue."
    )
    return "\n\n".join([what, choice, "\n".join(listed)])


def rivalry_issue(rivalry: Rivalry) -> WantedIssue:
    """The issue that says that another App keeps such records here, so that this one has stopped."""
    return WantedIssue(
        uid=notice_uid(RIVALS),
        number=rivalry.number,
        title=RIVALRY_TITLE,
        block=_rivalry_block(rivalry),
        record=Notice(about=RIVALS),
        open=rivalry.open,
        state_reason=None if rivalry.open else "completed",
        reason="another App keeps records like Closeout's in this repository",
    )


def rivals_note(logins: Sequence[str]) -> str:
    """What is said where other Apps follow up the same postmortems, as Markdown; empty where there are none."""
    if not logins:
        return ""
    names = ", ".join(code(login) for login in logins)
    return (
        f"**Closeout has stopped following up postmortems here**, since {names} opened issues of the same kind. "
        "Two Apps would open everything twice."
    )


def _rivalry_block(rivalry: Rivalry) -> str:
    if not rivalry.logins:
        return "The policy trusts the other App now, so Closeout goes on with its issues."
    slugs = ", ".join(login.removesuffix("[bot]") for login in rivalry.logins)
    what = rivals_note(rivalry.logins)
    choice = (
        f"- If that App is gone, or was this one under another name, add `trusted_apps: [{slugs}]` to the policy: "
        "its issues are carried on.\n"
        "- If it is at work, uninstall one of the two."
    )
    return f"{what}\n\n{choice}"
