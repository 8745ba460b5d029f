"""The child process of `storage.upgrade`: reads a database URL from stdin, upgrades it to the newest revision."""

import asyncio
import sys

from alembic import command
from alembic.config import Config

from storage.migrations.runner import run


def to_head(config: Config) -> None:
    command.upgrade(config, "head")


if __name__ == "__main__":
    asyncio.run(run(sys.stdin.read().strip(), to_head))
