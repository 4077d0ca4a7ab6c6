"""Git objects, commits, changed files and contents as JSON."""

import base64
from collections.abc import Sequence
from urllib.parse import quote

from app.sandbox.shapes import Json, instant, node_id
from app.sandbox.shapes.accounts import account
from app.sandbox.world.history import Change, changes, commits_between, merge_base
from app.sandbox.world.objects import Commit, Entry, Signature
from app.sandbox.world.pushing import pushed_commits
from app.sandbox.world.records import Push, Repository
from app.sandbox.world.state import World

UNSIGNED: Json = {"verified": False, "reason": "unsigned", "signature": None, "payload": None, "verified_at": None}


def signature(it: Signature) -> Json:
    """Name, address and instant, as git keeps them."""
    return {"name": it.name, "email": it.email, "date": instant(it.when)}


def git_commit(world: World, repository: Repository, it: Commit) -> Json:
    """A commit from the git database: no accounts, no files."""
    name = world.full_name(repository)
    return {
        "sha": it.sha,
        "node_id": node_id("Commit", it.sha),
        "url": world.api(f"/repos/{name}/git/commits/{it.sha}"),
        "html_url": world.web(f"/{name}/commit/{it.sha}"),
        "author": signature(it.author),
        "committer": signature(it.committer),
        "tree": {"sha": it.tree, "url": world.api(f"/repos/{name}/git/trees/{it.tree}")},
        "message": it.message,
        "parents": [_parent(world, name, parent, "git/commits") for parent in it.parents],
        "verification": UNSIGNED,
    }


def _parent(world: World, name: str, sha: str, folder: str) -> Json:
    page = world.web(f"/{name}/commit/{sha}")
    return {"sha": sha, "url": world.api(f"/repos/{name}/{folder}/{sha}"), "html_url": page}


def _account_of(world: World, it: Signature) -> Json | None:
    found = world.account_of_email(it.email)
    return None if found is None else account(world, found)


def commit(world: World, repository: Repository, it: Commit) -> Json:
    """A commit in a list, with the accounts behind its addresses (None where GitHub knows nobody)."""
    name = world.full_name(repository)
    url = world.api(f"/repos/{name}/commits/{it.sha}")
    return {
        "sha": it.sha,
        "node_id": node_id("Commit", it.sha),
        "commit": {
            "author": signature(it.author),
            "committer": signature(it.committer),
            "message": it.message,
            "tree": {"sha": it.tree, "url": world.api(f"/repos/{name}/git/trees/{it.tree}")},
            "url": world.api(f"/repos/{name}/git/commits/{it.sha}"),
            "comment_count": 0,
            "verification": UNSIGNED,
        },
        "url": url,
        "html_url": world.web(f"/{name}/commit/{it.sha}"),
        "comments_url": f"{url}/comments",
        "author": _account_of(world, it.author),
        "committer": _account_of(world, it.committer),
        "parents": [_parent(world, name, parent, "commits") for parent in it.parents],
    }


def whole_commit(world: World, repository: Repository, it: Commit) -> Json:
    """A commit when asked for by itself: with what it changed."""
    before = world.objects.commits[it.parents[0]].tree if it.parents else None
    found = changes(world.objects, before, it.tree)
    additions, deletions = sum(c.additions for c in found), sum(c.deletions for c in found)
    return {
        **commit(world, repository, it),
        "stats": {"additions": additions, "deletions": deletions, "total": additions + deletions},
        "files": [changed_file(world, repository, it.sha, change) for change in found],
    }


def changed_file(world: World, repository: Repository, sha: str, it: Change) -> Json:
    """One file of a commit, a comparison or a pull request; `sha` is the commit to look at it in."""
    name, path = world.full_name(repository), quote(it.path)
    shape = {
        "sha": it.sha,
        "filename": it.path,
        "status": it.status,
        "additions": it.additions,
        "deletions": it.deletions,
        "changes": it.additions + it.deletions,
        "blob_url": f"{world.web_url}/{name}/blob/{sha}/{path}",
        "raw_url": f"{world.web_url}/{name}/raw/{sha}/{path}",
        "contents_url": f"{world.api_url}/repos/{name}/contents/{path}?ref={sha}",
    }
    if it.patch is not None:
        shape["patch"] = it.patch
    if it.previous_path is not None:
        shape["previous_filename"] = it.previous_path
    return shape


def comparison(world: World, repository: Repository, base: Commit, head: Commit, page: Sequence[Commit]) -> Json:
    """Two commits compared; `page` are the commits to list."""
    name = world.full_name(repository)
    store = world.objects
    origin = merge_base(store, base.sha, head.sha)
    if origin is None:
        origin = base.sha
    ahead, behind = commits_between(store, base.sha, head.sha), commits_between(store, head.sha, base.sha)
    status = {(False, False): "identical", (True, False): "ahead", (False, True): "behind", (True, True): "diverged"}
    page_url = world.web(f"/{name}/compare/{base.sha}...{head.sha}")
    found = changes(store, store.commits[origin].tree, head.tree)
    return {
        "url": world.api(f"/repos/{name}/compare/{base.sha}...{head.sha}"),
        "html_url": page_url,
        "permalink_url": page_url,
        "diff_url": f"{page_url}.diff",
        "patch_url": f"{page_url}.patch",
        "base_commit": commit(world, repository, base),
        "merge_base_commit": commit(world, repository, store.commits[origin]),
        "status": status[bool(ahead), bool(behind)],
        "ahead_by": len(ahead),
        "behind_by": len(behind),
        "total_commits": len(ahead),
        "commits": [commit(world, repository, it) for it in page],
        "files": [changed_file(world, repository, head.sha, change) for change in found[:300]],
    }


