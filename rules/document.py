"""CO0: the document as such, and what it says to Closeout."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from rules.parted_tables import parting_suppressions
from rules.patterns import Pattern
from rules.policy import Policy
from rules.postmortem import Postmortem
from rules.rule import Context, Problem, Severity, iter_rules, rule
from rules.suppressions import idle

_CODE = Pattern(r"[Cc][Oo]\d+")
_UNUSED = frozenset({"co006", "suppression-unused"})
_AN_ERROR = "An error cannot be suppressed. Fix it, or ask a maintainer to waive it, and remove this comment."
_TRIES = frozenset({"disable", "enable", "ignore", "noqa", "nolint", "silence", "skip", "suppress"})
"""What other linters, or a slip, have in the place of `ignore`."""
_WORD = Pattern(r"[A-Za-z][A-Za-z0-9]*+(?:-[A-Za-z0-9]++)*+")
_BECAUSE = Pattern(r"\bbecause\b(.*)", re.IGNORECASE | re.DOTALL)
_MOST_HINTS = 50  # comments of a document for which the rule that was meant is looked for, which takes a while


def _defects(postmortem: Postmortem, kind: str, advice: str) -> Iterator[Problem]:
    for defect in postmortem.defects:
        if defect.kind == kind:
            yield Problem(defect.span, f"{defect.message} {advice}".strip(), subject=defect.message)


@rule("CO001", "document-not-utf8", Severity.ERROR)
def document_not_utf8(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """The file is not UTF-8 text.

    Why: GitHub, editors and Closeout would each show other characters, and positions would not agree. What cannot be
    read cannot be checked, so this stands in the way of a merge. To fix it, save the file as UTF-8; most editors offer
    that beside the file's name.

    Bad: a file saved in Latin-1, where `Übersicht` holds the single byte `DC`.

    Good: the same file saved as UTF-8, with or without a byte order mark.
    """
    return _defects(postmortem, "encoding", "")


@rule("CO002", "document-not-read", Severity.ERROR)
def document_not_read(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """The document is empty, too large to be read, or cannot be parsed.

    Why: what was not read was not checked. A postmortem is read by people; one beyond a mebibyte usually holds a log
    that belongs beside it. To fix it, keep the lines that matter, and link to the rest.

    Bad: a postmortem with the full output of a crashed job pasted into its timeline.

    Good: the ten lines that matter, and a link to the rest.
    """
    yield from _defects(postmortem, "empty", "Begin it from a template: `closeout new` writes one.")
    yield from _defects(postmortem, "size", "Move logs and attachments out of it, and link to them.")
    yield from _defects(postmortem, "markdown", "Take out what you changed last, or pasted, and check again.")


@rule("CO003", "front-matter-broken", Severity.ERROR)
def front_matter_broken(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """The front matter cannot be read.

    Why: what stands in it (severity, authors, commander) is lost to every reader that is a program. To fix it, look at
    the line that is named: most often a value with `@`, `:` or `#` in it needs quotes.

    Bad:

    ```markdown
    ---
    severity: SEV-2
    authors: @ana, @ben
    ---
    ```

    Good:

    ```markdown
    ---
    severity: SEV-2
    authors: ["@ana", "@ben"]
    ---
    ```
    """
    return _defects(postmortem, "front-matter", "")


@rule("CO004", "front-matter-key-twice", Severity.WARNING)
def front_matter_key_twice(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """A key stands twice in the front matter.

    Why: one of the two values is ignored, and the reader cannot tell which. To fix it, delete the one that is wrong.

    Bad:

    ```markdown
    ---
    severity: SEV-3
    severity: SEV-2
    ---
    ```

    Good:

    ```markdown
    ---
    severity: SEV-2
    ---
    ```
    """
    return _defects(postmortem, "duplicate-key", "")


@rule("CO005", "suppression-without-reason", Severity.WARNING)
def suppression_without_reason(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """A suppression does not say why.

    Why: a later reader has to know whether the reason still holds. Without one, nothing is suppressed. To fix it, write
    `because` and the reason behind the code.

    Bad:

    ```markdown
    ## What was actually happening

    <!-- closeout: ignore CO501 -->
    The vendor's report names human error as the cause.
    ```

    Good:

    ```markdown
    ## What was actually happening

    <!-- closeout: ignore CO501 because the sentence reports what the vendor wrote -->
    The vendor's report names human error as the cause.
    ```
    """
    for suppression in postmortem.suppressions:
        if not suppression.reason:
            yield Problem(suppression.span, _without_reason(suppression.codes), subject=" ".join(suppression.codes))


def _without_reason(words: tuple[str, ...]) -> str:
    """What to write instead. Words behind the codes may be a reason whose `because` was forgotten."""
    known = _known_names()
    count = next((at for at, each in enumerate(words) if at and each.casefold() not in known), len(words))
    names, said = " ".join(words[:count]), " ".join(words[count:])[:200]
    form = f"<!-- closeout: ignore {names or 'CODE'} because {said or '…'} -->"
    advice = "" if said else " with what makes it right to stay in place of the dots"
    return f"This suppression gives no reason, so it is not applied. Write it as `{form}`{advice}."


@rule("CO006", "suppression-unused", Severity.NOTICE, last=True)
def suppression_unused(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """A suppression matches no finding that can be suppressed.

    Why: it looks as if it held something back, and would hide the next real finding on that line. Errors cannot be
    suppressed: a maintainer can waive them. To fix it, remove the comment.

    Bad:

    ```markdown
    ## What was actually happening

    <!-- closeout: ignore CO501 because the vendor wrote so -->
    The eviction job deleted the live cache.
    ```

    Good:

    ```markdown
    ## What was actually happening

    The eviction job deleted the live cache.
    ```
    """
    parting = frozenset(parting_suppressions(postmortem.source, postmortem.suppressions))
    for count, (suppression, is_error) in enumerate(idle(postmortem.suppressions, context.found, _UNUSED)):
        if suppression in parting:
            continue
        message = _AN_ERROR if is_error else _unused_message(suppression.codes, with_hint=count < _MOST_HINTS)
        yield Problem(suppression.span, message, subject=" ".join(suppression.codes))


def _unused_message(codes: tuple[str, ...], *, with_hint: bool) -> str:
    if not codes:
        return "This suppression names no rule. Write the code of the finding behind `ignore`."
    known = _known_names()
    unknown = next((code for code in codes if code.casefold() not in known), None)
    if unknown is None:
        return "Nothing on the line it applies to needs this suppression. Remove it."
    hint = _hint(unknown[:60], known) if with_hint else ""
    return f"There is no rule `{unknown[:60]}`, so this suppresses nothing.{hint}"


def _hint(unknown: str, known: Mapping[str, str]) -> str:
    if _CODE.fullmatch(unknown):  # every code is near another
        return ""
    from difflib import get_close_matches  # not at the top: few documents need it, and it takes time to load

    nearest = get_close_matches(unknown.casefold(), known, n=1)
    return f" Did you mean `{known[nearest[0]]}`?" if nearest else ""


@rule("CO007", "suppression-not-understood", Severity.WARNING)
def suppression_not_understood(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """A comment is meant to suppress something, but not in the form that Closeout understands.

    Why: it does nothing, and looks as if it did. There is one form, `closeout: ignore`, and no switching off and on: it
    speaks of one line, the next one, or its own. To fix it, write it so, or remove the comment.

    Bad:

    ```markdown
    ## What was actually happening

    <!-- closeout-disable CO501 because the vendor wrote so -->
    The vendor's report names human error as the cause.
    ```

    Good:

    ```markdown
    ## What was actually happening

    <!-- closeout: ignore CO501 because the vendor wrote so -->
    The vendor's report names human error as the cause.
    ```
    """
    for comment in postmortem.addressed:
        words = _WORD.findall(comment.value)
        if _is_try(comment.value, words):
            yield Problem(comment.span, _not_understood(comment.value, words), subject=" ".join(words))


def _is_try(said: str, words: list[str]) -> bool:
    """Whether it speaks of a rule, or of suppressing. Behind a mere blank, `closeout` may begin a sentence."""
    first, names = words[0].casefold().partition("-")[0], _known_names()
    if said[: said.index(words[0])].isspace():
        return words[0].casefold() in names or (first in _TRIES and (len(words) == 1 or words[1].casefold() in names))
    return first in _TRIES or any(each.casefold() in names for each in words)


def _not_understood(said: str, words: list[str]) -> str:
    because = _BECAUSE.search(said)
    reason = " ".join(because[1].split())[:200] if because else ""
    names = " ".join(dict.fromkeys(each for each in words if each.casefold() in _known_names())) or "CODE"
    advice = "" if reason else " with what makes it right to stay in place of the dots"
    form = f"<!-- closeout: ignore {names} because {reason or '…'} -->"
    return f"Closeout does not understand this comment, so it suppresses nothing. Write it as `{form}`{advice}."


@rule("CO008", "suppression-parts-table", Severity.ERROR)
def suppression_parts_table(postmortem: Postmortem, policy: Policy, context: Context) -> Iterator[Problem]:
    """A suppression on a line of its own stands between the rows of a table.

    Why: in Markdown such a line ends the table. The rows below it are shown as plain text, and what they promise is not
    read as an action item. To fix it, put the comment into the last cell of the row that it speaks of.

    Bad:

    ```markdown
    ## Impact by region

    | Region | What was seen |
    |---|---|
    | Europe | errors for 42 minutes |
    <!-- closeout: ignore CO501 because the vendor wrote so -->
    | Asia | human error, says the vendor |
    ```

    Good:

    ```markdown
    ## Impact by region

    | Region | What was seen |
    |---|---|
    | Europe | errors for 42 minutes |
    | Asia | human error, says the vendor <!-- closeout: ignore CO501 because the vendor wrote so --> |
    ```
    """
    for suppression in parting_suppressions(postmortem.source, postmortem.suppressions):
        yield Problem(
            suppression.span,
            "This line ends the table, so the rows below it are not read as rows. "
            "Put the comment into the last cell of the row that it speaks of.",
            subject=" ".join(suppression.codes),
        )


@cache
def _known_names() -> Mapping[str, str]:
    """The codes and names of all rules, by themselves in lower case."""
    return {name.casefold(): name for each in iter_rules() for name in (each.code, each.name)}
