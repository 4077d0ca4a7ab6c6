"""What the gate says of a pull request, as data; `app.render.checks` puts it into words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from app.core.co_author import Author
from app.core.effects import DOCUMENT_CHECK, Conclusion
from app.core.facts import PolicyFile, Repository
from app.core.open_p0s import OpenP0
from app.core.waiver import Waiver
from rules.policy import Evidence, PolicyError
from rules.rule import Finding, Severity
from rules.timeline.response import ResponseTimes

COMMANDER_MISSING = "CO120"
"""The rule of the document check that the co-author check depends on: who commanded must be known."""

_AUTHORSHIP = "CO6"
_CO_AUTHOR_ABSENT = "CO602"


@dataclass(frozen=True, slots=True)
class DocumentVerdict:
    """What the gate found in one postmortem.

    Attributes:
        path: in the repository.
        findings: those that this pull request introduces, in the document's order; authorship is not among them.
        standing: how many stood in the base version already; they cannot fail the check.
        authorship: findings about authorship, where they are asked for.
        authors: who wrote it and how they took part; None where that is not asked for, since neither the authors nor
            the commander changed, or since it is the short form.
        commander_named: whether the document names the incident commander, or may say that there was none.
        short_form: whether it is the short write-up of a known cause, which needs no co-author.
        unreadable: why the document could not be judged; empty if it was.
        language: its language, as an ISO 639-1 code, or None if that cannot be told.
        response: what its timeline tells of detection and mitigation.
        unassignable: owners, as written, to whom GitHub will not assign the issue of their action item.
        logins: of its authors, in lower case, as far as they are known: those that it names, and those it named before.
        unheard: owners of open action items, by login or as written, whose escalations reach no manager.
        waived: findings that a maintainer lets pass; they are in neither of the two lists above.
        waived_codes: the codes that are waived here.
    """

    path: str
    findings: tuple[Finding, ...] = ()
    standing: int = 0
    authorship: tuple[Finding, ...] = ()
    authors: tuple[Author, ...] | None = None
    commander_named: bool = True
    short_form: bool = False
    unreadable: str = ""
    language: str | None = None
    response: ResponseTimes = field(default_factory=ResponseTimes)
    unassignable: tuple[str, ...] = ()
    unheard: tuple[str, ...] = ()
    logins: frozenset[str] = frozenset()
    waived: tuple[Finding, ...] = ()
    waived_codes: frozenset[str] = frozenset()

    @property
    def document_fails(self) -> bool:
        """Whether the document is not fit to merge."""
        return bool(self.unreadable) or any(each.severity is Severity.ERROR for each in self.findings)

    @property
    def co_author_fails(self) -> bool:
        """Whether nobody but the incident commander stands behind the document."""
        return bool(self.unreadable) or bool(self.authorship_codes)

    @property
    def authorship_codes(self) -> frozenset[str]:
        """Codes of what fails the check for the co-author, apart from a document that cannot be read."""
        if self.authors is None:
            return frozenset()
        missing = {COMMANDER_MISSING} if not self.commander_named else set()
        missing |= {_CO_AUTHOR_ABSENT} if not self.authors else set()
        return _failing(self.authorship) | (missing - self.waived_codes)

    @property
    def failing_codes(self) -> frozenset[str]:
        """Codes of what fails one check or the other, and could be waived."""
        return _failing(self.findings) | self.authorship_codes


@dataclass(frozen=True, slots=True)
class PullVerdict:
    """What the gate says of a pull request.

    Attributes:
        number: of the pull request.
        head_sha: the commit that was judged.
        draft: a draft pull request is told, not failed.
        enforce: False if the policy makes the checks advisory.
        policy_file: the file that cannot be used, or the one this pull request repairs; None if neither.
        documents: one verdict for each postmortem that changes, by path.
        evidence: the ways of taking part that count.
        gaps: what GitHub did not hand out and the verdict therefore does not cover.
        waivers: those that let something pass, one for each code.
        void_waivers: those that no longer count, since whoever granted them is an author of a document now.
        mentions_managers: whether managers may be mentioned in the repository.
        author: login of whoever opened it, where they have an open P0; else empty.
        open_p0s: those. They fail nothing: who reads the check sees what comes first.
        rivals: logins of other Apps that follow up postmortems here, so that this one does not.
    """

    repository: Repository
    number: int
    head_sha: str
    draft: bool
    enforce: bool
    policy_file: PolicyFile | None
    documents: tuple[DocumentVerdict, ...]
    evidence: tuple[Evidence, ...]
    gaps: tuple[str, ...]
    waivers: tuple[Waiver, ...] = ()
    void_waivers: tuple[Waiver, ...] = ()
    mentions_managers: bool = True
    author: str = ""
    open_p0s: tuple[OpenP0, ...] = ()
    rivals: tuple[str, ...] = ()

    @property
    def author_logins(self) -> frozenset[str]:
        """Logins of the authors of its documents, in lower case, as far as they are known."""
        return frozenset[str]().union(*(each.logins for each in self.documents))

    @property
    def failing_codes(self) -> frozenset[str]:
        """Codes of what fails one check or the other, and could be waived."""
        return frozenset[str]().union(*(each.failing_codes for each in self.documents))

    @property
    def policy_error(self) -> PolicyError | None:
        """Why the policy file cannot be used, or None."""
        return (
            self.policy_file.policy if self.policy_file and isinstance(self.policy_file.policy, PolicyError) else None
        )

    def fails(self, check_name: str) -> bool:
        """Whether something stands against the pull request, be it a draft or not."""
        if self.policy_error or self.gaps:
            return True
        if check_name == DOCUMENT_CHECK:
            return any(each.document_fails for each in self.documents)
        return any(each.co_author_fails for each in self.documents)

    def conclusion(self, check_name: str) -> Conclusion:
        """How the check of that name ends."""
        if self.policy_error:
            return Conclusion.FAILURE
        if not self.documents and not self.gaps:
            return Conclusion.SUCCESS if self.policy_file else Conclusion.SKIPPED
        if self.draft or not self.enforce:
            return Conclusion.NEUTRAL
        return Conclusion.FAILURE if self.fails(check_name) else Conclusion.SUCCESS


def is_authorship(code: str) -> bool:
    """Whether findings of that code belong to the check for the co-author."""
    return code.startswith(_AUTHORSHIP)


def worst(verdicts: Sequence[PullVerdict], check_name: str) -> PullVerdict:
    """The strictest of several verdicts on one commit; the first of equals. Raises ValueError if there is none."""
    order = list(Conclusion)
    return max(verdicts, key=lambda each: order.index(each.conclusion(check_name)))


def _failing(findings: Iterable[Finding]) -> frozenset[str]:
    return frozenset(each.rule.code for each in findings if each.severity is Severity.ERROR)
