"""`python -m bot`: run until told to stop."""

import asyncio
import os
import sys

from bot.app import run
from bot.locales import translator
from bot.logs import redact, set_up_logs
from bot.roles import Role
from bot.settings import Settings, read_settings
from metrics.errors import DomainError


def main(role: str = "all") -> int:
    """The exit code: 0 after an ordered stop, 2 when something must be set right first."""
    try:
        settings = read_settings()
        set_up_logs(
            settings.logs.log_level, as_json=settings.logs.log_format == "json", secrets=_secrets(settings)
        )
        asyncio.run(run(settings, Role(role)))
    except DomainError as error:
        speak = translator("ru" if os.environ.get("LANG", "").startswith("ru") else "en")
        sys.stderr.write(redact(speak.plain(f"error.{error.code}", **error.params)) + "\n")
        return 2
    return 0


def _secrets(settings: Settings) -> list[str]:
    told = (settings.telegram.bot_token, settings.exact.api_hash)
    return [secret.get_secret_value() for secret in told if secret is not None]


if __name__ == "__main__":
    sys.exit(main())
