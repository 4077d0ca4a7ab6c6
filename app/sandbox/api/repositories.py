"""Repositories and the people who may work in them."""

from app.sandbox.api.call import Call, Reply, Route
from app.sandbox.shapes import accounts, commits, repositories
from app.sandbox.world.records import Refused

METADATA = (("metadata", "read"),)
CONTENTS = (("contents", "read"),)
# GitHub folds its five roles into three for the older of its two answers.
PERMISSION_OF_ROLE = {"admin": "admin", "maintain": "write", "write": "write", "triage": "read", "read": "read"}
ROLES_UPWARDS = ("read", "triage", "write", "maintain", "admin")


def show_repository(call: Call) -> Reply:
    """One repository."""
    return Reply(body=repositories.full(call.world, call.repository))


def show_branch(call: Call) -> Reply:
    """One branch with its head."""
    head = call.world.branch_head(call.repository, call.params["branch"])
    if head is None:
        raise Refused(404, "Branch not found")
    tip = call.world.objects.commits[head]
    return Reply(body=commits.branch(call.world, call.repository, call.params["branch"], tip))


def show_permission(call: Call) -> Reply:
    """What a person may do here."""
    who = call.world.find_account(call.params["username"])
    if who is None:
        raise Refused(404, "Not Found")
    role = call.world.role(call.repository, who)
    level = ROLES_UPWARDS.index(role) if role else -1
    grants = {"pull": 0, "triage": 1, "push": 2, "maintain": 3, "admin": 4}
    user = {
        **accounts.account(call.world, who),
        "permissions": {name: level >= least for name, least in grants.items()},
        "role_name": role or "none",
    }
    permission = PERMISSION_OF_ROLE[role] if role else "none"
    return Reply(body={"permission": permission, "role_name": role or "none", "user": user})


ROUTES = (
    Route("GET", "/repos/{owner}/{repo}", show_repository, METADATA),
    Route("GET", "/repos/{owner}/{repo}/branches/{branch}", show_branch, CONTENTS),
    Route("GET", "/repos/{owner}/{repo}/collaborators/{username}/permission", show_permission, METADATA),
)
