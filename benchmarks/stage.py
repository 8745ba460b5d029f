"""What a measurement runs on: an empty migrated database, one warm worker, a workspace for each try."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from bot.core.clock import SystemClock
from bot.core.warm import ready
from bot.core.workers import Workers
from bot.features.uploads.answers import Answers
from bot.features.uploads.storing import Outcome, read_and_store
from storage.engine import Database, open_database
from storage.upgrade import upgrade
from storage.workspace import imports, workspaces


@dataclass(frozen=True)
class Stage:
    folder: Path
    database: Database
    workers: Workers
    clock: SystemClock = field(default_factory=SystemClock)
    chats: "count[int]" = field(default_factory=lambda: count(1))

    async def take_in(self, file: Path) -> Outcome:
        """Takes the file in as a new person sends it: through the worker, into the database."""
        chat_id, now = next(self.chats), int(self.clock.now().timestamp())
        async with self.database.begin() as conn:
            workspace = await workspaces.ensure(
                conn, chat_id=chat_id, kind="private", title=None, language="en", zone="UTC", now=now
            )
            upload = await imports.begin(
                conn,
                workspace.id,
                requested_by=chat_id,
                chat_id=chat_id,
                message_id=1,
                file_ids=["file"],
                file_names=[file.name],
                now=now,
            )
        files = [(file.name, file)]
        return await read_and_store(
            self.database, self.workers, self.clock, workspace, upload, files, Answers()
        )


@asynccontextmanager
async def open_stage() -> AsyncIterator[Stage]:
    with tempfile.TemporaryDirectory(prefix="otklik-bench-") as name:
        folder = Path(name)
        url = f"sqlite+aiosqlite:///{folder}/otklik.db"
        await asyncio.to_thread(upgrade, url)
        database = open_database(url)
        workers = Workers(count=1, timeout_s=600, memory_mb=2048)
        try:
            workers.start()
            await workers.run(ready)
            yield Stage(folder, database, workers)
        finally:
            await workers.close(timeout_s=10)
            await database.close()
