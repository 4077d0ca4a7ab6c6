from __future__ import annotations

import json

import pytest

from app.cli.catalogue import catalogue_text, rule_markdown
from rules.rule import Rule, Severity, iter_rules
from tests.cli.conftest import Closeout


def test_every_rule_is_listed_once(closeout: Closeout) -> None:
    result = closeout("rules")
    assert result.exit_code == 0
    listed = [line.split()[0] for line in result.stdout.splitlines()[2:] if line]
    assert listed == [rule.code for rule in iter_rules()]


def test_the_catalogue_is_there_for_programs(closeout: Closeout) -> None:
    catalogue = json.loads(closeout("rules", "--format", "json").stdout)
    vague = next(rule for rule in catalogue["rules"] if rule["name"] == "action-vague")
    assert vague.keys() == {"code", "name", "severity", "summary", "url"}
    assert vague["severity"] in ("error", "warning", "notice")


@pytest.mark.parametrize("word", ["action-vague", "ACTION-VAGUE"])
def test_a_rule_is_explained_by_its_name(closeout: Closeout, word: str) -> None:
    result = closeout("rule", word)
    assert result.exit_code == 0
    assert "action-vague" in result.stdout.splitlines()[0]
    assert "\x1b" not in result.stdout


def test_a_typo_gets_a_suggestion(closeout: Closeout) -> None:
    result = closeout("rule", "action-vauge")
    assert result.exit_code == 2
    assert "did you mean action-vague" in result.stderr


def test_a_letter_taken_for_a_digit_gets_the_rule_that_was_meant(closeout: Closeout) -> None:
    result = closeout("rule", "CO4O2")
    assert result.exit_code == 2
    assert "did you mean CO402 (action-owner-missing)?" in result.stderr


def test_the_beginning_of_a_code_lists_its_family(closeout: Closeout) -> None:
    result = closeout("rule", "co4")
    assert result.exit_code == 0
    listed = [line.split()[0] for line in result.stdout.splitlines()[2:] if line]
    assert listed == [rule.code for rule in iter_rules() if rule.code.startswith("CO4")]


def test_a_rule_that_weighs_two_cases_says_both(closeout: Closeout) -> None:
    assert "Severity: warning or error, unless" in closeout("rule", "CO414").stdout
    assert "Severity: error or warning, unless" in closeout("rule", "CO410").stdout


@pytest.mark.parametrize("width", [40, 60, 80, 100, 120, 200])
def test_no_name_is_cut_however_narrow_the_terminal_is(width: int) -> None:
    rules = tuple(iter_rules())
    listed = catalogue_text(rules, width)
    assert "…" not in listed
    assert all(rule.name in listed and rule.code in listed for rule in rules)
    assert max(map(len, listed.splitlines())) <= max(width, 60)


def test_an_explanation_is_markdown() -> None:
    page = rule_markdown(Rule("CO1", "name", Severity.ERROR, "A finding.\n\nWhy: because.", lambda *_: ()))
    assert page.startswith(
        "# CO1 name\n\nSeverity: error, unless the policy says otherwise.\n\nA finding.\n\nWhy: because.\n"
    )


def test_a_part_of_names_leads_to_the_rules_that_have_it(closeout: Closeout) -> None:
    complaint = closeout("rule", "owner").stderr
    assert "there is no rule 'owner'; did you mean CO4" in complaint
    assert "owner-missing" in complaint


def test_a_rule_tells_how_to_give_it_another_weight_and_how_to_let_a_finding_stay(closeout: Closeout) -> None:
    told = closeout("rule", "CO501").stdout
    assert "rules: {CO501: notice}\n" in told
    assert "<!-- closeout: ignore CO501 because … -->\n" in told
    assert "closeout: ignore" not in closeout("rule", "CO402").stdout  # an error cannot be left out
