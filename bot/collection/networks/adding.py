"""A channel of another network comes to a chat by its address: its figures at once, the rest by itself."""

from aiogram.enums import ChatAction

from bot.collection.lookups import Lookups
from bot.collection.networks.following import Networks
from bot.collection.welcoming import known_facts
from bot.core.parsing.periods import PeriodChoice
from bot.telegram import keyboards
from bot.telegram.conversation import Conversation
from storage.files.tables.links import OwnerLink


async def add_by_link(chat: Conversation, networks: Networks, lookups: Lookups, link: OwnerLink) -> None:
    """Adds a channel by its link; nothing is registered that the network hides, or beyond the limits."""
    await chat.bot.send_chat_action(chat.message.chat.id, ChatAction.TYPING, message_thread_id=chat.thread_id)
    networks.require_key(link)
    async with lookups.waiting(chat, "limit.follow", [0]):  # nobody waits for a page
        followed = await networks.follow(chat.workspace.id, link, person=chat.person)
    t, channel, found = chat.t, followed.channel, len(followed.seen.posts)
    facts = await known_facts(chat, channel)
    key = "networks.followed" if followed.is_whole else "networks.followed_history"
    if not found:
        key = "networks.followed_empty"
    posts = t.plural(f"networks.posts.{link.platform}", found)
    text = t(key, title=channel.title, facts=facts, posts=posts)
    await chat.reply(text, keyboards.show_engagement(t, channel, PeriodChoice(days=30)) if found else None)
