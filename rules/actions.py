"""CO4: action items. Each is a promise with an owner, a deadline, a priority and a success criterion."""

from __future__ import annotations

from collections.abc import Iterator

from rules.criteria import Verdict, judge_criterion
from rules.owners import has_named_owner, is_collective
from rules.placeholders import is_nothing, is_template
from rules.places import first_line, layout_of, place_for
from rules.policy import Policy
from rules.postmortem import ActionItem, Postmortem, Span, Text
from rules.rule import Context, Problem, Severity, rule
from rules.vagueness import is_vague


def _open_items(postmortem: Postmortem) -> Iterator[ActionItem]:
    """The items that still are promises; what is done or declined needs no owner or date any more."""
    return (item for item in postmortem.actions if not item.done and not item.declined)


def _speaks_english(postmortem: Postmortem) -> bool:
    return postmortem.language in (None, "en")


def _span_of(postmortem: Postmortem, item: ActionItem) -> Span:
    return first_line(postmortem, item.title_span if item.title else item.span)


def _brief(text: str) -> str:
    """A quotation of a few words."""
    words = " ".join(text.split())
    return f"“{words}”" if len(words) <= 60 else f"“{words[:57].rstrip()}…”"


def _given(text: Text | None) -> bool:
    return text is not None and not is_nothing(text.value) and not is_template(text.value)


