"""A key is tried before it is kept, and kept encrypted; what was never tried for want of an answer is tried later."""

import re
from dataclasses import dataclass
from typing import Protocol

from bot.collection.tgstat.client import Tgstat
from bot.collection.tgstat.errors import TgstatError
from bot.core.clock import Clock
from bot.core.sealing import Sealing
from metrics.errors import DomainError
from storage.engine import Database
from storage.workspace import keys, tgstat_channels
from storage.workspace.keys import Tariff, WorkspaceKey

HINT_CHARS = 4
LOOKS_LIKE_KEY = re.compile(r"[0-9a-f]{32}", re.IGNORECASE)
_WORD = re.compile(r"[\w-]{16,128}", re.ASCII)


class _Where(Protocol):
    @property
    def id(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Keeping:
    database: Database
    clock: Clock
    sealing: Sealing
    url: str

    async def get(self, workspace: _Where) -> WorkspaceKey | None:
        async with self.database.read() as conn:
            return await keys.get(conn, workspace.id, keys.TGSTAT)

    def can_open(self, kept: WorkspaceKey) -> bool:
        return self.sealing.open(kept.sealed) is not None

    async def add(self, workspace: _Where, person: int, said: str) -> str:
        """Returns what became of it: works, spent, away, or known where it is the key there was. It is in place of that one.

        Raises DomainError("keys.none") for words without one, ("keys.refused"), ("keys.other_service"); then the old
        one stays.
        """
        key = max(_WORD.findall(said), key=len, default=None)
        if key is None:
            raise DomainError("keys.none")
        kept = await self.get(workspace)
        is_known = kept is not None and self.sealing.open(kept.sealed) == key
        state, tariff = await self._try(key)
        now = self._now()
        async with self.database.begin() as conn:
            await keys.put(
                conn,
                workspace.id,
                keys.TGSTAT,
                sealed=self.sealing.seal(key),
                hint=key[-HINT_CHARS:],
                person=person,
                state=state,
                tariff=tariff,
                now=now,
            )
            await tgstat_channels.read_now(conn, workspace.id, now)
        return "known" if is_known else state

    async def check(self, workspace: _Where) -> None:
        """Asks the service now, and reads again what gave nothing.

        Raises DomainError("keys.gone"), ("keys.again").
        """
        kept = await self.get(workspace)
        if kept is None:
            raise DomainError("keys.gone")
        key = self.sealing.open(kept.sealed)
        if key is None:
            raise DomainError("keys.again")
        now = self._now()
        try:
            state, tariff = await self._try(key)
        except DomainError:
            state, tariff = "refused", kept.tariff
        async with self.database.begin() as conn:
            told = None if state == "away" else tariff
            await keys.note_state(conn, workspace.id, keys.TGSTAT, state, now=now, tariff=told)
            await tgstat_channels.read_now(conn, workspace.id, now)

    async def remove(self, workspace: _Where) -> bool:
        async with self.database.begin() as conn:
            return await keys.remove(conn, workspace.id, keys.TGSTAT)

    async def _try(self, key: str) -> tuple[str, Tariff]:
        try:
            tariff = await Tgstat(self.url, key).usage()
        except TgstatError as error:
            if error.code == "refused":
                raise DomainError("keys.refused") from None
            if error.code == "not_in_tariff":
                raise DomainError("keys.other_service") from None
            return ("spent" if error.code == "spent" else "away"), Tariff()
        return ("spent" if tariff.requests_left == 0 else "works"), tariff

    def _now(self) -> int:
        return int(self.clock.now().timestamp())
