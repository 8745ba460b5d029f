"""A file dropped into the chat: «Читаю…» becomes what was understood, in the same message."""

from collections.abc import Sequence

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from bot.access import ChatAdmin
from bot.clock import Clock
from bot.handlers.presses import close_press, pressed_message
from bot.keys.callbacks import ColumnButton, ImportButton
from bot.locales import Translator
from bot.uploads.columns_asked import CONFIRM, ORDER, Asking
from bot.uploads.incoming import Incoming
from bot.uploads.keeping import NEW_CHANNEL
from bot.uploads.storing import Chosen, take_back
from metrics.errors import DomainError
from storage import column_choices, imports
from storage.engine import Database
from storage.imports import Import
from storage.workspaces import Workspace

router = Router(name=__name__)
STATISTICS = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".json", ".jsonl", ".html", ".htm", ".zip")
LAST_QUESTIONS = (ORDER, CONFIRM)  # an answer to one of these may be what began the import


@router.message(F.document)
async def take_file(
    message: Message,
    incoming: Incoming,
    workspace: Workspace,
    t: Translator,
    caller_id: int,
    is_chat_admin: ChatAdmin,
    album: Sequence[Message] = (),
) -> None:
    """`album`: the files that were sent together with this one. In a group other files pass by in silence."""
    sent = [message, *album]
    if workspace.kind == "group":
        sent = [each for each in sent if _may_be_statistics(each)]
    if sent:
        await is_chat_admin.require()
        await incoming.take(sent, workspace, caller_id, t)


@router.message(F.photo | F.video, F.chat.type == "private")
async def explain_files(message: Message, t: Translator) -> None:
    await message.answer(t("uploads.not_a_file"))


@router.callback_query(ImportButton.filter(F.action.in_({"into", "new", "chat"})))
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
    chosen = Chosen(into=callback_data.channel if callback_data.action == "into" else NEW_CHANNEL)
    if callback_data.action == "chat":
        chosen = Chosen(chat=callback_data.channel)
    await _take_last_answer(query, incoming, workspace, upload, chosen, t)


@router.callback_query(ColumnButton.filter())
async def answer_about_columns(
    query: CallbackQuery,
    callback_data: ColumnButton,
    database: Database,
    incoming: Incoming,
    workspace: Workspace,
    t: Translator,
    is_chat_admin: ChatAdmin,
) -> None:
    await is_chat_admin.require()
    upload = await _import(database, workspace, callback_data.upload)
    asking, status = Asking.of(upload), pressed_message(query)
    if asking is None and callback_data.asked in LAST_QUESTIONS:
        await _take_last_answer(query, incoming, workspace, upload, Chosen(), t)
    elif asking is None:
        raise DomainError("uploads.answered")
    elif (
        asking.step != callback_data.asked
    ):  # pressed twice, or a crash came before the next question was shown
        await incoming.clarify.ask(status, workspace, upload, asking, t)
        raise DomainError("uploads.answered")
    else:
        await close_press(query)
        if await incoming.clarify.answer(status, workspace, upload, callback_data, t):
            await incoming.go_on(status, workspace, upload, Chosen(), t)


@router.callback_query(ImportButton.filter(F.action == "columns"))
async def tell_columns_anew(
    query: CallbackQuery,
    callback_data: ImportButton,
    database: Database,
    incoming: Incoming,
    clock: Clock,
    workspace: Workspace,
    t: Translator,
    is_chat_admin: ChatAdmin,
) -> None:
    """What was read by the old answer is taken back, and the question is asked again."""
    await is_chat_admin.require()
    upload = await _import(database, workspace, callback_data.upload)
    if upload.state not in ("done", "reading"):  # reading: a crash came before the question
        raise DomainError("uploads.answered")
    await close_press(query)
    async with database.begin() as conn:
        for fingerprint in (upload.understood or {}).get("told", []):
            await column_choices.forget(conn, workspace.id, fingerprint)
        await imports.undo(conn, workspace.id, upload.id, int(clock.now().timestamp()))
        await imports.reopen(conn, workspace.id, upload.id)
    await incoming.go_on(pressed_message(query), workspace, upload, Chosen(), t)


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


async def _take_last_answer(
    query: CallbackQuery,
    incoming: Incoming,
    workspace: Workspace,
    upload: Import,
    chosen: Chosen,
    t: Translator,
) -> None:
    """Store what waited for it. Pressed twice, or after a crash before the words: they stand there then."""
    if upload.state not in ("waiting", "done") or Asking.of(upload) is not None:
        raise DomainError("uploads.answered")
    if upload.state == "waiting":
        await close_press(query)
    else:
        chosen = Chosen(chat=(upload.understood or {}).get("chat"))
    await incoming.go_on(pressed_message(query), workspace, upload, chosen, t)
    if upload.state == "done":
        raise DomainError("uploads.answered")


async def _import(database: Database, workspace: Workspace, upload_id: int) -> Import:
    async with database.read() as conn:
        upload = await imports.get(conn, workspace.id, upload_id)
    if upload is None:
        raise DomainError("uploads.gone")
    return upload


def _may_be_statistics(message: Message) -> bool:
    return bool(message.document and (message.document.file_name or "").lower().endswith(STATISTICS))
