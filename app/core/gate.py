"""What decides whether a pull request may merge: facts, policy and the time in, a verdict out.

What ARCHITECTURE.md says of checks, that they are right, and of waivers, is decided here. The verdict is data.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from app.core.co_author import Author, author_logins, examine_authors
from app.core.facts import ChangedDocument, PolicyFile, PullFacts
from app.core.merged_document import incident_of
from app.core.open_p0s import open_p0s
from app.core.people_in_charge import escalates_to, may_mention_managers
from app.core.references import is_issue
from app.core.repository_facts import Issue
from app.core.verdict import DocumentVerdict, PullVerdict, is_authorship
from app.core.waiver import Waiver
from rules.checking import check
from rules.comparison import introduced
from rules.layouts import layout_from
from rules.metadata.status import status_of
from rules.owners import is_collective
from rules.policy import Policy, PolicyError
from rules.policy_file import matches_document
from rules.postmortem import Postmortem
from rules.reading import read_bytes
from rules.recognition import is_postmortem
from rules.requirements import is_short, may_be_none
from rules.rule import Context
from rules.timeline.response import response_times


def gate(facts: PullFacts, now: datetime) -> PullVerdict:
    """The verdict on a pull request; `now` is an aware instant."""
    policy, mentioned = _policy_to_judge_by(facts)
    documents: tuple[DocumentVerdict, ...] = ()
    if isinstance(policy, Policy):
        today = now.astimezone(ZoneInfo(policy.timezone)).date()
        postmortems = [each for each in facts.documents if _is_postmortem(each, policy)]
        documents = tuple(
            _judge(each, facts, policy, Context(each.path, today, not facts.draft)) for each in postmortems
        )
    return PullVerdict(
        repository=facts.repository,
        number=facts.number,
        head_sha=facts.head_sha,
        draft=facts.draft,
        enforce=policy.enforce if isinstance(policy, Policy) else True,
        policy_file=mentioned,
        documents=documents,
        evidence=policy.co_author.evidence if isinstance(policy, Policy) else (),
        gaps=facts.gaps,
        mentions_managers=isinstance(policy, Policy) and may_mention_managers(facts.repository, policy),
    )


def with_open_p0s(
    verdict: PullVerdict, author: str, assigned: Iterable[Issue], policy: Policy, now: datetime
) -> PullVerdict:
    """The verdict with the open P0s of whoever opened the pull request, from the issues of ours that they have."""
    found = open_p0s(assigned, policy, now)
    return replace(verdict, author=author, open_p0s=found) if found else verdict


def waive(verdict: PullVerdict, waivers: Iterable[Waiver]) -> PullVerdict:
    """The verdict once waivers are applied: all findings of a waived code pass, in each of its documents.

    Where several waive one code, the first speaks for all. That of somebody who has become an author does not count.
    """
    failing = [each for each in waivers if each.code in verdict.failing_codes]
    void = tuple(each for each in failing if each.by.casefold() in verdict.author_logins)
    granted: dict[str, Waiver] = {}
    for each in failing:
        if each not in void:
            granted.setdefault(each.code, each)
    documents = tuple(_waive(document, granted.keys()) for document in verdict.documents)
    return replace(verdict, documents=documents, waivers=tuple(granted.values()), void_waivers=void)


def _waive(document: DocumentVerdict, codes: Collection[str]) -> DocumentVerdict:
    found = (*document.findings, *document.authorship)
    return replace(
        document,
        findings=tuple(each for each in document.findings if each.rule.code not in codes),
        authorship=tuple(each for each in document.authorship if each.rule.code not in codes),
        waived=tuple(each for each in found if each.rule.code in codes),
        waived_codes=document.failing_codes.intersection(codes),
    )


def _policy_to_judge_by(facts: PullFacts) -> tuple[Policy | PolicyError, PolicyFile | None]:
    """The policy to judge by, and the policy file that the verdict has to speak of, if any.

    The policy in force judges. Where it is broken, a pull request that changes the file is judged by its own version;
    one that would break it is told so.
    """
    in_force, proposed = facts.policy_file, facts.proposed_policy
    if proposed is not None and isinstance(proposed.policy, PolicyError):
        return in_force.policy, proposed
    if not isinstance(in_force.policy, PolicyError):
        return in_force.policy, None
    mentioned = proposed or in_force
    return mentioned.policy, mentioned


def _is_postmortem(document: ChangedDocument, policy: Policy) -> bool:
    """By the policy's globs; else if it reads as one, now or before the change: emptying a postmortem is no way out."""
    if (chosen := matches_document(policy, document.path)) is not None:
        return chosen
    if document.data is None:
        return True
    return is_postmortem(document.data.decode(errors="replace"), document.path) or _was_postmortem(document, policy)


