"""Every house style's template: what is said of it as it comes, and how it is read once it is filled in well."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.cli.policy_keys import KEYS
from rules.layouts import LAYOUTS
from tests.cli.conftest import Closeout

NAMES = sorted({layout.name for layout in LAYOUTS.values()})

ITEM = "Alert on the queue of the checkout pool"
CRITERION = "the alert fires in staging within 5 minutes"
CAUSE = "The pool hands out connections without a deadline, so one slow query holds all of them."
FILLED = {
    "<identifier or link>": "INC-2041",
    "SEV-N": "SEV-2",
    "HH:MM (start) → HH:MM (end), <time zone>": "10:32 (start) → 11:14 (end), UTC",
    "HH:MM (start) → HH:MM (end), UTC": "10:32 (start) → 11:14 (end), UTC",
    "All times are in <time zone>.": "All times are in UTC.",
    "<how it was noticed, and by whom>": "the alert `checkout-errors` paged the on-call engineer after 4 minutes",
    "<users affected, requests failed, share of the SLO budget used in %>": (
        "12,400 users affected, 31,000 requests failed, 18 % of the SLO budget used"
    ),
    "<names (@login)>": "Ana Ruiz (@ana), Ben Okafor (@ben)",
    "<one person (@login)>": "Ben Okafor (@ben)",
    "<team>": "payments",
    "<what was affected>": "checkout",
    "draft | review | resolved": "review",
    "<draft, review or resolved>": "review",
    "P0 | P1 | P2": "P0",
    "P0, P1 or P2": "P0",
    "<a test that anybody could run>": CRITERION,
    "Deadline: YYYY-MM-DD": "Deadline: 2026-05-18",
    "| YYYY-MM-DD |": "| 2026-05-18 |",
    "<what will be different, beginning with a verb>": ITEM,
    "Write what will be different, beginning with a verb.": ITEM,
    "<mitigate, prevent or process>": "prevent",
    "<link>": "#12",
    "<minutes>": "42 minutes",
    "<number, or share in %>": "12,400",
    "<share in %>": "18 %",
    "Write two sentences: what broke, and what was done and changed because of it.": (
        "Checkout failed for 42 minutes because its pool ran dry. We raised the limit and now alert before it is met."
    ),
    "Tell the technical story of the cause: which property of the system made this possible? A diagram helps.": CAUSE,
    "Tell what the responders thought was going on, until when, and which signal misled them. "
    "The distance to the section above is the lesson.": (
        "Until 10:50 the responders suspected the load balancer, whose dashboard averaged over all pools."
    ),
    "Name an action that made the incident shorter.": "The runbook named the command that shows the pool's state.",
    "Name an action that made the incident longer.": "The dashboard averaged over pools, which cost 17 minutes.",
    "Name an action that made the incident shorter, or longer.": "The dashboard averaged over pools.",
    "Name something that happened to help, and will not the next time.": "It struck outside the busiest hour.",
    "Say which test, experiment or alert will show that this cannot happen again, who runs it, and when.": (
        f"{ITEM}: a load test in staging holds all connections of the pool; Ben Okafor (@ben) runs it on 2026-05-20."
    ),
    "List what is still unknown.": "Why did the slow query appear on that day?",
    "Say how many users were affected, which requests failed, and how much of the SLO budget it used.": (
        "12,400 users were affected, 31,000 requests failed, and 18 % of the SLO budget was used."
    ),
    "Name the event that set it off, which was not the cause.": "A report over three years of orders was started.",
    "Say what ended the incident, and when.": "Raising the limit of the pool ended it at 11:14 UTC.",
    "Say how the incident was noticed, by whom, and how long that took.": (
        "The alert `checkout-errors` paged the on-call engineer after 4 minutes."
    ),
    "Link the graphs, logs and conversations that the sections above rest on.": "The graph of the pool's queue: #12.",
    "Tell in a few sentences what the responders saw, and what they did.": "Checkout answered with errors.",
    "Name who responded, and in which role.": "Ben Okafor (@ben), on call.",
    "Keep what customers and colleagues were told, word for word.": "“Checkout is failing; we are on it.”",
    "Say which changes came before the incident, and when.": "A report was added to the shop on 2026-05-02.",
    "Say what did not work as it should, and how that showed.": "The pool ran dry, and checkout answered 502.",
    "Say who responded, when, and what held them up.": "The on-call engineer responded at 10:38 UTC.",
    "Begin with the impact, and ask why it came about. Go on until a property of the system is the answer.": (
        f"Why did checkout fail? {CAUSE}"
    ),
    "Say whether something in the backlog would have prevented this, and why it was not done.": "Nothing there would.",
    "Say whether the same cause led to an incident before, and why it could again.": "No earlier one is known.",
    "Show the graphs by which the incident was noticed, and those that show its end.": "The share of errors: #12.",
    "Say how the cause was found, and what misled the responders.": "The averages of the dashboard misled them.",
    "Link the tickets and the earlier postmortems that this one touches.": "#12",
}
NAME = "<name (@login)>"
HAPPENED = "What was seen or done, in order, as it was known then."
ENTRY = re.compile(rf"(?m)^.*(?:{re.escape(HAPPENED)}|<what was seen or done, as it was known then>).*$")
LEFT_OPEN = re.compile(r"<[^>]+>|YYYY|HH:MM|SEV-N")
LOG = (
    ("10:32", "The share of errors at checkout passes 5 %."),
    ("10:36", "`checkout-errors` pages the on-call engineer, who detects the empty pool."),
    ("11:14", "The limit of the pool is raised. The incident is mitigated."),
)


def filled_in(template: str) -> str:
    """The template as a careful author leaves it."""
    lines = template.split("\n")
    for index in reversed(range(len(lines))):
        if ENTRY.match(lines[index]):
            lines[index : index + 1] = _log(lines[index])
        elif lines[index] == "### HH:MM":
            del lines[index : index + 2]
    text = "\n".join(lines)
    for hint in sorted(FILLED, key=len, reverse=True):
        text = text.replace(hint, FILLED[hint])
    text = _each_its_own(text, ITEM)
    return text.replace(NAME, "Ana Ruiz (@ana)", 1).replace(NAME, "Finn Olsen (@finn)")


def _log(line: str) -> list[str]:
    """Three entries in the place of a template's one, in its form."""
    if line.startswith("|"):
        return [f"| {time} | {text} | #12 |" for time, text in LOG]
    if line.startswith("- `"):
        return [f"- `{time}` - {text}" for time, text in LOG]
    if line.startswith("- "):
        return [f"- {time} {text}" for time, text in LOG]
    return [f"### {time}\n\n{text}\n" for time, text in LOG]


