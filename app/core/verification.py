"""How the verification of a postmortem stands, from what was said of it and of its action items."""

from __future__ import annotations

from dataclasses import replace

from app.core.followed import Followed
from app.core.ledger import Ledger, VerificationState
from app.core.promise import Verdict


def with_items_verdicts(followed: Followed) -> Followed:
    """The postmortem, whose verification has failed where that of an item did, and nobody has said anything since.

    That item's issue is where it is asked for again.
    """
    ledger = followed.ledger
    failed = [
        each for item in followed.items if (each := _failed(item.merged.promise.verdict if item.merged else None))
    ]
    newest = max(failed, key=lambda each: each.comment, default=None)
    if newest and (ledger.verdict is None or newest.comment > ledger.verdict.comment):
        ledger = replace(ledger, verification=VerificationState.FAILED, evidence=newest.evidence)
        if followed.closes:
            followed = replace(followed, open=True, closes=False)
            ledger = replace(ledger, shown=replace(ledger.shown, open=True))
        return replace(followed, ledger=ledger)
    if ledger.verification is VerificationState.FAILED:  # of an item, perhaps, that has passed by now
        ledger = _as_said(ledger)
    return replace(followed, ledger=ledger)


def _failed(verdict: Verdict | None) -> Verdict | None:
    return verdict if verdict and not verdict.passed else None


def _as_said(ledger: Ledger) -> Ledger:
    """The ledger, with what was said of the postmortem's verification itself."""
    verdict = ledger.verdict
    if verdict is None:
        return replace(ledger, verification=VerificationState.NOT_RUN, evidence="")
    state = VerificationState.PASSED if verdict.passed else VerificationState.FAILED
    return replace(ledger, verification=state, evidence=verdict.evidence)
