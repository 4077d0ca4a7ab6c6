"""Who led the review."""

from __future__ import annotations

from collections.abc import Iterator

from rules.metadata.as_written import as_written
from rules.names import fold_name
from rules.patterns import Pattern
from rules.placeholders import unfilled_value
from rules.places import top_of
from rules.policy import Policy
from rules.postmortem import Postmortem
from rules.requirements import asks_for_facts
from rules.rule import Context, Problem, Severity, rule

_BETWEEN_TEAMS = Pattern(r"[,;/&+]|\band\b")
_TEAM_WORD = Pattern(r"\b(?:the|team|squad|group|crew)\b")


@rule("CO121", "facilitator-missing", Severity.NOTICE)
def facilitator_missing(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """No facilitator is named.

    Why: a team that leads its own review tells its own story. An outsider keeps the conversation honest. To fix it, ask
    somebody who is not of the affected team, and name them. The short form for a known cause has no review.

    Bad:

    ```markdown
    - Facilitator:
    ```

    Good:

    ```markdown
    - Facilitator: Finn Olsen (@finn)
    ```
    """
    field = postmortem.fields.get("facilitator")
    if postmortem.facilitators or not asks_for_facts(postmortem):
        return
    if field is not None and unfilled_value(postmortem.source, field) is not None:
        return  # a placeholder has its own rule
    named = f" The policy names {_listed(policy.facilitators)}." if policy.facilitators else ""
    yield Problem(
        field.span if field else top_of(postmortem),
        f"No facilitator is named. Add `{as_written(postmortem, 'facilitator', 'Facilitator', 'Finn Olsen (@finn)')}`, "
        f"somebody not of the affected team.{named}",
        subject="facilitator",
    )


@rule("CO122", "facilitator-affected", Severity.WARNING)
def facilitator_affected(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """The facilitator is a member of the affected team.

    Why: a review that the affected team leads leans towards the team's own view. Who belongs to which team is told by
    the policy's `people`. To fix it, have somebody from another team lead the review.

    Bad:

    ```markdown
    - Affected team: payments
    - Facilitator: Emil Sand (@emil)
    ```

    Good:

    ```markdown
    - Affected team: payments
    - Facilitator: Finn Olsen (@finn)
    ```
    """
    teams = _teams(postmortem.value("team"))
    for facilitator in postmortem.facilitators if teams else ():
        known = policy.person(policy.login_of(facilitator) or "")
        if known is None or not known.team or _team(known.team) not in teams:
            continue
        yield Problem(
            facilitator.span,
            "By the policy, this facilitator is of the affected team. Ask somebody of another team to lead the review.",
            subject=facilitator.text,
        )


def _teams(value: str) -> frozenset[str]:
    return frozenset(_team(part) for part in _BETWEEN_TEAMS.split(value[:500])) - {""}


def _team(name: str) -> str:
    """A team's name as it is compared: `The Payments team` is `payments`."""
    return " ".join(_TEAM_WORD.sub(" ", fold_name(name)).replace("-", " ").replace("_", " ").strip(" @#").split())


def _listed(logins: tuple[str, ...]) -> str:
    return ", ".join(f"@{login}" for login in logins[:3])
