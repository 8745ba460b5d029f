"""Where updates are kept until they are handled, and which of them this process is to handle."""

from collections.abc import Sequence
from typing import Protocol

from storage.engine import Database
from storage.system import collection as everywhere_collection
from storage.system import everywhere
from storage.system.everywhere import KeptUpdate

Row = tuple[int, int, str]  # update, chat, body


class UpdateStore(Protocol):
    """Gives each update to one process, those of a chat in their order."""

    is_shared: bool  # with other processes that answer

    async def keep(self, rows: Sequence[Row], now: int) -> list[KeptUpdate]:
        """Keeps updates; returns, once they may be acknowledged, what is to be handled here because of them."""

    async def left(self) -> list[KeptUpdate]:
        """Returns what ended lives had not finished and is to be handled here now."""

    async def come(self) -> list[KeptUpdate]:
        """Returns what other processes have kept since for chats that this one works on."""

    async def begin(self, updates: Sequence[KeptUpdate]) -> list[KeptUpdate]:
        """Returns those that are still this process's: another may have taken it for dead."""

    async def finish(self, updates: Sequence[KeptUpdate]) -> list[KeptUpdate]:
        """Writes updates down as handled; returns what has come for their chat meanwhile."""

    async def end(self, updates: Sequence[KeptUpdate]) -> list[KeptUpdate]:
        """Ends as `finish` does what is written down as finished already."""

    async def close(self) -> None:
        """Closes the store; what is unfinished is another life's."""


class OwnStore:
    """For a database with one process that answers: it knows every update because it keeps them all."""

    is_shared = False

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, rows: Sequence[Row], now: int) -> list[KeptUpdate]:
        async with self._database.begin(at_once=True) as conn:
            new = set(await everywhere.keep_updates(conn, rows, now))
        return [KeptUpdate(*row) for row in rows if row[0] in new]

    async def left(self) -> list[KeptUpdate]:
        async with self._database.read() as conn:
            return await everywhere.unfinished(conn)

    async def come(self) -> list[KeptUpdate]:
        return []

    async def begin(self, updates: Sequence[KeptUpdate]) -> list[KeptUpdate]:
        return list(updates)

    async def finish(self, updates: Sequence[KeptUpdate]) -> list[KeptUpdate]:
        async with self._database.begin() as conn:
            await everywhere_collection.finish_updates(conn, [each.update_id for each in updates])
        return []

    async def end(self, updates: Sequence[KeptUpdate]) -> list[KeptUpdate]:  # noqa: ARG002 - nobody else knows of them
        return []

    async def close(self) -> None:
        """Returns at once: nobody else takes anything up."""
