"""The check runs in words: what a reviewer reads to know in five seconds whether a postmortem is ready to merge."""

from __future__ import annotations

import hashlib
import json
from dataclasses import astuple, replace

from app.core.effects import DOCUMENT_CHECK, Annotation, Conclusion, PublishCheckRun
from app.core.facts import PolicyFile
from app.core.verdict import PullVerdict
from app.render.co_author import co_author_findings, co_author_sections, co_author_title
from app.render.document import document_findings, document_summary, document_title
from app.render.text import count, message, permalink, plain, quoted
from app.render.waivers import waived_findings
from rules.policy import PolicyError
from rules.rule import Finding, Severity

MOST_ANNOTATIONS = 1_000
"""Twenty requests' worth; the summary says how many are missing beyond that."""

_LEVELS = {Severity.ERROR: "failure", Severity.WARNING: "warning", Severity.NOTICE: "notice"}
_POLICY_BROKEN = "The policy file cannot be used"
_GIVEN_UP = "Closeout could not finish this check"


def render_check(verdict: PullVerdict, name: str, sha: str, note: str = "") -> PublishCheckRun:
    """The check run of that name for commit `sha`.

    `note` is a sentence about what else the result stands for (other pull requests on the commit, a merge group).
    """
    conclusion = verdict.conclusion(name)
    if verdict.policy_file and isinstance(error := verdict.policy_file.policy, PolicyError):
        summary = _join(_policy_summary(verdict, verdict.policy_file, error), note)
        return _check_run(
            name, sha, conclusion, _POLICY_BROKEN, summary, _policy_annotation(verdict.policy_file, error)
        )
    if not verdict.documents and not verdict.gaps:
        return _check_run(name, sha, conclusion, *_untouched(verdict), ())
    if name == DOCUMENT_CHECK:
        title, found = document_title(verdict), document_findings(verdict)
    else:
        title, found = co_author_title(verdict), co_author_findings(verdict)
    waived = waived_findings(verdict, authorship=name != DOCUMENT_CHECK)
    annotations = tuple(_annotation(path, finding, softened=verdict.draft) for path, finding in found)
    annotations += tuple(_waived_annotation(path, finding) for path, finding in waived)
    head = _join(*_circumstances(verdict), _unshown(len(annotations)), note)
    body = document_summary if name == DOCUMENT_CHECK else co_author_sections
    return _check_run(name, sha, conclusion, title, body(verdict, head), annotations[:MOST_ANNOTATIONS])


def render_failure(name: str, sha: str, reason: str) -> PublishCheckRun:
    """The check run for a result that could not be reached: it fails, and says why."""
    summary = (
        f"**{_GIVEN_UP}**, after several tries. The last one ended with: {quoted(reason)}\n\n"
        "Press *Re-run* to try again. If it keeps failing, the people who run Closeout find the details in its log."
    )
    return _check_run(name, sha, Conclusion.FAILURE, _GIVEN_UP, summary, ())


def _check_run(
    name: str, sha: str, conclusion: Conclusion, title: str, summary: str, annotations: tuple[Annotation, ...]
) -> PublishCheckRun:
    content = json.dumps([name, conclusion, title, summary, [astuple(each) for each in annotations]])
    digest = hashlib.sha256(content.encode()).hexdigest()[:32]
    return PublishCheckRun(name, sha, conclusion, title, summary, annotations, external_id=digest)


def _untouched(verdict: PullVerdict) -> tuple[str, str]:
    if verdict.policy_file:
        return "The policy file is valid", (
            f"The policy on the default branch cannot be used; this pull request's version of "
            f"`{verdict.policy_file.path}` can. No postmortem changed."
        )
    return "No postmortem changed", "This pull request changes no postmortem, so there is nothing to check."


def _circumstances(verdict: PullVerdict) -> list[str]:
    lines = []
    if verdict.draft:
        lines.append(
            "This pull request is a **draft**: problems are shown, but nothing fails until it is ready for review."
        )
    if not verdict.enforce:
        lines.append("The policy says `enforce: false`: this check is **advisory** and does not hold up a merge.")
    if verdict.policy_file:
        lines.append(
            "The policy on the default branch cannot be used, so this pull request is judged by its own version of "
            f"`{verdict.policy_file.path}`."
        )
    lines += [f"**Not everything could be read.** {gap}" for gap in verdict.gaps]
    return lines


def _unshown(annotations: int) -> str:
    if annotations <= MOST_ANNOTATIONS:
        return ""
    missing = count(annotations - MOST_ANNOTATIONS, "finding")
    return (
        f"Only the first {MOST_ANNOTATIONS:,} findings are annotated; {missing} more can be seen with `closeout lint`."
    )


def _annotation(path: str, finding: Finding, *, softened: bool) -> Annotation:
    span = finding.span
    last_line = span.end_line - 1 if span.end_column == 1 and span.end_line > span.line else span.end_line
    one_line = last_line == span.line and span.end_line == span.line
    level = Severity.WARNING if softened and finding.severity is Severity.ERROR else finding.severity
    return Annotation(
        path=path,
        start_line=span.line,
        end_line=last_line,
        start_column=span.column if one_line else None,
        end_column=max(span.end_column - 1, span.column) if one_line else None,
        level=_LEVELS[level],
        title=f"{finding.rule.code} {finding.rule.name}",
        message=plain(finding.message),
    )


def _waived_annotation(path: str, finding: Finding) -> Annotation:
    annotation = _annotation(path, finding, softened=False)
    return replace(annotation, level=_LEVELS[Severity.NOTICE], title=f"{annotation.title}, waived")


def _policy_annotation(file: PolicyFile, error: PolicyError) -> tuple[Annotation, ...]:
    """An annotation at the error; none in the organisation's file, which is in another repository."""
    if not file.own:
        return ()
    place = (error.line, error.line, error.column, error.column)
    return (Annotation(file.path, *place, level="failure", title=_POLICY_BROKEN, message=plain(error.message)),)


def _policy_summary(verdict: PullVerdict, file: PolicyFile, error: PolicyError) -> str:
    where = f"`{file.path}`, line {error.line}, column {error.column}"
    remedy = "A pull request that mends the file passes."
    if file.own:
        where = f"[{where}]({permalink(verdict.repository.url, verdict.head_sha, file.path, error.line)})"
    else:
        where += ", in the organisation's `.github` repository"
        remedy = "Once it is mended there, open pull requests are checked again by themselves."
    return (
        f"**Closeout cannot use the policy file.** {message(error.message)}\n\n{where}\n\n"
        f"Until this is mended, no postmortem here can be judged. {remedy}"
    )


def _join(*parts: str) -> str:
    return "\n\n".join(filter(None, parts))
