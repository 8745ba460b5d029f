"""One dialogue from documents in a chat to the message that says what was understood of them.

Its steps and what may follow each stand in `storage.upload_steps`; this is what is done at them. The import's row holds
the step, the answers, and the message that says «Читаю…»: after a crash the same message is finished.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from aiogram import Bot
from aiogram.types import Document, InlineKeyboardMarkup, Message

from bot.core.clock import Clock
from bot.core.locales import Translator
from bot.core.settings import Settings
from bot.core.workers import Workers
from bot.features.uploads import keyboards, words
from bot.features.uploads.answers import Answers
from bot.features.uploads.clarify import Clarify
from bot.features.uploads.correcting import Correcting
from bot.features.uploads.downloads import Downloads
from bot.features.uploads.keeping import title_of
from bot.features.uploads.left_out import LeftOut, divide
from bot.features.uploads.status import own_message, say
from bot.features.uploads.storing import Outcome, Question, read_and_store
from bot.features.uploads.taking_back import fail
from bot.features.uploads.telling import Telling
from bot.telegram.errors import sentence
from metrics.errors import DomainError
from storage.engine import ConflictError, Database
from storage.files.upload.notes import HeaderMeanings, RowsAre
from storage.files.upload.questions import ANSWERABLE
from storage.upload_steps import Step
from storage.workspace import column_choices, imports
from storage.workspace.imports import Import
from storage.workspace.workspaces import Workspace


@dataclass(frozen=True, slots=True)
class UploadDialogue:
    bot: Bot
    database: Database
    workers: Workers
    clock: Clock
    settings: Settings
    downloads: Downloads = field(init=False)

    def __post_init__(self) -> None:
        limit_mb, data_dir = self.settings.telegram.max_upload_mb, self.settings.storage.data_dir
        object.__setattr__(self, "downloads", Downloads(self.bot, data_dir, limit_mb))

    async def take(
        self, messages: Sequence[Message], workspace: Workspace, caller_id: int, t: Translator
    ) -> bool:
        """Begins the import of files that were sent together, or goes on with one that a crash cut.

        Files that came after that one was read have an import of their own. Returns whether everything is stored.
        """
        limit_mb = self.settings.telegram.max_upload_mb
        documents, left_out = divide([each.document for each in messages if each.document], limit_mb)
        upload = await self._begin(messages[0], documents, left_out, workspace, caller_id)
        status = await self._status(messages[0], workspace, upload, t)
        # Whatever was done by a run that a crash ended, its words may be missing.
        is_stored = upload.state != Step.UNDONE and await self.go_on(status, workspace, upload, t)
        later = documents[len(upload.file_ids) :]
        if not later:
            return is_stored
        came_later = [each for each in messages if any(each.document is one for one in later)]
        return await self.take(came_later, workspace, caller_id, t) and is_stored

    async def _begin(
        self,
        message: Message,
        documents: Sequence[Document],
        left_out: Sequence[LeftOut],
        workspace: Workspace,
        caller_id: int,
    ) -> Import:
        """Begins the import of a message, or returns the one it has begun, which may be of its first files alone."""
        async with self.database.begin() as conn:
            upload = await imports.begin(
                conn,
                workspace.id,
                requested_by=caller_id,
                chat_id=message.chat.id,
                message_id=message.message_id,
                file_ids=[document.file_id for document in documents],
                file_names=[document.file_name or "file" for document in documents],
                now=self._now(),
                dialogue=Answers(left_out=tuple(left_out)).as_kept(),
            )
            if upload.state == Step.FAILED:  # a crash came before it was told why
                await imports.move(conn, workspace.id, upload.id, Step.READING)
            known = Answers.of(upload)
            if set(left_out) - set(known.left_out):  # they came after a run that a crash ended had begun
                kept = replace(known, left_out=tuple(left_out)).as_kept()
                await imports.note_dialogue(conn, workspace.id, upload.id, kept)
                upload = replace(upload, dialogue=kept)
        return upload

    async def answer(
        self,
        status: Message,
        workspace: Workspace,
        upload: Import,
        step: Step,
        change: Callable[[Answers], Answers],
        t: Translator,
    ) -> None:
        """Takes an answer to a step's question.

        Raises DomainError("uploads.answered") where another one is open.
        """
        answers = Answers.of(upload)
        if upload.state == step:
            answers = replace(change(answers), said=False)
            async with self.database.begin() as conn:
                taken = await imports.move(
                    conn, workspace.id, upload.id, Step.READING, dialogue=answers.as_kept(), came_from={step}
                )
            if taken:
                await self.go_on(status, workspace, await self._again(workspace, upload), t)
                return
        if not await self.show_again(status, workspace, upload, t):
            raise DomainError("uploads.answered")

    async def show_again(self, status: Message, workspace: Workspace, upload: Import, t: Translator) -> bool:
        """Shows what a crash kept from being shown after an answer was taken; False if nothing was kept."""
        if upload.state in (Step.UNDONE, Step.FAILED) or Answers.of(upload).said:
            return False
        await self.go_on(status, workspace, upload, t)
        return True

    async def tell_rows(self, workspace: Workspace, upload: Import, rows: RowsAre) -> None:
        """Remembers what the rows of tables with the header are that was asked about."""
        known = Answers.of(upload).fingerprint
        async with self.database.begin() as conn:
            told = (await column_choices.recall(conn, workspace.id)).get(known, HeaderMeanings())
            await column_choices.remember(conn, workspace.id, known, replace(told, rows=rows), self._now())

    async def go_on(self, status: Message, workspace: Workspace, upload: Import, t: Translator) -> bool:
        """Reads, stores and tells, or asks; what can't be read is told there, too.

        Returns whether it is stored.
        """
        answers = Answers.of(upload)
        try:
            try:
                outcome = await self._read(workspace, upload, answers)
            except ConflictError:  # the same file, sent twice at once: the other one was stored
                outcome = await self._read(workspace, upload, answers)
            except DomainError as error:
                if error.code in ANSWERABLE and await self.clarify.begin(status, workspace, upload, t):
                    return False
                raise
        except Exception as error:  # noqa: BLE001 - told and logged by `sentence`; «Читаю…» must never stay
            await self.end(workspace, upload)
            await say(status, self._with_left_out(sentence(error, t), answers, t))
            return False
        try:
            return await self._tell(status, workspace, upload, outcome, answers, t)
        except Exception as error:  # noqa: BLE001 - as above; what is stored stays
            await say(status, sentence(error, t))
            return outcome.stored is not None

    async def _tell(
        self,
        status: Message,
        workspace: Workspace,
        upload: Import,
        outcome: Outcome,
        answers: Answers,
        t: Translator,
    ) -> bool:
        """Tells what came of it; returns whether it is stored."""
        if outcome.same is not None:
            await self.end(workspace, upload)
            text = words.same(outcome.same, workspace, t)
            markup = keyboards.undo_upload(t, outcome.same)
            await say(status, self._with_left_out(text, answers, t), markup)
        elif outcome.question is not None:
            await self._ask(status, workspace, upload, outcome.question, answers, t)
        elif outcome.stored is not None and outcome.understood is not None:
            await self._telling.tell(
                status, workspace, upload, outcome.understood, outcome.stored, answers, t
            )
            self.downloads.let_go(upload.id)
            return True
        return False

    async def end(self, workspace: Workspace, upload: Import) -> None:
        """Ends an upload: nothing comes of it."""
        await fail(self.database, workspace.id, upload.id, self._now())
        self.downloads.let_go(upload.id)

    async def say_dropped(self, beside: Message, upload: Import, t: Translator) -> None:
        """Says that it was dropped, in the message that asked, whose buttons go with it."""
        if upload.status_message_id is not None:
            await say(own_message(beside, upload.status_message_id), t("uploads.dropped"))

    @property
    def clarify(self) -> Clarify:
        limit_mb = self.settings.telegram.max_upload_mb
        return Clarify(self.database, self.workers, self.clock, self.downloads, limit_mb)

    @property
    def correcting(self) -> Correcting:
        return Correcting(self.database, self.workers, self.clock, self.downloads)

    @property
    def _telling(self) -> Telling:
        limit_mb = self.settings.telegram.max_upload_mb
        return Telling(self.database, self.workers, self.clock, limit_mb)

    async def _read(self, workspace: Workspace, upload: Import, answers: Answers) -> Outcome:
        files = await self.downloads.files_of(upload)
        return await read_and_store(
            self.database, self.workers, self.clock, workspace, upload, files, answers
        )

    async def _ask(
        self,
        status: Message,
        workspace: Workspace,
        upload: Import,
        question: Question,
        answers: Answers,
        t: Translator,
    ) -> None:
        """Writes the step down, then shows its question."""
        async with self.database.begin() as conn:
            asked = replace(answers, said=False, fingerprint=question.fingerprint)
            await imports.move(conn, workspace.id, upload.id, question.step, dialogue=asked.as_kept())
        text, markup = _question(workspace, upload, question, t)
        await say(status, self._with_left_out(text, answers, t), markup)
        async with self.database.begin() as conn:
            await imports.note_dialogue(conn, workspace.id, upload.id, replace(asked, said=True).as_kept())

    def _with_left_out(self, text: str, answers: Answers, t: Translator) -> str:
        return "\n".join([text, *words.left_out(answers.left_out, self.settings.telegram.max_upload_mb, t)])

    async def _status(self, message: Message, workspace: Workspace, upload: Import, t: Translator) -> Message:
        """Returns the message that says «Читаю…»: the one of an interrupted run, or a new one."""
        if upload.status_message_id is not None:
            return own_message(message, upload.status_message_id)
        status = await message.answer(words.reading(upload.file_names, t))
        async with self.database.begin() as conn:
            await imports.set_status_message(conn, workspace.id, upload.id, status.message_id)
        return status

    async def _again(self, workspace: Workspace, upload: Import) -> Import:
        async with self.database.read() as conn:
            found = await imports.get(conn, workspace.id, upload.id)
        if found is None:
            raise DomainError("uploads.gone")
        return found

    def _now(self) -> int:
        return int(self.clock.now().timestamp())


def _question(
    workspace: Workspace, upload: Import, question: Question, t: Translator
) -> tuple[str, InlineKeyboardMarkup]:
    names = [title_of(upload, part.channel.file) for part in question.unnamed]
    if question.step == Step.CHAT:
        return words.which_chat(question.chats, t), keyboards.which_chat(t, upload, question.chats)
    if question.step == Step.ROWS:
        return words.which_rows(question.file, question.rows, t), keyboards.which_rows(t, upload)
    if question.step == Step.FILES:
        return words.which_files(names, t), keyboards.which_files(t, upload, names)
    text = words.whose(question.unnamed, names, workspace, t)
    return text, keyboards.whose_file(t, upload, question, names[0])
