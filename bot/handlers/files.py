"""A file dropped into the chat: «Читаю…» becomes what was understood, in the same message."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from bot.access import ChatAdmin
from bot.callbacks import ImportButton
from bot.clock import Clock
from bot.handlers.presses import close_press, pressed_message
from bot.incoming import Incoming
from bot.locales import Translator
from bot.uploads import NEW_CHANNEL, take_back
from metrics.errors import DomainError
from storage import imports
from storage.engine import Database
from storage.imports import Import
from storage.workspaces import Workspace

router = Router(name=__name__)
STATISTICS = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".json", ".jsonl", ".html", ".htm", ".zip")


@router.message(F.document)
async def take_file(
    message: Message,
    incoming: Incoming,
    workspace: Workspace,
    t: Translator,
    caller_id: int,
    is_chat_admin: ChatAdmin,
) -> None:
    """In a group other files pass by in silence: people talk there."""
    assert message.document is not None
    name = message.document.file_name or ""
    if workspace.kind == "group" and not name.lower().endswith(STATISTICS):
        return
    await is_chat_admin.require()
    await incoming.take(message, workspace, caller_id, t)


@router.message(F.photo | F.video, F.chat.type == "private")
async def explain_files(message: Message, t: Translator) -> None:
    await message.answer(t("uploads.not_a_file"))


@router.callback_query(ImportButton.filter(F.action.in_({"into", "new"})))
async def choose_channel(
    query: CallbackQuery,
    callback_data: ImportButton,
    database: Database,
    incoming: Incoming,
    workspace: Workspace,
    t: Translator,
    is_chat_admin: ChatAdmin,
) -> None:
    await is_chat_admin.require()
    upload = await _import(database, workspace, callback_data.upload)
    if upload.state not in ("waiting", "done"):
        raise DomainError("uploads.answered")
    if upload.state == "waiting":
        await close_press(query)
    into = callback_data.channel if callback_data.action == "into" else NEW_CHANNEL
    await incoming.go_on(pressed_message(query), workspace, upload, into, t)
    if upload.state == "done":  # pressed twice, or a crash came before the words: they stand there now
        raise DomainError("uploads.answered")


@router.callback_query(ImportButton.filter(F.action == "drop"))
async def drop_upload(
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
    if upload.state != "waiting":
        raise DomainError("uploads.answered")
    async with database.begin() as conn:
        await imports.fail(conn, workspace.id, upload.id, now=int(clock.now().timestamp()))
    await pressed_message(query).edit_text(t("uploads.dropped"))
    await query.answer()


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
    undone = await take_back(database, clock, workspace, upload)
    await pressed_message(query).edit_text(t("uploads.undone" if undone else "uploads.undone_already"))
    await query.answer()


async def _import(database: Database, workspace: Workspace, upload_id: int) -> Import:
    async with database.read() as conn:
        upload = await imports.get(conn, workspace.id, upload_id)
    if upload is None:
        raise DomainError("uploads.gone")
    return upload
