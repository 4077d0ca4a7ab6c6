"""What happens to documents on the default branch, and how an App sees it."""

from app.sandbox.driver import Sandbox
from tests.sandbox.caller import REPOSITORY, Caller
from tests.sandbox.conftest import HandClock

BASE = f"/repos/{REPOSITORY}"


async def test_documents_are_edited_moved_and_deleted_by_pushes(tracker: Sandbox, api: Caller) -> None:
    async def blobs() -> dict[str, str]:
        answer = (await api("GET", f"{BASE}/git/trees/HEAD?recursive=1")).json
        return {row["path"]: row["sha"] for row in answer["tree"] if row["type"] == "blob"}

    before = await blobs()
    tracker.move_document(REPOSITORY, "postmortems/1.md", "postmortems/2026/1.md", by="ana")
    assert await blobs() == {"postmortems/2026/1.md": before["postmortems/1.md"]}
    tracker.edit_document(REPOSITORY, "postmortems/2026/1.md", "# Two\n")
    assert tracker.read_document(REPOSITORY, "postmortems/2026/1.md") == "# Two\n"
    sha = tracker.delete_document(REPOSITORY, "postmortems/2026/1.md", by="bo")
    assert await blobs() == {}
    pushes = [it.payload for it in tracker.deliveries if it.event == "push"]
    assert [it["ref"] for it in pushes] == ["refs/heads/main"] * 3
    assert (pushes[-1]["after"], pushes[-1]["head_commit"]["removed"]) == (sha, ["postmortems/2026/1.md"])


async def test_a_merge_pushes_to_the_default_branch(tracker: Sandbox, api: Caller) -> None:
    pull = tracker.open_pull(REPOSITORY, "inc", files={"postmortems/2.md": "# Two\n"}, author="ana")
    sha = tracker.merge(pull, by="bo")
    told = [(it.event, it.action) for it in tracker.deliveries][-3:]
    assert told == [("push", None), ("check_suite", "requested"), ("pull_request", "closed")]
    (found,) = (await api("GET", f"{BASE}/commits/{sha}/pulls")).json
    assert (found["number"], found["user"]["login"]) == (1, "ana")
    (brought,) = (await api("GET", f"{BASE}/commits/{pull.head_sha}/pulls")).json
    assert brought["number"] == 1


async def test_a_tree_may_be_cut(tracker: Sandbox, api: Caller) -> None:
    tracker.commit(REPOSITORY, "main", {"a.md": "a", "b.md": "b"})
    tracker.world.features.largest_tree = 2
    answer = (await api("GET", f"{BASE}/git/trees/main?recursive=1")).json
    assert (len(answer["tree"]), answer["truncated"]) == (2, True)
    tree = answer["sha"]
    assert (await api("GET", f"{BASE}/git/trees/{tree}?recursive=1")).json["truncated"]


async def test_the_history_of_a_path_between_two_instants(tracker: Sandbox, api: Caller, clock: HandClock) -> None:
    shas = []
    for text in "abc":
        clock.pass_(minutes=10)
        shas.append(tracker.edit_document(REPOSITORY, "a.md", text))
    tracker.edit_document(REPOSITORY, "b.md", "b")

    async def found(query: str) -> list[str]:
        return [it["sha"] for it in (await api("GET", f"{BASE}/commits?path=a.md&{query}")).json]

    assert await found("") == shas[::-1]
    assert await found("since=2026-11-23T09:20:00Z") == [shas[2], shas[1]]
    assert await found("until=2026-11-23T09:20:00Z&per_page=1") == [shas[1]]
    assert await found(f"sha={shas[0]}") == [shas[0]]


async def test_a_permission_that_changes_is_seen_at_once(tracker: Sandbox, api: Caller) -> None:
    async def level() -> str:
        answer = (await api("GET", f"{BASE}/collaborators/rae/permission")).json
        return f"{answer['permission']} {answer['role_name']} {answer['user']['login']}"

    assert await level() == "read read rae"
    tracker.grant(REPOSITORY, "rae", "maintain")
    assert await level() == "write maintain rae"
