"""`closeout policy check`: what is wrong with a policy file, at its place, or what holds by it."""

from __future__ import annotations

import enum
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli import terminal
from app.cli.counts import counted
from app.cli.documents import Document, gather
from app.cli.extras import with_the_way_there
from app.cli.format_github import command
from app.cli.paint import Paint
from app.cli.policies import POLICY_FILE, Ground, find_own_policy_file, policy_text, shown_name
from app.cli.policy_summary import policy_summary
from app.cli.problem_text import WIDEST, Problem, ProblemText, wrap
from app.cli.terminal import printable
from rules.policy import Policy
from rules.rule import Severity
from rules.source import Source

if TYPE_CHECKING:
    from rules.policy_file import PolicyProblem

_TITLE = "Policy file"


class Format(enum.StrEnum):
    """How the result is written."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


def check(
    path: Annotated[
        Path | None,
        typer.Argument(
            metavar="PATH", help="The policy file. Default: the repository's .github/closeout.yml.", show_default=False
        ),
    ] = None,
    output: Annotated[Format, typer.Option("--format", help="How to write the result.")] = Format.TEXT,
) -> None:
    """Say what is wrong with the policy file, or what holds by it.

    Exit status: 0 if the file is valid, be it with warnings; 1 if it is not; 2 if it could not be read.
    """
    file = path or find_own_policy_file()
    if file is None:
        raise terminal.give_up("there is no .github/closeout.yml here; `closeout policy init` writes one")
    name = shown_name(file)
    text = policy_text(file, name)
    from rules.policy_file import review_policy  # not at the top: pydantic, which the other commands do without

    review = review_policy(text, elsewhere=True)
    problems = sorted(
        [
            *(Problem(each.span, Severity.ERROR, each.message) for each in review.errors),
            *(Problem(each.span, Severity.WARNING, _doubt(each)) for each in review.doubts),
        ],
        key=lambda each: each.span,
    )
    holds = policy_summary(review.policy, _documents(review.policy, file)) if review.policy is not None else []
    terminal.write(_writer(output)(name, Source(text), problems, holds))
    raise typer.Exit(int(review.policy is None))


def _doubt(problem: PolicyProblem) -> str:
    """What to say of a doubt; where the service may have what is missing here, that it is only not checked."""
    if not problem.extra:
        return problem.message
    return f"This cannot be checked here. {with_the_way_there(problem.message, problem.extra)}"


def _documents(policy: Policy, file: Path) -> int | None:
    """How many postmortems there are in the repository that the policy file is of; None if it is of none."""
    root = file.resolve().parent.parent
    if file.resolve() != root / POLICY_FILE or not (root / ".git").exists():
        return None
    return sum(isinstance(each, Document) for each in gather([root.as_posix()], Ground(policy, root)))


_Writer = Callable[[str, Source, list[Problem], list[tuple[str, str]]], str]


def _writer(output: Format) -> _Writer:
    match output:
        case Format.JSON:
            return _as_json
        case Format.GITHUB:
            return _as_commands
        case Format.TEXT:
            return partial(_as_text, terminal.width(), Paint(terminal.wants_colour()))


def _as_text(
    width: int | None,
    paint: Paint,
    name: str,
    source: Source,
    problems: list[Problem],
    holds: list[tuple[str, str]],
) -> str:
    lines = [paint.title(printable(name)), *ProblemText(width, paint).lines(source, problems), ""]
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    warnings = paint.bold(counted(len(problems) - errors, "warning"), "yellow") if len(problems) > errors else ""
    if errors:
        told = paint.bold(counted(errors, "error"), "red") + (f" and {warnings}" if warnings else "")
        which = "an error" if warnings else "this"
        lines.append(f"{told}. On the default branch, {which} fails the checks of every pull request.")
        return "\n".join(lines) + "\n"
    lines += [*_table(holds, width, paint), ""]
    lines.append(f"The policy is valid, with {warnings}." if warnings else paint.good("The policy is valid."))
    return "\n".join(lines) + "\n"


def _table(rows: list[tuple[str, str]], width: int | None, paint: Paint) -> list[str]:
    """The rows with their first column padded, the second one wrapped."""
    left = max(len(title) for title, _ in rows) + 4
    room = min(width or WIDEST, WIDEST) - left
    lines: list[str] = []
    for title, text in rows:
        first, *rest = wrap(printable(text), max(room, 20))
        lines.append(f"  {paint.bold(title)}{' ' * (left - 2 - len(title))}{first}")
        lines += [" " * left + line for line in rest]
    return lines


def _as_json(name: str, _: Source, problems: list[Problem], holds: list[tuple[str, str]]) -> str:
    result = {
        "version": 1,
        "path": name,
        "valid": not any(problem.severity is Severity.ERROR for problem in problems),
        "problems": [
            {
                "severity": problem.severity.value,
                "message": problem.message,
                "line": problem.span.line,
                "column": problem.span.column,
                "end_line": problem.span.end_line,
                "end_column": problem.span.end_column,
            }
            for problem in problems
        ],
        "holds": dict(holds),
    }
    return json.dumps(result, ensure_ascii=False, indent=2) + "\n"


def _as_commands(name: str, _: Source, problems: list[Problem], __: list[tuple[str, str]]) -> str:
    return "".join(command(name, each.span, each.severity, _TITLE, each.message) for each in problems)
