"""Where Closeout's own pages are, for every place that links to them."""

from __future__ import annotations

from rules.rule import Rule

PROJECT_URL = "https://github.com/closeout-app/closeout"
_RULE_PAGES = f"{PROJECT_URL}/blob/main/docs/rules"


def rule_page(rule: Rule) -> str:
    """The URL of the page that explains a rule."""
    return f"{_RULE_PAGES}/{rule.code}.md"
