"""The TL;DR."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules.patterns import Pattern
from rules.placeholders import is_template
from rules.policy import Policy
from rules.postmortem import Postmortem
from rules.rule import Context, Problem, Severity, rule

_SENTENCE = Pattern(r"[^.!?\s][^.!?]{2,}(?:[.!?](?=\w)[^.!?]*)*(?:[.!?]+(?=\s|$|[)\"”’])|$)")
_NO_SENTENCE_END = Pattern(
    r"\b(?:e\.g|i\.e|approx|ca|vs|no|etc|incl|min|max|Dr|Mr|Ms|U\.S|a\.m|p\.m)\.(?=\s)", re.IGNORECASE
)
_MOST_SENTENCES = 2


@rule("CO205", "tldr-long", Severity.NOTICE)
def tldr_long(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """The TL;DR is longer than two sentences.

    Why: many people read nothing else. Two sentences get read: what broke, what was done and changed. To fix it, move
    the rest into the sections that tell it in full.

    Bad:

    ```markdown
    ## TL;DR

    Checkout failed for 42 minutes. The connection pool ran dry. Retries made it worse. We raised the limit.
    ```

    Good:

    ```markdown
    ## TL;DR

    Checkout failed for 42 minutes because its pool ran dry. We raised the limit and now alert before it is reached.
    ```
    """
    section = postmortem.section("tldr")
    if postmortem.layout != "closeout" or section is None or is_template(section.text):
        return
    count = sum(1 for _ in _SENTENCE.finditer(_NO_SENTENCE_END.sub("", section.text[:20_000])))
    if count > _MOST_SENTENCES:
        yield Problem(
            section.heading,
            f"“{section.title}” has {count} sentences. Keep two: what broke, and what was done and changed.",
            subject="tldr",
        )
