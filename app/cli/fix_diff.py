"""What `fix --diff` prints: the changes of one document as a unified diff, which `patch` and `git apply` take."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff

from app.cli.paint import Paint
from app.cli.terminal import printable

_NO_LINE_END = "\n\\ No newline at end of file\n"


def diff_of(name: str, before: str, after: str) -> str:
    """The changes from `before` to `after`; empty if there are none."""
    lines = unified_diff(_lines(before), _lines(after), fromfile=name, tofile=name)
    return "".join(line if line.endswith("\n") else line + _NO_LINE_END for line in lines)


def painted(diff: str, paint: Paint) -> str:
    """A diff as a terminal shows it, with nothing in it that could steer the terminal."""
    return "".join(f"{_styled(line, paint)}\n" for line in diff.split("\n")[:-1])


def _styled(line: str, paint: Paint) -> str:
    shown = "\t".join(printable(part) for part in line.removesuffix("\r").split("\t"))
    if line.startswith(("---", "+++")):
        return paint.bold(shown)
    if line.startswith("+"):
        return paint.bold(shown, "green")
    if line.startswith("-"):
        return paint.bold(shown, "red")
    return paint.faint(shown) if line.startswith("@@") else shown


def _lines(text: str) -> list[str]:
    """The lines with their ends, as `diff` sees them: other line ends than a newline are part of a line."""
    return list(_each_line(text))


def _each_line(text: str) -> Iterator[str]:
    *ended, last = text.split("\n")
    yield from (f"{line}\n" for line in ended)
    if last:
        yield last