@rule("CO401", "actions-missing", Severity.ERROR)
def actions_missing(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """There are no action items, and no reason why.

    Why: whether a postmortem matters is decided by whether its actions get done. Sometimes nothing needs doing; then
    saying why is worth more than filler.

    Bad:

    ```markdown
    ## Action items

    None.
    ```

    Good:

    ```markdown
    ## Action items

    No action items, because the only cause was a vendor fault that the vendor has fixed and tested.
    ```
    """
    section = postmortem.section("actions")
    if postmortem.actions or postmortem.no_actions_reason or (section and is_template(section.text)):
        return
    heading = layout_of(postmortem, policy).heading_for("actions")
    what = "This says that there are no action items, but not why." if postmortem.no_actions_reason == "" else (
        "There are no action items." if section else f"There is no “{heading}” section."
    )  # fmt: skip
    yield Problem(
        place_for(postmortem, "actions"),
        f"{what} List under `## {heading}` what will change, or write “No action items, because …”.",
        subject="actions",
    )


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
    for item in _open_items(postmortem):
        if not item.owners:
            yield Problem(
                _span_of(postmortem, item),
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
    for item in _open_items(postmortem):
        if item.owners and not has_named_owner(item, policy):
            owner = next(person for person in item.owners if is_collective(person, policy))
            yield Problem(
                owner.span,
                f"The owner {_brief(owner.text)} is not a person. Name the one who has promised to do it.",
                subject=item.title,
            )


@rule("CO405", "action-deadline-missing", Severity.ERROR)
def action_deadline_missing(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """An action item has no deadline.

    Why: without a date it never becomes late, and so it never gets done. Two weeks for a P0, four for a P1 and eight
    for a P2 are a good start.

    Bad:

    ```markdown
    ## Action items

    - [ ] Alert on lag over 30 s. Owner: @ben. Priority: P0. Criterion: it fires in staging.
    ```

    Good:

    ```markdown
    ## Action items

    - [ ] Alert on lag over 30 s. Owner: @ben. Deadline: 2026-05-18. Priority: P0. Criterion: it fires in staging.
    ```
    """
    for item in _open_items(postmortem):
        if item.due is None and not _given(item.due_text):
            yield Problem(
                _span_of(postmortem, item),
                "This action item has no deadline. Add one as a date, for example `Deadline: 2026-06-01`.",
                subject=item.title,
            )


@rule("CO406", "action-deadline-ambiguous", Severity.ERROR)
def action_deadline_ambiguous(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """A deadline is not one certain day.

    Why: `01/08/2026` is the first of August to one reader and the eighth of January to another; `next sprint` is
    no day at all.

    Bad:

    ```markdown
    ## Action items

    - [ ] Alert on lag over 30 s. Owner: @ben. Deadline: 01/08/2026. Priority: P0. Criterion: it fires in staging.
    ```

    Good:

    ```markdown
    ## Action items

    - [ ] Alert on lag over 30 s. Owner: @ben. Deadline: 2026-08-01. Priority: P0. Criterion: it fires in staging.
    ```
    """
    for item in _open_items(postmortem):
        text = item.due_text
        if item.due is None and text is not None and _given(text):
            yield Problem(
                text.span,
                f"The deadline {_brief(text.value)} is not one certain day. Write it as YYYY-MM-DD.",
                subject=item.title,
            )


@rule("CO410", "action-vague", Severity.ERROR, other=Severity.WARNING)
def action_vague(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """An action item leaves open what will be different.

    Why: "better monitoring" is never finished and never late. It is an error if its success criterion does not say
    either when it is done, else a warning.

    Bad:

    ```markdown
    ## Action items

    - [ ] Improve documentation. Owner: @ben. Deadline: 2026-05-18. Priority: P1. Criterion: the docs are better.
    ```

    Good:

    ```markdown
    ## Action items

    - [ ] Write the on-call runbook for an exhausted connection pool
      - Owner: @ben
      - Deadline: 2026-05-18
      - Priority: P1
      - Success criterion: an engineer who has not seen it restores staging with it within 15 minutes
    ```
    """
    if not _speaks_english(postmortem):
        return
    for item in postmortem.actions:
        if item.declined or not is_vague(item.title):
            continue
        bounded = (
            _given(item.criterion)
            and judge_criterion(item.criterion.value if item.criterion else "") is Verdict.TESTABLE
        )
        yield Problem(
            _span_of(postmortem, item),
            f"{_brief(item.title)} does not say what will be different, or when it is done. "
            "Begin with a verb that yields an outcome, and name the thing: “Alert when X exceeds Y for Z minutes”.",
            subject=item.title,
            severity=Severity.WARNING if bounded else Severity.ERROR,
        )


@rule("CO411", "action-priority-missing", Severity.ERROR)
def action_priority_missing(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """An action item has no priority.

    Why: a P0 stops other work until it is done; a P2 does not. The owner has to know which it is.

    Bad:

    ```markdown
    ## Action items

    - [ ] Alert on lag over 30 s. Owner: @ben. Deadline: 2026-05-18. Criterion: it fires in staging.
    ```

    Good:

    ```markdown
    ## Action items

    - [ ] Alert on lag over 30 s. Owner: @ben. Deadline: 2026-05-18. Priority: P0. Criterion: it fires in staging.
    ```
    """
    for item in _open_items(postmortem):
        if item.priority is None and not _given(item.priority_text):
            yield Problem(
                _span_of(postmortem, item),
                "This action item has no priority. Add `Priority: P0`, `P1` or `P2`.",
                subject=item.title,
            )


@rule("CO412", "action-priority-unknown", Severity.ERROR)
def action_priority_unknown(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """A priority is none of P0, P1 and P2.

    Why: deadlines and escalation go by these three, and "high" means something else to everybody.

    Bad:

    ```markdown
    ## Action items

    - [ ] Alert on lag over 30 s. Owner: @ben. Deadline: 2026-05-18. Priority: high. Criterion: it fires in staging.
    ```

    Good:

    ```markdown
    ## Action items

    - [ ] Alert on lag over 30 s. Owner: @ben. Deadline: 2026-05-18. Priority: P0. Criterion: it fires in staging.
    ```
    """
    for item in _open_items(postmortem):
        text = item.priority_text
        if item.priority is None and text is not None and _given(text):
            yield Problem(
                text.span,
                f"The priority {_brief(text.value)} is unknown. Write P0 (stops other work), P1 or P2.",
                subject=item.title,
            )


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
    for item in _open_items(postmortem):
        if not _given(item.criterion):
            yield Problem(
                _span_of(postmortem, item),
                "This action item has no success criterion. Add a test that anybody could run, "
                "for example `Success criterion: the alert fires in staging within 5 minutes`.",
                subject=item.title,
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
    if not _speaks_english(postmortem):
        return
    for item in _open_items(postmortem):
        if item.criterion is None or not _given(item.criterion):
            continue
        verdict = judge_criterion(item.criterion.value)
        if verdict is not Verdict.TESTABLE:
            yield Problem(
                item.criterion.span,
                f"Nobody could test the criterion {_brief(item.criterion.value)}. "
                "Say what can be seen when it is met: a test that passes, an alert that fires, a figure.",
                subject=item.title,
                severity=Severity.ERROR if verdict is Verdict.EMPTY else None,
            )
