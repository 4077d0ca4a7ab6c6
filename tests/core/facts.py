"""Builders of facts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.core.facts import Account, ChangedDocument, Commit, PolicyFile, PullFacts, Repository, Review, ReviewState
from app.core.policy_paths import POLICY_PATH
from rules.policy import Policy, PolicyError

SHA = "a" * 40
REPOSITORY = Repository(9, "acme/postmortems", "https://github.test/acme/postmortems", private=True)
MANAGED = Policy(managers={"default": "dana"})
PATH = "postmortems/2026-11-16-checkout.md"


def policy_file(policy: Policy | PolicyError | None = None, *, own: bool = True) -> PolicyFile:
    return PolicyFile(policy or MANAGED, POLICY_PATH if own else "closeout.yml", own=own)


def document(text: str, base: str | None = None, path: str = PATH, *, base_path: str | None = None) -> ChangedDocument:
    if base is None:
        return ChangedDocument(path, text.encode())
    return ChangedDocument(path, text.encode(), base.encode(), base_path or path)


def commit(
    login: str | None, name: str = "", email: str = "", message: str = "Write", *, sha: str = SHA, bot: bool = False
) -> Commit:
    account = Account(login, bot=bot) if login else None
    return Commit(sha, account, name or (login or ""), email or f"{login or name}@acme.example", message)


def review(login: str, state: ReviewState = ReviewState.APPROVED, *, bot: bool = False) -> Review:
    return Review(Account(login, bot=bot), state)


def facts(*documents: ChangedDocument, **changes: Any) -> PullFacts:
    empty = PullFacts(
        repository=REPOSITORY,
        number=12,
        head_sha=SHA,
        draft=False,
        policy_file=policy_file(),
        proposed_policy=None,
        documents=documents,
        commits=(commit("ana"),),
        reviews=(),
        gaps=(),
    )
    return replace(empty, **changes)
