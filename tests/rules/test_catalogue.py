"""What holds for every rule: documentation that is true, a bad and a good document, a code and a name of its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rules.checking import FAMILIES
from rules.documentation import main, rule_index, rule_page, rule_parts, stale_pages
from rules.rule import Rule, Severity, iter_rules, registry, rule
from tests.postmortems import good_postmortem
from tests.rules.fragments import overlay
from tests.rules.linting import codes, found, lint, policy_for
from tests.rules.marked import read_marked

FIXTURES = Path(__file__).parent / "fixtures"
PAGES = Path(__file__).parents[2] / "docs" / "rules"
RULES = tuple(iter_rules())
ABOUT_BYTES = {"CO001", "CO002"}  # no fragment of text can show these
ABOUT_PULL_REQUESTS = {"CO602"}

every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda each: each.code)
rules_with_fragments = pytest.mark.parametrize(
    "rule", [each for each in RULES if each.code not in ABOUT_BYTES | ABOUT_PULL_REQUESTS], ids=lambda each: each.code
)
rules_with_fixtures = pytest.mark.parametrize(
    "rule", [each for each in RULES if each.code != "CO002"], ids=lambda each: each.code
)


def _fixture(rule: Rule, which: str) -> Path:
    return FIXTURES / f"{rule.code}-{rule.name}" / f"{which}.md"


def _fragment(rule: Rule, part: str) -> str:
    match = re.search(r"```markdown\n(.*?)```", rule_parts(rule)[part], re.DOTALL)
    assert match, f"{rule.code}: the part {part!r} has no fenced Markdown"
    return match[1]


def sentences(message: str) -> list[str]:
    """A message's sentences; a full stop in what it quotes or gives as an example ends none."""
    bare = re.sub(r"`[^`]*`|“[^”]*”", "x", message)
    return [each for each in re.split(r"(?<=[.!?])\s+", bare) if each]


@every_rule
def test_rule_says_what_why_bad_and_good(rule: Rule) -> None:
    parts = rule_parts(rule)
    assert list(parts) == ["What", "Why", "Bad", "Good"]
    assert all(parts.values())
    assert "\n" not in parts["What"]
    assert parts["What"].endswith(".")


@every_rule
def test_rule_has_a_well_formed_code_and_name_in_the_family_of_its_module(rule: Rule) -> None:
    assert re.fullmatch(r"CO\d{3}", rule.code)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.name)
    family = FAMILIES[rule.code[:3]].__name__
    assert f"{rule.check.__module__}.".startswith(f"{family}.")


def test_names_are_unique() -> None:
    assert len({each.name for each in RULES}) == len(RULES)


def test_codes_that_others_rely_on_keep_their_names() -> None:
    names = {code: registry()[code].name for code in ("CO402", "CO410")}
    assert names == {"CO402": "action-owner-missing", "CO410": "action-vague"}
    assert "CO205" in registry()


def test_a_code_or_name_cannot_be_taken_twice() -> None:
    for code, name in (("CO402", "another-name"), ("CO499", "action-owner-missing")):
        with pytest.raises(ValueError, match="clashes"):
            rule(code, name, Severity.ERROR)(RULES[0].check)


@rules_with_fragments
def test_bad_example_is_reported(rule: Rule) -> None:
    assert found(overlay(_fragment(rule, "Bad")), rule.code)


@rules_with_fragments
def test_good_example_is_green(rule: Rule) -> None:
    findings = lint(overlay(_fragment(rule, "Good")), policy=policy_for(rule.code))
    assert rule.code not in codes(findings)
    assert not [each for each in findings if each.severity in (Severity.ERROR, Severity.WARNING)]


@rules_with_fixtures
def test_everything_marked_in_the_bad_document_is_found_and_nothing_else(rule: Rule) -> None:
    marked = read_marked(_fixture(rule, "bad").read_bytes())
    assert rule.code in {code for _, code in marked.expected}
    findings = lint(marked.data, policy=policy_for(rule.code), took_part=marked.took_part)
    assert sorted((each.span.line, each.rule.code) for each in findings) == marked.expected


@rules_with_fixtures
def test_the_good_document_is_green(rule: Rule) -> None:
    marked = read_marked(_fixture(rule, "good").read_bytes())
    findings = lint(marked.data, policy=policy_for(rule.code), took_part=marked.took_part)
    assert not findings
    assert not marked.expected


def test_every_fixture_belongs_to_a_rule() -> None:
    assert {path.name for path in FIXTURES.iterdir()} == {f"{each.code}-{each.name}" for each in RULES} - {
        "CO002-document-not-read"
    }


@every_rule
def test_page_is_up_to_date(rule: Rule) -> None:
    assert (PAGES / f"{rule.code}.md").read_text(encoding="utf-8") == rule_page(rule)


def test_index_is_up_to_date_and_there_are_no_other_pages() -> None:
    assert (PAGES / "README.md").read_text(encoding="utf-8") == rule_index(RULES)
    assert {path.name for path in PAGES.iterdir()} == {"README.md", *(f"{each.code}.md" for each in RULES)}


def test_stale_pages_are_named_and_writing_repairs_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 0
    assert main(["--check", str(tmp_path)]) == 0
    (tmp_path / "CO402.md").write_text("old")
    (tmp_path / "CO999.md").write_text("a rule that is gone")
    (tmp_path / "CO401.md").unlink()
    assert main(["--check", str(tmp_path)]) == 1
    assert "CO402.md is not up to date" in capsys.readouterr().err
    assert stale_pages(tmp_path) == ["CO401.md", "CO402.md", "CO999.md"]
    assert main([str(tmp_path)]) == 0
    assert stale_pages(tmp_path) == []


@pytest.mark.parametrize("argument", ["--help", "--chek", "-x"])
def test_options_are_never_taken_for_a_folder(
    argument: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        main([argument])
    assert ended.value.code == (0 if argument == "--help" else 2)
    assert "usage: python -m rules.documentation" in "".join(capsys.readouterr())
    assert not list(tmp_path.iterdir())


@rules_with_fixtures
def test_a_rule_weighs_only_what_it_declares(rule: Rule) -> None:
    marked = read_marked(_fixture(rule, "bad").read_bytes())
    findings = lint(marked.data, took_part=marked.took_part)
    assert all(each.severity in (each.rule.severity, each.rule.other) for each in findings)


@rules_with_fixtures
def test_messages_are_one_sentence_of_what_and_one_of_how(rule: Rule) -> None:
    marked = read_marked(_fixture(rule, "bad").read_bytes())
    findings = lint(marked.data, policy=policy_for(rule.code), took_part=marked.took_part)
    for finding in findings:
        assert len(sentences(finding.message)) == 2, finding.message
        assert len(finding.message) <= 260
        assert finding.message[0].isupper() or finding.message[0] in "“`~0123456789"
        assert finding.message.rstrip("`").endswith((".", "”", "?"))


def test_the_good_postmortem_of_the_tests_is_green() -> None:
    assert not lint(good_postmortem())
