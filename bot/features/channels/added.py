"""What is said of a channel that has just come."""

from bot.core.locales import Html
from bot.telegram.conversation import Conversation
from storage.workspace import audience
from storage.workspace.channels import Channel


async def added_words(chat: Conversation, channel: Channel) -> Html:
    """What is known of a channel that has just come, and what it lacks."""
    return chat.t("channels.added", title=channel.title, facts=await known_facts(chat, channel))


async def known_facts(chat: Conversation, channel: Channel) -> Html:
    t = chat.t
    async with chat.read() as conn:
        newest = await audience.newest(conn, chat.workspace.id, channel.id)
    facts = t("channels.added_subscribers", subscribers=t.number(newest.subscribers)) if newest else Html("")
    return Html(facts + t("channels.added_admin")) if channel.bot_is_admin else facts
