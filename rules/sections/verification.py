"""How it will be shown that this cannot happen again."""

from __future__ import annotations

from collections.abc import Iterator

from rules.phrases import phrase_list
from rules.placeholders import is_nothing, is_template
from rules.places import top_of
from rules.policy import Policy
from rules.postmortem import Postmortem
from rules.requirements import is_short
from rules.rule import Context, Problem, Severity, rule
from rules.sections.skeleton import heading_to_write, skeleton_edit


@rule("CO208", "verification-missing", Severity.ERROR)
def verification_missing(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """Nothing says how it will be verified that this cannot happen again.

    Why: an action item without verification is a wish. If nothing is tested, the incident is not resolved but put off.
    The short form for a known cause leaves that to the earlier postmortem. To fix it, write which test, experiment or
    change of monitoring will tell; the fix puts the heading in place, with a hint.

    Bad:

    ```markdown
    ## Verification

    None.
    ```

    Good:

    ```markdown
    ## Verification

    A load test in staging exhausts the pool every night; it fails if the alert does not fire within five minutes.
    ```
    """
    sections = postmortem.sections_of("verification")
    if is_short(postmortem) or (sections and not all(is_nothing(each.text) for each in sections)):
        return
    heading = heading_to_write(postmortem, policy, "verification")
    what = f"Nothing stands under “{sections[0].title}”." if sections else f"There is no “{heading}” section."
    yield Problem(
        sections[0].heading if sections else top_of(postmortem),
        f"{what} Write under `## {heading}` which test, experiment or alert will show that this cannot happen again.",
        subject="verification",
        edit=skeleton_edit(postmortem, policy, "verification"),
    )


@rule("CO209", "verification-untested", Severity.WARNING)
def verification_untested(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """The verification names no test, experiment or change of monitoring.

    Why: keeping an eye on something ends when the eye moves on. A test goes on looking. To fix it, name the test, the
    experiment or the alert, who runs it, and when.

    Bad:

    ```markdown
    ## Verification

    We will keep an eye on it for the next few weeks.
    ```

    Good:

    ```markdown
    ## Verification

    A load test in staging exhausts the pool every night; it fails if the alert does not fire within five minutes.
    ```
    """
    if postmortem.language not in (None, "en"):
        return
    sections = postmortem.sections_of("verification")
    text = "\n".join(section.text for section in sections)
    if not sections or is_nothing(text) or is_template(text) or "\ufffc" in text or names_proof(text):
        return
    yield Problem(
        sections[0].heading,
        f"“{sections[0].title}” names nothing that is tested. "
        "Say which test, experiment or alert will show that this cannot happen again, who runs it, and when.",
        subject="verification",
    )


def names_proof(text: str) -> bool:
    """Whether a text names a test, an experiment or a change of monitoring; English."""
    return phrase_list("sections", "proof").is_in(text)
