"""This process among those that answer over one PostgreSQL: it says that it lives, and learns when it was taken for dead."""

import asyncio
import hashlib
import os
import secrets
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import structlog

from metrics.errors import DomainError
from storage.engine import ConflictError, Database, StorageError
from storage.system import replicas
from storage.system.replicas import Entrant

LIFE_S = 8.0  # without a pulse; then others take up what it had claimed
BEAT_S = 2.0
MARGIN_S = 1.0  # so long before its life ends nothing more is begun without a pulse
LOOK_S = 0.5  # between two looks at whether a former life has ended
log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Manner:
    """How this process answers: what others must agree with."""

    fetches: bool
    shares_limits: bool
    secret: str

    @property
    def secret_mark(self) -> str:
        return hashlib.sha256(b"otklik replica\0" + self.secret.encode()).hexdigest()[:16]


class Replica:
    def __init__(
        self,
        database: Database,
        manner: Manner,
        *,
        life_s: float = LIFE_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._life_s = life_s
        self._clock = clock
        self._me = Entrant(_name(), manner.fetches, manner.shares_limits, manner.secret_mark)
        self._sure_until = 0.0
        self._beaten = asyncio.Condition()

    @property
    def holder(self) -> str:
        return self._me.holder

    async def enter(self) -> None:
        """Begins to answer. Raises DomainError("replicas.fetch"), ("replicas.no_limits") or ("replicas.other_secret").

        A former life that was killed looks alive for a few seconds, so it is waited for before anything is refused.
        """
        wait_until = self._clock() + self._life_s + LOOK_S
        while refusal := await self._try_to_enter():
            if self._clock() > wait_until:
                raise DomainError(refusal)
            log.info("waiting for a process that answers, or has answered a moment ago", reason=refusal)
            await asyncio.sleep(LOOK_S)

    async def keep_alive(self, on_loss: Callable[[], None]) -> None:
        """Keeps saying that it lives. `on_loss`: the others took this process for dead, and its chats are theirs."""
        while True:
            await asyncio.sleep(BEAT_S)
            try:
                await self._beat(on_loss)
            except StorageError as error:
                log.warning("no pulse for now", reason=str(error))

    async def sure(self) -> None:
        """Waits until it is known that nobody has taken this process for dead, or that somebody has."""
        async with self._beaten:
            await self._beaten.wait_for(lambda: self._clock() < self._sure_until)

    async def leave(self) -> None:
        try:
            async with self._database.begin(at_once=True) as conn:
                await replicas.leave(conn, self.holder)
        except StorageError as error:
            log.warning("others take up what is left a few seconds later", reason=str(error))

    async def _try_to_enter(self) -> str | None:
        """Why it may not, yet."""
        began = self._clock()
        async with self._database.begin() as conn:
            refusal = why_not(self._me, *await replicas.others(conn, self.holder))
            if refusal is None:
                await replicas.enter(conn, self._me, int(self._life_s * 1_000))
        if refusal is None:
            self._sure_until = began + self._life_s - MARGIN_S
        return refusal

    async def _beat(self, on_loss: Callable[[], None]) -> None:
        began = self._clock()
        try:
            async with self._database.begin(at_once=True) as conn:
                lives = await replicas.beat(conn, self.holder, int(self._life_s * 1_000))
                if not lives:
                    self._me = replace(self._me, holder=_name())
                    on_loss()
                    await replicas.enter(conn, self._me, int(self._life_s * 1_000))
        except ConflictError as error:  # no other has such a name
            raise StorageError(str(error)) from error
        if not lives:
            log.warning("was taken for dead: its chats are others' now")
        self._sure_until = began + self._life_s - MARGIN_S
        async with self._beaten:
            self._beaten.notify_all()


def why_not(me: Entrant, *others: Entrant) -> str | None:
    """Returns the code of the reason why `me` may not answer beside `others`."""
    for other in others:
        if me.fetches or other.fetches:
            return "replicas.fetch"
        if me.secret_mark != other.secret_mark:
            return "replicas.other_secret"
        if not (me.shares_limits and other.shares_limits):
            return "replicas.no_limits"
    return None


def _name() -> str:
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
