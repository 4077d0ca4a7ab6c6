"""The headline."""

from __future__ import annotations

from collections.abc import Iterator

from rules.placeholders import is_template
from rules.places import top_of
from rules.policy import Policy
from rules.postmortem import Postmortem
from rules.rule import Context, Problem, Severity, rule


@rule("CO101", "headline-missing", Severity.WARNING)
def headline_missing(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """The postmortem has no headline.

    Why: it is what people see in lists, issues and a search, and how they find the earlier incident again.

    Bad:

    ```markdown
    # Postmortem:
    ```

    Good:

    ```markdown
    # Postmortem: Checkout returned errors for 42 minutes
    ```
    """
    if postmortem.headline is None or is_template(postmortem.headline.value):
        yield Problem(
            top_of(postmortem),
            "The postmortem has no headline. Begin with one line that says what happened, "
            "for example `# Postmortem: Checkout returned errors for 42 minutes`.",
            subject="headline",
        )