def reference(world: World, repository: Repository, ref: str, sha: str) -> Json:
    """A ref and the commit it names."""
    name = world.full_name(repository)
    return {
        "ref": ref,
        "node_id": node_id("Ref", f"{repository.id}:{ref}"),
        "url": world.api(f"/repos/{name}/git/{ref}"),
        "object": {"sha": sha, "type": "commit", "url": world.api(f"/repos/{name}/git/commits/{sha}")},
    }


def branch(world: World, repository: Repository, name: str, tip: Commit) -> Json:
    """A branch when asked for by itself."""
    full_name = world.full_name(repository)
    url = world.api(f"/repos/{full_name}/branches/{quote(name, safe='')}")
    nothing = {"enabled": False, "required_status_checks": {"enforcement_level": "off", "contexts": [], "checks": []}}
    return {
        "name": name,
        "commit": commit(world, repository, tip),
        "_links": {"self": url, "html": world.web(f"/{full_name}/tree/{name}")},
        "protected": False,
        "protection": nothing,
        "protection_url": f"{url}/protection",
    }


def tree_entry(world: World, repository: Repository, path: str, it: Entry) -> Json:
    """One row of a tree."""
    kind = "tree" if it.is_folder else "blob"
    url = world.api(f"/repos/{world.full_name(repository)}/git/{kind}s/{it.sha}")
    row = {"path": path, "mode": it.mode, "type": kind, "sha": it.sha, "url": url}
    return row if it.is_folder else {**row, "size": len(world.objects.blobs[it.sha])}


def encoded(data: bytes) -> str:
    """Base64 in lines of 60 characters, each with its newline, as GitHub breaks it."""
    text = base64.b64encode(data).decode()
    return "".join(f"{text[start : start + 60]}\n" for start in range(0, len(text), 60))


def blob(world: World, repository: Repository, sha: str) -> Json:
    """A blob with its bytes."""
    data = world.objects.blobs[sha]
    return {
        "sha": sha,
        "node_id": node_id("Blob", sha),
        "url": world.api(f"/repos/{world.full_name(repository)}/git/blobs/{sha}"),
        "size": len(data),
        "content": encoded(data),
        "encoding": "base64",
    }


def content(world: World, repository: Repository, path: str, it: Entry, ref: str, *, whole: bool) -> Json:
    """A file or a row of a folder, seen at a ref; `whole` adds the bytes."""
    name, quoted = world.full_name(repository), quote(path)
    kind = "dir" if it.is_folder else "file"
    url = f"{world.api_url}/repos/{name}/contents/{quoted}?ref={quote(ref)}"
    page = f"{world.web_url}/{name}/{'tree' if it.is_folder else 'blob'}/{quote(ref)}/{quoted}"
    git = world.api(f"/repos/{name}/git/{'trees' if it.is_folder else 'blobs'}/{it.sha}")
    data = b"" if it.is_folder else world.objects.blobs[it.sha]
    raw = None if it.is_folder else f"{world.web_url}/{name}/raw/{quote(ref)}/{quoted}"
    shape: Json = {
        "name": path.rpartition("/")[2],
        "path": path,
        "sha": it.sha,
        "size": len(data),
        "url": url,
        "html_url": page,
        "git_url": git,
        "download_url": raw,
        "type": kind,
        "_links": {"self": url, "git": git, "html": page},
    }
    return {**shape, "content": encoded(data), "encoding": "base64"} if whole else shape


def event_commit(world: World, repository: Repository, it: Commit) -> Json:
    """A commit in a push event."""
    before = world.objects.commits[it.parents[0]].tree if it.parents else None
    found = changes(world.objects, before, it.tree)
    removed = [c.path for c in found if c.status == "removed"]
    removed += [c.previous_path for c in found if c.previous_path is not None]
    return {
        "id": it.sha,
        "tree_id": it.tree,
        "distinct": True,
        "message": it.message,
        "timestamp": instant(it.committer.when),
        "url": world.web(f"/{world.full_name(repository)}/commit/{it.sha}"),
        "author": event_person(world, it.author),
        "committer": event_person(world, it.committer),
        "added": [c.path for c in found if c.status in ("added", "renamed")],
        "removed": removed,
        "modified": [c.path for c in found if c.status == "modified"],
    }


def event_person(world: World, it: Signature) -> Json:
    """Who committed, in a push event: with a login where GitHub knows one."""
    found = world.account_of_email(it.email)
    person = {"name": it.name, "email": it.email, "date": instant(it.when)}
    return person if found is None else {**person, "username": found.login}


def simple_commit(it: Commit) -> Json:
    """A commit inside a suite or a merge group."""
    return {
        "id": it.sha,
        "tree_id": it.tree,
        "message": it.message,
        "timestamp": instant(it.committer.when),
        "author": {"name": it.author.name, "email": it.author.email},
        "committer": {"name": it.committer.name, "email": it.committer.email},
    }


def push(world: World, repository: Repository, it: Push) -> Json:
    """The keys of a push event, without those every event has."""
    rows = [event_commit(world, repository, found) for found in pushed_commits(world, it)]
    deleted, created = not it.after.strip("0"), not it.before.strip("0")
    head = None if deleted else event_commit(world, repository, world.objects.commits[it.after])
    return {
        "ref": it.ref,
        "before": it.before,
        "after": it.after,
        "created": created,
        "deleted": deleted,
        "forced": it.forced,
        "base_ref": None,
        "compare": world.web(f"/{world.full_name(repository)}/compare/{it.before[:12]}...{it.after[:12]}"),
        "commits": rows[-2048:],
        "head_commit": head,
    }
