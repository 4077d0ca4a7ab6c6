import pytest

from app.core.keys import (
    CommitKey,
    InstallationKey,
    InstallationsKey,
    Key,
    MergeGroupKey,
    PullKey,
    PullsKey,
    format_key,
    parse_key,
)

SHA = "0123456789012345678901234567890123456789"


@pytest.mark.parametrize(
    ("key", "text"),
    [
        (InstallationsKey(), "installations"),
        (InstallationKey(7), "installation/7"),
        (PullsKey(7, 9), "pulls/7/9"),
        (PullKey(7, 9, 12), "pull/7/9/12"),
        (CommitKey(7, 9, SHA), f"commit/7/9/{SHA}"),
        (MergeGroupKey(7, 9, SHA, 12), f"merge-group/7/9/{SHA}/12"),
    ],
)
def test_a_key_is_a_path_and_a_path_a_key(key: Key, text: str) -> None:
    assert format_key(key) == text
    assert parse_key(text) == key


@pytest.mark.parametrize("text", ["", "pull", "pull/7", "pull/7/9/x", "pull/7/9/12/13", "repository/7"])
def test_anything_else_is_refused_by_name(text: str) -> None:
    with pytest.raises(ValueError, match=repr(text)):
        parse_key(text)
