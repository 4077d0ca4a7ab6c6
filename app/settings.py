"""The environment, read once. A missing or wrong variable is one line that names it."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from pydantic import AfterValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.queue import open_queue

PREFIX = "CLOSEOUT_"

_WORDS = {
    "string_too_short": "it is empty",
    "int_parsing": "it must be a number",
    "less_than_equal": "it must be a number from 0 to 65535",
    "greater_than_equal": "it must be a number from 0 to 65535",
    "enum": "it must be `console` or `json`",
}


class SettingsError(Exception):
    """The environment cannot be used; the message is one line that names the variable."""


class LogFormat(StrEnum):
    """How log lines look."""

    CONSOLE = "console"
    JSON = "json"


def _check_url(url: str) -> str:
    if not url.startswith(("https://", "http://")):
        raise ValueError("it must start with https:// (or http:// for a test server)")
    return url.rstrip("/")


def _check_queue(url: str) -> str:
    open_queue(url)  # looks at the URL only
    return url


Url = Annotated[str, AfterValidator(_check_url)]


class Settings(BaseSettings):
    r"""What `closeout serve` runs with. Every attribute is the variable `CLOSEOUT_<NAME>`.

    Attributes:
        app_id: the App's id or client id.
        private_key: the App's private key, PEM; `\n` may stand for a line break.
        private_key_file: a file that holds it, instead.
        webhook_secret: what GitHub signs webhooks with; comma-separated while rotating.
        api_url: GitHub's API; `https://HOST/api/v3` for GitHub Enterprise Server.
        github_url: GitHub's pages.
        host, port: where to listen; port 0 takes a free one.
        queue: where the durable queue is.
        log: None: readable on a terminal, JSON elsewhere.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore", hide_input_in_errors=True)

    app_id: str = Field(min_length=1)
    private_key: SecretStr | None = None
    private_key_file: Path | None = None
    webhook_secret: SecretStr
    api_url: Url = "https://api.github.com"
    github_url: Url = "https://github.com"
    host: str = "0.0.0.0"  # noqa: S104 - a container's port is reached from outside
    port: int = Field(default=8080, ge=0, le=65535)
    queue: Annotated[str, AfterValidator(_check_queue)] = "sqlite:///closeout.db"
    log: LogFormat | None = None

    @model_validator(mode="after")
    def _check_secrets(self) -> Settings:
        if not self.webhook_secrets:
            raise ValueError("CLOSEOUT_WEBHOOK_SECRET is empty: set it to the secret of the App's webhook")
        pem = self.key
        try:
            key = load_pem_private_key(pem.encode(), password=None)
        except (ValueError, TypeError):
            raise ValueError(
                f"{self._key_variable} does not hold a private key in PEM form without a pass phrase"
            ) from None
        if not isinstance(key, RSAPrivateKey):
            raise ValueError(f"{self._key_variable} does not hold an RSA key, which GitHub Apps have")  # noqa: TRY004
        return self

    @property
    def webhook_secrets(self) -> tuple[str, ...]:
        """The secrets a webhook may be signed with."""
        return tuple(filter(None, (each.strip() for each in self.webhook_secret.get_secret_value().split(","))))

    @property
    def key(self) -> str:
        """The private key, PEM. Raises ValueError if there is none or its file cannot be read."""
        if self.private_key is not None:
            return self.private_key.get_secret_value().replace("\\n", "\n")
        if self.private_key_file is None:
            raise ValueError(
                "CLOSEOUT_PRIVATE_KEY is missing: set it, or CLOSEOUT_PRIVATE_KEY_FILE, to the App's private key"
            )
        try:
            return self.private_key_file.read_text(encoding="ascii")
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is not text"
            raise ValueError(
                f"CLOSEOUT_PRIVATE_KEY_FILE names {self.private_key_file}, which cannot be read: {reason}"
            ) from None

    @property
    def _key_variable(self) -> str:
        return PREFIX + ("PRIVATE_KEY_FILE" if self.private_key is None else "PRIVATE_KEY")


def read_settings() -> Settings:
    """The settings from the environment. Raises SettingsError."""
    try:
        return Settings()  # type: ignore[call-arg]  # the environment supplies what is required
    except ValidationError as error:
        raise SettingsError(_first_line(error)) from None


def _first_line(error: ValidationError) -> str:
    errors = error.errors(include_url=False, include_input=False, include_context=False)
    missing = [PREFIX + str(each["loc"][0]).upper() for each in errors if each["type"] == "missing"]
    if len(missing) > 1:
        return f"{', '.join(missing[:-1])} and {missing[-1]} are missing: set them in the environment"
    first = errors[0]
    message = first["msg"].removeprefix("Value error, ")
    if not first["loc"]:
        return message
    variable = PREFIX + str(first["loc"][0]).upper()
    if first["type"] == "missing":
        return f"{variable} is missing: set it in the environment"
    if first["type"] in _WORDS:
        return f"{variable} is wrong: {_WORDS[first['type']]}"
    return f"{variable} is wrong: {message[0].lower()}{message[1:]}"
