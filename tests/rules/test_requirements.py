"""How much is asked for: a near-miss may have had no commander and no impact, a known cause needs a short write-up."""

from __future__ import annotations

import pytest

from rules.policy import Policy
from rules.reading import read
from rules.requirements import Kind, is_short, kind_of, required_sections, severity_level
from rules.rule import Severity
from tests.postmortems import SECTIONS, good_postmortem
from tests.rules.linting import codes, lint

SHORT = """\
# Postmortem: Checkout returned errors for 42 minutes

- Date: 2026-05-04
- Severity: SEV-3
- Known cause: [INC-1987](2026-03-11-pool.md)

## TL;DR

Checkout failed for 42 minutes because its connection pool ran dry, as in March. We raised the limit.

## Timeline

- 10:32 UTC The checkout error rate passes 5 %.
- 10:36 UTC `checkout-errors` pages the on-call engineer.
- 11:14 UTC The error rate is back at 0.1 %.
"""


def _weighty(text: str) -> list[str]:
    return [each.rule.code for each in lint(text) if each.severity is not Severity.NOTICE]


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("incident", Kind.INCIDENT),
        ("Near-miss", Kind.NEAR_MISS),
        ("near miss", Kind.NEAR_MISS),
        ("manual_intervention", Kind.MANUAL_INTERVENTION),
        ("Manual intervention, no users noticed", Kind.MANUAL_INTERVENTION),
        ("TBD", Kind.INCIDENT),
        ("almost", None),
    ],
)
def test_the_kind_is_read_from_its_field(value: str, kind: Kind | None) -> None:
    assert kind_of(read(f"# Postmortem: x\n\n- Kind: {value}\n")) is kind


def test_a_document_without_a_kind_is_about_an_incident() -> None:
    assert kind_of(read("# Postmortem: x\n")) is Kind.INCIDENT


def test_what_others_write_as_the_type_of_their_trouble_is_no_wrong_kind() -> None:
    assert not lint(good_postmortem(metadata={"Type": "network"}))


@pytest.mark.parametrize(("value", "level"), [("SEV-2", 2), ("Sev 1", 1), ("P0", 0), ("major", 2), ("SEV-N", None)])
def test_the_severity_is_a_number(value: str, level: int | None) -> None:
    assert severity_level(read(f"# Postmortem: x\n\n- Severity: {value}\n")) == level


@pytest.mark.parametrize("kind", ["near-miss", "manual-intervention"])
def test_a_near_miss_may_say_that_nobody_commanded_and_nobody_was_hit(kind: str) -> None:
    assert not lint(good_postmortem(kind=kind, incident_commander="none", impact="none"))


def test_an_incident_may_not_say_that_nobody_commanded() -> None:
    assert codes(lint(good_postmortem(incident_commander="none"))) == ["CO120"]


def test_a_near_miss_is_asked_for_everything_else() -> None:
    text = good_postmortem(kind="near-miss", incident_commander="none", sections={"Verification": None})
    assert codes(lint(text)) == ["CO208"]


def test_a_near_miss_that_does_not_speak_of_a_commander_is_asked_for_one() -> None:
    assert codes(lint(good_postmortem(kind="near-miss", incident_commander=None))) == ["CO120"]


def test_a_known_cause_needs_a_tldr_a_timeline_and_a_link_only() -> None:
    assert is_short(read(SHORT))
    assert not lint(SHORT)


@pytest.mark.parametrize("title", ["TL;DR", "Timeline"])
def test_the_short_form_needs_its_two_sections(title: str) -> None:
    head, _, rest = SHORT.partition(f"## {title}\n")
    _, _, behind = rest.partition("\n## ")
    text = f"{head}## {behind}" if behind else head
    assert len(_weighty(text)) == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("SEV-3", "SEV-2"),
        ("[INC-1987](2026-03-11-pool.md)", "the pool, as in spring"),
        ("- Severity: SEV-3\n", ""),
        ("- Severity: SEV-3", "- Severity: SEV-3\n- Kind: near-miss"),
    ],
)
def test_the_short_form_is_for_minor_incidents_whose_cause_is_linked(old: str, new: str) -> None:
    assert {"CO201", "CO401", "CO208"} <= set(codes(lint(SHORT.replace(old, new))))


@pytest.mark.parametrize("reference", ["INC-1987", "#1987", "https://wiki.example/pool", "postmortems/pool.md"])
def test_a_known_cause_may_be_named_in_several_ways(reference: str) -> None:
    assert is_short(read(SHORT.replace("[INC-1987](2026-03-11-pool.md)", reference)))


@pytest.mark.parametrize("said", ["yes", "the UTF-8 decoder, a SEV-3 then, too"])
def test_what_names_no_postmortem_is_no_known_cause(said: str) -> None:
    assert not is_short(read(SHORT.replace("[INC-1987](2026-03-11-pool.md)", said)))


def test_the_short_form_of_a_severe_incident_is_told_why_it_is_not_enough() -> None:
    assert "CO127" in codes(lint(SHORT.replace("SEV-3", "SEV-1")))


def test_the_whole_form_may_name_a_known_cause_after_a_severe_incident() -> None:
    assert not lint(good_postmortem(metadata={"Known cause": "[INC-1987](2026-03-11-pool.md)"}))


def test_what_is_required_follows_the_layout() -> None:
    whole = read(good_postmortem())
    assert len(required_sections(whole, Policy())) == len(SECTIONS)
    assert required_sections(read(SHORT), Policy()) == ("tldr", "timeline")
