"""What a finding proposes for an action item is written as the document writes the fields of its items."""

from __future__ import annotations

import pytest

from rules.fixing import fix
from rules.policy import Policy
from rules.rule import Context
from tests.postmortems import good_postmortem
from tests.rules.linting import PATH, TODAY, found

BARE = "- [ ] Cap retries in the payment client at three, with exponential backoff\n"
NESTED = """\
- [ ] Alert when the pool of checkout is above 80 %
  - {0}DRI{1} @ben
  - {0}Due{1} 2026-05-18
  - {0}Priority{1} P0
  - {0}Done when{1} the alert fires in staging within 6 minutes
"""
INLINE = (
    "- [ ] Alert when the pool of checkout is above 80 %. {0}DRI{1} @ben. {0}Due{1} 2026-05-18. {0}Priority{1} P0. "
    "{0}Done when{1} the alert fires in staging within 6 minutes.\n"
)
SIGNS = [("**", ":**"), ("**", "**:"), ("", ":")]
WANTED = {
    "CO402": "DRI{1} Ana Ruiz (@ana)",
    "CO405": "Due{1} YYYY-MM-DD",
    "CO411": "Priority{1} P0",
    "CO413": "Done when{1} the alert fires in staging within 5 minutes",
}


@pytest.mark.parametrize("signs", SIGNS, ids=["colon in bold", "colon behind bold", "plain"])
@pytest.mark.parametrize(("item", "bullet"), [(NESTED, "- "), (INLINE, "")], ids=["nested", "in a line"])
def test_a_missing_field_is_proposed_as_the_other_items_have_theirs(
    item: str, bullet: str, signs: tuple[str, str]
) -> None:
    text = good_postmortem(actions=item.format(*signs) + BARE)
    for code, wanted in WANTED.items():
        (finding,) = found(text, code)
        assert f"`{bullet}{signs[0]}{wanted.format(*signs)}`" in finding.message


def test_without_any_other_the_usual_names_are_proposed() -> None:
    (finding,) = found(good_postmortem(actions=BARE), "CO402")
    assert "`Owner: Ana Ruiz (@ana)`" in finding.message


def test_a_misspelled_label_is_not_proposed() -> None:
    (finding,) = found(good_postmortem(actions=NESTED.format("", ":").replace("Priority", "Priorty") + BARE), "CO411")
    assert "`- Priority: P0`" in finding.message


@pytest.mark.parametrize("signs", SIGNS, ids=["colon in bold", "colon behind bold", "plain"])
def test_the_fix_calls_a_deadline_what_the_document_calls_it(signs: tuple[str, str]) -> None:
    other = NESTED.format(*signs).replace("Alert when the pool of checkout", "Page when the queue of orders")
    lacking = "".join(line for line in other.splitlines(keepends=True) if "Due" not in line)
    fixed = fix(good_postmortem(actions=NESTED.format(*signs) + lacking).encode(), None, Policy(), Context(PATH, TODAY))
    assert f"  - {signs[0]}Due{signs[1]} 2026-05-20\n" in fixed.data.decode()
    assert "Deadline" not in fixed.data.decode()
