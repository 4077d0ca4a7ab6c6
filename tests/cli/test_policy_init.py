from __future__ import annotations

import dataclasses
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine

from app.cli.policy_init import policy_template
from app.cli.policy_keys import KEYS
from rules.layouts import LAYOUTS
from rules.policy import Policy
from rules.policy_file import parse_policy
from tests.cli.conftest import Closeout

_DAY = date(2026, 5, 4)


def uncommented(text: str) -> str:
    """The text with everything set that is commented out; prose, `# ` and a word, stays."""
    return re.sub(r"^#(?! \S|$)", "", text, flags=re.MULTILINE)


def test_the_file_means_the_defaults_and_the_day_it_was_adopted() -> None:
    assert parse_policy(policy_template(_DAY)) == Policy(adopted=_DAY)


def test_every_key_is_there() -> None:
    text = policy_template(_DAY)
    for path in KEYS:
        if "*" not in path:
            assert re.search(rf"^#? *{path.rpartition('.')[2]}:", text, re.MULTILINE), path


def test_with_everything_uncommented_it_is_still_valid() -> None:
    policy = parse_policy(uncommented(policy_template(_DAY)))
    assert isinstance(policy, Policy), policy
    assert policy.people["ana"].name == "Ana Ruiz"
    assert policy.managers["default"] == "dana"


def test_what_is_no_example_is_the_default() -> None:
    text = re.sub(r"(?m)^.*# example.*$(\n#  .*)?(\n#  .*)?", "", policy_template(_DAY).replace("#people", "# people"))
    policy = parse_policy(uncommented(text))
    assert policy == Policy(adopted=_DAY), policy


def test_prose_is_no_wider_than_a_page() -> None:
    assert max(len(line) for line in policy_template(_DAY).splitlines()) <= 120


def test_prose_breaks_its_lines_between_words_alone() -> None:
    prose = [line for line in policy_template(_DAY).splitlines() if line.startswith("# ")]
    assert not [line for line in prose if re.search(r"\w-$", line)]
    assert "`aws-coe`" in "\n".join(prose)


def test_it_goes_to_the_root_of_the_repository(
    repository: Path, closeout: Closeout, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository / "postmortems")
    with time_machine.travel(datetime(2026, 5, 4, tzinfo=UTC)):
        result = closeout("policy", "init")
    assert result.exit_code == 0
    assert (repository / ".github" / "closeout.yml").read_text("utf-8") == policy_template(_DAY)
    assert closeout("policy", "check").exit_code == 0


def test_a_file_that_is_there_is_overwritten_only_by_force(repository: Path, closeout: Closeout) -> None:
    file = repository / ".github" / "closeout.yml"
    file.parent.mkdir()
    file.write_text("enforc: true", "utf-8")
    refused = closeout("policy", "init")
    assert refused.exit_code == 2
    assert "--force" in refused.stderr
    assert file.read_text("utf-8") == "enforc: true"
    assert closeout("policy", "init", "--force").exit_code == 0
    assert isinstance(parse_policy(file.read_text("utf-8")), Policy)


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_the_template_of_a_layout_reads_the_same_under_a_policy_that_names_it(
    repository: Path, closeout: Closeout, layout: str
) -> None:
    closeout("new", "Checkout returned errors", "--layout", layout, "--out", "new.md")
    without = closeout("lint", "new.md").stdout
    closeout("policy", "init")
    file = repository / ".github" / "closeout.yml"
    file.write_text(file.read_text("utf-8").replace("#layout: auto", f"layout: {layout}"), "utf-8")
    assert closeout("policy", "check").exit_code == 0
    assert closeout("lint", "new.md").stdout == without
    closeout("new", "Checkout returned errors", "--out", "again.md")
    assert Path("again.md").read_text("utf-8") == Path("new.md").read_text("utf-8")


def test_every_key_of_the_policy_is_described_and_no_other() -> None:
    assert set(KEYS) == set(_paths(Policy())) | {f"people.*.{name}" for name in ("name", "manager", "team", "sponsor")}


def _paths(holder: object, above: str = "") -> list[str]:
    paths: list[str] = []
    for field in dataclasses.fields(holder):  # type: ignore[arg-type]
        value = getattr(holder, field.name)
        paths.append(above + field.name)
        if dataclasses.is_dataclass(value):
            paths += _paths(value, f"{above}{field.name}.")
    return paths
