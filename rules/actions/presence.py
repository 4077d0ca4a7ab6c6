"""That there are action items, or a reason why not."""

from __future__ import annotations

from collections.abc import Iterator

from rules.placeholders import is_template
from rules.places import place_for
from rules.policy import Policy
from rules.postmortem import Postmortem
from rules.requirements import is_short
from rules.rule import Context, Problem, Severity, rule
from rules.sections.skeleton import heading_to_write, line_to_write, skeleton_edit


@rule("CO401", "actions-missing", Severity.ERROR)
def actions_missing(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """There are no action items, and no reason why.

    Why: whether a postmortem matters is decided by whether its actions get done. Sometimes nothing needs doing; then
    saying why is worth more than filler. The short form, for a minor incident with a known cause, needs none. Where the
    section is missing, `closeout fix` inserts it, to be filled in.

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
    if section is None and is_short(postmortem):
        return
    heading, line = heading_to_write(postmortem, policy, "actions"), line_to_write(postmortem, policy, "actions")
    what = "This says that there are no action items, but not why." if postmortem.no_actions_reason == "" else (
        "There are no action items." if section else f"There is no “{heading}” section."
    )  # fmt: skip
    yield Problem(
        place_for(postmortem, "actions"),
        f"{what} List under `{line}` what will change, or write “No action items, because …”.",
        subject="actions",
        edit=None if section else skeleton_edit(postmortem, policy, "actions"),
    )
