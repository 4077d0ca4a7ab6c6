"""The labels of an action item's fields misspelled: read as what they mean, told, and mended."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rules.fixing import fix
from rules.parse.action_words import field_label_meant
from rules.parse.misspelled import label_meant
from rules.policy import Policy
from rules.reading import read
from rules.rule import Context
from tests.postmortems import good_postmortem
from tests.rules.linting import PATH, TODAY, codes, found, lint

_ROOT = Path(__file__).parents[2]
NESTED = """\
- [ ] Cap retries in the payment client at three, with exponential backoff
  - Onwer: Gita Rao (@gita)
  - Dedline: 2026-05-18
  - Prioritiy: P0
  - Success criterium: the load test `retry-storm` stays below 1.5 times its normal request rate
"""
IN_A_LINE = (
    "- Cap retries in the payment client at three. **Onwer:** @gita. Dealine: 2026-05-18. Priorty: P0. "
    "Sucess criterion: the load test `retry-storm` stays below 1.5 times its normal request rate\n"
)
IN_BRACKETS = (
    "- Cap retries in the payment client at three (onwer: @gita, dedline: 2026-05-18, prioritty: P0, "
    "success criterian: the load test `retry-storm` stays below 1.5 times its normal request rate)\n"
)
IN_COLUMNS = """\
| Action | Onwer | Dedline | Prioirty | Succes criterion |
|---|---|---|---|---|
| Cap retries in the payment client at three | @gita | 2026-05-18 | P0 | the load test `retry-storm` passes |
| Alert when the pool of checkout is above 80 % | @ben | 2026-05-18 | P0 | it fires in staging in 6 minutes |
"""
WRITTEN = [NESTED, IN_A_LINE, IN_BRACKETS, IN_COLUMNS]
IDS = ["nested", "in a line", "in brackets", "in columns"]


@pytest.mark.parametrize("actions", WRITTEN, ids=IDS)
def test_a_misspelled_label_counts_as_what_it_means_and_is_the_only_finding(actions: str) -> None:
    assert codes(lint(good_postmortem(actions=actions))) == ["CO124"] * 4


@pytest.mark.parametrize("actions", WRITTEN, ids=IDS)
def test_the_fix_mends_the_spelling_and_nothing_else(actions: str) -> None:
    text = good_postmortem(actions=actions)
    fixed = fix(text.encode(), None, Policy(), Context(PATH, TODAY))
    assert not fixed.findings
    wrong = [finding.edit for finding in found(text, "CO124") if finding.edit is not None]
    changed = zip(text.split("\n"), fixed.data.decode().split("\n"), strict=True)
    assert {number for number, (old, new) in enumerate(changed, 1) if old != new} == {edit.span.line for edit in wrong}


def test_the_finding_names_the_right_spelling_in_the_style_of_the_wrong_one() -> None:
    text = good_postmortem(actions=IN_BRACKETS)
    assert [each.edit and each.edit.replacement for each in found(text, "CO124")] == [
        "owner", "deadline", "priority", "success criterion",
    ]  # fmt: skip


def test_an_item_without_other_fields_is_read_as_one() -> None:
    (item,) = read(good_postmortem(actions="- Cap the retries\n  - Stauts: done\n  - Assigne: @gita\n")).actions
    assert (item.done, [owner.login for owner in item.owners]) == (True, ["gita"])


def test_a_deadline_still_to_come_is_filled_in_behind_its_misspelled_label() -> None:
    actions = NESTED.replace("2026-05-18", "TBD")
    fixed = fix(good_postmortem(actions=actions).encode(), None, Policy(), Context(PATH, TODAY))
    assert "  - Deadline: 2026-05-20\n" in fixed.data.decode()


@pytest.mark.parametrize(
    "label",
    [
        "Owned", "Assigned", "Assigner", "Deadlined", "Dateline", "Headline", "Lifeline", "Targeted", "Carrier",
        "Prior", "Priorities", "Prioress", "Successor", "Succession", "Access", "Stats", "States", "Statue",
        "Statute", "Stages", "Acceptable", "Definitive", "Other", "Deadlock", "Headlines", "Baseline", "Successful",
        "Acceptance", "Target",
    ],
)  # fmt: skip
def test_another_word_is_no_misspelling(label: str) -> None:
    actions = good_postmortem()
    assert not found(actions.replace("- Owner: Gita", f"- {label}: x\n  - Owner: Gita"), "CO124")


def test_no_word_that_the_project_itself_uses_is_taken_for_a_slip() -> None:
    lists = (_ROOT / "rules" / "lexicon").glob("*.toml")
    texts = [*(each for each in lists if each.name != "headings_known.toml"), *(_ROOT / "docs").rglob("*.md")]
    words = {word for path in texts for word in re.findall(r"[^\W\d_]+", path.read_text("utf-8").lower())}
    assert len(words) > 5000
    assert not [word for word in words if label_meant(word) or field_label_meant(word)]


def test_a_label_in_another_language_is_no_misspelling() -> None:
    french = (
        "# Panne du paiement\n\n- Date : 2026-05-04\n\n## Résumé\n\nLe paiement ne répondait plus pendant une heure, "
        "parce que la base de données était pleine et que personne ne l'avait vu. Les clients ont dû attendre.\n\n"
        "## Actions\n\n- Ajouter une alerte sur la taille de la base\n  - Priorité: P1\n  - Statut: ouvert\n"
    )
    assert not found(french, "CO124")


def test_a_colon_in_running_text_makes_no_label() -> None:
    (item,) = read(good_postmortem(actions="- Rename the state of the pool from ower: idle to free\n")).actions
    assert not item.misspelled
    assert not item.owners
