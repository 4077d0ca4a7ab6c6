"""Success criteria of action items."""

from __future__ import annotations

from collections.abc import Iterator

from rules.actions.as_written import field_as_written
from rules.actions.items import brief, is_given, open_items
from rules.actions.tables import gaps, told_of_table
from rules.actions.testability import Verdict, judge_criterion
from rules.policy import Policy
from rules.postmortem import Postmortem
from rules.rule import Context, Problem, Severity, rule


@rule("CO413", "action-criterion-missing", Severity.ERROR)
def action_criterion_missing(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """An action item has no success criterion.

    Why: without one, "done" is a matter of opinion, and a closed ticket is taken for a fixed system.

    Bad:

    ```markdown
    ## Action items

    - [ ] Alert on lag over 30 s. Owner: @ben. Deadline: 2026-05-18. Priority: P0.
    ```

    Good:

    ```markdown
    ## Action items

    - [ ] Alert on lag over 30 s. Owner: @ben. Deadline: 2026-05-18. Priority: P0. Criterion: it fires in staging.
    ```
    """
    met = "the alert fires in staging within 5 minutes"
    for gap in gaps(postmortem, "criterion", lambda item: not is_given(item.criterion)):
        yield Problem(
            gap.place,
            told_of_table(
                gap, "success criterion", "Success criterion", "with a test in each row that anybody could run"
            )
            if gap.rows
            else "This action item has no success criterion. Add a test that anybody could run, "
            f"for example `{field_as_written(postmortem, 'criterion', 'Success criterion', met)}`.",
            subject=gap.subject,
        )


@rule("CO414", "action-criterion-untestable", Severity.WARNING, other=Severity.ERROR)
def action_criterion_untestable(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """A success criterion cannot be tested.

    Why: two people who look must agree on whether it is met. One that only says "done" is as good as none: an error.

    Bad:

    ```markdown
    ## Action items

    - [ ] Alert on lag over 30 s. Owner: @ben. Deadline: 2026-05-18. Priority: P0. Criterion: it works.
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
        if item.criterion is None or not is_given(item.criterion):
            continue
        verdict = judge_criterion(item.criterion.value)
        if verdict is not Verdict.TESTABLE:
            yield Problem(
                item.criterion.span,
                f"Nobody could test the criterion {brief(item.criterion.value)}. "
                "Say what can be seen when it is met: a test that passes, an alert that fires, a figure.",
                subject=item.title,
                severity=Severity.ERROR if verdict is Verdict.EMPTY else None,
            )
