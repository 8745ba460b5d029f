"""A channel of another network comes to a chat by its address: its figures at once, the rest by itself."""

from aiogram.enums import ChatAction

from bot.collection.arrival import heading, moment_of
from bot.collection.lookups import Lookups
from bot.collection.networks.following import FollowedChannel, Networks
from bot.core.locales import Html
from bot.core.parsing.periods import PeriodChoice
from bot.telegram import keyboards
from bot.telegram.conversation import Conversation
from metrics.errors import DomainError
from storage.files.tables.links import OwnerLink
from storage.workspace.channels import Channel

ANSWERED = PeriodChoice(days=30)


async def add_by_link(chat: Conversation, networks: Networks, lookups: Lookups, link: OwnerLink) -> None:
    """Adds a channel by its link; nothing is registered that the network hides, or beyond the limits."""
    await chat.bot.send_chat_action(chat.message.chat.id, ChatAction.TYPING, message_thread_id=chat.thread_id)
    known = await networks.find(chat.workspace.id, link)
    try:
        networks.require_key(link)
        async with lookups.waiting(chat, "limit.follow", [0]):  # nobody waits for a page
            followed = await networks.follow(chat.workspace.id, link, person=chat.person)
    except DomainError as error:
        if known is None or not error.code.startswith("network."):
            raise
        await _tell_unread(chat, known, error)
        return
    found = followed.channel.posts if followed.was_read else len(followed.seen.posts)
    text = await _words(chat, followed, link.platform, found)
    await chat.reply(text, keyboards.show_engagement(chat.t, followed.channel, ANSWERED) if found else None)


async def _words(chat: Conversation, followed: FollowedChannel, network: str, found: int) -> Html:
    t = chat.t
    head = await heading(chat, followed.channel, followed.before)
    posts = t.plural(f"networks.posts.{network}", found)
    if not followed.was_read or not found:
        key = "networks.followed" if followed.is_whole else "networks.followed_history"
        return t(key if found else "networks.followed_empty", head=head, posts=posts)
    moment = moment_of(chat, followed.seen.read_at)
    text = t("networks.here", head=head, moment=moment, posts=posts)
    if followed.loads_since is None:
        return text
    since = t.date(chat.date_of(followed.loads_since), year=True)
    return Html(f"{text} {t('networks.history_goes_on', since=since)}")


async def _tell_unread(chat: Conversation, known: Channel, error: DomainError) -> None:
    """It is here all the same, with what was read of it before."""
    t = chat.t
    why = t(f"error.{error.code}", **error.params)
    text = t("channels.here_unread", head=await heading(chat, known, known), why=why)
    await chat.reply(text, keyboards.show_engagement(t, known, ANSWERED) if known.posts else None)
