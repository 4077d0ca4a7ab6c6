import pytest

from app.sandbox.driver import Sandbox
from app.sandbox.world.records import Refused
from tests.sandbox.caller import REPOSITORY, Caller

BASE = f"/repos/{REPOSITORY}"


async def test_ids_are_never_numbers(home: Sandbox, call: Caller) -> None:
    pull = home.open_pull(REPOSITORY, "inc", files={"a.md": "a\n"})
    answer = (await call("GET", f"{BASE}/pulls/1")).json
    assert (answer["number"], answer["id"]) == (1, pull.id)
    assert answer["id"] != 1


async def test_a_pull_request_lists_its_files_and_commits(home: Sandbox, call: Caller) -> None:
    home.open_pull(REPOSITORY, "inc", files={"a.md": "a\n"}, author="ana", message="Add a")
    home.commit(
        REPOSITORY, "inc", {"postmortems/1.md": None}, "Remove one\n\nCo-authored-by: Bo <bo@example.com>", "bo"
    )
    home.commit(REPOSITORY, "main", {"z.md": "z"}, "Elsewhere")
    files = (await call("GET", f"{BASE}/pulls/1/files")).json
    assert [(row["filename"], row["status"]) for row in files] == [("a.md", "added"), ("postmortems/1.md", "removed")]
    commits = (await call("GET", f"{BASE}/pulls/1/commits")).json
    assert [row["author"]["login"] for row in commits] == ["ana", "bo"]


async def test_lists_filter_by_state_head_and_base(home: Sandbox, call: Caller) -> None:
    closed = home.open_pull(REPOSITORY, "one", files={"a.md": "a"})
    home.close(closed)
    home.open_pull(REPOSITORY, "two", files={"b.md": "b"})

    async def numbers(query: str) -> list[int]:
        return [row["number"] for row in (await call("GET", f"{BASE}/pulls{query}")).json]

    assert await numbers("") == [2]
    assert await numbers("?state=all") == [2, 1]
    assert await numbers("?state=all&direction=asc") == [1, 2]
    assert await numbers("?state=closed&head=acme:one") == [1]
    assert await numbers("?base=other") == []


async def test_a_forks_head_is_reachable_in_the_base_repository(home: Sandbox, call: Caller) -> None:
    fork = home.fork(REPOSITORY, "zoe")
    pull = home.open_pull(REPOSITORY, "inc", files={"a.md": "a\n"}, author="zoe", fork=fork)
    answer = (await call("GET", f"{BASE}/pulls/1")).json
    assert (answer["head"]["label"], answer["head"]["repo"]["full_name"]) == ("zoe:inc", "zoe/postmortems")
    assert (await call("GET", f"{BASE}/contents/a.md?ref={pull.head_sha}")).status == 200
    assert (await call("GET", f"{BASE}/git/ref/pull/1/head")).json["object"]["sha"] == pull.head_sha
    assert (await call("GET", "/repos/zoe/postmortems")).status == 404


async def test_a_push_to_the_fork_advances_its_pull_request(home: Sandbox) -> None:
    fork = home.fork(REPOSITORY, "zoe")
    pull = home.open_pull(REPOSITORY, "inc", files={"a.md": "a\n"}, author="zoe", fork=fork)
    head = home.commit(fork, "inc", {"a.md": "b\n"}, author="zoe")
    assert home.pull(pull).head_sha == head
    assert home.deliveries[-1].payload["action"] == "synchronize"
    assert home.deliveries[-1].payload["before"] == pull.head_sha


async def test_a_deleted_fork_leaves_a_pull_request_without_head_repository(home: Sandbox, call: Caller) -> None:
    fork = home.fork(REPOSITORY, "zoe")
    home.open_pull(REPOSITORY, "inc", files={"a.md": "a\n"}, author="zoe", fork=fork)
    home.delete_repository(fork)
    answer = (await call("GET", f"{BASE}/pulls/1")).json
    assert answer["head"]["repo"] is None


async def test_two_pull_requests_may_share_a_head(home: Sandbox, call: Caller) -> None:
    first = home.open_pull(REPOSITORY, "one", files={"a.md": "a\n"})
    home.push(REPOSITORY, "two", first.head_sha)
    home.open_pull(REPOSITORY, "two")
    found = (await call("GET", f"{BASE}/commits/{first.head_sha}/pulls")).json
    assert [row["number"] for row in found] == [2, 1]


async def test_a_merge_puts_the_files_on_the_base_branch(home: Sandbox, call: Caller) -> None:
    pull = home.open_pull(REPOSITORY, "inc", files={"a.md": "a\n"}, title="Postmortem")
    home.commit(REPOSITORY, "main", {"b.md": "b\n"})
    sha = home.merge(pull)
    tree = (await call("GET", f"{BASE}/git/trees/main")).json["tree"]
    assert {"a.md", "b.md"} <= {row["path"] for row in tree}
    answer = (await call("GET", f"{BASE}/pulls/1")).json
    assert (answer["merged"], answer["state"], answer["merge_commit_sha"]) == (True, "closed", sha)


