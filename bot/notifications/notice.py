"""What the person who set up a summary is told, once and in private, when it can't be delivered any more."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.core.locales import translator
from bot.notifications.kind import Composition
from bot.notifications.services import Services
from storage.engine import Connection
from storage.workspace import deliveries, workspaces
from storage.workspace.deliveries import Delivery
from storage.workspace.schedules import Schedule
from storage.workspace.workspaces import Workspace

KIND = "destination_off"


async def enqueue(
    conn: Connection, gone: Workspace, were_on: Sequence[Schedule], because: str, now: int
) -> None:
    """Enqueues a notice to each person who set up a summary.

    Whoever blocked the bot themselves, or never opened a chat with it, can't be told.
    """
    for person in {schedule.set_by for schedule in were_on}:
        own = await workspaces.find(conn, person)
        if own is None or own.id == gone.id:
            continue
        await deliveries.enqueue(
            conn,
            own.id,
            kind=KIND,
            subject=str(gone.id),
            due_at=now,
            payload={"title": gone.title or str(gone.chat_id), "because": because},
            not_before=now,
            now=now,
        )


async def compose(services: Services, workspace: Workspace, delivery: Delivery) -> Composition:
    t = translator(workspace.language)
    because = delivery.payload["because"]
    text = t(f"delivery.off.{because}", title=delivery.payload["title"])
    if because not in ("kicked", "chat_gone"):
        return Composition(text=text)
    link = f"https://t.me/{(await services.bot.me()).username}?startgroup=add"
    button = InlineKeyboardButton(text=t.plain("delivery.off.button"), url=link)
    return Composition(text=text, markup=InlineKeyboardMarkup(inline_keyboard=[[button]]))
