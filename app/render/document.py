"""The check “Postmortem document” in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from app.core.effects import DOCUMENT_CHECK
from app.core.verdict import DocumentVerdict, PullVerdict, is_authorship
from app.links import rule_page
from app.render.languages import rules_left_out
from app.render.open_p0s import open_p0s_note
from app.render.repository_issues import rivals_note
from app.render.response import response_note
from app.render.text import MOST_CHARACTERS, code, count, fit, fold, message, permalink, quoted
from app.render.unheard import unheard_note
from app.render.waivers import WAIVED_SIGN, waived_findings, waiver_notes
from rules.rule import Finding, Severity

_SHOWN = 10  # findings in plain sight; the rest is folded
_MOST_ROWS = 50  # documents in the table
_SIGNS = {Severity.ERROR: "🔴", Severity.WARNING: "🟡", Severity.NOTICE: "🔵"}
_CUT = "_{n} more did not fit here. Mend these first, or see them all with `closeout lint`._"


def document_findings(verdict: PullVerdict) -> list[tuple[str, Finding]]:
    """The findings to show, with their documents' paths: errors first, then in the documents' order."""
    order = list(Severity)
    findings = [(document.path, finding) for document in verdict.documents for finding in document.findings]
    return sorted(findings, key=lambda each: order.index(each[1].severity))


def document_title(verdict: PullVerdict) -> str:
    """The verdict in a few words."""
    findings = [finding for _, finding in document_findings(verdict)]
    errors, advice = _counts(findings, Severity.ERROR), _counts(findings, Severity.WARNING, Severity.NOTICE)
    if verdict.gaps or any(document.unreadable for document in verdict.documents):
        return "Not everything could be read"
    waived = _waived_count(verdict)
    if not findings and not waived:
        return f"Ready: nothing to mend in {count(len(verdict.documents), 'postmortem')}"
    if not verdict.fails(DOCUMENT_CHECK):
        return f"Ready, with {', '.join(filter(None, (advice, waived)))}"
    to_mend = ", ".join(filter(None, (f"{errors} to mend", advice, waived)))
    if verdict.draft:
        return f"Draft: {to_mend}"
    return to_mend if verdict.enforce else f"Advisory: {to_mend}"


def document_summary(verdict: PullVerdict, head: str) -> str:
    """The check run's summary; `head` says what is special about this pull request."""
    findings = document_findings(verdict)
    waived = waived_findings(verdict, authorship=False)
    lines = [_finding_line(verdict, path, finding, _SIGNS[finding.severity]) for path, finding in findings]
    lines += [_finding_line(verdict, path, finding, WAIVED_SIGN) for path, finding in waived]
    left_out = rules_left_out([document.language for document in verdict.documents if not document.unreadable])
    top = [_verdict_line(verdict), head, *waiver_notes(verdict, authorship=False), _table(verdict)]
    top += [*_unreadable(verdict.documents), left_out]
    unheard = dict.fromkeys(each for document in verdict.documents for each in document.unheard)
    top += [open_p0s_note(verdict), response_note(verdict.documents), _unassignable_note(verdict.documents)]
    top.append(f"🔵 {note}" if (note := unheard_note(unheard, muted=not verdict.mentions_managers)) else "")
    top.append(f"🔵 {note} One of its issues says what to do." if (note := rivals_note(verdict.rivals)) else "")
    if len(lines) <= _SHOWN:
        return fit([*filter(None, top), *lines], _CUT)
    title = f"{count(len(lines) - _SHOWN, 'more finding')}"
    around = len(fold(title, _CUT)) + 10
    summary = fit([*filter(None, top), *lines[:_SHOWN]], _CUT, MOST_CHARACTERS - around)
    room = MOST_CHARACTERS - len(summary) - around + len(_CUT)
    return f"{summary}\n\n{fold(title, fit(lines[_SHOWN:], _CUT, room))}"


def _counts(findings: Iterable[Finding], *severities: Severity) -> str:
    numbers = Counter(finding.severity for finding in findings)
    return ", ".join(count(numbers[severity], severity.value) for severity in severities if numbers[severity])


def _waived_count(verdict: PullVerdict) -> str:
    number = len(waived_findings(verdict, authorship=False))
    return f"{count(number, 'finding')} waived" if number else ""


def _verdict_line(verdict: PullVerdict) -> str:
    if verdict.gaps or any(document.unreadable for document in verdict.documents):
        return "**Not ready to merge.** What cannot be read cannot be judged."
    errors = sum(finding.severity is Severity.ERROR for _, finding in document_findings(verdict))
    if not errors:
        return "**Ready to merge**, as far as the document goes."
    return f"**Not ready to merge.** {count(errors, 'error')} to mend; anything else listed here is advice."


def _table(verdict: PullVerdict) -> str:
    rows = ["| Postmortem | Errors | Warnings | Notices | |", "|---|---|---|---|---|"]
    rows += [_row(document) for document in verdict.documents[:_MOST_ROWS]]
    if len(verdict.documents) > _MOST_ROWS:
        rows.append(f"| {count(len(verdict.documents) - _MOST_ROWS, 'more postmortem')} | | | | |")
    return "\n".join(rows)


def _row(document: DocumentVerdict) -> str:
    numbers = Counter(finding.severity for finding in document.findings)
    figures = " | ".join(str(numbers[severity]) for severity in (Severity.ERROR, Severity.WARNING, Severity.NOTICE))
    remark = "❌ not ready" if document.document_fails else "✅ ready"
    if document.standing:
        remark += f"; {count(document.standing, 'older finding')} left alone"
    waived = sum(not is_authorship(finding.rule.code) for finding in document.waived)
    if waived:
        remark += f"; {count(waived, 'finding')} waived"
    path = code(document.path).replace("|", r"\|")  # a table ends its cells even inside code
    return f"| {path} | {figures} | {remark} |"


def _unreadable(documents: Iterable[DocumentVerdict]) -> list[str]:
    return [f"🔴 {code(each.path)}: {quoted(each.unreadable)}" for each in documents if each.unreadable][:_MOST_ROWS]


def _unassignable_note(documents: Iterable[DocumentVerdict]) -> str:
    """A warning, not a finding: the issue will be opened all the same."""
    names = list(dict.fromkeys(name for document in documents for name in document.unassignable))
    if not names:
        return ""
    listed = ", ".join(quoted(name) for name in names[:_SHOWN])
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return (
        f"🟡 **GitHub cannot assign issues in this repository to {listed}{more}.** Once this is merged, their action "
        "items get issues all the same, but nobody is assigned. Give them access, or name a `sponsor` in the policy."
    )


def _finding_line(verdict: PullVerdict, path: str, finding: Finding, sign: str) -> str:
    span = finding.span
    link = permalink(verdict.repository.url, verdict.head_sha, path, span.line, span.end_line)
    place = f"line {span.line}" if len(verdict.documents) == 1 else f"{quoted(path)}, line {span.line}"
    rule = f"[{finding.rule.code}]({rule_page(finding.rule)}) {finding.rule.name}"
    return f"{sign} **[{place}]({link})** {rule}  \n{message(finding.message)}"