def _each_its_own(text: str, title: str) -> str:
    """Items of several lists are about several things."""
    for region in ("eu-west", "us-east"):
        head, found, rest = text.partition(f"1. {title}\n")
        text = f"{head}1. {title} in {region}\n{rest}" if found and f"1. {title}\n" in rest else text
    return text


@pytest.fixture
def new(repository: Path, closeout: Closeout) -> Path:
    """Where a new postmortem is written."""
    return repository / "postmortems" / "new.md"


def _written(closeout: Closeout, path: Path, name: str) -> str:
    arguments = ("--layout", name, "--date", "2026-05-04", "--out", path.as_posix())
    assert closeout("new", "Checkout returned errors for 42 minutes", *arguments).exit_code == 0
    return path.read_text("utf-8")


def _findings(closeout: Closeout, path: Path) -> list[dict[str, Any]]:
    result = closeout("lint", path.as_posix(), "--format", "json", "--as-of", "2026-05-05", "--no-cache")
    found: list[dict[str, Any]] = json.loads(result.stdout)["findings"]
    return found


def _inspected(closeout: Closeout, path: Path) -> dict[str, Any]:
    described: dict[str, Any] = json.loads(closeout("inspect", path.as_posix(), "--format", "json").stdout)
    return described


@pytest.mark.parametrize("name", NAMES)
def test_filled_in_well_it_gives_no_finding_above_notice(new: Path, closeout: Closeout, name: str) -> None:
    text = filled_in(_written(closeout, new, name))
    new.write_text(text, "utf-8")
    assert not LEFT_OPEN.findall(text)
    assert [each for each in _findings(closeout, new) if each["severity"] != "notice"] == []


