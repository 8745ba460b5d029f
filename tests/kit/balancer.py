"""What stands in front of several processes that listen: each connection goes to the next one that takes it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from tests.kit.ports import free_port

PART_BYTES = 1 << 16


@dataclass
class Balancer:
    port: int = field(default_factory=free_port)
    behind: list[int] = field(default_factory=list)  # ports
    _next: int = 0
    _connections: set[asyncio.Task[None]] = field(default_factory=set)

    @classmethod
    @asynccontextmanager
    async def started(cls) -> AsyncIterator["Balancer"]:
        made = cls()
        server = await asyncio.start_server(made._serve, "127.0.0.1", made.port)
        try:
            yield made
        finally:
            server.close()
            for connection in made._connections:
                connection.cancel()
            await asyncio.gather(*made._connections, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        task.add_done_callback(self._connections.discard)
        try:
            if (reached := await self._reach()) is None:
                return
            there, to_there = reached
            try:
                await asyncio.wait(
                    [
                        asyncio.ensure_future(_pass(reader, to_there)),
                        asyncio.ensure_future(_pass(there, writer)),
                    ],
                    return_when=asyncio.FIRST_COMPLETED,
                )
            finally:
                to_there.close()
        finally:
            writer.close()

    async def _reach(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        for _ in range(len(self.behind)):
            self._next += 1
            with suppress(OSError):
                return await asyncio.open_connection("127.0.0.1", self.behind[self._next % len(self.behind)])
        return None


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while part := await reader.read(PART_BYTES):
            writer.write(part)
            await writer.drain()
