"""An update that ended the program at every run is left undone, and whoever sent it is told so once."""

from collections.abc import Awaitable, Callable

import structlog
from aiogram import Bot
from aiogram.types import Message, Update

from bot.core.locales import Html, translator
from bot.telegram.errors import new_error_id, their_language
from bot.telegram.middlewares import asks_something
from storage.engine import Database
from storage.system.everywhere import KeptUpdate
from storage.workspace import imports, workspaces

# (database, workspace, upload, now): nothing of it is kept, and it says so.
FailUpload = Callable[[Database, int, int, int], Awaitable[None]]
log = structlog.stdlib.get_logger(__name__)


async def tell(bot: Bot, database: Database, kept: KeptUpdate, now: int, fail_upload: FailUpload) -> None:
    error_id = new_error_id()
    log.error(
        "an update is set aside: no run of it came to its end", error_id=error_id, update=kept.update_id
    )
    update = Update.model_validate_json(kept.body, context={"bot": bot})
    about = update.message or (update.callback_query and update.callback_query.message)
    if not isinstance(about, Message) or not asks_something(update):
        return
    async with database.read() as conn:
        workspace = await workspaces.find(conn, about.chat.id)
        stuck = workspace and await imports.of_message(conn, workspace.id, about.chat.id, about.message_id)
    if workspace and stuck:
        await fail_upload(database, workspace.id, stuck.id, now)
    t = translator(workspace.language) if workspace else their_language(update)
    text = t("uploads.set_aside" if stuck else "error.set_aside", error_id=error_id)
    await _say(about, stuck.status_message_id if stuck else None, text)


async def _say(about: Message, status_message_id: int | None, text: Html) -> None:
    """Says it in the message that has said «Читаю…» since the first run, or under what was asked."""
    if status_message_id is None:
        await about.reply(text)
    else:
        await about.model_copy(update={"message_id": status_message_id}).edit_text(text)
