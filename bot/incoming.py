"""From a document in a chat to the message that says what was understood of it.

The import's row remembers which message says «Читаю…»: after a crash the same message is finished, not another begun.
"""

from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import Document, InlineKeyboardMarkup, Message

from bot import keyboards
from bot.asking import ask_subscribers
from bot.clock import Clock
from bot.downloads import downloaded
from bot.errors import sentence
from bot.locales import Translator
from bot.periods import PeriodChoice
from bot.reports import upload as words
from bot.settings import Settings
from bot.uploads import Outcome, Stored, read_and_store, title_of
from bot.workers import Workers
from metrics.errors import DomainError
from storage import audience, imports, questions, schedules
from storage.engine import ConflictError, Database
from storage.imports import Import
from storage.workspaces import Workspace


@dataclass(frozen=True, slots=True)
class Incoming:
    bot: Bot
    database: Database
    workers: Workers
    clock: Clock
    settings: Settings

    async def take(self, message: Message, workspace: Workspace, caller_id: int, t: Translator) -> None:
        """Begin the import of a message's document, or go on with the one a crash interrupted."""
        document = message.document
        assert document is not None
        limit_mb = self.settings.telegram.max_upload_mb
        if document.file_size == 0:
            raise DomainError("file.empty")
        if (document.file_size or 0) > limit_mb * 1024 * 1024:
            raise DomainError("uploads.too_big", limit_mb=limit_mb)
        async with self.database.begin() as conn:
            upload = await imports.begin(
                conn,
                workspace.id,
                requested_by=caller_id,
                chat_id=message.chat.id,
                message_id=message.message_id,
                file_ids=[document.file_id],
                file_names=[document.file_name or "file"],
                now=int(self.clock.now().timestamp()),
            )
        status = await self._status(message, workspace, upload, t)
        if (
            upload.state != "undone"
        ):  # whatever was done by a run that a crash ended, its words may be missing
            await self.go_on(status, workspace, upload, None, t)

    async def go_on(
        self, status: Message, workspace: Workspace, upload: Import, into: int | None, t: Translator
    ) -> None:
        """Read, store and tell; what can't be read is told in the same message."""
        try:
            outcome = await self._read(workspace, upload, into)
        except ConflictError:  # the same file, sent twice at once: the other one was stored
            outcome = await self._read(workspace, upload, into)
        except Exception as error:  # noqa: BLE001 - told and logged by `sentence`; «Читаю…» must never stay
            await self._fail(workspace, upload)
            await _say(status, sentence(error, t))
            return
        await self._tell(status, workspace, upload, outcome, t)

    async def _read(self, workspace: Workspace, upload: Import, into: int | None) -> Outcome:
        async with AsyncExitStack() as open_files:
            files = [
                (name, await open_files.enter_async_context(self._downloaded(file_id)))
                for file_id, name in zip(upload.file_ids, upload.file_names, strict=True)
            ]
            return await read_and_store(
                self.database, self.workers, self.clock, workspace, upload, files, into
            )

    async def _tell(
        self, status: Message, workspace: Workspace, upload: Import, outcome: Outcome, t: Translator
    ) -> None:
        if outcome.same is not None:
            await self._fail(workspace, upload)
            text = words.same(outcome.same, workspace, t)
            await _say(status, text, keyboards.undo_upload(t, outcome.same))
        elif outcome.unclear is not None and outcome.understood is not None:
            async with self.database.begin() as conn:
                await imports.wait(conn, workspace.id, upload.id)
            markup = keyboards.whose_file(t, upload, outcome.unclear, title_of(upload))
            await _say(status, words.whose(outcome.understood, workspace, t), markup)
        elif outcome.stored is not None and outcome.understood is not None:
            await self._tell_stored(status, workspace, upload, outcome, outcome.stored, t)

    async def _tell_stored(
        self,
        status: Message,
        workspace: Workspace,
        upload: Import,
        outcome: Outcome,
        stored: Stored,
        t: Translator,
    ) -> None:
        assert outcome.understood is not None
        text = words.told(outcome.understood, stored.channels, (stored.new, stored.updated), workspace, t)
        shown = list(dict.fromkeys(channel for channel, _ in stored.channels))
        async with self.database.read() as conn:
            digest = await schedules.get(conn, workspace.id, "digest")
        markup = keyboards.after_upload(
            t, upload, shown, PeriodChoice(days=30), offer_digest=digest is None and bool(stored.new)
        )
        is_news = await _say(status, text, markup)
        if len(shown) == 1 and any(contents.posts for _, contents in stored.channels):
            async with self.database.read() as conn:
                known = await audience.newest(conn, workspace.id, shown[0].id)
                asked = await questions.pending(conn, workspace.id, upload.requested_by)
            if known is None and (is_news or asked is None):
                await ask_subscribers(
                    status,
                    self.database,
                    self.clock,
                    workspace,
                    shown[0],
                    upload.requested_by,
                    t,
                    said_in=upload.message_id,
                )

    def _downloaded(self, file_id: str) -> AbstractAsyncContextManager[Path]:
        document = Document(file_id=file_id, file_unique_id=file_id)
        limit_mb = self.settings.telegram.max_upload_mb
        return downloaded(self.bot, document, self.settings.storage.data_dir, limit_mb=limit_mb)

    async def _status(self, message: Message, workspace: Workspace, upload: Import, t: Translator) -> Message:
        """The message that says «Читаю…»: the one of an interrupted run, or a new one."""
        if upload.status_message_id is not None:
            return _own_message(message, upload.status_message_id)
        status = await message.answer(t("uploads.reading", name=upload.file_names[0]))
        async with self.database.begin() as conn:
            await imports.set_status_message(conn, workspace.id, upload.id, status.message_id)
        return status

    async def _fail(self, workspace: Workspace, upload: Import) -> None:
        async with self.database.begin() as conn:
            await imports.fail(conn, workspace.id, upload.id, now=int(self.clock.now().timestamp()))


async def _say(status: Message, text: str, markup: InlineKeyboardMarkup | None = None) -> bool:
    """Into the status message, or anew where a person deleted it; False if it says that already."""
    try:
        await status.edit_text(text, reply_markup=markup)
    except TelegramBadRequest as error:
        if "message is not modified" in error.message:
            return False
        if "message to edit not found" not in error.message:
            raise
        await status.answer(text, reply_markup=markup)
    return True


def _own_message(beside: Message, message_id: int) -> Message:
    """A handle on an earlier message of the same chat and topic: enough to edit it and to answer beside it."""
    return beside.model_copy(update={"message_id": message_id, "document": None})
