"""Who wrote the postmortem, who ran the incident, and who led the review."""

from __future__ import annotations

from collections.abc import Iterator

from rules.places import top_of
from rules.policy import Policy
from rules.postmortem import Postmortem
from rules.rule import Context, Problem, Severity, rule


@rule("CO115", "authors-missing", Severity.ERROR)
def authors_missing(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """Nobody is named as author.

    Why: a postmortem needs a co-author who was not running the incident, so its authors have to be known.

    Bad:

    ```markdown
    - Authors:
    ```

    Good:

    ```markdown
    - Authors: Ana Ruiz (@ana), Ben Okafor (@ben)
    ```
    """
    if not postmortem.authors:
        yield Problem(
            postmortem.fields["authors"].span if "authors" in postmortem.fields else top_of(postmortem),
            "No author is named. Add `- Authors: Ana Ruiz (@ana), Ben Okafor (@ben)`, "
            "with at least one who did not command the incident.",
            subject="authors",
        )


@rule("CO120", "commander-missing", Severity.ERROR)
def commander_missing(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """The incident commander is not named.

    Why: whoever ran the incident sees it from inside. Only if they are named can it be told who else wrote.

    Bad:

    ```markdown
    - Incident commander:
    ```

    Good:

    ```markdown
    - Incident commander: Ana Ruiz (@ana)
    ```
    """
    if postmortem.commanders:
        return
    field = postmortem.fields.get("commander")
    yield Problem(
        field.span if field else top_of(postmortem),
        "The incident commander is not named. Add `- Incident commander: Ana Ruiz (@ana)`, naming who ran it.",
        subject="commander",
    )
