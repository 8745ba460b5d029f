"""The child process of `storage.upgrade`: reads a database URL from stdin, upgrades it to the newest revision."""

import asyncio
import sys

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import delete, insert

from storage.migrations.runner import run
from storage.tables import schema_window


def to_head(config: Config) -> None:
    command.upgrade(config, "head")
    connection = config.attributes["connection"]
    connection.execute(delete(schema_window))
    connection.execute(
        insert(schema_window).values(id=1, oldest=oldest_program(ScriptDirectory.from_config(config)))
    )


def oldest_program(scripts: ScriptDirectory) -> str:
    """Returns the oldest revision whose code survives this schema; a revision that it survives names it as SURVIVED_BY."""
    return max(getattr(script.module, "SURVIVED_BY", script.revision) for script in scripts.walk_revisions())


if __name__ == "__main__":
    asyncio.run(run(sys.stdin.read().strip(), to_head))
