"""A file dropped into the chat: «Читаю…» becomes what was understood, in the same message."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol, get_args

from aiogram import F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from bot.core.parsing.pasted import is_pasted_list
from bot.core.parsing.removal import asks_to_undo_upload
from bot.features.uploads import column_words as words
from bot.features.uploads import keyboards
from bot.features.uploads.answers import Answers, FilesAre
from bot.features.uploads.correcting import ASK
from bot.features.uploads.dialogue import UploadDialogue
from bot.features.uploads.status import say
from bot.features.uploads.taking_back import undo
from bot.telegram.callbacks import ColumnButton, ImportButton, MeaningButton, WhoseButton
from bot.telegram.commands import begins_with_command
from bot.telegram.conversation import Conversation
from bot.telegram.filters import admin_only, is_for_bot
from bot.telegram.routing import with_parts
from metrics.errors import DomainError
from storage.files.upload.understood import UNNAMED
from storage.upload_steps import ASKED, STORED, Step
from storage.workspace import imports
from storage.workspace.imports import Import

router = Router(name=__name__)
STATISTICS = (
    ".csv", ".tsv", ".txt", ".xlsx", ".xls", ".xlsb", ".ods", ".json", ".jsonl", ".html", ".htm", ".zip",
)  # fmt: skip


def setup(dialogue: UploadDialogue) -> Router:
    return with_parts(router, dialogue=dialogue)


class _OfUpload(Protocol):
    @property
    def upload(self) -> int: ...


def of_statistics(
    message: Message, chat: Conversation, album: Sequence[Message] = ()
) -> bool | dict[str, list[Message]]:
    """Hands on `sent`: the file and those that were sent together with it. In a group other files pass by in silence."""
    sent = [message, *album]
    if chat.is_group:
        sent = [each for each in sent if _may_be_statistics(each)]
    return {"sent": sent} if sent else False


async def own_upload(
    _query: CallbackQuery, callback_data: _OfUpload, chat: Conversation
) -> dict[str, Import]:
    """Hands on `upload`. Raises DomainError("uploads.gone")."""
    return {"upload": await _import(chat, callback_data.upload)}


@router.message(F.document, of_statistics, admin_only)
async def take_file(
    message: Message, chat: Conversation, dialogue: UploadDialogue, sent: list[Message]
) -> None:
    """Takes a file; a command under it is obeyed once it is stored."""
    is_stored = await dialogue.take(sent, chat.workspace, chat.person, chat.t)
    if is_stored and begins_with_command(message.caption or ""):
        raise SkipHandler


@router.message(F.text, F.chat.type == "private", ~F.forward_origin, F.text.func(is_pasted_list), admin_only)
async def take_pasted_list(message: Message, chat: Conversation, dialogue: UploadDialogue) -> None:
    """Puts a pasted list into a file of the chat, and reads it like one that was sent."""
    name = chat.t.plain("uploads.pasted_name")
    pasted = BufferedInputFile((message.text or "").encode(), filename=f"{name}.txt")
    kept = await message.answer_document(pasted, caption=chat.t("uploads.pasted"))
    await dialogue.take([kept], chat.workspace, chat.person, chat.t)


@router.message(F.photo | F.video, F.chat.type == "private", ~F.caption.startswith("/"), ~F.forward_origin)
async def explain_files(_message: Message, chat: Conversation) -> None:
    await chat.reply(chat.t("uploads.not_a_file"))


@router.message(F.text, F.text.func(asks_to_undo_upload), is_for_bot, admin_only)
async def offer_to_undo(_message: Message, chat: Conversation) -> None:
    """Offers to take back the last file that this person sent; one that still asks is left out by «Отмена»."""
    async with chat.read() as conn:
        if await imports.newest_of(conn, chat.workspace.id, chat.person) is not None:
            raise SkipHandler
        upload = await imports.newest_of(conn, chat.workspace.id, chat.person, STORED)
    if upload is None:
        await chat.reply(chat.t("uploads.nothing_to_undo"))
        return
    told = chat.t(
        "uploads.undo_last",
        name=", ".join(upload.file_names),
        date=chat.t.date(chat.date_of(upload.created_at)),
    )
    await chat.reply(told, keyboards.undo_upload(chat.t, upload))


@router.callback_query(ImportButton.filter(F.action.in_({"chat", "files", "rows"})), admin_only, own_upload)
async def answer(
    _query: CallbackQuery,
    chat: Conversation,
    callback_data: ImportButton,
    upload: Import,
    dialogue: UploadDialogue,
) -> None:
    choice, step = callback_data.choice, Step(callback_data.action)
    if upload.state == step:
        await chat.close_press()
    if step == Step.ROWS and upload.state == step:
        await dialogue.tell_rows(chat.workspace, upload, "totals" if choice else "posts")

    def change(answers: Answers) -> Answers:
        if step == Step.CHAT:
            return replace(answers, chat=choice)
        if step == Step.FILES:
            offered: tuple[FilesAre, ...] = get_args(FilesAre)
            return replace(answers, files=offered[choice % len(offered)])
        return answers

    await dialogue.answer(chat.message, chat.workspace, upload, step, change, chat.t)


@router.callback_query(WhoseButton.filter(), admin_only, own_upload)
async def choose_channel(
    _query: CallbackQuery,
    chat: Conversation,
    callback_data: WhoseButton,
    upload: Import,
    dialogue: UploadDialogue,
) -> None:
    """Chooses a channel; of several files each is asked about in its turn.

    A press for one that was answered is no answer for the next.
    """
    key = _key_of(upload, Answers.of(upload), callback_data.file)
    if upload.state == Step.WHOSE and key in Answers.of(upload).into:
        if not await dialogue.show_again(chat.message, chat.workspace, upload, chat.t):
            raise DomainError("uploads.answered")
        return
    if upload.state == Step.WHOSE:
        await chat.close_press()

    def change(answers: Answers) -> Answers:
        return replace(answers, into={**answers.into, key: callback_data.channel})

    await dialogue.answer(chat.message, chat.workspace, upload, Step.WHOSE, change, chat.t)


@router.callback_query(ColumnButton.filter(), admin_only, own_upload)
async def answer_about_columns(
    _query: CallbackQuery,
    chat: Conversation,
    callback_data: ColumnButton,
    upload: Import,
    dialogue: UploadDialogue,
) -> None:
    workspace, t = chat.workspace, chat.t
    asking, status = Answers.of(upload).asking, chat.message
    if upload.state == Step.COLUMNS and asking is not None:
        if (
            asking.step != callback_data.asked
        ):  # pressed twice, or a crash kept the next question from being shown
            if not await dialogue.clarify.ask(status, workspace, upload, asking, t):
                raise DomainError("uploads.answered")
            return
        await chat.close_press()
        if not await dialogue.clarify.answer(status, workspace, upload, callback_data, t):
            return
    await dialogue.answer(status, workspace, upload, Step.COLUMNS, lambda one: replace(one, asking=None), t)


@router.callback_query(ImportButton.filter(F.action == "columns"), admin_only, own_upload)
async def show_columns(
    _query: CallbackQuery, chat: Conversation, upload: Import, dialogue: UploadDialogue
) -> None:
    """Shows the columns beside the account of the file, which stays: nothing has changed yet."""
    found = await dialogue.correcting.columns(chat.workspace, upload)
    await chat.reply(
        words.which_column(found, chat.t), keyboards.columns_taken(chat.t, upload, found.columns)
    )


@router.callback_query(MeaningButton.filter(), admin_only, own_upload)
async def correct_column(
    _query: CallbackQuery,
    chat: Conversation,
    callback_data: MeaningButton,
    upload: Import,
    dialogue: UploadDialogue,
) -> None:
    """Corrects a column; the message that asked becomes the account of the file, read again."""
    workspace, message = chat.workspace, chat.message
    if callback_data.meaning == ASK:
        column = await dialogue.correcting.column(workspace, upload, callback_data.position)
        await chat.close_press()
        meanings = keyboards.meanings(chat.t, upload, column)
        await say(message, words.which_meaning(column, chat.t), meanings)
        return
    if upload.state != Step.READING:  # else a crash came before it was read again
        await dialogue.correcting.correct(workspace, upload, callback_data.position, callback_data.meaning)
    await chat.close_press()
    await dialogue.go_on(message, workspace, await _import(chat, upload.id), chat.t)


@router.callback_query(ImportButton.filter(F.action == "keep"))
async def keep_columns(_query: CallbackQuery, chat: Conversation) -> None:
    await chat.edit(chat.t("columns.kept"))


@router.callback_query(ImportButton.filter(F.action == "drop"), admin_only, own_upload)
async def drop_upload(
    _query: CallbackQuery, chat: Conversation, upload: Import, dialogue: UploadDialogue
) -> None:
    if upload.state not in ASKED:
        raise DomainError("uploads.answered")
    await dialogue.end(chat.workspace, upload)
    await chat.edit(chat.t("uploads.dropped"))


@router.callback_query(ImportButton.filter(F.action == "undo"), admin_only, own_upload)
async def undo_upload(_query: CallbackQuery, chat: Conversation, upload: Import) -> None:
    undone = await undo(chat.database, chat.workspace.id, upload.id, chat.now)
    await chat.edit(chat.t("uploads.undone_already" if undone is None else "uploads.undone"))


async def _import(chat: Conversation, upload_id: int) -> Import:
    async with chat.read() as conn:
        upload = await imports.get(conn, chat.workspace.id, upload_id)
    if upload is None:
        raise DomainError("uploads.gone")
    return upload


def _key_of(upload: Import, answers: Answers, file: int) -> str:
    """Returns the key that the reader gives the part of the file: files that stay apart by their place."""
    is_apart = len(upload.file_ids) > 1 and answers.files != "one"
    return f"{UNNAMED}{file}" if is_apart else ""


def _may_be_statistics(message: Message) -> bool:
    return bool(message.document and (message.document.file_name or "").lower().endswith(STATISTICS))
