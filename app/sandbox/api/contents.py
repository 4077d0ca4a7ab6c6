"""Files, commits and comparisons."""

import base64
import binascii
from datetime import datetime
from urllib.parse import unquote

from app.sandbox.api.call import (
    Call,
    Reply,
    Route,
    instant_of,
    invalid,
    listed,
    object_of,
    page_of,
    required_text,
    text_of,
)
from app.sandbox.api.git import WRITE_CONTENTS
from app.sandbox.api.repositories import CONTENTS
from app.sandbox.shapes import Json, commits
from app.sandbox.world.history import ancestors, commits_between
from app.sandbox.world.objects import Commit, Entry, Signature
from app.sandbox.world.pushing import move_ref, signature, write_commit
from app.sandbox.world.records import Refused

LARGEST_ENCODED = 1024 * 1024  # bytes; above, only the raw media type brings the content
LARGEST_FOLDER = 1000  # entries in a listing
UNPAGED_COMMITS = 250  # a comparison without pages


def _commit(call: Call, ref: str | None, status: int = 404, message: str = "Not Found") -> Commit:
    found = call.world.commit_at(call.repository, ref or call.repository.default_branch)
    if found is None:
        raise Refused(status, message)
    return found


def show_content(call: Call) -> Reply:
    """A file with its bytes, or the rows of a folder."""
    ref = call.query.get("ref") or call.repository.default_branch
    commit = _commit(call, ref, 404, f"No commit found for the ref {ref}")
    path = call.params["path"].strip("/")
    entry = call.world.objects.entry_at(commit.tree, path)
    if entry is None:
        raise Refused(404, "Not Found")
    if entry.is_folder:
        return Reply(body=_folder(call, path, entry, ref))
    data = call.world.objects.blobs[entry.sha]
    if call.wants_raw:
        return Reply(body=data)
    shape = commits.content(call.world, call.repository, path, entry, ref, whole=True)
    if len(data) > LARGEST_ENCODED:
        shape |= {"content": "", "encoding": "none"}
    return Reply(body=shape)


def _folder(call: Call, path: str, folder: Entry, ref: str) -> list[Json]:
    prefix = f"{path}/" if path else ""
    rows = call.world.objects.trees[folder.sha][:LARGEST_FOLDER]
    return [commits.content(call.world, call.repository, f"{prefix}{row.name}", row, ref, whole=False) for row in rows]


def put_content(call: Call) -> Reply:
    """Create or replace one file in a commit of its own."""
    message, content = required_text(call.body, "message"), required_text(call.body, "content")
    try:
        data = base64.b64decode(content, validate=False)
    except binascii.Error:
        raise Refused(422, "content is not valid Base64") from None
    branch = text_of(call.body, "branch") or call.repository.default_branch
    head = call.world.branch_head(call.repository, branch)
    if head is None:
        raise Refused(404, f"Branch {branch} not found")
    path = call.params["path"]
    old = call.world.objects.entry_at(call.world.objects.commits[head].tree, path)
    _check_expected(path, old, text_of(call.body, "sha"))
    author = _person(call, "author") or _person(call, "committer") or signature(call.world, call.bot)
    committer = _person(call, "committer") or signature(call.world, call.bot)
    commit = write_commit(call.world, call.repository, (head,), {path: data}, message, author, committer)
    events = move_ref(call.world, call.repository, f"refs/heads/{branch}", commit.sha, call.bot)
    entry = call.world.objects.entry_at(commit.tree, path)
    if entry is None:
        raise Refused(422, "path contains a malformed path component")
    body = {
        "content": commits.content(call.world, call.repository, path, entry, branch, whole=False),
        "commit": commits.git_commit(call.world, call.repository, commit),
    }
    return Reply(200 if old else 201, body, tuple(events))


def _check_expected(path: str, old: Entry | None, expected: str | None) -> None:
    if old is not None and expected is None:
        raise invalid('"sha" wasn\'t supplied.')
    if expected is not None and (old is None or old.sha != expected):
        raise Refused(409, f"{path} does not match {expected}")


def _person(call: Call, key: str) -> Signature | None:
    person = object_of(call.body, key)
    if person is None:
        return None
    return signature(call.world, (required_text(person, "name"), required_text(person, "email")))


def list_commits(call: Call) -> Reply:
    """The history of a branch or commit, newest first; of one path, where asked."""
    found = ancestors(call.world.objects, _commit(call, call.query.get("sha")).sha)
    path, author = call.query.get("path"), call.query.get("author")
    since, until = (_instant(call, name) for name in ("since", "until"))
    found = [
        it
        for it in found
        if (since is None or it.committer.when >= since) and (until is None or it.committer.when <= until)
    ]
    if path:
        found = [commit for commit in found if _touches(call, commit, path)]
    if author:
        found = [commit for commit in found if _is_by(call, commit, author)]
    return listed(call, found, lambda commit: commits.commit(call.world, call.repository, commit))


def _instant(call: Call, name: str) -> datetime | None:
    return instant_of({name: call.query[name]}, name) if call.query.get(name) else None


def _touches(call: Call, commit: Commit, path: str) -> bool:
    objects = call.world.objects
    after = objects.entry_at(commit.tree, path)
    before = objects.entry_at(objects.commits[commit.parents[0]].tree, path) if commit.parents else None
    return (after.sha if after else None) != (before.sha if before else None)


def _is_by(call: Call, commit: Commit, author: str) -> bool:
    account = call.world.account_of_email(commit.author.email)
    return commit.author.email == author or (account is not None and account.login.lower() == author.lower())


def show_commit(call: Call) -> Reply:
    """A commit with what it changed."""
    ref = call.params["ref"]
    commit = _commit(call, ref, 422, f"No commit found for SHA: {ref}")
    return Reply(body=commits.whole_commit(call.world, call.repository, commit))


def compare(call: Call) -> Reply:
    """Two commits, `base...head`; either may be `owner:branch` of a fork."""
    base, dots, head = call.params["basehead"].partition("...")
    if not dots:
        raise Refused(404, "Not Found")
    one, other = _side(call, base), _side(call, head)
    between = commits_between(call.world.objects, one.sha, other.sha)
    if "page" in call.query or "per_page" in call.query:
        page, link = page_of(call, between)
    else:
        page, link = between[:UNPAGED_COMMITS], None
    return Reply(body=commits.comparison(call.world, call.repository, one, other, page), link=link)


def _side(call: Call, name: str) -> Commit:
    owner, colon, branch = unquote(name).rpartition(":")
    if not colon:
        return _commit(call, branch)
    network = call.repository.parent or call.repository.id
    for repository in call.world.repositories.values():
        login = call.world.accounts[repository.owner].login
        if network in (repository.id, repository.parent) and login.lower() == owner.lower():
            found = call.world.commit_at(repository, branch)
            if found is not None:
                return found
    raise Refused(404, "Not Found")


BASE = "/repos/{owner}/{repo}"
ROUTES = (
    Route("GET", BASE + "/contents/{path}", show_content, CONTENTS),
    Route("PUT", BASE + "/contents/{path}", put_content, WRITE_CONTENTS),
    Route("GET", BASE + "/commits", list_commits, CONTENTS),
    Route("GET", BASE + "/commits/{ref}", show_commit, CONTENTS),
    Route("GET", BASE + "/compare/{basehead}", compare, CONTENTS),
)
