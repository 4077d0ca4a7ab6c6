"""Which repositories an organisation's policy file speaks for, also where the file is wrong elsewhere.

A mistake in the file has to be shown where the file speaks, and nowhere else.
"""

from __future__ import annotations

from fnmatch import fnmatchcase

import yaml

from rules.plain_yaml import compose

_KEY = "repositories"


def speaks_for(text: str, repository: str) -> bool:
    """Whether an organisation's policy file names a repository (without its owner), by name or by a glob."""
    return any(fnmatchcase(repository, pattern) for pattern in _patterns(text))


def _patterns(text: str) -> list[str]:
    root = compose(text.removeprefix("\ufeff"))
    if not isinstance(root, yaml.MappingNode):
        return []
    named = [value for key, value in root.value if key.value == _KEY and isinstance(value, yaml.SequenceNode)]
    return [item.value for value in named for item in value.value if isinstance(item, yaml.ScalarNode)]
