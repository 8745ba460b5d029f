"""What became of a delivery, written down: sent, to be tried again, or never to arrive."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from aiogram.exceptions import ClientDecodeError, TelegramAPIError
from aiogram.types import Message

from bot.core.backoff import Backoff
from bot.notifications import notice
from bot.notifications.kind import Composition
from bot.notifications.services import Services
from bot.notifications.verdicts import Fate, Verdict, judge
from storage.engine import ConflictError, Connection, UnavailableError
from storage.system import outbox
from storage.workspace import deliveries, follows, pictures, schedules, workspaces
from storage.workspace.deliveries import Delivery
from storage.workspace.workspaces import Workspace

BACKOFF = Backoff((5, 15, 60, 300))
GIVE_UP_S = 24 * 3600
COMPOSE_ATTEMPTS = 5
DATABASE_AGAIN_S = 1.0
log = structlog.stdlib.get_logger(__name__)


class Settling:
    def __init__(self, services: Services) -> None:
        self._services = services

    async def sent(self, delivery: Delivery, composed: Composition, message: Message) -> None:
        """Notes that a message was sent; a document may still have to follow."""
        log.info("delivered", kind=delivery.kind)
        self._count(delivery, "sent")
        now = self._now()
        new_picture = isinstance(composed.picture, bytes) and composed.picture_key and message.photo
        key = composed.picture_key or ""

        async def write(conn: Connection) -> None:
            if composed.document is None:
                await outbox.finish(conn, delivery.id, message.message_id, now)
            else:
                await outbox.note_message(conn, delivery.id, message.message_id)
            if new_picture and message.photo and await workspaces.get(conn, delivery.workspace_id):
                file_id = message.photo[-1].file_id
                await pictures.remember(conn, delivery.workspace_id, key, file_id, now)

        await self.surely(write)
        if new_picture:
            await self._services.pictures.drop(delivery.workspace_id, key)

    async def finished(self, delivery: Delivery, message_id: int) -> None:
        now = self._now()
        await self.surely(lambda conn: outbox.finish(conn, delivery.id, message_id, now))

    async def not_composed(self, delivery: Delivery, error: Exception) -> None:
        self._count(delivery, "not_composed")
        log.error(
            "a delivery could not be composed", delivery=delivery.id, kind=delivery.kind, exc_info=error
        )
        reason = f"{type(error).__name__}: {error}"
        if delivery.attempts + 1 >= COMPOSE_ATTEMPTS:
            await self.surely(lambda conn: outbox.fail(conn, delivery.id, reason))
        else:
            await self._again(delivery, _backoff_s(delivery), reason)

    async def failed(
        self,
        delivery: Delivery,
        workspace: Workspace,
        composed: Composition,
        error: TelegramAPIError | ClientDecodeError,
    ) -> None:
        verdict = judge(error)
        self._count(delivery, verdict.fate.value)
        log.info("not delivered", delivery=delivery.id, fate=verdict.fate.value, reason=str(error))
        match verdict.fate:
            case Fate.WAIT:
                await self._again(delivery, verdict.retry_after_s, str(error), failed=False)
            case Fate.LATER:
                await self._again(delivery, _backoff_s(delivery), str(error))
            case Fate.MOVED:
                await self._move(delivery, workspace, verdict)
            case Fate.GONE:
                await self.surely(lambda conn: self._switch_off(conn, workspace, delivery, verdict.because))
            case Fate.THREAD_GONE if delivery.thread_id is not None:
                await self._leave_thread(delivery, delivery.thread_id)
            case Fate.PICTURE_FORGOTTEN if isinstance(composed.picture, str):
                await self._redraw(delivery, composed.picture_key or "")
            case _:
                log.error("Telegram refuses a delivery", delivery=delivery.id, kind=delivery.kind)
                await self.surely(lambda conn: outbox.fail(conn, delivery.id, str(error)))

    async def surely(self, write: Callable[[Connection], Awaitable[object]]) -> None:
        """Writes however long the database is away: what was sent, and is not known to be, is sent again."""
        while True:
            try:
                async with self._services.database.begin() as conn:
                    await write(conn)
            except UnavailableError as error:
                log.warning("the outbox can't be written", reason=str(error))
                await asyncio.sleep(DATABASE_AGAIN_S)
            else:
                return

    async def _again(self, delivery: Delivery, delay_s: int, reason: str, *, failed: bool = True) -> None:
        now = self._now()

        async def write(conn: Connection) -> None:
            if now - delivery.not_before >= GIVE_UP_S:
                await outbox.fail(conn, delivery.id, reason)
            else:
                await outbox.put_back(
                    conn, delivery.id, next_try_at=now + delay_s, failed=failed, error=reason
                )

        await self.surely(write)

    async def _move(self, delivery: Delivery, workspace: Workspace, verdict: Verdict) -> None:
        """Moves a workspace to its new chat.

        The service message may have come first: then it is there already.
        """
        try:
            await self.surely(lambda conn: workspaces.move(conn, workspace.id, verdict.new_chat_id))
        except ConflictError:
            await self.surely(lambda conn: self._switch_off(conn, workspace, delivery, "chat_gone"))
        else:
            await self._again(delivery, 0, "moved", failed=False)

    async def _switch_off(
        self, conn: Connection, workspace: Workspace, delivery: Delivery, because: str
    ) -> None:
        now = self._now()
        await outbox.fail(conn, delivery.id, because)
        await deliveries.give_up(conn, workspace.id, because)
        await follows.end_all(conn, workspace.id)
        were_on = await schedules.switch_off(conn, workspace.id, because, now)
        await notice.enqueue(conn, workspace, were_on, because, now)

    async def _leave_thread(self, delivery: Delivery, thread_id: int) -> None:
        now = self._now()

        async def write(conn: Connection) -> None:
            await outbox.put_back(conn, delivery.id, next_try_at=now, failed=False, error="topic removed")
            await schedules.forget_thread(conn, delivery.workspace_id, thread_id)
            await deliveries.forget_thread(conn, delivery.workspace_id, thread_id)

        await self.surely(write)

    async def _redraw(self, delivery: Delivery, key: str) -> None:
        await self.surely(lambda conn: pictures.forget(conn, delivery.workspace_id, key))
        await self._again(delivery, 0, "picture forgotten", failed=False)

    def _count(self, delivery: Delivery, outcome: str) -> None:
        if self._services.instruments is not None:
            self._services.instruments.sent(delivery.kind, outcome)

    def _now(self) -> int:
        return int(self._services.clock.now().timestamp())


def _backoff_s(delivery: Delivery) -> int:
    return int(BACKOFF.after(delivery.attempts))
