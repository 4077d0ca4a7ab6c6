"""`closeout policy init`: a policy file to begin with, in which every key is explained."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli import terminal
from app.cli.policies import Ground, own_policy_path, shown_name
from app.cli.policy_keys import KEYS
from app.links import PROJECT_URL
from rules.policy import Policy

_WIDTH = 100  # characters of a comment
_HEAD = f"""\
# What this repository asks of its postmortems. Every key is optional: {PROJECT_URL}
#
# What begins with # and no space is commented out: it shows the default or, where it says "example", what could stand
# there. Take away the # to set it. `closeout policy check` tells what holds then.
#
# To have your editor complete this file, save `closeout policy schema` beside it as closeout.schema.json, and write
# as its first line: "# yaml-language-server: $schema=closeout.schema.json"
"""


def init(
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file if it is there already.")] = False,
) -> None:
    """Write a commented .github/closeout.yml to begin with.

    It goes to the root of the repository, and is never overwritten without --force.
    """
    file = own_policy_path()
    name = shown_name(file)
    _write(file, name, policy_template(Ground(Policy(), Path()).today()), force=force)
    terminal.write(
        f"{terminal.printable(name)}\n"
        "Set what is particular to you, then run: closeout policy check\n"
        "It counts once it is on the default branch.\n"
    )


def policy_template(adopted: date) -> str:
    """The text of the file: `version` and `adopted` set, all else commented out."""
    set_keys = {"version": "1", "adopted": adopted.isoformat()}
    parts = [_HEAD]
    for key, value in _values(Policy()):
        lines = [*_comment(KEYS[key].what), *_entry(key, value, set_keys.get(key))]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def _write(file: Path, name: str, text: str, *, force: bool) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("w" if force else "x", encoding="utf-8", newline="\n") as opened:
            opened.write(text)
    except FileExistsError:
        raise terminal.give_up(f"{name} is there already; --force overwrites it") from None
    except OSError as problem:
        raise terminal.give_up(f"{name}: cannot write it: {problem.strerror or problem}") from None


def _comment(text: str, indent: str = "") -> Iterator[str]:
    """Prose: `# ` and a word, by which it differs from what is commented out."""
    begin = f"{indent}# "
    yield from textwrap.wrap(
        text, _WIDTH, initial_indent=begin, subsequent_indent=begin, break_on_hyphens=False, break_long_words=False
    )


def _entry(key: str, value: Any, given: str | None) -> Iterator[str]:  # noqa: ANN401, RUF100 - any default
    if given is not None:
        yield f"{key}: {given}"
    elif is_dataclass(value):
        yield f"#{key}:"
        inner = [(name, *_shown(f"{key}.{name}", each)) for name, each in _values(value)]
        width = max(len(f"{name}: {written}") for name, written, _ in inner)
        for name, written, remark in inner:
            what = KEYS[f"{key}.{name}"].what
            yield f"#  {f'{name}: {written}':<{width}}  # {remark}{what}"
    elif key == "people":
        yield "#people:  # example"
        yield "#  ana: {name: Ana Ruiz, team: payments, manager: dana}"
        yield "#  ben: {name: Ben Okafor, team: payments}"
    else:
        written, remark = _shown(key, value)
        yield f"#{key}: {written}" + (f"  # {remark.removesuffix(': ')}" if remark else "")


def _shown(key: str, value: Any) -> tuple[str, str]:  # noqa: ANN401, RUF100 - any default
    """What to write behind a key, and a remark if it is not the default."""
    return (KEYS[key].example, "example: ") if KEYS[key].shown else (_in_yaml(value), "")


def _values(holder: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401, RUF100 - a part of the policy
    return ((field.name, getattr(holder, field.name)) for field in fields(holder))


def _in_yaml(value: Any) -> str:  # noqa: ANN401, RUF100 - any default
    """A default on one line."""
    match value:
        case bool():
            return str(value).lower()
        case Mapping():
            return "{" + ", ".join(f"{key}: {_in_yaml(each)}" for key, each in value.items()) + "}"
        case tuple():
            return "[" + ", ".join(_in_yaml(each) for each in value) + "]"
        case str() if ":" in value:
            return f'"{value}"'
        case _:
            return str(value)
