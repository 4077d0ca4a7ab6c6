"""The environment, read once. Each missing or wrong variable is a line that names it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from pydantic import AfterValidator, Field, SecretStr, ValidationError, ValidationInfo
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.links import SETTINGS_PAGE
from app.queue import open_queue

PREFIX = "CLOSEOUT_"

_WRONG = object()
_NO_KEY = "CLOSEOUT_PRIVATE_KEY is missing: set it, or CLOSEOUT_PRIVATE_KEY_FILE, to the App's private key"
_TWO_KEYS = "there is a key in CLOSEOUT_PRIVATE_KEY, too; keep one of the two, so that it is clear which one counts"
_SEE = f" ({SETTINGS_PAGE})"

_WORDS = {
    "string_too_short": "it is empty",
    "int_parsing": "it must be a number",
    "less_than_equal": "it must be a number from 0 to 65535",
    "greater_than_equal": "it must be a number from 0 to 65535",
    "enum": "it must be `console` or `json`",
}


class SettingsError(Exception):
    """The environment cannot be used.

    Attributes:
        problems: a line for all that is missing, and one for each variable that is wrong.
    """

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


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


def _check_webhook_secret(secret: SecretStr) -> SecretStr:
    if not _parted(secret):
        raise ValueError("it is empty; set it to the secret of the App's webhook")
    return secret


def _parted(secret: SecretStr) -> tuple[str, ...]:
    return tuple(filter(None, (each.strip() for each in secret.get_secret_value().split(","))))


def _check_key(secret: SecretStr | None) -> SecretStr | None:
    if secret is not None:
        _check_pem(_unfolded(secret))
    return secret


def _unfolded(secret: SecretStr) -> str:
    return secret.get_secret_value().replace("\\n", "\n")


def _check_key_file(file: Path | None, info: ValidationInfo) -> Path | None:
    """Where no key is given, its file must hold one; a wrong one is told already. Both are one too many."""
    if file is not None and info.data.get("private_key") is not None:
        raise ValueError(_TWO_KEYS)
    if info.data.get("private_key", _WRONG) is not None:
        return file
    if file is None:
        raise ValueError(_NO_KEY)
    _check_pem(_read_key(file))
    return file


def _read_key(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not text"
        raise ValueError(f"it names {file}, which cannot be read: {reason}") from None


def _check_pem(pem: str) -> None:
    try:
        key = load_pem_private_key(pem.encode(), password=None)
    except (ValueError, TypeError):
        raise ValueError("it does not hold a private key in PEM form without a pass phrase") from None
    if not isinstance(key, RSAPrivateKey):
        raise ValueError("it does not hold an RSA key, which GitHub Apps have")  # noqa: TRY004


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
    private_key: Annotated[SecretStr | None, AfterValidator(_check_key)] = None
    private_key_file: Annotated[Path | None, AfterValidator(_check_key_file)] = Field(None, validate_default=True)
    webhook_secret: Annotated[SecretStr, AfterValidator(_check_webhook_secret)]
    api_url: Url = "https://api.github.com"
    github_url: Url = "https://github.com"
    host: str = "0.0.0.0"  # noqa: S104 - a container's port is reached from outside
    port: int = Field(default=8080, ge=0, le=65535)
    queue: Annotated[str, AfterValidator(_check_queue)] = "sqlite:///closeout.db"
    log: LogFormat | None = None

    @property
    def webhook_secrets(self) -> tuple[str, ...]:
        """The secrets a webhook may be signed with."""
        return _parted(self.webhook_secret)

    @property
    def key(self) -> str:
        """The private key, PEM. Raises ValueError if there is none, or its file cannot be read."""
        if self.private_key is not None:
            return _unfolded(self.private_key)
        if self.private_key_file is None:
            raise ValueError(_NO_KEY)
        return _read_key(self.private_key_file)


def read_settings() -> Settings:
    """The settings from the environment. Raises SettingsError."""
    try:
        return Settings()  # type: ignore[call-arg]  # the environment supplies what is required
    except ValidationError as error:
        raise SettingsError(tuple(_lines(error))) from None


def _lines(error: ValidationError) -> Iterator[str]:
    """What is missing, and where it is explained; then what is wrong."""
    errors = error.errors(include_url=False, include_input=False, include_context=False)
    missing = [_variable(each["loc"]) for each in errors if each["type"] == "missing"]
    if len(missing) > 1:
        yield f"{', '.join(missing[:-1])} and {missing[-1]} are missing: set them in the environment{_SEE}"
    elif missing:
        yield f"{missing[0]} is missing: set it in the environment{_SEE}"
    for each in errors:
        message = each["msg"].removeprefix("Value error, ")
        if message == _NO_KEY:
            yield message + _SEE
        elif each["type"] != "missing":
            yield f"{_variable(each['loc'])} is wrong: {_WORDS.get(each['type'], message[0].lower() + message[1:])}"


def _variable(location: Sequence[int | str]) -> str:
    return PREFIX + str(location[0]).upper()
