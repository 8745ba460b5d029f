"""How the bot says how it is, to those who run it."""

from pydantic import Field

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
