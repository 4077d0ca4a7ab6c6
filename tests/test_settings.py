"""A missing or wrong variable is a line that names it, and all of them are told at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.sandbox.keys import key_pair
from app.settings import SettingsError, read_settings

KEY = key_pair()[0]


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment with just what is required."""
    for name in ("PRIVATE_KEY_FILE", "API_URL", "GITHUB_URL", "HOST", "PORT", "QUEUE", "LOG"):
        monkeypatch.delenv(f"CLOSEOUT_{name}", raising=False)
    monkeypatch.setenv("CLOSEOUT_APP_ID", "42")
    monkeypatch.setenv("CLOSEOUT_PRIVATE_KEY", KEY)
    monkeypatch.setenv("CLOSEOUT_WEBHOOK_SECRET", "new, old")
    return monkeypatch


def test_three_variables_are_enough() -> None:
    settings = read_settings()
    assert settings.api_url == "https://api.github.com"
    assert settings.port == 8080
    assert settings.webhook_secrets == ("new", "old")


def test_the_key_may_be_on_one_line_or_in_a_file(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    environment.setenv("CLOSEOUT_PRIVATE_KEY", KEY.replace("\n", "\\n"))
    assert read_settings().key == KEY
    environment.delenv("CLOSEOUT_PRIVATE_KEY")
    (tmp_path / "key.pem").write_text(KEY)
    environment.setenv("CLOSEOUT_PRIVATE_KEY_FILE", str(tmp_path / "key.pem"))
    assert read_settings().key == KEY


@pytest.mark.parametrize("name", ["APP_ID", "PRIVATE_KEY", "WEBHOOK_SECRET"])
def test_a_missing_variable_is_named(environment: pytest.MonkeyPatch, name: str) -> None:
    environment.delenv(f"CLOSEOUT_{name}")
    with pytest.raises(SettingsError, match=rf"^CLOSEOUT_{name} is missing: set it.*$"):
        read_settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("APP_ID", ""),
        ("PRIVATE_KEY", "not a key"),
        ("WEBHOOK_SECRET", " , "),
        ("API_URL", "api.github.com"),
        ("PORT", "eighty"),
        ("PORT", "70000"),
        ("LOG", "xml"),
        ("QUEUE", "foo"),
    ],
)
def test_a_wrong_variable_is_named_on_one_line(environment: pytest.MonkeyPatch, name: str, value: str) -> None:
    environment.setenv(f"CLOSEOUT_{name}", value)
    with pytest.raises(SettingsError, match=f"CLOSEOUT_{name} ") as error:
        read_settings()
    assert "\n" not in str(error.value)


def test_a_key_file_that_is_not_there_is_named(environment: pytest.MonkeyPatch) -> None:
    environment.delenv("CLOSEOUT_PRIVATE_KEY")
    environment.setenv("CLOSEOUT_PRIVATE_KEY_FILE", "/nowhere/key.pem")
    with pytest.raises(SettingsError, match=r"/nowhere/key\.pem, which cannot be read: No such file"):
        read_settings()


def test_no_secret_is_shown(environment: pytest.MonkeyPatch) -> None:
    assert "PRIVATE KEY" not in repr(read_settings())
    environment.setenv("CLOSEOUT_PRIVATE_KEY", "hunter2")
    with pytest.raises(SettingsError) as error:
        read_settings()
    assert "hunter2" not in str(error.value)


def test_all_missing_variables_are_named_at_once(environment: pytest.MonkeyPatch) -> None:
    environment.delenv("CLOSEOUT_APP_ID")
    environment.delenv("CLOSEOUT_WEBHOOK_SECRET")
    with pytest.raises(SettingsError, match=r"^CLOSEOUT_APP_ID and CLOSEOUT_WEBHOOK_SECRET are missing: set them"):
        read_settings()


def test_all_that_is_missing_or_wrong_is_told_at_once(environment: pytest.MonkeyPatch) -> None:
    environment.delenv("CLOSEOUT_APP_ID")
    environment.delenv("CLOSEOUT_PRIVATE_KEY")
    for name, value in {
        "WEBHOOK_SECRET": " ",
        "PORT": "eighty",
        "LOG": "xml",
        "API_URL": "github",
        "QUEUE": "x",
    }.items():
        environment.setenv(f"CLOSEOUT_{name}", value)
    with pytest.raises(SettingsError) as error:
        read_settings()
    assert [line.split(":")[0] for line in str(error.value).splitlines()] == [
        "CLOSEOUT_APP_ID is missing",
        "CLOSEOUT_PRIVATE_KEY is missing",
        "CLOSEOUT_WEBHOOK_SECRET is wrong",
        "CLOSEOUT_API_URL is wrong",
        "CLOSEOUT_PORT is wrong",
        "CLOSEOUT_QUEUE is wrong",
        "CLOSEOUT_LOG is wrong",
    ]


def test_a_wrong_key_is_told_beside_what_is_missing_and_its_file_is_not_asked_for(
    environment: pytest.MonkeyPatch,
) -> None:
    environment.setenv("CLOSEOUT_PRIVATE_KEY", "not a key")
    environment.delenv("CLOSEOUT_WEBHOOK_SECRET")
    with pytest.raises(SettingsError) as error:
        read_settings()
    assert [line.split(":")[0] for line in str(error.value).splitlines()] == [
        "CLOSEOUT_WEBHOOK_SECRET is missing",
        "CLOSEOUT_PRIVATE_KEY is wrong",
    ]


def test_a_key_and_a_file_with_a_key_are_one_too_many(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "key.pem").write_text(KEY)
    environment.setenv("CLOSEOUT_PRIVATE_KEY_FILE", str(tmp_path / "key.pem"))
    with pytest.raises(
        SettingsError, match="CLOSEOUT_PRIVATE_KEY_FILE is wrong: there is a key in CLOSEOUT_PRIVATE_KEY, too; keep one"
    ):
        read_settings()


def test_what_is_missing_is_told_with_where_it_is_explained(environment: pytest.MonkeyPatch) -> None:
    environment.delenv("CLOSEOUT_APP_ID")
    with pytest.raises(SettingsError) as error:
        read_settings()
    assert error.value.problems[0].endswith("/blob/main/docs/operating.md#settings)")
