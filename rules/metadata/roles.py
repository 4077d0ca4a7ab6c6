"""Who wrote the postmortem, who ran the incident, and who led the review."""

from __future__ import annotations

from collections.abc import Iterator

from rules.metadata.as_written import as_written
from rules.metadata.placeholders import unfilled
from rules.owners import is_collective
from rules.places import top_of
from rules.policy import Policy
from rules.postmortem import Postmortem
from rules.requirements import is_short, may_be_none
from rules.rule import Context, Problem, Severity, rule


@rule("CO115", "authors-missing", Severity.ERROR)
def authors_missing(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """Nobody is named as author, or none but a group.

    Why: a postmortem needs a co-author who was not running the incident, so its authors have to be known. "The team"
    has no point of view that could be told from the commander's. The short form for a known cause needs none. To fix
    it, name everybody who wrote.

    Bad:

    ```markdown
    - Authors:
    ```

    Good:

    ```markdown
    - Authors: Ana Ruiz (@ana), Ben Okafor (@ben)
    ```
    """
    if is_short(postmortem):
        return
    if postmortem.authors and all(is_collective(author, policy) for author in postmortem.authors):
        first = postmortem.authors[0]
        yield Problem(
            first.span,
            f"“{first.text[:40]}” names no person as author. "
            "Name everybody who wrote: `Ana Ruiz (@ana), Ben Okafor (@ben)`.",
            subject="authors",
        )
    elif not postmortem.authors:
        yield unfilled(postmortem, "authors") or Problem(
            postmortem.fields["authors"].span if "authors" in postmortem.fields else top_of(postmortem),
            "No author is named. "
            f"Add `{as_written(postmortem, 'authors', 'Authors', 'Ana Ruiz (@ana), Ben Okafor (@ben)')}`, "
            "with at least one who did not command the incident.",
            subject="authors",
        )


@rule("CO120", "commander-missing", Severity.ERROR)
def commander_missing(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """The incident commander is not named.

    Why: whoever ran the incident sees it from inside. Only if they are named can it be told who else wrote. For a
    near-miss or an intervention by hand, `none` is an answer; the short form for a known cause needs none. To fix it,
    name who ran the incident.

    Bad:

    ```markdown
    - Incident commander:
    ```

    Good:

    ```markdown
    - Incident commander: Ana Ruiz (@ana)
    ```
    """
    if postmortem.commanders or is_short(postmortem) or may_be_none(postmortem, "commander"):
        return
    field = postmortem.fields.get("commander")
    yield unfilled(postmortem, "commander") or Problem(
        field.span if field else top_of(postmortem),
        "No line at the head names the incident commander. "
        f"Add `{as_written(postmortem, 'commander', 'Incident commander', 'Ana Ruiz (@ana)')}`, naming who ran it.",
        subject="commander",
    )
