"""Accounts by their logins."""

from app.sandbox.api.call import Call, Reply, Route
from app.sandbox.shapes import accounts
from app.sandbox.world.records import Refused


def show_account(call: Call) -> Reply:
    """What everybody may know of an account."""
    who = call.world.find_account(call.params["username"])
    if who is None:
        raise Refused(404, "Not Found")
    return Reply(body=accounts.public_account(call.world, who))


ROUTES = (Route("GET", "/users/{username}", show_account),)
