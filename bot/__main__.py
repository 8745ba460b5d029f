"""`python -m bot`: run until told to stop."""

import asyncio
import gc
import sys
from importlib import import_module

gc.disable()  # until everything is open (`bot.app`): to look for garbage in what is being loaded takes a fifth of the start

from bot.app import run
from bot.core.languages import environment_language
from bot.core.locales import translator
from bot.core.logs import redact, set_up_logs
from bot.core.roles import Role
from bot.core.settings import read_settings
from bot.telegram.inbox import Patience
from metrics.errors import DomainError


def main(role: str = "all", patience: Patience | None = None) -> int:
    """Runs the bot and returns the exit code: 0 after an ordered stop, 2 when something must be set right first."""
    try:
        settings = read_settings()
        set_up_logs(
            settings.logs.log_level, as_json=settings.logs.log_format == "json", secrets=settings.secrets
        )
        if settings.errors.sentry_dsn is not None:  # a library of two megabytes, for who asked for it
            import_module("bot.health.reporting").begin(settings)
        asyncio.run(run(settings, Role(role), patience))
    except DomainError as error:
        speak = translator(environment_language())
        sys.stderr.write(redact(speak.plain(f"error.{error.code}", **error.params)) + "\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
