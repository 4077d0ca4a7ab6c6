from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import time_machine

from app.cli.new import fill_in, slug
from app.cli.placing import usual_folder
from tests.cli.conftest import Closeout


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("Checkout returned 502s", "checkout-returned-502s"),
        ('  Ünïcode & "quotes" / slashes..', "unicode-quotes-slashes"),
        ("../../etc/passwd", "etc-passwd"),
        ("修复缓存", "修复缓存"),
        ("!!!", "incident"),
        ("word " * 40, "word-word-word-word-word-word-word-word-word-word-word-word"),
        ("x" * 100, "x" * 60),
    ],
)
def test_a_slug_is_safe_in_a_file_name(headline: str, expected: str) -> None:
    assert slug(headline) == expected


def test_headline_and_date_are_filled_in_literally() -> None:
    template = "# Postmortem: <what happened, in one line>\n\n- Date: YYYY-MM-DD\n\n- Deadline: YYYY-MM-DD\n"
    assert fill_in(template, r"A \1 title", date(2026, 5, 4)) == (
        "# Postmortem: A \\1 title\n\n- Date: 2026-05-04\n\n- Deadline: YYYY-MM-DD\n"
    )


def test_a_new_postmortem_is_written_and_the_next_step_told(repository: Path, closeout: Closeout) -> None:
    result = closeout("new", "Checkout returned 502s", "--date", "2026-05-04")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "postmortems/2026-05-04-checkout-returned-502s.md\n"
        "Fill it in, then run: closeout lint postmortems/2026-05-04-checkout-returned-502s.md\n"
    )
    written = (repository / "postmortems/2026-05-04-checkout-returned-502s.md").read_text("utf-8")
    assert written.startswith("# Postmortem: Checkout returned 502s\n")
    assert "- Date: 2026-05-04\n" in written


def test_the_untouched_template_does_not_pass(repository: Path, closeout: Closeout) -> None:
    path = closeout("new", "Checkout returned 502s").stdout.splitlines()[0]
    assert closeout("lint", path).exit_code == 1


def test_the_day_is_today_unless_it_is_said(repository: Path, closeout: Closeout) -> None:
    with time_machine.travel(date(2026, 5, 4)):
        assert closeout("new", "x").stdout.startswith("postmortems/2026-05-04-x.md\n")


def test_nothing_is_overwritten(repository: Path, closeout: Closeout) -> None:
    result = closeout("new", "x", "--out", "README.md")
    assert result.exit_code == 2
    assert result.stderr == "closeout: README.md is there already; choose another place with --out\n"
    assert (repository / "README.md").read_text("utf-8").startswith("# A shop")


def test_out_may_be_a_folder_or_a_new_path(repository: Path, closeout: Closeout) -> None:
    assert closeout("new", "x", "--date", "2026-05-04", "--out", ".").stdout.startswith("2026-05-04-x.md\n")
    assert closeout("new", "x", "--out", "deep/er/x y.md").stdout.endswith('closeout lint "deep/er/x y.md"\n')


def test_a_headline_of_several_lines_becomes_one(repository: Path, closeout: Closeout) -> None:
    closeout("new", "a\n## b", "--out", "a.md")
    assert (repository / "a.md").read_text("utf-8").startswith("# Postmortem: a ## b\n")


@pytest.mark.parametrize(
    ("word", "title"),
    [
        ("google", "## Root causes"),
        ("Google-SRE", "## Root causes"),
        ("aws", "## 5 Whys"),
        ("AWS COE", "## 5 Whys"),
        ("gov.uk", "## User impact"),
        ("jupyter", "## Lessons learnt"),
        ("pager_duty", "## How'd we do?"),
    ],
)
def test_a_house_style_goes_by_its_short_names(repository: Path, closeout: Closeout, word: str, title: str) -> None:
    assert closeout("new", "x", "--layout", word, "--out", "a.md").exit_code == 0
    assert title in (repository / "a.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("policy", "title"),
    [
        ("layout: gitlab", "## Current status"),
        ("layout: auto", "## TL;DR"),
        ("layout: {timeline: Log}", "## TL;DR"),
        ("layout: {timeline: [Logbook, Log], tldr: Summary}", "## Logbook"),
    ],
)
def test_without_a_name_it_is_the_policys_house_style(
    repository: Path, closeout: Closeout, policy: str, title: str
) -> None:
    (repository / ".github").mkdir()
    (repository / ".github" / "closeout.yml").write_text(policy, "utf-8")
    closeout("new", "x", "--out", "a.md")
    assert title in (repository / "a.md").read_text("utf-8")


