"""Every setting, from the environment or `.env`: read once at start and passed down."""

import os
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import Field, HttpUrl, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings

from bot.core.answering_settings import SharingSettings, WebhookSettings
from bot.core.locales import LANGUAGES
from bot.core.network_settings import NetworkSettings
from bot.core.operating_settings import ErrorSettings, HealthSettings
from bot.core.setting_group import Group, is_loopback
from metrics.errors import DomainError


class TelegramSettings(Group):
    bot_token: SecretStr = Field(description="the bot's token from @BotFather")
    telegram_api_url: HttpUrl | None = Field(
        default=None, description="a Bot API server of your own; empty is api.telegram.org"
    )
    max_upload_mb: int = Field(
        default=20, gt=0, description="the largest file taken; Telegram's own servers hand out at most 20 MB"
    )

    @field_validator("bot_token")
    @classmethod
    def _has_the_shape_of_a_token(cls, token: SecretStr) -> SecretStr:
        number, _, secret = token.get_secret_value().partition(":")
        if not (number.isdecimal() and secret) or any(map(str.isspace, secret)):
            raise ValueError("a token looks like 123456789:letters-and-digits")
        return token


class StorageSettings(Group):
    database_url: SecretStr = Field(
        default=SecretStr("sqlite+aiosqlite:///data/otklik.db"),
        description="where everything is kept: SQLite, or postgresql+asyncpg://user:password@host/name",
    )
    data_dir: Path = Field(
        default=Path("data"), description="the folder of uploads while they are being read"
    )
    secret_key: SecretStr | None = Field(
        default=None,
        min_length=32,
        description="what keys that people give (/keys) are encrypted with; empty: secret.key beside the database, made at the first start",
    )


class WorkerSettings(Group):
    workers: int = Field(
        default=max(1, min(4, os.cpu_count() or 1)),
        ge=1,
        le=64,
        description="processes that read files and draw; by default one a core, at most 4. With 1, files are read in another one, which is begun with the first of them",
    )
    worker_timeout_s: float = Field(default=120, gt=0, description="seconds one file or one answer may take")
    worker_memory_mb: int = Field(
        default=1024,
        ge=64,
        description="memory one call may take on top of an idle worker (kept on Linux only)",
    )


class LogSettings(Group):
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="DEBUG, INFO, WARNING or ERROR"
    )
    log_format: Literal["text", "json"] = Field(
        default="text", description="text for people, json for collectors"
    )


class PeopleSettings(Group):
    default_zone: str = Field(
        default="Europe/Moscow", description="the time zone a new chat starts with (IANA name)"
    )
    default_language: str = Field(
        default="ru", description="the language of a chat whose client names none: ru or en"
    )

    @field_validator("default_zone")
    @classmethod
    def _is_a_zone(cls, zone: str) -> str:
        try:
            ZoneInfo(zone)
        except (LookupError, OSError, ValueError):
            raise ValueError("an IANA name such as Europe/Moscow") from None
        return zone

    @field_validator("default_language")
    @classmethod
    def _is_spoken(cls, language: str) -> str:
        if language not in LANGUAGES:
            raise ValueError(f"one of {', '.join(LANGUAGES)}")
        return language


class PageSettings(Group):
    public_pages: Literal["on", "off"] = Field(
        default="on",
        description="read counters from a channel's public page when somebody asks about it: docs/collection.md",
    )
    public_pages_url: HttpUrl = Field(
        default=HttpUrl("https://t.me"),
        description="where public pages are; another address is for trying out",
    )