async def test_a_squash_keeps_its_co_authors(home: Sandbox, call: Caller) -> None:
    pull = home.open_pull(REPOSITORY, "inc", files={"a.md": "a\n"}, author="ana", title="Postmortem")
    home.commit(REPOSITORY, "inc", {"a.md": "b\n"}, "Fix", "bo")
    sha = home.merge(pull, squash=True)
    message = (await call("GET", f"{BASE}/commits/{sha}")).json["commit"]["message"]
    assert message.startswith("Postmortem (#1)\n\nCo-authored-by: Bo <")


async def test_a_conflict_and_a_draft_cannot_be_merged(home: Sandbox, call: Caller) -> None:
    conflict = home.open_pull(REPOSITORY, "inc", files={"README.md": "mine\n"})
    home.commit(REPOSITORY, "main", {"README.md": "theirs\n"})
    draft = home.open_pull(REPOSITORY, "wip", files={"c.md": "c\n"}, draft=True)
    for pull in (conflict, draft):
        with pytest.raises(Refused, match="not mergeable"):
            home.merge(pull)
    assert (await call("GET", f"{BASE}/pulls/1")).json["mergeable_state"] == "dirty"
    assert (await call("GET", f"{BASE}/pulls/2")).json["mergeable_state"] == "draft"


async def test_a_merge_group_is_a_commit_on_a_branch_of_its_own(home: Sandbox, call: Caller) -> None:
    pull = home.open_pull(REPOSITORY, "inc", files={"a.md": "a\n"})
    base = home.head(REPOSITORY)
    group = home.enqueue(pull)
    assert group.head_ref == f"refs/heads/gh-readonly-queue/main/pr-1-{base}"
    assert home.deliveries[-1].payload["merge_group"]["head_sha"] == group.head_sha
    assert (await call("GET", f"{BASE}/contents/a.md?ref={group.head_sha}")).status == 200
    home.merge_group(group)
    assert home.head(REPOSITORY) == group.head_sha
    assert home.pull(pull).merged_at is not None
    assert home.deliveries[-1].payload["reason"] == "merged"
    assert home.head(REPOSITORY, group.head_ref.removeprefix("refs/heads/")) is None


async def test_a_group_taken_out_of_the_queue_merges_nothing(home: Sandbox) -> None:
    pull = home.open_pull(REPOSITORY, "inc", files={"a.md": "a\n"})
    home.dequeue(home.enqueue(pull))
    assert home.pull(pull).state == "open"
    assert home.deliveries[-1].payload["reason"] == "dequeued"


async def test_reviews_are_listed_in_upper_case_and_sent_in_lower_case(home: Sandbox, call: Caller) -> None:
    pull = home.open_pull(REPOSITORY, "inc", files={"a.md": "a\n"}, author="ana")
    home.review(pull, "bo", "APPROVED")
    assert home.deliveries[-1].payload["review"]["state"] == "approved"
    (review,) = (await call("GET", f"{BASE}/pulls/1/reviews")).json
    assert (review["state"], review["user"]["login"]) == ("APPROVED", "bo")
    with pytest.raises(Refused, match="your own"):
        home.review(pull, "ana", "APPROVED")


async def test_a_new_base_is_told_with_the_old_one(home: Sandbox) -> None:
    home.push(REPOSITORY, "release", home.head(REPOSITORY) or "")
    pull = home.open_pull(REPOSITORY, "inc", files={"a.md": "a\n"})
    home.edit(pull, base="release")
    assert home.deliveries[-1].payload["changes"]["base"]["ref"] == {"from": "main"}


async def test_an_archived_repository_is_read_only(home: Sandbox, call: Caller) -> None:
    home.archive(REPOSITORY)
    assert (await call("GET", f"{BASE}/commits")).status == 200
    with pytest.raises(Refused, match="archived"):
        home.commit(REPOSITORY, "main", {"a.md": "a"})


async def test_permissions_fold_roles_as_github_does(home: Sandbox, call: Caller) -> None:
    for login, role in (("ana", "maintain"), ("bo", "triage")):
        home.grant(REPOSITORY, login, role)  # type: ignore[arg-type]
    home.person("cy")

    async def of(login: str) -> tuple[str, str]:
        answer = (await call("GET", f"{BASE}/collaborators/{login}/permission")).json
        return answer["permission"], answer["role_name"]

    assert [await of(login) for login in ("mona", "ana", "bo", "cy")] == [
        ("admin", "admin"),
        ("write", "maintain"),
        ("read", "triage"),
        ("none", "none"),
    ]
    assert (await call("GET", f"{BASE}/assignees/ana")).status == 204
    assert (await call("GET", f"{BASE}/assignees/cy")).status == 404
