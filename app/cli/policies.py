"""The policy file that a run on a laptop obeys: which one it is, and reading it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path
from typing import NamedTuple

from app.cli.terminal import complain, give_up
from rules.policy import Policy

POLICY_FILE = Path(".github", "closeout.yml")


class Ground(NamedTuple):
    """What holds where the command runs.

    Attributes:
        policy: the defaults where there is no policy file.
        root: the folder that the policy's globs and a document's path in its repository start from.
        unknown_regions: those whose public holidays are not installed here; the policy is without them.
    """

    policy: Policy
    root: Path
    unknown_regions: tuple[str, ...] = ()

    def today(self) -> date:
        """The day it is now in the policy's zone."""
        return datetime.now(zone_called(self.policy.timezone)).date()


def zone_called(name: str) -> tzinfo:
    """The zone that a policy names."""
    if name == "UTC":
        return UTC  # the default, for which nothing need be loaded
    from zoneinfo import ZoneInfo

    return ZoneInfo(name)


def read_ground(named: Path | None) -> Ground:
    """The ground under the current folder, with the policy file that was named or else the repository's.

    Exits with a message, with line and column where the file is wrong, if the policy cannot be read.
    """
    here = Path.cwd()
    root = _repository_root(here)
    file = named or find_policy_file(here, root)
    policy, unknown = _read(file) if file else (Policy(), ())
    return Ground(policy, root or here, unknown)


def find_policy_file(start: Path, root: Path | None) -> Path | None:
    """The nearest `.github/closeout.yml` from `start` up to the repository's root; only in `start` without a root."""
    for folder in (start, *start.parents):
        if (file := folder / POLICY_FILE).is_file():
            return file
        if root is None or folder == root:
            return None
    return None


def find_own_policy_file() -> Path | None:
    """The policy file of the repository that the current folder is in, or None if it has none."""
    here = Path.cwd()
    return find_policy_file(here, _repository_root(here))


def own_policy_path() -> Path:
    """Where the policy file of the repository that the current folder is in belongs; of the folder without one."""
    here = Path.cwd()
    return (_repository_root(here) or here) / POLICY_FILE


def policy_text(file: Path, name: str) -> str:
    """The text of a policy file; exits with a message that calls it `name` if it cannot be read."""
    try:
        return file.read_text("utf-8-sig")
    except OSError as problem:
        raise give_up(f"{name}: cannot read the policy: {problem.strerror or problem}") from None
    except UnicodeDecodeError:
        raise give_up(f"{name}: cannot read the policy: it is not UTF-8 text") from None


def shown_name(file: Path) -> str:
    """How a file is called in messages: from the current folder where it is below it."""
    here = Path.cwd()
    return (file.relative_to(here) if file.is_relative_to(here) else file).as_posix()


def _repository_root(start: Path) -> Path | None:
    return next((folder for folder in (start, *start.parents) if (folder / ".git").exists()), None)


def _read(file: Path) -> tuple[Policy, tuple[str, ...]]:
    """The policy, and the regions that it is without, since their public holidays are not installed here."""
    name = shown_name(file)
    text = policy_text(file, name)
    from rules.policy_file import review_policy  # not at the top: pydantic, which only a policy file needs

    review = review_policy(text, elsewhere=True)
    if review.policy is not None:
        lacking = any(doubt.extra for doubt in review.doubts)
        return _without_regions(review.policy) if lacking else (review.policy, ())
    first = review.errors[0]
    complain(f"{name}:{first.span.line}:{first.span.column}: {first.message}")
    raise give_up(f"no document was looked at; `closeout policy check {name}` shows all that is wrong with the policy")


def _without_regions(policy: Policy) -> tuple[Policy, tuple[str, ...]]:
    regions = tuple(each for each in policy.calendar.holidays if isinstance(each, str))
    days = tuple(each for each in policy.calendar.holidays if not isinstance(each, str))
    return replace(policy, calendar=replace(policy.calendar, holidays=days)), regions
