import base64
import hashlib

from app.sandbox.driver import Sandbox
from app.sandbox.world.history import changes, merge_base
from app.sandbox.world.objects import ObjectStore, Signature
from app.sandbox.world.state import system_clock
from tests.sandbox.caller import REPOSITORY, Caller

BASE = f"/repos/{REPOSITORY}"
GIT = f"{BASE}/git"


def test_object_ids_are_those_of_git() -> None:
    store = ObjectStore()
    assert store.add_blob(b"hello\n") == "ce013625030ba8dba906f756967f9e9ca394464a"
    assert store.add_tree({}) == "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
    tree = store.add_tree({"a.md": store.add_blob(b"hello\n"), "a/b.md": store.add_blob(b"hello\n")})
    assert [entry.name for entry in store.trees[tree]] == ["a.md", "a"]


def test_a_file_that_moved_and_changed_a_little_is_a_rename() -> None:
    store = ObjectStore()
    text = "".join(f"line {number}\n" for number in range(20))
    before = store.add_tree({"old.md": store.add_blob(text.encode())})
    after = store.add_tree({"new.md": store.add_blob(text.replace("line 7", "line seven").encode())})
    (change,) = changes(store, before, after)
    assert (change.status, change.previous_path, change.path) == ("renamed", "old.md", "new.md")
    assert (change.additions, change.deletions) == (1, 1)


def test_the_merge_base_is_where_two_branches_parted() -> None:
    store, who = ObjectStore(), Signature("A", "a@example.com", system_clock())
    tree = store.add_tree({})
    root = store.add_commit(tree, (), who, who, "root")
    one = store.add_commit(tree, (root.sha,), who, who, "one")
    other = store.add_commit(tree, (root.sha,), who, who, "other")
    merged = store.add_commit(tree, (one.sha, other.sha), who, who, "merge")
    assert merge_base(store, one.sha, other.sha) == root.sha
    assert merge_base(store, merged.sha, other.sha) == other.sha


async def test_a_file_comes_as_base64_or_raw_with_its_blob_sha(call: Caller) -> None:
    path = f"{BASE}/contents/postmortems/1.md"
    answer = (await call("GET", path)).json
    assert base64.b64decode(answer["content"]) == b"# One\n"
    assert answer["sha"] == hashlib.sha1(b"blob 6\0# One\n").hexdigest()
    raw = await call("GET", path, Accept="application/vnd.github.raw+json")
    assert raw.data == b"# One\n"
    assert (await call("GET", f"{GIT}/blobs/{answer['sha']}")).json["size"] == 6


async def test_a_folder_lists_its_rows_and_a_missing_path_is_404(call: Caller) -> None:
    rows = (await call("GET", f"{BASE}/contents/postmortems")).json
    assert [(row["path"], row["type"]) for row in rows] == [("postmortems/1.md", "file")]
    assert (await call("GET", f"{BASE}/contents/postmortems/2.md")).status == 404
    assert (await call("GET", f"{BASE}/contents/README.md?ref=nowhere")).status == 404


async def test_paths_with_spaces_and_accents_are_found(home: Sandbox, call: Caller) -> None:
    home.commit(REPOSITORY, "main", {"post mortems/été.md": "x"})
    answer = await call("GET", f"{BASE}/contents/post%20mortems/%C3%A9t%C3%A9.md")
    assert answer.json["path"] == "post mortems/été.md"


async def test_a_file_above_a_megabyte_comes_only_raw(home: Sandbox, call: Caller) -> None:
    home.commit(REPOSITORY, "main", {"large.md": "x" * (1024 * 1024 + 1)})
    answer = (await call("GET", f"{BASE}/contents/large.md")).json
    assert (answer["encoding"], answer["content"]) == ("none", "")
    raw = await call("GET", f"{BASE}/contents/large.md", Accept="application/vnd.github.raw+json")
    assert len(raw.data) == 1024 * 1024 + 1


async def test_any_value_of_recursive_opens_the_whole_tree(call: Caller) -> None:
    flat, deep = await call("GET", f"{GIT}/trees/main"), await call("GET", f"{GIT}/trees/main?recursive=0")
    assert [row["path"] for row in flat.json["tree"]] == ["README.md", "postmortems"]
    assert [row["path"] for row in deep.json["tree"]] == ["README.md", "postmortems", "postmortems/1.md"]


async def test_a_branch_with_a_slash_is_found_however_it_is_written(home: Sandbox, call: Caller) -> None:
    sha = home.commit(REPOSITORY, "postmortem/inc-1", {"a.md": "a"})
    for path in ("commits/postmortem/inc-1", "commits/postmortem%2Finc-1"):
        assert (await call("GET", f"{BASE}/{path}")).json["sha"] == sha
    assert (await call("GET", f"{GIT}/ref/heads/postmortem/inc-1")).json["object"]["sha"] == sha
    assert (await call("GET", f"{BASE}/commits/postmortem/inc-1/check-runs")).json["total_count"] == 0


async def test_comparing_tells_where_they_parted_and_what_differs(home: Sandbox, call: Caller) -> None:
    origin = home.head(REPOSITORY)
    home.commit(REPOSITORY, "inc", {"a.md": "a\n"}, "Add a")
    home.commit(REPOSITORY, "main", {"b.md": "b\n"}, "Add b")
    answer = (await call("GET", f"{BASE}/compare/main...inc")).json
    assert (answer["status"], answer["ahead_by"], answer["behind_by"]) == ("diverged", 1, 1)
    assert answer["merge_base_commit"]["sha"] == origin
    assert [(row["filename"], row["patch"]) for row in answer["files"]] == [("a.md", "@@ -0,0 +1 @@\n+a")]


async def test_another_repositorys_objects_are_not_shown(home: Sandbox, call: Caller) -> None:
    home.create_repository("acme/other", {"secret.md": "secret\n"})
    head = home.head("acme/other")
    assert (await call("GET", f"{GIT}/commits/{head}")).status == 404
    blob = hashlib.sha1(b"blob 7\0secret\n").hexdigest()
    assert (await call("GET", f"{GIT}/blobs/{blob}")).status == 404


async def test_an_unknown_author_has_no_account(home: Sandbox, call: Caller) -> None:
    home.commit(REPOSITORY, "main", {"a.md": "a"}, "By hand", ("Nobody Known", "nobody@example.org"))
    home.commit(REPOSITORY, "main", {"a.md": "b"}, "By Ana", "ana")
    by_ana, by_nobody, _ = (await call("GET", f"{BASE}/commits")).json
    assert by_ana["author"]["login"] == "ana"
    assert (by_nobody["author"], by_nobody["commit"]["author"]["name"]) == (None, "Nobody Known")
