"""The pages about the rules, made from their docstrings: `python -m rules.documentation [--check] docs/rules`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from rules.checking import FAMILIES
from rules.rule import Rule, Severity, iter_rules

_FOLDER = Path("docs/rules")
_PARTS = ("Why", "Bad", "Good")
_DATED = """\
The incident in the examples was on 2026-05-04. They are looked at as of two days later, as with
`closeout lint --as-of 2026-05-06`.
"""
_WEIGHT = {
    Severity.ERROR: "an **error**: it fails the check",
    Severity.WARNING: "a **warning**: it is shown, and fails nothing",
    Severity.NOTICE: "a **notice**: it is shown, and fails nothing",
    Severity.OFF: "**off**: it reports nothing until the policy turns it on",
}


def rule_parts(rule: Rule) -> Mapping[str, str]:
    """The paragraphs of a rule's documentation by their names: `What` (the first line), `Why`, `Bad`, `Good`."""
    parts: dict[str, list[str]] = {"What": []}
    current = parts["What"]
    for line in rule.documentation.split("\n"):
        name, colon, rest = line.partition(":")
        if colon and name in _PARTS and name not in parts:
            current = parts[name] = [rest.strip()]
        else:
            current.append(line)
    return {name: _as_paragraph("\n".join(lines).strip()) for name, lines in parts.items()}


def _as_paragraph(text: str) -> str:
    """What followed a colon, as it stands under a heading."""
    return text[:1].upper() + text[1:]


def rule_page(rule: Rule) -> str:
    """The page that explains a rule, as Markdown."""
    parts = rule_parts(rule)
    return f"""# {rule.code} {rule.name}

{parts["What"]}

By default this is {_weight(rule)}.

## Why

{parts["Why"]}

## Bad

{parts["Bad"]}

## Good

{parts["Good"]}
{_dated(parts)}
{another_severity(rule)}
[All rules](README.md)
"""


def another_severity(rule: Rule) -> str:
    """How to have a rule weigh less or more, in the policy or at one place, as Markdown; a line end is its last."""
    return f"""## Another severity

In `.github/closeout.yml`, with `error`, `warning`, `notice` or `off`:

```yaml
rules: {{{rule.code}: {_another(rule)}}}
```
{_suppression(rule)}"""


def rule_index(rules: Iterable[Rule]) -> str:
    """The page that lists the rules by family, as Markdown."""
    by_family: dict[str, list[Rule]] = {}
    for rule in rules:
        by_family.setdefault(rule.code[:3], []).append(rule)
    sections = (f"## {_family_title(prefix)}\n\n{_table(listed)}" for prefix, listed in by_family.items())
    return f"# The rules\n\n{_DATED}\n" + "\n\n".join(sections) + "\n"


def pages() -> Mapping[str, str]:
    """All pages, by file name."""
    return {"README.md": rule_index(iter_rules()), **{f"{rule.code}.md": rule_page(rule) for rule in iter_rules()}}


def write_pages(folder: Path) -> None:
    """Write the pages, and remove those of rules that are gone. Raises OSError if it cannot."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in stale_pages(folder):
        if name in pages():
            (folder / name).write_text(pages()[name], encoding="utf-8", newline="\n")
        else:
            (folder / name).unlink()


def stale_pages(folder: Path) -> list[str]:
    """The names of pages that are missing, not as they should be, or left over."""
    wanted = pages()
    written = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
    return sorted(name for name in wanted.keys() | written.keys() if wanted.get(name) != written.get(name))


def _dated(parts: Mapping[str, str]) -> str:
    """From when examples with a deadline are looked at, since a deadline passes; empty for others."""
    return f"\n{_DATED}" if "Deadline" in parts["Bad"] + parts["Good"] else ""


def _weight(rule: Rule) -> str:
    usual = _WEIGHT[rule.severity]
    return usual if rule.other is None else f"{usual}. In the case told below it is {_WEIGHT[rule.other]}"


def _another(rule: Rule) -> str:
    return "warning" if rule.severity is not Severity.WARNING else "notice"


def _suppression(rule: Rule) -> str:
    weights = {rule.severity, rule.other} - {None}
    if weights == {Severity.ERROR}:
        return ""
    which = "a finding that is no error" if Severity.ERROR in weights else "a finding"
    return f"""
Where {which} is meant to stay, say so on the line above it:

```markdown
<!-- closeout: ignore {rule.code} because … -->
```

In a table, where such a line would end it, put the comment into the last cell of the row.
"""


def _family_title(prefix: str) -> str:
    summary = (FAMILIES[prefix].__doc__ or prefix).partition("\n")[0].rstrip(".")
    family, _, title = summary.partition(": ")
    return f"{family}: {title}"


def _table(rules: Iterable[Rule]) -> str:
    rows = (f"| [{rule.code}]({rule.code}.md) | `{rule.name}` | {rule.weights} | {rule.summary} |" for rule in rules)
    return "\n".join(["| Code | Name | Severity | What it finds |", "|---|---|---|---|", *rows])


def main(arguments: Sequence[str]) -> int:
    """Write the pages into the folder named; with `--check` only say which of them are stale. The exit status.

    Raises SystemExit with status 2 for arguments it does not know.
    """
    parser = argparse.ArgumentParser("python -m rules.documentation", description="Write the pages about the rules.")
    parser.add_argument("--check", action="store_true", help="write nothing; say which pages are not up to date")
    parser.add_argument("folder", type=Path, nargs="?", default=_FOLDER, help=f"default: {_FOLDER}")
    options = parser.parse_args(arguments)
    folder: Path = options.folder
    if not options.check:
        write_pages(folder)
        return 0
    stale = stale_pages(folder)
    for name in stale:
        print(f"{folder / name} is not up to date; run `python -m rules.documentation {folder}`", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
