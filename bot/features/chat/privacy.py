"""/privacy: what is kept, and «delete everything»."""

import asyncio
from collections.abc import Collection
from typing import Literal, Protocol, runtime_checkable

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot.core.settings import Settings
from bot.notifications import pictures
from bot.telegram.conversation import Conversation
from bot.telegram.filters import admin_only
from bot.telegram.routing import with_parts
from metrics.errors import DomainError
from storage.workspace import imports, workspaces

router = Router(name=__name__)


@runtime_checkable
class Downloads(Protocol):
    """Files that were fetched from Telegram."""

    def let_all_go(self, upload_ids: Collection[int]) -> None: ...


def setup(downloads: Downloads, settings: Settings) -> Router:
    return with_parts(router, downloads=downloads, settings=settings)


class DeleteEverything(CallbackData, prefix="wipe"):
    """`person` is who asked, once they have: another admin's stray press must not confirm it."""

    step: Literal["ask", "confirm", "keep"]
    person: int = 0


async def same_person(_query: CallbackQuery, callback_data: DeleteEverything, chat: Conversation) -> bool:
    """Passes who asked. Raises DomainError("privacy.not_yours")."""
    if callback_data.person != chat.person:
        raise DomainError("privacy.not_yours")
    return True


@router.message(Command("privacy"))
async def show_privacy(_message: Message, chat: Conversation) -> None:
    button = (chat.t.plain("privacy.delete_button"), DeleteEverything(step="ask"))
    await chat.reply(chat.t("privacy.text"), _column(button))


@router.callback_query(DeleteEverything.filter(F.step == "ask"), admin_only)
async def ask_to_confirm(_query: CallbackQuery, chat: Conversation) -> None:
    t, person = chat.t, chat.person
    buttons = _column(
        (t.plain("privacy.confirm_button"), DeleteEverything(step="confirm", person=person)),
        (t.plain("privacy.keep_button"), DeleteEverything(step="keep", person=person)),
    )
    await chat.message.answer(t("privacy.sure"), reply_markup=buttons)


@router.callback_query(DeleteEverything.filter(F.step == "keep"), same_person)
async def keep(_query: CallbackQuery, chat: Conversation) -> None:
    await chat.edit(chat.t("privacy.kept"))


@router.callback_query(DeleteEverything.filter(F.step == "confirm"), same_person, admin_only)
async def delete_everything(
    _query: CallbackQuery, chat: Conversation, downloads: Downloads, settings: Settings
) -> None:
    workspace_id = chat.workspace.id
    async with chat.read() as conn:
        uploads = await imports.ids(conn, workspace_id)
    # Before their rows: whoever runs it again after a crash finds them by these.
    await asyncio.to_thread(downloads.let_all_go, uploads)
    async with chat.begin() as conn:
        await workspaces.delete_everything(conn, workspace_id)
    await asyncio.to_thread(pictures.forget, settings.storage.data_dir, workspace_id)
    await chat.edit(chat.t("privacy.deleted"))


def _column(*buttons: tuple[str, DeleteEverything]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [InlineKeyboardButton(text=text, callback_data=data.pack())] for text, data in buttons
        ]
    )
