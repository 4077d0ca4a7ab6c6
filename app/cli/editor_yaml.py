"""YAML as an editor reads it, by YAML 1.2: `off` and `2026-01-01` are strings there, which PyYAML takes for more."""

from __future__ import annotations

import re
from typing import Any

import yaml

_ONLY_IN_1_1 = frozenset({"tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp"})
_TRUTH = re.compile("true|True|TRUE|false|False|FALSE")


class _Loader(yaml.SafeLoader):
    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML's own attribute, replaced as a whole
        first: [(tag, pattern) for tag, pattern in resolvers if tag not in _ONLY_IN_1_1]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", _TRUTH, list("tTfF"))


def editor_value(text: str) -> Any:  # noqa: ANN401, RUF100 - any value of YAML
    """The value that a YAML text means to an editor. Raises yaml.YAMLError for what is no YAML."""
    return yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader
