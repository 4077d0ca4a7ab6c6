"""The git database: refs, commits, trees, blobs."""

from app.sandbox.api.call import Call, Reply, Route, flag_of, listed, required_text
from app.sandbox.api.repositories import CONTENTS
from app.sandbox.shapes import commits
from app.sandbox.world.history import ancestors
from app.sandbox.world.pushing import move_ref
from app.sandbox.world.records import Refused

WRITE_CONTENTS = (("contents", "write"),)


def show_ref(call: Call) -> Reply:
    """One ref by its exact name."""
    name = f"refs/{call.params['ref']}"
    sha = call.world.refs.get((call.repository.id, name))
    if sha is None:
        raise Refused(404, "Not Found")
    return Reply(body=commits.reference(call.world, call.repository, name, sha))


def list_matching_refs(call: Call) -> Reply:
    """The refs whose names begin so."""
    prefix = f"refs/{call.params['ref']}"
    refs = [item for item in call.world.refs_of(call.repository).items() if item[0].startswith(prefix)]
    return listed(call, refs, lambda item: commits.reference(call.world, call.repository, *item))


def create_ref(call: Call) -> Reply:
    """A new ref on a commit that is already there."""
    name, sha = required_text(call.body, "ref"), required_text(call.body, "sha")
    if not name.startswith("refs/") or name.count("/") < 2:
        raise Refused(422, "Reference name must start with 'refs/' and have at least two slashes.")
    _known_commit(call, sha)
    if (call.repository.id, name) in call.world.refs:
        raise Refused(422, "Reference already exists")
    events = move_ref(call.world, call.repository, name, sha, call.bot)
    return Reply(201, commits.reference(call.world, call.repository, name, sha), tuple(events))


def update_ref(call: Call) -> Reply:
    """Move a ref: forward, or anywhere with `force`."""
    name, sha = f"refs/{call.params['ref']}", required_text(call.body, "sha")
    before = call.world.refs.get((call.repository.id, name))
    if before is None:
        raise Refused(422, "Reference does not exist")
    _known_commit(call, sha)
    forward = any(commit.sha == before for commit in ancestors(call.world.objects, sha))
    if not forward and not flag_of(call.body, "force"):
        raise Refused(422, "Update is not a fast forward")
    events = move_ref(call.world, call.repository, name, sha, call.bot)
    return Reply(200, commits.reference(call.world, call.repository, name, sha), tuple(events))


def delete_ref(call: Call) -> Reply:
    """Remove a ref."""
    name = f"refs/{call.params['ref']}"
    if (call.repository.id, name) not in call.world.refs:
        raise Refused(422, "Reference does not exist")
    return Reply(204, None, tuple(move_ref(call.world, call.repository, name, None, call.bot)))


def _known_commit(call: Call, sha: str) -> None:
    if sha not in call.world.known[call.repository.id] or sha not in call.world.objects.commits:
        raise Refused(422, "Object does not exist")


def show_commit(call: Call) -> Reply:
    """A commit as git keeps it."""
    sha = call.params["commit_sha"]
    _require_known(call, sha)
    found = call.world.objects.commits.get(sha)
    if found is None:
        raise Refused(404, "Not Found")
    return Reply(body=commits.git_commit(call.world, call.repository, found))


def show_tree(call: Call) -> Reply:
    """A tree by its SHA, or by a commit or ref that has it; with all below when `recursive` is there at all."""
    wanted, objects = call.params["tree_sha"], call.world.objects
    commit = call.world.commit_at(call.repository, wanted)
    tree = commit.tree if commit else wanted
    _require_known(call, tree)
    if tree not in objects.trees:
        raise Refused(404, "Not Found")
    if "recursive" in call.query:
        rows = list(objects.walk(tree))
    else:
        rows = [(entry.name, entry) for entry in objects.trees[tree]]
    most = call.world.features.largest_tree
    shapes = [commits.tree_entry(call.world, call.repository, path, entry) for path, entry in rows[:most]]
    url = call.world.api(f"/repos/{call.world.full_name(call.repository)}/git/trees/{tree}")
    return Reply(body={"sha": tree, "url": url, "tree": shapes, "truncated": len(rows) > most})


def show_blob(call: Call) -> Reply:
    """A blob by its SHA: in base64, or as it is when the raw media type was asked for."""
    sha = call.params["file_sha"]
    _require_known(call, sha)
    data = call.world.objects.blobs.get(sha)
    if data is None:
        raise Refused(404, "Not Found")
    return Reply(body=data if call.wants_raw else commits.blob(call.world, call.repository, sha))


def _require_known(call: Call, sha: str) -> None:
    if sha not in call.world.known[call.repository.id]:
        raise Refused(404, "Not Found")


BASE = "/repos/{owner}/{repo}/git"
ROUTES = (
    Route("GET", BASE + "/ref/{ref}", show_ref, CONTENTS),
    Route("GET", BASE + "/matching-refs/{ref}", list_matching_refs, CONTENTS),
    Route("POST", BASE + "/refs", create_ref, WRITE_CONTENTS),
    Route("PATCH", BASE + "/refs/{ref}", update_ref, WRITE_CONTENTS),
    Route("DELETE", BASE + "/refs/{ref}", delete_ref, WRITE_CONTENTS),
    Route("GET", BASE + "/commits/{commit_sha}", show_commit, CONTENTS),
    Route("GET", BASE + "/trees/{tree_sha}", show_tree, CONTENTS),
    Route("GET", BASE + "/blobs/{file_sha}", show_blob, CONTENTS),
)
