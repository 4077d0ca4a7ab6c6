"""The check “Postmortem co-author” in words: who counted as what, and what to do."""

from __future__ import annotations

from app.core.co_author import Author
from app.core.verdict import COMMANDER_MISSING, DocumentVerdict, PullVerdict, is_authorship
from app.render.text import code, fit, quoted
from app.render.waivers import WAIVED_SIGN, waiver_notes
from rules.policy import Evidence
from rules.rule import Finding

_CUT = "_{n} more did not fit here._"
_WAYS = {
    Evidence.COMMIT: "push a commit",
    Evidence.TRAILER: "be credited in one with a `Co-authored-by: Name <address>` trailer",
    Evidence.REVIEW: "review this pull request",
}


def co_author_findings(verdict: PullVerdict) -> list[tuple[str, Finding]]:
    """The findings about authorship, with their documents' paths."""
    return [(document.path, finding) for document in verdict.documents for finding in document.authorship]


def co_author_title(verdict: PullVerdict) -> str:
    """The verdict in a few words."""
    failing = [document for document in verdict.documents if document.co_author_fails]
    if verdict.gaps or any(document.unreadable for document in failing):
        return "Not everything could be read"
    if not failing:
        if any(_is_waived(document) for document in verdict.documents):
            return "Ready, since a maintainer waived what was missing"
        if any(document.authors is not None for document in verdict.documents):
            return "A co-author took part"
        short = any(document.short_form for document in verdict.documents)
        return "No co-author is needed" if short else "The authors did not change"
    reason = (
        "needs a co-author" if all(document.commander_named for document in failing) else "names no incident commander"
    )
    subject = (
        "The postmortem" if len(verdict.documents) == 1 else f"{len(failing)} of {len(verdict.documents)} postmortems:"
    )
    return f"{subject} {reason}"


def co_author_sections(verdict: PullVerdict, head: str) -> str:
    """The check run's summary; `head` says what is special about this pull request."""
    sections = [_section(each, verdict) for each in verdict.documents]
    return fit([part for part in (head, *waiver_notes(verdict, authorship=True), *sections) if part], _CUT)


def _section(document: DocumentVerdict, verdict: PullVerdict) -> str:
    title = f"**{code(document.path)}**"
    if document.unreadable:
        return f"{title}: {quoted(document.unreadable)}"
    if document.authors is None and document.short_form:
        return f"{title}: not asked, since the short form for a known cause needs no co-author."
    if document.authors is None:
        return f"{title}: not asked, since neither the authors nor the incident commander changed."
    advice = f"{_sign(document)} {title}: {_advice(document, verdict)}"
    return f"{advice}\n\n{_table(document)}" if document.authors else advice


def _sign(document: DocumentVerdict) -> str:
    if document.co_author_fails:
        return "❌"
    return WAIVED_SIGN if _is_waived(document) else "✅"


def _is_waived(document: DocumentVerdict) -> bool:
    """Whether something about its authors was waived that would have failed this check."""
    if document.authors is None:
        return False
    nobody_commanded = COMMANDER_MISSING in document.waived_codes and not document.commander_named
    return nobody_commanded or any(is_authorship(code) for code in document.waived_codes)


def _advice(document: DocumentVerdict, verdict: PullVerdict) -> str:
    authors = document.authors or ()
    if _is_waived(document) and not document.co_author_fails:
        return "a maintainer lets it pass as it is."
    if not authors:
        return (
            "it names no authors. Add `Authors:` with everybody who wrote it, one of them not the incident commander."
        )
    if not document.commander_named:
        return (
            "it does not say who commanded the incident, so nobody can tell a co-author from the commander. "
            "Add `Incident commander: @login` to the metadata."
        )
    if not document.co_author_fails:
        names = ", ".join(quoted(each.person.text) for each in authors if each.participation and not each.commander)
        return f"written with {names}, who did not command the incident." if names else "no co-author is asked for."
    if all(author.commander for author in authors):
        return (
            "besides the incident commander it needs an author who was not running the incident: add one to "
            f"`Authors`, who should then {_ways(verdict.evidence)}."
        )
    return f"no co-author has taken part in this pull request yet. One of them should {_ways(verdict.evidence)}."


def _ways(evidence: tuple[Evidence, ...]) -> str:
    ways = [_WAYS[each] for each in Evidence if each in evidence]
    return " or ".join([", ".join(ways[:-1]), ways[-1]]) if len(ways) > 1 else "".join(ways)


def _table(document: DocumentVerdict) -> str:
    rows = [_row(author, document.commander_named) for author in document.authors or ()]
    return "\n".join(["| Author | Counts as | Took part by |", "|---|---|---|", *rows])


def _row(author: Author, commander_named: bool) -> str:
    role = "incident commander" if author.commander else "co-author" if commander_named else "nobody can tell"
    ways = list(dict.fromkeys(_way(each.evidence, each.where) for each in author.participation))
    took_part = ", ".join(ways[:3]) + (" and more" if len(ways) > 3 else "")
    if not ways:
        took_part = "nothing yet" if author.known else "unknown: add `@login` behind the name"
    return f"| {quoted(author.person.text)} | {role} | {took_part} |"


def _way(evidence: Evidence, where: str) -> str:
    if evidence is Evidence.REVIEW:
        return f"review ({where})"
    return f"{'commit' if evidence is Evidence.COMMIT else 'trailer in'} {where}"
