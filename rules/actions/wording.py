"""What an action item says will be done."""

from __future__ import annotations

from collections.abc import Iterator

from rules.actions.details import details_tell
from rules.actions.items import brief, is_given, open_items, place_of
from rules.actions.phrases import end_of, phrases_of
from rules.actions.testability import Verdict, judge_criterion
from rules.actions.vagueness import action_start, is_vague
from rules.policy import Policy
from rules.postmortem import Postmortem
from rules.rule import Context, Problem, Severity, rule


@rule("CO410", "action-vague", Severity.ERROR, other=Severity.WARNING)
def action_vague(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """An action item leaves open what will be different.

    Why: "better monitoring" is never finished and never late. It is an error if its success criterion does not say
    either when it is done, else a warning; details nested in it may say what its title does not. Vague are comparisons
    ("better", "improve"), studies without a result ("investigate", "look into"), intentions ("consider", "keep an eye
    on"), and appeals to people and rules for them ("be more careful").

    Bad:

    ```markdown
    ## Action items

    - [ ] Improve documentation. Owner: @ben. Deadline: 2026-05-18. Priority: P1. Criterion: the docs are better.
    - [ ] Investigate the slow query. Owner: @ana. Deadline: 2026-05-18. Priority: P1. Criterion: it was looked at.
    - [ ] Be more careful with deploys. Owner: @ben. Deadline: 2026-05-18. Priority: P1. Criterion: no more slips.
    ```

    Good:

    ```markdown
    ## Action items

    - [ ] Write the on-call runbook for an exhausted connection pool
      - Owner: @ben
      - Deadline: 2026-05-18
      - Priority: P1
      - Success criterion: an engineer who has not seen it restores staging with it within 15 minutes
    - [ ] Make the deploy tool refuse a change without a passed canary
      - Owner: @ana
      - Deadline: 2026-05-18
      - Priority: P1
      - Success criterion: a test deploys without a canary to staging, and is refused
    ```
    """
    if not postmortem.may_be_english:
        return
    for item in open_items(postmortem):
        if not is_vague(item.title) or details_tell(postmortem, item):
            continue
        bounded = (
            is_given(item.criterion)
            and judge_criterion(item.criterion.value if item.criterion else "") is Verdict.TESTABLE
        )
        yield Problem(
            place_of(postmortem, item),
            f"{brief(item.title)} does not say what will be different, or when it is done. "
            "Begin with a verb that yields an outcome, and name the thing: “Alert when X exceeds Y for Z minutes”.",
            subject=item.title,
            severity=Severity.WARNING if bounded else Severity.ERROR,
        )


@rule("CO417", "action-verb-missing", Severity.OFF)
def action_verb_missing(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """An action item does not begin with a verb that yields an outcome.

    Why: "alerts for the pool" may be a wish, a reminder or a heading; "alert when the pool is full" is a promise. Off
    unless the policy turns it on, since an item may also say well what the system will do.

    Bad:

    ```markdown
    ## Action items

    - [ ] A lag alert at 30 s. Owner: @ben. Deadline: 2026-05-18. Priority: P0. Criterion: it fires in staging.
    ```

    Good:

    ```markdown
    ## Action items

    - [ ] Alert on lag over 30 s. Owner: @ben. Deadline: 2026-05-18. Priority: P0. Criterion: it fires in staging.
    ```
    """
    if not postmortem.may_be_english:
        return
    for item in open_items(postmortem):
        if item.title and end_of(item.title, action_start(item.title), phrases_of("actions", "verbs")) is None:
            yield Problem(
                place_of(postmortem, item),
                f"{brief(item.title)} does not begin with what will be done. "
                "Begin with a verb that yields an outcome, such as “add”, “alert”, “reject” or “remove”.",
                subject=item.title,
            )
