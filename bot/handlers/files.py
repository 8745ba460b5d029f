"""A file dropped into the chat: «Читаю…» becomes what was understood, in the same message."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

from aiogram import F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.types import CallbackQuery, Message

from bot.access import ChatAdmin
from bot.clock import Clock
from bot.commands import COMMANDS
from bot.handlers.presses import close_press, pressed_message
from bot.keys import uploads as keyboards
from bot.keys.callbacks import ColumnButton, ImportButton, MeaningButton, WhoseButton
from bot.locales import Translator
from bot.reports import columns as words
from bot.uploads.answers import Answers, FilesAre
from bot.uploads.correcting import ASK
from bot.uploads.dialogue import UploadDialogue
from bot.uploads.status import say
from bot.uploads.taking_back import undo
from metrics.errors import DomainError
from storage import imports
from storage.engine import Database
from storage.files.upload.understood import UNNAMED
from storage.imports import Import
from storage.upload_steps import ASKED, Step
from storage.workspaces import Workspace

router = Router(name=__name__)
STATISTICS = (
    ".csv", ".tsv", ".txt", ".xlsx", ".xls", ".xlsb", ".ods", ".json", ".jsonl", ".html", ".htm", ".zip",
)  # fmt: skip
_COMMAND = re.compile(rf"/(?:{'|'.join(COMMANDS)})\b")


def of_statistics(
    message: Message, workspace: Workspace, album: Sequence[Message] = ()
) -> bool | dict[str, list[Message]]:
    """In a group other files pass by in silence."""
    sent = [message, *album]
    if workspace.kind == "group":
        sent = [each for each in sent if _may_be_statistics(each)]
    return {"sent": sent} if sent else False


@router.message(F.document, of_statistics)
async def take_file(
    message: Message,
    dialogue: UploadDialogue,
    workspace: Workspace,
    t: Translator,
    caller_id: int,
    is_chat_admin: ChatAdmin,
    sent: list[Message],
) -> None:
    """`sent`: this file and those that were sent together with it. A command under a file is obeyed once it is stored."""
    await is_chat_admin.require()
    is_stored = await dialogue.take(sent, workspace, caller_id, t)
    if is_stored and _COMMAND.match(message.caption or ""):
        raise SkipHandler


@router.message(F.photo | F.video, F.chat.type == "private", ~F.caption.startswith("/"), ~F.forward_origin)
async def explain_files(message: Message, t: Translator) -> None:
    await message.answer(t("uploads.not_a_file"))


@router.callback_query(ImportButton.filter(F.action.in_({"chat", "files", "rows"})))
async def answer(
    query: CallbackQuery,
    callback_data: ImportButton,
    database: Database,
    dialogue: UploadDialogue,
    workspace: Workspace,
    t: Translator,
    is_chat_admin: ChatAdmin,
) -> None:
    await is_chat_admin.require()
    upload, choice = await _import(database, workspace, callback_data.upload), callback_data.choice
    step = Step(callback_data.action)
    if upload.state == step:
        await close_press(query)
    if step == Step.ROWS and upload.state == step:
        await dialogue.tell_rows(workspace, upload, "totals" if choice else "posts")

    def change(answers: Answers) -> Answers:
        if step == Step.CHAT:
            return replace(answers, chat=choice)
        if step == Step.FILES:
            offered: tuple[FilesAre, ...] = get_args(FilesAre)
            return replace(answers, files=offered[choice % len(offered)])
        return answers

    await dialogue.answer(pressed_message(query), workspace, upload, step, change, t)


@router.callback_query(WhoseButton.filter())
async def choose_channel(
    query: CallbackQuery,
    callback_data: WhoseButton,
    database: Database,
    dialogue: UploadDialogue,
    workspace: Workspace,
    t: Translator,
    is_chat_admin: ChatAdmin,
) -> None:
    """Of several files each is asked about in its turn: a press for one that was answered is no answer for the next."""
    await is_chat_admin.require()
    upload = await _import(database, workspace, callback_data.upload)
    key = _key_of(upload, Answers.of(upload), callback_data.file)
    if upload.state == Step.WHOSE and key in Answers.of(upload).into:
        if not await dialogue.show_again(pressed_message(query), workspace, upload, t):
            raise DomainError("uploads.answered")
        return
    if upload.state == Step.WHOSE:
        await close_press(query)

    def change(answers: Answers) -> Answers:
        return replace(answers, into={**answers.into, key: callback_data.channel})

    await dialogue.answer(pressed_message(query), workspace, upload, Step.WHOSE, change, t)


@router.callback_query(ColumnButton.filter())
async def answer_about_columns(
    query: CallbackQuery,
    callback_data: ColumnButton,
    database: Database,
    dialogue: UploadDialogue,
    workspace: Workspace,
    t: Translator,
    is_chat_admin: ChatAdmin,
) -> None:
    await is_chat_admin.require()
    upload = await _import(database, workspace, callback_data.upload)
    asking, status = Answers.of(upload).asking, pressed_message(query)
    if upload.state == Step.COLUMNS and asking is not None:
        if (
            asking.step != callback_data.asked
        ):  # pressed twice, or a crash kept the next question from being shown
            if not await dialogue.clarify.ask(status, workspace, upload, asking, t):
                raise DomainError("uploads.answered")
            return
        await close_press(query)
        if not await dialogue.clarify.answer(status, workspace, upload, callback_data, t):
            return
    await dialogue.answer(status, workspace, upload, Step.COLUMNS, lambda one: replace(one, asking=None), t)


@router.callback_query(ImportButton.filter(F.action == "columns"))
async def show_columns(
    query: CallbackQuery,
    callback_data: ImportButton,
    database: Database,
    dialogue: UploadDialogue,
    workspace: Workspace,
    t: Translator,
    is_chat_admin: ChatAdmin,
) -> None:
    """Beside the account of the file, which stays: nothing has changed yet."""
    await is_chat_admin.require()
    upload = await _import(database, workspace, callback_data.upload)
    message = pressed_message(query)
    found = await dialogue.correcting.columns(workspace, upload)
    await close_press(query)
    markup = keyboards.columns_taken(t, upload, found.columns)
    await message.answer(words.which_column(found, t), reply_markup=markup)


@router.callback_query(MeaningButton.filter())
async def correct_column(
    query: CallbackQuery,
    callback_data: MeaningButton,
    database: Database,
    dialogue: UploadDialogue,
    workspace: Workspace,
    t: Translator,
    is_chat_admin: ChatAdmin,
) -> None:
    """The message that asked becomes the account of the file, read again."""
    await is_chat_admin.require()
    upload, message = await _import(database, workspace, callback_data.upload), pressed_message(query)
    if callback_data.meaning == ASK:
        column = await dialogue.correcting.column(workspace, upload, callback_data.position)
        await close_press(query)
        await say(message, words.which_meaning(column, t), keyboards.meanings(t, upload, column))
        return
    if upload.state != Step.READING:  # else a crash came before it was read again
        await dialogue.correcting.correct(workspace, upload, callback_data.position, callback_data.meaning)
    await close_press(query)
    await dialogue.go_on(message, workspace, await _import(database, workspace, upload.id), t)


@router.callback_query(ImportButton.filter(F.action == "keep"))
async def keep_columns(query: CallbackQuery, t: Translator) -> None:
    await pressed_message(query).edit_text(t("columns.kept"))


@router.callback_query(ImportButton.filter(F.action == "drop"))
async def drop_upload(
    query: CallbackQuery,
    callback_data: ImportButton,
    database: Database,
    dialogue: UploadDialogue,
    workspace: Workspace,
    t: Translator,
    is_chat_admin: ChatAdmin,
) -> None:
    await is_chat_admin.require()
    upload = await _import(database, workspace, callback_data.upload)
    if upload.state not in ASKED:
        raise DomainError("uploads.answered")
    await dialogue.end(workspace, upload)
    await pressed_message(query).edit_text(t("uploads.dropped"))


@router.callback_query(ImportButton.filter(F.action == "undo"))
async def undo_upload(
    query: CallbackQuery,
    callback_data: ImportButton,
    database: Database,
    clock: Clock,
    workspace: Workspace,
    t: Translator,
    is_chat_admin: ChatAdmin,
) -> None:
    await is_chat_admin.require()
    upload = await _import(database, workspace, callback_data.upload)
    undone = await undo(database, workspace.id, upload.id, int(clock.now().timestamp()))
    await pressed_message(query).edit_text(
        t("uploads.undone_already" if undone is None else "uploads.undone")
    )


async def _import(database: Database, workspace: Workspace, upload_id: int) -> Import:
    async with database.read() as conn:
        upload = await imports.get(conn, workspace.id, upload_id)
    if upload is None:
        raise DomainError("uploads.gone")
    return upload


def _key_of(upload: Import, answers: Answers, file: int) -> str:
    """As the reader keys the part of the file: files that stay apart by their place."""
    is_apart = len(upload.file_ids) > 1 and answers.files != "one"
    return f"{UNNAMED}{file}" if is_apart else ""


def _may_be_statistics(message: Message) -> bool:
    return bool(message.document and (message.document.file_name or "").lower().endswith(STATISTICS))