def test_a_house_style_that_is_misspelt_gets_a_suggestion_and_all_the_names(
    repository: Path, closeout: Closeout
) -> None:
    said = " ".join(closeout("new", "x", "--layout", "gogle").stderr.split())
    assert "there is no layout 'gogle'; did you mean google? There are atlassian, aws-coe, closeout, generic," in said
    assert "auto" in closeout("lint", "postmortems", "--layout", "klingon").stderr
    assert not (repository / "x.md").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("",), "what happened"),
        (("x", "--layout", "klingon"), "klingon"),
        (("x", "--out", "README.md/x.md"), "README.md"),
    ],
)
def test_wrong_use_ends_with_status_two(
    repository: Path, closeout: Closeout, arguments: tuple[str, ...], said: str
) -> None:
    result = closeout("new", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr


def test_folders_that_had_to_be_made_are_told(repository: Path, closeout: Closeout) -> None:
    made = closeout("new", "Checkout was down", "--out", "a/b/c.md")
    assert made.stdout.startswith("Made the folder a/\n")
    assert "Made" not in closeout("new", "Checkout was down", "--out", "a/b/d.md").stdout


def put_policy(repository: Path, text: str) -> None:
    (repository / ".github").mkdir()
    (repository / ".github" / "closeout.yml").write_text(text, "utf-8")


@pytest.mark.parametrize(
    ("globs", "folder"),
    [
        ((), "postmortems"),
        (("docs/incidents/**/*.md",), "docs/incidents"),
        (("!docs/old/", "/docs/incidents/*.md", "postmortems/*.md"), "docs/incidents"),
        (("incidents/",), "incidents"),
        (("docs/inc*/*.md",), "docs"),
        (("docs/postmortem.md",), "docs"),
        (("**/*.md",), "postmortems"),
        (("*.md",), "postmortems"),
        (("!drafts/",), "postmortems"),
        (("../x/*.md",), "x"),
    ],
)
def test_the_usual_folder_is_the_one_that_the_globs_begin_with(globs: tuple[str, ...], folder: str) -> None:
    assert usual_folder(globs) == folder


def test_it_is_written_where_the_policy_looks_seen_from_any_folder(
    repository: Path, closeout: Closeout, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_policy(repository, 'documents: ["docs/incidents/**/*.md"]')
    (repository / "docs").mkdir()
    monkeypatch.chdir(repository / "docs")
    result = closeout("new", "Deploy broke it", "--date", "2026-05-04")
    assert result.stdout.splitlines()[1] == "incidents/2026-05-04-deploy-broke-it.md"
    assert result.stderr == ""
    assert (repository / "docs/incidents/2026-05-04-deploy-broke-it.md").is_file()
    assert closeout("lint", ".").exit_code == 1
    monkeypatch.chdir(repository / "postmortems")
    assert "../docs/incidents/2026-05-05-x.md\n" in closeout("new", "x", "--date", "2026-05-05").stdout


def test_a_place_at_which_the_policy_does_not_look_is_told(repository: Path, closeout: Closeout) -> None:
    put_policy(repository, 'documents: ["docs/incidents/**/*.md"]')
    result = closeout("new", "x", "--out", "a.md")
    assert result.exit_code == 0
    assert "a.md is no postmortem by the policy, whose `documents` are docs/incidents/**/*.md" in result.stderr
    assert closeout("new", "x", "--out", "docs/incidents/a.md").stderr == ""


def test_a_slash_at_its_end_makes_a_folder(repository: Path, closeout: Closeout) -> None:
    closeout("new", "x", "--date", "2026-05-04", "--out", "inc/")
    assert (repository / "inc" / "2026-05-04-x.md").is_file()


@pytest.mark.parametrize("out", ["bar.txt", "inc", "a.md.bak"])
def test_what_is_no_markdown_is_refused(repository: Path, closeout: Closeout, out: str) -> None:
    result = closeout("new", "x", "--out", out)
    assert result.exit_code == 2
    assert "is no Markdown file" in " ".join(result.stderr.split())
    assert not (repository / out).exists()
