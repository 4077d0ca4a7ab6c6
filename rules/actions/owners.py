"""Owners of action items."""

from __future__ import annotations

from collections.abc import Iterator

from rules.actions.items import brief, open_items, place_of
from rules.owners import has_named_owner, is_collective
from rules.policy import Policy
from rules.postmortem import Postmortem
from rules.rule import Context, Problem, Severity, rule


@rule("CO402", "action-owner-missing", Severity.ERROR)
def action_owner_missing(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """An action item has no owner.

    Why: what belongs to nobody is done by nobody.

    Bad:

    ```markdown
    ## Action items

    - [ ] Alert when replica lag exceeds 30 s
      - Deadline: 2026-05-18
      - Priority: P0
      - Success criterion: the alert fires in staging when replication is paused for a minute
    ```

    Good:

    ```markdown
    ## Action items

    - [ ] Alert when replica lag exceeds 30 s
      - Owner: Ben Okafor (@ben)
      - Deadline: 2026-05-18
      - Priority: P0
      - Success criterion: the alert fires in staging when replication is paused for a minute
    ```
    """
    for item in open_items(postmortem):
        if not item.owners:
            yield Problem(
                place_of(postmortem, item),
                "This action item has no owner. Name one person, for example `Owner: Ana Ruiz (@ana)`.",
                subject=item.title,
            )


@rule("CO403", "action-owner-collective", Severity.ERROR)
def action_owner_collective(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """An action item belongs to a group instead of a person.

    Why: everybody in "the team" can believe that somebody else does it.

    Bad:

    ```markdown
    ## Action items

    - [ ] Alert on lag over 30 s. Owner: the team. Deadline: 2026-05-18. Priority: P0. Criterion: it fires in staging.
    ```

    Good:

    ```markdown
    ## Action items

    - [ ] Alert on lag over 30 s. Owner: @ben. Deadline: 2026-05-18. Priority: P0. Criterion: it fires in staging.
    ```
    """
    for item in open_items(postmortem):
        if item.owners and not has_named_owner(item, policy):
            owner = next(person for person in item.owners if is_collective(person, policy))
            yield Problem(
                owner.span,
                f"The owner {brief(owner.text)} is not a person. Name the one who has promised to do it.",
                subject=item.title,
            )
