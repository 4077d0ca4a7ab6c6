"""How the verification of a postmortem stands, from what was said of it and of its action items."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.core.followed import Followed, FollowedItem
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


def ask_again(item: FollowedItem, ledger: Ledger) -> date | None:
    """The day on which to ask whether an item's verification ran again; None where none failed, or all passed since."""
    verdict = _failed(item.merged.promise.verdict if item.merged else None)
    whole = ledger.verdict
    is_settled = verdict and whole and whole.passed and whole.comment > verdict.comment
    return verdict.ask_again if verdict and not is_settled else None


def _failed(verdict: Verdict | None) -> Verdict | None:
    return verdict if verdict and not verdict.passed else None


def _as_said(ledger: Ledger) -> Ledger:
    """The ledger, with what was said of the postmortem's verification itself."""
    verdict = ledger.verdict
    if verdict is None:
        return replace(ledger, verification=VerificationState.NOT_RUN, evidence="")
    state = VerificationState.PASSED if verdict.passed else VerificationState.FAILED
    return replace(ledger, verification=state, evidence=verdict.evidence)
