"""From documents in a chat to the message that says what was understood of them.

The import's row remembers which message says «Читаю…»: after a crash the same message is finished, not another begun.
"""

import os
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from aiogram import Bot
from aiogram.types import Document, Message

from bot.asking import SUBSCRIBERS, ask_subscribers
from bot.clock import Clock
from bot.errors import sentence
from bot.keys import uploads as keyboards
from bot.locales import Html, Translator
from bot.reports import upload as words
from bot.settings import Settings
from bot.typed.periods import PeriodChoice
from bot.uploads.clarify import Clarify
from bot.uploads.downloads import downloaded
from bot.uploads.fresh_drops import fresh_drops
from bot.uploads.keeping import Stored, title_of
from bot.uploads.left_out import divide
from bot.uploads.status import own_message, say
from bot.uploads.storing import Chosen, Outcome, read_and_store
from bot.uploads.taking_back import fail
from bot.workers import Workers
from metrics.errors import DomainError
from storage import audience, imports, questions, schedules
from storage.engine import ConflictError, Database
from storage.files.upload.questions import ANSWERABLE
from storage.imports import Import
from storage.workspaces import Workspace


@dataclass(frozen=True, slots=True)
class Incoming:
    bot: Bot
    database: Database
    workers: Workers
    clock: Clock
    settings: Settings

    async def take(
        self, messages: Sequence[Message], workspace: Workspace, caller_id: int, t: Translator
    ) -> None:
        """Begin the import of what one message brought, or go on with the one a crash interrupted."""
        limit_mb = self.settings.telegram.max_upload_mb
        documents, left_out = divide([each.document for each in messages if each.document], limit_mb)
        async with self.database.begin() as conn:
            upload = await imports.begin(
                conn,
                workspace.id,
                requested_by=caller_id,
                chat_id=messages[0].chat.id,
                message_id=messages[0].message_id,
                file_ids=[document.file_id for document in documents],
                file_names=[document.file_name or "file" for document in documents],
                now=self._now(),
            )
        status = await self._status(messages[0], workspace, upload, t)
        if (
            upload.state != "undone"
        ):  # whatever was done by a run that a crash ended, its words may be missing
            await self.go_on(status, workspace, upload, Chosen(), t, words.left_out(left_out, limit_mb, t))

    async def go_on(
        self,
        status: Message,
        workspace: Workspace,
        upload: Import,
        chosen: Chosen,
        t: Translator,
        left_out: Sequence[Html] = (),
    ) -> None:
        """Read, store and tell, or ask; what can't be read is told in the same message, and so is `left_out`."""
        try:
            try:
                outcome = await self._read(workspace, upload, chosen)
            except ConflictError:  # the same file, sent twice at once: the other one was stored
                outcome = await self._read(workspace, upload, chosen)
            except DomainError as error:
                if error.code in ANSWERABLE and await self.clarify.begin(status, workspace, upload, t):
                    if left_out:  # there the question stands
                        await status.answer("\n".join(left_out))
                    return
                raise
        except Exception as error:  # noqa: BLE001 - told and logged by `sentence`; «Читаю…» must never stay
            await self._fail(workspace, upload)
            await say(status, "\n".join([sentence(error, t), *left_out]))
            return
        await self._tell(status, workspace, upload, outcome, t, left_out)

    @property
    def clarify(self) -> Clarify:
        return Clarify(self.database, self.workers, self.clock, self._downloaded)

    async def _read(self, workspace: Workspace, upload: Import, chosen: Chosen) -> Outcome:
        async with self._downloaded(upload) as files:
            return await read_and_store(
                self.database, self.workers, self.clock, workspace, upload, files, chosen
            )

    async def _tell(
        self,
        status: Message,
        workspace: Workspace,
        upload: Import,
        outcome: Outcome,
        t: Translator,
        left_out: Sequence[Html],
    ) -> None:
        if outcome.same is not None:
            await self._fail(workspace, upload)
            text = words.same(outcome.same, workspace, t)
            await say(status, "\n".join([text, *left_out]), keyboards.undo_upload(t, outcome.same))
        elif outcome.chats is not None:
            await self._wait(workspace, upload)
            markup = keyboards.which_chat(t, upload, outcome.chats)
            await say(status, "\n".join([words.which_chat(outcome.chats, t), *left_out]), markup)
        elif outcome.unclear is not None and outcome.understood is not None:
            await self._wait(workspace, upload)
            markup = keyboards.whose_file(t, upload, outcome.unclear, title_of(upload))
            text = words.whose(outcome.understood, workspace, t)
            await say(status, "\n".join([text, *left_out]), markup)
        elif outcome.stored is not None and outcome.understood is not None:
            await self._tell_stored(status, workspace, upload, outcome, outcome.stored, t, left_out)

    async def _tell_stored(
        self,
        status: Message,
        workspace: Workspace,
        upload: Import,
        outcome: Outcome,
        stored: Stored,
        t: Translator,
        left_out: Sequence[Html],
    ) -> None:
        assert outcome.understood is not None
        shown = list(dict.fromkeys(channel for channel, _ in stored.channels))
        async with self.database.read() as conn:
            newest = [await audience.newest(conn, workspace.id, channel.id) for channel in shown]
            asked = await questions.pending(conn, workspace.id, upload.requested_by)
            digest = await schedules.get(conn, workspace.id, "digest")
        drops = await fresh_drops(self.database, self.workers, workspace, shown, t)
        text = words.told(
            outcome.understood,
            stored.channels,
            (stored.new, stored.updated),
            workspace,
            t,
            subscribers_known=None not in newest,
            drops=drops,
            left_out=left_out,
        )
        markup = keyboards.after_upload(
            t,
            upload,
            shown,
            PeriodChoice(days=30),
            is_told=words.was_told(outcome.understood),
            offer_digest=digest is None and bool(stored.new),
        )
        is_news = await say(status, text, markup)
        has_posts = any(contents.posts for _, contents in stored.channels)
        is_asked = asked is not None and asked.kind == SUBSCRIBERS and asked.payload["channel"] == shown[0].id
        if newest == [None] and has_posts and (asked is None or (is_news and not is_asked)):
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

    @asynccontextmanager
    async def _downloaded(self, upload: Import) -> AsyncIterator[list[tuple[str, Path]]]:
        """(name as sent, path) of the import's files, gone when the block ends."""
        data_dir, limit_mb = self.settings.storage.data_dir, self.settings.telegram.max_upload_mb
        async with AsyncExitStack() as open_files:
            files = []
            for file_id, name in zip(upload.file_ids, upload.file_names, strict=True):
                document = Document(file_id=file_id, file_unique_id=file_id)
                fetched = downloaded(self.bot, document, data_dir, limit_mb=limit_mb)
                path = await open_files.enter_async_context(fetched)
                # Figures without a moment are as old as the file: the same at every reading, however often it begins.
                os.utime(path, (upload.created_at, upload.created_at))
                files.append((name, path))
            yield files

    async def _status(self, message: Message, workspace: Workspace, upload: Import, t: Translator) -> Message:
        """The message that says «Читаю…»: the one of an interrupted run, or a new one."""
        if upload.status_message_id is not None:
            return own_message(message, upload.status_message_id)
        status = await message.answer(words.reading(upload.file_names, t))
        async with self.database.begin() as conn:
            await imports.set_status_message(conn, workspace.id, upload.id, status.message_id)
        return status

    async def _wait(self, workspace: Workspace, upload: Import) -> None:
        async with self.database.begin() as conn:
            await imports.wait(conn, workspace.id, upload.id)

    async def _fail(self, workspace: Workspace, upload: Import) -> None:
        await fail(self.database, workspace.id, upload.id, self._now())

    def _now(self) -> int:
        return int(self.clock.now().timestamp())
