"""From a channel to files in a chat: gathered on disk, made in a worker, sent, and gone again."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from aiogram.enums import ChatAction
from aiogram.types import FSInputFile, InlineKeyboardMarkup, Message

from bot.collection.proving import Proving
from bot.core.clock import Clock
from bot.core.folders import EXPORTS, private_folder
from bot.core.locales import Translator
from bot.core.parsing.periods import PeriodChoice
from bot.core.settings import Settings
from bot.core.workers import Lane, WorkerDiedError, WorkerMemoryError, Workers, WorkerTimeoutError
from bot.features.export.disk import spoken_faults
from bot.features.export.gather import gather
from bot.features.export.request import ExportFile, ExportRequest, build
from bot.telegram.conversation import Conversation
from bot.telegram.slots import lent_slot
from metrics.errors import DomainError
from storage.engine import Database
from storage.workspace.channels import Channel
from storage.workspace.workspaces import Workspace

LONG_POSTS = 20_000  # from so many on it takes more than some seconds, and that is said
ROW_S = 0.002  # what a row may take, ten times what it does
SENDING_S = 300  # 50 MB at 1.5 megabits a second


@dataclass(frozen=True, slots=True)
class Exporting:
    database: Database
    workers: Workers
    clock: Clock
    settings: Settings
    proving: Proving

    async def send(
        self,
        chat: Conversation,
        channel: Channel,
        file_format: str,
        period: PeriodChoice | None,
        keyboard: InlineKeyboardMarkup,
    ) -> None:
        """Sends the export.

        Raises DomainError: ("er.no_data"), ("export.nothing_then"), ("export.too_big"), ("export.no_room"),
        ("export.broke_off"), ("export.too_long"), ("export.no_memory").
        """
        message, workspace = chat.message, chat.workspace
        await chat.close_press()
        await self.proving.prove(channel)
        await _show_work(message, channel, chat.t)
        as_of = chat.now
        with spoken_faults():
            async with private_folder(self.settings.storage.data_dir, EXPORTS) as folder:
                files = await self._make(workspace, channel, file_format, as_of, folder, period)
                await _deliver(message, files, keyboard)

    async def _make(
        self,
        workspace: Workspace,
        channel: Channel,
        file_format: str,
        as_of: int,
        folder: Path,
        period: PeriodChoice | None,
    ) -> list[ExportFile]:
        request = await gather(self.database, workspace, channel, file_format, as_of, folder, period)
        async with lent_slot():
            return await self._build(request)

    async def _build(self, request: ExportRequest) -> list[ExportFile]:
        rows_s = ROW_S * (request.posts + request.readings)
        timeout_s = max(self.settings.workers.worker_timeout_s, rows_s)
        try:
            return await self.workers.run(build, request, timeout_s=timeout_s, lane=Lane.BULK)
        except WorkerDiedError as error:
            raise DomainError("export.broke_off") from error
        except WorkerTimeoutError as error:
            raise DomainError("export.too_long") from error
        except WorkerMemoryError as error:
            raise DomainError("export.no_memory") from error


async def _show_work(message: Message, channel: Channel, t: Translator) -> None:
    assert message.bot is not None
    if channel.posts >= LONG_POSTS:
        await message.answer(t("export.long", posts=t.plural("er.posts", channel.posts)))
    thread_id = message.message_thread_id if message.is_topic_message else None
    await message.bot.send_chat_action(
        message.chat.id, ChatAction.UPLOAD_DOCUMENT, message_thread_id=thread_id
    )


async def _deliver(message: Message, files: Sequence[ExportFile], keyboard: InlineKeyboardMarkup) -> None:
    assert message.bot is not None
    for number, file in enumerate(files, start=1):
        document = FSInputFile(file.path, filename=file.name)
        is_last = number == len(files)
        call = message.answer_document(
            document, caption=file.caption, reply_markup=keyboard if is_last else None
        )
        await message.bot(call, request_timeout=SENDING_S)