def _was_postmortem(document: ChangedDocument, policy: Policy) -> bool:
    """Whether it was one before the change. What was none was never judged, so nothing in it is excused."""
    if document.base is None or document.base_path is None:
        return False
    if (chosen := matches_document(policy, document.base_path)) is not None:
        return chosen
    return is_postmortem(document.base.decode(errors="replace"), document.base_path)


def _judge(document: ChangedDocument, facts: PullFacts, policy: Policy, context: Context) -> DocumentVerdict:
    if document.data is None:
        return DocumentVerdict(document.path, unreadable=document.unreadable)
    postmortem = _read(document.data, document.path, policy)
    before = None
    if document.base is not None and _was_postmortem(document, policy):
        before = _read(document.base, document.path, policy)
    authors = examine_authors(postmortem, facts, policy) if _asks_for_co_author(postmortem, before) else None
    context = replace(context, took_part=_took_part(authors))
    asked = replace(context, recurrence_of=_recurrence_of(document, postmortem, facts, policy))
    found = check(postmortem, policy, asked)
    new = found if before is None else introduced(found, check(before, policy, context))
    return DocumentVerdict(
        path=document.path,
        findings=tuple(each for each in new if not is_authorship(each.rule.code)),
        standing=len(found) - len(new),
        authorship=() if authors is None else tuple(each for each in found if is_authorship(each.rule.code)),
        authors=authors,
        commander_named=bool(postmortem.commanders) or may_be_none(postmortem, "commander"),
        short_form=is_short(postmortem),
        language=postmortem.language,
        response=response_times(postmortem),
        unassignable=_unassignable(postmortem, facts, policy),
        unheard=_unheard(postmortem, facts, policy),
        logins=author_logins([each for each in (postmortem, before) if each], facts, policy),
    )


def _recurrence_of(document: ChangedDocument, postmortem: Postmortem, facts: PullFacts, policy: Policy) -> str:
    """The tracking issues whose postmortem this one repeats, as people say there.

    They name the pull request, where this one is new or there is no new one, or the issue that its incident is called.
    """
    new = [each.path for each in facts.documents if _is_postmortem(each, policy) and not _was_postmortem(each, policy)]
    is_meant = not new or document.path in new
    incident = incident_of(postmortem)
    found = [
        tracking
        for tracking, number in facts.recurrences
        if (is_meant and number == facts.number) or is_issue(incident, number)
    ]
    return ", ".join(f"#{number}" for number in dict.fromkeys(found))


def _unassignable(postmortem: Postmortem, facts: PullFacts, policy: Policy) -> tuple[str, ...]:
    """Owners of open action items whose login GitHub assigns nothing to, and who have no sponsor to stand in."""
    if facts.assignable is None:
        return ()
    found = []
    for item in postmortem.actions:
        owner, login = next(((each, login) for each in item.owners if (login := policy.login_of(each))), (None, ""))
        if owner is None or item.done or item.declined:
            continue
        person = policy.person(login)
        stand_ins = {login.casefold(), (person.sponsor or "").casefold() if person else ""}
        if stand_ins.isdisjoint(facts.assignable):
            found.append(owner.text)
    return tuple(dict.fromkeys(found))


def _unheard(postmortem: Postmortem, facts: PullFacts, policy: Policy) -> tuple[str, ...]:
    """Owners of open action items whose escalations reach nobody: nobody is their manager, or may be mentioned."""
    found = []
    for item in postmortem.actions:
        owner = next((each for each in item.owners if not is_collective(each, policy)), None)
        if owner is None or item.done or item.declined:
            continue
        login = next((login for each in item.owners if (login := policy.login_of(each))), None)
        if not (may_mention_managers(facts.repository, policy) and escalates_to(policy, login, ())):
            found.append(login or owner.text)
    return tuple(dict.fromkeys(found))


def _read(data: bytes, path: str, policy: Policy) -> Postmortem:
    return read_bytes(data, layout_from(policy.layout), path)


def _asks_for_co_author(postmortem: Postmortem, before: Postmortem | None) -> bool:
    """A document needs its co-author when it is new, leaves draft, or changes its authors or commander.

    The short form needs none; what was short before and is no longer counts as new.
    """
    if is_short(postmortem):
        return False
    if before is None or is_short(before):
        return True
    if status_of(before) == "draft" != status_of(postmortem):
        return True
    return _names(before) != _names(postmortem)


def _names(postmortem: Postmortem) -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(each.text for each in postmortem.authors), frozenset(each.text for each in postmortem.commanders)


def _took_part(authors: Sequence[Author] | None) -> frozenset[str] | None:
    """The authors, as written, who took part without commanding; None where that is not asked."""
    if authors is None:
        return None
    return frozenset(each.person.text for each in authors if each.participation and not each.commander)
