"""Running the rules over a document. Importing this module registers all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import islice

from rules import actions, authorship, document, follow_up, language, metadata, sections, timeline
from rules.policy import Policy
from rules.postmortem import Postmortem, Span
from rules.rule import Context, Finding, Problem, Rule, Severity, iter_rules
from rules.source import Source
from rules.suppressions import without_suppressed

FAMILIES = {
    "CO0": document,
    "CO1": metadata,
    "CO2": sections,
    "CO3": timeline,
    "CO4": actions,
    "CO5": language,
    "CO6": authorship,
    "CO7": follow_up,
}
"""The module that holds the rules of each family."""

MOST_FINDINGS = 10_000
"""How often a rule reports a document, at most: a mebibyte of one word would have it work for seconds."""

_ABOUT_THE_FILE = "CO0"
_LONGEST_SUBJECT = 1000  # characters; a document may be one line of a mebibyte, with thousands of findings
_UNREAD = frozenset({"empty", "encoding", "size", "markdown"})


def known_rules() -> frozenset[str]:
    """The codes and names of all rules."""
    return frozenset(name for rule in iter_rules() for name in (rule.code, rule.name))


def check(postmortem: Postmortem, policy: Policy, context: Context) -> tuple[Finding, ...]:
    """All that the rules find in a document, in its order, with the policy's severities, without what it suppresses."""
    rules = tuple(iter_rules() if _was_read(postmortem) else filter(_is_about_the_file, iter_rules()))
    found = _run_all((rule for rule in rules if not rule.last), postmortem, policy, context)
    informed = replace(context, found=found)
    about = _run_all((rule for rule in rules if rule.last), postmortem, policy, informed)
    kept = without_suppressed((*found, *about), postmortem.suppressions)
    return tuple(sorted(kept, key=lambda each: (each.span, each.rule.code, each.subject)))


def _was_read(postmortem: Postmortem) -> bool:
    return _UNREAD.isdisjoint(defect.kind for defect in postmortem.defects)


def _is_about_the_file(rule: Rule) -> bool:
    """Whether it can be said of a document that was not read, too."""
    return rule.code.startswith(_ABOUT_THE_FILE)


def _run_all(rules: Iterable[Rule], postmortem: Postmortem, policy: Policy, context: Context) -> tuple[Finding, ...]:
    found: list[Finding] = []
    for rule in rules:
        chosen = policy.chosen_severity(rule.code, rule.name) if policy.rules else None
        if (chosen or rule.severity) is Severity.OFF:
            continue
        for problem in islice(rule.check(postmortem, policy, context), MOST_FINDINGS):
            severity = chosen or problem.severity or rule.severity
            subject = problem.subject or _text_at(postmortem.source, problem.span)
            found.append(_finding(rule, problem, severity, subject))
    return tuple(found)


def _finding(rule: Rule, problem: Problem, severity: Severity, subject: str) -> Finding:
    bounded = " ".join(subject[:_LONGEST_SUBJECT].split())
    return Finding(rule, problem.message, problem.span, severity, bounded, problem.edit)


def _text_at(source: Source, span: Span) -> str:
    """The text of the span's first line, as much of it as a subject holds."""
    start = source.offset(span.line)
    return source.text[start : start + _LONGEST_SUBJECT].partition("\n")[0].partition("\r")[0]
