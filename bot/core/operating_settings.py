"""How the bot says how it is, to those who run it."""

from importlib.util import find_spec

from pydantic import Field, SecretStr, field_validator
from pydantic_core import Url

from bot.core.setting_group import Group


class HealthSettings(Group):
    health_port: int | None = Field(
        default=None,
        ge=1,
        le=65_535,
        description="where /healthz, /readyz and /metrics answer; empty: nowhere (docs/operations.md)",
    )
    health_host: str = Field(
        default="127.0.0.1", description="and on which address; it shows figures to whoever can reach it"
    )


class ErrorSettings(Group):
    sentry_dsn: SecretStr | None = Field(
        default=None,
        description="where errors are reported, to a Sentry; empty: nowhere (docs/operations.md)",
    )

    @field_validator("sentry_dsn")
    @classmethod
    def _is_an_address_with_a_key(cls, dsn: SecretStr | None) -> SecretStr | None:
        if dsn is not None:
            address = Url(dsn.get_secret_value())
            if not (address.username and (address.path or "").strip("/").rpartition("/")[2].isdecimal()):
                raise ValueError("an address like https://key@host/number")
        return dsn

    @staticmethod
    def is_installed() -> bool:
        """Tells whether the library of the extra `sentry` is there."""
        return find_spec("sentry_sdk") is not None
