"""What every group of settings is made with."""

from pydantic import HttpUrl
from pydantic_settings import BaseSettings, SettingsConfigDict


class Group(BaseSettings):
    """One concern. The environment beats `.env`, which beats the default; an empty value is the default."""

    model_config = SettingsConfigDict(
        env_ignore_empty=True,
        env_file_encoding="utf-8",
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )


def is_loopback(url: HttpUrl) -> bool:
    return url.host in ("127.0.0.1", "localhost", "[::1]")