class ExactSettings(Group):
    api_id: int | None = Field(
        default=None,
        gt=0,
        description="the application's number from my.telegram.org: with it views of own channels come by themselves",
    )
    api_hash: SecretStr | None = Field(
        default=None, validate_default=True, description="and its hash (docs/collection.md)"
    )
    mtproto_url: HttpUrl | None = Field(
        default=None,
        description="the sandbox's server of messages by number, to try them out; empty is Telegram",
    )

    @field_validator("api_hash")
    @classmethod
    def _goes_with_the_number(cls, api_hash: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        if (api_hash is None) != (info.data.get("api_id") is None) and "api_id" in info.data:
            raise ValueError("API_ID and API_HASH go together")
        return api_hash

    @field_validator("mtproto_url")
    @classmethod
    def _is_here(cls, url: HttpUrl | None) -> HttpUrl | None:
        if url is not None and not is_loopback(url):
            raise ValueError("a sandbox on this machine")  # whoever answers there is trusted with the token
        return url

    @property
    def is_on(self) -> bool:
        return self.api_id is not None

    @staticmethod
    def is_installed() -> bool:
        """Tells whether the libraries of the extra `mtproto` are there."""
        return all(find_spec(name) is not None for name in ("telethon", "nacl"))


class ServiceSettings(Group):
    tgstat_url: HttpUrl = Field(
        default=HttpUrl("https://api.tgstat.ru"),
        description="where TGStat answers to people's own keys; another address is for trying out",
    )

    @field_validator("tgstat_url")
    @classmethod
    def _is_theirs_or_here(cls, url: HttpUrl) -> HttpUrl:
        if url.scheme != "https" and url.host not in ("127.0.0.1", "localhost", "[::1]"):
            raise ValueError("https, or a sandbox on this machine")  # keys are shown to whoever answers there
        return url


class TimeSettings(Group):
    clock_url: HttpUrl | None = Field(
        default=None,
        description="the sandbox's clock, which the bot follows when it is tried out; empty is real time",
    )


GROUPS: tuple[type[BaseSettings], ...] = (
    TelegramSettings,
    StorageSettings,
    WorkerSettings,
    LogSettings,
    PeopleSettings,
    WebhookSettings,
    SharingSettings,
    PageSettings,
    ExactSettings,
    ServiceSettings,
    NetworkSettings,
    HealthSettings,
    ErrorSettings,
    TimeSettings,
)


@dataclass(frozen=True, slots=True)
class Settings:
    telegram: TelegramSettings
    storage: StorageSettings
    workers: WorkerSettings
    logs: LogSettings
    people: PeopleSettings
    webhook: WebhookSettings
    sharing: SharingSettings
    pages: PageSettings
    exact: ExactSettings
    services: ServiceSettings
    networks: NetworkSettings
    health: HealthSettings
    errors: ErrorSettings
    time: TimeSettings

    @property
    def secrets(self) -> list[str]:
        """What must never be in a log."""
        operators = (
            self.telegram.bot_token,
            self.storage.secret_key,
            self.exact.api_hash,
            self.sharing.redis_url,
            self.errors.sentry_dsn,
        )
        told = (*operators, *self.networks.keys.values())
        return [secret.get_secret_value() for secret in told if secret is not None]


def read_settings(env_file: Path | None = Path(".env")) -> Settings:
    """Returns the settings.

    Raises DomainError("settings.invalid") naming every setting that is missing or wrong, never its value.
    """
    if wrong := [issue for group in GROUPS for issue in _issues(group, env_file)]:
        raise DomainError("settings.invalid", names="; ".join(wrong))
    return Settings(
        telegram=TelegramSettings(_env_file=env_file),
        storage=StorageSettings(_env_file=env_file),
        workers=WorkerSettings(_env_file=env_file),
        logs=LogSettings(_env_file=env_file),
        people=PeopleSettings(_env_file=env_file),
        webhook=WebhookSettings(_env_file=env_file),
        sharing=SharingSettings(_env_file=env_file),
        pages=PageSettings(_env_file=env_file),
        exact=ExactSettings(_env_file=env_file),
        services=ServiceSettings(_env_file=env_file),
        networks=NetworkSettings(_env_file=env_file),
        health=HealthSettings(_env_file=env_file),
        errors=ErrorSettings(_env_file=env_file),
        time=TimeSettings(_env_file=env_file),
    )


def _issues(group: type[BaseSettings], env_file: Path | None) -> list[str]:
    try:
        group(_env_file=env_file)
    except ValidationError as error:
        return [
            f"{str(issue['loc'][0]).upper()} ({issue['msg']})" for issue in error.errors(include_url=False)
        ]
    return []
