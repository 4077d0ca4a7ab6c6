"""Postmortems for the service's tests: the demo's two, which a test of their own holds red and green."""

from importlib.resources import files

PATH = "postmortems/2026-11-16-checkout-errors.md"
BAD = files("app.demo").joinpath("first.md").read_text(encoding="utf-8")
GOOD = files("app.demo").joinpath("mended.md").read_text(encoding="utf-8")
POLICY_PATH = ".github/closeout.yml"
POLICY = 'version: 1\ndocuments: ["postmortems/**/*.md"]\n'
CREDIT = "Mend\n\nCo-authored-by: Bo Chen <bo@acme.example>\n"


def line_of(text: str, words: str) -> int:
    """The line on which words stand."""
    return next(number for number, line in enumerate(text.splitlines(), start=1) if words in line)
