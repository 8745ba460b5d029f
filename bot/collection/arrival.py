"""How a channel comes to a chat that may have it already: what is said first is true of both."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.locales import Html
from bot.telegram.conversation import Conversation
from storage.workspace import audience
from storage.workspace.channels import Channel


def is_new(before: Channel | None) -> bool:
    """Tells whether the chat had no such channel. `before`: as it stood there; one only looked at before an ad was in no list."""
    return before is None or before.is_watched


async def heading(chat: Conversation, channel: Channel, before: Channel | None) -> Html:
    """Says «added», «back in the list» or «here since…»; then what is known, and what the bot sees from now on."""
    t, facts = chat.t, await _facts(chat, channel, before)
    if before is None or before.is_watched:
        return t("channels.heading.added", title=channel.title, facts=facts)
    if before.archived_at is not None and channel.archived_at is None:
        return t("channels.heading.restored", title=channel.title, facts=facts)
    if channel.level != "own":
        return t("channels.heading.shown", title=channel.title, facts=facts)
    since = t.date(chat.date_of(before.created_at), year=True)
    return t("channels.heading.here", title=channel.title, facts=facts, since=since)


def moment_of(chat: Conversation, at: int) -> str:
    return chat.t.moment(datetime.fromtimestamp(at, ZoneInfo(chat.workspace.zone)))


async def _facts(chat: Conversation, channel: Channel, before: Channel | None) -> Html:
    t = chat.t
    async with chat.read() as conn:
        newest = await audience.newest(conn, chat.workspace.id, channel.id)
    facts = Html("")
    if newest is not None:
        facts = t("channels.added_subscribers", subscribers=t.subscribers(newest))
    sees_more = channel.bot_is_admin and not (before is not None and before.bot_is_admin)
    return Html(facts + t("channels.added_admin")) if sees_more else facts