@pytest.mark.parametrize("name", NAMES)
def test_filled_in_well_it_is_read_back_completely(new: Path, closeout: Closeout, name: str) -> None:
    new.write_text(filled_in(_written(closeout, new, name)), "utf-8")
    read = _inspected(closeout, new)
    assert (read["layout"], read["headline"].endswith("Checkout returned errors for 42 minutes")) == (name, True)
    assert {key: read["metadata"].get(key) for key in ("severity", "authors", "commander")} == {
        "severity": "SEV-2",
        "authors": "Ana Ruiz (@ana), Ben Okafor (@ben)",
        "commander": "Ana Ruiz (@ana)",
    }
    assert {section["kind"] for section in read["sections"]} >= set(LAYOUTS[name].required)
    assert [entry["at"] for entry in read["timeline"]] == [f"2026-05-04T{time}:00+00:00" for time, _ in LOG]
    assert read["response"]["seconds_to_detect"] == 240
    for item in read["actions"]:
        assert item["title"].startswith(ITEM)
        assert (item["owners"], item["due"], item["priority"]) == (["@ben"], "2026-05-18", "P0")
        assert item["criterion"] == CRITERION
    assert len(read["actions"]) == (3 if name == "jupyterhub" else 1)


@pytest.mark.parametrize("name", NAMES)
def test_as_it_comes_each_fact_and_section_is_told_once(new: Path, closeout: Closeout, name: str) -> None:
    _written(closeout, new, name)
    found = _findings(closeout, new)
    about = Counter((each["line"], each["column"]) for each in found if each["severity"] != "notice")
    assert set(about.values()) == {1}
    assert {each["message"].partition(" holds")[0].rpartition("” ")[2] for each in found if each["line"] > 1} == {
        "still"
    }


@pytest.mark.parametrize("name", NAMES)
def test_as_it_comes_every_section_is_told_to_hold_the_hint(new: Path, closeout: Closeout, name: str) -> None:
    _written(closeout, new, name)
    told = {each["line"] for each in _findings(closeout, new) if each["code"] == "CO203"}
    inner = _covered(_inspected(closeout, new)["sections"], told)
    assert told | inner == {section["line"] for section in _inspected(closeout, new)["sections"]}


def _covered(sections: list[dict[str, Any]], told: set[int]) -> set[int]:
    """The lines of sections that stand in one that was told."""
    outer = [section for section in sections if section["line"] in told]
    return {
        section["line"]
        for section in sections
        if any(each["line"] <= section["line"] <= each["end_line"] for each in outer)
    }


@pytest.mark.parametrize("name", NAMES)
def test_as_it_comes_there_is_nothing_to_fix(new: Path, closeout: Closeout, name: str) -> None:
    text = _written(closeout, new, name)
    closeout("fix", new.as_posix(), "--as-of", "2026-05-05")
    assert new.read_text("utf-8") == text


def test_the_first_day_of_a_template_is_the_incidents(new: Path, closeout: Closeout) -> None:
    for name in NAMES:
        read = _written(closeout, new, name)
        assert date(2026, 5, 4).isoformat() in read.split("\n## ")[0]
        new.unlink()


def test_the_names_stand_where_people_look_for_them() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    assert [name for name in NAMES if f"`{name}`" not in KEYS["layout"].what] == []
    assert [name for name in NAMES if name not in readme] == []
