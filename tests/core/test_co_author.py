"""Who of a postmortem's authors took part in its pull request, and who is the commander under another name."""

from __future__ import annotations

import pytest

from app.core.co_author import Author, examine_authors
from app.core.facts import Commit, Review, ReviewState
from rules.policy import CoAuthor, Evidence, PersonPolicy, Policy
from rules.reading import read
from tests.core.facts import commit, facts, review


def examine(
    authors: str,
    commander: str = "@ana",
    *,
    commits: tuple[Commit, ...] = (),
    reviews: tuple[Review, ...] = (),
    policy: Policy | None = None,
) -> dict[str, Author]:
    text = f"# Postmortem: x\n\n- Authors: {authors}\n- Incident commander: {commander}\n"
    found = examine_authors(read(text), facts(commits=commits, reviews=reviews), policy or Policy())
    return {author.person.text: author for author in found}


def took_part(author: Author) -> list[Evidence]:
    return [each.evidence for each in author.participation]


def test_a_commit_is_evidence() -> None:
    authors = examine("@ana, @bo", commits=(commit("ana"), commit("bo")))
    assert authors["@ana"].commander
    assert not authors["@bo"].commander
    assert took_part(authors["@bo"]) == [Evidence.COMMIT]


def test_an_author_who_did_nothing_did_not_take_part() -> None:
    assert took_part(examine("@ana, @bo", commits=(commit("ana"),))["@bo"]) == []


@pytest.mark.parametrize(
    "trailer",
    [
        "Co-authored-by: Bo <bo@users.noreply.github.com>",
        "Co-authored-by: Bo <123+bo@users.noreply.github.com>",
        "co-authored-by: Bo <123+BO@users.noreply.github.example.com>",
    ],
)
def test_a_trailer_names_its_login_by_the_no_reply_address(trailer: str) -> None:
    authors = examine("@ana, @bo", commits=(commit("ana", message=f"Write\n\n{trailer}\n"),))
    assert took_part(authors["@bo"]) == [Evidence.TRAILER]


def test_a_trailer_is_somebody_by_the_name_in_the_document() -> None:
    authors = examine("@ana, Bo Chén", commits=(commit("ana", message="x\n\nCo-authored-by: bo chen <b@c.example>"),))
    assert took_part(authors["Bo Chén"]) == [Evidence.TRAILER]


def test_a_trailer_is_somebody_by_the_names_in_the_policy() -> None:
    policy = Policy(people={"bo": PersonPolicy(name="Bo Chen")})
    message = "x\n\nCo-authored-by: Bo Chen <b@c.example>"
    assert took_part(examine("@ana, @bo", commits=(commit("ana", message=message),), policy=policy)["@bo"])


def test_words_that_only_look_like_a_trailer_are_none() -> None:
    message = "> Co-authored-by: Bo <bo@users.noreply.github.com>\nThanks, Co-authored-by: Bo"
    assert took_part(examine("@ana, @bo", commits=(commit("ana", message=message),))["@bo"]) == []


@pytest.mark.parametrize("state", [ReviewState.APPROVED, ReviewState.CHANGES_REQUESTED, ReviewState.COMMENTED])
def test_a_review_is_evidence(state: ReviewState) -> None:
    assert took_part(examine("@ana, @bo", reviews=(review("bo", state),))["@bo"]) == [Evidence.REVIEW]


@pytest.mark.parametrize("state", [ReviewState.DISMISSED, ReviewState.PENDING])
def test_a_dismissed_or_unsent_review_is_none(state: ReviewState) -> None:
    assert took_part(examine("@ana, @bo", reviews=(review("bo", state),))["@bo"]) == []


def test_the_policy_says_what_counts() -> None:
    policy = Policy(co_author=CoAuthor(evidence=(Evidence.REVIEW,)))
    authors = examine("@ana, @bo, @cy", commits=(commit("bo"),), reviews=(review("cy"),), policy=policy)
    assert took_part(authors["@bo"]) == []
    assert took_part(authors["@cy"]) == [Evidence.REVIEW]


def test_bots_do_not_count() -> None:
    authors = examine(
        "@ana, helper[bot], @fixer",
        commits=(
            commit("fixer", bot=True),
            commit("ana", message="x\n\nCo-authored-by: helper[bot] <1+helper[bot]@users.noreply.github.com>"),
        ),
        reviews=(review("fixer", bot=True),),
    )
    assert not took_part(authors["@fixer"])
    assert not any(took_part(author) for name, author in authors.items() if "helper" in name)


def test_the_commander_is_recognised_under_a_name_that_the_policy_knows() -> None:
    policy = Policy(people={"ana": PersonPolicy(name="Ana Ruiz")})
    assert examine("Ana Ruiz", policy=policy)["Ana Ruiz"].commander


def test_the_commander_is_recognised_under_a_name_that_only_the_commits_know() -> None:
    authors = examine("Ana Ruiz, Bo Chen", commits=(commit("ana", name="Ana Ruiz"), commit("bo", name="Bo Chen")))
    assert authors["Ana Ruiz"].commander
    assert not authors["Bo Chen"].commander
    assert authors["Bo Chen"].known


def test_a_name_or_an_address_that_two_accounts_share_makes_them_no_one_person() -> None:
    shared = [commit(login, name="root", email="dev@acme.example") for login in ("ana", "bo")]
    authors = examine("@ana, @bo", commits=tuple(shared))
    assert not authors["@bo"].commander
    assert took_part(authors["@bo"]) == [Evidence.COMMIT]


def test_nobody_can_be_made_the_commander_by_a_commit_under_their_name() -> None:
    forged = (commit("ana", name="Bo Chen"), commit("bo", name="Bo Chen"))
    assert not examine("Ana Ruiz (@ana), Bo Chen (@bo)", commits=forged)["Bo Chen (@bo)"].commander


def test_a_message_with_carriage_returns_has_its_trailers() -> None:
    message = "x\r\n\r\nCo-authored-by: Bo <1+bo@users.noreply.github.com>\r\n"
    assert took_part(examine("@ana, @bo", commits=(commit("ana", message=message),))["@bo"]) == [Evidence.TRAILER]


def test_a_hostile_message_is_read_in_no_time() -> None:
    message = "Co-authored-by:" + " " * 1_000_000 + "\nCo-authored-by: " + "<" * 1_000_000
    assert took_part(examine("@ana, @bo", commits=(commit("ana", message=message),))["@bo"]) == []


def test_of_several_commanders_none_is_a_co_author() -> None:
    authors = examine("@ana, @bo, @cy", commander="@ana, @bo")
    assert [author.commander for author in authors.values()] == [True, True, False]


def test_a_name_that_resolves_to_nobody_is_unknown() -> None:
    author = examine("@ana, Cy Doe")["Cy Doe"]
    assert not author.known
    assert not author.participation
