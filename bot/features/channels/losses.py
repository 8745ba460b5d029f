"""What a chat is told, once, when a source of a channel's figures is lost: what ends, what stays, who can bring it back."""

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.collection.networks.registry import SOURCES
from bot.core.locales import Html, Translator, translator
from bot.core.parsing.periods import PeriodChoice
from bot.notifications.kind import Composition
from bot.notifications.services import Services
from bot.telegram import keyboards
from storage.engine import Connection
from storage.workspace import channels, follows, network_progress
from storage.workspace.channels import Channel
from storage.workspace.deliveries import SOURCE_LOST, Delivery
from storage.workspace.workspaces import Workspace

KIND = SOURCE_LOST
NETWORK_CODES = frozenset({"private", "gone", "blocked", "not_admin"})  # the rest: nothing is at the address


async def compose(services: Services, workspace: Workspace, delivery: Delivery) -> Composition | None:
    """None where the source is back, or the channel has left the chat."""
    t = translator(workspace.language)
    async with services.database.read() as conn:
        channel = await channels.get(conn, workspace.id, delivery.payload["channel"])
        if channel is None or not channel.is_listed:
            return None
        text = await _words(conn, workspace, channel, delivery.payload["because"], t)
    if text is None:
        return None
    rows: list[list[InlineKeyboardButton]] = []
    if delivery.payload["because"] == "bot":
        name = (await services.bot.me()).username
        link = f"https://t.me/{name}?startchannel&admin=invite_users"
        rows.append([InlineKeyboardButton(text=t.plain("channels.lost.button"), url=link)])
    if channel.posts:
        rows += keyboards.show_engagement(t, channel, PeriodChoice(days=30)).inline_keyboard
    markup = InlineKeyboardMarkup(inline_keyboard=rows) if rows else None
    return Composition(text=Html(f"{text}\n\n{t('channels.lost.stays')}"), markup=markup)


async def _words(
    conn: Connection, workspace: Workspace, channel: Channel, because: str, t: Translator
) -> Html | None:
    followed = await follows.get(conn, workspace.id, channel.id)
    match because:
        case "bot" | "person":
            if channel.bot_is_admin:
                return None
            group = "_group" if because == "person" and workspace.kind == "group" else ""
            text = t(f"channels.lost.{because}{group}", title=channel.title)
            is_read = followed is not None and followed.refusal is None
            return Html(f"{text} {t('channels.lost.page_stays')}") if is_read else text
        case "page":
            is_lost = followed is not None and followed.refusal is not None
            return (
                t("channels.lost.page", title=channel.title, name=channel.handle or "") if is_lost else None
            )
        case _:
            progress = await network_progress.get(conn, workspace.id, channel.id)
            if progress is None or progress.refusal is None:
                return None
            code = progress.refusal if progress.refusal in NETWORK_CODES else "nobody"
            network = SOURCES[progress.network].title
            return t(f"channels.lost.network.{code}", title=channel.title, network=network)
