"""Where Closeout's own pages are, for every place that links to them: checks, issues, SARIF, the policy's schema."""

from __future__ import annotations

import os
from collections.abc import Mapping

from rules.rule import Rule

VARIABLE = "CLOSEOUT_PROJECT_URL"
"""Whoever runs a fork names its repository there, so that what the checks link to is what they run."""

_OURS = "https://github.com/closeout-app/closeout"


def project_url(environment: Mapping[str, str]) -> str:
    """The repository's URL: the one in the environment, with `https://` where it has no scheme, or else ours."""
    named = environment.get(VARIABLE, "").strip().rstrip("/")
    if not named:
        return _OURS
    return named if named.startswith(("https://", "http://")) else f"https://{named}"


PROJECT_URL = project_url(os.environ)
SETTINGS_PAGE = f"{PROJECT_URL}/blob/main/docs/operating.md#settings"
"""Where the environment is explained."""
_RULE_PAGES = f"{PROJECT_URL}/blob/main/docs/rules"


def rule_page(rule: Rule) -> str:
    """The URL of the page that explains a rule."""
    return f"{_RULE_PAGES}/{rule.code}.md"
