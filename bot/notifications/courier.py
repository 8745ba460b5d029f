"""One delivery on its way: put into words, sent when it is its turn, and what became of it written down."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

import structlog
from aiogram import Bot
from aiogram.exceptions import ClientDecodeError, TelegramAPIError
from aiogram.types import BufferedInputFile, Message, ReplyParameters

from bot.notifications.kind import Composition, Kinds
from bot.notifications.pace import Pace
from bot.notifications.services import Services
from bot.notifications.settling import Settling
from storage.system import outbox
from storage.workspace import workspaces
from storage.workspace.deliveries import Delivery
from storage.workspace.workspaces import Workspace

COMPOSING = 3  # at the same time: answers to people read the same database and draw in the same workers
GIVE_WAY_S = 0.2  # at most, before each message: the place in the second is the answer's
log = structlog.stdlib.get_logger(__name__)


class Courier:
    """`bot` is not the handlers' one: what the outbox tries again is not tried again underneath as well."""

    def __init__(
        self,
        services: Services,
        bot: Bot,
        kinds: Kinds,
        pace: Pace,
        may_send: Callable[[], bool],
    ) -> None:
        self._services = services
        self._bot = bot
        self._kinds = kinds
        self._pace = pace
        self._may_send = may_send
        self._settling = Settling(services)
        self._composing = asyncio.Semaphore(COMPOSING)
        self._stopped = False

    def stop(self) -> None:
        """Stops sending: what is on the wire ends; what has not left stays."""
        self._stopped = True

    async def deliver(self, delivery: Delivery) -> None:
        try:
            workspace, composed = await self._compose(delivery)
        except Exception as error:  # noqa: BLE001 - whatever it is, the others go on
            await self._settling.not_composed(delivery, error)
            return
        if workspace is None:  # it went with everything of its own, this delivery too
            return
        if composed is None:
            await self._settling.surely(partial(outbox.drop, delivery_id=delivery.id))
            return
        message_id = delivery.message_id or await self._send(workspace, delivery, composed)
        if message_id is not None and composed.document is not None:
            await self._send_document(workspace, delivery, composed, message_id)

    async def _compose(self, delivery: Delivery) -> tuple[Workspace | None, Composition | None]:
        async with self._composing:
            await self._services.answering.stand_aside()
            async with self._services.database.read() as conn:
                workspace = await workspaces.get(conn, delivery.workspace_id)
            if workspace is None:
                return None, None
            compose = self._kinds[delivery.kind].compose
            assert compose is not None
            return workspace, await compose(self._services, workspace, delivery)

    async def _send(self, workspace: Workspace, delivery: Delivery, composed: Composition) -> int | None:
        """Sends a message and returns its id; None where it did not leave."""
        message = await self._attempt(
            workspace,
            delivery,
            composed,
            lambda: post_message(self._bot, workspace.chat_id, delivery.thread_id, composed),
        )
        if message is None:
            return None
        await self._settling.sent(delivery, composed, message)
        return message.message_id

    async def _send_document(
        self, workspace: Workspace, delivery: Delivery, composed: Composition, message_id: int
    ) -> None:
        document = composed.document or ("", b"")
        sent = await self._attempt(
            workspace,
            delivery,
            composed,
            lambda: post_document(
                self._bot, workspace.chat_id, delivery.thread_id, document, reply_to=message_id
            ),
        )
        if sent is not None:
            await self._settling.finished(delivery, message_id)

    async def _attempt(
        self,
        workspace: Workspace,
        delivery: Delivery,
        composed: Composition,
        post: Callable[[], Awaitable[Message]],
    ) -> Message | None:
        if not await self._is_turn(workspace):
            return None
        try:
            return await post()
        except (TelegramAPIError, ClientDecodeError) as error:
            await self._settling.failed(delivery, workspace, composed, error)
        except Exception as error:  # noqa: BLE001 - what the library can't even put on the wire
            await self._settling.not_composed(delivery, error)
        return None

    async def _is_turn(self, workspace: Workspace) -> bool:
        """Waits for the turn; False when another process sends by now, or this one is told to stop."""
        await self._pace.wait(workspace.chat_id, partial(self._services.answering.stand_aside, GIVE_WAY_S))
        return self._may_send() and not self._stopped


async def post_message(bot: Bot, chat_id: int, thread_id: int | None, composed: Composition) -> Message:
    if composed.picture is None:
        return await bot.send_message(
            chat_id, composed.text, message_thread_id=thread_id, reply_markup=composed.markup
        )
    picture = composed.picture
    photo = BufferedInputFile(picture, filename="chart.png") if isinstance(picture, bytes) else picture
    return await bot.send_photo(
        chat_id, photo, caption=composed.text, message_thread_id=thread_id, reply_markup=composed.markup
    )


async def post_document(
    bot: Bot, chat_id: int, thread_id: int | None, document: tuple[str, bytes], *, reply_to: int
) -> Message:
    """Posts a document under the message it belongs to, if that is still there."""
    name, content = document
    return await bot.send_document(
        chat_id,
        BufferedInputFile(content, filename=name),
        message_thread_id=thread_id,
        reply_parameters=ReplyParameters(message_id=reply_to, allow_sending_without_reply=True),
    )
