"""How updates come to a process that answers people, and what several such processes share beside the database."""

import re
from importlib.util import find_spec
from urllib.parse import urlsplit

from pydantic import Field, HttpUrl, SecretStr, field_validator

from bot.core.setting_group import Group


class WebhookSettings(Group):
    webhook_url: HttpUrl | None = Field(
        default=None,
        description="an https address that Telegram sends updates to; empty: they are fetched (docs/operations.md)",
    )
    webhook_secret: SecretStr | None = Field(
        default=None, description="what Telegram shows there as proof; empty is one made from the token"
    )
    webhook_host: str = Field(
        default="127.0.0.1", description="where the bot listens for them, behind a proxy that ends TLS"
    )
    webhook_port: int = Field(default=8080, ge=0, le=65_535, description="and on which port")

    @field_validator("webhook_secret")
    @classmethod
    def _is_a_secret(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret is not None and not re.fullmatch(r"[A-Za-z0-9_-]{16,256}", secret.get_secret_value()):
            raise ValueError("16 to 256 letters, digits, _ and -")
        return secret

    @property
    def path(self) -> str:
        return (self.webhook_url and self.webhook_url.path) or "/"


class SharingSettings(Group):
    redis_url: SecretStr | None = Field(
        default=None,
        description="a Redis, redis://host:6379/0, in which processes that answer side by side count limits together (docs/operations.md)",
    )

    @field_validator("redis_url")
    @classmethod
    def _is_a_redis(cls, url: SecretStr | None) -> SecretStr | None:
        if url is not None:
            address = urlsplit(url.get_secret_value())
            if address.scheme not in ("redis", "rediss") or not address.hostname:
                raise ValueError("an address such as redis://host:6379/0")
        return url

    @staticmethod
    def is_installed() -> bool:
        """Tells whether the library of the extra `redis` is there."""
        return find_spec("redis") is not None
