"""What was observed on GitHub, as frozen data. Nothing here is an opinion: `gate` decides."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime

from rules.policy import Policy, PolicyError


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository.

    Attributes:
        id: GitHub's numeric id, which survives renames.
        full_name: `owner/name` as of now.
        url: its page for people, without a trailing slash.
        private: whether it is hidden from the public.
    """

    id: int
    full_name: str
    url: str
    private: bool = False


@dataclass(frozen=True, slots=True)
class PolicyFile:
    """The policy in force for a repository.

    Attributes:
        policy: the policy, or why the file cannot be used.
        path: the file's path in the repository it was read from.
        own: False where it is the organisation's file.
        since: from when on the organisation's file has spoken for the repository; None where that is not known.
    """

    policy: Policy | PolicyError
    path: str
    own: bool = True
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class ChangedDocument:
    """A Markdown file that a pull request adds or changes.

    Attributes:
        path: at the head.
        data: its bytes at the head, or None if it could not be read: then `unreadable` says why.
        base: its bytes where the branch left the base branch, or None if it is new there.
        base_path: where it was then; None if it is new.
        unreadable: why `data` is None, a sentence for people.
    """

    path: str
    data: bytes | None
    base: bytes | None = None
    base_path: str | None = None
    unreadable: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """A GitHub account."""

    login: str
    bot: bool = False


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit of a pull request.

    Attributes:
        sha: 40 hexadecimal digits.
        account: the account GitHub knows the author by, or None.
        name, email: as git recorded the author.
        message: the whole message, trailers included.
    """

    sha: str
    account: Account | None
    name: str
    email: str
    message: str


class ReviewState(enum.StrEnum):
    """What became of a review; GitHub's words."""

    APPROVED = "APPROVED"
    CHANGES_REQUESTED = "CHANGES_REQUESTED"
    COMMENTED = "COMMENTED"
    DISMISSED = "DISMISSED"
    PENDING = "PENDING"


@dataclass(frozen=True, slots=True)
class Review:
    """A review of a pull request."""

    account: Account
    state: ReviewState


@dataclass(frozen=True, slots=True)
class PublishedCheck:
    """A check run of ours on a commit: the newest of its name.

    Attributes:
        name: one of the two names.
        external_id: a digest of what it says, see `PublishCheckRun`.
        summary: Markdown, as published.
    """

    name: str
    external_id: str
    summary: str = ""


@dataclass(frozen=True, slots=True)
class PullFacts:
    """A pull request that is open, in a repository that has a policy.

    Attributes:
        policy_file: what is in force, from the default branch.
        proposed_policy: what the pull request makes of the policy file; None if it leaves the file alone.
        documents: the Markdown files it adds or changes that may be postmortems, by path.
        commits: oldest first.
        reviews: oldest first.
        gaps: what GitHub does not hand out (a list that ends at its limit), each a sentence for people.
        assignable: logins, in lower case, that issues can be assigned to; None where nobody asked.
        recurrences: the tracking issues where people say that it happened again, each with the number of the pull
            request, or of the incident's issue, that they name there.
    """

    repository: Repository
    number: int
    head_sha: str
    draft: bool
    policy_file: PolicyFile
    proposed_policy: PolicyFile | None
    documents: tuple[ChangedDocument, ...]
    commits: tuple[Commit, ...]
    reviews: tuple[Review, ...]
    gaps: tuple[str, ...]
    assignable: frozenset[str] | None = None
    recurrences: tuple[tuple[int, int], ...] = ()
