"""GitHub's own test vector: docs.github.com, "Validating webhook deliveries"."""

from app.web.signature import is_signed

BODY = b"Hello, World!"
SECRET = "It's a Secret to Everybody"
SIGNATURE = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"


def test_githubs_example_is_accepted() -> None:
    assert is_signed(BODY, SIGNATURE, [SECRET])


def test_while_rotating_either_secret_will_do() -> None:
    assert is_signed(BODY, SIGNATURE, ["new", SECRET])
    assert is_signed(BODY, SIGNATURE, [SECRET, "new"])


def test_anything_else_is_refused() -> None:
    assert not is_signed(BODY, SIGNATURE, ["wrong"])
    assert not is_signed(BODY + b" ", SIGNATURE, [SECRET])
    assert not is_signed(BODY, "", [SECRET])
    assert not is_signed(BODY, "sha256=", [SECRET])
    assert not is_signed(BODY, SIGNATURE.removeprefix("sha256="), [SECRET])
    assert not is_signed(BODY, "sha256=\u00e9", [SECRET])
    assert not is_signed(BODY, "sha256=\udcff", [SECRET])
    assert not is_signed(BODY, SIGNATURE, [])


def test_sha_1_is_not_accepted() -> None:
    assert not is_signed(BODY, "sha1=01dc10d0c83e72ed246219cdd91669667fe2ca59", [SECRET])
