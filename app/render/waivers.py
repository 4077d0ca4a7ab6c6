"""What a maintainer let pass, in the check's words: it is shown, with the name and the reason, and fails nothing."""

from __future__ import annotations

from app.core.verdict import COMMANDER_MISSING, PullVerdict, is_authorship
from app.core.waiver import Waiver, waiver_links
from app.render.text import quoted
from rules.rule import Finding, registry

WAIVED_SIGN = "⚪"


def waiver_notes(verdict: PullVerdict, *, authorship: bool) -> list[str]:
    """A paragraph for each waiver that concerns one of the two checks, and for each that no longer counts."""
    granted = [each for each in verdict.waivers if _concerns(verdict, each.code, authorship=authorship)]
    void = [each for each in verdict.void_waivers if _concerns(verdict, each.code, authorship=authorship)]
    return [*(_granted(verdict, each) for each in granted), *map(_void, void)]


def waived_findings(verdict: PullVerdict, *, authorship: bool) -> list[tuple[str, Finding]]:
    """What was waived, with the documents' paths: findings about authorship, or all others."""
    return [
        (document.path, finding)
        for document in verdict.documents
        for finding in document.waived
        if is_authorship(finding.rule.code) is authorship
    ]


def _concerns(verdict: PullVerdict, code: str, *, authorship: bool) -> bool:
    """Whether a check depends on findings of a code; whether the commander is known matters to both."""
    if code == COMMANDER_MISSING and authorship:
        return any(each.authors is not None and not each.commander_named for each in verdict.documents)
    return is_authorship(code) is authorship


def _granted(verdict: PullVerdict, waiver: Waiver) -> str:
    by = waiver_links(waiver, quoted(waiver.by), f"{verdict.repository.url}/pull/{verdict.number}")
    return f"{WAIVED_SIGN} **{_named(waiver.code)}** was waived by {by}: {quoted(waiver.reason)}"


def _void(waiver: Waiver) -> str:
    by = quoted(waiver.by)
    return f"**{_named(waiver.code)}** was waived by {by}, who is an author now, so that no longer counts."


def _named(code: str) -> str:
    rule = registry().get(code)
    return f"{code} {rule.name}" if rule else code
