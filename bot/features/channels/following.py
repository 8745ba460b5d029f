"""A channel is followed by its public page: asked for by name, or by a button under what lacks views."""

from collections.abc import Awaitable, Callable

from aiogram import F, Router
from aiogram.enums import ChatAction
from aiogram.types import CallbackQuery

from bot.collection.following import FIRST_LOOK, Following
from bot.collection.lookups import Lookups
from bot.collection.welcoming import known_facts
from bot.core.limits import POSTS_READ_A_DAY
from bot.core.locales import Html
from bot.core.parsing.periods import PeriodChoice
from bot.telegram import keyboards
from bot.telegram.callbacks import ChannelButton
from bot.telegram.conversation import Conversation
from bot.telegram.filters import admin_only, visible_channel
from bot.telegram.routing import with_parts
from metrics.errors import DomainError
from storage.workspace.channels import Channel

router = Router(name=__name__)


def setup(following: Following, lookups: Lookups) -> Router:
    return with_parts(router, following=following, lookups=lookups)


@router.callback_query(ChannelButton.filter(F.action == "follow"), admin_only, visible_channel)
async def follow_public_page(
    _query: CallbackQuery, chat: Conversation, channel: Channel, following: Following, lookups: Lookups
) -> None:
    await chat.close_press()

    async def known() -> Channel:
        return channel

    await follow_and_tell(chat, following, lookups, channel.handle, known)


async def follow_and_tell(
    chat: Conversation,
    following: Following,
    lookups: Lookups,
    handle: str | None,
    register: Callable[[], Awaitable[Channel]],
) -> None:
    """Follows a channel and tells its numbers at once; where its page shows none, what would help instead.

    Nothing is registered where the person, or the chat, may have no more.
    """
    beside, workspace, t = chat.message, chat.workspace, chat.t
    await chat.bot.send_chat_action(beside.chat.id, ChatAction.TYPING, message_thread_id=chat.thread_id)
    to_read = lookups.pages.to_read(handle, depth=FIRST_LOOK)
    async with lookups.waiting(chat, "limit.follow", [to_read]):
        await following.require_room(workspace.id, handle)
        channel = await register()
        try:
            seen = await following.begin(workspace.id, channel)
        except DomainError as error:
            if not error.code.startswith("page."):
                raise
            facts = await known_facts(chat, channel)
            why = t(f"error.{error.code}", **error.params)
            await beside.answer(t("pages.not_followed", title=channel.title, facts=facts, why=why))
            return
    facts, posts = await known_facts(chat, channel), t.plural("er.posts", len(seen.posts))
    text = t("pages.followed", title=channel.title, facts=facts, posts=posts)
    if (why_seldom := await following.why_seldom(seen)) is not None:
        text = Html(text + "\n\n" + t(f"pages.seldom.{why_seldom}", most=POSTS_READ_A_DAY))
    await beside.answer(text, reply_markup=keyboards.show_engagement(t, channel, PeriodChoice(days=30)))
